"""A Wayback-compatible service that is broken: what it does not give is told, nothing made up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.backfill.cdx import read_listing
from archive.backfill.http import Reply, ask
from archive.backfill.run import BackfillOptions
from archive.backfill.wayback import Service, ServiceError, Wayback
from archive.store import open_archive
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import take_in
from tests.unit.test_backfill_wayback import (
    CDXJ,
    JSON,
    PLAIN,
    SITE_URL,
    TABLE,
    _Service,
    options,
    service,
)

HEADER = " CDX N b a m s k r M S V g"
GARBAGE = b"\nnot a capture at all\n\x00\xff\x00\n{\n<html>Service unavailable</html>\n"


class _Broken(_Service):
    """One capture comes in half, one is said to be on another host, the third one comes."""

    elsewhere: str

    def _answer(self) -> None:
        half, moved = (samples.capture(number).url for number in range(2))
        if half in self.path and "id_" in self.path:
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(samples.html(0).encode()[:300])
            self.close_connection = True
        elif moved in self.path and "id_" in self.path:
            self._send(302, b"", {"Location": self.elsewhere})
        else:
            super()._answer()


@contextmanager
def broken(elsewhere: str) -> Iterator[str]:
    handler = type("Own", (_Broken,), {"asked": [], "busy": [], "elsewhere": elsewhere})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/coll"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_half_a_capture_and_one_on_another_host_are_told_of_and_not_taken(tmp_path: Path) -> None:
    with service() as (other, asked), broken(f"{other}/id_/") as url:
        report = take_in(tmp_path / "data", options=options(url))
        assert asked == []
    assert report.new == 1
    told = "\n".join(report.problems)
    assert "IncompleteRead" in told
    assert "HTTP status 302, not taken in" in told
    with open_archive(tmp_path / "data") as archive:
        kept = [row.url for row in archive.store.captures(samples.SITE)]
    assert kept == [samples.capture(2).url]


def test_a_service_that_puts_off_every_question_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.backfill.wayback.MAX_SILENCE", 2)
    monkeypatch.setattr("archive.backfill.asking.asked_wait", lambda *_: 0.0)
    asked: list[str] = []

    def put_off(address: str, take: Callable[[bytes], object] | None = None) -> Reply:
        if take is not None:
            return ask(address, take)
        asked.append(address)
        return Reply(429, b"", b"", "3600")

    monkeypatch.setattr("archive.backfill.asking.ask", put_off)
    with service() as (url, _):
        wayback = Wayback(Service.at(url), (SITE_URL,))
        with pytest.raises(ServiceError, match=r"HTTP status 429.*2 questions in a row"):
            take_in(tmp_path / "data", options=BackfillOptions(wayback=wayback))
    assert len(set(asked)) == 2


def test_lines_of_a_listing_that_are_none_are_told_of_and_the_others_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_garbage(address: str, take: Callable[[bytes], object] | None = None) -> Reply:
        reply = ask(address, take)
        if take is not None:
            take(GARBAGE)
        return reply

    monkeypatch.setattr("archive.backfill.asking.ask", with_garbage)
    with service() as (url, _):
        report = take_in(tmp_path / "data", options=options(url))
    assert report.new == 3
    (told,) = [one for one in report.problems if "no captures" in one]
    assert "lines that are no captures: 4, the first 'not a capture at all'" in told


def test_what_belongs_to_a_listing_and_what_is_not_of_the_web_is_no_garbage() -> None:
    garbage: list[str] = []
    other = CDXJ.replace('"http://www.example.ac.cn/a"', '"dns:www.example.ac.cn"')
    listing = [HEADER, PLAIN, "", JSON, other, "[", *TABLE.splitlines(), "]"]
    assert len(list(read_listing(listing, garbage.append))) == 3
    assert garbage == []
