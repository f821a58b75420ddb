"""Lenient reading of HTTP/1.x messages from raw bytes."""

from __future__ import annotations

import gzip
import random
import sys
import time
import zlib
from collections.abc import Callable
from itertools import pairwise

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import (
    ContentCodingError,
    ContentTooLargeError,
    FramingError,
    HeadTooLargeError,
    HttpError,
)
from archive.exchange import (
    MAX_HEAD_BYTES,
    HttpMessage,
    ResponseFraming,
    media_type,
    message_of,
    read_response,
)
from archive.exchange.coding import MAX_STREAMS, undo_beginning
from crawler.selftest.scenarios import SCENARIOS, WHOLE, Scenario

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

OK = b"HTTP/1.1 200 OK\r\n"
TEXT = "党支部 notice ".encode("gbk") * 50


def coded(body: bytes, *codings: str) -> HttpMessage:
    return HttpMessage("1.1", 200, "OK", (("Content-Encoding", ", ".join(codings)),), body, ())


@pytest.mark.parametrize("scenario", WHOLE, ids=lambda s: s.name)
def test_every_whole_odd_response_gives_its_payload(scenario: Scenario) -> None:
    assert read_response(b"".join(scenario.parts), scenario.method).body == scenario.payload


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_framing_does_not_depend_on_how_the_bytes_arrive(scenario: Scenario) -> None:
    raw = b"".join(scenario.parts)
    if len(raw) > 100_000 or scenario.error == "not-http":
        raw = raw[:3000] if scenario.error != "not-http" else b"HTTP/1.1 200 OK\r\n\r\n"
    whole, single = ResponseFraming(scenario.method), ResponseFraming(scenario.method)
    whole.feed(raw)
    for byte in raw:
        single.feed(bytes([byte]))
    assert single.complete == whole.complete
    if raw:
        whole.end_of_input()
        single.end_of_input()
        assert message_of(single) == message_of(whole)
    assert bytes(single.raw) == raw


def test_interim_responses_are_skipped() -> None:
    raw = b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nhi"
    message = read_response(raw)
    assert (message.status, message.header("link"), message.body) == (200, None, b"hi")


def test_what_is_forgiven_is_named() -> None:
    raw = b"HTTP/1.1 200\nA: 1\n 2\nno colon\nContent-Length: 2\nContent-Length: 2\n\nhi there"
    message = read_response(raw)
    assert message.header("a") == "1 2"
    assert message.reason == ""
    assert message.body == b"hi"
    assert set(message.faults) == {
        "line-feed-only",
        "obsolete-folding",
        "line-without-colon",
        "duplicate-content-length",
        "bytes-after-end",
    }


def test_header_values_keep_their_bytes() -> None:
    name = "党支部".encode("gbk")
    message = read_response(OK + b"X-Name: " + name + b"\r\nx-name: second\r\n\r\n")
    value = message.header("X-NAME")
    assert value is not None
    assert value.encode("latin-1") == name
    assert message.all_headers("X-Name")[1] == "second"


@pytest.mark.parametrize("raw", [b"", b"HTTP", b"<html>", b"HTTP/1.1 abc\r\n\r\n", b"\r\n\r\n"])
def test_bytes_without_a_status_line_are_no_response(raw: bytes) -> None:
    with pytest.raises(HttpError):
        read_response(raw)


def test_a_head_without_end_is_cut_at_its_limit() -> None:
    framing = ResponseFraming()
    framing.feed(OK)
    line = b"X: " + b"y" * 995 + b"\r\n"
    while len(framing.raw) + len(line) <= MAX_HEAD_BYTES:
        framing.feed(line)
    with pytest.raises(HeadTooLargeError):
        framing.feed(line)
    assert len(framing.raw) < MAX_HEAD_BYTES + 2000


def test_endless_interim_responses_and_trailers_are_heads_too() -> None:
    with pytest.raises(HeadTooLargeError):
        read_response(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000)
    with pytest.raises(HeadTooLargeError):
        read_response(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 20_000)


