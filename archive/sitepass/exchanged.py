"""The institute's own words that were exchanged for others on a part of its host.

Who breaks into a server, or lets a program of mirrors loose on a part of its pages, has a brand
stand where the institute's name stood, and one day where many stood. What an article said before
is the witness. It promises that this is told of several articles of one day only, and never of
another institution's name, a firm's, a short form, or words that the host wrote before; that all
that was exchanged in such articles the same way is put back, each place as a repair, while an edit
of the institute's own is read; and that the answer depends on the captures alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from archive.cleaning.repairs import Edit
from archive.cleaning.script import light
from archive.cleaning.unmask import unmask, with_own_words
from archive.cleaning.unmasking.edits import emoji_edits, name_edits
from archive.cleaning.unmasking.lone import proven_alone
from archive.cleaning.unmasking.sown import SOWN_PAGES
from archive.cleaning.unmasking.told import institution_named
from archive.model import Extraction
from archive.sitepass.reader import PageRead
from archive.sitepass.stand_ins import is_between
from archive.sitepass.swapped import EMOJI, READINGS, Doubt, Proven
from archive.sitepass.swaps import swaps

MAX_COMPARED = 60
"""Changed articles of a host and a day, spread over all of them, that are looked at to tell it."""
MAX_NAMED = 3
"""Strings named in one line."""
KNOWN = "the same articles said it before; exchanged in several of the host at once"
"""How it is known what stood there."""
Keep = Callable[[Extraction], Extraction]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Words of ``host`` that were exchanged since a ``day``: ``named``, what stands for them;
    ``standing``, the addresses of articles that bear such now; ``restored``, what pages said
    without it, by the ``id()`` of what was read; ``returned``, the addresses whose last change gave
    words back."""

    host: str
    day: date
    named: tuple[str, ...]
    standing: tuple[str, ...]
    restored: Mapping[int, Extraction]
    returned: frozenset[str]

    def told(self) -> str:
        """The line of an alarm."""
        named = ", ".join(self.named[:MAX_NAMED])
        return (
            f"{self.host}: put in the place of what {len(self.standing)} articles said before "
            f"{self.day}, and exchanged back: {named}; look at {self.standing[0]}; if the "
            f"institute has made them, write relaunched = [{self.day}] into the site's profile"
        )


@dataclass(frozen=True, slots=True)
class Judge:
    """What is judged with: the days on which the operator says that a site was ``relaunched``;
    ``keep`` takes what is put back, and ``beat`` is called in between, and may raise."""

    relaunched: Collection[date]
    keep: Keep
    beat: Callable[[], None]


def exchanged(
    versions: Mapping[str, Sequence[PageRead]],
    now: Iterable[PageRead],
    hosts: Collection[str],
    judge: Judge,
) -> tuple[Exchanged, ...]:
    """What was exchanged on ``hosts``: ``now`` what articles say, ``versions`` by address what they
    said before, the oldest first."""
    articles: dict[str, list[PageRead]] = defaultdict(list)
    for one in now:
        if one.row.host in hosts:
            articles[one.row.host].append(one)
    found = (_Host(articles[host], versions, judge).exchanged() for host in sorted(articles))
    return tuple(one for one in found if one is not None)


def told(found: Iterable[Exchanged]) -> Iterator[str]:
    """Lines of alarms, for as long as something stands in the place of what was said before."""
    return (one.told() for one in found if one.standing)


def alone(said: Extraction) -> Extraction:
    """What a page says without what is proven by itself."""
    found = proven_alone(said)
    return unmask(said, found) if found else said


def without_swaps(read: PageRead, found: Iterable[Exchanged]) -> Extraction:
    """What a page says with its own words back."""
    for one in found:
        if one.host == read.row.host and id(read) in one.restored:
            return one.restored[id(read)]
    return read.extraction


