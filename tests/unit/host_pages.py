"""Pages of one host, kept in WARC files and read by the site pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.captured import read_message, row_of
from archive.sitepass import hosts
from archive.store import CaptureRow
from archive.warc import WarcWriter
from tests.unit.warc_samples import sample


def said(host: hosts.HostReading) -> tuple[object, ...]:
    survey = host.survey.official_names([host.host])
    return host.host, host.model, host.reads, host.told, host.unread, survey


def page(number: int) -> str:
    return (
        f"<title>第{number}次会议-研究所</title><body><div>首页 机构</div><h1>第{number}次会议</h1>"
        f"<div id=zoom><p>今年举行的第{number}次会议通过了决定，全体同志认真学习了文件。</p>"
        f"<p>会议由第{number}支部主持，各支部代表参加了会议，并提出了意见。</p></div></body>"
    )


def kept(writer: WarcWriter, url: str, html: str, number: int, day: int = 1) -> CaptureRow:
    """A page kept in a WARC, as the store's row ``number``, which nobody has read."""
    body = html.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}"
    capture = replace(
        sample(response=f"{head}\r\n\r\n".encode() + body, url=url),
        captured_at=datetime(2026, 1, day, tzinfo=UTC),
    )
    pointer = writer.write(capture)
    return replace(row_of(capture, pointer, 1, read_message(capture), None), id=number)


def kept_pages(folder: Path, count: int) -> list[CaptureRow]:
    """So many article pages in a WARC, as rows of the store."""
    with WarcWriter(folder, prefix="host") as writer:
        return [
            kept(writer, f"http://www.example.ac.cn/dj/t20100105_{n}.html", page(n), n + 1)
            for n in range(count)
        ]
