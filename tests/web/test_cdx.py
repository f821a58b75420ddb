"""The CDX server: pywb's questions, answered from the index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote_plus, urlencode

import pytest
from lxml import etree

from archive.model import WarcPointer
from archive.store import open_archive
from archive.warc.cdxj import Entry
from archive.warc.index import ELSEWHERE_NAME, Index
from archive.warc.timestamps import timestamp
from archive.web import Settings
from archive.web.interfaces import cdx_question
from archive.web.interfaces.cdx_question import BLOCK_LINES, CdxError, CdxQuestion
from tests.unit.store_sample import NOON
from tests.web.serving import Answer, Served, serving

NEWS = "http://www.a.cn/news/1.html"


def _entry(url: str, days: int, mime: str = "text/html", status: int = 200) -> Entry:
    at = timestamp(NOON + timedelta(days=days))
    place = WarcPointer("w.warc.gz", 100 + days, 50, f"sha256:{days:064x}", "")
    return Entry(
        url, at, mime, status, place.payload_digest, place.length, place.offset, place.file
    )


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with open_archive(tmp_path_factory.mktemp("cdx") / "data", create=True) as archive:
        entries = [_entry(NEWS, days) for days in (0, 10, 20)]
        entries += [
            _entry("http://www.a.cn/news/2.html", 1),
            _entry("http://www.a.cn/p.png", 2, "image/png"),
            _entry("http://sub.a.cn/", 3),
            _entry("http://www.ab.cn/", 4),
            _entry("http://www.a.cn/gone", 5, status=404),
        ]
        Index(archive.warc_dir).add(entries)
        far = _entry("http://www.a.cn/far", 6)
        far = replace(far, file="/else/where.warc.gz")
        Index(archive.warc_dir, ELSEWHERE_NAME).add([far])
        with serving(archive, Settings(rate=0)) as served:
            yield served


def _ask(room: Served, *pairs: tuple[str, str]) -> Answer:
    return room.ask("GET", f"/cdx?{urlencode(pairs)}")


def _urls(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.text
    return [json.loads(line)["url"] for line in answer.text.splitlines()]


JSON = ("output", "json")


def test_a_line_is_the_index_s_own(indexed: Served) -> None:
    first = _ask(indexed, ("url", NEWS), ("limit", "1")).text
    key, stamp, told = first.split(" ", 2)
    assert (key, stamp) == ("cn,a)/news/1.html", "20101209120000")
    assert json.loads(told) == {
        "url": NEWS,
        "mime": "text/html",
        "status": "200",
        "digest": f"sha256:{0:064x}",
        "length": "50",
        "offset": "100",
        "filename": "w.warc.gz",
    }


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ([("url", NEWS)], 3),
        ([("url", "a.cn/news/1.html")], 3),
        ([("url", "http://www.a.cn/news/"), ("matchType", "prefix")], 4),
        ([("url", "http://www.a.cn/news/*")], 4),
        ([("url", "http://www.a.cn/"), ("matchType", "host")], 7),
        ([("url", "*.a.cn")], 8),
        ([("url", "http://nowhere.example/")], 0),
        ([("url", NEWS), ("from", "20101210")], 2),
        ([("url", NEWS), ("to", "20101219")], 2),
        ([("url", NEWS), ("from", "2010"), ("to", "2010")], 3),
        ([("url", NEWS), ("limit", "2")], 2),
        ([("url", "*.a.cn"), ("filter", "mime:image")], 1),
        ([("url", "*.a.cn"), ("filter", "=status:404")], 1),
        ([("url", "*.a.cn"), ("filter", "!=status:200")], 1),
        ([("url", "*.a.cn"), ("filter", "~url:.*/news/[12]")], 4),
        ([("url", "*.a.cn"), ("filter", "mime:html"), ("filter", "!url:news")], 3),
    ],
)
def test_what_is_asked_for_is_given(
    indexed: Served, asked: list[tuple[str, str]], count: int
) -> None:
    assert len(_urls(_ask(indexed, *asked, JSON))) == count


def test_order_is_by_time_backwards_or_by_nearness(indexed: Served) -> None:
    def days(*pairs: tuple[str, str]) -> list[str]:
        lines = _ask(indexed, ("url", NEWS), ("fl", "timestamp"), *pairs).text.split()
        return [line[6:8] for line in lines]

    assert days() == ["09", "19", "29"]
    assert days(("sort", "reverse")) == ["29", "19", "09"]
    assert days(("sort", "closest"), ("closest", "20101220000000")) == ["19", "29", "09"]
    assert days(("closest", "20101231")) == ["29", "19", "09"]


def test_fields_are_chosen_and_foreign_paths_kept_back(indexed: Served) -> None:
    answer = _ask(indexed, ("url", "http://www.a.cn/far"), ("fl", "filename,status"))
    assert answer.text == "where.warc.gz 200\n"
    assert "/else" not in _ask(indexed, ("url", "*.a.cn")).text


def test_a_long_answer_is_given_in_pages(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        count = BLOCK_LINES + 10
        Index(archive.warc_dir).add([_entry(f"http://a.cn/{n}", 0) for n in range(count)])
        with serving(archive, Settings(rate=0)) as room:
            asked = [("url", "a.cn/*"), ("fl", "url"), ("pageSize", "1")]
            told = json.loads(_ask(room, *asked, ("showNumPages", "true")).text)
            pages = [_ask(room, *asked, ("page", str(n))) for n in range(3)]
    assert told == {"pages": 2, "pageSize": 1, "blocks": 2}
    assert [one.status for one in pages] == [200, 200, 400]
    first, second = (one.text.splitlines() for one in pages[:2])
    assert (len(first), len(second)) == (BLOCK_LINES, 10)
    assert len({*first, *second}) == count


def _asked_in_xml(room: Served, question: str) -> list[dict[str, str | None]]:
    answer = _ask(room, ("q", question))
    assert answer.headers["content-type"].startswith("text/xml")
    results = etree.fromstring(answer.text.encode()).findall("results/result")
    return [{str(one.tag): one.text for one in result} for result in results]


def test_wayback_machines_are_answered_in_xml(indexed: Served) -> None:
    captures = _asked_in_xml(indexed, f"type:urlquery url:{quote_plus(NEWS)} limit:2")
    assert [one["capturedate"] for one in captures] == ["20101209120000", "20101219120000"]
    assert captures[0] | {"digest": None} == {
        "compressedoffset": "100",
        "compressedendoffset": "50",
        "mimetype": "text/html",
        "file": "w.warc.gz",
        "urlkey": "cn,a)/news/1.html",
        "digest": None,
        "httpresponsecode": "200",
        "url": NEWS,
        "capturedate": "20101209120000",
    }
    late = _asked_in_xml(indexed, f"startdate:20101215 url:{quote_plus(NEWS)}")
    assert len(late) == 2


def test_wayback_machines_may_ask_for_all_addresses_below_one(indexed: Served) -> None:
    below = "http%3A%2F%2Fwww.a.cn%2Fnews%2F"
    first, second = _asked_in_xml(indexed, f"type:prefixquery url:{below}")
    assert (first["originalurl"], first["numcaptures"]) == (NEWS, "3")
    assert first["urlkey"] == "cn,a)/news/1.html"
    assert (first["firstcapturets"], first["lastcapturets"]) == ("20101209120000", "20101229120000")
    assert second["numcaptures"] == "1"


@pytest.mark.parametrize(
    "asked",
    [
        [],
        [("q", "")],
        [("q", "type:everything url:a.cn")],
        [("q", "type:urlquery url:a.cn limit:many")],
        [("url", "")],
        [("url", NEWS), ("matchType", "all")],
        [("url", NEWS), ("limit", "-1")],
        [("url", NEWS), ("limit", "x")],
        [("url", NEWS), ("page", "-1")],
        [("url", NEWS), ("pageSize", "x")],
        [("url", NEWS), ("from", "yesterday")],
        [("url", NEWS), ("fl", "secret")],
        [("url", NEWS), ("filter", "mime")],
        [("url", NEWS), ("filter", "~url:(")],
        [("url", NEWS), ("sort", "up")],
        [("url", NEWS), ("closest", "99999999999999")],
        [("url", NEWS), ("filter", "~url:(.*)*(.*)*(.*)*(.*)*x{9}y")],
        [("url", NEWS), ("filter", "~url:a{99999999}")],
        [("url", NEWS), ("filter", "~url:(?:a{1,999}b){,999}")],
        [("url", NEWS), ("filter", "~url:" + "(?:" * 60 + ")" * 60)],
        [("url", NEWS)] + [("filter", "mime:html")] * 17,
    ],
)
def test_a_question_without_sense_is_told_so(indexed: Served, asked: list[tuple[str, str]]) -> None:
    answer = _ask(indexed, *asked)
    assert answer.status in ((400,) if "(.*)*" not in str(asked) else (200, 400))
    assert answer.headers["content-type"].startswith("text/")


def test_a_regular_expression_is_slow_on_few_lines_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cdx_question, "PATTERN_SECONDS", 0.02)
    monkeypatch.setattr(cdx_question, "LINE_SECONDS", 60.0)
    asked = CdxQuestion.parse([("url", NEWS), ("filter", "~url:(?:a|aa)+b")])
    line = {"url": "a" * 18, "timestamp": "20100101000000"}
    with pytest.raises(CdxError, match="too long"):
        any(asked.wants(line) for _ in range(10_000))
