"""The timeline as a calendar (iCalendar, RFC 5545), each entry an all-day event."""

from __future__ import annotations

import datetime

from dateline import dates
from dateline.dates import Date, Day
from dateline.events import Entry
from dateline.feeds import Feed
from dateline.markdown import passage_text
from dateline.present import Presenter
from dateline.slugs import slug

_ONE_DAY = datetime.timedelta(days=1)


def feed(presenter: Presenter, updated: Day | None) -> Feed[Entry]:
    """Return the entries as all-day events (RFC 5545); what a calendar cannot say of a date stands in words.

    A date that is uncertain, approximate or open has its earliest and latest day as the event's, and its words in
    the description. Days outside the years 1 to 9999 cannot be written; such entries are left out.
    """
    settings = presenter.timeline.config
    name = _text("X-WR-CALNAME:", settings.title)
    return Feed(
        head=b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Dateline//Dateline//EN\r\n" + name,
        piece=_Events(presenter, updated).piece,
        between=b"",
        tail=b"END:VCALENDAR\r\n",
    )


class _Events:
    """The events of one calendar."""

    def __init__(self, presenter: Presenter, updated: Day | None) -> None:
        settings = presenter.timeline.config
        self._presenter = presenter
        self._in_words = presenter.display.full
        self._address = settings.address
        # Two timelines in one calendar may use the same ids.
        self._host = slug(settings.address or settings.title) or "dateline"
        self._stamp = f"DTSTAMP:{dates.iso(updated or (1970, 1, 1)).replace('-', '')}T000000Z\r\n".encode()
        # Where something takes place, and of what kind it is, is said many times.
        self._where: dict[tuple[str, str], bytes] = {}

    def piece(self, entry: Entry) -> bytes:
        """Return an entry as an event, nothing where a calendar cannot hold its days."""
        days = _days(entry.date)
        if not days:
            return b""
        return b"".join((
            b"BEGIN:VEVENT\r\n",
            _line(f"UID:{entry.id}@{self._host}".encode()),
            self._stamp,
            days,
            _text("SUMMARY:", entry.title),
            _text("DESCRIPTION:", self._description(entry)),
            self._place(entry.place, entry.category),
            _line(f"URL:{self._address}{self._presenter.permalink(entry.id)}".encode()) if self._address else b"",
            b"TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
        ))  # fmt: skip

    def _place(self, place: str, category: str) -> bytes:
        """Return the lines of the place and the category."""
        lines = self._where.get((place, category))
        if lines is None:
            known = self._presenter.categories.get(category)
            lines = _text("LOCATION:", place) if place else b""
            lines += _text("CATEGORIES:", known.label) if known else b""
            self._where[place, category] = lines
        return lines

    def _description(self, entry: Entry) -> str:
        """Return an entry as plain text for a calendar: its date in words, summary, quotes."""
        presenter, proofs = self._presenter, self._presenter.proofs
        parts = [self._in_words(entry.date)]
        if entry.date_note:
            parts.append(entry.date_note)
        if summary := passage_text(entry.summary):
            parts.append(summary)
        for citation in entry.citations:
            if citation.anchor in proofs:
                words = " […] ".join(presenter.parts(citation))
                parts.append(f"“{words}” — {citation.attribution or presenter.voice(citation)}")
        return "\n".join(parts)


def _days(date: Date) -> bytes:
    """Return the lines for the first day and for the one after the last, nothing where a calendar has not both."""
    start, end = date.earliest or date.latest, date.latest or date.earliest
    if not start or not end or start[0] < 1 or end[0] > 9998:
        return b""
    first = datetime.date(*start)
    after = (first if end is start else datetime.date(*end)) + _ONE_DAY
    days = f"DTSTART;VALUE=DATE:{first.isoformat()}\r\nDTEND;VALUE=DATE:{after.isoformat()}\r\n"
    return days.replace("-", "").encode()


def _text(name: str, value: str) -> bytes:
    """Return the content line of a TEXT value (RFC 5545, section 3.3.11)."""
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    octets = f"{name}{value}".encode()
    if b"\\" in octets:
        octets = octets.replace(b"\\", b"\\\\")
    return _line(octets.replace(b";", b"\\;").replace(b",", b"\\,").replace(b"\n", b"\\n"))


def _line(octets: bytes) -> bytes:
    """Return a content line, ended, and folded into pieces of at most 75 octets (RFC 5545, section 3.1)."""
    if octets.isascii():
        rest = range(75, len(octets), 74)
        return b"\r\n ".join([octets[:75], *[octets[at : at + 74] for at in rest]]) + b"\r\n"
    pieces, start, end = [], 0, 75
    while end < len(octets):
        # The second and later octets of a character begin with the bits 10.
        while octets[end] & 0b11000000 == 0b10000000:
            end -= 1
        pieces.append(octets[start:end])
        start, end = end, end + 74
    return b"\r\n ".join((*pieces, octets[start:])) + b"\r\n"
