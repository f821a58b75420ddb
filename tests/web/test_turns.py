"""Searches are let in as many at a time as there are processors, in the order they came."""

from __future__ import annotations

import threading

import anyio
from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response

from archive.web.turns import in_turn

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
