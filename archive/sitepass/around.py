"""What the pages around an article tell of it: the list it was found on, the frame it stands in.

It promises that nothing a page says itself is written over, and that what another page says for it
is flagged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from archive.addresses import host_of, one_page
from archive.model import LISTED_FLAG, Extraction, PageKind
from archive.sitepass.hosts import Keep
from archive.sitepass.reader import PageRead

FRAMED_FLAG = "told-by-frame"
MAX_NESTED = 3
"""Frames in frames that are looked through for a title."""
_TOLD = ("title", "branch", "author", "source", "published", "published_evidence")


@dataclass(slots=True)
class Around:
    """All pages of a site, by address, and those that show others in frames, by whom they show."""

    pages: dict[str, PageRead]
    framing: dict[str, list[PageRead]] = field(default_factory=lambda: defaultdict(list))
    listed: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """The days that lists show beside what they lead to, each with the list, by address."""

    def framing_of(self, url: str) -> PageRead | None:
        """The one page that shows ``url`` in a frame; None where none does, or several do: a menu's
        frame shows now this and now that."""
        found = self.framing.get(url, ())
        return found[0] if len(found) == 1 else None

    def titled_framing_of(self, url: str) -> PageRead | None:
        """The same, or the page that shows that one, until one has a title: a frame in a frame."""
        for _ in range(MAX_NESTED):
            frame = self.framing_of(url)
            if frame is None or frame.extraction.title is not None:
                return frame
            url = frame.row.url
        return None

    def day_of(self, one: PageRead) -> dict[str, Any]:
        """The day that lists of its host show beside an article which tells none."""
        if one.extraction.published is not None:
            return {}
        days = self.listed.get(one_page(one.row.url), {})
        if len(days) != 1:
            return {}
        ((day, where),) = days.items()
        evidence = f"beside its title on the list {where}"
        return {"published": date.fromisoformat(day), "published_evidence": evidence}

    def branch_of(self, one: PageRead) -> str | None:
        """The branch of the list page on which an article, or the page around it, was found."""
        for page in (one, self.titled_framing_of(one.row.url)):
            via = self.pages.get(page.row.via or "") if page is not None else None
            if via is None or via.extraction.kind is not PageKind.LIST:
                continue
            frame = self.framing_of(via.row.url)
            names = (via.extraction.branch, via.extraction.title, _title(frame))
            if name := next(filter(None, names), None):
                return name
        return None


def _title(page: PageRead | None) -> str | None:
    return None if page is None else page.extraction.title


def around(everything: Iterable[PageRead]) -> Around:
    """What is around the pages of ``everything``."""
    found = Around({one.row.url: one for one in everything})
    for one in found.pages.values():
        for address in one.extraction.frames:
            found.framing[address].append(one)
        for address, day in one.extraction.listed:
            if host_of(address) == one.row.host:
                found.listed[one_page(address)].setdefault(day, one.row.url)
    return found


def with_surroundings(
    articles: Sequence[PageRead], everything: Sequence[PageRead], keep: Keep
) -> list[PageRead]:
    """The articles with what they do not say themselves, as far as the pages around them do."""
    known = around(everything)
    return [_completed(one, known, keep) for one in articles]


def _completed(one: PageRead, known: Around, keep: Keep) -> PageRead:
    read = one.extraction
    frame = known.titled_framing_of(one.row.url) if read.title is None else None
    told = dict(_told(read, frame.extraction)) if frame is not None else {}
    branch = read.branch or told.get("branch") or known.branch_of(one)
    if branch != read.branch:
        told["branch"] = branch
    flags = (*read.flags, FRAMED_FLAG) if "title" in told else read.flags
    if "published" not in told and (listed := known.day_of(one)):
        told |= listed
        flags = (*flags, LISTED_FLAG)
    if not told:
        return one
    return PageRead(one.row, keep(replace(read, flags=flags, **told)))


def _told(read: Extraction, frame: Extraction) -> Iterator[tuple[str, Any]]:
    """What the page around it says and the framed page, which has no title, does not."""
    for name in _TOLD:
        value = getattr(frame, name)
        if getattr(read, name) is None and value is not None:
            yield name, value
