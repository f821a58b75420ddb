"""Memento: an address, a moment, and what was there, without any of it running."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from archive.model import PageKind, Site
from archive.store import Archive, CaptureRow, open_archive
from archive.warc import WarcWriter
from archive.web import Settings
from archive.web.interfaces.memento import read_stamp
from archive.web.static_view import static_view
from tests.unit.store_sample import NOON, SITE
from tests.web.holdings import OFFICIAL, PICTURE, PICTURE_URL, capture
from tests.web.serving import Served, serving

URL = "http://www.a.cn/list?page=2&q=%E5%85%9A"
PAGE = (
    "<html><head><title>x</title><style>*{}</style></head><body onload=alert(1)>"
    "<h1>标题</h1><script>alert(1)</script><img src=/p.png onerror=alert(1)>"
    "<a href='../next.html'>下一页</a><a href='javascript:alert(1)'>坏</a>"
    "<iframe src='http://evil.example/'></iframe><form action='http://evil.example/'><input></form>"
    "</body></html>"
)
DAYS = (0, 10, 20)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One address at three moments, a picture, and a capture that failed."""
    with open_archive(tmp_path_factory.mktemp("past") / "data", create=True) as archive:
        archive.store.put_site(Site(SITE, (OFFICIAL,)))
        run = archive.store.begin_run(SITE, "crawl")
        with WarcWriter(archive.warc_dir, prefix="past") as writer:
            for days in DAYS:
                at = NOON + timedelta(days=days)
                _keep(archive, writer, run, URL, "text/html", f"{PAGE}{days}".encode(), at)
            _keep(archive, writer, run, PICTURE_URL, "image/png", PICTURE, NOON)
            _keep(archive, writer, run, URL, "text/html", b"", NOON, status=404)
        with serving(archive, Settings(rate=0)) as served:
            yield served


def _keep(
    archive: Archive,
    writer: WarcWriter,
    run: int,
    url: str,
    kind: str,
    body: bytes,
    at: datetime,
    status: int = 200,
) -> None:
    pointer = writer.write(capture(url, kind, body, at))
    row = CaptureRow(url, OFFICIAL, at, status, kind, PageKind.OTHER, pointer, run)
    archive.store.commit_page(SITE, row)


@pytest.mark.parametrize(
    ("wanted", "day"),
    [
        (None, "29"),
        ("Thu, 09 Dec 2010 00:00:00 GMT", "09"),
        ("Mon, 20 Dec 2010 00:00:00 GMT", "19"),
        ("Tue, 01 Jan 2030 00:00:00 GMT", "29"),
        ("Mon, 01 Jan 1990 00:00:00 GMT", "09"),
    ],
)
def test_the_gate_leads_to_the_capture_nearest_to_the_moment(
    past: Served, wanted: str | None, day: str
) -> None:
    headers = {} if wanted is None else {"Accept-Datetime": wanted}
    answer = past.ask("GET", f"/timegate/{URL}", headers)
    assert answer.status == 302
    assert answer.headers["location"] == f"{past.base}/memento/201012{day}120000/{URL}"
    assert "accept-datetime" in answer.headers["vary"]
    assert f'<{URL}>; rel="original"' in answer.headers["link"]


def test_a_gate_refuses_a_moment_that_is_none(past: Served) -> None:
    answer = past.ask("GET", f"/timegate/{URL}", {"Accept-Datetime": "last week"})
    assert answer.status == 400
    far = past.ask(
        "GET", f"/timegate/{URL}", {"Accept-Datetime": "Tue, 01 Jan 2013 00:00:00 +999999999999999"}
    )
    assert far.status == 400
    late = past.ask("GET", f"/timegate/{URL}", {"Accept-Datetime": "31 Dec 9999 23:00:00 -1400"})
    assert late.status == 400
    assert past.ask("GET", "/timegate/http://elsewhere.example/").status == 404


def test_the_map_lists_every_capture_with_content_once(past: Served) -> None:
    answer = past.ask("GET", f"/timemap/link/{URL}")
    assert answer.headers["content-type"].startswith("application/link-format")
    found = re.findall(r'<([^>]+)>; rel="([^"]*memento)"; datetime="([^"]+)"', answer.text)
    assert [relation for _, relation, _ in found] == ["first memento", "memento", "last memento"]
    for address, _, moment in found:
        shown = past.ask("GET", address.removeprefix(past.base))
        assert shown.status == 200
        assert shown.headers["memento-datetime"] == moment


def test_an_inexact_moment_leads_to_the_nearest_capture(past: Served) -> None:
    answer = past.ask("GET", f"/memento/2010/{URL}")
    assert answer.status == 302
    assert answer.headers["location"].startswith(f"{past.base}/memento/20101209120000/")
    assert past.ask("GET", f"/memento/soon/{URL}").status == 404


def test_a_captured_page_is_shown_and_nothing_of_it_runs(past: Served) -> None:
    answer = past.ask("GET", f"/memento/20101209120000/{URL}")
    page = answer.page
    assert "标题" in answer.text
    for gone in ("script", "style", "iframe", "form", "input"):
        assert page.xpath(f"//main//{gone}") == []
    assert not [a for a in page.xpath("//main//@*") if a.attrname.startswith("on")]
    assert page.xpath("//main//img/@src") == [f"/memento/20101209120000/{PICTURE_URL}"]
    assert page.xpath("//main//a/@href") == ["/memento/20101209120000/http://www.a.cn/next.html"]
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox")
    assert "script" not in policy.replace("allow-scripts", "X")
    assert "allow-scripts" not in policy
    picture = past.ask("GET", page.xpath("//main//img/@src")[0])
    assert picture.body == PICTURE


def test_a_short_stamp_is_the_beginning_of_its_time() -> None:
    assert read_stamp("2010") == datetime(2010, 1, 1, tzinfo=UTC)
    assert read_stamp("20101209120000") == NOON


def test_a_static_view_shows_what_stood_on_the_page_and_not_its_title() -> None:
    html = "<head><title>书签</title></head><body><p>正文</p></body>"
    assert "书签" not in static_view(html, "http://a.cn/", NOON)
    assert "正文" in static_view(html, "http://a.cn/", NOON)
