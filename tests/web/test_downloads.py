"""Downloads leave the reading room to its readers, and end with those who asked for them."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import BinaryIO

import anyio
import pytest
from fastapi import FastAPI, Request

from archive import export
from archive.model import Article
from archive.store import Archive
from archive.web.downloads import (
    DOWNLOADS_AT_ONCE,
    PIECE_BYTES,
    gathered,
    made_in_turn,
    while_wanted,
)
from archive.web.turns import PAGES_AT_ONCE
from tests.web.holdings import KEPT
from tests.web.serving import serving

SECONDS = 30


def test_pages_are_written_while_more_files_are_made_than_there_are_threads(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()
    making, most = [0], [0]

    def held(articles: Iterable[Article], target: BinaryIO) -> int:
        making[0] += 1
        most[0] = max(most[0], making[0])
        begun.release()
        assert go_on.wait(SECONDS)
        making[0] -= 1
        return export.write_csv(articles, target)

    monkeypatch.setitem(export.FORMATS, "csv", held)
    with serving(archive) as room:
        statuses: list[int] = []
        readers = [
            threading.Thread(target=lambda: statuses.append(room.get("/export.csv").status))
            for _ in range(PAGES_AT_ONCE * 2)
        ]
        page = threading.Thread(
            target=lambda: statuses.append(room.get(f"/article/{KEPT}").status), daemon=True
        )
        try:
            for one in readers:
                one.start()
            for _ in range(DOWNLOADS_AT_ONCE):
                assert begun.acquire(timeout=SECONDS)
            page.start()
            page.join(SECONDS / 3)
            assert statuses == [200]
        finally:
            go_on.set()
            for one in (*readers, page):
                one.join(SECONDS)
    assert statuses == [200] * (len(readers) + 1)
    assert most[0] == DOWNLOADS_AT_ONCE


def test_nothing_more_is_read_for_a_reader_who_left() -> None:
    reading, left = threading.Event(), threading.Event()
    read: list[int] = []

    def articles() -> Iterator[int]:
        for number in range(1_000):
            read.append(number)
            yield number
            reading.set()
            assert left.wait(SECONDS)

    def whole() -> Iterator[bytes]:
        yield b"".join(b"%d" % one for one in while_wanted(articles()))

    async def asked() -> None:
        request = Request({"type": "http", "app": FastAPI()})

        async def reader() -> None:
            async for _ in made_in_turn(request, whole()):
                raise AssertionError("nobody waits for it")

        async with anyio.create_task_group() as group:
            group.start_soon(reader)
            assert await anyio.to_thread.run_sync(reading.wait, SECONDS)
            group.cancel_scope.cancel()
            left.set()
        assert request.app.state.downloads.borrowed_tokens == 0

    anyio.run(asked)
    assert len(read) <= 3


def test_a_file_sent_as_it_is_read_is_held_a_piece_at_a_time() -> None:
    lines = [b"x" * 10_000] * 50
    pieces = list(gathered(iter(lines)))
    assert b"".join(pieces) == b"".join(lines)
    assert max(map(len, pieces)) < PIECE_BYTES + 10_000
    assert list(gathered(())) == []


def test_an_articles_evidence_is_made_on_a_thread_for_downloads_and_sent_in_pieces(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()
    longest: list[int] = []

    def held(_: Archive, article: Article, target: BinaryIO) -> None:
        begun.release()
        assert go_on.wait(SECONDS)
        target.write(article.id.encode() * PIECE_BYTES * 4)

    def watched(request: Request, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
        def measured() -> Iterator[bytes]:
            for one in pieces:
                longest.append(len(one))
                yield one

        return made_in_turn(request, measured())

    monkeypatch.setattr("archive.web.witness_page.article_package", held)
    monkeypatch.setattr("archive.web.witness_page.made_in_turn", watched)
    with serving(archive) as room:
        answers: list[bytes] = []
        path = f"/article/{KEPT}/evidence.wacz"
        readers = [
            threading.Thread(target=lambda: answers.append(room.get(path).body))
            for _ in range(PAGES_AT_ONCE * 2)
        ]
        page = threading.Thread(target=lambda: answers.append(room.get("/runs").body), daemon=True)
        try:
            for one in readers:
                one.start()
            for _ in range(DOWNLOADS_AT_ONCE):
                assert begun.acquire(timeout=SECONDS)
            page.start()
            page.join(SECONDS / 3)
            assert len(answers) == 1
        finally:
            go_on.set()
            for one in (*readers, page):
                one.join(SECONDS)
    assert answers[1:] == [KEPT.encode() * PIECE_BYTES * 4] * len(readers)
    assert max(longest) == PIECE_BYTES
