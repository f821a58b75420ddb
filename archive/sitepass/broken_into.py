"""What others did to the institute's own articles, all ways in which it is told together.

Notices that pass through a few places, phrases that were put in, titles written over, words
exchanged, a single article that was broken into: each is told by a module of its own from what the
articles said before, one after the other. It promises that what one of them undoes is what the
next one reads, and that nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive.model import Extraction
from archive.sitepass import exchanged, put_in, retitled
from archive.sitepass.believed import Believed
from archive.sitepass.pages import Work
from archive.sitepass.passing import Passing, passing
from archive.sitepass.reader import PageRead
from archive.sitepass.single import Judge, Single, single


@dataclass(frozen=True, slots=True)
class BrokenInto:
    """``notices`` that only pass through the places of a few, what was ``put_in``, which articles
    were ``retitled``, what was ``exchanged``, and what was done to a ``single`` one."""

    notices: Passing
    put_in: Sequence[put_in.PutIn]
    retitled: Sequence[retitled.Retitled]
    exchanged: Sequence[exchanged.Exchanged]
    single: Single

    def own(self, one: PageRead) -> Extraction:
        """What a page says without what was done to it and to others."""
        said = put_in.without(one, self.put_in, exchanged.without_swaps(one, self.exchanged))
        return retitled.with_own_title(one, said, self.retitled)

    @property
    def told_of(self) -> frozenset[str]:
        """Hosts on whose articles something stands that is told here."""
        put_into = (one.host for one in self.put_in if one.standing)
        return self.single.hosts.union(
            put_into, (one.host for one in self.exchanged if one.standing)
        )

    @property
    def returned(self) -> frozenset[str]:
        """Addresses whose last change gave their own words back."""
        return self.single.returned.union(*(one.returned for one in self.exchanged))

    def alarms(self) -> Iterator[str]:
        """The lines of alarms."""
        yield from put_in.told(self.put_in)
        yield from exchanged.told(self.exchanged)
        yield from retitled.told(self.retitled)[0]
        yield from self.single.alarms

    def notes(self) -> Iterator[str]:
        """The lines of notes."""
        yield from self.notices.told()
        yield from retitled.told(self.retitled)[1]
        yield from self.single.notes


def broken_into(work: Work, site: Believed, unsettled: Mapping[str, datetime]) -> BrokenInto:
    """What was done to the articles of a ``site``; ``unsettled``, since when another article stands
    at an address of which it is not settled yet."""
    past, now, beat = site.before.versions, site.now.parts, work.pulse.beat
    several = BrokenInto(
        passing(now, site.before, unsettled, site.grounds),
        put_in.put_in(past, now, site.official, beat),
        retitled.retitled(past, now, site.official),
        exchanged.exchanged(
            past, now, site.official, exchanged.Judge(work.here.relaunched, work.keep, beat)
        ),
        Single(),
    )
    judge = Judge(work.here.relaunched, several.own, work.keep, beat)
    return replace(several, single=single(past, now, site.official, judge))
