"""Verify: what the WARC files no longer hold as it was kept is named, and nothing else."""

from __future__ import annotations

import fcntl
import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.cli import main
from archive.evidence.verify import LOST_TO_A_KILL, verify
from archive.lock import locked
from archive.model import Capture, PageKind
from archive.store import Archive, CaptureRow, open_archive
from archive.warc import WarcWriter
from archive.warc.check import digest_faults
from archive.warc.header import Header
from archive.warc.index import Index
from archive.warc.mend import damages_of, mend
from archive.warc.records import Record
from tests.unit.store_sample import INSTITUTE, NOON, SITE
from tests.unit.warc_samples import Inputs

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


def warc(archive: Archive) -> Path:
    (path,) = archive.warc_dir.glob("*.warc.gz")
    return path


def rows(archive: Archive) -> list[CaptureRow]:
    return list(archive.store.captures(SITE))


def damage(archive: Archive, number: int) -> CaptureRow:
    """Zeros in the middle of the record of ``URLS[number]``."""
    victim, path = rows(archive)[number], warc(archive)
    content = bytearray(path.read_bytes())
    middle = victim.pointer.offset + victim.pointer.length // 2
    content[middle : middle + 8] = bytes(8)
    path.write_bytes(content)
    return victim


def wheres(archive: Archive) -> list[str]:
    return [finding.where for finding in verify(archive).findings]


def whole_records(path: Path) -> list[bytes]:
    """The records of a file by ``warcio``, which stops at the first bytes that are none."""
    with path.open("rb") as file:
        return [record.raw_stream.read() for record in ArchiveIterator(file, no_record_parse=True)]


def test_an_untouched_archive_agrees(archive: Archive) -> None:
    found = verify(archive)
    assert not found.findings
    assert not found.notes
    assert (found.files, found.records, found.captures) == (1, 1 + 2 * 5, 5)
    assert main(["verify", "--data", str(archive.data)]) == 0


def test_a_damaged_record_is_named_with_address_file_and_offset(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    victim = damage(archive, 2)
    pointer = victim.pointer
    assert main(["verify", "--data", str(archive.data)]) == 65
    said = capsys.readouterr().out
    assert f"{pointer.file} at byte {pointer.offset} " in said
    assert f"{victim.url} " in said
    assert not any(url in said for url in URLS if url != victim.url)


def test_programs_get_the_same_with_the_same_exit_code(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["verify", "--format", "json", "--data", str(archive.data)]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["records"], told["captures"], told["findings"]) == (1 + 2 * 5, 5, [])
    victim = damage(archive, 2)
    assert main(asked) == 65
    told = json.loads(capsys.readouterr().out)
    assert {one["file"] for one in told["findings"]} == {victim.pointer.file}
    assert any(one["where"].startswith(victim.url) for one in told["findings"])
    assert main([*asked, "--repair"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["findings"], bool(told["mended"])) == ([], True)


def test_a_missing_file_is_named_for_each_of_its_records(archive: Archive) -> None:
    path = warc(archive)
    path.unlink()
    assert sorted(wheres(archive)) == sorted([path.name, *URLS])


def test_a_changed_payload_is_named_though_its_record_can_be_read(archive: Archive) -> None:
    path = warc(archive)
    content = gzip.decompress(path.read_bytes())
    # Put together again as one plain file, so that nothing but the digests can tell.
    changed = content.replace(b"<p>http://www.a.cn/3", b"<p>http://www.a.cn/X")
    (archive.warc_dir / "changed.warc").write_bytes(changed)
    problems = [one.problem for one in verify(archive).findings if "byte" in one.where]
    assert len(problems) == 2
    assert all("digest is not sha256:" in problem for problem in problems)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sha1", "sha1:APPGYVYL7YSL7QZIZTL4URVXN2W26QZU"),
        ("hex", "sha-256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"),
        ("unknown", "blake3:abc"),
        ("empty", "sha1:"),
    ],
)
def test_digests_are_known_in_every_spelling(name: str, value: str) -> None:
    block = b"abcde" if name == "sha1" else b""
    good = Record(Header("metadata", (("WARC-Block-Digest", value),), len(block)), block, 0, 1)
    assert list(digest_faults(good)) == []
    if name in ("sha1", "hex"):
        bad = Record(good.header, b"other", 0, 1)
        assert len(list(digest_faults(bad))) == 1


