"""What the pages of one host have in common, learnt from them.

A single page cannot tell template from text; a host's pages can. It promises a small, plain,
stable value: the same pages in any order give the same model, near-duplicate pages count once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

from archive.cleaning.blocks import Flow
from archive.cleaning.locate import locate, signature
from archive.cleaning.page import Page
from archive.cleaning.selectors import NO_SELECTORS, Selectors
from archive.cleaning.title import SEPARATORS

VERSION = 1
# A line is shared when this many different pages, and this share of all, have it.
MIN_PAGES = 3
SHARED_SHARE = 0.2
AFFIX_SHARE = 0.3
CONTAINER_SHARE = 0.3
MAX_LINE_CHARS = 200
# The body must weigh this many characters for a page to have a vote on the container.
MIN_VOTE_WEIGHT = 120.0
MAX_SHARED = 5000


@dataclass(frozen=True, slots=True)
class HostModel:
    """``shared``: digests of lines many pages have; ``containers``: signatures of the body's
    element, most voted first; ``affixes``: beginnings and ends common to titles, with their
    separators; ``pages``: how many distinct pages it was learnt from; ``selectors``: what the
    site's profile says of its pages, which goes before what was learnt."""

    host: str
    pages: int
    shared: frozenset[str]
    containers: tuple[str, ...]
    affixes: tuple[str, ...]
    selectors: Selectors = NO_SELECTORS

    def has(self, line: str) -> bool:
        """Whether the squeezed ``line`` is one that many pages of the host have."""
        return line_digest(line) in self.shared

    def to_json(self) -> str:
        """The model as stable JSON text."""
        return json.dumps(
            {
                "version": VERSION,
                "host": self.host,
                "pages": self.pages,
                "shared": sorted(self.shared),
                "containers": list(self.containers),
                "affixes": list(self.affixes),
                "selectors": asdict(self.selectors),
            },
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str) -> HostModel:
        """The model ``to_json`` wrote. Raises ValueError for another version or shape."""
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("version") != VERSION:
            raise ValueError("not a host model of this version: learn the host again")
        return cls(
            host=str(data["host"]),
            pages=int(data["pages"]),
            shared=frozenset(map(str, data["shared"])),
            containers=tuple(map(str, data["containers"])),
            affixes=tuple(map(str, data["affixes"])),
            selectors=Selectors(**data.get("selectors", {})),
        )


@lru_cache(maxsize=16384)
def line_digest(line: str) -> str:
    """A short stable name for a squeezed line."""
    return blake2b(line.encode("utf-8", "replace"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one page teaches of its host, small enough to be sent to whoever learns: the ``mark`` of
    its body, digests of its ``lines``, the signature of the body's ``container`` where it has a
    vote, the page's ``title``."""

    host: str
    mark: str
    lines: frozenset[str]
    container: str | None
    title: str | None


def lesson_of(page: Page) -> Lesson | None:
    """What ``page`` teaches; None where it shows nothing."""
    flow = page.flow
    if not flow.blocks:
        return None
    located = locate(flow, page.weights)
    votes = located is not None and located.weight >= MIN_VOTE_WEIGHT
    return Lesson(
        host=urlsplit(page.url or "").netloc.lower(),
        mark=_fingerprint(flow, located.start if located else 0, located.end if located else 0),
        lines=frozenset(line_digest(line) for line in _lines(flow)),
        container=signature(located.element) if located is not None and votes else None,
        title=page.title,
    )


class Learner:
    """Gathers what a host's pages have in common, page by page."""

    def __init__(self) -> None:
        self._host = ""
        self._seen: set[str] = set()
        self._lines: Counter[str] = Counter()
        self._containers: Counter[str] = Counter()
        self._titles: Counter[str] = Counter()

    def add(self, page: Page) -> None:
        """Count ``page``; a page whose body was seen before counts only once."""
        lesson = lesson_of(page)
        if lesson is not None:
            self.take(lesson)

    def take(self, lesson: Lesson) -> None:
        """The same of a page that somebody else has read."""
        self._host = self._host or lesson.host
        if lesson.mark in self._seen:
            return
        self._seen.add(lesson.mark)
        self._lines.update(lesson.lines)
        if lesson.container is not None:
            self._containers[lesson.container] += 1
        if lesson.title:
            self._titles[lesson.title] += 1

    def model(self) -> HostModel:
        """What was learnt so far."""
        pages = len(self._seen)
        needed = max(MIN_PAGES, SHARED_SHARE * pages)
        shared = [d for d, n in self._lines.items() if n >= needed]
        shared.sort(key=lambda d: (-self._lines[d], d))
        votes = sum(self._containers.values())
        named = sorted(
            (
                s
                for s, n in self._containers.items()
                if s and "." in s and n >= max(MIN_PAGES, CONTAINER_SHARE * votes)
            ),
            key=lambda s: (-self._containers[s], s),
        )
        return HostModel(
            self._host, pages, frozenset(shared[:MAX_SHARED]), tuple(named), self._affixes()
        )

    def _affixes(self) -> tuple[str, ...]:
        """Beginnings and ends that many different titles have, cut at a separator."""
        ends: Counter[str] = Counter()
        for title in self._titles:
            for cut in SEPARATORS.finditer(title):
                if cut.start() > 0 and cut.end() < len(title):
                    ends.update([title[cut.start() :].strip(), title[: cut.end()].strip()])
        needed = max(MIN_PAGES, AFFIX_SHARE * len(self._titles))
        common = [a for a, n in ends.items() if n >= needed]
        return tuple(sorted(common, key=lambda a: (-len(a), a)))


def _lines(flow: Flow) -> Iterable[str]:
    for block in flow.blocks:
        if 0 < block.size <= MAX_LINE_CHARS:
            yield block.line


def _fingerprint(flow: Flow, start: int, end: int) -> str:
    body = "".join(b.line for b in flow.blocks[start:end])
    return line_digest(body[:4000])
