"""Clients of the Wayback Machine find what they know: its CDX server, its addresses, its bytes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from archive.backfill.run import BackfillOptions
from archive.backfill.wayback import Service, Wayback
from archive.model import PageKind, Site
from archive.store import CaptureRow, open_archive
from archive.warc import WarcWriter, read_at
from archive.web import Settings
from tests.unit.backfill_samples import take_in
from tests.unit.store_sample import NOON, SITE
from tests.web.holdings import OFFICIAL, PICTURE, PICTURE_URL, capture
from tests.web.serving import Answer, Served, serving

URL = "http://www.a.cn/news/1.html"
PAGE = "<p>离退休党总支</p><script>alert(1)</script>".encode("gb18030")
SCRIPT_URL, GZIPPED_URL = "http://www.a.cn/news/s.js", "http://www.a.cn/news/z.html"
PARTS_URL = "http://www.b.cn/parts"
GZIPPED = gzip.compress(PAGE * 50)
KEPT = (
    (URL, 0, "text/html; charset=gb2312", PAGE),
    (URL, 1, "text/html; charset=gb2312", PAGE + b"1"),
    (URL, 20, "text/html; charset=gb2312", PAGE + b"20"),
    (SCRIPT_URL, 2, "application/x-javascript", b"alert(1)"),
    (GZIPPED_URL, 3, "text/html", GZIPPED),
    (PICTURE_URL, 4, "image/png", PICTURE),
    (PARTS_URL, 5, "multipart/x-mixed-replace; boundary=b", b"--b\r\n\r\n" + PAGE),
)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with open_archive(tmp_path_factory.mktemp("machine") / "data", create=True) as archive:
        archive.store.put_site(Site(SITE, (OFFICIAL,)))
        run = archive.store.begin_run(SITE, "crawl")
        with WarcWriter(archive.warc_dir, prefix="machine") as writer:
            for url, days, kind, body in KEPT:
                made = capture(url, kind, body, NOON + timedelta(days=days))
                if body is GZIPPED:
                    coded = made.response.replace(
                        b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n", 1
                    )
                    made = replace(made, response=coded)
                pointer = writer.write(made)
                row = CaptureRow(
                    url, OFFICIAL, made.captured_at, 200, kind, PageKind.OTHER, pointer, run
                )
                archive.store.commit_page(SITE, row)
            # Twice in one second, as two machines may.
            for _ in range(3):
                writer.write(capture("http://www.a.cn/twice", "text/plain", b"x"))
            missing = capture("http://www.a.cn/no", "text/html", b"")
            writer.write(replace(missing, response=missing.response.replace(b"200 OK", b"404 No")))
        with serving(archive, Settings(rate=0)) as served:
            yield served


def _ask(room: Served, *pairs: tuple[str, str]) -> Answer:
    return room.ask("GET", f"/cdx/search/cdx?{urlencode(pairs)}")


def test_a_line_has_the_seven_columns_that_clients_expect(machine: Served) -> None:
    (line,) = _ask(machine, ("url", SCRIPT_URL)).text.splitlines()
    key, stamp, original, kind, status, digest, length = line.split(" ")
    assert (key, stamp, original) == ("cn,a)/news/s.js", "20101211120000", SCRIPT_URL)
    assert (kind, status, digest[:7]) == ("application/x-javascript", "200", "sha256:")
    assert int(length) > 0


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ([("url", URL)], ["09", "10", "29"]),
        ([("url", URL), ("limit", "-1")], ["29"]),
        ([("url", URL), ("limit", "2")], ["09", "10"]),
        ([("url", URL), ("from", "20101210"), ("to", "20101211")], ["10"]),
        ([("url", URL), ("sort", "reverse"), ("limit", "1")], ["29"]),
        ([("url", URL), ("collapse", "timestamp:7")], ["09", "10", "29"]),
        ([("url", URL), ("collapse", "timestamp:6")], ["09"]),
        ([("url", URL), ("collapse0", "urlkey")], ["09"]),
        ([("url", "a.cn/*"), ("filter", "mimetype:image/.*")], ["13"]),
        ([("url", "a.cn/*"), ("filter", "statuscode:[45]..")], ["09"]),
        ([("url", "a.cn/*"), ("filter0", "!statuscode:200"), ("filter1", "mimetype:.*")], ["09"]),
        ([("url", "a.cn/*"), ("filter", "original:.*/news")], []),
        ([("url", "a.cn/*"), ("filter", "=original:" + GZIPPED_URL)], ["12"]),
    ],
)
def test_what_is_asked_for_in_the_machines_words_is_given(
    machine: Served, asked: list[tuple[str, str]], days: list[str]
) -> None:
    answer = _ask(machine, *asked, ("fl", "timestamp,original"))
    assert answer.status == 200, answer.text
    assert [line[6:8] for line in answer.text.splitlines()] == days


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
@pytest.mark.parametrize("collapse", [(), (("collapse", "urlkey"),)])
def test_going_on_by_the_key_gives_every_line_once(
    machine: Served, limit: int, collapse: tuple[tuple[str, str], ...]
) -> None:
    whole = _ask(machine, ("url", "a.cn/*"), *collapse).text.splitlines()
    asked = [("url", "a.cn/*"), ("limit", str(limit)), ("showResumeKey", "true"), *collapse]
    given: list[str] = []
    key = ""
    for _ in range(len(whole) + 1):
        lines, _, key = _ask(machine, *asked, *_key(key)).text.partition("\n\n")
        given += lines.splitlines()
        key = key.strip()
        if not key:
            break
    assert given == whole
    assert len(whole) == (10 if not collapse else 6)


def _key(key: str) -> list[tuple[str, str]]:
    return [("resumeKey", key)] if key else []


def test_json_is_a_table_with_its_head_and_its_key(machine: Served) -> None:
    asked = [("url", URL), ("output", "json"), ("limit", "1"), ("fl", "original,timestamp")]
    answer = _ask(machine, *asked, ("showResumeKey", "true"))
    head, row, gap, (key,) = json.loads(answer.text)
    assert (head, row, gap) == (["original", "timestamp"], [URL, "20101209120000"], [])
    again = json.loads(_ask(machine, *asked, ("resumeKey", key)).text)
    assert again[1:] == [[URL, "20101210120000"]]
    assert json.loads(_ask(machine, ("url", "x.cn"), ("output", "json")).text) == []
    assert _ask(machine, ("url", URL), ("showNumPages", "true")).text == "1\n"


@pytest.mark.parametrize(
    "asked",
    [
        [],
        [("url", URL), ("limit", "x")],
        [("url", URL), ("limit", "--1")],
        [("url", URL), ("collapse", "secret")],
        [("url", URL), ("collapse", "timestamp:x")],
        [("url", URL), ("resumeKey", "nonsense")],
        [("url", URL), ("filter", "statuscode:(")],
        [("url", URL), ("filter", "original:a{99999999}")],
        [("url", URL), ("fl", "original,secret")],
    ],
)
def test_a_question_that_is_none_is_said_to_be_none(
    machine: Served, asked: list[tuple[str, str]]
) -> None:
    answer = _ask(machine, *asked)
    assert answer.status == 400
    assert answer.text.strip()


def test_the_bytes_are_the_captured_ones_and_nothing_runs_them(machine: Served) -> None:
    answer = machine.ask("GET", f"/web/20101210120000id_/{URL}")
    assert (answer.status, answer.body) == (200, PAGE + b"1")
    assert answer.headers["content-type"] == "text/html; charset=gb2312"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["memento-datetime"] == "Fri, 10 Dec 2010 12:00:00 GMT"
    assert f'<{URL}>; rel="original"' in answer.headers["link"]
    parts = machine.ask("GET", f"/web/20101214120000id_/{PARTS_URL}")
    assert parts.headers["content-type"] == "application/octet-stream"
    script = machine.ask("GET", f"/web/20101211120000id_/{SCRIPT_URL}")
    assert script.body == b"alert(1)"
    assert script.headers["content-type"] == "application/octet-stream"
    assert script.headers["x-content-type-options"] == "nosniff"
    zipped = machine.ask(
        "GET", f"/web/20101212120000id_/{GZIPPED_URL}", {"Accept-Encoding": "gzip"}
    )
    assert (zipped.body, zipped.headers["content-encoding"]) == (GZIPPED, "gzip")


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        (f"/web/{URL}", f"/memento/20101229120000/{URL}"),
        (f"/web/20101210120000/{URL}", f"/memento/20101210120000/{URL}"),
        (f"/web/2009/{URL}", f"/memento/20101209120000/{URL}"),
        (f"/web/20101210120000if_/{URL}", f"/memento/20101210120000/{URL}"),
        (f"/web/2011id_/{URL}", f"/web/20101229120000id_/{URL}"),
        (f"/web/*/{URL}", "/captures?url=http%3A%2F%2Fwww.a.cn%2Fnews%2F1.html"),
        (f"/web/2010*/{URL}", "/captures?url=http%3A%2F%2Fwww.a.cn%2Fnews%2F1.html"),
    ],
)
def test_an_address_of_the_machines_leads_to_what_is_here(
    machine: Served, asked: str, led_to: str
) -> None:
    answer = machine.ask("GET", asked)
    assert (answer.status, answer.headers["location"]) == (302, machine.base + led_to)


@pytest.mark.parametrize("path", ["/web/20101209120000id_/http://x.cn/", "/web/", "/web/*/"])
def test_what_is_not_kept_is_not_found(machine: Served, path: str) -> None:
    assert machine.ask("GET", path).status == 404


def test_whether_there_is_a_capture_is_said_in_json(machine: Served) -> None:
    told = json.loads(machine.get("/wayback/available", url="www.a.cn/news/1.html").text)
    assert told["archived_snapshots"]["closest"] == {
        "status": "200",
        "available": True,
        "url": f"{machine.base}/memento/20101229120000/{URL}",
        "timestamp": "20101229120000",
    }
    early = json.loads(machine.get("/wayback/available", url=URL, timestamp="2010").text)
    assert early["archived_snapshots"]["closest"]["timestamp"] == "20101209120000"
    none = json.loads(machine.get("/wayback/available", url="http://x.cn/").text)
    assert none == {"url": "http://x.cn/", "archived_snapshots": {}}


def test_another_archive_takes_in_what_this_one_serves_byte_for_byte(
    machine: Served, tmp_path: Path
) -> None:
    wanted = Wayback(Service.at(f"{machine.base}/web"), ("http://www.a.cn/news/",))
    report = take_in(tmp_path / "data", options=BackfillOptions(wayback=wanted))
    assert (report.new, list(report.problems)) == (5, [])
    with open_archive(tmp_path / "data") as archive:
        bodies = {
            (row.url, row.captured_at): read_at(archive.warc_dir, row.pointer).response
            for row in archive.store.captures(SITE)
        }
    for url, days, _, body in KEPT[:5]:
        assert bodies[url, NOON + timedelta(days=days)].endswith(body)
