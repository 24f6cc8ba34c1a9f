"""Social cards: the pictures of a site and of its entries, what is on them, when they are drawn, who names them."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import project
import pytest
import resvg_py
from bidi import get_display
from conftest import REPOSITORY, build_site
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dateline import cards, fonts, lettering
from dateline.config import COLORS, SHAPES
from dateline.lettering import BOLD, Lettering, Style

PAPER = (251, 250, 246)
MARKER = (255, 233, 153)
# Nothing is drawn nearer to an edge, in pixels, but for marks stacked on letters, and what hangs below the last line.
EDGE = 40
LONG = "It is a title that goes on and on, through all that happened and all that was said of it, "
TITLES: Mapping[str, tuple[str, str]] = {
    "plain": ("en", "Mines and maps in Karabakh"),
    "short": ("en", "1991"),
    "long": ("en", LONG * 20),
    "a long word": ("de", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3),
    "wide letters": ("en", "WWWWWWWWWWW " * 9),
    "marked letters": ("vi", "Ẫ̂́Ặ̃ỘḐ̨Ğ " * 30),
    "Arabic": ("ar", "الألغام والخرائط في قره باغ"),
    "long Arabic": ("ar", "الألغام والخرائط في قره باغ " * 30),
    "Hebrew": ("he", "מוקשים ומפות בקרבאך (2021)"),
    "Armenian": ("hy", "Ականներ և քարտեզներ Ղարաբաղում"),
    "Georgian": ("ka", "ნაღმები და რუკები ყარაბაღში"),
    "Russian": ("ru", "Мины и карты в Карабахе"),
    "Azerbaijani": ("az", "Qarabağda minalar və xəritələr: Şuşa, Ağdam, Kəlbəcər"),
    "Japanese": ("ja", "カラバフの地雷と地図、一九九〇年代初めから二〇二四年まで" * 4),
    "a picture": ("en", "Mines 🧨 and maps"),
    "markup": ("en", '<script>alert(1)</script> & "maps" ]]>'),
}


def picture(png: bytes) -> Image.Image:
    """Return a picture, all of its chunks proved."""
    Image.open(io.BytesIO(png)).verify()
    opened = Image.open(io.BytesIO(png))
    assert (opened.format, opened.size) == ("PNG", (1200, 630))
    return opened.convert("RGB")


def drawn(png: bytes) -> tuple[int, int, int, int]:
    """Return the box that holds all that is not paper: left, top, right, bottom."""
    from PIL import ImageChops

    opened = picture(png)
    box = ImageChops.difference(opened, Image.new("RGB", opened.size, PAPER)).getbbox()
    assert box
    return box


def site(tmp_path: Path, settings: str, files: Mapping[str, project.File] | None = None) -> dict[str, bytes]:
    """Build the good project with these settings, and return its files."""
    folder = project.write(tmp_path, {"timeline.toml": settings, **(files or {})})
    outcome = project.build(folder)
    assert outcome.status == 0, outcome.err
    return project.site(folder)


def titled(kind: str) -> str:
    """Return settings with one of `TITLES`."""
    language, title = TITLES[kind]
    return f"title = '''{title}'''\nlanguage = \"{language}\"\nstandfirst = '''{title} {LONG}'''\ncards = \"entries\"\n"


@pytest.mark.parametrize("kind", TITLES)
def test_all_that_is_drawn_keeps_away_from_the_edges(tmp_path: Path, kind: str) -> None:
    """Whatever the words are, cards are pictures of 1200 × 630 pixels, and no word runs off or touches their edges."""
    _, title = TITLES[kind]
    events = project.one(title=title.strip(), quote=LONG.strip(), attribution=title.strip(), category=title[:300])
    made = site(tmp_path, titled(kind), {"events.csv": events, "seeds/a.txt": LONG})
    for path in ("card.png", "cards/freed.png"):
        left, top, right, bottom = drawn(made[path])
        assert EDGE <= left < right <= 1200 - EDGE
        assert EDGE / 2 <= top < bottom <= 630 - EDGE / 2


def test_the_cards_of_this_repository_stay_within_their_margins(tmp_path: Path) -> None:
    """Each entry of our own timeline gets a card with the marker's yellow behind its quote, and all of it is inside."""
    folder = tmp_path / "own"
    shutil.copytree(REPOSITORY / "seeds", folder / "seeds")
    shutil.copy(REPOSITORY / "events.csv", folder)
    settings = (REPOSITORY / "timeline.toml").read_text("utf-8")
    (folder / "timeline.toml").write_text(f'cards = "entries"\n{settings}', "utf-8")
    made = sorted((build_site(folder, tmp_path / "site") / "cards").iterdir())
    assert len(made) == len(list((tmp_path / "site" / "entries").iterdir()))
    for file in made:
        left, top, right, bottom = drawn(file.read_bytes())
        assert left >= 66
        assert right <= 1134
        assert top >= EDGE
        assert bottom <= 600
        assert MARKER in {color for _, color in picture(file.read_bytes()).getcolors(1 << 20) or ()}


