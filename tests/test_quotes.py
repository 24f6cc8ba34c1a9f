"""A quote is found word for word in its source, or it is not accepted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dateline import normal, quotes
from dateline.marks import cut_marks
from dateline.normal import normalise
from dateline.quotes import PLACES_SHOWN, Haystack, Miss, Passage, find, words_left_out

SEEDS = {path.name[:3]: path.read_bytes().decode() for path in (Path(__file__).parent.parent / "seeds").glob("*.txt")}

UNTIMED = settings(deadline=None)


def outcome(text: str, quote: str, prefix: str = "", suffix: str = "") -> tuple[str, ...]:
    """Return the grade and the passages' own characters, or the reason and what stands at the places."""
    answer = find(Haystack(text), quote, prefix, suffix)
    if isinstance(answer, Passage):
        return answer.grade, *(text[start:end] for start, end in answer.spans)
    return answer.reason, *(" … ".join(text[start:end] for start, end in place) for place in answer.places)


# --- normal form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“a” „b‟ «c» ″d″ ＂e＂ 〝f〞", '"a" "b" "c" "d" "e" "f"'),
        ("‘a’ ‚b‛ ‹c› ′d´ `e` ʼf＇", "'a' 'b' 'c' 'd' 'e' 'f'"),
        ("1‐2‑3‒4–5—6―7−8﹘9﹣0－1", "1-2-3-4-5-6-7-8-9-0-1"),
        ("a \r\n\n\t\u00a0\u2009\u3000b\u2028c\u0085d", "a b c d"),
        ("in\u00adter\u200bna\ufefftion\u2060al \u200e ", "international "),
        ("ﬁne ＡＢ１２ e\u0301 e\u00ad\u0301 ｶﾞ ŉ wait…", "fine AB12 é é ガ 'n wait..."),
        ("10² ½ ① H₂O m³ ㎡", "10² ½ ① H₂O m³ ㎡"),
        ("x ¨ ¸ y", "x ¨ ¸ y"),
        ("\u1112\u1161\u11ab", "한"),
        ("Straße, IŞIK; 5.0", "Straße, IŞIK; 5.0"),
    ],
)
def test_normal_form(text: str, form: str) -> None:
    """Typography is put aside; letters, case, digits and other punctuation stay."""
    assert normalise(text).text == form


ALPHABET = (
    "abß İéи一たกำ가각ᄀ\u1161\u11a8e\u0301\u0323\u0327x ﬁ½²①№…\u00ad\u200d\ufe0f\u3099ｶﾞ“’—-'\"\n\t\u00a0\u1fee\u0958ﷺ"
)
ANY_TEXT = st.text(st.one_of(st.sampled_from(ALPHABET), st.characters(exclude_categories=["Cs"])), max_size=30)


@UNTIMED
@given(ANY_TEXT, st.data())
def test_map_back(text: str, data: st.DataObject) -> None:
    """A span of the normal form leads to the characters that it was made from, in the order of the text."""
    normal = normalise(text)
    assume(normal.text)
    spans = [normal.to_original(at, at + 1) for at in range(len(normal.text))]
    assert spans == sorted(spans, key=lambda span: span[0]) == sorted(spans, key=lambda span: span[1])
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    first, last = normal.to_original(start, end)
    assert 0 <= first < last <= len(text)
    if not (normal.splits(start) or normal.splits(end)):
        assert normalise(text[first:last]).text == normal.text[start:end]


@UNTIMED
@given(ANY_TEXT)
def test_normal_form_is_one(text: str) -> None:
    """Canonically equivalent texts have one normal form, which is its own normal form."""
    form = normalise(text).text
    assert normalise(unicodedata.normalize("NFD", text)).text == form
    assert normalise(unicodedata.normalize("NFC", text)).text == form
    assert normalise(form).text == form


def test_every_composition_is_seen() -> None:
    """Whatever this Python's Unicode composes of two characters is composed where it stands in a text."""
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
    composed = [letter for letter in every if unicodedata.normalize("NFD", letter) != letter]
    decomposed = [unicodedata.normalize("NFD", letter) for letter in composed]
    assert len(composed) > 10_000
    assert normalise("|".join(decomposed)).text.split("|") == normalise("|".join(composed)).text.split("|")


# --- the seeds


