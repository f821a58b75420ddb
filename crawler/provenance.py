"""How an address was come by, and where its page leads: what the exchange itself does not tell.

It promises to write nothing that is not known: the path from a start address is left out where a
part of it was walked by another process or is too long ago.
"""

from __future__ import annotations

from collections import OrderedDict

from archive.remembered import remembered
from archive.warc.record import render, safe_uri
from crawler.outcomes import Verdict
from crawler.visit import Visit

MAX_PATHS = 50_000
"""Addresses whose path from a start address is remembered."""
MAX_OUTLINKS = 1_000
"""Links of one page that are listed."""

REMEMBERED_OUTLINKS = 10_000
"""Most links of a page stand on the one before it as well."""


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
        to_page, to_file = (path + hop for hop in _hops(visit.verdict))
        known = self._known
        # Nearly all of them are known, and a comprehension goes over them in half the time.
        for lead in [lead for lead in visit.leads if hash(lead.url) not in known]:
            known.setdefault(hash(lead.url), to_file if lead.kind == "asset" else to_page)
        while len(self._known) > MAX_PATHS:
            self._known.popitem(last=False)


def notes_of(visit: Visit, path: str | None) -> str:
    """What is worth a metadata record of its own, as its lines; empty for a page that told nothing
    new."""
    if visit.same_as is not None or not (visit.leads or visit.refused):
        return ""
    to_page, to_file = _hops(visit.verdict)
    notes = [] if path is None else [render([("hopsFromSeed", path)])]
    notes += [
        _outlink(lead.url, to_file if lead.kind == "asset" else to_page)
        for lead in visit.leads[:MAX_OUTLINKS]
    ]
    left = max(0, MAX_OUTLINKS - len(visit.leads))
    notes += [_outlink(refused.url, "L") for refused in visit.refused[:left]]
    return "".join(notes)


@remembered(REMEMBERED_OUTLINKS)
def _outlink(url: str, hop: str) -> str:
    return render([("outlink", f"{safe_uri(url)} {hop}")])


def _hops(verdict: Verdict) -> tuple[str, str]:
    """The letter for a page, and the one for a picture or file, after such a verdict."""
    return ("R", "R") if verdict.reason == "redirect" else ("L", "E")
