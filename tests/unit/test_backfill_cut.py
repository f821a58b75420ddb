"""Files that were cut, or are damaged somewhere, packages (WACZ) above all: what is whole in them
is taken in, and what is not is told of."""

from __future__ import annotations

import io
import json
import random
import struct
import sys
import zipfile
from collections.abc import Callable
from email.encoders import encode_base64, encode_quopri
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest

from archive.backfill import packages
from archive.backfill.inputs import find_inputs
from archive.backfill.packages import unpacked
from archive.backfill.remains import PIECE, Remains, next_member
from archive.errors import DiskFullError, WarcError
from archive.runs.disk import low_water
from archive.warc.zstd_source import DICTIONARY_FRAME
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import articles, take_in

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
NO_LIST = "the list of its files is cut off or damaged"


class OneWay(io.RawIOBase):
    """Nobody can go back in it: sizes are told behind the data, as in packages that are sent while
    they are made."""

    def __init__(self) -> None:
        self.whole = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes, /) -> int:  # type: ignore[override]
        self.whole += content
        return len(content)


def package(*members: tuple[str, bytes], method: int = STORED, way: str = "before") -> bytes:
    """A package of these members; the sizes stand "before" their data, "behind" them, or "long"
    (of eight bytes each) behind them."""
    target, sent = io.BytesIO(), OneWay()
    with zipfile.ZipFile(target if way == "before" else sent, "w", method) as made:
        for name, content in members:
            with made.open(name, "w", force_zip64=way == "long") as member:
                member.write(content)
    return target.getvalue() or bytes(sent.whole)


def list_at(whole: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(whole)) as read:
        return read.start_dir


def gzipped(folder: Path, numbers: range) -> bytes:
    return samples.warc(folder, "inner.warc.gz", numbers).read_bytes()


def taken(folder: Path, whole: bytes) -> list[str]:
    """What is told of a package of these bytes, which is taken in."""
    (folder / "it.wacz").write_bytes(whole)
    report = take_in(folder / "data", folder / "it.wacz")
    return [line.rpartition("it.wacz: ")[2] for line in report.problems]


ways = pytest.mark.parametrize("way", ["before", "behind", "long"])
methods = pytest.mark.parametrize("method", [STORED, DEFLATED])


@ways
@methods
def test_a_package_whose_list_was_cut_off_gives_all_that_is_in_it(
    method: int, way: str, tmp_path: Path
) -> None:
    first, second = gzipped(tmp_path, range(3)), gzipped(tmp_path, range(3, 6))
    index = b"cn,ac,example)/ 20120301080000 {}\n" * 40
    members = [("archive/a.warc.gz", first), ("i/x.cdx", index), ("archive/b.warc.gz", second)]
    whole = package(*members, method=method, way=way)
    (told,) = taken(tmp_path, whole[: list_at(whole)])
    assert NO_LIST in told
    assert len(articles(tmp_path / "data")) == 6
    kept = sorted((tmp_path / "data" / "warc").glob("*.warc.gz"))
    assert [path.read_bytes() for path in kept] == [first, second]