@pytest.mark.parametrize(
    ("seed", "quote", "expected"),
    [
        (
            "000",
            "a total of 342 people have been victims of the mines",
            ("typographic", "a total of 342 \npeople have been victims of the mines"),
        ),
        (
            "000",
            "agreements. 65 people have lost their lives (50 of them civilians, 15 military personnel).[5]",
            (
                "verbatim",
                "agreements. 65 people have lost their lives (50 of them civilians, 15 military personnel).[5]",
            ),
        ),
        ("000", "Human Rights.[4] Despite this", ("verbatim", "Human Rights.[4] Despite this")),
        ("000", "Human Rights. Despite this", ("not found",)),
        (
            "001",
            '"Global Trust Fund to Combat the Mine Threat"',
            ("typographic", "“Global Trust Fund to Combat the Mine Threat”"),
        ),
        ("002", "Azerbaijan's goodwill", ("not found",)),
        ("002", "we do not see Armenia's goodwill", ("typographic", "we do not see Armenia’s goodwill")),
        (
            "002",
            "during their nearly 30-year-long occupation by Armenia since",
            ("ambiguous", *["during their nearly 30-year-long occupation by Armenia since"] * 2),
        ),
        ("002", "could take 5", ("cut", "could take 5-6")),
        (
            "003",
            "Eighty-five citizens … have been seriously injured",
            ("elided", "Eighty-five citizens", "have been seriously injured"),
        ),
        ("003", "20 citizens [...] have been killed […]", ("elided", "20 citizens", "have been killed")),
        ("003", "14 civilians … 20 citizens", ("order", "14 civilians … 20 citizens")),
        (
            "004",
            "including 38 women and 357 children. After November 10, 2020, 266 Azerbaijani citizens",
            (
                "typographic",
                "including 38 women and 357 children.\n\nAfter November 10, 2020, 266 Azerbaijani citizens",
            ),
        ),
        ("004", "In total … the Foreign Ministry added", ("elided", "In total", "the Foreign Ministry added")),
        ("004", "66 Azerbaijani citizens", ("cut", "266 Azerbaijani citizens")),
        ("004", "841 hectares of area", ("cut", "54,841 hectares of area")),
        ("004", "since the end of the second Karabakh war", ("not found",)),
        (
            "004",
            "Since the end of the second Karabakh war, 262 people",
            ("verbatim", "Since the end of the second Karabakh war, 262 people"),
        ),
    ],
)
def test_seeds(seed: str, quote: str, expected: tuple[str, ...]) -> None:
    """What the source texts say is found where they say it, and what they do not is not."""
    assert outcome(SEEDS[seed], quote) == expected


# --- wrong quotes


