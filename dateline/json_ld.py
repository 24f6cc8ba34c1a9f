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
    event: dict[str, Any] = {"@context": "https://schema.org", "@type": "Event", "name": view.title}
    if view.datetime:
        event["startDate"] = view.datetime
    if view.summary:
        event["description"] = description
    if view.place:
        event["location"] = {"@type": "Place", "name": view.place}
    if config.address:
        event["url"] = config.address + view.page
    quotations = [_quotation(citation, config) for citation in view.citations if citation.parts]
    if quotations:
        event["subjectOf"] = quotations
    return as_script(event)


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
    text = _ENCODER.encode(data)
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(escaped)  # noqa: S704 - what HTML could read as its own is escaped above


def _quotation(citation: CitationView, config: Config) -> dict[str, Any]:
    quotation: dict[str, Any] = {"@type": "Quotation", "text": " […] ".join(citation.parts)}
    if citation.attribution:
        quotation["creditText"] = citation.attribution
    source: dict[str, Any] = {"@type": "CreativeWork", "name": citation.source}
    if citation.published_on:
        source["datePublished"] = citation.published_on
    if config.address:
        source["url"] = config.address + citation.href.partition("#")[0]
    quotation["isPartOf"] = source
    return quotation
