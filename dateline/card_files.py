"""The timeline → its social cards: what each says, which page shows which, and their files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dateline import addresses, markdown
from dateline.config import Config
from dateline.page_views import Site
from dateline.present import Presenter
from dateline.views import EntryView

if TYPE_CHECKING:
    from dateline.cards import EntryCard, SiteCard, Studio

File = tuple[str, bytes]

# What a card costs more than a page, when it is weighed whether a second process is worth starting.
WEIGHT = 25
# What a label would take of the overview's axis, which a card does not show.
LABEL = 56


def card_weight(settings: Config) -> int:
    """Return how many times as long it takes to make what belongs to an entry, with the cards that are asked for."""
    return WEIGHT if settings.cards == "entries" else 1


class Cards:
    """The cards of one site, as its setting `cards` asks for them; what draws them is loaded when one is made."""

    def __init__(self, presenter: Presenter, site: Site, standing: Callable[[str], bytes | None]) -> None:
        self._presenter = presenter
        self._site = site
        self._standing = standing
        self._asked = presenter.timeline.config.cards
        self.of_entries = self._asked == "entries"

    def of_site(self) -> Iterator[File]:
        """Yield the card of the site, if it has one."""
        if self._has_own:
            yield addresses.CARD, self._studio.picture(addresses.CARD, self._site_card())

    def of_entry(self, entry: EntryView) -> Iterator[File]:
        """Yield the card of an entry, if it has one."""
        if self.of_entries and self._studio.can_draw(entry.title):
            path = addresses.entry_card(entry.id)
            yield path, self._studio.picture(path, self._entry_card(entry))

    def shown(self, entry: EntryView | None = None) -> tuple[str, str]:
        """Return the whole address of a page's card and what is on it; the card of the site if it has none itself."""
        if not self._site.address:
            return "", ""
        if entry and self.of_entries and self._studio.can_draw(entry.title):
            return self._site.address + addresses.entry_card(entry.id), f"{entry.date}: {entry.title}"
        if self._has_own:
            return self._site_shown
        return "", ""

    @cached_property
    def _studio(self) -> Studio:
        from dateline.cards import Studio

        return Studio(self._site.language, self._site.direction, self._standing)

    @cached_property
    def _has_own(self) -> bool:
        return self._asked != "none" and self._studio.can_draw(self._site.title)

    @cached_property
    def _site_shown(self) -> tuple[str, str]:
        return self._site.address + addresses.CARD, f"{self._site.title}. {' · '.join(self._tally())}"

    def _site_card(self) -> SiteCard:
        from dateline.cards import COLUMN, SiteCard
        from dateline.overview import draw

        presenter = self._presenter
        overview = draw(presenter.ground, width=COLUMN, label_width=LABEL, heading=0)
        return SiteCard(
            language=self._site.language,
            direction=self._site.direction,
            title=self._site.title,
            standfirst=markdown.plain_text(self._site.standfirst),
            tally=tuple(self._tally()),
            overview=overview,
        )

    def _tally(self) -> Iterator[str]:
        """Yield how much the timeline holds, in the words of its page."""
        ngettext = self._presenter.words.ngettext
        counts = (
            (self._site.entries, ngettext("<b>%(n)s</b> entry", "<b>%(n)s</b> entries", self._site.entries)),
            (self._site.sources, ngettext("<b>%(n)s</b> source", "<b>%(n)s</b> sources", self._site.sources)),
            (
                self._site.quotes,
                ngettext(
                    "<b>%(n)s</b> quote found word for word",
                    "<b>%(n)s</b> quotes, all found word for word",
                    self._site.quotes,
                ),
            ),
        )
        for count, words in counts:
            if count:
                yield re.sub("</?b>", "", words) % {"n": count}

    def _entry_card(self, entry: EntryView) -> EntryCard:
        from dateline.cards import EntryCard

        quoted = next((citation for citation in entry.citations if citation.parts), None)
        return EntryCard(
            language=self._site.language,
            direction=self._site.direction,
            timeline=self._site.title,
            date=entry.date,
            kind=entry.category.singular if entry.category else "",
            shape=entry.category.shape if entry.category else "",
            color=entry.category.color if entry.category else "",
            title=entry.title,
            quote=" […] ".join(quoted.parts) if quoted else "",
            voice=quoted.attribution if quoted else "",
        )
