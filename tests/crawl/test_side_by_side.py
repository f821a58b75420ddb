"""Several sites walked at a time: each as it would be alone, under one lock, ended together."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from archive.model import Site as Known
from archive.profiles import Profile
from archive.store import Filters, open_archive
from crawler.side_by_side import LOOK_SECONDS, _meets, hosts_of
from tests.crawl.night import (
    ARTICLES,
    PATIENCE_SECONDS,
    institute,
    night,
    profile,
    report,
    start,
    wait_for,
)
from tests.crawl.server import Answer, Site, served
from tests.processes import children, have_ended

NAMES = ("a", "b", "c")


@contextmanager
def sites(data: Path, held: Callable[[str], bool]) -> Iterator[tuple[list[Site], threading.Event]]:
    """A site for each name, with a profile; answers for paths that are ``held`` wait until the
    event is set."""
    over = threading.Event()

    def answer(path: str) -> Answer | str | None:
        if held(path):
            over.wait(PATIENCE_SECONDS)
        return institute().get(path)

    with ExitStack() as stack:
        found = [stack.enter_context(served(answer)) for _ in NAMES]
        stack.callback(over.set)
        for name, site in zip(NAMES, found, strict=True):
            profile(data, site, name)
        yield found, over


def _articles(path: str) -> bool:
    return path.startswith("/zhxw/")


def _at_work(pid: int) -> list[int]:
    """The processes that walk sites: forked from the one that has the program loaded."""
    return [one for server in children(pid) for one in children(server)]


def _newest(data: Path) -> list[dict[str, Any]]:
    """The last report of each site."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((data / "runs").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        found[told["site"]] = told
    return [found[name] for name in NAMES]


def _are_walked(found: list[Site]) -> bool:
    return all(any(map(_articles, site.asked)) for site in found)


def test_sites_are_walked_at_a_time_and_each_is_what_it_would_be_alone(tmp_path: Path) -> None:
    with sites(tmp_path, _articles) as (found, over):
        begun = start(tmp_path, "--jobs", "3")
        wait_for(lambda: _are_walked(found))  # none has ended, and all have been asked
        over.set()
        out, err = begun.communicate(timeout=PATIENCE_SECONDS)
    assert (begun.returncode, err) == (0, "")
    assert sorted(line.partition(":")[0] for line in out.splitlines()) == list(NAMES)
    assert out.count(f"{ARTICLES} articles, {ARTICLES} new") == len(NAMES)
    for run in (1, 2, 3):
        told = report(tmp_path, run)
        assert (told["exit_code"], told["notes"]) == (0, [])


def test_sites_are_walked_at_a_time_into_one_database_server(
    tmp_path: Path, postgres_database: str
) -> None:
    with sites(tmp_path, _articles) as (found, over):
        begun = start(tmp_path, "--jobs", "3", "--database", postgres_database)
        wait_for(lambda: _are_walked(found))
        over.set()
        out, err = begun.communicate(timeout=PATIENCE_SECONDS)
    assert (begun.returncode, err) == (0, "")
    assert out.count(f"{ARTICLES} articles, {ARTICLES} new") == len(NAMES)
    with open_archive(tmp_path, database=postgres_database) as archive:
        assert archive.store.count_articles(Filters()) == len(NAMES) * ARTICLES


def test_a_site_waits_for_another_one_that_asks_the_same_host(tmp_path: Path) -> None:
    with sites(tmp_path, _articles) as (found, over):
        profile(tmp_path, found[0], "again")
        begun = start(tmp_path, "--jobs", "4")
        wait_for(lambda: _are_walked(found))
        at_work = len(_at_work(begun.pid))
        over.set()
        begun.communicate(timeout=PATIENCE_SECONDS)
    assert (begun.returncode, at_work) == (0, len(NAMES))


def test_a_signal_reaches_every_site_and_what_is_on_its_way_is_waited_for(tmp_path: Path) -> None:
    with sites(tmp_path, _articles) as (found, over):
        begun = start(tmp_path, "--jobs", "2")
        wait_for(lambda: sum(any(map(_articles, site.asked)) for site in found) == 2)
        begun.send_signal(signal.SIGTERM)
        over.set()
        out, _ = begun.communicate(timeout=PATIENCE_SECONDS)
        assert begun.returncode == 143
        assert out.count("interrupted") == 2
        assert "c: not begun, the night was stopped" in out
        assert night(tmp_path, "--jobs", "3")[0] == 0
        assert all(one["articles"]["total"] == ARTICLES for one in _newest(tmp_path))