def test_the_same_words_are_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Another folder, another process, another time and another language of the machine make the very same cards."""
    events = project.one(title="Minalar: الألغام, мины", category="Talk")
    files = {"events.csv": events, "timeline.toml": titled("Arabic")}
    first = site(tmp_path / "a", files["timeline.toml"], files)
    other = project.write(tmp_path / "some where" / "else", files)
    environment = {**os.environ, "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Baku"}
    code = "from dateline.program import run; run()"
    subprocess.run([sys.executable, "-c", code, "build", str(other)], env=environment, cwd=REPOSITORY, check=True)
    second = project.site(other)
    assert {path for path in first if path.endswith(".png")} == {"card.png", "cards/freed.png"}
    assert all(first[path] == second[path] for path in ("card.png", "cards/freed.png"))


def test_a_card_is_drawn_again_only_when_its_words_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that stands is taken as it is, not drawn, while its words stay; one whose words changed is drawn."""
    made = site(tmp_path, titled("plain"), {"events.csv": project.events({"title": "First"}, project.SECOND)})
    drawings: list[str] = []
    draw = resvg_py.svg_to_bytes

    def noted(svg_string: str, **given: Any) -> bytes:  # noqa: ANN401 - handed on
        drawings.append(svg_string)
        return draw(svg_string=svg_string, **given)

    monkeypatch.setattr(resvg_py, "svg_to_bytes", noted)
    tagged = {"events.csv": project.events({"title": "First", "tags": "new"}, project.SECOND)}
    again = site(tmp_path, titled("plain"), tagged)
    pictures = ("card.png", "cards/freed.png", "cards/maps.png")
    assert again["entries/freed.html"] != made["entries/freed.html"]
    assert {path: again[path] for path in pictures} == {path: made[path] for path in pictures}
    assert not drawings

    changed = site(tmp_path, titled("plain"), {"events.csv": project.events({"title": "Second"}, project.SECOND)})
    assert {path for path in pictures if changed[path] != made[path]} == {"cards/freed.png"}
    assert len(drawings) == 1
    assert drawn(changed["cards/freed.png"])[0] >= EDGE


def test_a_card_of_somebody_else_is_drawn_again(tmp_path: Path) -> None:
    """Another picture that says of itself that it is the card is not taken for it."""
    made = site(tmp_path, titled("plain"))
    buffer = io.BytesIO()
    Image.new("RGBA", (1200, 630), "#123456").save(buffer, "PNG")
    (tmp_path / "site" / "card.png").write_bytes(cards.with_key(buffer.getvalue(), cards.key_of(made["card.png"])))
    assert len(cards.key_of(made["card.png"])) == 64
    assert site(tmp_path, titled("plain"))["card.png"] == made["card.png"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda card: card[:-1],
        lambda card: card + b"\0",
        lambda card: card[: len(card) // 2],
        lambda _: b"not a picture",
        lambda card: bytes([card[0] ^ 1]) + card[1:],
        lambda card: card[:20] + bytes([card[20] ^ 1]) + card[21:],
        lambda card: card[:60] + bytes([card[60] ^ 1]) + card[61:],
        lambda card: card[:120] + bytes([card[120] ^ 1]) + card[121:],
        lambda card: card[:9000] + bytes([card[9000] ^ 1]) + card[9001:],
        lambda card: cards.with_key(card, cards.key_of(card)),
        lambda card: cards.with_key(card, "0" * 64),
    ],
)
def test_a_damaged_card_is_drawn_again(damage: object, tmp_path: Path) -> None:
    """Whatever was done to a card that stands, the next build puts the right one in its place."""
    made = site(tmp_path, titled("plain"))
    (tmp_path / "site" / "card.png").write_bytes(damage(made["card.png"]))  # type: ignore[operator]
    assert site(tmp_path, titled("plain"))["card.png"] == made["card.png"]


