"""Nights of one host, each a day after the one before it, as the clock has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta

from archive.ingest import ingest
from archive.model import Capture, RunReport, Site
from archive.sitepass.derive import derive
from archive.sitepass.report import DeriveReport
from archive.store import Archive
from archive.warc import WarcWriter
from tests.crawl.past import a_day_goes_by
from tests.tampering.archived import response

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Nights:
    """An archive of ``host``."""

    def __init__(self, archive: Archive, host: str) -> None:
        self.archive, self.host = archive, host
        self.site = Site("s", (host,))
        archive.store.put_site(self.site)

    def night(self, pages: Mapping[str, str], missing: Collection[str] = ()) -> DeriveReport:
        """A day later, all ``pages`` are asked for, and those ``missing`` are not found."""
        a_day_goes_by(self.archive.data)
        answers = {path: response(html) for path, html in pages.items()}
        answers |= dict.fromkeys(missing, NOT_FOUND)
        run = self.archive.store.begin_run("s", "nightly")
        began = datetime.now(UTC)
        with WarcWriter(self.archive.warc_dir, prefix=f"run{run}") as writer:
            for number, (path, answer) in enumerate(answers.items()):
                capture = Capture(
                    url=f"http://{self.host}{path}",
                    captured_at=began + timedelta(milliseconds=number),
                    request=f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode(),
                    response=answer,
                    ip="192.0.2.1",
                    protocols=("http/1.1",),
                )
                ingest(self.archive, self.site, run, capture, writer.write(capture))
        report = derive(self.archive, "s", run)
        ended, counts = datetime.now(UTC), {"asked": len(answers)}
        self.archive.store.end_run(
            RunReport(run, "s", "nightly", began, ended, "finished", 0, counts)
        )
        return report

    def said(self) -> dict[str, tuple[str, str | None, str, str]]:
        """Address, title, text and status of each article, by id."""
        return {
            one.id: (one.url, one.reading.title, one.reading.text, one.status)
            for one in self.archive.store.articles("s")
        }
