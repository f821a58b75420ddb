"""Hosts' pages put into an archive as if they had been crawled: WARC, store, site pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from archive.ingest import ingest
from archive.model import Capture, Site
from archive.sitepass.derive import derive
from archive.sitepass.report import DeriveReport
from archive.store import Archive
from archive.warc import WarcWriter

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
Pages = Iterable[tuple[str, str]]
"""(path, HTML)"""


def response(html: str) -> bytes:
    """A page as a server sends it."""
    body = html.encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}"
    )
    return head.encode() + b"\r\n\r\n" + body


def put(
    archive: Archive, site: Site, hosts: Mapping[str, Pages], *, night: int = 1, kind: str = "crawl"
) -> DeriveReport:
    """Keep the ``hosts``' pages as those of a ``night``, and make the site pass."""
    archive.store.put_site(site)
    run = archive.store.begin_run(site.name, kind)
    with WarcWriter(archive.warc_dir, prefix=f"night{night}") as writer:
        for host, pages in hosts.items():
            for number, (path, html) in enumerate(pages):
                capture = captured(host, path, html, NOON + timedelta(days=night, seconds=number))
                ingest(archive, site, run, capture, writer.write(capture))
    return derive(archive, site.name)


def captured(host: str, path: str, html: str, moment: datetime) -> Capture:
    """The exchange in which a host gave a page."""
    return Capture(
        url=f"http://{host}{path}",
        captured_at=moment,
        request=f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(),
        response=response(html),
        ip="192.0.2.1",
        protocols=("http/1.1",),
    )
