"""Which witnesses are copies of one article.

Candidates come from equal paths, equal titles on a host, and shared bands of fingerprints; each is
judged by alignment; the surest joins are made first, and a join is refused when it would put two
different articles of one host together. It promises the same groups whatever the order of
witnesses, and a cost that grows with their number, not with its square.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from operator import attrgetter

from archive.addresses import host_of
from archive.model import Witness
from archive.witnesses.candidates import CROWD, Pair, banded_pairs
from archive.witnesses.compared import (
    LONG_TITLE,
    Compared,
    numbers_differ,
    prepare,
    same_article,
    telling_path,
    tells_itself,
    texts_compared,
)
from archive.witnesses.habits import habits

ON_PATH = 3.0
"""Judgements from here on rest on the address."""
NEARLY_ALIKE = 0.9
"""Estimated Jaccard similarity from which two texts of one title are likely to be copies."""
VERY_LONG = 1000
"""Folded characters of a text that is no notice from a pattern."""
NEAR = 0.02
"""Two candidates on one host that are this close in likeness make the join ambiguous."""
REWRITTEN_PAGES = 3


def group(
    witnesses: Sequence[Witness], meanwhile: Callable[[], None] = lambda: None
) -> list[tuple[int, ...]]:
    """Indexes of ``witnesses`` that are copies of one article, each group ascending, groups by
    their first member; ``meanwhile`` is called again and again, and may raise."""
    rewritten = _hosts_without_dates(witnesses)
    items = []
    for w in witnesses:
        meanwhile()
        is_rewritten = host_of(w.url) in rewritten and w.role == "mirror"
        items.append(prepare(w, dates_rewritten=is_rewritten))
    order = sorted(range(len(items)), key=lambda i: _rank(witnesses[i]))
    groups = Groups(items, order)
    titles = _title_counts(items)
    scored: dict[Pair, float] = {}
    for pair in _certain_pairs(items, order):
        meanwhile()
        _judge(pair, items, titles, (), scored)
    groups.join(scored)
    known = habits((p for p, score in scored.items() if score >= ON_PATH), items)
    refused, more = array("q"), dict[Pair, float]()
    for pair in banded_pairs(items, order):
        meanwhile()
        if pair in scored or groups.together(*pair):
            continue
        if not _judge(pair, items, titles, known, more):
            refused.append(pair[0] * len(items) + pair[1])
    groups.join(_unambiguous(more, items, groups))
    joined = [pair for pair in (*scored, *more) if groups.together(*pair)]
    _join_refused(refused, known, joined, items, titles, groups)
    return groups.all()


def _rank(witness: Witness) -> tuple[str, str, str, int]:
    pointer = witness.pointer
    return witness.url, witness.captured_at.isoformat(), pointer.file, pointer.offset


def _hosts_without_dates(witnesses: Sequence[Witness]) -> set[str]:
    """Mirrors on which every article claims to be of the days on which it was fetched."""
    gaps: dict[str, list[int]] = defaultdict(list)
    for witness in witnesses:
        if witness.role == "mirror" and witness.clean.published:
            gap = (witness.captured_at.date() - witness.clean.published).days
            gaps[host_of(witness.url)].append(abs(gap))
    return {
        host for host, days in gaps.items() if len(days) >= REWRITTEN_PAGES > 0 and max(days) < 4
    }


def _title_counts(items: Sequence[Compared]) -> Counter[tuple[str, str]]:
    """How many different texts each host has under a title."""
    seen = {(i.host, i.title, i.digest) for i in items}
    return Counter((host, title) for host, title, _ in seen)


def _judge(
    pair: Pair,
    items: Sequence[Compared],
    titles: Counter[tuple[str, str]],
    known: frozenset[tuple[str, str]] | tuple[()],
    scored: dict[Pair, float],
) -> bool:
    """Whether a pair is one article; its score goes into ``scored``."""
    a, b = items[pair[0]], items[pair[1]]
    score = same_article(a, b, _is_unique(a, b, titles), known)
    if score is not None:
        scored[pair] = score
    return score is not None


def _join_refused(
    refused: Iterable[int],
    known: frozenset[tuple[str, str]],
    joined: Iterable[Pair],
    items: Sequence[Compared],
    titles: Counter[tuple[str, str]],
    groups: Groups,
) -> None:
    """Judge refused pairs once more, by what the ``joined`` ones have shown of their hosts, and
    those that are likely copies: where addresses are rewritten, only these show which words a host
    writes for another's, and where days are, too, no pair is joined before that is known."""
    waiting = list(refused)
    likely = _likely((divmod(code, len(items)) for code in waiting), items, titles)
    learnt = known | habits((*joined, *likely), items, once=True)
    if learnt == known:
        return
    scored: dict[Pair, float] = {}
    for code in waiting:
        pair = divmod(code, len(items))
        if not groups.together(*pair):
            _judge(pair, items, titles, learnt, scored)
    groups.join(_unambiguous(scored, items, groups))


