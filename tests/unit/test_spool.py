"""What was put away says what it said; a site derived from disk is the one derived in memory."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from archive import spool
from archive.cleaning import extract
from archive.errors import DataDirectoryError, DiskFullError
from archive.export.digest import digest_of
from archive.model import Extraction, Removal, Site
from archive.sitepass.derive import derive
from archive.spool import Spool, spooling
from archive.store import open_archive
from archive.store.documents import pack
from tests.tampering.archived import put

PAGE = (
    "<title>第3次会议</title><h1>第3次会议</h1><div id=zoom>"
    "<p>会议听取了年度工作报告，讨论了下一步的安排。</p>"
    "<p>全体同志参加了会议，会议由办公室主持。</p><p>【打印】【关闭】</p></div>"
).encode()


@pytest.fixture
def read() -> Extraction:
    found = extract(PAGE, "http://www.example.ac.cn/t20101209_1.html")
    assert found.removals
    return found


def test_an_extraction_put_away_says_what_it_said(tmp_path: Path, read: Extraction) -> None:
    with TemporaryFile(dir=tmp_path, buffering=0) as file:
        kept = Spool(file, tmp_path, room=0)
        away = kept.keep(read)
        assert away is not read
        assert away == read
        assert pack(away) == pack(read)
        assert pickle.loads(pickle.dumps(away)) == read
        assert kept.keep(away) is away


def test_what_is_made_of_one_put_away_is_whole_again(tmp_path: Path, read: Extraction) -> None:
    with TemporaryFile(dir=tmp_path, buffering=0) as file:
        kept = Spool(file, tmp_path, room=0)
        changed = replace(kept.keep(read), branch="党建", removals=())
    assert changed == replace(read, branch="党建", removals=())


def test_the_first_texts_stay_in_memory_and_many_can_be_put_away(
    tmp_path: Path, read: Extraction
) -> None:
    many = [
        replace(read, text=f"{n}", removals=(Removal("x", "r", "e", f"{n}"),)) for n in range(200)
    ]
    with TemporaryFile(dir=tmp_path, buffering=0) as file:
        kept = Spool(file, tmp_path, room=len(read.markdown + read.html) * 2)
        away = [kept.keep(one) for one in many]
        assert [one is other for one, other in zip(away, many, strict=True)][:3] == [
            True,
            False,
            False,
        ]
        assert [one.text for one in away] == [one.text for one in many]
        assert away[::-1] == many[::-1]
    assert list(tmp_path.iterdir()) == []


def test_texts_read_back_stay_in_memory_by_their_characters_not_by_their_number(
    tmp_path: Path, read: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = len(read.text + read.markdown + read.html)
    monkeypatch.setattr(spool, "REMEMBERED_CHARS", one * 2)
    with TemporaryFile(dir=tmp_path, buffering=0) as file:
        kept = Spool(file, tmp_path, room=0)
        away = [kept.keep(read) for _ in range(5)]
        assert [other.text for other in away] == [read.text] * 5
        assert len(kept._read) == 2
        monkeypatch.setattr(spool, "REMEMBERED_CHARS", 1)
        assert [other.html for other in away] == [read.html] * 5
        assert len(kept._read) == 1


def shown(number: int, words: str, name: str = "某研究所") -> tuple[str, str]:
    body = f"<p>第{number}次会议听取了报告，{words}讨论了第{number}项安排。</p>"
    body += "<p>会后全体同志参观了展览。</p>"
    link = "<p>附件：<a href=/a.pdf>安排.pdf</a></p>" if number % 2 else ""
    more = f"<p><a href=t20101209_{number}_1.html>下一页</a></p>" if number == 4 else ""
    title = f"第{number}次会议纪要"
    html = f"<title>{title}-{name}</title><div>{name}</div><h1>{title}</h1>"
    return (
        f"/t20101209_{number}.html",
        f"{html}<div id=zoom>{body}{link}{more}</div><p>版权所有 {name}</p>",
    )


def test_a_site_derived_from_disk_is_the_site_derived_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    official, mirror = "www.example.ac.cn", "www.hx7788.com"
    site = Site("s", (official,), (mirror,))
    with open_archive(tmp_path, create=True) as archive:
        for night, words in enumerate(("认真学习，", "认真学习了文件，"), 1):
            pages = [shown(n, words) for n in range(8)]
            further = pages[5][1].replace("第5次会议纪要", "第4次会议纪要")
            copies = [shown(n, words, "鎏岳体育") for n in range(2, 12)]
            put(
                archive,
                site,
                {official: [*pages, ("/t20101209_4_1.html", further)], mirror: copies},
                night=night,
            )
        in_memory = digest_of(archive.store.articles())
        versions = [archive.store.versions(one.id) for one in archive.store.articles()]
        monkeypatch.setattr(spool, "ROOM", 0)
        report = derive(archive, "s")
        assert digest_of(archive.store.articles()) == in_memory
    assert report.changes == {"new": 0, "changed": 0, "unchanged": report.articles, "removed": 0}
    assert max(map(len, versions)) == 2


def test_a_disk_that_takes_no_more_is_said_with_the_folder(
    tmp_path: Path, read: Extraction
) -> None:
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(DiskFullError, match=tmp_path.name),
    ):
        Spool(full, tmp_path, room=0).keep(read)
    with pytest.raises(DataDirectoryError, match="cannot write"), spooling(tmp_path / "none"):
        pass
