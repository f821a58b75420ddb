"""Many addresses that lead to one page in their place: a login, the home page, a notice.

A redirect takes nothing away from what an address said before, and one article may lead anywhere.
Where a good part of a host does, nothing of it is seen any more, and whoever looks after the
archive has to hear of it. It promises a note for as long as it lasts, and that addresses whose page
is at the one they lead to are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from archive.addresses import host_of
from archive.sitepass.history import History

FEWEST, MANY = 5, 1 / 3
"""Addresses of a host, and share of those that have given a page, from which it is told."""


def led_away(history: History, moved: Collection[str], hosts: Collection[str]) -> Iterator[str]:
    """Notes on ``hosts``, one for each address (without its query) to which so many lead; the pages
    of those that ``moved`` are there."""
    known = Counter(host_of(url) for url in history.spans)
    led: Counter[tuple[str, str]] = Counter()
    for url, target in history.redirects.items():
        host = host_of(url)
        if host in hosts and url not in moved:
            led[host, target.partition("?")[0]] += 1
    for (host, target), count in sorted(led.items()):
        if count >= max(FEWEST, MANY * known[host]):
            yield (
                f"{host}: {count} addresses that gave pages lead to {target} now; what they said "
                "before stays as it was"
            )
