"""Which articles of a host stand outside its frame, and to which pages it leads out of sight.

A page that somebody else put on a host has seldom the menu, the foot and the name that the host's
home and list pages have in common. It promises to hold of each page that nobody has judged yet
digests of the lines at its head and foot, of a bounded number of others the same, and an answer
that does not depend on the order of pages.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.cleaning.hostmodel import line_digest
from archive.cleaning.unmasking.host import FrameSeen
from archive.model import PageKind
from archive.sitepass.reader import PageRead

AT_EITHER_END = 16
"""Lines at a page's head, and as many at its foot, among which its frame is looked for."""
FEWEST_LISTS = 3
"""Home and list pages from which a host's frame is known."""
FEWEST_LINES = 4
"""Lines that half of these must share."""
FEWEST_FRAMED = 5
"""Articles that must stand in the frame: where a host's lists have another one than its articles,
it says nothing."""
FRAMED, FRAMELESS = 0.5, 0.1
"""Share of the frame's lines from which a page stands in it, and up to which it does not; one line
alone (the link home) is none."""
_DIGITS = 8
"""Hexadecimal digits of a digest that are held."""
_LISTS = (PageKind.LIST, PageKind.HOME)


@dataclass(frozen=True, slots=True)
class Framing:
    """Of one host: addresses of articles that have nothing of its frame (``frameless``), and names
    (``archive.addresses.one_page``) of pages to which one of its pages leads out of sight alone
    (``unseen``)."""

    frameless: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()


@dataclass(slots=True)
class Frames:
    """Takes the pages of a host one by one."""

    _lists: list[array[int]] = field(default_factory=list)
    _articles: dict[str, array[int]] = field(default_factory=dict)
    _unseen: set[str] = field(default_factory=set)

    def take(self, read: PageRead, frame: FrameSeen) -> None:
        """One page, and what its frame shows."""
        self._unseen.update(frame.unseen)
        if read.extraction.kind in _LISTS:
            self._lists.append(_lines(frame))
        elif read.extraction.kind is PageKind.ARTICLE:
            self._articles[read.row.url] = _lines(frame)

    def framing(self) -> Framing:
        """What they say."""
        return Framing(frozenset(self._frameless()), frozenset(self._unseen))

    def _frameless(self) -> Iterable[str]:
        often = Counter(line for lines in self._lists for line in lines)
        frame = {line for line, count in often.items() if 2 * count >= len(self._lists)}
        if len(self._lists) < FEWEST_LISTS or len(frame) < FEWEST_LINES:
            return ()
        shares = {url: _share(lines, frame) for url, lines in self._articles.items()}
        if sum(share >= FRAMED for share in shares.values()) < FEWEST_FRAMED:
            return ()
        most = max(FRAMELESS, 1 / len(frame))
        return (url for url, share in shares.items() if share <= most)


def _lines(frame: FrameSeen) -> array[int]:
    texts = frame.slots.short_texts
    near = texts[:AT_EITHER_END] + texts[max(AT_EITHER_END, len(texts) - AT_EITHER_END) :]
    return array("L", sorted({int(line_digest(line)[:_DIGITS], 16) for line in near}))


def _share(lines: Iterable[int], frame: set[int]) -> float:
    return len(frame.intersection(lines)) / len(frame)
