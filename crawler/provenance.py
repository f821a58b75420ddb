"""How an address was come by, and where its page leads: what the exchange itself does not tell.

It promises to write nothing that is not known: the path from a start address is left out where a
part of it was walked by another process or is too long ago.
"""

from __future__ import annotations

from collections import OrderedDict

from archive.remembered import remembered
from archive.warc.record import safe_uri
from crawler.outcomes import Verdict
from crawler.visit import Visit

MAX_PATHS = 50_000
"""Addresses whose path from a start address is remembered."""
MAX_OUTLINKS = 1_000
"""Links of one page that are listed."""

REMEMBERED_OUTLINKS = 10_000
"""Most links of a page stand on the one before it as well."""

HOPS = "LER"
"""A link, a picture or file, a redirect (WARC 1.1, section 6.6)."""

Notes = list[tuple[str, str]]


class Paths:
    """The letters of each hop from a start address, as crawlers write them in ``hopsFromSeed``
    (WARC 1.1, section 6.6): L a link, E a picture or file, R a redirect."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, str] = OrderedDict()

    def of(self, visit: Visit) -> str | None:
        """The path to the visited address, empty for a start address; None where not known."""
        if visit.lease.kind == "start":
            return ""
        return self._known.get(hash(visit.lease.url))

    def learn(self, visit: Visit) -> None:
        """Remember the paths to what the visited page leads to; the first one found stays."""
        path = self.of(visit)
        if path is None:
            return
        longer = {hop: path + hop for hop in HOPS}
        for lead in visit.leads:
            key = hash(lead.url)
            if key not in self._known:
                self._known[key] = longer[_hop(visit.verdict, lead.kind)]
        while len(self._known) > MAX_PATHS:
            self._known.popitem(last=False)


def notes_of(visit: Visit, path: str | None) -> Notes:
    """What is worth a metadata record of its own; nothing for a page that told nothing new."""
    if visit.same_as is not None or not (visit.leads or visit.refused):
        return []
    notes: Notes = [] if path is None else [("hopsFromSeed", path)]
    links = [(lead.url, _hop(visit.verdict, lead.kind)) for lead in visit.leads]
    links += [(refused.url, "L") for refused in visit.refused]
    notes += [("outlink", _outlink(url, hop)) for url, hop in links[:MAX_OUTLINKS]]
    return notes


@remembered(REMEMBERED_OUTLINKS)
def _outlink(url: str, hop: str) -> str:
    return f"{safe_uri(url)} {hop}"


def _hop(verdict: Verdict, kind: str) -> str:
    if verdict.reason == "redirect":
        return "R"
    return "E" if kind == "asset" else "L"
