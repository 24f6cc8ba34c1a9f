"""The site's own words: the catalogues that are shipped, sites in each language, and catalogues of the user's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import REPOSITORY, build_site
from documents import files
from hypothesis import given
from hypothesis import strategies as st
from languages import LANGUAGES, TEMPLATE, catalogues, messages, renewed
from project import check, own_timeline, run, site, write

from dateline import catalogues as reading
from dateline.templating import roots_of
from dateline.words import words_for

CODES = ("ar", "az", "de", "es", "fr", "hy", "ru", "tr")
MESSAGES = messages()
# The attributes of HTML that hold words.
SHOWN = ("aria-label", "title", "alt", "placeholder")
PLACES = r"%\(\w+\)s|\{\w+\}|<[^>]+>"
SHARED = {"fr": {"<b>%(n)s</b> source", "Date", "Source", "Sources", "Note", "Pages"}}
GEORGIAN = """\
msgid ""
msgstr ""
"Language: ka\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Timeline"
msgstr "ქრონოლოგია"

msgid "<b>%(n)s</b> entry"
msgid_plural "<b>%(n)s</b> entries"
msgstr[0] "<b>%(n)s</b> ჩანაწერი"
msgstr[1] "<b>%(n)s</b> ჩანაწერი"
"""
NO_WORDS = """\
timeline.toml:2: warning: language: Dateline has no words in 'ka' yet: labels are English, dates Georgian
  help: copy Dateline’s templates/languages/messages.pot to templates/languages/ka.po in your folder, and translate it
"""


@pytest.fixture(params=CODES, scope="module")
def translated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return a language, and this repository's own timeline built in it."""
    folder = tmp_path_factory.mktemp(request.param)
    own_timeline(folder, request.param)
    return request.param, build_site(folder, folder / "site")


def in_language(folder: Path, language: str, files: Mapping[str, str] | None = None) -> Path:
    """Write the good project in a language, with these catalogues of its own."""
    own = {f"templates/languages/{name}": text for name, text in (files or {}).items()}
    return write(folder, {"timeline.toml": f'title = "Mines"\nlanguage = "{language}"\n', **own})


def said(html: str) -> Iterator[str]:
    """Yield every run of text of a page, and each attribute with words, but for what is marked as English."""
    yield from _said(html5lib.parse(html, namespaceHTMLElements=False))


def _said(element: Element) -> Iterator[str]:
    if element.get("lang") == "en" or element.tag in ("script", "style"):
        return
    yield from (element.get(name, "").strip() for name in SHOWN)
    yield (element.text or "").strip()
    for child in element:
        yield from _said(child)
        yield (child.tail or "").strip()


def test_the_catalogues_are_those_of_the_languages() -> None:
    """Eight languages are shipped beside English, and the catalogue that a new one is copied from."""
    assert [file.stem for file in catalogues()] == list(CODES)
    assert sorted(file.name for file in LANGUAGES.iterdir()) == sorted(
        [*(f"{code}.po" for code in CODES), TEMPLATE.name]
    )


@pytest.mark.parametrize("file", [TEMPLATE, *catalogues()], ids=lambda file: file.name)
def test_a_catalogue_holds_every_message_of_the_program_and_no_other(file: Path) -> None:
    """`make languages` would change nothing: not a message, not a comment, not a byte."""
    assert file.read_text("utf-8") == renewed(file, MESSAGES)


@pytest.mark.parametrize("file", catalogues(), ids=lambda file: file.name)
def test_every_message_is_translated_without_fault(file: Path) -> None:
    """Each message has words, in each plural form of the language, with the places that are filled."""
    catalogue, problems = reading.read(file, file.name)
    assert problems == []
    assert catalogue
    assert set(catalogue.texts) == set(reading.messages_of(TEMPLATE))


