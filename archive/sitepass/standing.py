"""Who is who among a site's hosts: which are the institute's own, which are mirrors, and of whom.

What the operator says is a hint; what the pages show decides about hosts that nobody named. It
promises that a host the operator named as the institute's first is never called a mirror, and that
the answer depends on the captures and these hints alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.addresses import host_of
from archive.cleaning.frame import FrameSurvey, MirrorMarks
from archive.cleaning.unmasking.recognise import Recognised
from archive.model import Article, MirrorHost, Site
from archive.sitepass.history import Attendance


@dataclass(frozen=True, slots=True)
class Standing:
    """``site`` with its hosts in their true roles; the ``marks`` of each mirror, and how those
    that nobody named were ``recognised``."""

    site: Site
    marks: Mapping[str, MirrorMarks]
    recognised: Mapping[str, Recognised]


def standing(
    site: Site,
    survey: FrameSurvey,
    trusted: Sequence[str] = (),
    meanwhile: Callable[[], None] = lambda: None,
) -> Standing:
    """The roles of the hosts in ``survey``. ``trusted`` hosts are the institute's own;
    ``meanwhile`` is called between two of them, and may raise."""
    meanwhile()
    hinted = set(site.mirrors) - set(trusted)
    found = {host: one for host, one in survey.recognise(trusted).items() if host not in hinted}
    mirrors = hinted | set(found)
    own = [host for host in site.official if host not in mirrors]
    own += [host for host in survey.hosts if host not in mirrors and host not in own]

    def mark(host: str, sown: Collection[str] = ()) -> MirrorMarks:
        meanwhile()
        behind = [o for o in found[host].of if o in own] if host in found else []
        return survey.marks(
            host,
            behind or own,
            found[host].evidence if host in found else (),
            siblings=[other for other in mirrors if other != host],
            sown=sown,
        )

    marks = {host: mark(host) for host in sorted(mirrors)}
    sown = {phrase for one in marks.values() for phrase in one.phrases}
    for host, one in marks.items():
        # A kit has one list for many hosts: what is too rare on one is proven on another.
        theirs = sown - {*one.phrases}
        if survey.has_any(host, theirs):
            marks[host] = mark(host, theirs)
    return Standing(
        replace(site, official=tuple(own), mirrors=tuple(sorted(mirrors))), marks, found
    )


def mirror_hosts(
    stand: Standing, hints: Site, asked: Mapping[str, Attendance], articles: Sequence[Article]
) -> list[MirrorHost]:
    """What people are told of each mirror, by host; ``asked``: how often hosts were. One that never
    was is left out: with ``www.`` and without it, a named host may have one name alone."""
    carried, only = _carried(articles)
    return [
        MirrorHost(
            host=host,
            of=_behind(host, stand),
            brands=marks.brands,
            kinds=marks.kinds,
            evidence=_evidence(host, stand),
            hinted=host in hints.mirrors,
            captures=attendance.captures,
            articles=carried[host],
            only_here=only[host],
            first_seen=attendance.first,
            last_seen=attendance.last,
            phrases=tuple(sorted({*marks.phrases, *marks.keywords})),
        )
        for host, marks in sorted(stand.marks.items())
        if (attendance := asked.get(host)) is not None
    ]


def _behind(host: str, stand: Standing) -> tuple[str, ...]:
    found = stand.recognised.get(host)
    written = stand.marks[host].official_hosts
    return (found.of if found else ()) or written or stand.site.official


def _evidence(host: str, stand: Standing) -> tuple[str, ...]:
    found = stand.recognised.get(host)
    told = (*(found.evidence if found else ()), *stand.marks[host].evidence)
    return tuple(dict.fromkeys(told))


def _carried(articles: Iterable[Article]) -> tuple[Counter[str], Counter[str]]:
    """Articles that each host carries, and those that no other host has."""
    carried: Counter[str] = Counter()
    only: Counter[str] = Counter()
    for article in articles:
        hosts = {host_of(witness.url) for witness in article.witnesses}
        carried.update(hosts)
        if len(hosts) == 1:
            only.update(hosts)
    return carried, only
