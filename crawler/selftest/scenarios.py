"""What odd servers say, as data: bytes to send, and what must be made of them."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from enum import Enum, auto


class End(Enum):
    """What the server does after its last byte."""

    KEEP = auto()
    CLOSE = auto()
    RESET = auto()


@dataclass(frozen=True, slots=True)
class Scenario:
    """``parts`` are sent one after the other, each on its own; ``error`` is the reason with which
    the exchange must be reported (None: it is whole), ``payload`` the transfer-decoded body."""

    name: str
    parts: tuple[bytes, ...]
    payload: bytes = b""
    end: End = End.KEEP
    error: str | None = None
    method: str = "GET"
    body: bytes = b""


OK = b"HTTP/1.1 200 OK\r\n"
HTML = b"Content-Type: text/html; charset=gb2312\r\n"
GBK = "北方海洋研究所党支部".encode("gbk")
PAGE = b"<html><title>" + GBK + b"</title><p>" + GBK * 20 + b"</p></html>"
ZIPPED = gzip.compress(PAGE, mtime=0)
LARGE = bytes(range(256)) * 6_000


def _sized(body: bytes, head: bytes = OK + HTML) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _chunked(*chunks: bytes, line: bytes = b"%x\r\n", end: bytes = b"0\r\n\r\n") -> bytes:
    return b"".join(line % len(chunk) + chunk + b"\r\n" for chunk in chunks) + end


def _raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


CHUNKED = OK + HTML + b"Transfer-Encoding: chunked\r\n\r\n"

WHOLE = (
    Scenario("plain", (_sized(PAGE),), PAGE),
    Scenario("empty", (_sized(b""),)),
    Scenario("large", (_sized(LARGE),), LARGE),
    Scenario(
        "odd-case-headers",
        (_sized(PAGE, b"HTTP/1.1 200 oK then\r\ncOnTeNt-TyPe:text/html\r\nX-A:   b  \r\n"),),
        PAGE,
    ),
    Scenario(
        "duplicate-cookies",
        (_sized(PAGE, OK + b"Set-Cookie: a=1\r\nX: y\r\nset-cookie: a=2\r\nSet-Cookie: b=3\r\n"),),
        PAGE,
    ),
    Scenario("chunked", (CHUNKED + _chunked(PAGE[:100], PAGE[100:]),), PAGE),
    Scenario("chunk-extensions", (CHUNKED + _chunked(PAGE, line=b'%X;a=b;c="d;e" \r\n'),), PAGE),
    Scenario(
        "trailers",
        (CHUNKED + _chunked(PAGE, end=b"0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n"),),
        PAGE,
    ),
    Scenario("chunk-leading-zeros", (CHUNKED + _chunked(PAGE, line=b"0000%x\r\n"),), PAGE),
    Scenario(
        "one-byte-chunks", (CHUNKED + _chunked(*(b"%c" % c for c in PAGE[:300])),), PAGE[:300]
    ),
    Scenario(
        "line-feed-chunks",
        (CHUNKED + _chunked(PAGE, line=b"%x\n", end=b"0\n\n"),),
        PAGE,
    ),
    Scenario("gzip", (_sized(ZIPPED, OK + HTML + b"Content-Encoding: gzip\r\n"),), ZIPPED),
    Scenario(
        "gzip-chunked",
        (
            OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
            _chunked(ZIPPED[:9], ZIPPED[9:]),
        ),
        ZIPPED,
    ),
    Scenario(
        "deflate-raw",
        (_sized(_raw_deflate(PAGE), OK + b"Content-Encoding: deflate\r\n"),),
        _raw_deflate(PAGE),
    ),
    Scenario("gzip-that-is-plain", (_sized(PAGE, OK + b"Content-Encoding: gzip\r\n"),), PAGE),
    Scenario("http-1.0-close", (b"HTTP/1.0 200 OK\r\n" + HTML + b"\r\n", PAGE), PAGE, End.CLOSE),
    Scenario(
        "http-1.0-keep-alive",
        (_sized(PAGE, b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n"),),
        PAGE,
    ),
    Scenario("until-close", (OK + HTML + b"\r\n", PAGE[:50], PAGE[50:]), PAGE, End.CLOSE),
    Scenario(
        "connection-close",
        (_sized(PAGE, OK + b"Connection: close\r\n"),),
        PAGE,
        End.CLOSE,
    ),
    Scenario(
        "folded-headers",
        (_sized(PAGE, OK + b"X-Long: one\r\n two\r\n\tthree\r\nX-Next: 4\r\n"),),
        PAGE,
    ),
    Scenario("gbk-header", (_sized(PAGE, OK + b"X-Name: " + GBK + b"\r\n"),), PAGE),
    Scenario(
        "gbk-location",
        (_sized(b"", b"HTTP/1.1 302 " + GBK + b"\r\nLocation: /" + GBK + b"\r\n"),),
    ),
    Scenario("line-without-colon", (_sized(PAGE, OK + b"no colon here\r\nX: y\r\n"),), PAGE),
    Scenario("space-before-colon", (_sized(PAGE, OK + b"X-Odd : y\r\nX-Empty:\r\n"),), PAGE),
    Scenario(
        "line-feed-only",
        (b"HTTP/1.1 200 OK\nContent-Length: %d\n\n" % len(PAGE) + PAGE,),
        PAGE,
    ),
    Scenario("no-reason", (_sized(PAGE, b"HTTP/1.1 200\r\n"),), PAGE),
    Scenario("small-http", (_sized(PAGE, b"http/1.1 200 ok\r\n"),), PAGE),
    Scenario("blank-line-first", (b"\r\n" + _sized(PAGE),), PAGE),
    Scenario("status-204", (b"HTTP/1.1 204 No Content\r\nX: y\r\n\r\n",)),
    Scenario(
        "status-304", (b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 9\r\n\r\n',)
    ),
    Scenario("status-404", (_sized(PAGE, b"HTTP/1.1 404 Not Found\r\n"),), PAGE),
    Scenario("status-999", (_sized(PAGE, b"HTTP/1.1 999 Request denied\r\n"),), PAGE),
    Scenario(
        "early-hints",
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", _sized(PAGE)),
        PAGE,
    ),
    Scenario(
        "continue-twice",
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + _sized(PAGE),),
        PAGE,
    ),
    Scenario("head", (_sized(PAGE).partition(b"\r\n\r\n")[0] + b"\r\n\r\n",), method="HEAD"),
    Scenario("post", (_sized(PAGE),), PAGE, method="POST", body=b"q=" + GBK + b"\r\n\r\nx"),
    Scenario(
        "same-length-twice", (_sized(PAGE, OK + b"Content-Length: %d\r\n" % len(PAGE)),), PAGE
    ),
    Scenario("large-head", (_sized(PAGE, OK + b"X: " + b"y" * 60_000 + b"\r\n"),), PAGE),
    Scenario("byte-by-byte", tuple(b"%c" % c for c in _sized(PAGE[:40])), PAGE[:40]),
    Scenario(
        "length-too-short",
        (_sized(PAGE, OK + b"Connection: close\r\n") + b"more than was said",),
        PAGE,
        End.CLOSE,
    ),
    Scenario(
        "body-after-204",
        (b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n" + PAGE,),
        b"",
        End.CLOSE,
    ),
)

BROKEN = (
    Scenario(
        "length-too-long",
        (OK + b"Content-Length: 9999\r\n\r\n" + PAGE,),
        PAGE,
        End.CLOSE,
        "body-cut",
    ),
    Scenario("cut-chunk", (CHUNKED + b"fff\r\n" + PAGE[:99],), PAGE[:99], End.CLOSE, "body-cut"),
    Scenario("no-last-chunk", (CHUNKED + _chunked(PAGE, end=b""),), PAGE, End.CLOSE, "body-cut"),
    Scenario(
        "bad-chunk-size", (CHUNKED + b"5\r\nhello\r\nxyz\r\n",), b"hello", End.CLOSE, "bad-chunk"
    ),
    Scenario(
        "chunked-that-is-plain",
        (CHUNKED + PAGE,),
        PAGE,
        End.CLOSE,
        "says-chunked-is-plain",
    ),
    Scenario(
        "two-lengths",
        (OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n123456789",),
        b"123456789",
        End.CLOSE,
        "conflicting-content-length",
    ),
    Scenario("head-cut", (OK + b"Content-Type: text/ht",), b"", End.CLOSE, "head-cut"),
    Scenario("no-status-line", (b"<html>" + GBK,), b"", End.CLOSE, "not-http"),
    Scenario("nothing", (), b"", End.CLOSE, "closed"),
    Scenario("reset-in-body", (OK + b"Content-Length: 99\r\n\r\nabc",), b"abc", End.RESET, "reset"),
)

SCENARIOS = WHOLE + BROKEN