@pytest.mark.parametrize("file", catalogues(), ids=lambda file: file.name)
def test_no_translation_is_the_english_message(file: Path) -> None:
    """Words that a language shares with English are named here; no other message is left as it was."""
    texts = reading.read_shipped(file).texts
    left = {each for each, forms in texts.items() if each in forms and re.search("[a-z]", re.sub(PLACES, "", each))}
    assert left == SHARED.get(file.stem, set())


def test_a_page_says_nothing_in_english(translated: tuple[str, Path]) -> None:
    """No label of a site in another language is one of our English ones, and each page names language and direction."""
    language, built = translated
    words = words_for(language, roots_of(built))
    ids = [message.id for message in MESSAGES if message.id]
    forms = {form for each in ids for form in ([each] if isinstance(each, str) else each)}
    same = {each for each in forms if words.gettext(each) == each and words.ngettext(each, each, 5) == each}
    filled = re.compile("|".join(sorted(_pattern(form) for form in forms if len(form) > 3 and form not in same)))
    direction = "rtl" if language == "ar" else "ltr"
    for page in sorted(built.rglob("*.html")):
        html = page.read_text("utf-8")
        assert f'<html lang="{language}" dir="{direction}"' in html
        assert [text for text in said(html) if filled.fullmatch(text)] == [], page.name


def _pattern(message: str) -> str:
    """Return what matches the message as a page shows it, between two tags: with a digit in each of its places."""
    pieces = re.split(f"({PLACES})", re.sub("<[^>]+>", "", message))
    text = "".join(r"[^a-z]*\d[^a-z]*" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
    # A message that is little but places would match anything.
    return text if sum(map(len, pieces[::2])) > 3 else re.escape(message)


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("ru", {1: "1 запись", 2: "2 записи", 5: "5 записей", 11: "11 записей", 21: "21 запись", 104: "104 записи"}),
        (
            "ar",
            {
                0: "لا مدخلات",
                1: "مدخل واحد",
                2: "مدخلان",
                3: "3 مدخلات",
                10: "10 مدخلات",
                11: "11 مدخلًا",
                99: "99 مدخلًا",
                100: "100 مدخل",
                103: "103 مدخلات",
            },
        ),
        ("fr", {0: "0 entrée", 1: "1 entrée", 2: "2 entrées"}),
        ("de", {0: "0 Einträge", 1: "1 Eintrag", 2: "2 Einträge"}),
        ("tr", {1: "1 kayıt", 2: "2 kayıt"}),
        ("en", {0: "0 entries", 1: "1 entry", 2: "2 entries"}),
    ],
)
def test_a_number_has_the_plural_form_of_its_language(language: str, counts: Mapping[int, str]) -> None:
    """Each language counts in its own forms."""
    ngettext = words_for(language, roots_of(REPOSITORY)).ngettext
    assert {n: ngettext("{n} entry", "{n} entries", n).format(n=n) for n in counts} == counts


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *((language, "rtl") for language in ("ar", "AR-eg", "he", "fa-IR", "ur", "dv", "az-Arab", "pa-PK")),
        *((language, "ltr") for language in ("en", "az", "hy", "ar-Latn", "tlh", "x")),
    ],
)
def test_the_script_of_a_language_decides_its_direction(language: str, direction: str) -> None:
    """A language runs from right to left where its script does, be it its usual one or named in its tag."""
    assert words_for(language).direction == direction


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("fr-CA", "Chronologie"),
        ("AZ_latn", "Xronologiya"),
        ("az-Latn-AZ", "Xronologiya"),
        ("ru-KZ", "Хронология"),
        ("az-Cyrl", "Timeline"),
        ("ru-Latn", "Timeline"),
        ("tlh", "Timeline"),
        ("en-GB", "Timeline"),
    ],
)
def test_a_language_without_words_has_those_of_its_parent(language: str, word: str) -> None:
    """A regional tag falls back to its language, but not to another script; at last to English."""
    assert words_for(language, roots_of(REPOSITORY)).gettext("Timeline") == word


