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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from archive.cleaning.script import fold
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
    versions: Mapping[str, Sequence[PageRead]], now: Iterable[PageRead], hosts: Collection[str]
) -> tuple[PutIn, ...]:
    """What was put into the articles of ``hosts``: ``now`` what they say, ``versions`` by address
    what they said before, the oldest first."""
    articles = [one for one in now if one.row.host in hosts]
    changes: dict[tuple[str, date], list[tuple[PageRead, PageRead]]] = defaultdict(list)
    for one in articles:
        for before, after in pairwise((*versions.get(one.row.url, ()), one)):
            if len(_all(after)) >= len(_all(before)) + MIN_PHRASE:
                changes[one.row.host, after.row.captured_at.date()].append((before, after))
    said = [*articles, *(one for some in versions.values() for one in some)]
    found = []
    for (host, day), pairs in sorted(changes.items(), key=lambda one: one[0]):
        if len(pairs) >= SOWN_PAGES:
            past = (o for o in said if o.row.host == host and o.row.captured_at.date() < day)
            phrases = _phrases(pairs[:MAX_COMPARED], past)
            theirs = (o for o in articles if phrases and o.row.host == host)
            standing = sorted(one.row.url for one in theirs if _bears(one, phrases))
            if phrases:
                found.append(PutIn(host, day, phrases, tuple(standing)))
    return tuple(found)


def without(read: PageRead, found: Iterable[PutIn]) -> Extraction:
    """What a page says without what was put into it."""
    phrases = {
        phrase
        for one in found
        if one.host == read.row.host and one.day <= read.row.captured_at.date()
        for phrase in one.phrases
    }
    if not phrases:
        return read.extraction
    return without_phrases(read.extraction, sorted(phrases), KNOWN)


def _phrases(
    pairs: Sequence[tuple[PageRead, PageRead]], before: Iterable[PageRead]
) -> tuple[str, ...]:
    """What was put into the later ones of ``pairs`` and stood in nothing that the host said
    ``before``, which is asked only where something may have been. Where something surely was put
    in, so was what is like it, though it stands on one page."""
    comparison, since = Comparison(), HostSurvey()
    for earlier, later in pairs:
        comparison.add(_sample(later), _sample(earlier), ())
        since.add_extraction(later.extraction)
    changed = [Changed(later.row.url, lines_of(_all(later)), ()) for _, later in pairs]
    often = sown_phrases(comparison, (), since, Written((), (), comparison))
    # One that was grown by what stands beside it may have grown by the institute's own words.
    surely = {p for p in often if p in comparison.inserted and is_parting(p, changed)}
    once = {s for s in comparison.inserted if len(s) > MIN_PHRASE and is_inside(s, changed)}
    if not surely and not _prove({s for s in once if is_odd(s, ())}, changed):
        return ()
    written, known = _said_of({*surely, *once}, before)
    surely, once = surely - written, once - written
    odd = {span for span in once if is_odd(span, known)}
    if not surely and not _prove(odd, changed):
        return ()
    kin = Kin(sorted({*surely, *odd}))
    return tuple(sorted({*surely, *odd, *(span for span in once if kin.weight(span))}))


def _prove(odd: Collection[str], pages: Iterable[Changed]) -> bool:
    bearing = sum(any(span in line for line in one.lines for span in odd) for one in pages)
    return len(odd) >= FEWEST and bearing >= SOWN_PAGES


def _said_of(spans: Collection[str], said: Iterable[PageRead]) -> tuple[set[str], set[str]]:
    """Those of ``spans`` that stand in a text, and the pairs of characters of all texts."""
    written: set[str] = set()
    known: set[str] = set()
    for one in said:
        text = plain(_all(one))
        written |= {span for span in spans if span in text}
        known |= pairs_of(fold(one.extraction.text))
    return written, known


def _sample(read: PageRead) -> Sample:
    said = read.extraction
    return Sample(read.row.url, said.title or "", said.text, said.published)


def _all(read: PageRead) -> str:
    return f"{read.extraction.title or ''}\n{read.extraction.text}"


def _bears(read: PageRead, phrases: Collection[str]) -> bool:
    text = plain(_all(read)) if phrases else ""
    return any(phrase in text for phrase in phrases)


def told(found: Iterable[PutIn]) -> Iterator[str]:
    """Lines of alarms, for as long as something stands where it was put."""
    return (one.told() for one in found if one.standing)
