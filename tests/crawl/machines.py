"""Machines that walk a site together, each a process with a data directory of its own."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from archive.profiles import add_profile
from archive.store import open_archive
from tests import forkserver
from tests.crawl.server import EVERYTHING_ALLOWED, Answer, Pages, Site, links, served
from tests.unit.backfill_samples import html

PALIMPSEST = str(Path(sys.executable).with_name("palimpsest"))
PATIENCE_SECONDS = 240.0
HOSTS = 4
EACH = 25
SLOWNESS_SECONDS = 0.15
ALONE_SECONDS = 1.0
"""More for each page while there is one machine alone, so that it cannot do all of them before the
other one has loaded its program."""


@contextmanager
def hosts(opened: threading.Event) -> Iterator[list[Site]]:
    """Slow hosts with articles of their own, which nobody gets before they are ``opened``; very
    slow ones until a second machine has asked one of them for its robots.txt, too."""
    joined = threading.Event()
    with ExitStack() as stack:
        yield [
            stack.enter_context(served(_slow(_pages(host), opened, joined), robots=None))
            for host in range(HOSTS)
        ]


def _pages(host: int) -> Pages:
    numbers = range(host * EACH, (host + 1) * EACH)
    pages: Pages = {f"/zhxw/t201203{n % 28 + 1:02d}_{n}.html": html(n) for n in numbers}
    return {"/": links(*pages), **pages}


def _slow(
    pages: Pages, opened: threading.Event, joined: threading.Event
) -> Callable[[str], Answer | str | None]:
    machines = 0

    def answer(path: str) -> Answer | str | None:
        nonlocal machines
        if path == "/robots.txt":
            machines += 1
            if machines > 1:
                joined.set()
            return EVERYTHING_ALLOWED
        opened.wait(PATIENCE_SECONDS)
        joined.wait(ALONE_SECONDS)
        time.sleep(SLOWNESS_SECONDS)
        return pages.get(path)

    return answer


def machine(folder: Path, name: str, sites: list[Site]) -> Path:
    """A data directory of its own, with the folder of WARC files that all machines share."""
    data = folder / name
    data.mkdir()
    (folder / "warc").mkdir(exist_ok=True)
    (data / "warc").symlink_to(folder / "warc")
    add_profile(data, [site.url for site in sites], name="s")
    return data


def nightly(data: Path, database: str) -> forkserver.Process:
    return forkserver.start(
        [PALIMPSEST, "nightly", "--data", str(data), "--database", database],
        os.environ | {"PALIMPSEST_LANG": "en"},
    )


def wait_for(sites: list[Site], asked: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while sum(len(site.asked) for site in sites) < asked:
        assert time.monotonic() < until
        time.sleep(0.01)


def wait_for_runs(data: Path, database: str, count: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    with open_archive(data, create=True, database=database) as archive:
        while "s" not in {site.name for site in archive.store.sites()} or (
            len(archive.store.runs("s")) < count
        ):
            assert time.monotonic() < until
            time.sleep(0.1)
