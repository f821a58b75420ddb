"""Captures and files for the WARC tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.model import Capture, Original, WarcPointer
from archive.warc import WarcWriter
from archive.warc.revisits import revisit_content

MOMENT = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
REQUEST = b"GET /a HTTP/1.1\r\nHost: www.example.ac.cn\r\n\r\n"
CHUNKED = (
    b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nT: x\r\n\r\n"
)
PLAIN = b"HTTP/1.1 200 OK\r\nX: \xb5\xb3\r\nContent-Length: 5\r\n\r\nhello"


BASE = Capture(
    url="http://www.example.ac.cn/",
    captured_at=MOMENT,
    request=REQUEST,
    response=PLAIN,
    ip="192.0.2.1",
    protocols=("http/1.1", "tls/1.3"),
    cipher="TLS_AES_256_GCM_SHA384",
)


class Inputs:
    """The command line of ``warcio check``."""

    def __init__(self, *paths: Path) -> None:
        self.inputs = [str(path) for path in paths]
        self.verbose = True


def sample(number: int = 0, response: bytes = PLAIN, **changes: Any) -> Capture:
    """A capture of page ``number``."""
    via = f"http://www.example.ac.cn/list/{number}"
    capture = replace(BASE, url=f"{BASE.url}{number}", response=response, via=via)
    return replace(capture, **changes)


def write_revisit(writer: WarcWriter, capture: Capture, original: Original) -> WarcPointer:
    """What a later night writes of an answer that may have brought ``original`` again."""
    return writer.write(capture, revisit=revisit_content(capture, original, writer.directory))


def write_file(directory: Path, count: int = 5) -> tuple[Path, list[Capture]]:
    """A finished file of ``count`` captures."""
    captures = [sample(number, (PLAIN, CHUNKED)[number % 2]) for number in range(count)]
    with WarcWriter(directory, prefix="sample") as writer:
        for capture in captures:
            writer.write(capture)
    return directory / writer.files[0], captures
