"""Searches are let in as many at a time as there are processors, in the order they came."""

from __future__ import annotations

import threading

import anyio
import pytest
from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message

from archive.store import Archive
from archive.web import Settings
from archive.web.interfaces.oai import OaiError
from archive.web.turns import AT_LEAST, PAGES_AT_ONCE, FewAtOnce, in_turn
from tests.web.serving import SECONDS, serving

READERS = 12


def test_no_more_searches_run_at_once_than_have_a_turn() -> None:
    app = FastAPI()
    mutex = threading.Lock()
    running, most, order = [0], [0], list[str]()

    @in_turn
    def page(request: Request) -> Response:
        with mutex:
            running[0] += 1
            most[0] = max(most[0], running[0])
            order.append(request.url.query)
        threading.Event().wait(0.01)
        with mutex:
            running[0] -= 1
        return PlainTextResponse(request.url.query)

    async def asked() -> list[bytes]:
        answers: dict[int, bytes] = {}

        async def one(number: int) -> None:
            scope = {"type": "http", "app": app, "query_string": b"%d" % number, "path": "/"}
            scope |= {"headers": [], "server": ("127.0.0.1", 80), "scheme": "http", "method": "GET"}
            answers[number] = bytes((await page(Request(scope))).body)

        async with anyio.create_task_group() as readers:
            for number in range(READERS):
                readers.start_soon(one, number)
        assert app.state.turns.borrowed_tokens == 0
        return [answers[number] for number in range(READERS)]

    assert anyio.run(asked) == [b"%d" % number for number in range(READERS)]
    assert most[0] <= app.state.turns.total_tokens
    assert len(order) == READERS


def test_no_more_pages_are_written_at_once_than_a_few_and_all_are() -> None:
    app = FastAPI()
    mutex = threading.Lock()
    running, most, done = [0], [0], [0]

    @app.get("/")
    def page() -> Response:
        with mutex:
            running[0] += 1
            most[0] = max(most[0], running[0])
        threading.Event().wait(0.01)
        with mutex:
            running[0] -= 1
            done[0] += 1
        return PlainTextResponse("page")

    async def asked() -> None:
        few = FewAtOnce(app)
        scope = {"type": "http", "query_string": b"", "path": "/", "raw_path": b"/", "headers": []}
        scope |= {"server": ("127.0.0.1", 80), "scheme": "http", "method": "GET"}
        ready = anyio.Event()

        async def receive() -> Message:
            await ready.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            assert message.get("status", 200) == 200

        async with anyio.create_task_group() as readers:
            for _ in range(3 * PAGES_AT_ONCE):
                readers.start_soon(few, dict(scope), receive, send)
        ready.set()

    anyio.run(asked)
    assert most[0] <= PAGES_AT_ONCE
    assert done[0] == 3 * PAGES_AT_ONCE


@pytest.mark.parametrize(
    ("method", "path", "held"),
    [
        ("GET", "/oai?verb=Identify", "archive.web.interfaces.oai.Harvest.answer"),
        ("POST", "/oai", "archive.web.interfaces.oai.checked"),
        ("GET", "/feed.atom", "archive.web.feed.of_search"),
        ("GET", "/new.atom", "archive.web.feed.of_news"),
    ],
)
def test_pages_are_written_while_more_programs_ask_than_there_are_threads(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, method: str, path: str, held: str
) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def wait(*_: object) -> None:
        begun.release()
        assert go_on.wait(SECONDS)
        raise OaiError("badVerb", "held")

    monkeypatch.setattr(held, wait)
    with serving(archive, Settings(rate=0)) as room:
        programs = [
            threading.Thread(target=room.ask, args=(method, path), daemon=True)
            for _ in range(PAGES_AT_ONCE * 2)
        ]
        pages: list[int] = []
        page = threading.Thread(target=lambda: pages.append(room.get("/runs").status), daemon=True)
        try:
            for one in programs:
                one.start()
            for _ in range(AT_LEAST):
                assert begun.acquire(timeout=SECONDS)
            page.start()
            page.join(SECONDS / 3)
            assert pages == [200]
        finally:
            go_on.set()
            for one in programs:
                one.join(SECONDS)