def test_contradicting_lengths_are_an_error() -> None:
    with pytest.raises(FramingError):
        read_response(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab")


@pytest.mark.parametrize(
    ("tail", "fault", "body"),
    [
        (b"Content-Length: 9\r\n\r\nabc", "body-cut", b"abc"),
        (b"Transfer-Encoding: chunked\r\n\r\n9\r\nabc", "body-cut", b"abc"),
        (b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "body-cut", b"abc"),
        (b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n", "bad-chunk", b"abc"),
        (b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n", "bad-chunk", b"abc"),
        (b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n", "trailer-cut", b"abc"),
        (b"Transfer-Encoding: chunked\r\n\r\n<p>", "says-chunked-is-plain", b"<p>"),
        (b"Content-Length: many\r\n\r\nabc", "bad-content-length", b"abc"),
        (b"Content-Type: te", "head-cut", b""),
        (b"Content-Encoding: gzip\r\n\r\n<p>", "says-gzip-is-plain", b"<p>"),
    ],
)
def test_a_broken_body_is_taken_as_far_as_it_goes(tail: bytes, fault: str, body: bytes) -> None:
    message = read_response(OK + tail)
    assert fault in message.faults
    assert message.body == body


def test_a_body_past_the_limit_ends_the_message() -> None:
    framing = ResponseFraming(max_body=1000)
    framing.feed(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    for _ in range(20):
        framing.feed(b"64\r\n" + b"x" * 100 + b"\r\n")
        if framing.complete:
            break
    assert framing.too_long
    assert framing.broken == "body-too-large"
    assert len(framing.raw) < 1200


def test_chunk_lines_without_end_are_broken() -> None:
    framing = ResponseFraming()
    framing.feed(OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1;" + b"x" * 5000)
    assert framing.broken == "bad-chunk"


@given(
    chunks=st.lists(st.binary(min_size=1, max_size=50), max_size=8),
    extension=st.sampled_from([b"", b";a=b", b' ; q="x;y"', b"   "]),
    upper=st.booleans(),
    cuts=st.lists(st.integers(0, 600), max_size=6),
)
def test_chunked_bodies_decode_to_what_was_coded(
    chunks: list[bytes], extension: bytes, upper: bool, cuts: list[int]
) -> None:
    form = b"%X" if upper else b"%x"
    body = b"".join(form % len(c) + extension + b"\r\n" + c + b"\r\n" for c in chunks)
    raw = OK + b"Transfer-Encoding: chunked\r\n\r\n" + body + b"0\r\nT: x\r\n\r\n"
    framing = ResponseFraming()
    edges = [0, *sorted(cut for cut in cuts if cut < len(raw)), len(raw)]
    for start, stop in pairwise(edges):
        framing.feed(raw[start:stop])
    assert framing.complete
    assert framing.body() == b"".join(chunks)
    assert framing.end == len(raw)


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail_unawares(noise: bytes) -> None:
    for raw in (noise, OK + noise, OK + b"Transfer-Encoding: chunked\r\n\r\n" + noise):
        try:
            message = read_response(raw)
        except HttpError:
            continue
        assert len(message.body) <= len(raw)


def _deflate(data: bytes, wbits: int) -> bytes:
    stream = zlib.compressobj(wbits=wbits)
    return stream.compress(data) + stream.flush()


@pytest.mark.parametrize(
    ("codings", "body"),
    [
        (("gzip",), gzip.compress(TEXT)),
        (("x-gzip",), gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        (("gzip",), gzip.compress(TEXT) + b"\0\0 padding"),
        (("gzip", "gzip"), gzip.compress(gzip.compress(TEXT))),
        (("deflate",), _deflate(TEXT, zlib.MAX_WBITS)),
        (("deflate",), _deflate(TEXT, -zlib.MAX_WBITS)),
        (("br",), brotli.compress(TEXT)),
        (("zstd",), zstd.compress(TEXT)),
        (("deflate", "br", "gzip"), gzip.compress(brotli.compress(zlib.compress(TEXT)))),
        (("gzip",), TEXT),
        (("identity",), TEXT),
        (("UTF-8",), TEXT),
    ],
    # Compressed bytes name the second they were made in: no name for a test.
    ids=range(12),
)
def test_content_codings_are_undone(codings: tuple[str, ...], body: bytes) -> None:
    assert coded(body, *codings).content() == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_content_cut_short_is_an_error(coding: str) -> None:
    whole = {
        "gzip": gzip.compress(TEXT),
        "deflate": zlib.compress(TEXT),
        "br": brotli.compress(TEXT),
        "zstd": zstd.compress(TEXT),
    }[coding]
    with pytest.raises(ContentCodingError):
        coded(whole[:-6], coding).content()


def test_a_wrong_checksum_is_an_error() -> None:
    broken = bytearray(gzip.compress(TEXT))
    broken[-6] ^= 1
    with pytest.raises(ContentCodingError):
        coded(bytes(broken), "gzip").content()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_bombs_fail_at_the_limit(coding: str) -> None:
    zeros = bytes(20_000_000)
    bomb = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda data: brotli.compress(data, quality=1),
        "zstd": zstd.compress,
    }[coding](zeros)
    assert len(coded(bomb, coding).content()) == len(zeros)
    with pytest.raises(ContentTooLargeError):
        coded(bomb, coding).content(limit=1_000_000)


@pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_content_of_many_streams_takes_time_with_its_size(
    coding: str, compress: Callable[[bytes], bytes]
) -> None:
    noise = random.Random(7).randbytes(8_000_000)
    body = compress(b"x") * (MAX_STREAMS - 1) + compress(noise)
    began = time.process_time()
    assert coded(body, coding).content() == b"x" * (MAX_STREAMS - 1) + noise
    with pytest.raises(ContentCodingError, match="streams"):
        coded(compress(b"x") + body, coding).content()
    assert time.process_time() - began < 4


@pytest.mark.parametrize("coding", ["identity", "utf-8", "gzip"])
def test_what_is_not_coded_has_the_same_limit(coding: str) -> None:
    plain = b"x" * 100
    assert coded(plain, coding).content(limit=100) == plain
    with pytest.raises(ContentTooLargeError):
        coded(plain, coding).content(limit=99)


def test_what_cannot_be_decoded_is_an_error() -> None:
    for codings in (("compress",), ("gzip",) * 6):
        with pytest.raises(ContentCodingError):
            coded(gzip.compress(TEXT), *codings).content()


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Text/HTML; charset=gb2312", "text/html"), (" ", None), ("a/b,c/d", "a/b")],
)
def test_media_types_lose_their_parameters(value: str, expected: str | None) -> None:
    assert media_type(HttpMessage("1.1", 200, "", (("CONTENT-TYPE", value),), b"", ())) == expected
    assert media_type(HttpMessage("1.1", 200, "", (), b"", ())) is None


@pytest.mark.parametrize(
    "codings", [["gzip"], ["deflate"], ["br"], ["zstd"], ["gzip", "br"], ["gzip", "unheard-of"]]
)
def test_the_beginning_of_a_coded_body_is_had_without_its_end(codings: list[str]) -> None:
    # Of what cannot be packed well, or a cut at half would leave no whole block.
    whole = random.Random("whole").randbytes(400_000).hex().encode()
    body = whole
    for name in codings:
        body = _PACKERS.get(name, bytes)(body)
    begun = undo_beginning(body[: len(body) // 2], codings, 1 << 30)
    assert whole.startswith(begun)
    assert len(begun) > 200_000
    assert undo_beginning(body, codings, 1 << 30) == whole
    limited = undo_beginning(body, codings, 100_000)
    assert whole.startswith(limited)
    assert 0 < len(limited) <= 100_000


def test_nothing_begins_in_a_coding_that_nobody_reads() -> None:
    assert undo_beginning(b"abc", ["compress"], 100) == b""
    assert undo_beginning(b"abc", ["gzip"] * 6, 100) == b""


def test_a_body_announced_as_too_long_is_taken_as_far_as_is_wanted() -> None:
    raw = OK + b"Content-Length: 99999999999\r\n\r\n"
    framing = ResponseFraming(max_body=1_000, cuts=True)
    framing.feed(raw + b"x" * 900)
    assert not framing.too_long
    framing.feed(b"x" * 200)
    assert framing.too_long
    assert framing.body() == b"x" * 1_100
    given_up = ResponseFraming(max_body=1_000)
    given_up.feed(raw)
    assert given_up.too_long


_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