@pytest.mark.parametrize(
    ("text", "quote", "offered"),
    [
        ("In all 266 people died.", "66 people", "266 people"),
        ("cost 25,784 manat", "25", "25,784"),
        ("cost 25,784 manat", "784 manat", "25,784 manat"),
        ("cost 25\u202f784 manat", "784 manat", "25\u202f784 manat"),
        ("some 1 266 people", "266 people", "1 266 people"),
        ("rose 3.5 percent", "5 percent", "3.5 percent"),
        ("rose .5 percent", "5 percent", ".5 percent"),
        ("it was −5 degrees", "5 degrees", "−5 degrees"),
        ("it was -5 degrees", "5 degrees", "-5 degrees"),
        ("within 5–6 years", "6 years", "5–6 years"),
        ("at 12:30 they", "at 12", "at 12:30"),
        ("area of 10² km", "of 10", "of 10²"),
        ("3½ years", "3", "3½"),
        ("死者は三百二十人", "二十人", "三百二十人"),
        ("损失3万元", "损失3", "损失3万"),
        ("the liberated lands", "the liberate", "the liberated"),
        ("non-military personnel", "military personnel", "non-military personnel"),
        ("They can’t return home", "They can", "They can’t"),
        ("Azerbaijan’s lands", "s lands", "Azerbaijan’s lands"),
        ("Azerbaijan’s lands", "Azerbaijan'", "Azerbaijan’s"),
        ("x\u0301 holds", "x", "x\u0301"),
        ("the ofﬁce closed", "ice closed", "ofﬁce closed"),
        ("the ﬁne print", "ine print", "ﬁne print"),
        ("in\u00adter\u00adnational law", "national law", "in\u00adter\u00adnational law"),
        ("they left… and", "they left.", "they left…"),
        ("they left... and", "they left.", "they left..."),
        ("🇦🇲🇦🇿 met", "🇲🇦", "🇦🇲🇦🇿"),
        ("क्षमा", "षमा", "क्षमा"),
    ],
)
def test_no_piece_of_a_word(text: str, quote: str, offered: str) -> None:
    """A quote that begins or ends within a word or a number is refused, and the whole words are offered."""
    assert outcome(text, quote) == ("cut", offered)
    assert outcome(text, offered)[0] == "verbatim"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Azerbaijan’s lands", "Azerbaijan"),
        ("de l’Azerbaïdjan", "Azerbaïdjan"),
        ("peacetime.[3] Additionally", "peacetime"),
        ("in 2020, 20 citizens", "20 citizens"),
        ("in 2020 266 people", "266 people"),
        ("in 2020—20 citizens", "20 citizens"),
        ("killed:\n-20 citizens", "20 citizens"),
        ("it fell by 3.", "by 3"),
        ("使用iPhone手机", "手机"),
        ("第266人", "266"),
        ("ประเทศไทย", "ไทย"),
        ("he said “no”", "no"),
        ("replied 👍", "👍"),
    ],
)
def test_whole_words_are_accepted(text: str, quote: str) -> None:
    """Whole words are found beside punctuation, after an apostrophe that ends a word, and in scripts without spaces."""
    assert outcome(text, quote) == ("verbatim", quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The maps", "the maps"),
        ("3,345 people", "3345 people"),
        ("3,345 people", "3,354 people"),
        ("“yes”", "'yes'"),
        ("''yes''", '"yes"'),
        ("they left.", "they left,"),
        ("102 people", "10² people"),
        ("10² people", "102 people"),
        ("1⁄2 of it", "½ of it"),
        ("word word", "wordword"),
        ("wordword", "word word"),
        ("Аgdam", "Agdam"),
        ("IŞIK", "ışık"),
        ("Grüße", "Grüsse"),
        ("resume", "résumé"),
        ("cafe\u0301 closed", "cafe"),
        ("word - word", "word word"),
        ("word--word", "word—word"),
        ("Rights.[4] Despite", "Rights. Despite"),
        ("one two three four", "one two … five"),
        ("one two three four", "zero … four"),
    ],
)
def test_near_is_not_there(text: str, quote: str) -> None:
    """One letter, digit, case or mark that differs is enough for a quote not to be found."""
    assert outcome(text, quote) == ("not found",)


@pytest.mark.parametrize("quote", ["", "  \n", "…", "[…] ... ", "“”", "—", "\u00ad"])
def test_empty(quote: str) -> None:
    """A quote without a word proves nothing."""
    assert outcome("Some “” text — with … all [...] of it \u00ad", quote) == ("empty",)


# --- ellipses


@pytest.mark.parametrize("ellipsis", ["…", " … ", "...", " ... ", " […] ", "[...]", " (…) ", " . . . ", "\n[…]\n"])
def test_elided(ellipsis: str) -> None:
    """Words may be left out where an ellipsis says so."""
    text = "Armenia handed over maps of minefields in exchange for the release of 15 soldiers."
    quote = f"Armenia handed over maps{ellipsis}for the release of 15 soldiers."
    assert outcome(text, quote) == ("elided", "Armenia handed over maps", "for the release of 15 soldiers.")


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("one two three", "one tw… three", ("cut", "one two")),
        ("wait … what", "wait … what", ("verbatim", "wait … what")),
        ("wait... what", "wait… what", ("typographic", "wait... what")),
        ("one two three", "… two …", ("verbatim", "two")),
        ("one “two” three", '[...] "two" three', ("typographic", "“two” three")),
        ("one two three", "one … “ … three", ("empty",)),
        ("one two three", "one … tw… three", ("cut", "two")),
        ("one two", "one … one", ("order", "one … one")),
        ("one two one", "one … one", ("elided", "one", "one")),
        ("a b a b", "a … b", ("ambiguous", "a … b", "a … b", "a … b")),
        ("266 people", "2… people", ("cut", "266")),
    ],
)
def test_ellipsis_rules(text: str, quote: str, expected: tuple[str, ...]) -> None:
    """Parts are whole words, stand in order without overlap, and in one way only."""
    assert outcome(text, quote) == expected


