"""The commands: data to standard output, everything else to standard error."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.cli import main
from archive.export.spreadsheet import cell
from archive.messages.printable import printable, printable_lines
from archive.model import MirrorHost, RunReport, Site
from archive.store import open_archive
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article, edited, extraction, mirrored


@dataclass(frozen=True)
class Answer:
    """What a command gave."""

    code: int
    out: str
    err: str


Ask = Callable[..., Answer]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    monkeypatch.delenv("PALIMPSEST_DATA", raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    with open_archive(place, create=True) as archive:
        store = archive.store
        store.put_site(INSTITUTE)
        run = store.begin_run(SITE, "crawl")
        store.end_run(
            RunReport(
                run=run,
                site=SITE,
                kind="crawl",
                started=NOON,
                ended=datetime.now(UTC),
                outcome="complete",
                exit_code=0,
                counts={"articles": 3, "failed:http-404": 2, "tonight:http-404": 1},
                articles_by_branch={"离退休党总支": 3},
                warc_files=("a.warc.gz",),
                notes=("calendar capped",),
            )
        )
        store.replace_articles(
            SITE,
            [
                article("a1", extraction(title="=HYPERLINK(1)\x9b31m", published=date(2012, 5, 1))),
                mirrored("a2"),
                edited("a3"),
            ],
        )
    return place


@pytest.fixture
def ask(data: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Ask:
    def asked(*arguments: str) -> Answer:
        code = main([*arguments, "--data", str(data)])
        out, err = capsysbinary.readouterr()
        return Answer(code, out.decode(), err.decode())

    return asked


def test_a_shell_is_told_what_completes_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_PALIMPSEST_COMPLETE", "bash_complete")
    for words, expected in (
        ("palimpsest sea", "plain,search"),
        ("palimpsest export --for", "plain,--format"),
        ("palimpsest export --format ris", "plain,ris"),
    ):
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
        assert main([]) == 0
        assert capsys.readouterr().out.splitlines() == [expected]


def test_a_search_prints_a_table_and_counts_beside_it(ask: Ask) -> None:
    found = ask("search", "离退休")
    assert found.code == 0
    first_words = [line.split()[0] for line in found.out.splitlines()]
    assert first_words == ["id", "a1", "a2"]
    assert found.err == "2 of 2 articles\n"


def test_a_search_for_programs_is_json(ask: Ask) -> None:
    found = json.loads(ask("search", "党员", "离退休", "--limit", "1", "--format", "json").out)
    assert (found["query"], found["total"], len(found["hits"])) == ("党员 离退休", 2, 1)
    lines = ask("search", "文", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a3"]


def test_filters_narrow_a_search_and_take_a_year_for_its_days(ask: Ask) -> None:
    def ids(*options: str) -> list[str]:
        out = ask("search", "离退休", "--format", "jsonl", *options).out
        return sorted(json.loads(line)["id"] for line in out.splitlines())

    assert ids("--from", "2012", "--to", "2012") == ["a1"]
    assert ids("--to", "2010-12") == ["a2"]
    assert ids("--from", "2012-05-02") == []
    assert ids("--branch", "离退休党总支", "--site", SITE) == ["a1", "a2"]
    assert ids("--status", "gone") == []


def test_a_search_that_finds_nothing_says_what_was_probably_meant(ask: Ask) -> None:
    assert "perhaps text:离退休 was meant: 2 articles" in ask("search", "texte:离退休").err
    assert "perhaps 离退休 was meant: 2 articles" in ask("search", "离退体").err
    assert "`palimpsest show a2`" in ask("search", "www.a.cn/a2").err
    assert "there are: 离退休党总支" in ask("search", "文", "--branch", "党总支").err
    assert "`palimpsest branches`" in ask("search", "文", "--branch", "月亮").err
    assert "no article has a copy on moon.cn" in ask("search", "文", "--host", "moon.cn").err
    for command in (("search", "文"), ("stats",), ("export",)):
        assert ask(*command, "--site", "月亮").code == 66
    assert ask("search", "没有这样的词", "--branch", "离退休党总支").err == "0 of 0 articles\n"


@pytest.mark.parametrize("command", [("search", "离退休"), ("export", "--format", "jsonl")])
def test_a_span_without_a_day_is_refused_in_one_line_of_either_language(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    found = ask(*command, "--from", "2012", "--to", "2010")
    assert (found.code, found.out, found.err.count("\n")) == (64, "", 1)
    assert "no day is as late as 2012-01-01 (--from) and as early as 2010-12-31" in found.err
    assert ask(*command, "--from", "2012-05-01", "--to", "2012-05-01").code == 0
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert "没有不早于 2012-01-01（--from）" in ask(*command, "--from", "2012", "--to", "2010").err


def test_a_saved_query_that_is_left_no_day_says_so(ask: Ask) -> None:
    assert ask("search", "离退休", "--from", "2012", "--save", "late").code == 0
    found = ask("search", "@late", "--to", "2010")
    assert (found.code, found.out) == (0, "")
    assert "no day is as late as 2012-01-01" in found.err


def test_an_export_of_nothing_tells_what_was_meant_as_a_search_does(ask: Ask) -> None:
    turned = ask("export", "离退休 date:2012..2010")
    assert (turned.code, turned.out) == (0, "")
    assert "date:2010..2012" in turned.err
    assert "date:2010..2012" in ask("search", "离退休 date:2012..2010").err
    assert ask("search", "离退休", "--from", "2012", "--save", "later").code == 0
    found = ask("export", "@later", "--to", "2010")
    assert (found.code, found.out) == (0, "")
    assert "no day is as late as 2012-01-01" in found.err
    assert ask("export", "离退休").err.count("\n") == 1


def test_csv_is_safe_for_spreadsheets(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("search", "HYPERLINK", "--format", "csv").out)))
    assert [row["id"] for row in rows] == ["a1"]
    assert rows[0]["title"].startswith("'=")


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", " =", "\ufeff=", "\u200b@", "\0+"]
)
def test_a_cell_that_would_be_a_formula_is_quoted(start: str) -> None:
    assert cell(start + "1") == f"'{start}1"
    assert cell(-1) == -1
    assert cell("正文") == "正文"


def test_nothing_a_terminal_would_obey_is_printed(ask: Ask) -> None:
    assert "\x9b" not in ask("search", "HYPERLINK").out
    assert printable("a\x1b[31mb\nc\u202e\u061c") == "a␛[31mb c\ufffd\ufffd"
    assert printable_lines("a\tb\x1b\nc") == "a\tb␛\nc"


def test_show_prints_the_article_to_read(ask: Ask) -> None:
    shown = ask("show", "http://m.com/a2")
    assert shown.code == 0
    assert shown.out.startswith("关于召开党员大会的通知\n")
    assert "branch: 离退休党总支\n" in shown.out
    assert shown.out.endswith("离退休党总支召开党员大会。\n")


def test_show_says_in_words_what_is_to_be_looked_at(
    ask: Ask, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = ("title-cut", "gone-since:2011-05-02")
    with open_archive(data) as archive:
        gone = article("a9", replace(extraction("去了的文章。"), flags=flags), status="gone")
        archive.store.replace_articles(SITE, [gone])
    shown = ask("show", "a9").out
    assert "the title is longer than is kept; gone from its site since 2011-05-02" in shown
    assert "gone-since" not in shown
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert "自 2011-05-02 起已从网站消失" in ask("show", "a9").out


def test_show_gives_an_earlier_version(ask: Ask) -> None:
    assert ask("show", "a3").out.endswith("改后的文。\n")
    assert ask("show", "a3", "--version", "1").out.endswith("原文。\n")
    missing = ask("show", "a3", "--version", "9")
    assert (missing.code, missing.out) == (66, "")


def test_show_gives_markdown_html_and_the_record(ask: Ask) -> None:
    assert ask("show", "a2", "--format", "markdown").out.startswith("# 关于")
    html = ask("show", "a2", "--format", "html").out
    assert html.startswith("<!DOCTYPE html>")
    assert "<p>离退休党总支召开党员大会。</p>" in html
    assert json.loads(ask("show", "a2", "--format", "json").out)["id"] == "a2"


def test_export_writes_every_article_once(ask: Ask) -> None:
    exported = ask("export", "--format", "jsonl")
    assert [json.loads(line)["id"] for line in exported.out.splitlines()] == ["a1", "a2", "a3"]
    assert exported.err == "3 articles written to standard output\n"


def test_export_to_a_file_is_filtered_and_whole(ask: Ask, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    answer = ask("export", "--from", "2012", "--output", str(target))
    assert (answer.code, answer.out) == (0, "")
    assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == ["a1"]


def test_an_export_that_cannot_be_written_says_so(ask: Ask, tmp_path: Path) -> None:
    answer = ask("export", "--output", str(tmp_path / "nowhere" / "out.jsonl"))
    assert answer.code == 73
    assert answer.err.count("\n") == 1
    assert "nowhere" in answer.err


def test_runs_are_listed_and_shown(ask: Ask) -> None:
    listed = ask("runs", "list")
    assert re.search(r" \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ ", listed.out)
    assert listed.out.splitlines()[1].split()[:3] == ["1", SITE, "crawl"]
    shown = ask("runs", "show", "1")
    assert "离退休党总支" in shown.out
    assert "calendar capped" in shown.out
    assert "without robots.txt files" in " ".join(shown.out.split())
    assert json.loads(ask("runs", "list", "--format", "json").out)[0]["counts"]["articles"] == 3
    assert ask("runs", "show", "99").code == 66


def test_sites_are_listed_and_shown(ask: Ask) -> None:
    assert ask("sites", "list").out.splitlines()[1].split()[:2] == [SITE, "3"]
    shown = json.loads(ask("sites", "show", SITE, "--format", "json").out)
    assert shown["branches"] == [{"branch": "离退休党总支", "articles": 3}]
    assert "www.a.cn" in ask("sites", "show", SITE).out
    assert ask("sites", "show", "other").code == 66


def test_a_host_that_was_recognised_as_a_mirror_is_listed_as_one(ask: Ask, data: Path) -> None:
    copy = MirrorHost("m.com", ("a.cn",), ("银河",), ("A",), (), False, 5, 5, 0, None, None)
    with open_archive(data) as archive:
        archive.store.put_site(Site(SITE, ("m.com", "www.a.cn")))
        archive.store.put_mirrors(SITE, [copy])
        assert archive.store.site(SITE).official == ("m.com", "www.a.cn")
    for arguments in (("list",), ("show", SITE)):
        told = json.loads(ask("sites", *arguments, "--format", "json").out)
        site = told if "branches" in told else told[0]
        assert (site["official"], site["mirrors"]) == (["www.a.cn"], ["m.com"])


def test_the_data_directory_may_be_named_anywhere(
    data: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ["--data", str(data)]
    for arguments in (
        [*where, "runs", "list"],
        ["runs", *where, "list"],
        ["runs", "list", *where],
    ):
        assert main(arguments) == 0
        assert b"complete" in capsysbinary.readouterr().out
    monkeypatch.setenv("PALIMPSEST_DATA", str(data))
    assert main(["runs", "list"]) == 0
    assert main(["--data", "/nonexistent", "runs", "list"]) == 73


def test_help_lists_every_command_in_both_languages(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main([]) == 0
    english = capsysbinary.readouterr().out.decode()
    for name in ("crawl", "search", "show", "export", "backfill", "clean", "verify", "runs"):
        assert f"  {name} " in english
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert main(["search", "--help"]) == 0
    assert "查找包含全部词语的文章" in capsysbinary.readouterr().out.decode()


def test_the_version_is_printed(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["--version"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"palimpsest ")
