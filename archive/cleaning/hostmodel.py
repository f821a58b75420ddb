"""What the pages of one host have in common, learnt from them.

A single page cannot tell template from text; a host's pages can. It promises a small, plain,
stable value: the same pages in any order give the same model, near-duplicate pages count once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b
from urllib.parse import urlsplit

from archive.cleaning.body.locate import locate, signature
from archive.cleaning.facts.titleparts import SEPARATORS
from archive.cleaning.families import Body, families
from archive.cleaning.markup.blocks import Block, Flow
from archive.cleaning.page import Page
from archive.cleaning.selectors import NO_SELECTORS, Selectors
from archive.remembered import remembered

VERSION = 1
# A line is shared when this many different pages, and this share of all, have it.
MIN_PAGES = 3
SHARED_SHARE = 0.2
# A line around the bodies of this share of all pages is the template's without more ado.
COMMON_SHARE = 0.8
# Shorter lines of a body do not make pages alike.
MIN_BODY_LINE = 8
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


@remembered(16384)
def line_digest(line: str) -> str:
    """A short stable name for a squeezed line."""
    return blake2b(line.encode("utf-8", "replace"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one page teaches of its host, small enough to be sent to whoever learns: the ``mark`` of
    its body, digests of its ``lines``, those of the ``body`` with their characters, the signature
    of the body's ``container`` where it has a vote, the page's ``title``."""

    host: str
    mark: str
    lines: frozenset[str]
    body: Body
    container: str | None
    title: str | None


def lesson_of(page: Page) -> Lesson | None:
    """What ``page`` teaches; None where it shows nothing."""
    flow = page.flow
    if not flow.blocks:
        return None
    located = locate(flow, page.weights)
    votes = located is not None and located.weight >= MIN_VOTE_WEIGHT
    inside = flow.blocks[located.start : located.end] if located is not None else []
    return Lesson(
        host=urlsplit(page.url or "").netloc.lower(),
        mark=_fingerprint(flow, located.start if located else 0, located.end if located else 0),
        lines=frozenset(line_digest(b.line) for b in _short(flow.blocks)),
        body={line_digest(b.line): b.size for b in _short(inside) if b.size >= MIN_BODY_LINE},
        container=signature(located.element) if located is not None and votes else None,
        title=page.title,
    )


class Learner:
    """Gathers what a host's pages have in common, page by page."""

    def __init__(self) -> None:
        self._host = ""
        self._lessons: dict[str, Lesson] = {}
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
        if lesson.mark in self._lessons:
            return
        self._lessons[lesson.mark] = lesson
        if lesson.container is not None:
            self._containers[lesson.container] += 1
        if lesson.title:
            self._titles[lesson.title] += 1

    def model(self) -> HostModel:
        """What was learnt so far."""
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
            self._host, len(self._lessons), self._shared(), tuple(named), self._affixes()
        )

    def _shared(self) -> frozenset[str]:
        """Lines of the template: nearly all pages have them around their bodies, or pages do that
        have no more in common."""
        lessons = [self._lessons[mark] for mark in sorted(self._lessons)]
        pages = Counter(line for one in lessons for line in one.lines)
        inside = Counter(line for one in lessons for line in one.body)
        most = max(MIN_PAGES, COMMON_SHARE * len(lessons))
        frame = {line for line, n in pages.items() if n >= most and 2 * inside[line] < n}
        bodies = [{k: n for k, n in one.body.items() if k not in frame} for one in lessons]
        family = families(bodies, [one.title for one in lessons])
        apart = Counter(
            line
            for line, _ in {
                (line, f) for one, f in zip(lessons, family, strict=True) for line in one.lines
            }
        )
        needed = max(MIN_PAGES, SHARED_SHARE * len(set(family)))
        shared = frame | {line for line, n in apart.items() if n >= needed}
        return frozenset(sorted(shared, key=lambda line: (-pages[line], line))[:MAX_SHARED])

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


def _short(blocks: Iterable[Block]) -> Iterator[Block]:
    return (block for block in blocks if 0 < block.size <= MAX_LINE_CHARS)


def _fingerprint(flow: Flow, start: int, end: int) -> str:
    body = "".join(b.line for b in flow.blocks[start:end])
    return line_digest(body[:4000])