def test_a_second_signal_ends_every_site_at_once(tmp_path: Path) -> None:
    with sites(tmp_path, _articles) as (found, over):
        begun = start(tmp_path, "--jobs", "3")
        wait_for(lambda: _are_walked(found))
        at_work = _at_work(begun.pid)
        begun.send_signal(signal.SIGTERM)
        time.sleep(LOOK_SECONDS)
        begun.send_signal(signal.SIGTERM)
        begun.communicate(timeout=PATIENCE_SECONDS)
        assert not over.is_set()
        assert (begun.returncode, len(at_work)) == (143, len(NAMES))
        assert have_ended(at_work)


def test_the_directory_stays_locked_until_the_last_process_has_ended(tmp_path: Path) -> None:
    with sites(tmp_path, _articles) as (found, over):
        begun = start(tmp_path, "--jobs", "3")
        wait_for(lambda: _are_walked(found))
        at_work = _at_work(begun.pid)
        begun.kill()
        begun.wait(PATIENCE_SECONDS)
        code, _, err = night(tmp_path)
        assert (code, len(at_work)) == (75, len(NAMES))
        assert f"nightly (process {begun.pid} on " in err
        over.set()
        begun.communicate(timeout=PATIENCE_SECONDS)  # until nobody holds its streams
    assert [one["exit_code"] for one in _newest(tmp_path)] == [0, 0, 0]


def test_a_process_that_is_killed_is_begun_again_in_the_same_night(tmp_path: Path) -> None:
    with sites(tmp_path, _articles) as (found, over):
        begun = start(tmp_path, "--jobs", "3")
        wait_for(lambda: _are_walked(found))
        os.kill(_at_work(begun.pid)[0], signal.SIGKILL)
        over.set()
        out, err = begun.communicate(timeout=PATIENCE_SECONDS)
    assert (begun.returncode, err) == (0, "")
    assert out.count(f"{ARTICLES} articles, {ARTICLES} new") == len(NAMES)
    assert sum(" died: " in str(one["notes"]) for one in _newest(tmp_path)) == 1


def test_a_process_that_is_killed_twice_costs_its_site_only(tmp_path: Path) -> None:
    with sites(tmp_path, _articles) as (found, over):
        begun = start(tmp_path, "--jobs", "3")
        wait_for(lambda: _are_walked(found))
        killed, *others = _at_work(begun.pid)
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: len({*_at_work(begun.pid)} - {killed, *others}) == 1)
        [again] = {*_at_work(begun.pid)} - {killed, *others}
        os.kill(again, signal.SIGKILL)
        over.set()
        out, err = begun.communicate(timeout=PATIENCE_SECONDS)
        assert begun.returncode == 1
        assert re.search("^palimpsest: [abc]: its process was ended by signal 9;", err)
        assert out.count(f"{ARTICLES} articles, {ARTICLES} new") == 2
        code, out, _ = night(tmp_path, "--jobs", "3")
    assert code == 0
    assert out.count(f"{ARTICLES} articles") == len(NAMES)


def test_processes_of_which_nobody_knows_how_they_ended_are_told_of(tmp_path: Path) -> None:
    with sites(tmp_path, _articles) as (found, over):
        begun = start(tmp_path, "--jobs", "3")
        wait_for(lambda: _are_walked(found))
        (server,) = [one for one in children(begun.pid) if children(one)]
        os.kill(server, signal.SIGKILL)
        code = begun.wait(PATIENCE_SECONDS)
        over.set()
        _, err = begun.communicate(timeout=PATIENCE_SECONDS)
    assert (code, err.count("nobody knows how its process ended")) == (1, len(NAMES))
    assert night(tmp_path)[0] == 69  # the servers are gone, and the directory is free


def test_a_site_may_ask_what_its_profile_and_the_nights_before_name() -> None:
    asked = hosts_of(
        Profile("s", ("http://www.example.ac.cn/",), ("http://copy.example.com/",)),
        Known("s", ("www.example.ac.cn", "old.example.org"), ("other.example.net",)),
    )
    assert asked == {"example.ac.cn", "copy.example.com", "old.example.org", "other.example.net"}


@pytest.mark.parametrize(
    ("host", "meets"),
    [
        ("lab.example.ac.cn", True),
        ("example.ac.cn", True),
        ("ac.cn", True),
        ("another-example.ac.cn", False),
        ("127.0.0.1:8001", False),
        ("127.0.0.1:8000", True),
    ],
)
def test_a_host_meets_what_is_above_and_below_it(host: str, meets: bool) -> None:
    assert _meets(["example.ac.cn", "127.0.0.1:8000"])(host) is meets
