"""An article that had an id stays, when its address shows something else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.sitepass.derive import derive
from archive.store import Archive, open_archive
from tests.tampering.archived import put
from tests.unit.cited_pages import CITED, ONE, OWN, SITE, ids, others, page

AT = "/show/77.html"


def parked(path: str) -> tuple[str, str]:
    """What a sold domain says."""
    return path, "<html><head><title>For sale</title></head><body><p>Buy it.</p></body></html>"


def advertised(path: str) -> tuple[str, str]:
    """Another article altogether."""
    lines = (
        "本周末足球联赛第十二轮将在各地同时开赛，主队近五场保持不败，客队后防线伤病较多。",
        "球迷可以提前到场观看训练，入场券在官方售票窗口发售，学生凭证件享受半价优惠。",
    )
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        path,
        "<html><head><title>联赛前瞻</title></head><body><h1>联赛前瞻</h1>"
        f'<div>发布时间：2026-05-03</div><div class="TRS_Editor">{body}</div></body></html>',
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A night on which an article stood on one mirror alone."""
    with open_archive(tmp_path / "data", create=True) as opened:
        put(opened, SITE, {OWN: others("/xw"), ONE: [page(AT, 1)]})
        yield opened


def test_a_mirrors_article_stays_when_its_page_is_none_any_more(archive: Archive) -> None:
    before = archive.get(f"http://{ONE}{AT}")
    for night in (2, 3):
        put(archive, SITE, {ONE: [parked(AT)]}, night=night)
        now = archive.get(before.id)
        assert (now.reading.text, now.status) == (before.reading.text, "mirror-only")
        assert now.last_seen == before.last_seen
    derive(archive, SITE.name, anew=True)
    assert archive.get(before.id) == now


def test_an_id_never_leads_to_another_article_at_its_address(archive: Archive) -> None:
    cited = ids(archive)[CITED]
    for night in (2, 3):
        put(archive, SITE, {ONE: [advertised(AT)]}, night=night)
        found = ids(archive)
        assert found[CITED] == cited
        assert found["联赛前瞻"] != cited


@pytest.mark.parametrize("host", [OWN, ONE])
def test_an_article_that_comes_back_to_its_address_has_its_id_again(
    archive: Archive, host: str
) -> None:
    one = page("/show/3.html", 0)
    title = "全体党员大会纪要0"
    put(archive, SITE, {host: [one]}, night=2)
    cited = ids(archive)[title]
    put(archive, SITE, {host: [advertised(one[0])]}, night=3)
    between = ids(archive)["联赛前瞻"]
    for night, shown in ((4, one), (5, advertised(one[0])), (6, one)):
        put(archive, SITE, {host: [shown]}, night=night)
        assert archive.get(cited).reading.title == title
        assert archive.get(between).reading.title == "联赛前瞻"
        assert {archive.get(cited).id, archive.get(between).id} == {cited, between}


def test_an_official_article_is_gone_with_all_its_versions(archive: Archive) -> None:
    (path, first), *_ = others("/xw")
    put(archive, SITE, {OWN: [(path, first.replace("上半年", "全年"))]}, night=2)
    known = archive.get(f"http://{OWN}{path}")
    assert known.versions == 2
    for night in (3, 4):
        put(archive, SITE, {OWN: [parked(path)]}, night=night)
        assert archive.get(known.id).status == "live"
    put(archive, SITE, {OWN: [parked(path)]}, night=5)
    gone = archive.get(known.id)
    assert (gone.status, gone.versions) == ("gone", 2)
    assert "全年" in gone.reading.text
    put(archive, SITE, {OWN: [(path, first)]}, night=6)
    assert archive.get(known.id).status == "live"


def test_a_page_that_is_seen_to_be_no_article_is_none(archive: Archive) -> None:
    """Where the program has learnt better, the capture is read as it reads now."""
    before = len(ids(archive))
    put(archive, SITE, {ONE: [parked("/other.html")]}, night=2)
    put(archive, SITE, {ONE: [parked("/other.html")]}, night=3)
    assert len(ids(archive)) == before


def test_an_official_article_whose_page_shows_none_is_not_gone_but_missing(
    archive: Archive,
) -> None:
    """It is gone when a server says so, night after night, and not by a new template."""
    (path, _), *_ = others("/xw")
    known = archive.get(f"http://{OWN}{path}")
    empty = "<html><body><div id=app></div><script src=app.js></script></body></html>"
    report = put(archive, SITE, {OWN: [(path, empty)]}, night=2)
    kept = archive.get(known.id)
    assert (kept.status, kept.reading.text) == ("live", known.reading.text)
    assert report.missing == 1