def _likely(
    pairs: Iterable[Pair], items: Sequence[Compared], titles: Counter[tuple[str, str]]
) -> list[Pair]:
    """Those that only words keep apart: of one long title that is no other article's on either
    host, or of one of which the title is lost and whose text is long or tells numbers, and is like
    no other of the host; nearly alike, and with the same numbers."""
    found: list[Pair] = []
    untitled: list[Pair] = []
    for i, j in pairs:
        a, b = items[i], items[j]
        if a.title == b.title:
            kept = found if len(a.title) >= LONG_TITLE and _is_unique(a, b, titles) else None
        else:
            kept = untitled if not (a.title and b.title) and _needs_no_title(a, b) else None
        if kept is None or a.print.similarity(b.print) < NEARLY_ALIKE:
            continue
        if not numbers_differ(*texts_compared(a, b)):
            kept.append((i, j))
    partners = Counter((i, items[j].host) for one in untitled for i, j in (one, one[::-1]))
    return found + [
        (i, j) for i, j in untitled if partners[i, items[j].host] == partners[j, items[i].host] == 1
    ]


def _needs_no_title(a: Compared, b: Compared) -> bool:
    """Whether texts are long enough, or tell enough numbers, to be told from others without it."""
    return tells_itself(a, b) or min(len(a.undated), len(b.undated)) >= VERY_LONG


def _is_unique(a: Compared, b: Compared, titles: Counter[tuple[str, str]]) -> bool:
    """Whether no other article of either host has its title."""
    return titles[a.host, a.title] < 2 and titles[b.host, b.title] < 2


def _certain_pairs(items: Sequence[Compared], order: Sequence[int]) -> Iterator[Pair]:
    """Pairs of one address, one telling path, one text, or one title on one host."""
    buckets: dict[object, list[int]] = defaultdict(list)
    for i in order:
        item = items[i]
        buckets["url", item.url].append(i)
        if telling_path(item.path):
            buckets["path", item.path].append(i)
        buckets["text", item.digest, item.title].append(i)
        if item.title:
            buckets["title", item.host, item.title].append(i)
    yield from _pairs_of(buckets.values(), items)


def _pairs_of(buckets: Iterable[list[int]], items: Sequence[Compared]) -> Iterator[Pair]:
    for bucket in buckets:
        if len(bucket) <= CROWD:
            yield from combinations(bucket, 2)
        else:
            yield from _pairs_of_crowd(bucket, items)


def _pairs_of_crowd(bucket: list[int], items: Sequence[Compared]) -> Iterator[Pair]:
    """A crowd of texts from one template: only those with the same numbers or title are compared,
    and of these each with the few that sort next to it."""
    for key in (attrgetter("numbers"), attrgetter("title")):
        parts: dict[str, list[int]] = defaultdict(list)
        for i in bucket:
            parts[key(items[i])].append(i)
        for part in parts.values():
            if len(part) > 1:
                part.sort(key=lambda i: (items[i].text, items[i].title, items[i].url))
                for n, i in enumerate(part):
                    yield from ((i, j) for j in part[n + 1 : n + 1 + CROWD // 2])


def _unambiguous(
    scored: dict[Pair, float], items: Sequence[Compared], groups: Groups
) -> dict[Pair, float]:
    """Leave out pairs whose one side has another, different, nearly as good partner on the host
    of the other side: which of them it copies cannot be told."""
    partners: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for (i, j), score in scored.items():
        partners[i, items[j].host].append((score, j))
        partners[j, items[i].host].append((score, i))
    clear: dict[Pair, float] = {}
    for (i, j), score in scored.items():
        rivals = [
            other
            for one, end in ((i, j), (j, i))
            for rating, other in partners[one, items[end].host]
            if other != end and rating > score - NEAR and not groups.together(other, end)
        ]
        if not rivals:
            clear[i, j] = score
    return clear


class Groups:
    """Witnesses being joined (union-find), with a memory of which hosts a group has."""

    def __init__(self, items: Sequence[Compared], order: Sequence[int]) -> None:
        self._items = items
        self._parent = list(range(len(items)))
        self._place = {i: n for n, i in enumerate(order)}
        self._hosts: list[dict[str, int]] = [{item.host: i} for i, item in enumerate(items)]

    def join(self, scored: dict[Pair, float]) -> None:
        """Join pairs, the surest first; ties in the order of addresses."""
        place = self._place
        for i, j in sorted(scored, key=lambda p: (-scored[p], *sorted((place[p[0]], place[p[1]])))):
            self._union(i, j)

    def together(self, i: int, j: int) -> bool:
        """Whether two witnesses are in one group already."""
        return self._find(i) == self._find(j)

    def all(self) -> list[tuple[int, ...]]:
        """The groups."""
        members: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._parent)):
            members[self._find(i)].append(i)
        return sorted(tuple(group) for group in members.values())

    def _find(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def _union(self, i: int, j: int) -> None:
        a, b = self._find(i), self._find(j)
        if a == b or not self._compatible(a, b):
            return
        if len(self._hosts[a]) < len(self._hosts[b]):
            a, b = b, a
        self._parent[b] = a
        for host, member in self._hosts[b].items():
            self._hosts[a].setdefault(host, member)

    def _compatible(self, a: int, b: int) -> bool:
        """No host may have two different articles in one group."""
        small, large = sorted((self._hosts[a], self._hosts[b]), key=len)
        return all(
            same_article(self._items[member], self._items[large[host]], False) is not None
            for host, member in small.items()
            if host in large
        )
