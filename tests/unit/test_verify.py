"""Verify: what the WARC files no longer hold as it was kept is named, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.cli import main
from archive.model import Capture, PageKind
from archive.store import Archive, CaptureRow, open_archive
from archive.verify import verify
from archive.warc import WarcWriter
from tests.unit.store_sample import INSTITUTE, NOON, SITE

URLS = tuple(f"http://www.a.cn/{number}" for number in range(5))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "data", create=True) as archive:
        store = archive.store
        store.put_site(INSTITUTE)
        run = store.begin_run(SITE, "crawl")
        with WarcWriter(archive.warc_dir, prefix="test") as writer:
            for url in URLS:
                pointer = writer.write(_capture(url))
                store.commit_page(
                    SITE,
                    CaptureRow(
                        url, "www.a.cn", NOON, 200, "text/html", PageKind.OTHER, pointer, run
                    ),
                )
        yield archive


def _capture(url: str) -> Capture:
    body = f"<p>{url}</p>".encode()
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    return Capture(url, NOON, b"GET / HTTP/1.1\r\nHost: www.a.cn\r\n\r\n", head + chunked)


def test_an_untouched_archive_agrees(archive: Archive) -> None:
    findings = list(verify(archive))
    assert [finding.row.url for finding in findings] == list(URLS)
    assert [finding.problem for finding in findings] == [None] * 5


def test_a_damaged_record_is_named_with_file_and_offset(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    victim = list(archive.store.captures(SITE))[2]
    (path,) = archive.warc_dir.glob("*.warc.gz")
    content = bytearray(path.read_bytes())
    middle = victim.pointer.offset + victim.pointer.length // 2
    content[middle : middle + 8] = bytes(8)
    path.write_bytes(content)
    problems = {one.row.url: one.problem for one in verify(archive) if one.problem}
    assert list(problems) == [victim.url]
    assert str(victim.pointer.offset) in (problems[victim.url] or "")
    assert main(["verify", "--data", str(archive.data)]) == 65
    assert capsys.readouterr().out.startswith(victim.url)


def test_a_missing_file_is_named_for_each_of_its_records(archive: Archive) -> None:
    (path,) = archive.warc_dir.glob("*.warc.gz")
    path.unlink()
    assert all(finding.problem for finding in verify(archive))
