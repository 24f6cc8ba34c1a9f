"""Records → what the templates show of entries, in the words of the site's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from dateline import addresses, config, dates, markdown, periods, proof
from dateline.calendar import ordinal
from dateline.date_display import DateDisplay
from dateline.date_patterns import locale_name
from dateline.differences import conflicts, differences
from dateline.events import Citation, Entry, Figure
from dateline.number_marks import Said, marked_parts
from dateline.overview import Ground, ground
from dateline.proof import Proof
from dateline.reported import family_ids
from dateline.sources import Source
from dateline.timeline import Timeline
from dateline.views import CitationView, ClaimView, DifferenceView, EntryView, FigureView, LinkView, RunView
from dateline.words import Words

GLYPHS: Mapping[str, str] = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle": "▲",
    "triangle-down": "▼",
    "bar": "▬",
    "cross": "✚",
    "star": "★",
}
NO_GLYPH = "•"

# Of a longer quote the timeline shows the beginning, so that one entry does not hide all others.
MOST_WORDS = 200

# How many words of an untitled text stand for its title.
TITLE_WORDS = 8


class DateView(NamedTuple):
    """What an `EntryView` says of its date."""

    year: str
    date: str
    date_short: str
    datetime: str
    earliest: str
    latest: str


class Presenter:
    """Shows the records of one timeline in the words of its language."""

    def __init__(self, timeline: Timeline, proofs: Mapping[str, Proof], words: Words) -> None:
        self.timeline = timeline
        self.proofs = proofs
        self.words = words
        self.display = DateDisplay(words.language, words.gettext)
        self.locale = locale_name(words.language)
        self.entries = {entry.id: entry for entry in timeline.entries}
        self.periods = periods.cut([entry.date for entry in timeline.entries])
        pages = periods.places(self.periods)
        self._pages = {entry.id: pages[place] for place, entry in enumerate(timeline.entries)} if pages else {}
        self.categories = timeline.categories
        dated = {source.name: source.published for source in timeline.sources.values()}
        self.families = family_ids(timeline.config)
        self.published = {name: self.display.full(date) if date else "" for name, date in dated.items()}
        self.footnotes = {name: number for number, name in enumerate(timeline.sources, start=1)}
        # What each citation of a source shows of it, made once.
        sources = timeline.sources.values()
        self._titles = {source.name: self._made_title(source) for source in sources}
        self._dated = {
            source.name: dates.datetime_attribute(source.published) if source.published else "" for source in sources
        }
        # Translators: an entry in one line, such as “June 12, 2021: Prisoners are freed”.
        self._headline = words.gettext("{date}: {title}")
        self._conflicts = conflicts(timeline.entries)
        # Many entries share a date.
        self._date_views: dict[str, DateView] = {}

    def date(self, date: dates.Date) -> DateView:
        """Return a date as it is shown."""
        view = self._date_views.get(date.text)
        if view is None:
            view = self._date_views[date.text] = DateView(
                year=self.display.year_heading(date),
                date=self.display.full(date),
                date_short=self.display.short(date),
                datetime=dates.datetime_attribute(date),
                earliest=_days(date.earliest),
                latest=_days(date.latest),
            )
        return view

    def entry(self, entry: Entry) -> EntryView:
        """Return an entry as it is shown."""
        dated = self.date(entry.date)
        category = self.categories.get(entry.category)
        citations = {citation.anchor: self.citation(citation) for citation in entry.citations}
        differing = tuple(self._differences(entry, citations))
        shown = {claim.citation.anchor for difference in differing for claim in difference.claims if claim.citation}
        return EntryView(
            id=entry.id,
            title=entry.title,
            year=dated.year,
            date=dated.date,
            date_short=dated.date_short,
            datetime=dated.datetime,
            earliest=dated.earliest,
            latest=dated.latest,
            date_note=entry.date_note,
            category=category,
            glyph=GLYPHS[category.shape] if category else NO_GLYPH,
            summary=markdown.passage_html(entry.summary),
            place=entry.place,
            tags=entry.tags,
            citations=tuple(citations.values()),
            undisputed=tuple(view for anchor, view in citations.items() if anchor not in shown),
            figures=tuple(self._figures(entry)),
            differences=differing,
            related=tuple(self.link(other) for other in entry.related),
            page=self.page(entry.id),
            has_page=self.timeline.config.entry_pages,
            place_on_timeline=self.on_timeline(entry.id),
            permalink=self.permalink(entry.id),
        )

    def timeline_page(self, entry_id: str) -> str:
        """Return the page of the timeline on which an entry stands."""
        return self._pages.get(entry_id, addresses.INDEX)

    def on_timeline(self, entry_id: str) -> str:
        """Return the place of an entry on the timeline."""
        return addresses.on_timeline(self.timeline_page(entry_id), entry_id)

    def page(self, entry_id: str) -> str:
        """Return where the site shows an entry: its own page, or where entries have none its place on the timeline."""
        own = self.timeline.config.entry_pages
        return addresses.entry_page(entry_id) if own else self.on_timeline(entry_id)

    def permalink(self, entry_id: str) -> str:
        """Return the address of an entry that stays: its own page, if there is no saying that it may go one day."""
        decided = self.timeline.config.entry_pages_decided
        return addresses.permanent(entry_id) if decided else addresses.entry_page(entry_id)

    @cached_property
    def ground(self) -> Ground:
        """What all drawings of the overview share."""
        return ground(self.timeline.entries, self.lanes())

    def headline(self, entry: EntryView) -> str:
        """Return an entry in one line: its date and its title."""
        return self._headline.format(date=entry.date, title=entry.title)

    def headline_of(self, entry: Entry) -> str:
        """Return the `headline` of an entry whose view is not at hand."""
        return self._headline.format(date=self.display.full(entry.date), title=entry.title)

    def differs(self, entry: Entry) -> bool:
        """Tell whether sources do not say the same about an entry."""
        return entry.id in self._conflicts or any(differences(entry, self.timeline.sources, self.words.language))

    def lanes(self) -> Iterator[config.Category]:
        """Yield the categories in the order of their lanes; entries without one have a lane of their own, the last."""
        yield from self.categories.values()
        if any(entry.category not in self.categories for entry in self.timeline.entries):
            label = self.words.gettext("Other") if self.categories else self.words.gettext("Entries")
            yield config.Category("", label, label, "circle", "slate")

    def citation(self, citation: Citation) -> CitationView:
        """Return a citation as it is shown, with the source's own characters; or who says so, where none is named."""
        if not citation.source:
            return CitationView(anchor=citation.anchor, attribution=citation.attribution)
        source = self.timeline.sources[citation.source]
        found = self.proofs.get(citation.anchor)
        runs = self.runs(citation, citation.figures) if found else ()
        paragraph = proof.paragraph_label(found.paragraphs) if found else ""
        return CitationView(
            anchor=citation.anchor,
            file=source.name,
            parts=tuple(["".join([run.text for run in part]) for part in runs]),
            runs=runs,
            attribution=citation.attribution,
            source=self.source_name(source, citation.attribution),
            title=self.source_title(source),
            cited=self.cited_as(source, citation.attribution, paragraph),
            published=self.published[source.name],
            published_on=self._dated[source.name],
            paragraph=paragraph,
            href=addresses.passage(citation, source) if found else addresses.source_page(source),
            lang=self.language_of(source),
            note=self._left_out(found.left_out) if found and found.left_out else "",
            footnote=self.footnotes[source.name],
            long=self._long(runs),
        )

    def runs(self, citation: Citation, figures: Iterable[Figure]) -> tuple[tuple[RunView, ...], ...]:
        """Return the words of a proved citation in their parts, cut where one of these figures is said."""
        found = self.proofs[citation.anchor]
        series = self.timeline.config.series
        said = [Said(figure.value, f"{series[figure.series].label} {series[figure.series].unit}") for figure in figures]
        language = found.source.language or self.words.language
        return marked_parts(found.source.text, found.passage.spans, said, language)

    def parts(self, citation: Citation) -> tuple[str, ...]:
        """Return the words of a proved citation in their parts."""
        return tuple(["".join([run.text for run in part]) for part in self.runs(citation, ())])

    def conflicts_of(self, entry: Entry) -> tuple[str, ...]:
        """Return the ids of the entries that say otherwise."""
        return self._conflicts.get(entry.id, ())

    def link(self, entry_id: str) -> LinkView:
        """Return the link to an entry's page, in the words of its title."""
        return LinkView(self.page(entry_id), self.entries[entry_id].title)

    def language_of(self, source: Source) -> str:
        """Return the language of a source where it is not that of the site, else an empty string."""
        if not source.language or source.language.lower() == self.words.language.lower():
            return ""
        return source.language

    def source_title(self, source: Source) -> str:
        """Return the title of a source; where it has none, its first words, or its file where these are not shown."""
        return self._titles[source.name]

    def _made_title(self, source: Source) -> str:
        if source.title:
            return source.title
        if source.publish != "full" or not source.paragraphs:
            return source.name
        first = source.paragraphs[0]
        words = source.text[first.start : first.end].split(maxsplit=TITLE_WORDS)
        shown = " ".join(words[:TITLE_WORDS]) + ("…" if len(words) > TITLE_WORDS else "")
        # Translators: the quotation marks of the language, around the first words of a text without a title.
        return self.words.gettext("“{words}”").format(words=shown)

    def source_name(self, source: Source, attribution: str = "") -> str:
        """Return the shortest name for a source that `attribution` does not hold: publisher, author, or title."""
        for name in (source.publisher, source.author):
            if name and name not in attribution:
                return name
        return self.source_title(source)

    def cited_as(self, source: Source, attribution: str, paragraph: str) -> str:
        """Return a source as a citation names it: title, and who and when as far as `attribution` does not say it.

        First words stand for a title only where nobody is named who could stand for the source.
        """
        people = dict.fromkeys(name for name in (source.author, source.publisher) if name)
        title = source.title or ("" if people else self.source_title(source))
        unsaid = [name for name in people if name not in attribution]
        parts = (title, *unsaid, self.published[source.name], paragraph)
        # Translators: between the parts of a list; with its space.
        return self.words.gettext(", ").join(part for part in parts if part)

    def number(self, figure: Figure) -> str:
        """Return a number as it is written in the site's language, "300+" for "more than 300"."""
        shown = self.amount(figure.value, self.timeline.config.series[figure.series])
        if figure.bound == "+":
            # Translators: more than this number.
            return self.words.gettext("{number}+").format(number=shown)
        # Translators: about this number.
        return self.words.gettext("~{number}").format(number=shown) if figure.bound == "~" else shown

    def amount(self, value: Decimal | float, series: config.Series) -> str:
        """Return an amount of what a series counts as it is written in the site's language."""
        from babel.numbers import format_decimal, format_percent

        if series.unit == "%":
            return str(format_percent(value / 100, locale=self.locale, decimal_quantization=False))
        return str(format_decimal(value, locale=self.locale, decimal_quantization=False))

    def integer(self, number: int) -> str:
        """Return a whole number as it is written in the site's language."""
        return self.words.number(number)

    def per_cent(self, share: float) -> str:
        """Return a share from 0 to 1 as per cent in the site's language."""
        from babel.numbers import format_percent

        return str(format_percent(share, locale=self.locale))

    def voice(self, citation: Citation) -> str:
        """Return who says so: the attribution, or where there is none the name of the source."""
        return citation.attribution or self.source_name(self.timeline.sources[citation.source])

    def grades(self) -> dict[str, str]:
        """Return the words for how a quote was found."""
        translate = self.words.gettext
        return {
            "verbatim": translate("verbatim"),
            "typographic": translate("typographic"),
            "elided": translate("elided"),
        }

    def _long(self, runs: Iterable[Iterable[RunView]]) -> str:
        texts = [run.text for part in runs for run in part]
        # A word has a letter, and a space parts it from the next: so short a text need not be counted.
        count = sum([len(text.split()) for text in texts]) if sum(map(len, texts)) > 2 * MOST_WORDS else 0
        if count <= MOST_WORDS or not self.timeline.config.entry_pages:
            return ""
        said = self.words.ngettext(
            "The beginning of {n} word; the page of the entry has it whole.",
            "The beginning of {n} words; the page of the entry has them all.",
            count,
        )
        return said.format(n=count)

    def _left_out(self, count: int) -> str:
        return self.words.ngettext("{n} word left out", "{n} words left out", count).format(n=count)

    def _figures(self, entry: Entry) -> Iterator[FigureView]:
        shown: set[FigureView] = set()
        for citation in entry.citations:
            for figure in citation.figures:
                view = self._figure(figure)
                if view not in shown:
                    shown.add(view)
                    yield view

    def _figure(self, figure: Figure) -> FigureView:
        series = self.timeline.config.series[figure.series]
        href = addresses.on_figures(self.families[series.family])
        return FigureView(self.number(figure), series.label, series_note(series, self), href)

    def _differences(self, entry: Entry, views: Mapping[str, CitationView]) -> Iterator[DifferenceView]:
        """Yield what the sources of an entry do not agree on; `views` are its citations as shown, by their anchors."""
        translate = self.words.gettext
        # The words of each are shown once, however often it differs from others.
        left = dict(views)
        for difference in differences(entry, self.timeline.sources, self.words.language):
            if difference.about == "date":
                about = translate("Sources differ on the date")
            else:
                label = self.timeline.config.series[difference.series].label
                about = translate("Sources differ on the number: {series}").format(series=label)
            claims = (
                self._claim(citation, said, left.pop(citation.anchor, None)) for citation, said in difference.claims
            )
            yield DifferenceView(about, tuple(claims))
        others = [self.entries[other] for other in self.conflicts_of(entry)]
        if others:
            own = next((left[citation.anchor] for citation in entry.citations if citation.anchor in left), None)
            statements = [self._statement(entry, own)]
            statements += [self._statement(other, self._first(other))._replace(theirs=True) for other in others]
            yield DifferenceView(self._about(entry, others), tuple(statements))

    def _about(self, entry: Entry, others: Iterable[Entry]) -> str:
        """Return what entries that contradict each other do not say the same of: a number, if both report one."""
        own = self._reported(entry)
        for other in others:
            for family, numbers in self._reported(other).items():
                if family in own and own[family] != numbers:
                    label = self.timeline.config.families[family].label
                    return self.words.gettext("Entries differ on a number: {family}").format(family=label)
        return self.words.gettext("Entries that do not say the same")

    def _reported(self, entry: Entry) -> dict[str, set[Decimal]]:
        """Return the numbers that an entry reports, by family."""
        found: dict[str, set[Decimal]] = {}
        for figure in (figure for citation in entry.citations for figure in citation.figures):
            found.setdefault(self.timeline.config.series[figure.series].family, set()).add(figure.value)
        return found

    def _claim(self, citation: Citation, said: dates.Point | Figure, view: CitationView | None) -> ClaimView:
        source = self.timeline.sources[citation.source]
        if isinstance(said, Figure):
            says = self.number(said)
        else:
            date = dates.parse(said.text)
            says = self.display.full(date) if date else said.text
        return ClaimView(self.voice(citation), says, "", addresses.passage(citation, source), view, theirs=False)

    def _statement(self, entry: Entry, view: CitationView | None) -> ClaimView:
        """Return one of several entries that contradict each other, with those of its words that are shown."""
        who = next((citation.attribution for citation in entry.citations if citation.attribution), "")
        return ClaimView(who, entry.title, self.display.full(entry.date), self.page(entry.id), view, theirs=False)

    def _first(self, entry: Entry) -> CitationView | None:
        return next((self.citation(citation) for citation in entry.citations), None)


def _days(day: dates.Day | None) -> str:
    return str(ordinal(day)) if day else ""


def series_note(series: config.Series, presenter: Presenter) -> str:
    """Return what exactly a series counts, and since when."""
    since = presenter.display.full(series.since) if series.since else ""
    counted = presenter.words.gettext("counted since {date}").format(date=since) if since else ""
    # Translators: between two remarks; with its space.
    return presenter.words.gettext("; ").join(part for part in (series.note.rstrip("."), counted) if part)
