"""Which hosts are mirrors, and of whom, without anybody having said so.

A mirror has another's articles under a frame that names somebody else. Neither alone is enough:
sister sites share articles, and many a site names in its foot the body that runs it. It promises
that a host is called a mirror only for what its pages show (each piece of evidence is kept), that
a likeness of words alone never does it, that a host of fewer than five pages is never accused, and
the same answer whatever the order of pages.

Two hosts that have the same articles accuse each other; the evidence for one direction must
outweigh that for the other. That one outweighs another clears nobody: every host that is not
accused is looked at for itself, with what others show in its pages' place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from archive.addresses import registered_domain
from archive.cleaning.unmasking.against import MIN_COPIES, points
from archive.cleaning.unmasking.alone import betrayed, siblings_of
from archive.cleaning.unmasking.copies import Shared
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.look import Look, one_owner, sends_to
from archive.cleaning.unmasking.rival_names import UNRIVALLED, Settled

MIN_PAGES = 5
"""Pages from which a host's frame can betray it."""
OUTWEIGHS = 2
"""Points by which the evidence for one direction must exceed that for the other."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A host found to be a mirror of the hosts ``of`` (none where no archived or written host says
    whose pages these are), on ``evidence``."""

    host: str
    of: tuple[str, ...]
    evidence: tuple[str, ...]


def recognise(
    surveys: Mapping[str, HostSurvey],
    trusted: Collection[str],
    shared: Mapping[tuple[str, str], Shared],
    settled: Settled = UNRIVALLED,
) -> dict[str, Recognised]:
    """The mirrors among the hosts of ``surveys``, by host. ``trusted`` hosts are never accused:
    the operator has named them as the institute's own. ``shared``: what ``shared_articles`` says of
    ``surveys``; ``settled``: which of their names are made up."""
    looks = {host: Look(host, surveys[host]) for host in sorted(surveys)}
    suspects = [h for h, look in looks.items() if h not in trusted and _is_enough(look)]
    found: dict[str, Recognised] = {}
    for host in suspects:
        accusers = list(_accusers(host, looks, shared, trusted))
        if accusers:
            of = tuple(other for other, _ in accusers)
            evidence = tuple(dict.fromkeys(line for _, lines in accusers for line in lines))
            found[host] = Recognised(host, of, evidence)
    for host in suspects:
        if host not in found and not _is_a_second(host, looks):
            evidence = betrayed(looks[host], siblings_of(host, looks, shared))
            if evidence:
                found[host] = Recognised(host, (), evidence)
    for host in suspects:
        if host in settled.made_up and host not in found:
            evidence = tuple(settled.made_up[host].values())
            found[host] = Recognised(host, settled.of[host], evidence)
    return {host: _of_originals(one, found, looks[host]) for host, one in found.items()}


def betrayed_by_itself(
    host: str,
    surveys: Mapping[str, HostSurvey],
    shared: Mapping[tuple[str, str], Shared],
) -> tuple[str, ...]:
    """The evidence of a host's own pages that it is a mirror, whatever others show; empty where it
    is not enough. ``shared``: what ``shared_articles`` says of ``surveys``."""
    looks = {other: Look(other, surveys[other]) for other in sorted(surveys)}
    if not _is_enough(looks[host]) or _is_a_second(host, looks):
        return ()
    return betrayed(looks[host], siblings_of(host, looks, shared))


def _is_enough(look: Look) -> bool:
    return look.survey.pages >= MIN_PAGES


def _is_a_second(host: str, looks: Mapping[str, Look]) -> bool:
    """Whether the foot's host is in the archive and sends its readers here: a second address of
    the same house."""
    named = looks[host].foreign_owners
    return any(
        sends_to(look, host)
        for other, look in looks.items()
        if any(registered_domain(owner) == registered_domain(other) for owner in named)
    )


def _accusers(
    host: str,
    looks: Mapping[str, Look],
    shared: Mapping[tuple[str, str], Shared],
    trusted: Collection[str],
) -> Iterator[tuple[str, list[str]]]:
    """The hosts of which ``host`` is a copy, with the evidence."""
    for other, look in looks.items():
        common = shared.get((host, other))
        if common is None or common.copies < MIN_COPIES or one_owner(host, other):
            continue
        if sends_to(look, host):
            continue
        mine = points(looks[host], look, common)
        theirs = points(look, looks[host], _turned(common))
        bonus = OUTWEIGHS if other in trusted else 0
        if sum(mine.values()) + bonus >= OUTWEIGHS + sum(theirs.values()) and mine:
            count = f"{common.copies} of {common.looked_at} articles are those of {other}"
            yield other, [count, *mine]


def _turned(common: Shared) -> Shared:
    pairs = tuple((theirs, ours) for ours, theirs in common.pairs)
    return Shared(common.copies, common.copies, common.same_paths, pairs)


def _of_originals(one: Recognised, found: Collection[str], look: Look) -> Recognised:
    """A mirror is no original: where only mirrors stand behind a mirror, its own foot may still
    name whose pages these are."""
    real = tuple(other for other in one.of if other not in found)
    return Recognised(one.host, real or look.foreign_owners, one.evidence)
