"""How an address was come by and where its page leads, as records beside the exchange."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from warcio.archiveiterator import ArchiveIterator

from archive.model import Lead, Outcome
from archive.store import CaptureRow, Lease
from archive.warc import WarcWriter, read_at, read_captures
from archive.warc.record import render
from crawler import provenance
from crawler.outcomes import Verdict
from crawler.provenance import Paths, notes_of
from crawler.visit import Visit
from tests.unit.warc_samples import sample

DONE = Verdict("done", "ok")


def lead(url: str, kind: Any = "page") -> Lead:
    return Lead(url, kind, 0)


def visit(url: str, *leads: Lead, kind: str = "page", verdict: Verdict = DONE) -> Visit:
    return Visit(Lease(url, "a.cn", kind, 0, None, None, 1, 0), verdict, leads=leads)


def test_the_path_from_the_start_names_each_hop() -> None:
    paths = Paths()
    paths.learn(visit("http://a.cn/", lead("http://a.cn/old"), kind="start"))
    moved = Verdict("done", "redirect")
    paths.learn(visit("http://a.cn/old", lead("http://a.cn/new"), verdict=moved))
    paths.learn(visit("http://a.cn/new", lead("http://a.cn/x.png", "asset")))
    assert paths.of(visit("http://a.cn/", kind="start")) == ""
    assert paths.of(visit("http://a.cn/new")) == "LR"
    assert paths.of(visit("http://a.cn/x.png")) == "LRE"


def test_an_unknown_path_is_left_out_and_not_guessed(monkeypatch: Any) -> None:
    paths = Paths()
    paths.learn(visit("http://a.cn/unknown", lead("http://a.cn/1")))
    assert paths.of(visit("http://a.cn/1")) is None
    assert notes_of(visit("http://a.cn/1", lead("http://a.cn/2")), None) == (
        "outlink: http://a.cn/2 L\r\n"
    )
    monkeypatch.setattr(provenance, "MAX_PATHS", 2)
    leads = [lead(f"http://a.cn/{number}") for number in range(9)]
    paths.learn(visit("http://a.cn/", *leads, kind="start"))
    assert [paths.of(visit(one.url)) for one in leads].count("L") == 2


def test_links_that_are_not_followed_are_listed_too() -> None:
    refused = Outcome("http://b.cn/a b", "refused", "off-site")
    seen = Visit(
        visit("http://a.cn/").lease, DONE, leads=(lead("http://a.cn/1"),), refused=(refused,)
    )
    assert notes_of(seen, "L").splitlines() == [
        "hopsFromSeed: L",
        "outlink: http://a.cn/1 L",
        "outlink: http://b.cn/a%20b L",
    ]


def test_a_page_without_news_has_no_notes() -> None:
    leads = (lead("http://a.cn/1"),)
    same = cast(CaptureRow, object())
    assert notes_of(Visit(visit("http://a.cn/").lease, DONE, leads=leads, same_as=same), "") == ""
    assert notes_of(visit("http://a.cn/"), "") == ""


def test_notes_refer_to_their_exchange_and_leave_it_as_it_was(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="notes") as writer:
        first = writer.write(sample(1))
        second = writer.write(sample(2))
        writer.write_notes(
            sample(1), first, render([("hopsFromSeed", "LL"), ("outlink", "http://x/ L")])
        )
    path = tmp_path / writer.files[0]
    with path.open("rb") as file:
        [*_, (fields, block)] = [
            (r.rec_headers, r.content_stream().read()) for r in ArchiveIterator(file)
        ]
    assert fields["WARC-Type"] == "metadata"
    assert fields["WARC-Refers-To"] == f"<{first.record_id}>"
    assert fields["WARC-Target-URI"] == sample(1).url
    assert block == b"hopsFromSeed: LL\r\noutlink: http://x/ L\r\n"
    assert read_at(tmp_path, first) == sample(1)
    assert [pointer for _, pointer in read_captures(path)] == [first, second]