def test_many_ways_are_counted() -> None:
    """All places are counted, and the first of them listed."""
    answer = find(Haystack("a " * 1000 + "b " * 1000), "a … b")
    assert isinstance(answer, Miss)
    assert (answer.reason, answer.total, len(answer.places)) == ("ambiguous", 1_000_000, PLACES_SHOWN)
    assert answer.places[:2] == (((0, 1), (2000, 2001)), ((0, 1), (2002, 2003)))


def test_part_is_named() -> None:
    """Of an elided quote, the part that is not there is named as it was written."""
    assert find(Haystack("one two three"), "one … “four”") == Miss("not found", part="“four”")


def test_words_left_out() -> None:
    """The words between the parts are counted."""
    text = "one – two, three's 4 five"
    assert words_left_out(text, [(0, 3), (21, 25)]) == 3
    assert words_left_out("一二三四", [(0, 1), (3, 4)]) == 2
    assert words_left_out(text, [(0, 3)]) == 0


# --- twice, prefix, suffix


@pytest.mark.parametrize(
    ("prefix", "suffix", "expected"),
    [
        ("", "", ("ambiguous", "It’s war", "It's war", "It's\nwar")),
        ("Monday:", "", ("verbatim", "It's war")),
        ("Monday: ", "", ("verbatim", "It's war")),
        ("”Tuesday\u00a0said", "", ("prefix", "It’s war", "It's war", "It's\nwar")),
        ("", "“again”", ("typographic", "It's\nwar")),
        ("said", ", he", ("typographic", "It’s war")),
        ("said", "again", ("suffix", "It’s war")),
        ("", "peace", ("suffix", "It’s war", "It's war", "It's\nwar")),
    ],
)
def test_twice_is_not_found(prefix: str, suffix: str, expected: tuple[str, ...]) -> None:
    """Words that stand twice, in whatever typography, are refused until what stands around them decides."""
    text = "He said It’s war, he did. Monday: It's war! Then It's\nwar " + '"again".'
    assert outcome(text, "It's war", prefix, suffix) == expected


def test_prefix_must_stand_before_the_only_place() -> None:
    """A prefix that does not stand before the quote is a slip, even when the quote stands once."""
    assert outcome("one two three", "two", "zero") == ("prefix", "two")
    assert outcome("one two three", "two", "one", "four") == ("suffix", "two")
    assert outcome("one two three four", "two … four", "one") == ("elided", "two", "four")
    assert outcome("a b, a b.", "a … b", "", ".") == ("ambiguous", "a … b", "a … b")
    assert outcome("a b, a b.", "a … b", ",", ".") == ("elided", "a", "b")


def test_overlapping_places_are_two() -> None:
    """Words that overlap themselves stand in two places."""
    assert outcome("ha ha ha", "ha ha") == ("ambiguous", "ha ha", "ha ha")


# --- properties

LETTERS = "abcXYZéñßğИйжאבΩ가한নक"
INNER = LETTERS + "0123456789,.'’“”«»–-()[]ﬁ²½\u0301\u0323\u00ad\u200b\u093f…"
WORD = st.builds("".join, st.tuples(st.sampled_from(LETTERS), st.text(INNER, max_size=6), st.sampled_from(LETTERS)))
GAP = st.sampled_from([" ", "\n", " \n", "\n\n", "\u00a0", "\t", "\u2003 "])


def retyped(quote: str, data: st.DataObject) -> str:
    """Return the quote as another hand might type it."""
    other = {
        '"': '“”„"',
        "“": '"”«',
        "”": '"“',
        "’": "'‘`",
        "'": "’ʼ",
        "–": "-—",
        "-": "–‑−",
        " ": "\n\u00a0\t",
        "\n": " ",
    }
    letters = []
    for letter in quote:
        choice = data.draw(st.sampled_from([letter, *other.get(letter, "")]))
        letters.append(choice + data.draw(st.sampled_from(["", "", "", "\u00ad", "\u200b"])))
    forms: list[Callable[[str], str]] = [
        lambda text: text,
        lambda text: unicodedata.normalize("NFC", text),
        lambda text: unicodedata.normalize("NFD", text),
    ]
    form = data.draw(st.sampled_from(forms))
    return form(data.draw(GAP) + "".join(letters) + data.draw(GAP))


