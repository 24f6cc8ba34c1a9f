"""Entries as structured data for search engines (JSON-LD, the vocabulary of schema.org)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dateline.config import Config
from dateline.views import CitationView, EntryView

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def entry_data(view: EntryView, description: str, config: Config) -> Markup:
    """Return an entry as an Event, with each of its quotes as a Quotation and the source it is part of.

    A date goes in only where it is a plain one: schema.org has no way to say "about" or "one of".
    """
    # Put together by hand, as that takes a quarter of the time of encoding the whole.
    event = f'{{"@context":"https://schema.org","@type":"Event","name":{_text(view.title)}'
    if view.datetime:
        event += f',"startDate":{_text(view.datetime)}'
    if view.summary:
        event += f',"description":{_text(description)}'
    if view.place:
        event += f',"location":{{"@type":"Place","name":{_text(view.place)}}}'
    if config.address:
        event += f',"url":{_text(config.address + view.page)}'
    quotations = [_quotation(citation, config) for citation in view.citations if citation.parts]
    if quotations:
        event += f',"subjectOf":[{",".join(quotations)}]'
    return _in_script(f"{event}}}")


def site_data(config: Config) -> Markup:
    """Return the site as a WebSite."""
    site = {"@context": "https://schema.org", "@type": "WebSite", "name": config.title, "inLanguage": config.language}
    if config.description:
        site["description"] = config.description
    if config.address:
        site["url"] = config.address
    return as_script(site)


def as_script(data: Mapping[str, Any]) -> Markup:
    """Return JSON that can stand in a `<script>` element: no character of it can end the element."""
    return _in_script(_ENCODER.encode(data))


def _text(text: str) -> str:
    """Return a text as JSON has it."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return _ENCODER.encode(text)


def _in_script(text: str) -> Markup:
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    # What HTML could read as its own is escaped; `Markup` itself would ask whether the text is HTML already.
    return str.__new__(Markup, text)


def _quotation(citation: CitationView, config: Config) -> str:
    quotation = f'{{"@type":"Quotation","text":{_text(" […] ".join(citation.parts))}'
    if citation.attribution:
        quotation += f',"creditText":{_text(citation.attribution)}'
    source = f'{{"@type":"CreativeWork","name":{_text(citation.source)}'
    if citation.published_on:
        source += f',"datePublished":{_text(citation.published_on)}'
    if config.address:
        source += f',"url":{_text(config.address + citation.href.partition("#")[0])}'
    return f'{quotation},"isPartOf":{source}}}}}'
