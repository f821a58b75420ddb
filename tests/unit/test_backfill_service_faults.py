"""A Wayback-compatible service that is broken: what it does not give is told, nothing made up."""

from __future__ import annotations

import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.backfill.asking import PATIENCE_SECONDS, Asker, ServiceError
from archive.backfill.cdx import read_listing
from archive.backfill.http import Reply, ask
from archive.backfill.run import BackfillOptions
from archive.backfill.wayback import Service, Wayback
from archive.cli import main
from archive.errors import StoppedError
from archive.store import open_archive
from crawler.selftest.certificate import server_context
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import take_in
from tests.unit.wayback_service import (
    CDXJ,
    JSON,
    PLAIN,
    SITE_URL,
    TABLE,
    GoOn,
    ListingHandler,
    Take,
    options,
    service,
)

FAR_TOO_MUCH = 200_000_000
HEADER = " CDX N b a m s k r M S V g"
GARBAGE = b"\nnot a capture at all\n\x00\xff\x00\n{\n<html>Service unavailable</html>\n"


class _Broken(ListingHandler):
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


class _Trickling(ListingHandler):
    """An answer of which a byte comes now and then."""

    def _answer(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        with suppress(OSError):
            for _ in range(200):
                self.wfile.write(b"x")
                time.sleep(0.02)
        self.close_connection = True


class _Slow(ListingHandler):
    """An answer whose ``piece`` comes again and again behind its ``beginning``, and never ends."""

    beginning: bytes
    piece: bytes

    def _answer(self) -> None:
        with suppress(OSError):
            self.wfile.write(self.beginning)
            for _ in range(200):
                self.wfile.write(self.piece)
                time.sleep(0.05)
        self.close_connection = True


class _Thoughtful(ListingHandler):
    """An answer that begins late, and whose body takes its own time."""

    def _answer(self) -> None:
        time.sleep(0.8)
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        for _ in range(4):
            self.wfile.write(b"x")
            time.sleep(0.2)


class _Endless(ListingHandler):
    """A listing without end, whatever limit is asked for."""

    sent: list[int]

    def _answer(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while sum(self.sent) < FAR_TOO_MUCH:
                self.wfile.write(b"not a capture\n" * 1000)
                self.sent.append(14_000)
        self.close_connection = True


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

    def put_off(address: str, take: Take = None, go_on: GoOn = lambda: None) -> Reply:
        if take is not None:
            return ask(address, take, go_on)
        asked.append(address)
        return Reply(429, b"", b"", "3600")

    monkeypatch.setattr("archive.backfill.asking.ask", put_off)
    with service() as (url, _):
        wayback = Wayback(Service.at(url), (SITE_URL,))
        with pytest.raises(ServiceError, match=r"HTTP status 429.*2 questions in a row"):
            take_in(tmp_path / "data", options=BackfillOptions(wayback=wayback))
    assert len(set(asked)) == 2


class _Clock:
    """A machine on which time goes by when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def read(self) -> float:
        return self.now


def _answering(monkeypatch: pytest.MonkeyPatch, replies: list[Reply]) -> None:
    """The service's answers, one after the other, the last one for good."""

    def answer(address: str, take: Take = None, go_on: GoOn = lambda: None) -> Reply:
        return replies.pop(0) if len(replies) > 1 else replies[0]

    monkeypatch.setattr("archive.backfill.asking.ask", answer)


@pytest.mark.parametrize("asked", ["3600", "1000", "7", None])
def test_a_service_that_puts_off_all_it_is_asked_holds_a_backfill_for_an_hour_at_most(
    asked: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, told = _Clock(), list[float]()
    _answering(monkeypatch, [Reply(429, b"", b"", asked)])
    asker = Asker(waits=told.append, sleep=clock.sleep, clock=clock.read)
    pages = (f"http://archive.example/{number}" for number in range(10_000))
    with pytest.raises(ServiceError, match=r"left alone until .* UTC: run the same command then"):
        deque(map(asker.ask, pages), maxlen=0)
    assert PATIENCE_SECONDS / 2 < clock.now <= PATIENCE_SECONDS + 10
    assert told[0] == float(asked or 5)


def test_a_service_that_asks_for_more_than_an_hour_is_left_at_once_and_not_asked_sooner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = _Clock()
    _answering(monkeypatch, [Reply(503, b"", b"", "86400")])
    with pytest.raises(ServiceError, match="HTTP status 503") as caught:
        Asker(sleep=clock.sleep, clock=clock.read).ask("http://archive.example/")
    assert caught.value.exit_code == 69
    assert clock.now == 0.0


def test_a_service_that_gives_something_between_its_pauses_is_not_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = _Clock()
    some = [Reply(429, b"", b"", "1800"), Reply(200, b"x", b"x", None)]
    _answering(monkeypatch, [*some * 10, some[1]])
    asker = Asker(sleep=clock.sleep, clock=clock.read)
    assert [asker.ask("http://archive.example/").status for _ in range(10)] == [200] * 10
    assert clock.now >= 10 * 1800


def test_what_came_before_a_service_puts_off_is_kept_and_the_same_command_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    with service() as (url, asked):
        command = ["backfill", SITE_URL, "--wayback", url, "--data", str(data)]
        taken: list[str] = []

        def then_later(address: str, take: Take = None, go_on: GoOn = lambda: None) -> Reply:
            if take is None:
                taken.append(address)
            return ask(address, take, go_on) if len(taken) < 2 else Reply(429, b"", b"", "7200")

        with monkeypatch.context() as patched:
            patched.setattr("archive.backfill.asking.ask", then_later)
            assert main(command) == 69
        said = capsys.readouterr().err
        assert "HTTP status 429, and the service asks to be left alone until" in said
        with open_archive(data) as archive:
            assert len(list(archive.store.captures("backfill"))) == 1
            (run,) = archive.store.runs("backfill")
            assert run.exit_code == 69
        asked.clear()
        # The capture that the service has lost is told of.
        assert main(command) == 65
    assert len(asked) == 4


def test_an_answer_that_trickles_is_given_up_and_a_signal_is_heard_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handler = type("Own", (_Trickling,), {"asked": [], "busy": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/"
    heard: list[int] = []

    def go_on() -> None:
        heard.append(1)
        if len(heard) == 3:
            raise StoppedError(143)

    try:
        with pytest.raises(StoppedError):
            ask(url, None, go_on)
        monkeypatch.setattr("archive.backfill.http.TIMEOUT_SECONDS", 0.3)
        with pytest.raises(TimeoutError, match="fewer than 100 bytes a second"):
            ask(url)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert len(heard) == 3


@pytest.mark.parametrize("take", [None, lambda _: None])
@pytest.mark.parametrize(
    ("beginning", "piece", "why"),
    [
        (b"", b"H", "no head within"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 50, "no head within"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", "no head within"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x", "fewer than 100 bytes"),
    ],
)
def test_a_head_or_a_line_that_never_ends_is_given_up(
    beginning: bytes,
    piece: bytes,
    why: str,
    take: Callable[[bytes], object] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archive.backfill.http.TIMEOUT_SECONDS", 0.3)
    own = {"asked": [], "busy": [], "beginning": beginning, "piece": piece}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (_Slow,), own))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with pytest.raises(TimeoutError, match=why):
            ask(f"http://127.0.0.1:{server.server_port}/", take)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_time_that_a_service_took_to_begin_is_not_asked_of_its_body(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archive.backfill.http.TIMEOUT_SECONDS", 1.1)
    monkeypatch.setattr("archive.backfill.http.LEAST_BYTES_PER_SECOND", 1_000.0)
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Own", (_Thoughtful,), {"asked": [], "busy": []})
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        assert ask(f"http://127.0.0.1:{server.server_port}/").body == b"xxxx"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_of_a_listing_without_end_no_more_is_looked_at_than_shows_that_there_is_one() -> None:
    sent: list[int] = []
    handler = type("Own", (_Endless,), {"asked": [], "busy": [], "sent": sent})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        place = Service.at(f"http://127.0.0.1:{server.server_port}/coll")
        Wayback(place, (SITE_URL,)).check_any(Asker())
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert sum(sent) < FAR_TOO_MUCH


def test_lines_of_a_listing_that_are_none_are_told_of_and_the_others_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_garbage(address: str, take: Take = None, go_on: GoOn = lambda: None) -> Reply:
        reply = ask(address, take, go_on)
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
    nowhere = CDXJ.replace('"http://www.example.ac.cn/a"', '"nowhere"')
    undated = JSON.replace('"20120301080000"', '"one day"')
    assert list(read_listing([nowhere, undated], garbage.append)) == []
    assert garbage == [nowhere, undated]


def test_a_service_over_tls_is_asked_only_where_its_certificate_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with service(context=server_context(tmp_path)) as (url, asked):
        with pytest.raises(ssl.SSLCertVerificationError):
            ask(f"{url}/cdx?url=a")
        assert asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "loopback.pem"))
        assert ask(f"{url}/cdx?url=a").status == 200
        assert asked == ["/coll/cdx?url=a"]
