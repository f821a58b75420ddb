"""What a crawl reads at once: with what earlier runs learnt of the host, asked for once a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.captured import Ingested
from archive.cleaning import HostModel
from archive.cleaning.hostmodel import line_digest
from archive.ingest import ingest
from archive.model import Capture, PageKind, Site
from archive.store import Store, open_archive
from archive.warc import WarcWriter

HOST = "www.a.ac.cn"
SITE = Site("s", (HOST,), ())
FRAME = "研究所主办的科普开放日活动将于每年五月举行欢迎各界朋友前来参观。"
BODY = "离退休中心第三党总支于九月二十七日召开全体党员大会，传达学习有关文件精神。"
PAGE = (
    f"<html><head><title>大会</title></head><body><h1>大会</h1><div>2010-12-09</div>"
    f"<p>{BODY * 3}</p><p>{FRAME}</p></body></html>"
).encode()


def captured(host: str, path: str, moment: datetime) -> Capture:
    return Capture(
        url=f"http://{host}{path}",
        captured_at=moment,
        request=f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(),
        response=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        + f"Content-Length: {len(PAGE)}\r\n\r\n".encode()
        + PAGE,
    )


def test_a_page_of_a_mirror_is_known_for_an_article_and_none_is_made_of_it_yet(
    tmp_path: Path,
) -> None:
    mirror = "m.b.com"
    site = replace(SITE, mirrors=(mirror,))
    with (
        open_archive(tmp_path, create=True) as archive,
        WarcWriter(archive.warc_dir, prefix="first") as writer,
    ):
        archive.store.put_site(site)
        run = archive.store.begin_run(site.name, "nightly")
        found = {}
        for host in (HOST, mirror):
            one = captured(host, "/xw/t20101209_1.html", datetime(2026, 5, 1, tzinfo=UTC))
            found[host] = ingest(archive, site, run, one, writer.write(one))
    assert {one.kind for one in found.values()} == {PageKind.ARTICLE}
    assert found[HOST].article is not None
    assert found[mirror].article is None


def test_what_was_learnt_of_a_host_is_asked_for_once_a_run_and_anew_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    model = Store.model

    def counted(store: Store, site: str, host: str) -> str | None:
        asked.append(host)
        return model(store, site, host)

    monkeypatch.setattr(Store, "model", counted)
    with (
        open_archive(tmp_path, create=True) as archive,
        WarcWriter(archive.warc_dir, prefix="first") as writer,
    ):
        archive.store.put_site(SITE)

        def read(run: int, number: int) -> Ingested:
            moment = datetime(2026, 5, run, number, tzinfo=UTC)
            capture = captured(HOST, f"/xw/t20101209_{number}.html", moment)
            return ingest(archive, SITE, run, capture, writer.write(capture))

        runs = [archive.store.begin_run(SITE.name, "nightly") for _ in range(2)]
        before = [read(runs[0], number) for number in range(1, 4)]
        assert asked == [HOST]
        learnt = HostModel(HOST, 9, frozenset({line_digest(FRAME)}), (), ())
        archive.store.put_model(SITE.name, HOST, learnt.to_json())
        after = read(runs[1], 4)
        assert asked == [HOST, HOST]
    assert all(one.extraction and FRAME in one.extraction.text for one in before)
    assert after.extraction is not None
    assert BODY in after.extraction.text
    assert FRAME not in after.extraction.text
