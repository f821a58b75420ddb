"""Readers with a memory: the same answers, nobody asked twice, and nothing relied on blindly."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from archive.cleaning import HostModel
from archive.cleaning.hostmodel import Lesson
from archive.cleaning.selectors import Selectors
from archive.model import CaptureRow
from archive.sitepass import hosts, memory
from archive.sitepass.latest import latest_pages
from archive.sitepass.memory import remembering
from archive.sitepass.reader import Candidates, ChunkRead
from archive.sitepass.recalling import recalling
from archive.sitepass.workers import Answer, Worker, workers_of
from archive.warc import WarcWriter
from tests.unit.host_pages import kept, kept_pages, page, said

SITE = "研究所"


class Counted:
    """Readers that count the pages they are asked for."""

    def __init__(self) -> None:
        self.learnt = self.read_pages = 0

    @contextmanager
    def __call__(self, count: int) -> Iterator[Sequence[Worker]]:
        with workers_of(1) as (worker,):
            self._worker = worker
            yield [self]

    def learn(self, warc_dir: Path, rows: Sequence[CaptureRow]) -> Answer[list[Lesson | None]]:
        self.learnt += len(rows)
        return self._worker.learn(warc_dir, rows)

    def read(
        self, warc_dir: Path, chunk: Sequence[Candidates], model: HostModel
    ) -> Answer[ChunkRead]:
        self.read_pages += len(chunk)
        return self._worker.read(warc_dir, chunk, model)


def read(
    folder: Path, pages: Sequence[Candidates], selectors: Selectors | None = None
) -> tuple[hosts.HostReading, int, int]:
    """What the pages say, and of how many somebody had to learn and read."""
    asked = Counted()
    with remembering(folder, SITE) as known, pytest.MonkeyPatch.context() as patch:
        patch.setattr("archive.sitepass.recalling.FEW", 0)
        readers = recalling(known, asked)
        (host,) = hosts.read_hosts(folder, pages, 1, selectors or Selectors(), readers=readers)
    return host, asked.learnt, asked.read_pages


@pytest.fixture
def pages(tmp_path: Path) -> list[Candidates]:
    return [(row,) for row in kept_pages(tmp_path, 9)]


def test_what_was_read_is_not_read_again_and_says_the_same(
    tmp_path: Path, pages: list[Candidates]
) -> None:
    first, *asked = read(tmp_path, pages)
    assert asked == [9, 9]
    again, *asked = read(tmp_path, pages)
    assert asked == [0, 0]
    assert said(again) == said(first)
    assert again.told == first.told


def test_only_a_new_page_is_read_as_long_as_it_teaches_nothing_new(
    tmp_path: Path, pages: list[Candidates]
) -> None:
    read(tmp_path, pages[:8])
    more, *asked = read(tmp_path, pages)
    assert asked == [1, 1]
    (plain,) = hosts.read_hosts(tmp_path, pages, 1)
    assert said(more) == said(plain)


def test_what_is_known_of_the_host_changes_what_every_page_says(
    tmp_path: Path, pages: list[Candidates]
) -> None:
    read(tmp_path, pages)
    selectors = Selectors(title="div")
    other, *asked = read(tmp_path, pages, selectors)
    assert asked == [0, 9]
    (plain,) = hosts.read_hosts(tmp_path, pages, 1, selectors)
    assert said(other) == said(plain)


def test_another_edition_of_the_program_reads_everything(
    tmp_path: Path, pages: list[Candidates], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path, pages)
    monkeypatch.setattr(memory, "edition", lambda: "another")
    assert read(tmp_path, pages)[1:] == (9, 9)
    assert read(tmp_path, pages)[1:] == (0, 0)


def test_a_page_that_could_not_be_read_is_asked_for_each_time(
    tmp_path: Path, pages: list[Candidates]
) -> None:
    (row,) = pages[3]
    lost = [*pages[:3], (replace(row, pointer=replace(row.pointer, file="gone.warc.gz")),)]
    for _ in range(2):
        host, learnt, asked = read(tmp_path, lost)
        assert len(host.unread) == 1
    assert (learnt, asked) == (1, 1)
    host, learnt, asked = read(tmp_path, pages[:4])
    assert (len(host.reads), host.unread, learnt, asked) == (4, (), 1, 1)


def test_an_address_whose_page_is_not_there_is_spoken_for_by_the_one_before(tmp_path: Path) -> None:
    address = "http://www.example.ac.cn/dj/t20100105_1.html"
    missing = "<title>研究所</title><body><p>您访问的页面不存在，请返回首页。</p></body>"
    with WarcWriter(tmp_path, prefix="soft") as writer:
        rows = [kept(writer, address, page(1), 1), kept(writer, address, missing, 2, day=2)]
    (candidates,) = latest_pages(rows)
    first, again = read(tmp_path, [candidates])[0], read(tmp_path, [candidates])[0]
    assert [one.row.id for one in again.reads] == [1]
    assert said(again) == said(first)


@pytest.mark.parametrize("damage", [b"no database at all", b""])
def test_a_damaged_memory_costs_the_reading_and_is_made_again(
    tmp_path: Path, pages: list[Candidates], damage: bytes
) -> None:
    first, *_ = read(tmp_path, pages)
    (path,) = (tmp_path / memory.FOLDER).glob("*.db")
    path.write_bytes(damage)
    again, *asked = read(tmp_path, pages)
    assert asked == [9, 9]
    assert said(again) == said(first)
    assert read(tmp_path, pages)[1:] == (0, 0)


def test_a_reading_that_is_damaged_within_the_file_is_no_answer(
    tmp_path: Path, pages: list[Candidates]
) -> None:
    first, *_ = read(tmp_path, pages)
    (path,) = (tmp_path / memory.FOLDER).glob("*.db")
    with sqlite3.connect(path) as rows:
        rows.execute("UPDATE readings SET body = x'00ff' WHERE rowid = 4")
    rows.close()
    again, _, asked = read(tmp_path, pages)
    assert asked == 9
    assert said(again) == said(first)


def test_where_nothing_can_be_kept_everything_is_read(
    tmp_path: Path, pages: list[Candidates]
) -> None:
    (tmp_path / memory.FOLDER).write_text("a file where the folder should be", encoding="utf-8")
    for _ in range(2):
        host, *asked = read(tmp_path, pages)
        assert asked == [9, 9]
        assert len(host.reads) == 9


def test_what_nobody_asks_for_any_more_is_forgotten(
    tmp_path: Path, pages: list[Candidates]
) -> None:
    read(tmp_path, pages)
    rows = [one[0] for one in pages]
    with remembering(tmp_path, SITE) as known:
        known.readings(rows[:3], "any model")
        assert len(known.lessons(rows)) == 9
        known.forget_unused()
    with remembering(tmp_path, SITE) as known:
        assert len(known.lessons(rows)) == 3
