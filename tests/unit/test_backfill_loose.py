"""Saved pages, plain texts and lines of JSON: kept whole, each once, and read as articles."""

from __future__ import annotations

import email.message
import json
import os
import signal
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.addresses import LOOSE_URN
from archive.backfill import loose
from archive.backfill.inputs import find_inputs
from archive.backfill.run import BackfillOptions
from archive.errors import StoppedError
from archive.evidence.texts import in_chinese
from archive.evidence.verify import verify
from archive.loose import read_loose
from archive.model import Capture, Extraction
from archive.runs.stopping import Stop
from archive.store import open_archive
from archive.warc.index import Index
from archive.warc.listing import index_missing
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import articles, take_in, titles

CHANGED = datetime(2013, 5, 6, 7, tzinfo=UTC)


def test_the_first_backfill_of_one_text_says_one_new_article(tmp_path: Path) -> None:
    text = tmp_path / "t20120302_1.txt"
    text.write_text("\n".join([samples.title(1), *samples.body(1)]), encoding="utf-8")
    report = take_in(tmp_path / "data", text)
    assert Counter(report.derived.changes) == Counter(new=1)
    assert (report.captures, report.new) == (1, 1)
    assert titles(tmp_path / "data") == {samples.title(1)}
    os.utime(text, ns=(1, 1))
    again = take_in(tmp_path / "data", text)
    assert again.new == 0
    assert len(articles(tmp_path / "data")) == 1


@pytest.mark.parametrize("rule", ["-", "-----", "_____", "——————", "|||", "···"])
def test_a_line_of_signs_in_a_plain_text_costs_no_article(tmp_path: Path, rule: str) -> None:
    text = tmp_path / "t20120302_1.txt"
    text.write_text("\n".join([samples.title(1), rule, *samples.body(1)]), encoding="utf-8")
    report = take_in(tmp_path / "data", text)
    assert report.derived.unread == ()
    assert titles(tmp_path / "data") == {samples.title(1)}


def mhtml(number: int) -> bytes:
    message = email.message.EmailMessage()
    message["Snapshot-Content-Location"] = f"http://{samples.HOST}/{number}.html"
    message.make_related()
    page = email.message.EmailMessage()
    page.set_content(samples.html(number), subtype="html", cte="quoted-printable")
    page["Content-Location"] = f"http://{samples.HOST}/{number}.html"
    message.attach(page)
    return message.as_bytes()


