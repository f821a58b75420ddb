"""Packages of WARC files (WACZ) that strangers made: nothing leads out, nothing fills the disk."""

from __future__ import annotations

import hashlib
import json
import zipfile
from functools import partial
from pathlib import Path

import pytest

from archive.backfill import packages, placing
from archive.backfill.inputs import Kind, find_inputs
from archive.backfill.packages import unpacked
from archive.backfill.placing import placed
from archive.errors import DiskFullError, StoppedError, WarcError
from archive.evidence.verify import verify
from archive.runs.disk import low_water
from archive.store import open_archive
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import articles, take_in


@pytest.mark.parametrize("told", ["0" * 64, None])
def test_a_package_whose_list_tells_of_another_file_is_a_problem_and_taken_in(
    told: str | None, tmp_path: Path
) -> None:
    path = samples.wacz(tmp_path, "a.wacz", range(4))
    with zipfile.ZipFile(path) as package:
        inner = package.read("archive/data.warc.gz")
    digest = told or hashlib.sha256(inner).hexdigest()
    with zipfile.ZipFile(tmp_path / "told.wacz", "w") as package:
        package.writestr("archive/data.warc.gz", inner)
        resource = {"path": "archive/data.warc.gz", "hash": f"sha256:{digest}"}
        package.writestr("datapackage.json", json.dumps({"resources": [resource]}))
    report = take_in(tmp_path / "data", tmp_path / "told.wacz")
    assert ["is not the file that datapackage.json" in line for line in report.problems] == (
        [True] if told else []
    )
    assert len(articles(tmp_path / "data")) == 4


@pytest.mark.parametrize("member", ["../../out.warc.gz", "/tmp/out.warc.gz", "a\\..\\out.warc.gz"])
def test_no_name_in_a_package_leads_out_of_the_archive(member: str, tmp_path: Path) -> None:
    path = samples.wacz(tmp_path, "a.wacz", range(2), member)
    take_in(tmp_path / "data", path)
    kept = list((tmp_path / "data" / "warc").glob("*.warc.gz"))
    assert [one.name.startswith("out-") for one in kept] == [True]
    assert not list(tmp_path.parent.glob("out*"))
    assert len(articles(tmp_path / "data")) == 2


@pytest.mark.parametrize("content", [b"", b"no package", b"PK\x03\x04" + b"\0" * 40])
def test_a_package_that_is_none_is_a_problem_and_the_rest_is_taken(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "bad.wacz").write_bytes(content)
    good = samples.warc(tmp_path, "good.warc.gz", range(2))
    report = take_in(tmp_path / "data", tmp_path / "bad.wacz", good)
    assert len(report.problems) == 1
    assert "bad.wacz" in report.problems[0]
    assert len(articles(tmp_path / "data")) == 2


def test_a_package_that_unpacks_to_more_than_there_is_room_for_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("archive/zeros.warc", bytes(20_000_000))
    room = low_water() + 10_000_000
    assert path.stat().st_size < 100_000
    monkeypatch.setattr("archive.runs.disk.free_bytes", lambda data: room)
    with pytest.raises(DiskFullError):
        take_in(tmp_path / "data", path)
    assert list((tmp_path / "data" / "warc").glob("*.warc*")) == []


def test_a_member_that_is_nothing_when_packed_is_taken_for_a_bomb_and_the_rest_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "BOMB_BYTES", 1_000_000)
    inner = samples.warc(tmp_path, "good.warc.gz", range(2)).read_bytes()
    with zipfile.ZipFile(tmp_path / "bomb.wacz", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("archive/data.warc.gz", inner)
        package.writestr("archive/zeros.warc", bytes(2_000_000))
    report = take_in(tmp_path / "data", tmp_path / "bomb.wacz", tmp_path / "good.warc.gz")
    (problem,) = report.problems
    assert "bytes here and 2000000 unpacked, too many; if it is no bomb, unpack it" in problem
    assert list((tmp_path / "data" / "warc").glob("zeros*")) == []
    assert len(articles(tmp_path / "data")) == 2


def test_a_package_that_vanished_since_it_was_found_costs_itself_only(tmp_path: Path) -> None:
    (found,) = find_inputs([samples.wacz(tmp_path, "a.wacz", range(3))]).inputs
    found.path.unlink()
    with pytest.raises(WarcError, match=r"a\.wacz: cannot be read: No such file"):
        unpacked(found, tmp_path / "warc")


@pytest.mark.parametrize("name", ["a.wacz", "a.warc.gz"])
def test_a_copy_ends_in_its_middle_where_it_is_not_to_go_on_and_leaves_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "COPY_BYTES", 1000)
    make = samples.wacz if name == "a.wacz" else samples.warc
    (found,) = find_inputs([make(tmp_path, name, range(9))]).inputs
    asked: list[int] = []

    def go_on() -> None:
        asked.append(1)
        if len(asked) == 3:
            raise StoppedError(143)

    copied = unpacked if found.kind is Kind.WACZ else partial(placed, copy=True)
    with pytest.raises(StoppedError):
        copied(found, tmp_path / "warc", go_on=go_on)
    assert list((tmp_path / "warc").iterdir()) == []


def test_a_package_of_packages_is_taken_in_and_a_broken_one_costs_itself_only(
    tmp_path: Path,
) -> None:
    first = samples.wacz(tmp_path, "first.wacz", range(3)).read_bytes()
    second = samples.wacz(tmp_path, "second.wacz", range(3, 5)).read_bytes()
    digest = hashlib.sha256(first).hexdigest()
    listed = {"resources": [{"path": "first.wacz", "hash": f"sha256:{digest}"}]}
    with zipfile.ZipFile(tmp_path / "collection.wacz", "w") as package:
        package.writestr("first.wacz", first)
        package.writestr("second.wacz", second, zipfile.ZIP_DEFLATED)
        package.writestr("broken.wacz", first[: len(first) // 2])
        package.writestr("datapackage.json", json.dumps(listed))
    report = take_in(tmp_path / "data", tmp_path / "collection.wacz")
    assert "collection.wacz: broken.wacz: the list of its files is cut off" in report.problems[0]
    assert len(articles(tmp_path / "data")) == 5
    assert {path.suffix for path in (tmp_path / "data" / "warc").iterdir()} == {".gz", ".cdxj"}


def test_a_package_within_a_package_within_a_package_is_not_looked_for(tmp_path: Path) -> None:
    inner = samples.wacz(tmp_path, "inner.wacz", range(2))
    for name in ("middle.wacz", "outer.wacz"):
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.write(inner, inner.name)
        inner = tmp_path / name
    report = take_in(tmp_path / "data", inner)
    assert ["no WARC file is in this package" in line for line in report.problems] == [True]
    assert articles(tmp_path / "data") == []


def test_a_member_that_is_no_warc_file_is_told_of_and_not_kept(tmp_path: Path) -> None:
    path = samples.wacz(tmp_path, "a.wacz", range(4))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("archive/other.warc.gz", b"this is something else\n")
    data = tmp_path / "data"
    report = take_in(data, path)
    assert report.exit_code == WarcError.exit_code
    assert report.problems[-1].endswith(".warc.gz: is no WARC file, and was not kept")
    with open_archive(data) as archive:
        assert verify(archive).findings == []
    again = take_in(data, path)
    assert (again.known, again.exit_code) == (1, 0)
    assert len(articles(data)) == 4
