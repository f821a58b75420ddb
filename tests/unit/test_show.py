"""``show``: what changed, what it rests on, the bytes themselves, and how it is cited."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.cli import main
from archive.model import Capture, CaptureRow, Removal, Repair
from archive.store import open_archive
from archive.warc import WarcWriter
from tests.unit.certificate_sample import shown
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article, edited, extraction, witness

REQUEST = b"GET /1 HTTP/1.1\r\nHost: www.a.cn\r\n\r\n"
BODY = "<p>银河离退休党总支</p>".encode("gb18030")
RESPONSE = b"HTTP/1.1 200 OK\r\nX-Odd:  kept \r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)

LEFT_OUT = Removal("银河娱乐", "tools", "the whole line is page tools", "/html/body/p")
MIRRORS = shown("m.com", "Shell\x1b[2J Ltd", trusted=False)

Ask = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def data(tmp_path: Path, database: str) -> Path:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        with WarcWriter(archive.warc_dir, prefix="t") as writer:
            first = writer.write(Capture("http://www.a.cn/1", NOON, REQUEST, RESPONSE))
            copy = Capture("https://m.com/1", NOON, REQUEST, RESPONSE + b"!", certificate=MIRRORS)
            second = writer.write(copy)
        repair = Repair("text", 0, 2, "银河", "", "brand", "title affix", 0.98)
        cleaned = replace(extraction(repairs=(repair,)), removals=(LEFT_OUT,))
        seen = (
            replace(witness(extraction(), "http://www.a.cn/1"), pointer=first),
            replace(witness(cleaned, "http://m.com/1", "mirror"), pointer=second),
        )
        archive.store.replace_articles(SITE, [article("a1", witnesses=seen), edited("a3")])
    return tmp_path / "data"


@pytest.fixture
def ask(
    data: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Ask:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")

    def asked(*arguments: str) -> tuple[int, bytes, str]:
        code = main(["show", *arguments, "--data", str(data)])
        out, err = capsysbinary.readouterr()
        return code, out, err.decode()

    return asked


def test_raw_gives_the_bytes_of_the_wire(ask: Ask) -> None:
    assert ask("a1", "--raw")[:2] == (0, REQUEST + RESPONSE)
    _, out, _ = ask("a1", "--raw", "--witness", "2")
    assert out.startswith(REQUEST + RESPONSE[:20])
    assert ask("a1", "--raw", "--witness", "9")[0] == 66


def test_evidence_names_the_records_and_verifies_them_now(ask: Ask, data: Path) -> None:
    code, out, _ = ask("a1", "--evidence", "--format", "json")
    assert code == 0
    first, second = json.loads(out)
    assert first["problem"] is second["problem"] is None
    assert first["payload_digest"].startswith("sha256:")
    assert [one["before"] for one in second["repairs"]] == ["银河"]
    shown = ask("a1", "--evidence")[1].decode()
    assert first["record_id"] in shown
    assert "there, whole and unchanged" in shown
    (path,) = (data / "warc").glob("*.warc.gz")
    content = bytearray(path.read_bytes())
    content[second["offset"] + 40] ^= 0xFF
    path.write_bytes(content)
    code, out, _ = ask("a1", "--evidence", "--format", "json")
    assert code == 65
    assert [one["problem"] is None for one in json.loads(out)] == [True, False]


def test_evidence_tells_what_was_left_out_and_why(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second = json.loads(ask("a1", "--evidence", "--format", "json")[1])
    assert second["removals"] == [asdict(LEFT_OUT)]
    printed = ask("a1", "--evidence")[1].decode()
    assert "银河娱乐" in printed
    assert "(tools: the whole line is page tools)" in printed
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert "整行都是页面工具" in ask("a1", "--evidence")[1].decode()


def test_evidence_tells_where_other_witnesses_were_followed(ask: Ask, data: Path) -> None:
    own = Repair("text", 0, 2, "银河", "", "brand", "title affix", 0.98)
    voted = Repair("text", 9, 10, "八", "九", "collated", "vote of 3 witnesses", 0.9)
    base = extraction("党总支召开大会，八十人参加。", repairs=(own,))
    reading = replace(base, text="党总支召开大会，九十人参加。", repairs=(own, voted))
    members = (witness(base, "http://m.com/9", "mirror"), witness(base, "http://n.com/9", "mirror"))
    with open_archive(data) as archive:
        archive.store.replace_articles(SITE, [article("w1", reading, witnesses=members)])
    read, other = json.loads(ask("w1", "--evidence", "--format", "json")[1])
    assert (read["is_read"], other["is_read"]) == (True, False)
    assert [one["rule"] for one in read["repairs"]] == ["brand"]
    assert [(one["before"], one["after"]) for one in read["collated"]] == [("八", "九")]
    assert other["collated"] == []
    printed = " ".join(ask("w1", "--evidence")[1].decode().split())
    assert "(is read)" in printed
    assert "(collated, 0.90: vote of 3 witnesses)" in printed


def test_evidence_tells_who_the_server_said_it_was(ask: Ask) -> None:
    first, second = json.loads(ask("a1", "--evidence", "--format", "json")[1])
    assert first["certificate"] is None
    told = second["certificate"]
    assert (told["digest"], told["trusted"]) == (MIRRORS.digest, False)
    assert (told["names"], told["issuer"]) == (["m.com"], "O=Authority")
    assert told["not_after"] == "2011-01-01T00:00:00Z"
    assert told["pem"].count("BEGIN CERTIFICATE") == 2
    printed = ask("a1", "--evidence")[1].decode()
    assert f"{MIRRORS.digest} (not checked by the crawl)" in " ".join(printed.split())
    assert "Ltd" in printed
    assert "\x1b" not in printed


def test_a_difference_is_shown_as_a_reader_marks_it(ask: Ask) -> None:
    code, out, _ = ask("a3", "--diff", "1", "2")
    assert code == 0
    assert out.decode().rstrip().endswith("[-原-]{+改后的+}文。")
    html = ask("a3", "--diff", "1", "2", "--format", "html")[1].decode()
    assert "<del>原</del><ins>改后的</ins>文。" in html
    kinds = json.loads(ask("a3", "--diff", "2", "1", "--format", "json")[1])
    assert [one["kind"] for one in kinds] == ["same", "removed", "added", "same"]
    assert ask("a3", "--diff", "1", "9")[0] == 66


def test_only_one_view_is_shown_at_a_time(ask: Ask) -> None:
    code, out, err = ask("a3", "--diff", "1", "2", "--raw")
    assert (code, out) == (64, b"")
    assert "--diff, --raw" in err
    assert ask("a3", "--witness", "1")[0] == 64


def test_an_article_is_cited_in_three_styles_with_the_archived_record(ask: Ask) -> None:
    reference = ask("a1", "--cite", "gbt7714")[1].decode()
    assert reference.startswith("张三. 关于召开党员大会的通知[EB/OL]. (2010-12-09)[2010-12-09]. ")
    assert ".warc.gz@" in reference
    assert "sha256:" in reference
    assert ask("a1", "--cite", "bibtex")[1].startswith(b"@online{palimpsest-a1,")
    (item,) = json.loads(ask("a1", "--cite", "csl-json")[1])
    assert item["issued"] == {"date-parts": [[2010, 12, 9]]}
    assert ".warc.gz@" in item["archive_location"]


def test_several_articles_are_cited_at_once_and_only_cited(ask: Ask) -> None:
    cited = ask("a3", "a1", "--cite", "bibtex")[1].decode()
    assert 0 < cited.index("palimpsest-a3") < cited.index("palimpsest-a1")
    both = json.loads(ask("a1", "a3", "--cite", "csl-json")[1])
    assert [one["id"] for one in both] == ["a1", "a3"]
    code, out, err = ask("a1", "a3")
    assert (code, out) == (64, b"")
    assert "--cite" in err


def test_all_captures_of_an_address_or_an_article_are_listed(ask: Ask, data: Path) -> None:
    url = "http://www.a.cn/1"
    with open_archive(data) as archive:
        pointer = archive.get("a1").witnesses[0].pointer
        run = archive.store.begin_run(SITE, "crawl")
        row = CaptureRow(url, "www.a.cn", NOON, 200, "text/html", None, pointer, run)
        archive.store.commit_page(SITE, row)
    listed = json.loads(ask(url, "--captures", "--format", "json")[1])
    assert [(one["url"], one["answer"]) for one in listed] == [(url, 200)]
    assert json.loads(ask("a1", "--captures", "--format", "json")[1]) == listed
    assert pointer.record_id in ask(url, "--captures")[1].decode()
    assert ask(pointer.record_id, "--raw")[1] == REQUEST + RESPONSE
    assert ask("http://elsewhere.example/", "--captures")[0] == 66
    assert "--captures" not in ask("http://elsewhere.example/")[2]


def test_an_address_without_an_article_leads_to_its_captures(ask: Ask, data: Path) -> None:
    url = "http://www.a.cn/list.html"
    with open_archive(data) as archive:
        pointer = archive.get("a1").witnesses[0].pointer
        run = archive.store.begin_run(SITE, "crawl")
        row = CaptureRow(url, "www.a.cn", NOON, 200, "text/html", None, pointer, run)
        archive.store.commit_page(SITE, row)
    code, _, err = ask(url)
    assert (code, f"show {url} --captures" in err) == (66, True)


def test_an_earlier_date_is_the_evidence_of_a_version(ask: Ask) -> None:
    first = json.loads(ask("a3", "--version", "1", "--format", "json")[1])
    assert first["text"] == "原文。"
    assert first["last_seen"] == (NOON + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_the_witnesses_are_laid_side_by_side(tmp_path: Path, ask: Ask, data: Path) -> None:
    reading = extraction("党总支召开大会，八十人参加。")
    other = extraction("党总支召开大会，九十人参加。")
    with open_archive(data) as archive:
        members = (
            witness(reading, "http://m.com/9", "mirror"),
            witness(other, "http://n.com/9", "mirror"),
        )
        archive.store.replace_articles(SITE, [article("w1", reading, witnesses=members)])
    code, out, _ = ask("w1", "--witnesses")
    assert code == 0
    lines = out.decode().splitlines()
    moment = f"{NOON:%Y-%m-%dT%H:%M:%SZ}"
    assert lines[0].split("  ") == ["A", "mirror", moment, "http://m.com/9"]
    assert lines[-3:] == ["line 1  支召开大会，[八]十人参加。", "  A  八", "  B  九"]
    _, plain, _ = ask("w1", "--witnesses", "--format", "json")
    (entry,) = json.loads(plain)["entries"]
    assert entry["readings"] == {"A": "八", "B": "九"}
    assert ask("w1", "--witnesses", "--raw")[0] == 64