def test_saved_pages_and_lines_of_json_are_taken_in_and_kept_byte_for_byte(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    saved = f"<!-- saved from url=(0034)http://{samples.HOST}/0.html -->\n{samples.html(0)}"
    (folder / "page.html").write_text(saved, encoding="utf-8")
    (folder / "web.mhtml").write_bytes(mhtml(1))
    lines = [
        {"title": samples.title(2), "text": "\n".join(samples.body(2))},
        {"url": "http://www.example.ac.cn/3.html", "content": "\n".join(samples.body(3))}
        | {"title": samples.title(3)},
    ]
    rows = [json.dumps(line, ensure_ascii=False) for line in lines]
    (folder / "texts.jsonl").write_text("\n".join([*rows, "", "not json"]), encoding="utf-8")
    report = take_in(tmp_path / "data", folder)
    where = folder / "texts.jsonl"
    assert report.problems == (f"{where} line 4: no JSON object with a text, not taken in",)
    assert titles(tmp_path / "data") == {samples.title(number) for number in range(4)}
    found = {a["title"]: a for a in articles(tmp_path / "data")}
    for number in range(4):
        for line in samples.body(number):
            assert line in str(found[samples.title(number)]["text"])
    told = {number: found[samples.title(number)]["url"] for number in range(4)}
    assert told[0] == f"http://{samples.HOST}/0.html"
    assert told[1] == f"http://{samples.HOST}/1.html"
    assert str(told[2]).startswith("urn:sha256:")
    assert told[3] == "http://www.example.ac.cn/3.html"
    assert report.captures == 4
    with open_archive(tmp_path / "data") as archive:
        kinds = {row.media_type for row in archive.store.captures(samples.SITE)}
        checked = verify(archive)
        assert (checked.findings, checked.captures) == ([], 4)
    assert kinds == {"text/html", "multipart/related", "application/json"}
    assert take_in(tmp_path / "data", folder).known == 3


def test_a_line_that_names_its_title_loses_no_line_of_its_text_to_it(tmp_path: Path) -> None:
    lines = [
        {"title": "联系方式", "text": "联系人：李四 电话 62345678"},
        {"title": "한국 방문", "text": "서울대학교 김철수 교수가 방문했다.\n" + samples.body(1)[0]},
        {"title": "通知第1号", "text": "例行检查\n办公室"},
        {
            "title": "岗位表",
            "text": "岗位\t学历 \t 人数\n会计\t本科\t1\n以上  自即日起报名。",
        },
        {"title": "通知第2号-示例所", "text": "首页\n通知第2号\n请各部门于周五前上报。"},
    ]
    rows = [json.dumps(line, ensure_ascii=False) for line in lines]
    (tmp_path / "texts.jsonl").write_text("\n".join(rows), encoding="utf-8")
    take_in(tmp_path / "data", tmp_path / "texts.jsonl")
    found = {a["title"]: a["text"] for a in articles(tmp_path / "data")}
    assert found == {
        "联系方式": lines[0]["text"],
        "한국 방문": lines[1]["text"],
        "通知第1号": lines[2]["text"],
        "岗位表": "岗位\t学历\t人数\n会计\t本科\t1\n以上 自即日起报名。",
        # What the title says once more, and what stands above it, is the page's.
        "通知第2号-示例所": "请各部门于周五前上报。",
    }


def test_what_a_line_tells_besides_its_text_leads(tmp_path: Path) -> None:
    text = "作者：李四 发布时间：2011-01-01\n" + "\n".join(samples.body(1))
    lines = [
        {
            "title": "甲",
            "text": text,
            "published": "2012-03-08",
            "author": "王五",
            "branch": "要闻",
        },
        {"title": "乙", "text": text + "一", "date": "2012-03-09T23:59:00+08:00", "source": "所办"},
        {"title": "丙", "text": text + "二", "author": ["王五", "赵六"], "published": "2012-02-30"},
        {"title": "丁", "text": text + "三", "source": "http://a.example/1", "published": 20120308},
        {"title": "戊", "text": text + "四", "published": "0001-01-01T00:00:00"},
    ]
    rows = [json.dumps(line, ensure_ascii=False) for line in lines]
    (tmp_path / "texts.jsonl").write_text("\n".join(rows), encoding="utf-8")
    take_in(tmp_path / "data", tmp_path / "texts.jsonl")
    told = {
        a["title"]: (a["published"], a["author"], a["source"], a["branch"])
        for a in articles(tmp_path / "data")
    }
    assert told == {
        "甲": ("2012-03-08", "王五", None, "要闻"),
        "乙": ("2012-03-09", "李四", "所办", None),
        "丙": ("2011-01-01", "王五、赵六", None, None),
        "丁": ("2011-01-01", "李四", None, None),
        "戊": ("2011-01-01", "李四", None, None),
    }
    (evidence,) = (
        a["published_evidence"] for a in articles(tmp_path / "data") if a["title"] == "甲"
    )
    assert evidence == "published of the line: 2012-03-08"
    assert in_chinese(str(evidence)) == "该行 JSON 的 published：“2012-03-08”"


def test_a_saved_page_is_of_the_moment_that_it_says_it_was_saved_at(tmp_path: Path) -> None:
    page = samples.html(1)
    note = (
        "<!--\n Page saved with SingleFile \n url: http://www.example.ac.cn/a.html \n"
        " saved date: Thu Mar 08 2012 16:20:01 GMT+0800 (中国标准时间)\n-->"
    )
    letter = (
        "From: <Saved by Blink>\r\nDate: Fri, 09 Mar 2012 08:00:02 -0000\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n"
    )
    said = {
        "single.html": (note + page, datetime(2012, 3, 8, 8, 20, 1, tzinfo=UTC)),
        "blink.mhtml": (letter + page, datetime(2012, 3, 9, 8, 0, 2, tzinfo=UTC)),
        "plain.html": (samples.html(2), CHANGED),
        "future.mhtml": (letter.replace("2012", "9012") + samples.html(3), CHANGED),
        "wrong.html": (note.replace("Mar 08", "Mar 48") + samples.html(4), CHANGED),
    }
    for name, (content, _) in said.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        os.utime(tmp_path / name, (CHANGED.timestamp(),) * 2)
    take_in(tmp_path / "data", *(tmp_path / name for name in said))
    with open_archive(tmp_path / "data") as archive:
        moments = {row.via: row.captured_at for row in archive.store.captures(samples.SITE)}
    assert moments == {f"file:{name}": moment for name, (_, moment) in said.items()}


@pytest.mark.parametrize(
    ("noted", "address"),
    [
        ("www.example.ac.cn/news/a.html", "http://www.example.ac.cn/news/a.html"),
        ("www.example.ac.cn:8080/a.asp?id=1", "http://www.example.ac.cn:8080/a.asp?id=1"),
        ("https://www.example.ac.cn/a.html", "https://www.example.ac.cn/a.html"),
    ],
)
def test_a_page_that_httrack_mirrored_is_of_the_address_and_moment_that_it_noted(
    tmp_path: Path, noted: str, address: str
) -> None:
    note = (
        f"<!-- Mirrored from {noted} by HTTrack Website Copier/3.x [XR&CO'2014], "
        "Wed, 12 Mar 2014 08:30:00 GMT -->"
    )
    page = samples.html(1)
    at = page.index(">", page.index("<html")) + 1
    (tmp_path / "a.html").write_text(f"{page[:at]}\n{note}\n{page[at:]}", encoding="utf-8")
    take_in(tmp_path / "data", tmp_path / "a.html")
    with open_archive(tmp_path / "data") as archive:
        (row,) = archive.store.captures(samples.SITE)
        (article,) = archive.store.articles(samples.SITE)
    assert row.captured_at == datetime(2014, 3, 12, 8, 30, tzinfo=UTC)
    assert article.reading.url == address
    assert article.reading.title == samples.title(1)


def test_a_text_of_its_own_is_not_said_to_stand_on_mirrors(tmp_path: Path) -> None:
    lines = [samples.title(1), *samples.body(1)]
    (tmp_path / "own.txt").write_text("\n".join(lines), encoding="utf-8")
    take_in(tmp_path / "data", tmp_path / "own.txt")
    (held,) = articles(tmp_path / "data")
    assert held["status"] == "live"


def test_a_text_that_bears_a_mirrors_marks_stands_on_mirrors_only(tmp_path: Path) -> None:
    foot = "铂濠网 copyright © 2010 www.qskyzx.ac.cn\nall rights reserved"
    title = f"{samples.title(1)}-铂濠网"
    lines = [title, *samples.body(1), foot]
    (tmp_path / "copied.txt").write_text("\n".join(lines), encoding="utf-8")
    take_in(tmp_path / "data", tmp_path / "copied.txt")
    (held,) = articles(tmp_path / "data")
    assert "铂濠" not in f"{held['title']}{held['text']}"
    assert held["status"] == "mirror-only"


def test_files_that_wait_for_the_disk_together_are_each_kept_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(7):
        # Every content stands in two files, of one batch or of two.
        for place in ("a", "z"):
            (folder / f"{place}{number}.html").write_text(samples.html(number), encoding="utf-8")
    monkeypatch.setattr(loose, "TOGETHER", 3)
    syncs: list[int] = []
    plain = loose.Shelf.sync

    def sync(shelf: loose.Shelf) -> None:
        syncs.append(len(shelf.waiting))
        plain(shelf)

    monkeypatch.setattr(loose.Shelf, "sync", sync)
    report = take_in(tmp_path / "data", folder)
    assert (report.files, report.captures, report.new) == (14, 7, 7)
    assert syncs == [3, 3, 1, 0, 0]
    with open_archive(tmp_path / "data") as archive:
        assert verify(archive).findings == []


def test_a_backfill_that_is_stopped_keeps_what_it_has_written(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.html").write_text(samples.html(number), encoding="utf-8")
    stop = Stop(signal.SIGTERM)
    with pytest.raises(StoppedError):
        take_in(tmp_path / "data", folder, options=BackfillOptions(stop=stop))
    with open_archive(tmp_path / "data") as archive:
        assert len(list(archive.store.captures(samples.SITE))) == 4
    again = take_in(tmp_path / "data", folder)
    assert (again.files, again.known, again.new) == (0, 4, 0)
    assert len(articles(tmp_path / "data")) == 4


@pytest.mark.parametrize("ending", ["_files", ".files", "_文件"])
def test_frames_that_a_browser_saved_beside_a_page_are_no_pages(
    tmp_path: Path, ending: str
) -> None:
    folder, own = tmp_path / "saved", tmp_path / "saved" / "其他_files"
    for place in (folder / f"会议纪要{ending}", own):
        place.mkdir(parents=True)
        (place / "frame.html").write_text(samples.title(2) + place.name, encoding="utf-8")
    (folder / "会议纪要.htm").write_text(samples.title(1), encoding="utf-8")
    found = find_inputs([folder])
    assert [file.path for file in found.inputs] == [folder / "会议纪要.htm", own / "frame.html"]
    assert found.passed_over == 1
    assert len(find_inputs([folder / f"会议纪要{ending}"]).inputs) == 1


def _nested(kind: str, depth: int) -> bytes:
    """A letter within a letter, so many times."""
    heads = [
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'
        if kind == "multipart"
        else "Content-Type: message/rfc822\n\n"
        for n in range(depth)
    ]
    page = "Content-Type: text/html\n\n<p>研究所召开了年度会议</p>\n"
    return "".join(("MIME-Version: 1.0\n", *heads, page)).encode()


@pytest.mark.parametrize("kind", ["multipart", "rfc822"])
def test_a_letter_nested_without_end_costs_itself_only(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bomb.mhtml").write_bytes(_nested(kind, 5_000))
    (folder / "web.mhtml").write_bytes(mhtml(1))
    report = take_in(tmp_path / "data", folder)
    assert report.captures == 2
    assert titles(tmp_path / "data") == {samples.title(1)}


def test_a_field_without_end_of_a_web_archive_takes_no_long_time() -> None:
    head = f"Content-Type: text/html; charset=gb18030;{' a=b;' * 100_000}\nContent-Location: "
    page = "\n\n<title>年度会议</title><p>研究所召开了年度会议".encode("gb18030")
    address = "=?utf-8?q?http=3A//www?= =?utf-8?q?=2Eexample=2Ecn/a=2Ehtml?="
    letter = Capture(
        url=f"{LOOSE_URN}{'0' * 64}",
        captured_at=CHANGED,
        request=b"",
        response=f"{head}{address}".encode() + page,
        via="file:web.mhtml",
    )
    began = time.process_time()
    read = read_loose(letter)
    assert time.process_time() - began < 2
    assert read is not None
    assert (read.title, read.url) == ("年度会议", "http://www.example.cn/a.html")


def test_a_text_nobody_thought_of_is_named_and_costs_the_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (1, 2):
        lines = [samples.title(number), *samples.body(number)]
        (folder / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")

    def stumbling(capture: Capture) -> Extraction | None:
        if (capture.via or "").endswith("1.txt"):
            raise ZeroDivisionError("nobody thought of this")
        return read_loose(capture)

    monkeypatch.setattr("archive.sitepass.hosts.read_loose", stumbling)
    report = take_in(tmp_path / "data", folder)
    (line,) = report.derived.unread
    assert "not cleaned: ZeroDivisionError: nobody thought of this" in line
    assert titles(tmp_path / "data") == {samples.title(2)}


def test_a_line_without_end_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loose, "MAX_BYTES", 10_000)
    rows = [
        json.dumps({"title": samples.title(n), "text": "\n".join(samples.body(n))}) for n in (1, 2)
    ]
    rows.insert(1, json.dumps({"text": "长" * 10_000}))
    path = tmp_path / "t.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    report = take_in(tmp_path / "data", path)
    (problem,) = report.problems
    assert f"{path} line 2: larger than 10000 bytes" in problem
    assert titles(tmp_path / "data") == {samples.title(1), samples.title(2)}


def test_a_text_that_quotes_an_answer_is_listed_as_a_text(tmp_path: Path) -> None:
    quoting = tmp_path / "t20120302_1.txt"
    answer = b"HTTP/1.1 404 Not Found\r\nContent-Type: image/png\r\nContent-Length: 0\r\n\r\n"
    quoting.write_bytes(answer + "\n".join([samples.title(1), *samples.body(1)]).encode())
    take_in(tmp_path / "data", quoting)
    warc = tmp_path / "data" / "warc"
    [line] = Index(warc).lines()
    assert json.loads(line[line.index(b"{") :])["mime"] == "text/plain"
    (warc / "index.cdxj").unlink()
    index_missing(warc)
    assert list(Index(warc).lines()) == [line]


def test_a_line_whose_text_is_one_line_and_no_title_is_an_article(tmp_path: Path) -> None:
    line = {"text": "我所召开党员大会", "date": "2012-03-08"}
    (tmp_path / "texts.jsonl").write_text(json.dumps(line), encoding="utf-8")
    take_in(tmp_path / "data", tmp_path / "texts.jsonl")
    with open_archive(tmp_path / "data") as archive:
        (article,) = (archive.get(hit.id) for hit in archive.search("党员大会"))
    assert article.reading.text == "我所召开党员大会"
    assert str(article.reading.published) == "2012-03-08"