def test_a_language_from_right_to_left_is_mirrored(tmp_path: Path) -> None:
    """An Arabic card begins at the right: its title ends far from the left edge, where an English one begins."""
    english = picture(site(tmp_path / "en", 'title = "Maps"\n')["card.png"]).crop((0, 0, 1200, 300))
    arabic = picture(site(tmp_path / "ar", 'title = "خرائط"\nlanguage = "ar"\n')["card.png"]).crop((0, 0, 1200, 300))
    for opened, begins in ((english, range(60, 90)), (arabic, range(1110, 1140))):
        columns = {x for x in range(1200) for y in range(300) if opened.getpixel((x, y)) != PAPER}
        assert min(columns, key=lambda x, edge=begins.start: abs(x - edge)) in begins  # type: ignore[misc]
        assert max(columns) - min(columns) < 600


def test_arabic_letters_are_joined() -> None:
    """Letters take the forms that their neighbours ask for: a word is far shorter than its letters apart."""
    letters = Lettering("ar", "rtl")
    style = Style(60, BOLD, rtl=True)
    assert letters.width("سمكة", style) < 0.8 * sum(letters.width(letter, style) for letter in "سمكة")


@given(text=st.text("abc אבג ابت 123 .-,%", max_size=20), rtl=st.booleans())
def test_words_of_both_directions_stand_in_the_order_of_unicode(text: str, *, rtl: bool) -> None:
    """Runs of letters stand as the Unicode Bidirectional Algorithm has them, as another program finds too."""
    line = " ".join(text.split())
    runs = Lettering("en", "ltr")._runs(line, Style(20, rtl=rtl))
    shown = "".join(part[::-1] if leftwards else part for _, part, leftwards in runs)
    assert shown == get_display(line, base_dir="R" if rtl else "L")


def test_what_joins_letters_does_not_upset_their_order() -> None:
    """A Persian word with a joiner in it, which has no direction of its own, is drawn whole."""
    runs = list(Lettering("fa", "rtl")._runs("می\u200cخواهم 12", Style(20, rtl=True)))
    assert [part for _, part, _ in runs] == ["12", "می\u200cخواهم "]


def test_letters_that_no_font_has_make_no_boxes(tmp_path: Path) -> None:
    """A title with letters that no font has gets no card; other words are left out; a picture alone is passed over."""
    settings = 'title = "𒀀 maps"\naddress = "https://a.example/"\ncards = "entries"\n'
    made = site(tmp_path / "a", settings, {"events.csv": project.events({"title": "𒀁"}, project.SECOND)})
    assert [path for path in made if path.endswith(".png")] == ["cards/maps.png"]
    assert b"og:image" not in made["index.html"] + made["entries/freed.html"]
    assert b"/cards/maps.png" in made["entries/maps.html"]
    without = site(tmp_path / "b", 'title = "Maps"\n')["card.png"]
    odd = site(tmp_path / "c", 'title = "Maps 🧨"\nstandfirst = "of 𒀀"\n')["card.png"]
    assert picture(without).tobytes() == picture(odd).tobytes()


