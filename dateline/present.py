"""Records → what the templates show of entries, in the words of the site's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from dateline import addresses, config, dates, markdown, periods, proof
from dateline.calendar import ordinal
from dateline.date_display import DateDisplay
from dateline.difference_views import differing_views
from dateline.differences import conflicts, differences
from dateline.events import Citation, Entry, Figure
from dateline.folding import single_spaced
from dateline.number_marks import Said, marked_parts, whole_parts
from dateline.number_words import NumberWords
from dateline.overview import Ground, ground
from dateline.proof import Proof
from dateline.reported import family_ids, series_note
from dateline.sources import Source
from dateline.timeline import Timeline
from dateline.views import CitationView, DifferenceView, EntryView, FigureView, LinkView, RunView
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
        numbers = NumberWords(words)
        self.amount, self.integer, self.per_cent = numbers.amount, numbers.integer, numbers.per_cent
        self.sheet = numbers.sheet
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
        self._have_pages = timeline.config.entry_pages
        # Translators: between the parts of a list; with its space.
        self._comma = words.gettext(", ")
        # Many entries share a date, and many citations a source with who says so, or the number of a paragraph.
        self._date_views: dict[str, DateView] = {}
        self._as_cited: dict[tuple[str, str], tuple[str, str, str, str, str, str, str, int]] = {}
        self._paragraphs: dict[tuple[int, ...], str] = {}
        self._numbered: dict[int, str] = {}

    def date(self, date: dates.Date) -> DateView:
        """Return a date as it is shown."""
        view = self._date_views.get(date.text)
        if view is None:
            view = self._date_views[date.text] = self._plain_day(date) or DateView(
                year=self.display.year_heading(date),
                date=self.display.full(date),
                date_short=self.display.short(date),
                datetime=dates.datetime_attribute(date),
                earliest=_days(date.earliest),
                latest=_days(date.latest),
            )
        return view

    def _plain_day(self, date: dates.Date) -> DateView | None:
        """Return a date as it is shown, if it is one day: all that is said of it follows from that."""
        words = self.display.day(date)
        if not words:
            return None
        number = _days(date.earliest)
        return DateView(*words, date.text, number, number)

    def entry(self, entry: Entry) -> EntryView:
        """Return an entry as it is shown."""
        date = entry.date
        year, said, short, datetime, earliest, latest = self._date_views.get(date.text) or self.date(date)
        category = self.categories.get(entry.category)
        citations = tuple(map(self.citation, entry.citations))
        differing: tuple[DifferenceView, ...] = ()
        undisputed = citations
        if self._may_differ(entry):
            differing, undisputed = differing_views(entry, citations, self)
        on_timeline = self.on_timeline(entry.id)
        # In the order of the fields: by their names it takes four times as long.
        return EntryView._make((
            entry.id,
            entry.title,
            year,
            said,
            short,
            datetime,
            earliest,
            latest,
            entry.date_note,
            category,
            GLYPHS[category.shape] if category else NO_GLYPH,
            markdown.passage_html(entry.summary),
            entry.place,
            entry.tags,
            citations,
            undisputed,
            tuple(self._figures(entry)),
            differing,
            tuple([self.link(other) for other in entry.related]),
            addresses.entry_page(entry.id) if self._have_pages else on_timeline,
            self._have_pages,
            on_timeline,
            self.permalink(entry.id),
        ))  # fmt: skip

    def _may_differ(self, entry: Entry) -> bool:
        """Tell at a glance whether the sources of an entry may not say the same; no is certain."""
        citations = entry.citations
        if len(citations) == 1:
            return len(citations[0].figures) > 1 or entry.id in self._conflicts
        return bool(citations) or entry.id in self._conflicts

    def timeline_page(self, entry_id: str) -> str:
        """Return the page of the timeline on which an entry stands."""
        return self._pages.get(entry_id, addresses.INDEX)

    def on_timeline(self, entry_id: str) -> str:
        """Return the place of an entry on the timeline."""
        return addresses.on_timeline(self._pages.get(entry_id, addresses.INDEX), entry_id)

    def page(self, entry_id: str) -> str:
        """Return where the site shows an entry: its own page, or where entries have none its place on the timeline."""
        return addresses.entry_page(entry_id) if self._have_pages else self.on_timeline(entry_id)

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
        return entry.id in self._differing

    @cached_property
    def _differing(self) -> frozenset[str]:
        """The ids of the entries about which sources do not say the same."""
        sources, language, known = self.timeline.sources, self.words.language, self._conflicts
        asked = [entry for entry in self.timeline.entries if entry.id not in known and self._may_differ(entry)]
        return frozenset([*known, *(entry.id for entry in asked if any(differences(entry, sources, language)))])

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
        key = citation.source, citation.attribution
        as_cited = self._as_cited.get(key)
        if as_cited is None:
            as_cited = self._as_cited[key] = self._citing(*key)
        name, cited, published, published_on, page, place, lang, footnote = as_cited
        found = self.proofs.get(citation.anchor)
        if not found:
            return CitationView(
                citation.anchor, citation.source, attribution=citation.attribution, source=name,
                title=self._titles[citation.source], cited=cited, published=published, published_on=published_on,
                href=page, lang=lang, footnote=footnote,
            )  # fmt: skip
        runs = self.runs(citation, citation.figures)
        parts = tuple(["".join([run.text for run in part]) if len(part) > 1 else part[0].text for part in runs])
        paragraph = self._paragraph(found.paragraphs)
        return CitationView._make((
            citation.anchor,
            citation.source,
            parts,
            runs,
            citation.attribution,
            name,
            self._titles[citation.source],
            f"{cited}{self._comma}{paragraph}" if cited and paragraph else cited or paragraph,
            published,
            published_on,
            paragraph,
            f"{place}{citation.anchor}" if place else page,
            lang,
            self._left_out(found.left_out) if found.left_out else "",
            footnote,
            self._long(parts),
        ))  # fmt: skip

    def _citing(self, source_name: str, attribution: str) -> tuple[str, str, str, str, str, str, str, int]:
        """Return what all citations of a source with one attribution show: of it, its page, and before their place."""
        source = self.timeline.sources[source_name]
        page = addresses.source_page(source)
        return (
            self.source_name(source, attribution),
            self.cited_as(source, attribution, ""),
            self.published[source.name],
            self._dated[source.name],
            page,
            "" if source.publish == "link" else f"{page}#",
            self.language_of(source),
            self.footnotes[source.name],
        )

    def paragraph_named(self, number: int) -> str:
        """Return the number of a paragraph in words."""
        said = self._numbered.get(number)
        if said is None:
            said = self._numbered[number] = self.words.gettext("Paragraph {n}").format(n=number)
        return said

    def _paragraph(self, numbers: tuple[int, ...]) -> str:
        label = self._paragraphs.get(numbers)
        if label is None:
            label = self._paragraphs[numbers] = proof.paragraph_label(numbers)
        return label

    def runs(self, citation: Citation, figures: Sequence[Figure]) -> tuple[tuple[RunView, ...], ...]:
        """Return the words of a proved citation in their parts, cut where one of these figures is said."""
        found = self.proofs[citation.anchor]
        if not figures:
            return whole_parts(found.source.text, found.passage.spans)
        series = self.timeline.config.series
        said = [Said(figure.value, f"{series[figure.series].label} {series[figure.series].unit}") for figure in figures]
        language = found.source.language or self.words.language
        return marked_parts(found.source.text, found.passage.spans, said, language)

    def parts(self, citation: Citation) -> tuple[str, ...]:
        """Return the words of a proved citation in their parts."""
        found = self.proofs[citation.anchor]
        grade, spans = found.passage
        start, end = spans[0]
        # Letter for letter, and all of it: what stands in the source need not be cut out of it.
        if grade == "verbatim" and end - start == len(citation.quote):
            return (single_spaced(citation.quote),)
        text = found.source.text
        return tuple([single_spaced(text[start:end]) for start, end in spans])

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
        return self._comma.join([part for part in parts if part])

    def number(self, figure: Figure) -> str:
        """Return a number as it is written in the site's language, "300+" for "more than 300"."""
        shown = self.amount(figure.value, self.timeline.config.series[figure.series])
        if figure.bound == "+":
            # Translators: more than this number.
            return self.words.gettext("{number}+").format(number=shown)
        # Translators: about this number.
        return self.words.gettext("~{number}").format(number=shown) if figure.bound == "~" else shown

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

    def _long(self, parts: tuple[str, ...]) -> str:
        # A word has a letter, and a space parts it from the next: so short a text need not be counted.
        if sum(map(len, parts)) <= 2 * MOST_WORDS:
            return ""
        count = sum(len(text.split()) for text in parts)
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
        return FigureView(self.number(figure), series.label, series_note(series, self.display, self.words), href)


def _days(day: dates.Day | None) -> str:
    return str(ordinal(day)) if day else ""
