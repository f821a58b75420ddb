"""Records of other programs that are no answers of a web server: taken in, or told of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.backfill.report import BackfillReport
from archive.backfill.run import backfill
from archive.cli import main
from archive.evidence.texts import in_chinese
from archive.store import Archive, open_archive
from archive.warc import read_at
from tests.unit.foreign_revisits import BODY, HEAD, TEXT, URL, record

SITE = "institute"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield archive


def taken_in(tmp_path: Path, archive: Archive, *records: bytes) -> BackfillReport:
    (path := tmp_path / "a.warc").write_bytes(b"".join(records))
    return backfill(archive, [path], SITE)


def resource(day: int, kind: str, block: bytes, url: str = URL) -> bytes:
    """A resource as warcit writes the files of a folder."""
    plain = (
        f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:{day}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2020-01-{day:02}T00:00:00Z\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return plain.encode() + block + b"\r\n\r\n"


def test_a_page_kept_as_a_resource_of_its_address_is_an_article_like_any_other(
    tmp_path: Path, archive: Archive
) -> None:
    report = taken_in(tmp_path, archive, resource(1, "text/html; charset=utf-8", BODY))
    assert (report.captures, report.problems) == (1, ())
    [row] = archive.store.captures(SITE)
    assert (row.url, row.status, row.media_type) == (URL, 200, "text/html")
    assert read_at(archive.warc_dir, row.pointer).response.endswith(b"\r\n\r\n" + BODY)
    [article] = archive.store.articles(SITE)
    assert article.url == URL
    assert TEXT in article.reading.text
    archive.close()
    assert main(["verify", "--data", str(archive.data)]) == 0


def test_a_resource_and_an_answer_of_the_same_bytes_are_one_text(
    tmp_path: Path, archive: Archive
) -> None:
    answer = record("response", 2, HEAD + BODY)
    taken_in(tmp_path, archive, resource(1, "text/html; charset=utf-8", BODY))
    (path := tmp_path / "b.warc.gz").write_bytes(answer)
    backfill(archive, [path], SITE)
    first, second = archive.store.captures(SITE)
    assert first.pointer.payload_digest == second.pointer.payload_digest
    [article] = archive.store.articles(SITE)
    assert article.versions == 1


def test_what_is_no_page_of_the_web_is_counted_in_the_report(
    tmp_path: Path, archive: Archive
) -> None:
    lines = [resource(n, "text/dns", b"20200101 192.0.2.1", "dns:www.a.cn") for n in (1, 2)]
    view = resource(3, "image/png", b"png", f"urn:view:{URL}")
    report = taken_in(tmp_path, archive, *lines, view, resource(4, "text/html", BODY))
    assert (report.captures, report.problems) == (1, ())
    kept = archive.store.run(report.run).report
    assert kept is not None
    [note] = (note for note in kept.notes if "passed over" in note)
    assert note == "records passed over, for they hold no page of the web: dns 2, urn 1"
    assert in_chinese(note) == "跳过的记录（不是网页）：dns 2, urn 1"


def test_texts_that_another_program_made_of_pages_are_counted_in_the_report(
    tmp_path: Path, archive: Archive
) -> None:
    made = [resource(n, "text/plain", TEXT.encode()) for n in (1, 2, 3)]
    wet = [one.replace(b"Type: resource", b"Type: conversion") for one in made]
    report = taken_in(tmp_path, archive, *wet)
    assert (report.captures, report.problems) == (0, ())
    kept = archive.store.run(report.run).report
    assert kept is not None
    assert kept.notes[0] == "records passed over, for they hold no page of the web: conversion 3"


def test_a_revisit_of_a_profile_that_nobody_knows_is_named(
    tmp_path: Path, archive: Archive
) -> None:
    strange = record("revisit", 2, HEAD, "WARC-Profile: http://example.org/similar\r\n")
    (path := tmp_path / "b.warc.gz").write_bytes(record("response", 1, HEAD + BODY) + strange)
    report = backfill(archive, [path], SITE)
    assert report.captures == 1
    [problem] = report.problems
    assert problem.startswith(f"{path} at byte ")
    assert problem.endswith("a revisit of a profile that is not known: http://example.org/similar")


def _other(kind: str) -> bytes:
    return resource(1, "application/json", b"{}").replace(
        b"Type: resource", b"Type: " + kind.encode()
    )


def test_a_file_without_answers_is_named_with_what_it_holds_and_nothing_at_all_is_66(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (wat := tmp_path / "a.warc.wat.warc").write_bytes(_other("metadata") * 2 + _other("request"))
    data = ["--data", str(tmp_path / "data")]
    assert main(["backfill", str(wat), *data]) == 66
    told = capsys.readouterr().err
    assert f"{wat} holds no answers of a server" in told
    assert "records there: metadata 2, request 1; take in the WARC files" in told
    with open_archive(tmp_path / "data") as archive:
        (run,) = archive.store.runs()
        assert (run.exit_code, run.outcome) == (66, "nothing to take in")
        (note,) = run.report.notes if run.report else ()
    assert in_chinese(note) == (
        f"{wat} 中没有服务器的应答，未收入任何内容；其中的记录：metadata 2, request 1；"
        "请收入它由之生成的或与之并列的 WARC 文件"
    )


def test_files_with_answers_beside_one_without_are_a_backfill_that_is_complete(
    tmp_path: Path, archive: Archive
) -> None:
    (tmp_path / "a.wat.warc").write_bytes(_other("metadata"))
    (tmp_path / "b.warc").write_bytes(resource(1, "text/html", BODY))
    report = backfill(archive, [tmp_path / "a.wat.warc", tmp_path / "b.warc"], SITE)
    assert (report.captures, report.exit_code) == (1, 0)
    assert ["a.wat.warc holds no answers" in line for line in report.answerless] == [True]


def test_of_many_files_without_answers_twenty_are_named_and_the_others_counted(
    tmp_path: Path, archive: Archive
) -> None:
    files = [tmp_path / f"{number}.warc" for number in range(23)]
    for file in files:
        file.write_bytes(_other("metadata"))
    report = backfill(archive, files, SITE)
    assert len(report.answerless) == 21
    assert report.answerless[-1] == "further files that hold no answers of a server: 3"


def test_a_file_without_answers_is_nothing_to_take_in_the_second_time_as_well(
    tmp_path: Path, archive: Archive
) -> None:
    (wat := tmp_path / "a.wat.warc").write_bytes(_other("metadata"))
    (page := tmp_path / "b.warc").write_bytes(resource(1, "text/html", BODY))
    assert [backfill(archive, [wat], SITE).exit_code for _ in range(2)] == [66, 66]
    assert [backfill(archive, [wat, page], SITE).exit_code for _ in range(2)] == [0, 0]
