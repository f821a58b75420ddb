"""The days that a list shows beside the titles it leads to.

Many an old article has its day on the list alone. It promises a day only where the line, or the row
of the list, has one entry and one full date: of years that are left out nothing is guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from lxml.etree import _Element as Element

from archive.cleaning.facts.dates import find_dates
from archive.cleaning.markup.blocks import Block, Flow, squeeze
from archive.cleaning.writing.media import Addresses

MAX_LISTED = 500
"""Entries of one page that are looked at."""
MIN_TITLE_CHARS = 4
"""Of an entry's link; shorter ones are sections and pages' numbers."""
MAX_BESIDE_CHARS = 24
"""Beside the day, in the line that has it: a clock, visits, the section. A teaser has more."""
MAX_CLIMBED = 4
"""Elements around an entry's line that may be its row."""


def dated_entries(flow: Flow, addresses: Addresses) -> tuple[tuple[str, str], ...]:
    """The pages that a list leads to, each with the day beside it (ISO 8601); a page of which the
    list gives two days is left out."""
    found: dict[str, str | None] = {}
    for reference, day in _entries(flow):
        address = addresses[reference]
        if address is not None:
            said = day.isoformat()
            found[address] = said if found.setdefault(address, said) == said else None
    return tuple((address, said) for address, said in found.items() if said)


def _entries(flow: Flow) -> Iterator[tuple[str, date]]:
    entries = [(i, href) for i, b in enumerate(flow.blocks) if (href := _leads_to(b)) is not None]
    places = [place for place, _ in entries]
    for place, href in entries[:MAX_LISTED]:
        day = _day_in_row(flow, places, place)
        if day is not None:
            yield href, day


def _leads_to(block: Block) -> str | None:
    """Where the one link of a line leads that may be a title."""
    if not block.linked or block.hidden:
        return None
    links = {
        run.href
        for run in block.runs
        if run.href is not None and len(squeeze(run.text)) >= MIN_TITLE_CHARS
    }
    return links.pop() if len(links) == 1 else None


def _day_in_row(flow: Flow, entries: Sequence[int], place: int) -> date | None:
    """The one day in the smallest element around an entry that has any, and no other entry."""
    own = _days([flow.blocks[place]])
    node: Element | None = flow.blocks[place].element
    for _ in range(MAX_CLIMBED):
        if own or node is None:
            break
        start, end = flow.spans.get(node, (place, place + 1))
        if bisect_left(entries, end) - bisect_left(entries, start) > 1:
            return None
        own, node = _days(flow.blocks[start:end]), node.getparent()
    return own.pop() if len(own) == 1 else None


def _days(blocks: Sequence[Block]) -> set[date]:
    days: set[date] = set()
    for block in blocks:
        beside = "".join(run.text for run in block.runs if run.href is None)
        dates = find_dates(beside)
        said = sum(one.end - one.start for one in dates)
        if dates and len(squeeze(beside)) - said <= MAX_BESIDE_CHARS:
            days.update(one.day for one in dates)
    return days