def test_a_new_language_is_one_file(tmp_path: Path) -> None:
    """With a catalogue in the project's own templates/languages, the site speaks Georgian as far as that goes."""
    folder = in_language(tmp_path, "ka", {"ka.po": GEORGIAN})
    outcome = run("build", folder)
    assert outcome.status == 0
    left = len(set(reading.messages_of(TEMPLATE))) - 2
    assert outcome.problems == (
        f"templates/languages/ka.po: warning: has no words for {left} of Dateline’s messages, which stay English: "
        "'This page is not here', 'The address may be mistyped, or the entry may have been give…', "
        "'Take the last part off the address to come to “%(title)s”.', …\n"
        "  help: write them below msgstr; what is new is in Dateline’s templates/languages/messages.pot\n"
    )
    index = site(folder)["index.html"].decode()
    assert ">ქრონოლოგია</a>" in index
    assert "<b>1</b> ჩანაწერი" in index
    assert ">Sources</a>" in index
    assert ">12 ივნ" in index


def test_a_new_language_that_is_whole_has_no_warning(tmp_path: Path) -> None:
    """A catalogue with words for every message is all that a language needs, for any region and in any spelling."""
    text = (LANGUAGES / "az.po").read_text("utf-8").replace("Language: az", "Language: ka")
    for name, language in (("ka.po", "ka"), ("ka.po", "ka-GE"), ("KA_ge.po", "ka-GE")):
        assert check(in_language(tmp_path / name / language, language, {name: text})).problems == ""


def test_other_words_for_a_language_are_one_file(tmp_path: Path) -> None:
    """A catalogue of the user's with a few messages goes before the shipped one, which says the rest."""
    own = 'msgid "Timeline"\nmsgstr "Летопись"\n'
    folder = in_language(tmp_path / "ru", "ru", {"ru.po": own})
    assert check(folder).problems == ""
    run("build", folder)
    index = site(folder)["index.html"].decode()
    assert ">Летопись</a>" in index
    assert ">Источники</a>" in index
    english = in_language(tmp_path / "en", "en", {"en.po": 'msgid "Timeline"\nmsgstr "Chronicle"\n'})
    assert run("build", english).problems == ""
    assert b">Chronicle</a>" in site(english)["index.html"]