class _Host:
    """The articles of one host, day after day; what stood there before an exchange is what the
    next change is held against."""

    def __init__(
        self,
        articles: Sequence[PageRead],
        versions: Mapping[str, Sequence[PageRead]],
        judge: Judge,
    ) -> None:
        self._articles, self._versions, self._judge = articles, versions, judge
        self._proven = Proven()
        self._restored: dict[int, Extraction] = {}
        self._since: date | None = None
        self._returned: set[str] = set()

    def exchanged(self) -> Exchanged | None:
        """What was exchanged, if anything was."""
        for day, pairs in sorted(self._changes().items()):
            self._judge.beat()
            changed = [(a, b) for a, b in pairs if _said(a) != _said(b) or id(a) in self._restored]
            if len(changed) >= SOWN_PAGES:
                self._prove(day, changed)
            if self._proven:
                self._put_back(pairs)
        if self._since is None:
            return None
        host = self._articles[0].row.host
        until = self._until()
        self._put_into_new([one for one in self._articles if self._is_new(one, until)])
        standing = [one.row.url for one in self._articles if id(one) in self._restored]
        return Exchanged(
            host,
            self._since,
            self._proven.named(),
            tuple(sorted(standing)),
            self._restored,
            frozenset(self._returned),
        )

    def _changes(self) -> Mapping[date, list[tuple[PageRead, PageRead]]]:
        found: dict[date, list[tuple[PageRead, PageRead]]] = defaultdict(list)
        for one in self._articles:
            for before, after in pairwise((*self._versions.get(one.row.url, ()), one)):
                found[after.row.captured_at.date()].append((before, after))
        return found

    def _before(self, read: PageRead) -> Extraction:
        """What stood there before, as the institute had it."""
        return self._restored.get(id(read), alone(read.extraction))

    def _prove(self, day: date, pairs: Sequence[tuple[PageRead, PageRead]]) -> None:
        judged = [
            one
            for one in pairs
            if not is_between(self._judge.relaunched, *(read.row for read in one))
        ]
        spread = judged[:: -(-len(judged) // MAX_COMPARED) or 1]
        texts = [light(_all(self._before(before))) for before, _ in spread]
        name = institution_named(texts)
        names = self._proven.names | ({name} if name else set())
        doubt = Doubt(names)
        for before, after in spread:
            self._judge.beat()
            visited = before.row.captured_at.date()
            own, said = self._before(before), alone(after.extraction)
            doubt.take(after.row.url, own, said, visited, after.row.captured_at.date())
            doubt.converted += said is not after.extraction and _is_plain(before)
        brands = doubt.brands()
        unsaid = self._unsaid(brands, day)
        brands = {brand: went for brand, went in brands.items() if brand in unsaid}
        days = doubt.days(is_proven=bool(brands))
        if not (brands or days or doubt.signs):
            return
        self._since = self._since or day
        for brand, went in brands.items():
            self._proven.brands[brand] |= went
        self._proven.days |= days
        self._proven.signs |= doubt.signs
        self._proven.names |= names
        self._proven.pairs |= doubt.same_way(self._proven)

    def _unsaid(self, brands: Collection[str], day: date) -> set[str]:
        """Those that stand in nothing which the host said before."""
        left = set(brands)
        said = (
            read
            for one in self._articles
            for read in (*self._versions.get(one.row.url, ()), one)
            if read.row.captured_at.date() < day and id(read) not in self._restored
        )
        for read in said if left else ():
            text = light(_all(read.extraction))
            left = {brand for brand in left if brand not in text}
        return left

    def _put_back(self, pairs: Iterable[tuple[PageRead, PageRead]]) -> None:
        for before, after in pairs:
            self._judge.beat()
            if is_between(self._judge.relaunched, before.row, after.row):
                continue
            own, said = self._before(before), alone(after.extraction)
            made = with_own(own, said, self._proven)
            is_read_back = READINGS in self._proven.signs and said is not after.extraction
            if made is not said or is_read_back:
                self._restored[id(after)] = self._judge.keep(made)
            self._returned.discard(after.row.url)
            if id(before) in self._restored and id(after) not in self._restored:
                self._returned.add(after.row.url)

    def _is_new(self, one: PageRead, until: date) -> bool:
        """Whether an article came while a brand stood: what tells of it afterwards may name it."""
        has_past = bool(self._versions.get(one.row.url))
        day = one.row.captured_at.date()
        return not has_past and self._since is not None and self._since <= day <= until

    def _until(self) -> date:
        """The day until which something stands in the place of what was said before."""
        reads = [one for one in self._articles if self._versions.get(one.row.url)]
        if any(id(one) in self._restored for one in reads):
            return date.max
        some = (one for url in self._returned for one in self._versions[url])
        return max(
            (one.row.captured_at.date() for one in some if id(one) in self._restored),
            default=date.max,
        )

    def _put_into_new(self, articles: Iterable[PageRead]) -> None:
        """What has no past of its own, where a brand stands for one name."""
        one_name = {brand: min(n) for brand, n in self._proven.brands.items() if len(n) == 1}
        for one in articles:
            self._judge.beat()
            said = alone(one.extraction)
            if any(brand in light(_all(said)) for brand in one_name):
                made = with_own_words(
                    said, lambda _, text: _for_brands(text, one_name), said.published, KNOWN
                )
                self._restored[id(one)] = self._judge.keep(made)


def with_own(
    own: Extraction, said: Extraction, proven: Proven, known_by: str = KNOWN
) -> Extraction:
    """``said`` with what was exchanged in it put back as ``own`` has it; the very same object
    where nothing is proven. ``known_by`` is how that is known."""
    found = [*swaps(own.title or "", said.title or "", proven.names)]
    found += swaps(own.text, said.text, proven.names)
    has_emoji = EMOJI in proven.signs and emoji_edits(said.text) and not emoji_edits(own.text, 1)
    is_redated = str(said.published) in proven.days and own.published != said.published
    if not has_emoji and not is_redated and not any(map(proven.proves, found)):
        return said

    def edits(key: str, text: str) -> list[Edit]:
        before = getattr(own, key) or ""
        back = [s for s in swaps(before, text, proven.names) if proven.covers(s)]
        made = [Edit(s.start, s.end, s.old) for s in back]
        if has_emoji:
            taken = {at for edit in made for at in range(edit.start, edit.end)}
            more = emoji_edits(text, 1)
            made += [e for e in more if taken.isdisjoint(range(e.start, e.end))]
        return made

    published = own.published if is_redated else said.published
    return with_own_words(said, edits, published, known_by)


def _is_plain(read: PageRead) -> bool:
    return alone(read.extraction) is read.extraction


def _for_brands(text: str, names: Mapping[str, str]) -> list[Edit]:
    return name_edits(text, dict(names))[0]


def _said(read: PageRead) -> tuple[str | None, str]:
    return read.extraction.title, read.extraction.text


def _all(said: Extraction) -> str:
    return f"{said.title or ''}\n{said.text}"
