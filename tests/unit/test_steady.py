"""Clocks that are set and machines that sleep within a run: waits are as long as they should be."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from archive.model import Lead, Site
from archive.steady import elapsed, steady_time
from archive.store import Archive, open_archive
from crawler.politeness import Politeness

HOST = "www.a.cn"
URL = f"http://{HOST}/1"
HOUR = 3_600.0


class Machine:
    """Sets the time of day, and lets the machine sleep."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self._slept = 0.0

    def set_clock(self, seconds: float) -> None:
        real = time.time
        self._patch.setattr(time, "time", lambda: real() + seconds)

    def sleep(self, seconds: float) -> None:
        """Linux counts it in CLOCK_BOOTTIME and not in CLOCK_MONOTONIC."""
        self._slept += seconds
        real = time.clock_gettime
        self._patch.setattr(
            time, "clock_gettime", lambda which: real(which) + self._slept_of(which)
        )
        self.set_clock(seconds)

    def _slept_of(self, which: int) -> float:
        return self._slept if which == time.CLOCK_BOOTTIME else 0.0


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(Site("s", (HOST,)))
        archive.store.frontier.seed("s", [Lead(URL, "page", 0)])
        yield archive


def leased(archive: Archive) -> list[str]:
    return [one.url for one in archive.store.frontier.lease("s", 9, seconds=900)]


@pytest.fixture
def polite() -> Politeness:
    return Politeness(delay=1.0, max_delay=30.0)


@pytest.mark.parametrize("set_by", [-HOUR, HOUR, -366 * 24 * HOUR])
def test_a_clock_that_is_set_neither_prolongs_a_pause_nor_ends_it(
    archive: Archive, polite: Politeness, machine: Machine, set_by: float
) -> None:
    polite.failed(HOST, "http-503", "120")
    [url] = leased(archive)
    frontier = archive.store.frontier
    frontier.give_back("s", url, "http-503", not_before=polite.not_before(HOST))
    machine.set_clock(set_by)
    assert (polite.paused(), leased(archive)) == ([HOST], [])
    machine.sleep(121)
    assert (polite.paused(), leased(archive)) == ([], [URL])


def test_a_machine_that_slept_has_waited(polite: Politeness, machine: Machine) -> None:
    before, deadline = steady_time(), elapsed() + HOUR
    polite.failed(HOST, "http-503", "3600")
    machine.sleep(2 * HOUR)
    assert polite.paused() == []
    assert steady_time() - before == pytest.approx(2 * HOUR, abs=60)
    assert elapsed() >= deadline


def test_a_date_is_read_by_the_time_of_day(machine: Machine) -> None:
    machine.set_clock(-HOUR)
    polite = Politeness(delay=1.0, max_delay=30.0, time_of_day=time.time)
    polite.failed(HOST, "http-503", formatdate(time.time() + 300, usegmt=True))
    assert polite.not_before(HOST) - steady_time() == pytest.approx(300, abs=30)


def test_where_the_system_does_not_count_sleep_seconds_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    before = elapsed()
    assert 0 <= elapsed() - before < 60
