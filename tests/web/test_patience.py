"""Clients that keep others waiting: they are not waited for without an end."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from starlette.types import Receive, Scope, Send

from archive.store import Archive
from archive.web import Settings, patience, running
from tests.web.serving import SECONDS, Served, serving

BEGUN = b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
POSTED = b"POST /oai HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nverb="
ASKING = POSTED.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
PIECE = b"x" * 65_536


@pytest.fixture
def open_to() -> Iterator[ExitStack]:
    with ExitStack() as lines:
        yield lines


def _line(room: Served, lines: ExitStack, words: bytes) -> socket.socket:
    line = lines.enter_context(socket.create_connection((room.host, room.port), SECONDS))
    line.sendall(words)
    return line


def _is_ended(line: socket.socket) -> bool:
    """Waits until the other side ends the connection, or for as long as a test may take."""
    try:
        return line.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("words", [b"", BEGUN, POSTED])
def test_a_request_that_does_not_come_is_not_waited_for(
    archive: Archive, open_to: ExitStack, monkeypatch: pytest.MonkeyPatch, words: bytes
) -> None:
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.2)
    with serving(archive, Settings(rate=0)) as room:
        assert _is_ended(_line(room, open_to, words))
        assert room.get("/robots.txt").status == 200


def test_a_full_room_is_entered_in_place_of_who_does_not_say_all_he_wants(
    archive: Archive, open_to: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MAX_CONNECTIONS", 5)
    with serving(archive, Settings(rate=0)) as room:
        posting = [_line(room, open_to, ASKING) for _ in range(4)]
        for line in posting:
            assert line.recv(12) == b"HTTP/1.1 100"
        assert [room.get("/robots.txt").status for _ in posting] == [200] * 4


def test_a_full_room_is_entered_in_place_of_who_is_idle(
    archive: Archive, open_to: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MAX_CONNECTIONS", 5)
    with serving(archive, Settings(rate=0)) as room:
        first, *others = [_line(room, open_to, BEGUN) for _ in range(8)]
        assert room.get("/robots.txt").status == 200
        assert _is_ended(first)
        others[-1].sendall(b"x\r\n\r\n")
        assert others[-1].recv(12) == b"HTTP/1.1 200"


def test_an_answer_that_is_not_taken_is_given_up(
    archive: Archive, open_to: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "UNTAKEN_SECONDS", 0.2)
    ended: list[float] = []

    async def left(receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    async def endless(scope: Scope, receive: Receive, send: Send) -> None:
        is_left = asyncio.ensure_future(left(receive))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while not is_left.done():
            await send({"type": "http.response.body", "body": PIECE, "more_body": True})
            await asyncio.sleep(0)
        ended.append(time.monotonic())

    with serving(archive, app=endless) as room:
        asked = time.monotonic()
        line = _line(room, open_to, BEGUN + b"x\r\n\r\n")
        while not ended and time.monotonic() < asked + SECONDS:
            time.sleep(0.05)
        assert ended
        line.close()


def test_who_leaves_in_the_middle_of_a_request_is_no_fault(
    archive: Archive, open_to: ExitStack, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), serving(archive, Settings(rate=0)) as room:
        _line(room, open_to, POSTED).close()
        assert room.get("/robots.txt").status == 200
    assert [one.message for one in caplog.records if one.exc_info] == []
