"""What a Wayback-compatible service holds is taken in once, politely, byte for byte."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.backfill.asking import MAX_ASKED_SECONDS, Asker, ServiceError, asked_wait
from archive.backfill.cdx import Listed, read_listing
from archive.backfill.http import Reply, ask
from archive.backfill.listed import lines_in, listing_in
from archive.backfill.run import BackfillOptions
from archive.backfill.wayback import Service, Wayback
from archive.cli import main
from archive.errors import NotFoundError, StoppedError
from archive.store import open_archive
from archive.warc import read_at
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import articles, take_in
from tests.unit.wayback_service import (
    CDXJ,
    JSON,
    PLAIN,
    SITE_URL,
    TABLE,
    GoOn,
    Take,
    options,
    service,
)


@pytest.mark.parametrize("text", [CDXJ, JSON, TABLE, PLAIN])
def test_listings_of_every_form_say_the_same(text: str) -> None:
    wanted = Listed("http://www.example.ac.cn/a", "20120301080000", "text/html", "200")
    assert list(read_listing(text.splitlines())) == [wanted]


@pytest.mark.parametrize(
    "line", ["", "{", "[1", "x", "a b http://x/ c", CDXJ.replace("20120301", "20129901"), "[[]]"]
)
def test_a_line_that_is_none_is_passed_over(line: str) -> None:
    assert list(read_listing([line, CDXJ])) == list(read_listing([CDXJ]))


def test_what_a_service_holds_is_taken_in_and_not_asked_for_again(tmp_path: Path) -> None:
    with service() as (url, asked):
        report = take_in(tmp_path / "data", options=options(url))
        first = len(asked)
        again = take_in(tmp_path / "data", options=options(url))
    assert report.new == 3
    assert len(report.problems) == 1
    assert "HTTP status 404" in report.problems[0]
    assert len(articles(tmp_path / "data")) == 3
    assert first == 5
    # The listing, and the one that was not there.
    assert len(asked) - first == 2
    assert again.new == 0
    with open_archive(tmp_path / "data") as archive:
        row = next(iter(archive.store.captures(samples.SITE)))
        capture = read_at(archive.warc_dir, row.pointer)
    assert capture.url == samples.capture(0).url
    assert capture.captured_at == samples.capture(0).captured_at
    assert capture.response.endswith(samples.html(0).encode())
    assert b"X-Archive-Orig-Server: Apache\r\n" in capture.response
    assert (capture.via or "").startswith(f"{url}/20120301080000id_/")


def test_a_service_that_lists_nothing_is_not_taken_for_one_that_gave_all(tmp_path: Path) -> None:
    with service() as (url, _):
        empty = Wayback(Service.at(url.replace("/coll", "/none/coll")), (SITE_URL,))
        with pytest.raises(NotFoundError, match=f"lists nothing under {SITE_URL}; check"):
            take_in(tmp_path / "data", options=BackfillOptions(wayback=empty))


def test_a_busy_service_is_asked_again(tmp_path: Path) -> None:
    with service(503, 429) as (url, _):
        report = take_in(tmp_path / "data", options=options(url))
    assert report.new == 3


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30.0),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0),
        ("Thu, 01 Jan 1970 00:00:01 GMT", 0.0),
        ("Fri, 01 Jan 2100 00:00:00 GMT", MAX_ASKED_SECONDS),
        ("86400", 86_400.0),
        ("999999999", MAX_ASKED_SECONDS),
        ("-5", 7.0),
        ("soon", 7.0),
        (None, 7.0),
    ],
)
def test_a_service_is_waited_for_as_it_asks(header: str | None, seconds: float) -> None:
    assert asked_wait(header, 7.0, now=100.0) == seconds


def test_two_questions_to_a_distant_service_are_a_second_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []
    with service() as (url, _):
        monkeypatch.setattr("archive.backfill.asking.is_near", lambda url: False)
        asker = Asker(sleep=waits.append, clock=lambda: 100.0)
        asker.ask(f"{url}/cdx?x")
        asker.ask(f"{url}/cdx?x")
    assert waits == [1.0]


def test_no_service_is_said_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with service() as (url, _):
        gone = url
    with pytest.raises(ServiceError, match="no answer"):
        take_in(tmp_path / "data", options=options(gone))
    command = ["backfill", SITE_URL, "--data", str(tmp_path / "data")]
    assert main(command) == 64
    assert main([*command, "--wayback", gone]) == 69
    assert all(line.startswith("palimpsest: ") for line in capsys.readouterr().err.splitlines())


@pytest.mark.parametrize(("where", "code"), [("/none/coll", 66), ("/none/coll/web", 66), ("", 69)])
def test_a_service_that_gives_nothing_makes_no_archive(
    where: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    with service() as (url, asked):
        place = url.removesuffix("/coll") + where if where else "http://127.0.0.1:9/coll"
        assert main(["backfill", SITE_URL, "--wayback", place, "--data", str(data)]) == code
        assert len(asked) == (1 if where else 0)
    assert capsys.readouterr().err.startswith("palimpsest: ")
    assert not data.exists()


def test_a_service_that_lists_something_makes_an_archive(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with service() as (url, _):
        main(["backfill", SITE_URL, "--wayback", url, "--data", str(data)])
    with open_archive(data) as archive:
        assert archive.count() == 3


@pytest.mark.parametrize(
    "service",
    ["ftp://a.cn/x", "http://a.cn:port/x", "http://[::1/x", "http:///x", "a.cn/x", "\udcb5"],
)
def test_what_is_no_address_of_a_service_is_refused_and_nothing_is_made(
    service: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    assert main(["backfill", SITE_URL, "--wayback", service, "--data", str(data)]) == 64
    assert capsys.readouterr().err.startswith("palimpsest: ")
    assert not data.exists()


def test_a_service_that_falls_silent_is_left_and_gone_on_with_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.backfill.wayback.MAX_SILENCE", 2)
    with service() as (url, asked):
        wayback = Wayback(Service.at(url), (SITE_URL,))
        silent = [f"{url}/20120301080{n}00id_/" for n in (1, 2)]

        def sometimes(address: str, take: Take = None, go_on: GoOn = lambda: None) -> Reply:
            if any(address.startswith(one) for one in silent):
                raise ConnectionResetError("reset")
            return ask(address, take, go_on)

        monkeypatch.setattr("archive.backfill.asking.ask", sometimes)
        with pytest.raises(ServiceError, match="2 questions in a row had no answer"):
            take_in(tmp_path / "data", options=BackfillOptions(wayback=wayback))
        with open_archive(tmp_path / "data") as archive:
            assert len(list(archive.store.captures(samples.SITE))) == 1
        silent.clear()
        asked.clear()
        assert take_in(tmp_path / "data", options=BackfillOptions(wayback=wayback)).new == 2
    # The listing, two that had no answer, and the one that is not there.
    assert len(asked) == 4


def test_who_waits_for_a_service_hears_a_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def go_on() -> None:
        if len(waits) == 3:
            raise StoppedError(143)

    with service(503) as (url, _):
        asker = Asker(go_on, sleep=waits.append, clock=lambda: 100.0)
        monkeypatch.setattr("archive.backfill.asking.asked_wait", lambda *_: 3_600.0)
        with pytest.raises(StoppedError):
            asker.ask(f"{url}/cdx?x")
    assert waits == [1.0, 1.0, 1.0]


def test_a_listing_lies_on_disk_ordered_each_capture_once_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    moments = [f"2012030108{n // 60:02d}{n % 60:02d}" for n in range(300)]
    wanted = [Listed(f"{SITE_URL}{n % 3}", moment, "", "") for n, moment in enumerate(moments)]
    with listing_in(tmp_path) as listing:
        assert not listing
        listing.add([*reversed(wanted), *wanted])
        listing.without([(wanted[7].url, wanted[7].moment.replace(microsecond=5))])
        found = list(listing)
        assert listing
        assert list(tmp_path.iterdir()) == []
    assert found == sorted(
        (one for one in wanted if one != wanted[7]), key=lambda one: (one.url, one.timestamp)
    )


def test_a_line_without_end_is_passed_over_and_the_next_is_read(tmp_path: Path) -> None:
    with lines_in(tmp_path) as lines:
        for piece in (CDXJ.encode(), b"\n", b"x" * 200_000, b"y\n", CDXJ.encode()):
            lines.take(piece)
        assert list(read_listing(lines)) == list(read_listing([CDXJ, CDXJ]))


@pytest.fixture
def pywb(tmp_path: Path) -> Iterator[str]:
    """A pywb of its own on loopback, over a WARC file of ours."""
    program = Path(os.environ.get("PALIMPSEST_PEERS", ""), "bin")
    if not (program / "wayback").is_file():
        pytest.skip("PALIMPSEST_PEERS names no virtual environment with pywb")
    home = tmp_path / "pywb"
    home.mkdir()
    warc = samples.warc(tmp_path, "x.warc.gz", range(4))
    manager = [str(program / "wb-manager")]
    subprocess.run([*manager, "init", "coll"], cwd=home, check=True, capture_output=True)
    subprocess.run([*manager, "add", "coll", str(warc)], cwd=home, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(program / "wayback"), "-b", "127.0.0.1", "-p", str(port)]
    log = (tmp_path / "pywb.log").open("wb")
    process = subprocess.Popen(command, cwd=home, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}/coll"
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{url}/cdx?url={SITE_URL}&limit=1").close()
                break
            except OSError:
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def test_a_collection_of_pywb_comes_over_whole(pywb: str, tmp_path: Path) -> None:
    report = take_in(tmp_path / "data", options=options(pywb))
    assert report.problems == ()
    assert report.new == 4
    with open_archive(tmp_path / "data") as archive:
        rows = sorted(archive.store.captures(samples.SITE), key=lambda row: row.captured_at)
        bodies = [read_at(archive.warc_dir, row.pointer).response for row in rows]
    for number, body in enumerate(bodies):
        assert body.endswith(samples.html(number).encode())
    assert take_in(tmp_path / "data", options=options(pywb)).new == 0
    assert len(articles(tmp_path / "data")) == 4
