"""Kill a crawl whenever you like: nothing is lost, little is asked for again.

`./scripts/bench kills` does the same a hundred times.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from archive.store import open_archive
from tests import forkserver
from tests.crawl.kills import CONCURRENCY, article, kill_often, let_a_day_go_by
from tests.crawl.night import PALIMPSEST, PATIENCE_SECONDS, wait_for
from tests.crawl.server import Answer, Pages, Site, links, served

KILLS = 6
ARTICLES = 80


@pytest.mark.timeout(300)
def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    outcome = kill_often(tmp_path, kills=KILLS, articles=ARTICLES, seconds=0.01, seed=7)
    assert outcome.complaints == []
    assert outcome.kills.total() == KILLS
    assert set(outcome.kills) == {"walk", "rotation", "finish"}
    assert outcome.lost == []
    assert outcome.unreadable == []
    assert (outcome.doubled, outcome.missing) == ([], 0)
    assert set(outcome.states) == {"done"}
    assert max(outcome.refetched) <= CONCURRENCY + 2


def test_a_page_that_was_on_its_way_at_three_kills_is_set_aside_for_a_night_and_not_for_ever(
    tmp_path: Path,
) -> None:
    pages: Pages = {f"/t20101209_{n}.html": article(n) for n in range(8)}
    unlucky = "/t20101209_5.html"
    killed = threading.Event()

    def answer(path: str) -> Answer | str | None:
        if path == unlucky:
            killed.wait(PATIENCE_SECONDS)
        return {**pages, "/": links(*pages)}.get(path)

    with served(answer) as site:
        command = [PALIMPSEST, "crawl", site.url, "--site", "s", "--data", str(tmp_path)]
        for deaths in range(1, 4):
            process = forkserver.start(command)
            wait_for(partial(was_asked, site, unlucky, deaths))
            process.kill()
            process.communicate(timeout=PATIENCE_SECONDS)
        killed.set()
        first = forkserver.run(command, os.environ | {"PALIMPSEST_LANG": "en"})
        assert (first.returncode, site.times(unlucky)) == (0, 3), first.stderr
        assert "is set aside (lease-died) and asked again in a later night" in first.stdout
        let_a_day_go_by(tmp_path)
        assert forkserver.run(command).returncode == 0
    with open_archive(tmp_path) as archive:
        assert set(archive.store.frontier.ledger("s")) == {"done"}
        assert archive.store.count_articles() == 8


def was_asked(site: Site, path: str, times: int) -> bool:
    return site.times(path) == times


DIES_OF_POISON = """
import os, signal, sys
import crawler.pipeline
from archive.cli import main

real = crawler.pipeline.ingest

def ingest(archive, site, run, capture, *arguments, **named):
    if "poison" in capture.url:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(archive, site, run, capture, *arguments, **named)

crawler.pipeline.ingest = ingest
sys.exit(main(["crawl", sys.argv[1], "--site", "s", "--data", sys.argv[2]]))
"""


def test_a_page_that_kills_its_process_is_set_aside_and_takes_no_other_with_it(
    tmp_path: Path,
) -> None:
    pages = {f"/p{n}.html": f"<p>page {n}" for n in range(30)} | {"/poison.html": "<p>die"}
    with served({**pages, "/": links(*pages)}) as site:
        command = [sys.executable, "-c", DIES_OF_POISON, site.url, str(tmp_path)]
        codes = [forkserver.run(command).returncode]
        while codes[-1] == -signal.SIGKILL and len(codes) < 9:
            codes.append(forkserver.run(command).returncode)
    assert codes == [-signal.SIGKILL] * 3 + [0]
    with open_archive(tmp_path) as archive:
        frontier = archive.store.frontier
        assert frontier.ledger("s") == {"done": 32, "quarantined": 1}
        (poison,) = frontier.outcomes("s", "quarantined")
    assert poison.url.endswith("/poison.html")
    assert site.times("/poison.html") == 3
