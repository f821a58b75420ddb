"""Nights of a site that changes: ./scripts/bench nights [--pages N] [--outages | --many NIGHTS]

Serves N generated articles (every one with an ETag, as a file server gives it) with their list
pages on loopback, and runs `palimpsest nightly` several times.

Without --outages three nights:

- the first night takes everything in;
- on the second one nothing has changed: how many of the articles were answered by 304 or not asked
  for, and how many bytes came, beside the first night;
- before the third one some articles are edited, some removed (410), some new: the report must say
  these numbers and nothing else.

With --outages five nights, a day apart for the archive:

- the first night takes everything in;
- on the second one part of the server is down: 500, closed connections, answers that never come,
  and a quarter of the articles said not to be there (404, 410);
- on the third one it goes down in the middle, after the same ones were said not to be there;
- on the fourth one robots.txt cannot be read;
- on the fifth one all is well again, and some articles were truly removed (410).

Nothing may be called gone by the outages, and by the last night what was removed, no more.

With --many so many nights, a day apart by the clock, of a small site on which something happens
nearly every night (``benchmarks.nights.many``).

Ends with 1 where a share is missed (95 % of the articles, 1 % of the bytes) or a number is wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from archive.profiles import add_profile
from benchmarks.nights.lively import LivelySite
from benchmarks.nights.many import ManyNights
from benchmarks.nights.night import SITE, night
from benchmarks.nights.site import ChangingSite, all_but_robots, going_down, partly_down
from tests.crawl.past import a_day_goes_by
from tests.crawl.server import served

MANY_PAGES, FEW_PAGES = 10_000, 40
EDITED, REMOVED, ADDED = 0.01, 0.005, 0.006
"""Shares of the articles that a changed night finds so."""
LEAST_SPARED = 0.95
MOST_BYTES = 0.01
SILENT = frozenset({41, 42})
"""Articles that the server partly down never answers: each costs three times the patience of a
crawl, so that a share of all articles would cost days."""
ANSWERED_BEFORE = 0.3
"""Share of the articles that the server going down still answers."""


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print its figures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench nights", description=__doc__)
    parser.add_argument("--pages", type=int, help="10,000 unless given; 40 of --many")
    parser.add_argument("--outages", action="store_true")
    parser.add_argument("--many", type=int, metavar="NIGHTS")
    parser.add_argument("--seed", type=int, default=1, help="of --many")
    options = parser.parse_args(arguments)
    if options.many:
        lively = LivelySite(options.pages or FEW_PAGES)
        with _archive_of(lively) as data:
            return int(not ManyNights(data, lively, Random(options.seed)).run(options.many))
    site = ChangingSite(options.pages or MANY_PAGES)
    with _archive_of(site) as data:
        is_good = _outages(data, site) if options.outages else _changes(data, site)
    return int(not is_good)


@contextmanager
def _archive_of(site: ChangingSite | LivelySite) -> Iterator[Path]:
    """The site served, and a data directory with a profile of it."""
    with tempfile.TemporaryDirectory() as folder, served(site, robots=None) as served_site:
        data = Path(folder)
        add_profile(data, [served_site.url], name=SITE)
        yield data


def _changes(data: Path, site: ChangingSite) -> bool:
    pages = site.pages
    first = night(data, "first night")
    second = night(data, "second night, nothing changed")
    share = second.bytes / max(first.bytes, 1)
    spared = 1 - second.statuses[200] / pages
    print(f"articles answered by 304 or not asked for: {spared:.2%}")
    print(f"bytes of the first night that came again: {share:.2%}")
    _change(site)
    third = night(data, "third night, changed")
    wanted = {
        "new": site.pages - pages,
        "changed": len(site.edited),
        "unchanged": pages - len(site.edited) - len(site.removed),
        "gone": len(site.removed),
    }
    print(f"reported {third.changes}, true {wanted}")
    is_good = spared >= LEAST_SPARED and share <= MOST_BYTES
    is_true = first.changes == {"new": pages} and second.changes == {"unchanged": pages}
    return is_good and is_true and third.changes == wanted


def _outages(data: Path, site: ChangingSite) -> bool:
    pages, over = site.pages, threading.Event()
    first = night(data, "first night")
    a_day_goes_by(data)
    site.trouble = partly_down(SILENT, over)
    partly = night(data, "partly down", expected=2)
    over.set()
    a_day_goes_by(data)
    site.trouble = going_down(int(pages * ANSWERED_BEFORE))
    middle = night(data, "going down", expected=2)
    a_day_goes_by(data)
    site.trouble = all_but_robots
    robots = night(data, "robots.txt unreadable", expected=69)
    a_day_goes_by(data)
    site.trouble = lambda path, number: None
    site.removed = set(Random(1).sample(range(pages), int(pages * REMOVED)))
    last = night(data, "all well again")
    outages = [partly, middle, robots]
    for one in outages:
        print(f"answers in an outage: {dict(one.statuses.most_common())}; gone {one.gone}")
    true = len(site.removed)
    print(f"gone over {len(outages)} outages: {robots.gone}; after: {last.gone}, true {true}")
    kept = all(one.gone == 0 and one.live == pages for one in outages)
    wanted = {"unchanged": pages - true, "gone": true}
    return first.changes == {"new": pages} and kept and last.changes == wanted


def _change(site: ChangingSite) -> None:
    pages = site.pages
    some = Random(1).sample(range(pages), int(pages * (EDITED + REMOVED)))
    site.edited = set(some[: int(pages * EDITED)])
    site.removed = set(some[int(pages * EDITED) :])
    site.pages += int(pages * ADDED)


if __name__ == "__main__":
    sys.exit(main())
