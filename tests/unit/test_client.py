"""The client against servers that are slow, endless, gone or elsewhere."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from archive.exchange import MAX_HEAD_BYTES
from crawler.client import Client, WireRequest
from crawler.wire.contexts import Contexts
from crawler.wire.limits import Limits
from tests.unit.client_server import HELLO, QUICK, Line, Talk, fetching, polite, serving

ROUNDS_OF_THE_LOOP = 5
"""More than it takes to read what lies in a socket."""


def test_one_connection_serves_many_requests() -> None:
    found, server = fetching(polite, "/a", "/b", "/c")
    assert [exchange.capture.response for exchange in found] == [HELLO] * 3
    assert server.connections == 1
    assert [head.split()[1] for head in server.heads] == [b"/a", b"/b", b"/c"]
    assert [exchange.capture.request for exchange in found] == server.heads


def test_a_kept_connection_closed_in_between_is_tried_once_more() -> None:
    async def once(line: Line) -> None:
        await line.request()
        await line.say(HELLO)
        if line.server.connections == 1:
            await line.request()
            return
        await polite(line)

    found, server = fetching(once, "/a", "/b")
    assert [exchange.error for exchange in found] == [None, None]
    assert [head.split()[1] for head in server.heads] == [b"/a", b"/b", b"/b"]
    earlier = found[1].earlier
    assert earlier is not None
    assert (earlier.request, earlier.response) == (server.heads[1], b"")


def test_a_post_is_not_sent_twice() -> None:
    async def once(line: Line) -> None:
        await line.request()
        if line.server.connections == 1 and len(line.server.heads) == 1:
            await line.say(HELLO)
            await line.request()

    found, server = fetching(once, "/a", "/b", method="POST")
    assert found[1].error is not None
    assert found[1].error.reason == "closed"
    assert len(server.heads) == 2


def test_a_fresh_connection_that_answers_nothing_is_not_tried_again() -> None:
    async def mute(line: Line) -> None:
        await line.request()

    [exchange], server = fetching(mute, "/a")
    assert exchange.capture.error == "closed: before the first byte of a response"
    assert exchange.capture.request
    assert server.connections == 1


@pytest.mark.parametrize("rounds", [0, ROUNDS_OF_THE_LOOP])
def test_bytes_nobody_asked_for_end_a_kept_connection_read_or_not(rounds: int) -> None:
    async def talkative(line: Line) -> None:
        await line.request()
        await line.say(HELLO)
        if line.server.connections == 1:
            await answered.wait()
            await line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
            said.set()
        await polite(line)

    answered, said = asyncio.Event(), asyncio.Event()

    async def run() -> tuple[list[bytes], int]:
        async with serving(talkative) as server:
            client = Client(None, Contexts().of, QUICK)
            first = await client.fetch(WireRequest(server.url()))
            answered.set()
            await said.wait()
            for _ in range(rounds):  # in which what was said is read
                await asyncio.sleep(0)
            second = await client.fetch(WireRequest(server.url()))
            await client.close()
            return [first.capture.response, second.capture.response], server.connections

    assert asyncio.run(run()) == ([HELLO, HELLO], 2)


def drip(first: bytes, then: bytes) -> Talk:
    """Says ``first`` at once and ``then`` again and again, slowly."""

    async def talk(line: Line) -> None:
        await line.request()
        await line.say(first)
        while True:
            await asyncio.sleep(0.05)
            await line.say(then)

    return talk


ENDLESS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


PATIENT = replace(QUICK, slow_rate=0)


@pytest.mark.parametrize(
    ("first", "then", "limits", "reason"),
    [
        (b"", b"", QUICK, "idle-timeout"),
        (b"HTTP/1.1 200 OK\r\n\r\nx", b"", QUICK, "idle-timeout"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x", QUICK, "too-slow"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x", QUICK, "too-slow"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 50, PATIENT, "total-timeout"),
    ],
)
def test_a_server_that_takes_its_time_is_given_up(
    first: bytes, then: bytes, limits: Limits, reason: str
) -> None:
    limits = replace(limits, slow_after=5) if reason == "idle-timeout" else limits
    began = time.monotonic()
    [exchange], _ = fetching(drip(first, then), "/", limits=limits)
    assert time.monotonic() - began < 3
    assert exchange.error is not None
    assert exchange.error.reason == reason
    assert exchange.capture.response.startswith(first)
    assert exchange.capture.truncated == ("time" if first else None)


def test_a_body_announced_as_too_large_is_given_up_at_once_and_said_to_be_as_large() -> None:
    async def giant(line: Line) -> None:
        await line.request()
        await line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 500000000\r\n\r\n" + b"x" * 100)
        await line.reader.read()

    [exchange], _ = fetching(giant, "/", limits=QUICK)
    assert exchange.error is not None
    assert str(exchange.error) == "body-too-large: 500000000 bytes"
    assert len(exchange.capture.response) < 1_000


def test_an_endless_body_is_cut_at_its_limit() -> None:
    async def flood(line: Line) -> None:
        await line.request()
        await line.say(ENDLESS)
        while True:
            await line.say(b"2710\r\n" + b"x" * 10_000 + b"\r\n")

    [exchange], _ = fetching(flood, "/", limits=replace(QUICK, max_body=1_000_000, total=20))
    assert exchange.error is not None
    assert exchange.error.reason == "body-too-large"
    assert exchange.capture.truncated == "length"
    assert 1_000_000 < len(exchange.capture.response) < 2_000_000


def test_an_endless_head_is_cut_at_its_limit() -> None:
    async def flood(line: Line) -> None:
        await line.request()
        await line.say(b"HTTP/1.1 200 OK\r\n")
        while True:
            await line.say(b"X: y\r\n" * 1000)

    [exchange], _ = fetching(flood, "/", limits=replace(QUICK, total=20))
    assert exchange.error is not None
    assert exchange.error.reason == "head-too-large"
    assert exchange.message is None
    assert exchange.capture.truncated == "length"
    assert len(exchange.capture.response) < MAX_HEAD_BYTES + 600_000
