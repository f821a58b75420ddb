"""The site pass of one host: the same result however its pages were held; workers that end with the
process that wanted their answer."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from archive.cleaning import HostModel, Page, extract_page
from archive.errors import StoppedError
from archive.model import Extraction, PageKind
from archive.sitepass import hosts, reader
from archive.sitepass import reader as reader_module
from archive.sitepass.latest import latest_pages
from archive.sitepass.reader import Candidates, Reader
from archive.sitepass.workers import workers_of
from archive.warc import WarcWriter
from tests.hanging import hanging
from tests.unit.host_pages import kept, kept_pages, page, said

PROGRAM = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from archive.orphans import end_with_parent
if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=end_with_parent) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        time.sleep(600)
"""
PATIENCE_SECONDS = 120


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE) as parent:
        try:
            assert parent.stdout is not None
            worker = int(parent.stdout.readline())
            assert is_alive(worker)
        finally:
            parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + PATIENCE_SECONDS
    while is_alive(worker) and time.monotonic() < until:
        time.sleep(0.05)
    ended = not is_alive(worker)
    if not ended:
        os.kill(worker, signal.SIGKILL)
    assert ended


@pytest.fixture
def pages(tmp_path: Path) -> list[Candidates]:
    return [(row,) for row in kept_pages(tmp_path, 9)]


@pytest.fixture
def expected(tmp_path: Path, pages: list[Candidates]) -> hosts.HostReading:
    """What one process reads that holds every page in memory."""
    (host,) = hosts.read_hosts(tmp_path, pages, 1)
    assert [r.row.url for r in host.reads] == [one[0].url for one in pages]
    assert all("会议通过了决定" in r.extraction.text for r in host.reads)
    assert host.model.pages == 9
    assert host.told == {one[0].id: PageKind.ARTICLE for one in pages}
    return host


def test_a_page_read_twice_says_what_a_page_held_in_memory_says(
    tmp_path: Path, pages: list[Candidates], expected: hosts.HostReading
) -> None:
    rows = [one[0] for one in pages]
    reader = Reader(room=len(page(0)) * 3)
    assert len(reader.learn(tmp_path, rows)) == 9
    assert tuple(reader.read(tmp_path, pages, expected.model).reads) == expected.reads


def test_a_page_too_long_to_be_held_is_read_twice(
    tmp_path: Path,
    pages: list[Candidates],
    expected: hosts.HostReading,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader_module, "HELD_EACH", 10)
    reader = Reader()
    assert len(reader.learn(tmp_path, [one[0] for one in pages])) == 9
    assert not reader._held
    assert tuple(reader.read(tmp_path, pages, expected.model).reads) == expected.reads


def test_a_page_takes_as_much_room_as_its_tags_do(
    tmp_path: Path,
    pages: list[Candidates],
    expected: hosts.HostReading,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader_module, "TAG_CHARACTERS", 1000)
    reader = Reader(room=3500 * page(0).count("<"))
    for _ in range(2):  # what was given back is there again
        reader.learn(tmp_path, [one[0] for one in pages])
        assert len(reader._held) == 3
        assert tuple(reader.read(tmp_path, pages, expected.model).reads) == expected.reads


def test_two_processes_read_what_one_reads_and_a_dead_one_is_replaced(
    tmp_path: Path,
    pages: list[Candidates],
    expected: hosts.HostReading,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hosts, "CHUNK_PAGES", 2)
    monkeypatch.setattr(hosts, "WORTH_A_PROCESS", 1)
    killed: list[int | None] = []

    steps: list[tuple[int, int]] = []

    def kill_one(done: int, total: int) -> None:
        """One of the two dies when it has learnt, with what it held."""
        steps.append((done, total))
        if not killed and done:
            workers = multiprocessing.active_children()
            assert len(workers) == 2
            killed.append(workers[0].pid)
            workers[0].kill()
            workers[0].join()

    (host,) = hosts.read_hosts(tmp_path, pages, 2, on_steps=kill_one)
    assert steps[-1] == (18, 18)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert len(killed) == 1
    assert said(host) == said(expected)
    assert multiprocessing.active_children() == []