def test_an_index_that_does_not_fit_is_named_and_made_again(archive: Archive) -> None:
    index = Index(archive.warc_dir)
    before = list(index.lines())
    index.path.write_bytes(b"".join(before[1:]))
    assert wheres(archive) == [warc(archive).name]
    assert main(["verify", "--repair", "--data", str(archive.data)]) == 0
    assert list(index.lines()) == before
    assert verify(archive).findings == []


@pytest.mark.parametrize(
    ("hosts", "more", "told"),
    [(1, LOST_TO_A_KILL, False), (1, LOST_TO_A_KILL + 1, True), (3, LOST_TO_A_KILL, False)],
)
def test_a_store_older_than_its_files_is_told_what_it_lacks_and_ends_with_70(
    archive: Archive, hosts: int, more: int, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = [f"http://w{host}.a.cn/later/{n}" for host in range(hosts) for n in range(more)]
    with WarcWriter(archive.warc_dir, prefix="later") as writer:
        places = [writer.write(_capture(url)) for url in urls]
    found = verify(archive)
    lacks = f"{places[0].file}: exchanges in it that are none of the store's captures: {len(urls)}"
    assert (found.findings, found.notes) == ([], [])
    assert [line.partition(";")[0] for line in found.unknown] == [lacks] * told
    assert verify(archive, SITE).unknown == []
    assert main(["verify", "--data", str(archive.data)]) == (70 if told else 0)
    assert (lacks in capsys.readouterr().err) is told


def test_another_programs_file_put_beside_is_named_until_it_is_taken_in(archive: Archive) -> None:
    with WarcWriter(archive.warc_dir, prefix="later") as writer:
        file = writer.write(_capture("http://www.a.cn/later")).file
    other = (archive.warc_dir / file).rename(archive.warc_dir / "collected.warc.gz")
    assert main(["verify", "--repair", "--data", str(archive.data)]) == 0
    [note] = verify(archive).notes
    assert note.startswith("collected.warc.gz: no capture of the store lies in this file of 1 ")
    assert main(["backfill", str(other), "--site", SITE, "--data", str(archive.data)]) == 0
    assert verify(archive).notes == []


def test_a_file_that_a_dead_crawl_left_open_is_no_disagreement(archive: Archive) -> None:
    path = warc(archive)
    content = path.read_bytes()
    path.rename(path.with_name(path.name + ".open")).write_bytes(content + b"\x1f\x8b\x08torn")
    found = verify(archive)
    assert found.findings == []
    assert len(found.notes) == 1
    assert main(["verify", "--repair", "--data", str(archive.data)]) == 0
    assert path.read_bytes() == content


def test_damage_is_put_aside_and_nothing_else_is_lost(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    path, index = warc(archive), list(Index(archive.warc_dir).lines())
    records = whole_records(path)
    victim = damage(archive, 2)
    start, end = victim.pointer.offset, victim.pointer.offset + victim.pointer.length
    damaged = path.read_bytes()
    assert main(["verify", "--repair", "--data", str(archive.data)]) == 0
    said = capsys.readouterr().out
    assert f"{path.name} at byte {start}" in said
    mended = path.read_bytes()
    assert (mended[:start], mended[end:]) == (damaged[:start], damaged[end:])
    [aside] = (archive.warc_dir / "damaged").iterdir()
    assert aside.read_bytes() == damaged[start:end]
    assert Checker(Inputs(path)).process_all() == 0
    after = whole_records(path)
    assert len(after) == len(records)
    assert [one for one in after if one not in records] == [after[5]]
    assert aside.name.encode() in after[5]
    # The index and the rows of all other records are what they were.
    assert [line for line in index if victim.url.encode() not in line] == list(
        Index(archive.warc_dir).lines()
    )
    assert {row.url: row.error for row in rows(archive)} == {
        url: "record-damaged" if url == victim.url else None for url in URLS
    }
    assert archive.store.failed_records(SITE, "record-damaged") == {victim.pointer.record_id}
    assert archive.store.kept(SITE, [victim.url]) == {}


@pytest.mark.parametrize("name", ["link", "dots"])
def test_no_file_outside_of_the_archive_is_mended(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = warc(archive)
    damage(archive, 2)
    elsewhere = tmp_path / "elsewhere" / path.name
    elsewhere.parent.mkdir()
    path.rename(elsewhere)
    if name == "link":
        path.symlink_to(elsewhere)
    else:
        upwards = f"../{'../' * len(archive.data.parts)}{elsewhere.relative_to('/')}"
        for row in rows(archive):
            archive.store.amend_capture(row, pointer=replace(row.pointer, file=upwards))
    content = elsewhere.read_bytes()
    assert main(["verify", "--repair", "--data", str(archive.data)]) != 0
    assert elsewhere.read_bytes() == content
    assert not (archive.warc_dir / "damaged").exists()
    assert ("is a link to a file elsewhere" in capsys.readouterr().out) is (name == "link")


def test_a_torn_end_is_put_aside_and_cut_off(archive: Archive) -> None:
    path = warc(archive)
    content = path.read_bytes()
    path.write_bytes(content + b"\x1f\x8b\x08 torn")
    assert len(wheres(archive)) == 1
    assert main(["verify", "--repair", "--data", str(archive.data)]) == 0
    assert path.read_bytes() == content
    [aside] = (archive.warc_dir / "damaged").iterdir()
    assert aside.read_bytes() == b"\x1f\x8b\x08 torn"


def test_a_record_that_moved_to_another_file_is_found_again(archive: Archive) -> None:
    path = warc(archive)
    moved = path.with_name("moved.warc.gz")
    path.rename(moved)
    assert len(wheres(archive)) == 1 + 5 + 1
    assert main(["verify", "--repair", "--data", str(archive.data)]) == 0
    assert {row.pointer.file for row in rows(archive)} == {moved.name}
    assert verify(archive).findings == []


def test_a_row_whose_file_is_not_there_is_left_as_it_is(archive: Archive) -> None:
    before = rows(archive)
    path = warc(archive)
    content = path.read_bytes()
    path.unlink()
    assert main(["verify", "--repair", "--data", str(archive.data)]) == 65
    assert rows(archive) == before
    path.write_bytes(content)
    assert main(["verify", "--repair", "--data", str(archive.data)]) == 0
    assert verify(archive).findings == []


def test_a_file_of_another_program_is_named_and_not_changed(archive: Archive) -> None:
    foreign = archive.warc_dir / "foreign.warc.gz"
    content = gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    foreign.write_bytes(content + b"garbage" * 100)
    assert f"{foreign.name} at byte {len(content)}" in wheres(archive)
    assert main(["verify", "--repair", "--data", str(archive.data)]) == 65
    assert foreign.read_bytes() == content + b"garbage" * 100


def test_repair_waits_for_no_running_crawl(archive: Archive) -> None:
    with locked(archive.data):
        assert main(["verify", "--repair", "--data", str(archive.data)]) == 75


@settings(max_examples=25)
@given(place=st.floats(0, 0.99), part=st.floats(0, 1))
def test_whatever_was_hit_the_rest_is_readable_after_repair(
    tmp_path_factory: pytest.TempPathFactory, place: float, part: float
) -> None:
    directory = tmp_path_factory.mktemp("hit")
    with WarcWriter(directory, prefix="hit") as writer:
        pointers = [writer.write(_capture(url)) for url in URLS]
    path = directory / writer.files[0]
    content = bytearray(path.read_bytes())
    at = int(place * len(content))
    length = 1 + int(part * (len(content) - at - 1))
    # Each byte becomes another one: zeros put over a member's last zeros would leave it whole.
    content[at : at + length] = bytes(byte ^ 0xFF for byte in content[at : at + length])
    path.write_bytes(content)
    before = [bytes(content[p.offset : p.offset + p.length]) for p in pointers]
    mend(directory, path)
    with path.open("rb+") as free:
        fcntl.flock(free, fcntl.LOCK_EX | fcntl.LOCK_NB)
    after = path.read_bytes()
    for pointer, member in zip(pointers, before, strict=True):
        if pointer.offset + pointer.length <= at or pointer.offset >= at + length:
            assert after[pointer.offset : pointer.offset + pointer.length] == member
    assert damages_of(path) == []
    if len(after) == len(content) and after == bytes(content):
        return  # Nothing was left whole: the file stays as it is.
    kept = b"".join(one.read_bytes() for one in (directory / "damaged").iterdir())
    assert len(kept) >= length
