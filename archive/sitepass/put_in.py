"""Phrases put into the sentences of the institute's own pages, known by what these said before.

Who breaks into a server writes his words into its articles. What an article said before is the
witness: the phrases are taken out again, each as a repair, and the article is the same as ever. It
promises that only what came into sentences of several articles of a host on one day, beside other
words each time or hardly of the language, or is like what did, and stood in no text of the host
before that day is taken out, and only of what was captured since; and that the answer depends on
the captures alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from archive.cleaning.unmask import without_phrases
from archive.cleaning.unmasking.compare import Comparison, plain
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.once import Kin
from archive.cleaning.unmasking.sown import MIN_PHRASE, SOWN_PAGES, Written, sown_phrases
from archive.model import Extraction
from archive.sitepass.added import Changed, is_inside, is_odd, is_parting, lines_of, pairs_of
from archive.sitepass.reader import PageRead

MAX_COMPARED = 60
"""Changed articles of a host and a day that are compared with what they said before."""
FEWEST = 3
"""Strings that are hardly of the language, put into sentences of several pages on one day, that
prove a break-in though each stands on one page."""
KNOWN = "came into several articles of the host at once, which said the same without it before"
"""How such phrases are known."""
MAX_NAMED = 3
"""Phrases named in one line."""


@dataclass(frozen=True, slots=True)
class PutIn:
    """The ``phrases`` (plain) that came into articles of ``host`` on a ``day``, and the addresses
    of those that bear one now (``standing``)."""

    host: str
    day: date
    phrases: tuple[str, ...]
    standing: tuple[str, ...]

    def told(self) -> str:
        """The line of an alarm."""
        longest = sorted(self.phrases, key=lambda phrase: (-len(phrase), phrase))[:MAX_NAMED]
        return (
            f"{self.host}: put into the texts of {len(self.standing)} articles since {self.day}, "
            f"and taken out of them: {', '.join(longest)}; look at {self.standing[0]}"
        )


def put_in(
    versions: Mapping[str, Sequence[PageRead]],
    now: Iterable[PageRead],
    hosts: Collection[str],
    beat: Callable[[], None],
) -> tuple[PutIn, ...]:
    """What was put into the articles of ``hosts``: ``now`` what they say, ``versions`` by address
    what they said before, the oldest first. ``beat`` is called in between, and may raise."""
    articles: dict[str, list[PageRead]] = defaultdict(list)
    for one in now:
        if one.row.host in hosts:
            articles[one.row.host].append(one)
    return tuple(
        found for host in sorted(articles) for found in _into(articles[host], versions, beat)
    )


def without(read: PageRead, found: Iterable[PutIn], said: Extraction | None = None) -> Extraction:
    """What a page says (``said``, where something else was undone already) without what was put
    into it."""
    said = said or read.extraction
    phrases = {
        phrase
        for one in found
        if one.host == read.row.host and one.day <= _day(read)
        for phrase in one.phrases
    }
    if not phrases:
        return said
    return without_phrases(said, sorted(phrases), KNOWN)


def _into(
    articles: Sequence[PageRead],
    versions: Mapping[str, Sequence[PageRead]],
    beat: Callable[[], None],
) -> Sequence[PutIn]:
    """What was put into the ``articles`` of one host, day after day: what came before is out of
    the texts that are compared, whether it stayed or others took its place."""
    changes: dict[date, list[tuple[PageRead, PageRead]]] = defaultdict(list)
    for one in articles:
        beat()
        for before, after in pairwise((*versions.get(one.row.url, ()), one)):
            changes[_day(after)].append((before, after))
    past = _Past(articles, versions)
    found: list[PutIn] = []
    for day, pairs in sorted(changes.items(), key=lambda change: change[0]):
        beat()
        doubt = _doubt(_grown(pairs, found)) if len(pairs) >= SOWN_PAGES else None
        if doubt is not None:
            past.go_on_to(day, found, beat)
            if phrases := _phrases(doubt, past):
                standing = sorted(one.row.url for one in articles if _bears(one, phrases))
                found.append(PutIn(articles[0].row.host, day, phrases, tuple(standing)))
    return found


class _Past:
    """What a host said before a day, as far as it is its own: a text into which something was put
    is no witness of what the host writes. ``known``: the pairs of characters of it all."""

    def __init__(
        self, articles: Iterable[PageRead], versions: Mapping[str, Sequence[PageRead]]
    ) -> None:
        said = [past for one in articles for past in (*versions.get(one.row.url, ()), one)]
        self._coming = sorted(said, key=_day, reverse=True)
        self._own: list[PageRead] = []
        self.known: set[str] = set()

    def go_on_to(self, day: date, found: Sequence[PutIn], beat: Callable[[], None]) -> None:
        """Go on to a later ``day``, with what is ``found`` until then; each text is asked once."""
        while self._coming and _day(self._coming[-1]) < day:
            beat()
            one = self._coming.pop()
            if without(one, found) is one.extraction:
                self._own.append(one)
                self.known |= pairs_of(plain(_all(one.extraction)))

    def unwritten(self, spans: Collection[str]) -> set[str]:
        """Those of ``spans`` that stand in nothing of it."""
        left = {span for span in spans if pairs_of(span) <= self.known}
        never = set(spans) - left
        for one in self._own if left else ():
            text = plain(_all(one.extraction))
            left = {span for span in left if span not in text}
        return never | left


@dataclass(frozen=True, slots=True)
class _Said:
    """What the page at ``url`` says without what is known to have been put into it."""

    url: str
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What may have been put into the pages that ``changed`` on one day: strings that ``surely``
    were, if the host never wrote them before, and those that came into one page each (``once``)."""

    changed: Sequence[Changed]
    surely: Collection[str]
    once: Collection[str]


