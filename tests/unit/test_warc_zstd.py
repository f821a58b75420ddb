"""WARC files in Zstandard frames: every record from where it lies, damage named and passed over."""

from __future__ import annotations

import gzip
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from archive.errors import RecordError
from archive.export.selection import select
from archive.export.warc import write_warc
from archive.store import open_archive
from archive.warc import read_at, read_captures
from archive.warc.records import read_records
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import articles, take_in, titles

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGES = 40
FOREIGN = sorted((Path(__file__).parent / "foreign").glob("*.warc.zst"))
"""Eight pages as other programs packed them: zstd 1.5.4 on the command line (each record piped
in, -19 --check), and python-zstandard 0.25, once with a packed trained dictionary and once as
streams with a raw dictionary, checksums and skippable frames between."""


def skippable(magic: int, content: bytes) -> bytes:
    return struct.pack("<II", magic, len(content)) + content


def records_of(folder: Path, pages: int = PAGES) -> list[bytes]:
    """The records of a WARC file of ours, not compressed."""
    path = samples.warc(folder, "source.warc.gz", range(pages))
    raw = path.read_bytes()
    found = [gzip.decompress(raw[r.offset : r.offset + r.length]) for r in read_records(path)]
    path.unlink()
    return found


@pytest.fixture
def records(tmp_path: Path) -> list[bytes]:
    return records_of(tmp_path)


def trained(records: Sequence[bytes]) -> zstd.ZstdDict:
    return zstd.train_dict(records, 4096)


def plain(records: Sequence[bytes]) -> list[bytes]:
    return [zstd.compress(record) for record in records]


def with_dictionary(records: Sequence[bytes]) -> list[bytes]:
    known = trained(records)
    frames = [zstd.compress(record, zstd_dict=known) for record in records]
    return [skippable(0x184D2A5D, known.dict_content), *frames]


def with_packed_dictionary(records: Sequence[bytes]) -> list[bytes]:
    known = trained(records)
    frames = [zstd.compress(record, zstd_dict=known) for record in records]
    return [skippable(0x184D2A5D, zstd.compress(known.dict_content)), *frames]


def with_frames_of_others(records: Sequence[bytes]) -> list[bytes]:
    note = skippable(0x184D2A50, b"for another program")
    return [piece for frame in plain(records) for piece in (frame, note, note)]


KINDS = (plain, with_dictionary, with_packed_dictionary, with_frames_of_others)


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_files_that_other_programs_packed_are_taken_in_whole(path: Path, tmp_path: Path) -> None:
    report = take_in(tmp_path / "data", path)
    assert (report.captures, report.problems) == (8, ())
    assert titles(tmp_path / "data") == {samples.title(number) for number in range(8)}


@pytest.mark.parametrize("frames", KINDS)
def test_every_capture_is_read_in_order_and_again_from_its_place(
    frames: type, tmp_path: Path, records: list[bytes]
) -> None:
    path = tmp_path / "x.warc.zst"
    path.write_bytes(b"".join(frames(records)))
    found = list(read_captures(path))
    assert [capture.url for capture, _ in found] == [
        samples.capture(number).url for number in range(PAGES)
    ]
    for capture, pointer in reversed(found):
        assert read_at(tmp_path, pointer) == capture
        assert zstd_record(path, pointer.offset, pointer.length)


def zstd_record(path: Path, offset: int, length: int) -> bool:
    """Is there a whole frame from ``offset`` on, ``length`` bytes long?"""
    raw = path.read_bytes()[offset : offset + length]
    return zstd.get_frame_size(raw) == length


@pytest.mark.parametrize("frames", [plain, with_dictionary])
def test_a_backfill_takes_it_and_what_is_exported_is_gzipped(
    frames: type, tmp_path: Path, records: list[bytes]
) -> None:
    path = tmp_path / "x.warc.zst"
    path.write_bytes(b"".join(frames(records)))
    report = take_in(tmp_path / "data", path)
    assert (report.problems, report.captures) == ((), PAGES)
    assert titles(tmp_path / "data") == {samples.title(number) for number in range(PAGES)}
    with open_archive(tmp_path / "data") as archive, (tmp_path / "out.warc.gz").open("wb") as out:
        chosen = select(archive, archive.store.articles(), None)
        errors: list[RecordError] = []
        assert write_warc(archive, chosen, out, errors.append) == PAGES
        assert errors == []
    assert len(list(read_captures(tmp_path / "out.warc.gz"))) == PAGES


@pytest.mark.parametrize("frames", [plain, with_dictionary])
def test_a_broken_frame_is_named_with_its_offset_and_the_rest_is_taken(
    frames: type, tmp_path: Path, records: list[bytes]
) -> None:
    pieces = frames(records)
    # warcinfo first, then response and request of each page.
    place = len(pieces) - 2 * PAGES + 2 * 7
    offset = sum(map(len, pieces[:place]))
    pieces[place] = pieces[place][:12] + b"\xff" * (len(pieces[place]) - 12)
    path = tmp_path / "x.warc.zst"
    path.write_bytes(b"".join(pieces))
    report = take_in(tmp_path / "data", path)
    assert [problem.split(": ")[0] for problem in report.problems] == [f"{path} at byte {offset}"]
    assert len(articles(tmp_path / "data")) == PAGES - 1


def test_a_torn_tail_and_a_broken_dictionary_are_said(tmp_path: Path, records: list[bytes]) -> None:
    torn = tmp_path / "torn.warc.zst"
    whole = b"".join(plain(records))
    torn.write_bytes(whole[:-20])
    errors: list[RecordError] = []
    assert len(list(read_captures(torn, errors.append))) == PAGES
    assert ["cut short" in str(error) for error in errors] == [True]
    pieces = with_dictionary(records)
    broken = tmp_path / "broken.warc.zst"
    broken.write_bytes(b"".join([skippable(0x184D2A5D, b"\x37\xa4\x30\xec no"), *pieces[1:]]))
    errors.clear()
    assert list(read_captures(broken, errors.append)) == []
    assert "broken dictionary" in str(errors[0])


@pytest.mark.parametrize("content", [b"", b"\x28\xb5", b"no frame at all", b"\x5d\x2a\x4d\x18"])
def test_what_is_no_such_file_is_said(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.zst"
    path.write_bytes(content)
    report = take_in(tmp_path / "data", path)
    assert len(report.problems) == 1
    assert str(path) in report.problems[0]
