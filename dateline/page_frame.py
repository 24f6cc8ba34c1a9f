"""What is the same on many pages of a site: its own record, the navigation, the foot, and what a page's head says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from dateline import addresses, dates, markdown
from dateline.card_files import Cards
from dateline.dates import Day
from dateline.page_views import Colophon, Page, Site, Tabs
from dateline.present import Presenter
from dateline.templating import Theme
from dateline.views import EntryView, LinkView

_NOTHING = Markup("")


def site_of(presenter: Presenter) -> Site:
    """Return what all pages share."""
    settings = presenter.timeline.config
    return Site(
        title=settings.title,
        standfirst=markdown.passage_html(settings.standfirst),
        language=presenter.words.language,
        direction=presenter.words.direction,
        address=settings.address,
        entries=len(presenter.timeline.entries),
        sources=len(presenter.timeline.sources),
        quotes=len(presenter.proofs),
    )


def tabs_of(presenter: Presenter, *, numbers: bool) -> Iterator[LinkView]:
    """Yield the links of the navigation; `numbers` says whether there is a page of figures."""
    translate = presenter.words.gettext
    yield LinkView(addresses.INDEX, translate("Timeline"))
    if numbers:
        yield LinkView(addresses.FIGURES, translate("Figures"))
    yield LinkView(addresses.SOURCES, translate("Sources"))
    yield LinkView(addresses.PROOF, translate("Proof"))
    if presenter.timeline.about:
        yield LinkView(addresses.ABOUT, translate("About"))


class PageFrame:
    """The frame of each page of one site; `updated` is the day that the site shows as its own.

    Navigation and foot are made when a page has them.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that is on many pages
        self,
        presenter: Presenter,
        theme: Theme,
        site: Site,
        cards: Cards,
        tabs: Mapping[str, LinkView],
        updated: Day | None,
    ) -> None:
        self.presenter = presenter
        self.theme = theme
        self.site = site
        self.cards = cards
        self.tabs = tabs
        self.updated = updated
        self._parts: dict[tuple[str, str], tuple[Markup, Markup]] = {}
        self._description = markdown.plain_text(presenter.timeline.config.description)

    def made_of(self, *, counts: bool) -> tuple[Any, ...]:
        """Return all that the frames are made of beside the settings and the templates, with or without the counts."""
        site = self.site if counts else self.site._replace(entries=0, sources=0, quotes=0)
        return site, list(self.tabs.values()), self.updated, self.cards.shown()

    def page(  # noqa: PLR0913 - what tells pages apart
        self,
        path: str,
        title: str,
        description: str = "",
        kind: str = "website",
        *,
        data: Markup | None = None,
        entry: EntryView | None = None,
    ) -> Page:
        """Return what a page has as every page has it."""
        settings, root = self.presenter.timeline.config, addresses.root(path)
        # In the order of the fields: by their names it takes twice as long.
        return Page(
            root,
            path,
            f"{title} – {settings.title}" if title != settings.title else title,
            description or self._description,
            addresses.absolute(settings.address, path) if settings.address else "",
            kind,
            data or _NOTHING,
            *self._frame(root, path),
            *self.cards.shown(entry),
        )

    def _frame(self, root: str, path: str) -> tuple[Markup, Markup]:
        """Return the navigation and the foot of a page; those of most pages differ in their depth alone."""
        key = (root, path if path in self.tabs else "")
        made = self._parts.get(key)
        if made is None:
            parts = (
                ("tabs.html", Tabs(*key, tuple(self.tabs.values()))),
                ("colophon.html", Colophon(self.site, root, self._day(self.updated))),
            )
            rendered = (Markup(self.theme.renderer(name, 1, {})(part).decode()) for name, part in parts)  # noqa: S704 - Jinja's
            made = self._parts[key] = next(rendered), next(rendered)
        return made

    def _day(self, day: Day | None) -> str:
        date = dates.parse(dates.iso(day)) if day else None
        return self.presenter.display.full(date) if date else ""