def _grown(
    pairs: Iterable[tuple[PageRead, PageRead]], found: Sequence[PutIn]
) -> list[tuple[_Said, _Said]]:
    """Those of ``pairs`` whose later page has more to say, without what was ``found`` so far."""
    said = (
        [_Said(one.row.url, without(one, found)) for one in (before, after)]
        for before, after in pairs
    )
    return [
        (before, after)
        for before, after in said
        if len(_all(after.extraction)) >= len(_all(before.extraction)) + MIN_PHRASE
    ][:MAX_COMPARED]


def _doubt(pairs: Sequence[tuple[_Said, _Said]]) -> _Doubt | None:
    """What may have been put into the later ones of ``pairs``; None where nothing was, whatever
    the host said before."""
    if len(pairs) < SOWN_PAGES:
        return None
    comparison, since = Comparison(), HostSurvey()
    for earlier, later in pairs:
        comparison.add(_sample(later), _sample(earlier), ())
        since.add_extraction(later.extraction)
    changed = [Changed(later.url, lines_of(_all(later.extraction)), ()) for _, later in pairs]
    often = sown_phrases(comparison, (), since, Written((), (), comparison))
    # One that was grown by what stands beside it may have grown by the institute's own words.
    surely = {p for p in often if p in comparison.inserted and is_parting(p, changed)}
    once = {s for s in comparison.inserted if len(s) > MIN_PHRASE and is_inside(s, changed)}
    if not surely and not _prove({s for s in once if is_odd(s, ())}, changed):
        return None
    return _Doubt(changed, surely, once)


def _phrases(doubt: _Doubt, past: _Past) -> tuple[str, ...]:
    """What was put in. Where something surely was, so was what is like it, though it stands on one
    page."""
    surely = past.unwritten(doubt.surely)
    odd = past.unwritten([span for span in doubt.once if is_odd(span, past.known)])
    if not surely and not _prove(odd, doubt.changed):
        return ()
    kin = Kin(sorted({*surely, *odd}))
    akin = past.unwritten([span for span in doubt.once if kin.weight(span)])
    return tuple(sorted({*surely, *odd, *akin}))


def _prove(odd: Collection[str], pages: Iterable[Changed]) -> bool:
    bearing = sum(any(span in line for line in one.lines for span in odd) for one in pages)
    return len(odd) >= FEWEST and bearing >= SOWN_PAGES


def _sample(said: _Said) -> Sample:
    one = said.extraction
    return Sample(said.url, one.title or "", one.text, one.published)


def _all(said: Extraction) -> str:
    return f"{said.title or ''}\n{said.text}"


def _day(read: PageRead) -> date:
    return read.row.captured_at.date()


def _bears(read: PageRead, phrases: Collection[str]) -> bool:
    text = plain(_all(read.extraction))
    return any(phrase in text for phrase in phrases)


def told(found: Iterable[PutIn]) -> Iterator[str]:
    """Lines of alarms, for as long as something stands where it was put."""
    return (one.told() for one in found if one.standing)