@UNTIMED
@given(st.lists(st.tuples(WORD, GAP), min_size=1, max_size=8), st.data())
def test_cut_out_and_found(pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    """Whole words cut out of any text, re-wrapped and re-typed, are found where they were cut."""
    text = "".join(word + gap for word, gap in pieces)
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first, len(pieces) - 1))
    start = sum(len(word + gap) for word, gap in pieces[:first])
    end = sum(len(word + gap) for word, gap in pieces[:last]) + len(pieces[last][0])
    answer = find(Haystack(text), retyped(text[start:end], data))
    if isinstance(answer, Miss):
        assert answer.reason == "ambiguous"
        assert ((start, end),) in answer.places or answer.total > PLACES_SHOWN
    else:
        assert answer.grade in ("verbatim", "typographic")
        assert answer.spans == ((start, end),)
    assert find(Haystack(text), text[start:end]) in (Passage("verbatim", ((start, end),)), answer)


@UNTIMED
@given(st.sampled_from(sorted(SEEDS)), st.data())
def test_changed_is_not_found(seed: str, data: st.DataObject) -> None:
    """A quote in which one letter or digit was changed is not found."""
    text = SEEDS[seed]
    words = [match.span() for match in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 12, len(words) - 1)))
    quote = text[words[first][0] : words[last][1]]
    at = data.draw(st.sampled_from([at for at, letter in enumerate(quote) if letter.isalnum()] or [0]))
    other = data.draw(st.sampled_from("abeiotsABE0123456789éа"))
    changed = quote[:at] + other + quote[at + 1 :]
    assume(" ".join(changed.split()) not in " ".join(text.split()))
    assert find(Haystack(text), changed) == Miss("not found")


def folded(text: str) -> str:
    """Put typography aside in the plainest way, for the alphabet of the test below."""
    for mark, likeness in zip("“’–…", ('"', "'", "-", "..."), strict=True):
        text = text.replace(mark, likeness)
    return " ".join(text.replace("\u00ad", "").split())


@UNTIMED
@given(st.text("ab1 ,.-'’“\n–…\u00ad", min_size=1, max_size=25), st.data())
def test_accepted_is_there(text: str, data: st.DataObject) -> None:
    """Whatever is accepted says, part for part, what the quote says, and is of whole words."""
    edges = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4).map(sorted))
    parts = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=False)]
    quote = data.draw(st.sampled_from(["…", " ... ", "[…]"])).join(parts) + data.draw(
        st.sampled_from(["", "", "a", "1"])
    )
    answer = find(Haystack(text), quote)
    if isinstance(answer, Miss):
        return
    said = [folded(text[start:end]) for start, end in answer.spans]
    if folded(quote) != said[0]:
        assert [part for part in re.split(r" ?(?:\[\.\.\.\]|\. \. \.(?: \.)?|\.{3,}) ?", folded(quote)) if part] == said
    assert (answer.grade == "elided") == (len(said) > 1)
    assert all(left[1] <= right[0] for left, right in zip(answer.spans, answer.spans[1:], strict=False))
    for start, end in answer.spans:
        before, words, after = (part.replace("\u00ad", "") for part in (text[:start], text[start:end], text[end:]))
        assert not re.search(r"\w\Z", before) or not re.match(r"\w", words)
        assert not re.search(r"\w\Z", words) or not re.match(r"\w", after)


@UNTIMED
@given(st.text(max_size=30), st.text(max_size=10), st.text(max_size=3), st.text(max_size=3))
def test_never_fails(text: str, quote: str, prefix: str, suffix: str) -> None:
    """Any quote of any text has an answer, and an answer's places lie in the text."""
    answer = find(Haystack(text), quote, prefix, suffix)
    places = [answer.spans] if isinstance(answer, Passage) else answer.places
    assert all(0 <= start < end <= len(text) for place in places for start, end in place)


