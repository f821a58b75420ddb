"""Replay without a browser: the package of a page, its origin, and what is said without it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.cleaning import read_page
from archive.cli import main
from archive.requisites import pictures_in
from archive.store import Archive
from archive.web import Settings
from archive.web.replay.app import capture_row, create_replay_app
from archive.web.replay.package import requisites
from tests.web.holdings import (
    BACKGROUND_URL,
    FILE_URL,
    KEPT,
    MIRRORED,
    PAGE_BODY,
    PICTURE,
    PICTURE_URL,
    STYLE,
    STYLE_URL,
)
from tests.web.serving import Served, serving


@pytest.fixture(scope="module")
def player(archive: Archive) -> Iterator[Served]:
    settings = Settings(rate=0)
    with serving(archive, settings, create_replay_app(archive, settings)) as served:
        yield served


def _responses(package: bytes) -> dict[str, bytes]:
    """The payload of each address in a WACZ, as warcio reads it."""
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        (name,) = [name for name in whole.namelist() if name.startswith("archive/")]
        records = ArchiveIterator(io.BytesIO(whole.read(name)))
        return {
            record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
            for record in records
            if record.rec_type == "response"
        }


def test_a_page_and_what_it_shows_are_one_package_that_others_read(player: Served) -> None:
    answer = player.get(f"/wacz/{KEPT}-0.wacz")
    assert _responses(answer.body) == {
        "http://www.a.cn/a1": PAGE_BODY,
        PICTURE_URL: PICTURE,
        STYLE_URL: STYLE,
        BACKGROUND_URL: PICTURE,
    }


def test_an_articles_evidence_is_one_package_with_its_pages(room: Served) -> None:
    answer = room.get(f"/article/{KEPT}/evidence.wacz")
    assert answer.headers["content-disposition"].endswith("a1.wacz")
    shown = {PICTURE_URL, STYLE_URL, BACKGROUND_URL}
    assert set(_responses(answer.body)) == {"http://www.a.cn/a1", FILE_URL, *shown}
    with zipfile.ZipFile(io.BytesIO(answer.body)) as whole:
        pages = whole.read("pages/pages.jsonl").decode().splitlines()
    assert any("关于召开党员大会的通知" in line for line in pages)


def test_requisites_are_those_the_page_and_its_style_sheets_name(archive: Archive) -> None:
    row = capture_row(archive, KEPT, 0)
    found = [one.url for one in requisites(archive, row)]
    assert found == [PICTURE_URL, STYLE_URL, BACKGROUND_URL]


def test_pictures_of_amp_pages_and_those_loaded_late_belong_to_a_page() -> None:
    html = (
        b'<amp-img src="/a.jpg"></amp-img><img src="blank.gif" data-src="/b.jpg">'
        b'<img src="data:image/gif;base64,R0" original="/c.jpg"><img>'
    )
    assert list(pictures_in(read_page(html))) == ["/a.jpg", "blank.gif", "/b.jpg", "/c.jpg"]


@pytest.mark.parametrize(
    ("asked", "status", "piece"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=5-", 206, slice(5, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("bytes=x", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
    ],
)
def test_a_range_is_a_piece_of_the_whole(
    player: Served, asked: str, status: int, piece: slice
) -> None:
    whole = player.get(f"/wacz/{KEPT}-0.wacz").body
    answer = player.get(f"/wacz/{KEPT}-0.wacz", {"Range": asked})
    assert (answer.status, answer.body) == (status, whole[piece])


def test_the_players_page_may_be_framed_by_the_reading_room_alone(player: Served) -> None:
    policy = player.get(f"/show/{KEPT}/0").headers["content-security-policy"]
    assert "frame-ancestors http://127.0.0.1:*" in policy
    assert "'unsafe-eval'" not in policy
    assert player.get(f"/show/{MIRRORED}/0").status == 404
    assert player.get("/show/nothing/0").status == 404
    assert player.get("/ui.js").status == 404
    assert player.get("/show/a1/0", {"Host": "evil.example"}).status == 421


def test_the_player_starts_only_when_its_worker_can_answer(player: Served) -> None:
    first = player.get(f"/show/{KEPT}/0").page
    assert first.xpath("//script/@src") == ["/frame.js"]
    assert first.xpath("//replay-web-page") == []
    assert "?ready=1" in player.get("/frame.js").text
    then = player.get(f"/show/{KEPT}/0?ready=1").page
    assert then.xpath("//script/@src") == ["/ui.js"]
    assert then.xpath("//replay-web-page/@source") == [f"/wacz/{KEPT}-0.wacz"]


def test_without_the_player_the_page_says_how_to_get_it(room: Served) -> None:
    answer = room.get(f"/article/{KEPT}/witness/0/replay")
    assert "palimpsest replay-assets install" in answer.text
    assert answer.page.xpath("//iframe") == []


def test_with_the_player_the_page_frames_its_origin_where_that_is_safe(archive: Archive) -> None:
    folder = archive.data / "replay"
    folder.mkdir()
    for name in ("ui.js", "sw.js", "LICENSE"):
        (folder / name).write_text("", encoding="utf-8")
    hosts = ("127.0.0.1", "archive.a.cn")
    try:
        with serving(archive, Settings(rate=0, replay_port=1234, hosts=hosts)) as served:
            path = f"/article/{KEPT}/witness/0/replay"
            (frame,) = served.get(path).page.xpath("//iframe")
            far = served.get(path, {"Host": "archive.a.cn"})
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    assert frame.get("src") == f"http://127.0.0.1:1234/show/{KEPT}/0"
    assert frame.get("sandbox") == "allow-scripts allow-same-origin"
    assert far.page.xpath("//iframe") == []
    assert "secure context" in far.text


def test_another_package_than_the_known_one_is_left_alone(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "x.tgz"
    package.write_bytes(b"not it")
    arguments = ["replay-assets", "install", "--data", str(archive.data), "--from"]
    assert main([*arguments, str(package)]) == 64
    assert "left alone" in capsys.readouterr().err
    assert main([*arguments, str(tmp_path / "none")]) == 64
    assert not (archive.data / "replay").exists()


def test_a_page_makes_no_script_of_the_players_its_worker(player: Served, archive: Archive) -> None:
    (archive.data / "replay").mkdir(exist_ok=True)
    for name in ("ui.js", "sw.js"):
        (archive.data / "replay" / name).write_text("self.player = 1;")
    as_worker = {"Service-Worker": "script"}
    confined = player.get("/replay/sw.js?serveIndex=1", headers=as_worker)
    assert (confined.status, b"Content-Security-Policy" in confined.body) == (200, True)
    assert player.get("/replay/sw.js").body == b"self.player = 1;"
    for path in (
        "/replay/sw.js",
        "/replay/sw.js?serveIndex=1&allowProxyPaths=http://evil.example/",
        "/ui.js",
        "/replay/ui.js",
        "/frame.js",
    ):
        assert player.get(path, headers=as_worker).status == 404
