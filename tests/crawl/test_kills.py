"""Kill a crawl whenever you like: nothing is lost, little is asked for again.

`./scripts/bench kills` does the same a hundred times.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from archive.store import open_archive
from tests import forkserver
from tests.crawl.kills import CONCURRENCY, kill_often
from tests.crawl.server import links, served

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
