"""Promises about the files of a site: each page is valid, leads where something is, and asks nobody for anything."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import command

# Attributes with which an element fetches something, or leads to something.
FETCHES = {("link", "href"), ("img", "src"), ("script", "src"), ("iframe", "src"), ("object", "data"), ("use", "href")}
LEADS = {("a", "href"), ("link", "href"), ("blockquote", "cite"), ("q", "cite"), ("area", "href")}
# Relations of a <link> that only say where something is.
ONLY_SAYS = {"canonical", "alternate"}


@pytest.fixture(params=["own_site", "nasty_site", "crowd_site", "counted_site"])
def site(request: pytest.FixtureRequest) -> Path:
    """Return each of the built sites in turn."""
    path: Path = request.getfixturevalue(request.param)
    return path


@cache
def tree(page: Path) -> Element:
    """Return the page as html5lib's strict parser reads it."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parsed: Element = parser.parse(page.read_text("utf-8"))
    for template in list(parsed.iter("template")):
        # What scripts fill in is no part of the page until then.
        template[:] = []
    return parsed


def pages(site: Path) -> list[Path]:
    """Return the HTML pages of a site; of the many entries of a crowd, each fiftieth."""
    entries = sorted(site.glob("entries/*.html"))
    others = [page for page in sorted(site.rglob("*.html")) if page.parent.name != "entries"]
    return others + (entries if len(entries) < 100 else entries[::50])


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(page: Path, *names: str) -> list[Element]:
    """Return the elements of these names, in the order of the page."""
    return [element for element in tree(page).iter() if local_name(element) in names]


def words(element: Element) -> str:
    """Return the text in an element."""
    return " ".join("".join(element.itertext()).split())


def addresses(page: Path, attributes: set[tuple[str, str]]) -> list[tuple[Element, str]]:
    """Return what these attributes of a page hold."""
    found = []
    for element in tree(page).iter():
        for key, value in element.attrib.items():
            if (local_name(element), key.rpartition("}")[2]) in attributes:
                found.append((element, value))
    return found


def is_date(text: str) -> bool:
    """Say whether HTML allows this as a year, a month or a day."""
    if re.fullmatch(r"\d{4,}", text):
        return int(text) > 0
    padded = text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else f"{text}-01"
    try:
        return bool(date.fromisoformat(padded))
    except ValueError:
        return False


def test_every_page_is_valid_html(site: Path) -> None:
    """A strict parser finds no fault in any page, and no page uses an id twice."""
    for page in pages(site):
        ids = [element.attrib["id"] for element in tree(page).iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), page
        assert all(name and not re.search(r"\s", name) for name in ids), page


def test_every_page_has_the_outline_that_a_screen_reader_follows(site: Path) -> None:
    """Each page names its language, has one main part and one first heading, and its headings skip no level."""
    for page in pages(site):
        assert tree(page).attrib["lang"], page
        assert tree(page).attrib["dir"] in {"ltr", "rtl"}, page
        assert len(elements(page, "main")) == 1, page
        assert words(elements(page, "title")[0]), page
        headings = elements(page, "h1", "h2", "h3", "h4", "h5", "h6")
        levels = [int(heading.tag[1]) for heading in headings]
        assert levels.count(1) == 1, page
        assert levels[0] == 1, page
        assert all(after <= before + 1 for before, after in pairwise(levels)), (page, levels)
        assert all(words(heading) for heading in headings), page


def test_every_time_says_a_date_that_html_allows(site: Path) -> None:
    """A <time> holds a year, month or day of the common era; other dates stand as text."""
    for page in pages(site):
        for element in elements(page, "time"):
            assert is_date(element.attrib["datetime"]), (page, element.attrib)
    assert elements(site / "index.html", "time")


def test_every_link_inside_the_site_is_relative_and_leads_to_a_file(site: Path) -> None:
    """The site works opened from disk and under any sub-path: no link begins at a root or ends at a folder."""
    for page in pages(site):
        for element, address in addresses(page, LEADS | FETCHES):
            parts = urlsplit(address)
            if parts.scheme in {"http", "https", "mailto"}:
                continue
            assert not parts.scheme, (page, address)
            assert not parts.netloc, (page, address)
            assert not parts.path.startswith("/"), (page, address)
            target = page.parent / unquote(parts.path) if parts.path else page
            assert target.resolve().is_relative_to(site.resolve()), (page, address)
            assert target.is_file(), (page, local_name(element), address)


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    """What a page needs to be shown stands in its own folder."""
    for page in pages(site):
        for element, address in addresses(page, FETCHES):
            if element.attrib.get("rel", "") not in ONLY_SAYS:
                assert not re.match(r"([a-z]+:)?//", address, re.IGNORECASE), (page, address)
        assert not elements(page, "iframe", "object", "embed", "base", "img", "video", "audio"), page
        assert not any("action" in form.attrib for form in elements(page, "form")), page
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(|@import|//", style.read_text("utf-8")), style


def test_nothing_on_a_page_can_run(site: Path) -> None:
    """No page has a script but the theme's own files, an event handler, a style attribute or a javascript: link."""
    for page in pages(site):
        for element in tree(page).iter():
            names = {key.rpartition("}")[2] for key in element.attrib}
            assert not [name for name in names if name == "style" or name.startswith("on")], (page, element.attrib)
            assert not any(value.lower().startswith("javascript:") for value in element.attrib.values()), page
        for script in elements(page, "script"):
            own = re.fullmatch(r"(\.\./)*assets/[a-z-]+\.js", script.attrib.get("src", ""))
            assert own or script.attrib.get("type") == "application/ld+json", script.attrib


def test_every_page_forbids_all_but_its_own_files(site: Path) -> None:
    """Each page has a Content-Security-Policy that allows files of the site alone, and no other host."""
    for page in pages(site):
        named = {meta.attrib.get("http-equiv"): meta for meta in elements(page, "meta")}
        policy = named["Content-Security-Policy"].attrib["content"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'", page
        assert rules.get("script-src", "'self'") == "'self'", page
        assert rules["style-src"].startswith(("'self'", "'sha256-")), page
        # Only where drawings are saved as pictures may a picture stand in the page's own data.
        is_drawn = page in (site / "index.html", site / "figures.html") or site / "figures" in page.parents
        pictures = "'self' data:" if is_drawn else "'self'"
        assert rules.get("img-src", pictures) == pictures, page
        assert "unsafe" not in policy, page
        assert "http" not in policy, page


def test_the_data_for_search_engines_can_be_read(site: Path) -> None:
    """The JSON-LD of each entry's page is JSON about an event with the entry's own title."""
    for page in pages(site):
        for script in (one for one in elements(page, "script") if "src" not in one.attrib):
            data = json.loads("".join(script.itertext()))
            if page.parent.name == "entries":
                assert data["@type"] == "Event", page
                assert data["name"] == words(elements(page, "h1")[0]), page


@pytest.mark.parametrize("name", ["own_site", "nasty_site", "counted_site"])
def test_every_link_and_fragment_leads_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    """Lychee follows every link in the site, fragments included, and finds what each names."""
    site: Path = request.getfixturevalue(name)
    arguments = ["--offline", "--include-fragments", "--no-progress", "--format", "json", "**/*.html"]
    run = subprocess.run([command("lychee"), *arguments], cwd=site, capture_output=True, text=True, check=False)
    found = json.loads(run.stdout)
    assert found["error_map"] == {}
    assert found["errors"] == found["unknown"] == found["unsupported"] == 0
    assert found["successful"] > len(list(site.glob("entries/*.html")))
    assert run.returncode == 0, run.stderr