def test_the_letters_that_need_no_look_are_in_the_fonts() -> None:
    """What is taken to be drawn wherever the program is installed is in the fonts that always come with it."""
    always = [fonts.face_of(family, weight) for family in fonts.FAMILIES[:3] for weight in (fonts.REGULAR, BOLD)]
    assert not any(family.optional for family in fonts.FAMILIES[:3])
    has = [face.has for face in always if face]
    letters = [chr(code) for code in range(0x20, 0x30000) if lettering.is_certain(chr(code))]
    assert len(letters) > 700
    lacking = [letter for letter in letters if not any(ord(letter) in codes for codes in has)]
    assert [letter for letter in lacking if letter.isprintable() and not letter.isspace()] == []


def test_no_cards_are_made_where_none_are_wanted(tmp_path: Path) -> None:
    """With `cards = "none"` there is no picture, and no page names one; one that stood there is taken away."""
    address = 'address = "https://a.example/b/"\n'
    with_cards = site(tmp_path, f'{address}cards = "entries"\n')
    assert {"card.png", "cards/freed.png"} <= with_cards.keys()
    without = site(tmp_path, f'{address}cards = "none"\n')
    assert [path for path in without if path.endswith(".png")] == []
    assert not (tmp_path / "site" / "cards").exists()
    pages = b"".join(content for path, content in without.items() if path.endswith(".html"))
    assert b"og:image" not in pages
    assert b"twitter:card" not in pages


def metas(page: bytes) -> dict[str, str]:
    """Return what the page says of its picture."""
    found = re.findall(r'<meta (?:property|name)="((?:og:image|twitter:)[^"]*)" content="([^"]*)">', page.decode())
    return dict(found)


def test_a_page_names_its_card_where_the_site_has_an_address(tmp_path: Path) -> None:
    """Each page names, by its whole address, its own card or else that of the site; without an address, none."""
    address, title = "https://a.example/b/", '"Maps" & <more>'
    settings = f"title = '{title}'\ncards = \"entries\"\n"
    made = site(tmp_path / "a", f'{settings}address = "{address}"\n')
    expected = {
        "og:image": f"{address}card.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "&#34;Maps&#34; &amp; &lt;more&gt;. 1 entry · 1 source · 1 quote found word for word",
        "twitter:card": "summary_large_image",
    }
    for page in ("index.html", "sources/index.html", "proof.html", "about.html"):
        assert metas(made[page]) == expected
    own = {"og:image": f"{address}cards/freed.png", "og:image:alt": "June 12, 2021: Prisoners freed"}
    assert metas(made["entries/freed.html"]) == expected | own
    plain = site(tmp_path / "b", settings)
    assert all(not metas(content) for path, content in plain.items() if path.endswith(".html"))
    assert "card.png" in plain


def test_the_cards_say_what_the_page_says(own_site: Path) -> None:
    """How much the timeline holds is said in the very words of its page."""
    page = (own_site / "index.html").read_text("utf-8")
    tally = re.search(r'<p class="tally">(.*?)</p>', page)
    assert tally
    counts = [int(number) for number in re.findall(r"<b>(\d+)</b>", tally[1])]
    words = {"entries": "entries", "sources": "sources", "quotes": "quotes, all found word for word"}
    assert re.sub("<[^>]*>", "", tally[1]) == " · ".join(
        f"{count} {said}" for count, said in zip(counts, words.values(), strict=True)
    )


def test_colours_and_marks_are_those_of_the_page() -> None:
    """A card is drawn in the colours and with the marks of the timeline's own page."""
    style = (REPOSITORY / "templates" / "assets" / "style.css").read_text("utf-8")
    tokens = re.findall(r"--([a-z]+): light-dark\((#[0-9a-f]{6}),", style)
    assert {name: color for name, color in reversed(tokens) if name in cards.COLORS} == cards.COLORS
    assert set(COLORS) <= cards.COLORS.keys()
    parts = (REPOSITORY / "templates" / "parts.html").read_text("utf-8")
    assert dict(re.findall(r'<path id="\{\{ drawing.name \}\}\.([a-z-]+)" d="([^"]*)"', parts)) == cards.SHAPES
    assert set(SHAPES) == cards.SHAPES.keys()
