"""A walk that is told to stop waits for what is on its way, and for nothing that has not been asked
for: a host may want half a minute between two requests."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from archive.store import open_archive
from tests.crawl.night import ARTICLES, PATIENCE_SECONDS, institute, night, profile, start, wait_for
from tests.crawl.server import EVERYTHING_ALLOWED, Answer, served

DELAY_SECONDS = 30
SLOWLY = Answer(f"User-agent: *\nCrawl-delay: {DELAY_SECONDS}\n", content_type="text/plain")


def test_a_stopped_night_does_not_wait_for_the_turn_of_pages_it_has_not_asked_for(
    tmp_path: Path,
) -> None:
    with served(institute(), robots=SLOWLY) as site:
        profile(tmp_path, site)
        process = start(tmp_path)
        # robots.txt and the start page; the articles that it names wait for their turn.
        wait_for(lambda: site.times("/") == 1)
        wait_for(lambda: "leased" in states(tmp_path, "/zhxw/"))
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
        assert time.monotonic() - began < 2 * DELAY_SECONDS
        assert (process.returncode, err) == (143, ""), out
        assert not [path for path in site.asked if path.startswith("/zhxw/")]
    # As if they had not been handed out.
    assert states(tmp_path, "/zhxw/") == {"waiting"}


def test_the_next_night_asks_for_what_a_stopped_one_left(tmp_path: Path) -> None:
    robots = [SLOWLY]
    pages = institute()

    def answer(path: str) -> Answer | str | None:
        return robots[-1] if path == "/robots.txt" else pages.get(path)

    with served(answer, robots=None) as site:
        profile(tmp_path, site)
        process = start(tmp_path)
        wait_for(lambda: site.times("/") == 1)
        wait_for(lambda: "leased" in states(tmp_path, "/zhxw/"))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)
        robots.append(EVERYTHING_ALLOWED)
        again, _, err = night(tmp_path)
    assert (again, err) == (0, "")
    assert [site.times(path) for path in pages] == [1] * len(pages)
    with open_archive(tmp_path) as archive:
        assert archive.store.count_articles() == ARTICLES


def states(data: Path, under: str) -> set[str]:
    """The states of all addresses with ``under`` in their path, at one moment of the walk."""
    with open_archive(data) as archive:
        entries = archive.store.frontier.entries("s")
        return {entry.state for entry in entries if under in entry.url}
