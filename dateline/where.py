"""Ids of entries → where each stands, in scripts of bounded size: `entry.html#id` loads the one that knows its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zlib import crc32

from dateline.addresses import WHERE
from dateline.data_script import data_script

# About how many ids a script holds.
FULL = 500


def buckets(entries: int, full: int = FULL) -> int:
    """Return among how many scripts the ids are dealt out: a power of two, so that few scripts change as entries come.

    Each holds between half of `full` and all of it, by and large.
    """
    return 1 << max(0, -(-entries // full) - 1).bit_length()


def bucket(entry_id: str, number: int) -> int:
    """Return which of so many scripts knows an id: the CRC-32 of its UTF-8, as zlib has it, modulo their number."""
    return crc32(entry_id.encode()) % number


def scripts(pages: Iterable[tuple[str, str]], number: int) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each script, given each entry's id and the page of the timeline that holds it.

    The detail of its event holds `bucket`, the `pages`, and `entries` as pairs of an id and the place of its page among
    those: an object with ids as its keys would take `__proto__` for something else.
    """
    held: list[list[tuple[str, str]]] = [[] for _ in range(number)]
    for entry_id, page in pages:
        held[bucket(entry_id, number)].append((entry_id, page))
    for place, inside in enumerate(held):
        known = {page: rank for rank, page in enumerate(dict.fromkeys(page for _, page in inside))}
        entries = [[entry_id, known[page]] for entry_id, page in inside]
        detail = {"bucket": place, "pages": list(known), "entries": entries}
        yield f"{WHERE}{place}.js", data_script("dateline:where", detail)
