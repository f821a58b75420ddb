"""A small site on which something happens nearly every night, and what an archive must know of it.

It promises that what is expected of a night follows from what the server answered in it, and from
what docs/nightly.md says of edits, removals and troubled nights; nothing is asked of the archive.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from benchmarks.capture.site import SIGNS
from benchmarks.nights.site import Trouble
from tests.crawl.server import EVERYTHING_ALLOWED, Answer, links

PER_LIST = 20
LEAST_THERE = 30
"""Articles that are left on the site, whatever is removed."""
NOT_FOUND, GONE = 404, 410
MISSES_NEEDED = 3
"""Trusted nights that find an article missing (404) before it is gone."""
PARAGRAPHS = 6
KINDS_OF_PAGE = 3
"""A third of the articles has an ETag, a third none, a third none and a counter of visits."""


def no_trouble(path: str, number: int | None) -> Answer | None:
    """All is well."""
    return None


@dataclass(slots=True)
class Piece:
    """An article as the site has it: how often it was edited, and the ``status`` it is given."""

    edition: int = 0
    status: int = 200


@dataclass(frozen=True, slots=True)
class Given:
    """The last answer to a question for an article: its status, and which edition it was."""

    status: int
    edition: int


@dataclass
class LivelySite:
    """The site. ``given`` has the last answer for each article since it was last cleared."""

    pages: int
    articles: dict[int, Piece] = field(default_factory=dict)
    given: dict[int, Given] = field(default_factory=dict)
    trouble: Trouble = no_trouble
    visits: int = 0

    def __post_init__(self) -> None:
        self.articles = {number: Piece() for number in range(self.pages)}

    def __call__(self, path: str) -> Answer | str | None:
        name = path.strip("/").removesuffix(".html")
        kind, _, digits = name.partition("_")
        number = int(digits) if digits.isdecimal() else None
        if number is None or kind == "list":
            return self.trouble(path, None) or self._other(path, name, number)
        return self._article(path, number)

    def there(self) -> list[int]:
        """The articles that the site has now."""
        return [number for number, piece in self.articles.items() if piece.status == 200]

    def _other(self, path: str, name: str, number: int | None) -> Answer | str | None:
        if path == "/robots.txt":
            return EVERYTHING_ALLOWED
        shown = sorted(self.there(), reverse=True)
        if not name:
            lists = range(0, len(shown), PER_LIST)
            return links(*(f"/list_{at}.html" for at in lists))
        if number is None or number >= len(shown) or number % PER_LIST:
            return None
        return links(*map(path_of, shown[number : number + PER_LIST]))

    def _article(self, path: str, number: int) -> Answer | None:
        piece = self.articles.get(number)
        if piece is None:
            return None
        answer = self.trouble(path, number) or self._page(number, piece)
        self.given[number] = Given(answer.status, piece.edition)
        return answer

    def _page(self, number: int, piece: Piece) -> Answer:
        if piece.status != 200:
            return Answer("no longer here", piece.status)
        page = text_of(number, piece.edition)
        kind = number % KINDS_OF_PAGE
        if kind == 2:
            page = page.replace("</h1>", f"</h1><p>浏览次数：{self.visits + number}</p>")
        tag = hashlib.blake2b(page.encode(), digest_size=8).hexdigest()
        return Answer(page, headers={"ETag": f'"{tag}"'} if kind == 0 else {})


@dataclass(slots=True)
class _Known:
    """An article as the archive must have it."""

    editions: list[int]
    is_gone: bool = False
    misses: int = 0


@dataclass
class Expected:
    """What the archive must know by now: of every article its editions, and whether it is gone."""

    known: dict[int, _Known] = field(default_factory=dict)

    def of_night(self, given: dict[int, Given], *, believed: bool) -> dict[str, int]:
        """What a night must report in which these answers were given; of one that is not
        ``believed``, no missing article counts."""
        changes: Counter[str] = Counter()
        for number, one in given.items():
            if one.status == 200:
                changes[self._found(number, one.edition)] += 1
            elif one.status in (NOT_FOUND, GONE) and believed and number in self.known:
                changes[self._missed(number, one.status)] += 1
        told = Counter({what: count for what, count in changes.items() if what != "unchanged"})
        told["unchanged"] = len(self.known) - told.total()
        return {what: count for what, count in told.items() if count}

    def _found(self, number: int, edition: int) -> str:
        known = self.known.get(number)
        if known is None:
            self.known[number] = _Known([edition])
            return "new"
        was_gone, is_other = known.is_gone, known.editions[-1] != edition
        known.is_gone, known.misses = False, 0
        if is_other:
            known.editions.append(edition)
        return "returned" if was_gone else "changed" if is_other else "unchanged"

    def _missed(self, number: int, status: int) -> str:
        known = self.known[number]
        known.misses += 1
        if known.is_gone or (status != GONE and known.misses < MISSES_NEEDED):
            return "unchanged"
        known.is_gone = True
        return "gone"


def something_happens(site: LivelySite, rng: Random) -> str:
    """Edit, remove, add and bring back some; returns what was done, in a few words."""
    done = []
    if rng.random() < 0.5:
        edited = rng.sample(site.there(), rng.randint(1, 2))
        for number in edited:
            site.articles[number].edition += 1
        done.append(f"{len(edited)} edited")
    if rng.random() < 0.3:
        site.articles[len(site.articles)] = Piece()
        done.append("1 new")
    if rng.random() < 0.3 and len(site.there()) > LEAST_THERE:
        status = rng.choice((NOT_FOUND, GONE))
        site.articles[rng.choice(site.there())].status = status
        done.append(f"1 removed ({status})")
    absent = sorted(site.articles.keys() - set(site.there()))
    if absent and rng.random() < 0.15:
        site.articles[rng.choice(absent)].status = 200
        done.append("1 brought back")
    return ", ".join(done) or "nothing"


def path_of(number: int) -> str:
    """Where the article stands."""
    return f"/t2010{number % 12 + 1:02d}09_{number}.html"


def title_of(number: int) -> str:
    """What it is called."""
    return "".join(Random(-number).choices(SIGNS, k=14)) + f"第{number}号"


def paragraphs(number: int, edition: int) -> list[str]:
    """What it says; every edit writes one paragraph anew."""
    rows = ["".join(Random(number * 100 + at).choices(SIGNS, k=120)) for at in range(PARAGRAPHS)]
    for one in range(1, edition + 1):
        rows[one % PARAGRAPHS] = "".join(Random(f"{number} {one}").choices(SIGNS, k=120))
    return [f"{row}。" for row in rows]


def text_of(number: int, edition: int) -> str:
    """Its page."""
    title, day = title_of(number), f"<p>发布时间：2010-{number % 12 + 1:02d}-09</p>"
    body = "".join(f"<p>{row}</p>" for row in paragraphs(number, edition))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1>{day}<div>{body}</div><div>版权所有</div></body></html>"
    )
