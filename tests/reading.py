"""What the browser tests of reading share: windows in which nothing may go wrong, and where a page can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Frame, Page, Request, Response

Visit = Callable[..., "Page"]

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
DARK: dict[str, Any] = {**DESK, "color_scheme": "dark"}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
LOOKS = {"light": DESK, "dark": DARK, "phone": PHONE, "contrast": {**DESK, "forced_colors": "active"}}
WIDTH = "() => document.scrollingElement.scrollWidth"
# What the clipboard holds, by type.
CLIPBOARD = """async () => {
    const [item] = await navigator.clipboard.read();
    const read = async type => [type, await (await item.getType(type)).text()];
    return Object.fromEntries(await Promise.all(item.types.map(read)));
}"""


@contextmanager
def windows(chromium: Browser) -> Iterator[Visit]:
    """Yield what opens an address in a new window; in the end nothing may have gone wrong in any of them.

    `base` is the folder in which all requests must stay; without one nothing is watched, as axe itself asks for style
    sheets in ways that the policy forbids. Its keywords are those of Playwright's contexts.
    """
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def visit(address: str, base: str, *, before: str = "", **look: Any) -> Page:  # noqa: ANN401 - Playwright's
        context = chromium.new_context(**{**DESK, **look})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if before:
            page.add_init_script(before)
        if base:
            _watch(context, faults, base)
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []


def _watch(context: BrowserContext, faults: list[str], base: str) -> None:
    def asked(request: Request) -> None:
        if not request.url.startswith((base, "about:")):
            faults.append(f"asks {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    def said(message: ConsoleMessage) -> None:
        faults.append(f"{message.type}: {message.text}")

    def failed(error: Error) -> None:
        faults.append(str(error))

    context.on("request", asked)
    context.on("response", answered)
    context.on("console", said)
    context.on("weberror", lambda error: failed(error.error))


def folder_of(site: Path) -> str:
    """Return the address of a built site on the disk."""
    return site.as_uri() + "/"


def lit(page: Page | Frame) -> dict[str, list[str]]:
    """Return what of a source page is lit: the citations of its notes and of its places in the strip, and its marks."""
    script = """() => {
        const of = (selector, name) => [...document.querySelectorAll(selector)].map(one => one.dataset[name]);
        return {
            marks: [...document.querySelectorAll("mark[data-lit]")].map(mark => mark.textContent),
            citations: of("mark[data-lit]", "citations"),
            notes: of("[data-note][data-lit]", "note"),
            strip: of("[data-passage][data-lit]", "passage"),
        };
    }"""
    found: dict[str, list[str]] = page.evaluate(script)
    return found


def axe_faults(page: Page | Frame, context: str | None = None) -> list[tuple[str, str, str]]:
    """Return what axe has against a page as it is."""
    found = Axe().run(page, context).response
    assert found["passes"]
    return [
        (rule["id"], node["html"], node["failureSummary"]) for rule in found["violations"] for node in rule["nodes"]
    ]
