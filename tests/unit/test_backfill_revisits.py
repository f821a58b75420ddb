"""Revisits taken in from elsewhere are read right everywhere: rows, articles, verify."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.backfill.run import BackfillOptions, backfill
from archive.cli import main
from archive.store import Archive, CaptureRow, open_archive
from archive.warc.index import ELSEWHERE_NAME, INDEX_NAME, Index
from tests.unit.foreign_revisits import BODY, HEAD, NOT_MODIFIED, TEXT, URL, record

SITE = "institute"
BACK = f"WARC-Refers-To-Target-URI: {URL}\r\nWARC-Refers-To-Date: 2020-01-01T00:00:00Z\r\n"


def profile(name: str) -> str:
    return f"WARC-Profile: http://netpreserve.org/warc/1.0/revisit/{name}\r\n"


ORIGINAL = record("response", 1, HEAD + BODY)
AGAIN = record("revisit", 2, HEAD, profile("identical-payload-digest") + BACK)
CONFIRMED = record("revisit", 3, NOT_MODIFIED, profile("server-not-modified") + BACK)
SILENT = record("revisit", 4, b"", profile("server-not-modified") + BACK)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield archive


def folder(tmp_path: Path, **files: bytes) -> Path:
    inside = tmp_path / "in"
    inside.mkdir()
    for name, content in files.items():
        (inside / f"{name}.warc.gz").write_bytes(content)
    return inside


def rows(archive: Archive) -> dict[int, CaptureRow]:
    """The captures by the day of January."""
    return {row.captured_at.day: row for row in archive.store.captures(SITE)}


@pytest.mark.parametrize("copy", [False, True])
def test_revisits_find_their_original_in_a_later_file(
    tmp_path: Path, archive: Archive, copy: bool
) -> None:
    inside = folder(tmp_path, a=AGAIN + CONFIRMED + SILENT, b=ORIGINAL)
    report = backfill(archive, [inside], SITE, BackfillOptions(copy=copy))
    assert report.problems == ()
    assert {day: row.status for day, row in rows(archive).items()} == {
        1: 200,
        2: 200,
        3: 304,
        4: 304,
    }
    assert rows(archive)[2].pointer.payload_digest == rows(archive)[1].pointer.payload_digest
    [article] = archive.store.articles(SITE)
    assert article.reading.title == "年度工作会议"
    assert TEXT in article.reading.text
    assert article.first_seen == datetime(2020, 1, 1, tzinfo=UTC)
    assert article.last_seen == datetime(2020, 1, 4, tzinfo=UTC)
    index = Index(archive.warc_dir, INDEX_NAME if copy else ELSEWHERE_NAME)
    entries = list(index.of_address(URL))
    assert [entry.timestamp[6:8] for entry in entries] == ["01", "02", "03", "04"]
    assert len({entry.digest for entry in entries}) == 1
    # Whoever still has the archive open may be at the search index, which has one writer at a time.
    archive.close()
    assert main(["clean", "--data", str(archive.data)]) == 0
    assert main(["verify", "--data", str(archive.data)]) == 0


def test_the_same_revisits_again_add_nothing(tmp_path: Path, archive: Archive) -> None:
    inside = folder(tmp_path, a=AGAIN + CONFIRMED, b=ORIGINAL)
    backfill(archive, [inside], SITE)
    before = rows(archive)
    again = backfill(archive, [inside], SITE)
    assert again.problems == ()
    assert rows(archive) == before


def test_an_original_from_an_earlier_backfill_is_found(tmp_path: Path, archive: Archive) -> None:
    (first := tmp_path / "first.warc.gz").write_bytes(ORIGINAL)
    (second := tmp_path / "second.warc.gz").write_bytes(AGAIN)
    backfill(archive, [first], SITE)
    assert backfill(archive, [second], SITE).problems == ()
    assert rows(archive)[2].status == 200


def test_a_revisit_without_any_original_is_named_and_the_rest_is_taken(
    tmp_path: Path, archive: Archive
) -> None:
    report = backfill(archive, [folder(tmp_path, a=AGAIN + CONFIRMED)], SITE)
    [problem] = report.problems
    assert "goes back to" in problem
    assert "a.warc.gz at byte 0" in problem
    assert list(rows(archive)) == [3]