def test_a_language_without_words_is_told(tmp_path: Path) -> None:
    """The warning says where, what is English, in which language the dates are, and what to do."""
    assert check(in_language(tmp_path, "ka")).problems == NO_WORDS
    folder = in_language(tmp_path / "klingon", "tlh-Latn")
    assert "labels are English, dates English" in check(folder).problems
    assert "templates/languages/tlh-Latn.po" in check(folder).problems


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('msgid "Date"\nmsgstr "x', "2: this line is not of a catalogue"),
        ('msgid "Date"\nmsgstr x', "2: this line is not of a catalogue"),
        ('msgid "Date"\n\nmsgid "Entry"\nmsgstr "x"', "1: cannot be read as a catalogue: missing msgstr for"),
        ('"x"\nmsgid "Date"\nmsgstr "x"', "1: cannot be read as a catalogue: Got line starting with"),
        ('msgid "about {date}"\nmsgstr "x {data}"', "1: 'x {data}' has other places to fill than 'about {date}'"),
        ('msgid "about {date}"\nmsgstr "x {date} {"', "1: 'x {date} {' has other places to fill than 'about {date}'"),
        ('msgid "about {date}"\nmsgstr "{0} {date}"', "1: '{0} {date}' has other places to fill than 'about {date}'"),
        ('msgid "%(share)s of the text"\nmsgstr "100% %(share)s"', "1: '100% %(share)s' has other places to fill"),
        (
            'msgid "<b>%(n)s</b> entry"\nmsgid_plural "<b>%(n)s</b> entries"\nmsgstr[0] "<b>x"\nmsgstr[1] "<b>x</b>"',
            "1: '<b>x' has other HTML than '<b>%(n)s</b> entry'",
        ),
        (
            'msgid "{n} entry"\nmsgid_plural "{n} entries"\nmsgstr[0] "x"\nmsgstr[1] ""',
            "1: '{n} entry' has no words in msgstr[1]",
        ),
        (
            'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n;\\n"\n',
            "2: its header cannot be read: of 2 plural forms, it gives form 2 to the number 2",
        ),
        ('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n%0;\\n"\n', "2: its header cannot be read: "),
        ('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=import os;\\n"\n', "2: its header cannot be read: "),
        (
            'msgid ""\nmsgstr "Plural-Forms: nplurals=999999999; plural=0;\\n"\n',
            "2: its header cannot be read: nplurals is not a number from 1 to 6",
        ),
        (
            'msgid ""\nmsgstr ""\n"Plural-"\n"Forms: nplurals*0=9; nplurals*1=99999999; plural=0;\\n"\n',
            " its header cannot be read: nplurals is not a number from 1 to 6",
        ),
        (
            'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=' + "n+" * 300 + 'n;\\n"\n',
            "2: its header cannot be read: what stands behind plural is not a rule of gettext’s",
        ),
        ('msgid "Date"\nmsgstr "\x07"', "2: holds a control character (U+0007)"),
    ],
)
def test_a_fault_in_a_catalogue_is_told_by_its_line(tmp_path: Path, text: str, problem: str) -> None:
    """A catalogue that cannot be used stops the build, and the message says where and what."""
    outcome = run("build", in_language(tmp_path, "ru", {"ru.po": text}))
    assert outcome.status == 1
    assert outcome.problems.startswith(f"templates/languages/ru.po:{problem}")
    assert "\n  help: " in outcome.problems


NO_HTML = "  help: write these as they are in the English words, and no other <, > or &: {}\n"
ENTRY = 'msgid "<b>%(n)s</b> entry"\nmsgid_plural "{}"\nmsgstr[0] "<b>%(n)s</b> x"\nmsgstr[1] "{}"\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        *(
            (
                f'msgid "This entry on “%(title)s”"\nmsgstr "“%(title)s” {html}"\n',
                f"'“%(title)s” {html}' has other HTML than 'This entry on “%(title)s”'\n{NO_HTML.format('none')}",
            )
            for html in ("<META HTTP-EQUIV=refresh>", "<IMG/SRC=x", "<!-- x", "x>", "&lt;b&#62;", "&#60", "<ſ>")
        ),
        *(
            (
                ENTRY.format("<b>%(n)s</b> entries", html),
                f"'{html}' has other HTML than '<b>%(n)s</b> entry'\n{NO_HTML.format('<b>, </b>')}",
            )
            for html in ("<b>%(n)s</b> <b>x</b>", "<b title=x>%(n)s</b>", "</b>%(n)s<b>", "<B>%(n)s</B>", "%(n)s")
        ),
        (
            ENTRY.format("<b>%(n)s</b> <i>x</i>", "<b>%(n)s</b> <i>x</i>"),
            "'<b>%(n)s</b> <i>x</i>' has other HTML than '<b>%(n)s</b> entry'\n" + NO_HTML.format("<b>, </b>"),
        ),
        (
            'msgid "%(n)s quote"\nmsgid_plural "%(n)s quotes"\nmsgstr[0] "%(n)s"\nmsgstr[1] "%(n)s \\" onclick=\\"x"\n',
            (
                "'%(n)s \" onclick=\"x' has a straight quotation mark, and '%(n)s quote' has none\n"
                "  help: write the quotation marks of the language, such as “…” or «…»\n"
            ),
        ),
    ],
)
def test_a_translation_brings_no_html_of_its_own(tmp_path: Path, text: str, problem: str) -> None:
    """What a message does not hold no translation of it may put into a page; it is told, and the message not used."""
    folder = in_language(tmp_path, "ru", {"ru.po": text})
    assert check(folder).problems == f"templates/languages/ru.po:1: {problem}"
    catalogue, _ = reading.read(folder / "templates/languages/ru.po", "ru.po")
    assert catalogue
    assert catalogue.texts == {}


