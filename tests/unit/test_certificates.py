"""The certificate a server showed: kept once a file, named by every exchange, found again."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.errors import RecordError
from archive.evidence.article import certificate
from archive.evidence.certificates import identity, pem
from archive.export.selection import Selection
from archive.export.warc import write_warc
from archive.model import Certificate, PageKind
from archive.store import CaptureRow, open_archive
from archive.warc import WarcWriter, read_at, read_captures
from archive.warc.certificates import CHAIN, NAMED, certificate_in
from tests.unit.certificate_sample import NOT_AFTER, NOT_BEFORE, shown
from tests.unit.store_sample import INSTITUTE, SITE
from tests.unit.warc_samples import sample

HOST = "www.example.ac.cn"


def metadata(path: Path) -> list[str]:
    """What another program reads in the metadata records of the file."""
    with path.open("rb") as file:
        records = [(r.rec_type, r.content_stream().read().decode()) for r in ArchiveIterator(file)]
    return [text for kind, text in records if kind == "metadata"]


def test_a_certificate_is_kept_once_a_file_and_named_by_every_exchange(tmp_path: Path) -> None:
    mine = shown(HOST)
    with WarcWriter(tmp_path, prefix="t", max_bytes=6_000) as writer:
        for number in range(12):
            writer.write(sample(number, certificate=mine))
    assert len(writer.files) > 1
    for name in writer.files:
        notes = metadata(tmp_path / name)
        exchanges = sum(1 for _ in read_captures(tmp_path / name))
        assert sum(f"{NAMED}: {mine.digest}" in one for one in notes) == exchanges + 1
        assert sum(CHAIN in one for one in notes) == 1


def test_each_host_has_its_own_in_the_file(tmp_path: Path) -> None:
    mine, other = shown(HOST), shown("other.example")
    with WarcWriter(tmp_path, prefix="t") as writer:
        for host, one in ((HOST, mine), ("other.example", mine), (HOST, other), (HOST, mine)):
            writer.write(sample(url=f"https://{host}/", certificate=one))
    assert sum(CHAIN in one for one in metadata(tmp_path / writer.files[0])) == 3


def test_it_is_read_back_with_its_exchange(tmp_path: Path) -> None:
    mine = shown(HOST, trusted=False)
    with WarcWriter(tmp_path, prefix="t") as writer:
        first = writer.write(sample(1, certificate=mine))
        second = writer.write(sample(2, certificate=mine))
    assert read_at(tmp_path, first).certificate == mine
    assert read_at(tmp_path, second).certificate == replace(mine, chain=())


def test_a_failure_without_an_answer_has_it_too(tmp_path: Path) -> None:
    mine = shown(HOST)
    with WarcWriter(tmp_path, prefix="t") as writer:
        place = writer.write(sample(1, b"", certificate=mine, error="closed"))
    assert read_at(tmp_path, place).certificate == mine


@pytest.mark.parametrize("chain", ["AAAA", "not base64!", ""])
def test_bytes_that_are_not_the_certificate_named_are_not_taken_for_it(chain: str) -> None:
    mine = shown(HOST)
    found = certificate_in({NAMED: mine.digest, CHAIN: chain})
    assert found == Certificate(mine.digest, ())


def test_any_capture_of_the_file_leads_to_it(tmp_path: Path) -> None:
    mine, later = shown(HOST), shown(HOST, "Later")
    with open_archive(tmp_path, create=True) as archive:
        with WarcWriter(archive.warc_dir, prefix="t") as writer:
            shows = [mine, mine, later, later, mine]
            places = [writer.write(sample(n, certificate=one)) for n, one in enumerate(shows)]
            plain = writer.write(sample(9))
        assert [certificate(archive, place) for place in places] == shows
        assert certificate(archive, plain) is None
        assert certificate(archive, places[3], at_most=2) == replace(later, chain=())
        assert certificate(archive, replace(plain, offset=1)) is None


def test_an_export_has_it_where_the_exchange_that_held_it_is_left_out(tmp_path: Path) -> None:
    mine = shown(HOST)
    target = io.BytesIO()
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        run = archive.store.begin_run(SITE, "crawl")
        captures = [sample(number, certificate=mine) for number in range(4)]
        with WarcWriter(archive.warc_dir, prefix="t") as writer:
            places = [writer.write(capture) for capture in captures]
        rows = [
            CaptureRow(c.url, HOST, c.captured_at, 200, "text/html", PageKind.ARTICLE, place, run)
            for c, place in zip(captures, places, strict=True)
        ]
        damage: list[RecordError] = []
        assert write_warc(archive, Selection(tuple(rows[2:]), {}), target, damage.append) == 2
    assert damage == []
    (tmp_path / "out.warc.gz").write_bytes(target.getvalue())
    assert sum(CHAIN in one for one in metadata(tmp_path / "out.warc.gz")) == 1
    found = list(read_captures(tmp_path / "out.warc.gz"))
    assert [capture.certificate and capture.certificate.digest for capture, _ in found] == [
        mine.digest,
        mine.digest,
    ]


def test_people_are_told_whose_it_is() -> None:
    mine = shown(HOST, "中国科学院")
    told = identity(mine)
    assert told is not None
    assert (told.subject, told.issuer, told.names) == ("O=中国科学院", "O=Authority", (HOST,))
    assert (told.not_before, told.not_after) == (NOT_BEFORE, NOT_AFTER)
    assert pem(mine).count("BEGIN CERTIFICATE") == 2


@pytest.mark.parametrize("chain", [(), (b"",), (b"\x30\x03junk",)])
def test_one_that_cannot_be_read_is_not_described(chain: tuple[bytes, ...]) -> None:
    assert identity(Certificate("sha256:0", chain)) is None