@ways
@methods
def test_a_package_that_ends_in_the_midst_of_a_file_gives_the_records_before(
    method: int, way: str, tmp_path: Path
) -> None:
    first, second = gzipped(tmp_path, range(3)), gzipped(tmp_path, range(3, 9))
    whole = package(("a.warc.gz", first), ("b.warc.gz", second), method=method, way=way)
    told = taken(tmp_path, whole[: list_at(whole) - len(second) // 2])
    at = whole.index(b"PK\x03\x04", 4)
    assert NO_LIST in told[0]
    assert told[1].startswith(f"b.warc.gz at byte {at} is damaged: it ends after ")
    assert "the gzip member is cut short" in told[2]
    assert 3 < len(articles(tmp_path / "data")) < 9


@methods
def test_one_damaged_file_of_a_package_costs_the_records_that_are_damaged(
    method: int, tmp_path: Path
) -> None:
    first, second = gzipped(tmp_path, range(6)), gzipped(tmp_path, range(6, 9))
    whole = bytearray(package(("a.warc.gz", first), ("b.warc.gz", second), method=method))
    middle = len(first) // 2
    whole[middle : middle + 1_500] = bytes(1_500)
    told = taken(tmp_path, bytes(whole))
    assert told[0].startswith("a.warc.gz at byte 0 is damaged: ")
    assert not any(NO_LIST in line or line.startswith("b.warc") for line in told)
    assert 6 <= len(articles(tmp_path / "data")) < 9


def test_a_file_whose_header_is_damaged_is_found_by_the_list(tmp_path: Path) -> None:
    first, second = gzipped(tmp_path, range(3)), gzipped(tmp_path, range(3, 6))
    whole = bytearray(package(("a.warc.gz", first), ("b.warc.gz", second)))
    at = whole.index(b"PK\x03\x04", 4)
    whole[at : at + 4] = bytes(4)
    assert taken(tmp_path, bytes(whole)) == []
    assert len(articles(tmp_path / "data")) == 6


def test_a_list_of_digests_that_is_damaged_costs_no_file(tmp_path: Path) -> None:
    listed = json.dumps({"resources": []}).encode() * 9
    members = [("a.warc.gz", gzipped(tmp_path, range(3))), ("datapackage.json", listed)]
    whole = bytearray(package(*members))
    whole[whole.index(listed) + 5] ^= 1
    (told,) = taken(tmp_path, bytes(whole))
    assert told.startswith("datapackage.json cannot be read: Bad CRC")
    assert len(articles(tmp_path / "data")) == 3


def test_a_package_whose_beginning_is_lost_gives_the_records_behind(tmp_path: Path) -> None:
    whole = package(
        ("a.warc.gz", gzipped(tmp_path, range(6))), ("b.warc.gz", gzipped(tmp_path, range(6, 9)))
    )
    told = taken(tmp_path, whole[2_000:])
    assert told[0].startswith("a.warc.gz at byte 0 is damaged: its checksum is another one")
    assert 6 <= len(articles(tmp_path / "data")) < 9


def test_a_list_that_is_shorter_than_it_says_is_taken_for_none(tmp_path: Path) -> None:
    whole = package(("a.warc.gz", gzipped(tmp_path, range(3))))
    assert NO_LIST in taken(tmp_path, whole[:-40] + whole[-30:])[0]
    assert len(articles(tmp_path / "data")) == 3


def test_a_package_within_a_collection_that_was_cut_is_taken_in(tmp_path: Path) -> None:
    inner = package(("archive/a.warc.gz", gzipped(tmp_path, range(3))), way="behind")
    whole = package(("one.wacz", inner), ("two.wacz", inner[:-9]), way="behind")
    told = taken(tmp_path, whole[: list_at(whole)])
    assert [NO_LIST in line for line in told] == [True, True]
    assert len(articles(tmp_path / "data")) == 3


@pytest.mark.parametrize("name", ["../../out.warc.gz", "/tmp/out.warc.gz", "a\\..\\out.warc.gz"])
def test_no_name_in_a_cut_package_leads_out_of_the_archive(name: str, tmp_path: Path) -> None:
    whole = package((name, gzipped(tmp_path, range(2))))
    taken(tmp_path, whole[: list_at(whole)])
    kept = list((tmp_path / "data" / "warc").glob("*.warc.gz"))
    assert [one.name.startswith("out-") for one in kept] == [True]
    assert not list(tmp_path.parent.glob("out*"))


def test_a_bomb_in_a_cut_package_is_named_and_the_rest_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "BOMB_BYTES", 1_000_000)
    members = [("zeros.warc", bytes(20_000_000)), ("a.warc.gz", gzipped(tmp_path, range(2)))]
    whole = package(*members, method=DEFLATED, way="behind")
    told = taken(tmp_path, whole[: list_at(whole)])
    assert ["zeros.warc at byte 0 is not taken in" in line for line in told] == [False, True]
    assert list((tmp_path / "data" / "warc").glob("zeros*")) == []
    assert len(articles(tmp_path / "data")) == 2


def test_a_cut_package_does_not_take_the_last_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = package(("archive/a.warc.gz", bytes(10_000_000)))
    monkeypatch.setattr("archive.runs.disk.free_bytes", lambda data: low_water() + 1_000_000)
    with pytest.raises(DiskFullError):
        taken(tmp_path, whole[: list_at(whole)])


def test_a_file_that_holds_the_marks_of_packages_is_read_to_its_own_end() -> None:
    rolls = random.Random(7)
    inner = package(("x.docx", rolls.randbytes(PIECE)), ("y.warc.gz", b"no"), way="behind")
    content = inner + b"PK\x07\x08" * 9 + rolls.randbytes(PIECE - 5) + inner
    whole = package(("a.warc", content), way="behind")
    source = io.BytesIO(whole)
    member = next_member(source, 0, lambda: None)
    assert member is not None
    read = Remains(source, member, len(whole))
    assert b"".join(iter(read.read, b"")) == content
    assert read.trouble is None


@pytest.mark.parametrize("mark", [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 22 + b"\x01\0\0\0\0"])
def test_headers_that_are_none_cost_time_with_their_number(mark: bytes, tmp_path: Path) -> None:
    (tmp_path / "it.wacz").write_bytes(mark * (4_000_000 // len(mark)))
    (found,) = find_inputs([tmp_path / "it.wacz"]).inputs
    began = process_time()
    with pytest.raises(WarcError, match="not a WACZ package that can be read"):
        unpacked(found, tmp_path / "warc")
    assert process_time() - began < 20


def test_one_file_under_many_names_is_read_once(tmp_path: Path) -> None:
    whole = package(("a.warc.gz", gzipped(tmp_path, range(3))))
    at = list_at(whole)
    entry, end = whole[at:-22], whole[-22:]
    lengths = struct.pack("<HHLL", 50, 50, 50 * len(entry), at)
    (tmp_path / "it.wacz").write_bytes(whole[:at] + entry * 50 + end[:8] + lengths + end[-2:])
    (found,) = find_inputs([tmp_path / "it.wacz"]).inputs
    assert len(unpacked(found, tmp_path / "warc").paths) == 1


@ways
@methods
@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_broken_nothing_but_a_problem_comes_of_it(
    seed: int, method: int, way: str, tmp_path: Path
) -> None:
    rolls = random.Random(f"{seed} {method} {way}")
    members = [(f"{n}.warc.gz", gzipped(tmp_path, range(3 * n, 3 * n + 3))) for n in range(3)]
    whole = bytearray(package(*members, method=method, way=way))
    if rolls.random() < 0.5:
        del whole[rolls.randrange(len(whole)) :]
    for _ in range(rolls.randrange(1, 9) if whole else 0):
        whole[rolls.randrange(len(whole))] = rolls.randrange(256)
    taken(tmp_path, bytes(whole))
    titles = {samples.title(number) for number in range(9)}
    assert {article["title"] for article in articles(tmp_path / "data")} <= titles


def _frames(folder: Path) -> bytes:
    """A WARC file of nine pages in Zstandard frames, with the dictionary that they need."""
    path = samples.plain_warc(folder, "inner.warc", range(9))
    whole, offsets = path.read_bytes(), samples.record_offsets(path)
    path.unlink()
    records = [whole[at:end] for at, end in pairwise([*offsets, len(whole)])]
    words = zstd.train_dict(records * 9, 8_000)
    size = len(words.dict_content).to_bytes(4, "little")
    frames = b"".join(zstd.compress(one, zstd_dict=words) for one in records)
    return DICTIONARY_FRAME + size + words.dict_content + frames


def _members(folder: Path) -> bytes:
    return gzipped(folder, range(9))


def _arc(folder: Path) -> bytes:
    return samples.arc(folder, "inner.arc", range(9)).read_bytes()


@pytest.mark.parametrize(
    ("name", "make"), [("a.warc.zst", _frames), ("a.warc.gz", _members), ("a.arc", _arc)]
)
def test_a_file_that_was_cut_gives_the_records_before_and_says_where(
    name: str, make: Callable[[Path], bytes], tmp_path: Path
) -> None:
    made = tmp_path / "made"
    made.mkdir()
    path = tmp_path / name
    path.write_bytes(make(made)[:-700])
    report = take_in(tmp_path / "data", path)
    (problem,) = report.problems
    assert problem.startswith(f"{path} at byte ")
    assert 4 <= len(articles(tmp_path / "data")) < 9


@pytest.mark.parametrize("left", [0.6, 0.9])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_web_archive_file_that_was_cut_is_kept_and_told_of(
    encoding: str, left: float, tmp_path: Path
) -> None:
    packed = encode_base64 if encoding == "base64" else encode_quopri
    page = MIMENonMultipart("text", "html", charset="utf-8")
    page.set_payload(samples.html(1).encode())
    packed(page)
    letter = MIMEMultipart("related", "=_b", [page, MIMENonMultipart("image", "png")])
    whole = letter.as_bytes()
    (tmp_path / "whole.mhtml").write_bytes(whole)
    (tmp_path / "cut.mhtml").write_bytes(whole[: int(len(whole) * left)])
    report = take_in(tmp_path / "data", tmp_path / "whole.mhtml", tmp_path / "cut.mhtml")
    assert report.problems == (
        f"{tmp_path / 'cut.mhtml'}: cut off before its end; taken in as it is",
    )
    assert report.captures == 2