def test_a_translation_may_order_its_tags_as_its_language_does(tmp_path: Path) -> None:
    """The tags of a message in another order, an ampersand among words, and typographic quotation marks are fine."""
    text = 'msgid "<i>a</i> and <b>b</b>"\nmsgstr "<b>б</b> & «<i>а</i>»"\n'
    catalogue, problems = reading.read(write(tmp_path, {"ru.po": text}) / "ru.po", "ru.po")
    assert problems == []
    assert catalogue
    assert catalogue.texts == {"<i>a</i> and <b>b</b>": ("<b>б</b> & «<i>а</i>»",)}


def test_a_catalogue_that_nothing_uses_is_told(tmp_path: Path) -> None:
    """One that is not of the site's language, or not named by a language, gets a warning; a copy of ours does not."""
    copy = (LANGUAGES / "fr.po").read_text("utf-8")
    folder = in_language(tmp_path, "ru", {"ka.po": GEORGIAN, "georgian.po": GEORGIAN, "fr.po": copy})
    assert check(folder).problems == (
        "templates/languages/georgian.po: warning: is not used: 'georgian' is not the code of a language\n"
        "  help: name it by such a code, as in templates/languages/ka.po\n"
        "templates/languages/ka.po: warning: is not used: the language of the site is 'ru'\n"
        '  help: write language = "ka" in timeline.toml, or take the file away\n'
    )


def test_the_examples_of_the_documentation_work(tmp_path: Path) -> None:
    """The catalogues that docs/languages.md shows give a site those words."""
    shown = files("docs/languages.md")
    names = {f"templates/languages/{name}": language for name, language in (("ka.po", "ka"), ("en.po", "en"))}
    assert set(shown) == set(names)
    for path, language in names.items():
        folder = in_language(tmp_path / language, language, {path.rpartition("/")[2]: shown[path]})
        assert run("build", folder).status == 0
        word = words_for(language, roots_of(folder)).gettext("Timeline")
        assert word in ("ქრონოლოგია", "Chronicle")
        assert f">{word}</a>" in site(folder)["index.html"].decode()


def test_a_translation_that_is_not_finished_is_not_used(tmp_path: Path) -> None:
    """What a translator has marked as fuzzy stays as it was."""
    own = '#, fuzzy\nmsgid "Timeline"\nmsgstr "Летопись"\n'
    folder = in_language(tmp_path, "ru", {"ru.po": own})
    run("build", folder)
    assert ">Хронология</a>" in site(folder)["index.html"].decode()


LINE = st.one_of(
    st.sampled_from(
        ['msgid "Date"', 'msgstr "x"', 'msgid ""', "#, fuzzy", "#~ msgid", 'msgstr[1] "{n}"', 'msgctxt "a"']
    ),
    st.from_regex(
        r'(msgid|msgid_plural|msgstr|msgstr\[[0-9]\]|#[,.:|~]?)? ?"?[a-z{}%()\\;:=0-9 -]{0,20}"?', fullmatch=True
    ),
    st.from_regex(r'"Plural-Forms: nplurals=-?[0-9]; plural=[n0-9%?:&|!=<> ()]{0,12};\\\\n"', fullmatch=True),
)


@given(st.lists(LINE, max_size=12))
def test_no_catalogue_breaks_a_build(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    """Whatever a catalogue holds, it is read or told of, and every message that it has can be said."""
    file = tmp_path_factory.mktemp("po") / "xx.po"
    file.write_text("\n".join(lines), "utf-8")
    catalogue, problems = reading.read(file, "xx.po")
    assert catalogue or problems
    if catalogue:
        assert all(message and all(texts) for message, texts in catalogue.texts.items())
        assert catalogue.form(10**6) >= 0