@UNTIMED
@given(st.text("aB12 .,-'’\"\n–…\u00ad\u0301ﬁ½‐־\u200b!)", max_size=25) | st.text(max_size=15))
def test_a_glance_sees_no_cut_where_there_is_none(text: str) -> None:
    """Where a glance says that an edge cuts nothing, the long way says so as well."""
    haystack = Haystack(text)
    for at in range(1, len(haystack.normal.text)):
        for opening in (True, False):
            if haystack._is_clear(at, opening=opening):
                assert not haystack._cuts(at, opening=opening)


@UNTIMED
@given(st.text("ab1 ,.-'’“\n–…\u00ad\u00a0éﬁ½\u0301`", max_size=25) | ANY_TEXT, st.data())
def test_the_short_ways_are_the_long_one(text: str, data: st.DataObject) -> None:
    """A quote that stands once, and a text of steady letters, are answered as if each step had been gone."""
    start = data.draw(st.integers(0, len(text)))
    quote = data.draw(st.sampled_from([text[start : start + 8], normalise(text[start:]).text, f" {text[start:]}"]))
    short = normalise(text), find(Haystack(text), quote)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(normal, "_is_steady", lambda _: False)
        patch.setattr(quotes, "_only", lambda *_: None)
        assert short == (normalise(text), find(Haystack(text), quote))


@UNTIMED
@given(st.text("a  \n\t", max_size=20))
def test_runs_of_spaces_become_one(text: str) -> None:
    """White space of any length is one space, and every offset leads back to where it was."""
    form = normalise(text)
    assert form.text == re.sub(r"\s+", " ", text)
    for at, letter in enumerate(form.text):
        start, end = form.to_original(at, at + 1)
        assert text[start:end].isspace() if letter == " " else text[start:end] == letter


@UNTIMED
@given(st.text("aé `'\t.\u00ad\x7f–", max_size=12) | st.text(max_size=12))
def test_what_is_taken_for_normal_is_normal(text: str) -> None:
    """What the glance of `normalise` lets pass is what the long way leaves as it is."""
    assert normal.is_plain(text) == bool(re.fullmatch("(?:[!-_a-~]| (?! ))*", text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(normal, "is_plain", lambda _: False)
        long_way = normalise(text)
    assert normalise(text) == long_way


# --- marks


def test_overlapping_marks() -> None:
    """Overlapping passages are cut at every boundary, with their keys in the order of the text."""
    assert cut_marks([(8, 12, "c"), (2, 6, "b"), (1, 4, "a"), (9, 9, "empty"), (5, 6, "b")], 0, 10) == [
        (0, 1, ()),
        (1, 2, ("a",)),
        (2, 4, ("a", "b")),
        (4, 5, ("b",)),
        (5, 6, ("b",)),
        (6, 8, ()),
        (8, 10, ("c",)),
    ]
    assert cut_marks([(0, 9, "a")], 3, 3) == []


@UNTIMED
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from("abc"))),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_marks_cover_once(spans: list[tuple[int, int, str]], start: int, end: int) -> None:
    """Every character appears once, with the keys of exactly the passages over it."""
    segments = cut_marks(spans, start, end)
    assert [at for first, last, _ in segments for at in range(first, last)] == list(range(start, end))
    for first, last, keys in segments:
        assert len(keys) == len(set(keys))
        for at in range(first, last):
            assert set(keys) == {key for opening, closing, key in spans if opening <= at < closing}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Il n'a cessé de tirer.", "a cessé de tirer"),
        ("It was un-\nlawful to shoot.", "lawful to shoot"),
        ("It was un\u00ad\nlawful to shoot.", "lawful to shoot"),
        ("25\n784 people", "784 people"),
        ("5\u2003000 people", "000 people"),
        ("a change of –5 degrees", "5 degrees"),
        ("אי־חוקי", "חוקי"),
        ("they can՚t leave", "they can"),
        ("20\u31643 people", "203 people"),
    ],
)
def test_what_turns_the_sense_is_not_cut_off(text: str, quote: str) -> None:
    """A quote cannot leave off the part of a word or number that turns its sense, however that part is joined."""
    assert isinstance(find(Haystack(text), quote), Miss)


def test_many_parts_of_one_letter_are_answered_at_once() -> None:
    """A quote of hundreds of equal parts is looked for once, and found in too many places."""
    answer = find(Haystack("a " * 20_000), " … ".join(["a"] * 100))
    assert isinstance(answer, Miss)
    assert answer.reason == "ambiguous"