def test_a_large_host_is_learnt_from_the_same_pages_in_whatever_order_they_come(
    tmp_path: Path, pages: list[Candidates], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "LEARN_PAGES", 4)
    (host,) = hosts.read_hosts(tmp_path, pages, 1)
    (turned,) = hosts.read_hosts(tmp_path, pages[::-1], 1)
    assert host.model.pages == 4
    assert host.model == turned.model
    assert len(host.reads) == 9


def test_a_page_nobody_thought_of_costs_itself_only(
    tmp_path: Path, pages: list[Candidates], monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract(page: Page, model: HostModel) -> Extraction:
        if page.url == pages[3][0].url:
            raise ZeroDivisionError("a date of no calendar")
        return extract_page(page, model)

    monkeypatch.setattr(reader, "extract_page", extract)
    (host,) = hosts.read_hosts(tmp_path, pages, 1)
    assert [r.row.url for r in host.reads] == [p[0].url for p in pages if p is not pages[3]]
    why = "not cleaned: ZeroDivisionError: a date of no calendar"
    assert host.unread == (f"{pages[3][0].url}: {why}",)


@pytest.mark.parametrize(
    ("said", "is_then"),
    [
        ("您访问的页面不存在，请返回首页。", PageKind.SOFT_404),
        ("您的访问过于频繁，请稍后再试。", PageKind.CHALLENGE),
    ],
)
def test_an_unread_page_that_only_stands_in_its_place_takes_nothing_away(
    tmp_path: Path, said: str, is_then: PageKind
) -> None:
    address = "http://www.example.ac.cn/dj/t20100105_1.html"
    missing = f"<title>研究所</title><body><p>{said}</p></body>"
    with WarcWriter(tmp_path, prefix="soft") as writer:
        rows = [
            kept(writer, address, page(1), 1, day=1),
            kept(writer, address, missing, 2, day=2),
            kept(writer, address, missing + " ", 3, day=3),
        ]
    (candidates,) = latest_pages(rows)
    assert [row.id for row in candidates] == [3, 2, 1]
    (host,) = hosts.read_hosts(tmp_path, [candidates], 1)
    assert [one.row.id for one in host.reads] == [1]
    assert host.told == {3: is_then, 2: is_then, 1: PageKind.ARTICLE}
    known = [replace(row, kind=host.told[row.id]) for row in rows]
    assert latest_pages(known) == [(known[0],)]


def test_a_worker_whose_answer_is_not_wanted_any_more_ends_in_the_middle_of_it(
    tmp_path: Path, pages: list[Candidates], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = str(hanging(tmp_path, "endless.warc.gz", monkeypatch))
    rows = [one[0] for one in pages]
    endless = [replace(row, pointer=replace(row.pointer, file=name)) for row in rows]
    with workers_of(2) as (one, other):
        taught = other.learn(tmp_path, rows)
        waiting = one.learn(tmp_path, endless)
        assert None not in taught.result()
        assert not waiting.is_there(0.05)
    assert multiprocessing.active_children() == []


def test_a_pass_can_be_ended_while_a_page_is_waited_for(
    tmp_path: Path, pages: list[Candidates], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "CHUNK_PAGES", 2)
    monkeypatch.setattr(hosts, "WORTH_A_PROCESS", 1)
    name = str(hanging(tmp_path, "endless.warc.gz", monkeypatch))
    first = pages[0][0]
    endless = (replace(first, pointer=replace(first.pointer, file=name)),)
    told: list[int] = []

    def end(done: int, total: int) -> None:
        told.append(done)
        if len(told) == 3:
            raise StoppedError(143)

    with pytest.raises(StoppedError):
        hosts.read_hosts(tmp_path, [endless, *pages[1:]], 2, on_steps=end)
    assert told == [0, 0, 0]
    assert multiprocessing.active_children() == []
