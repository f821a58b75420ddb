"""Exports as others read them: a spreadsheet's CSV, Parquet, a bag."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import bagit
import pytest
from lxml import etree
from pyarrow import parquet
from warcio.archiveiterator import ArchiveIterator

from archive.cli import main
from archive.export import record, write_csv, write_parquet, write_texts
from archive.export.bag import write_bag
from archive.export.mets import NAMESPACES
from archive.export.parquet import ROW_GROUP
from archive.export.spreadsheet import COLUMNS, MAX_CELL
from archive.model import Capture, WarcPointer
from archive.store import open_archive
from archive.warc import WarcWriter, read_at
from tests.unit.store_sample import (
    INSTITUTE,
    NOON,
    SITE,
    article,
    edited,
    extraction,
    mirrored,
    witness,
)

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture
def data(tmp_path: Path, database: str) -> Path:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        with WarcWriter(archive.warc_dir, prefix="t") as writer:
            pointer = writer.write(Capture("http://www.a.cn/1", NOON, b"", RESPONSE))
        seen = (replace(witness(extraction()), pointer=pointer),)
        few = [article("a1", witnesses=seen), article("a2", extraction("别的。"), seen)]
        archive.store.replace_articles(SITE, few)
    return tmp_path / "data"


def test_a_corpus_has_a_text_of_each_article_in_order_of_time() -> None:
    undated = article("../x", extraction("没有日期。", title=None, published=None))
    early = article("e1", extraction("第一段。\n第二段。", published=date(1998, 2, 3)))
    files = [io.BytesIO(), io.BytesIO()]
    for target in files:
        assert write_texts([undated, mirrored(), early], target) == 3
    assert files[0].getvalue() == files[1].getvalue()
    with zipfile.ZipFile(files[0]) as package:
        assert sorted(package.namelist()) == [
            "1998-02-03_e1.txt",
            "2010-12-09_a2.txt",
            "undated_---x.txt",
        ]
        told = {name: package.read(name).decode() for name in package.namelist()}
    assert told["1998-02-03_e1.txt"] == "关于召开党员大会的通知\n\n第一段。\n第二段。\n"
    assert told["undated_---x.txt"] == "没有日期。\n"


def test_a_spreadsheet_reads_chinese_and_computes_nothing() -> None:
    odd = article("x", extraction("＝1+1\n第二段", title="=HYPERLINK(1)", author="@张三"))
    target = io.BytesIO()
    assert write_csv([odd, mirrored()], target) == 2
    content = target.getvalue()
    assert content.startswith(b"\xef\xbb\xbfid,url,")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["title"] == "'=HYPERLINK(1)"
    assert rows[0]["author"] == "'@张三"
    assert rows[0]["text"] == "'＝1+1\n第二段"
    assert rows[1]["witnesses"] == "original http://www.a.cn/a2\nmirror http://m.com/a2"


def test_no_cell_is_longer_than_a_spreadsheet_holds() -> None:
    target = io.BytesIO()
    write_csv([article("x", extraction("长" * (MAX_CELL + 5)))], target)
    (row,) = csv.DictReader(io.StringIO(target.getvalue().decode("utf-8-sig"), newline=""))
    assert len(row["text"]) == MAX_CELL
    assert row["text"].endswith("…")


def test_parquet_has_the_record_typed() -> None:
    target = io.BytesIO()
    everything = [article("a"), mirrored("b"), edited("c")]
    assert write_parquet(everything, target) == 3
    table = parquet.read_table(io.BytesIO(target.getvalue()))
    rows = table.to_pylist()
    assert list(rows[0]) == list(record(everything[0]))
    for row, one in zip(rows, everything, strict=True):
        assert row["published"] == date(2010, 12, 9)
        assert row["first_seen"] == one.first_seen
        assert [w["captured_at"] for w in row["witnesses"]] == [
            w.captured_at for w in one.witnesses
        ]
        plain = record(one)
        for key in ("id", "text", "images", "attachments", "repairs", "hits", "versions"):
            assert row[key] == plain[key]


def test_parquet_is_written_a_row_group_at_a_time() -> None:
    target = io.BytesIO()
    assert write_parquet((article(f"{n}") for n in range(ROW_GROUP + 1)), target) == ROW_GROUP + 1
    assert parquet.ParquetFile(io.BytesIO(target.getvalue())).num_row_groups == 2
    empty = io.BytesIO()
    assert write_parquet([], empty) == 0
    assert parquet.read_table(io.BytesIO(empty.getvalue())).num_rows == 0


def test_parquet_may_go_through_a_pipe(data: Path) -> None:
    palimpsest = str(Path(sys.executable).with_name("palimpsest"))
    command = [palimpsest, "export", "--format", "parquet", "--data", str(data)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert parquet.read_table(io.BytesIO(done.stdout)).column("id").to_pylist() == ["a1", "a2"]


def test_an_export_takes_a_query(data: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "text:别的", "--format", "jsonl", "--data", str(data)]) == 0
    assert json.loads(capsysbinary.readouterr().out)["id"] == "a2"


def test_a_bag_is_valid_and_its_pointers_lead_into_it(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "bag"
    command = ["export", "--format", "bagit", "--output", str(target), "--data", str(data)]
    assert main(command) == 0
    assert {oct(place.stat().st_mode & 0o777) for place in (target, target / "data")} == {"0o755"}
    bag = bagit.Bag(str(target))
    bag.validate()
    assert bag.algorithms == ["sha256"]
    lines = (target / "data" / "articles.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a1", "a2"]
    (place,) = {json.dumps(one["warc"]) for line in lines for one in json.loads(line)["witnesses"]}
    with open_archive(data) as archive:
        record_id = archive.get("a1").witnesses[0].pointer.record_id
    pointer = WarcPointer(**json.loads(place), record_id=record_id)
    assert read_at(target / "data", pointer).response == RESPONSE
    assert main(command) == 64
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_a_bag_tells_digital_preservation_systems_what_is_in_it(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "bag"
    command = ["export", "--format", "bagit", "--output", str(target), "--data", str(data)]
    assert main(command) == 0
    inside = target / "data"
    mets = etree.parse(inside / "mets.xml")
    files = {one.get("ID"): one for one in mets.iterfind(".//mets:file", NAMESPACES)}
    places = {}
    for name, one in files.items():
        places[name] = inside / str(one[0].get("{http://www.w3.org/1999/xlink}href"))
        content = places[name].read_bytes()
        assert one.get("CHECKSUM") == hashlib.sha256(content).hexdigest()
        assert one.get("SIZE") == str(len(content))
    assert len(places) == sum(path.is_file() for path in inside.rglob("*")) - 1
    titles = [one.text for one in mets.iterfind(".//dc:title", NAMESPACES)]
    divisions = mets.findall(".//mets:div[@TYPE='article']", NAMESPACES)
    assert titles == [one.get("LABEL") for one in divisions]
    for area in mets.iterfind(".//mets:area", NAMESPACES):
        with places[area.get("FILEID")].open("rb") as file:
            file.seek(int(area.attrib["BEGIN"]))
            (record,) = ArchiveIterator(io.BytesIO(file.read(int(area.attrib["EXTENT"]))))
            assert record.rec_type == "response"
    named = {one.get("ID") for one in mets.iter() if one.get("ID")}
    for one in mets.iter():
        assert set((one.get("ADMID", "") + " " + one.get("DMDID", "")).split()) <= named


def test_a_bag_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    missing = article("a")  # its WARC file is nowhere
    with pytest.raises(OSError, match=r"w\.warc\.gz"):
        write_bag([missing], tmp_path / "warc", tmp_path / "bag")
    assert list(tmp_path.iterdir()) == []


def test_a_bag_goes_to_a_path_only(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "bagit", "--data", str(data)]) == 64
    assert "--output" in capsys.readouterr().err


def test_files_from_elsewhere_are_called_by_their_names(tmp_path: Path) -> None:
    places = [tmp_path / "one" / "x.warc.gz", tmp_path / "two" / "x.warc.gz"]
    for number, place in enumerate(places):
        place.parent.mkdir()
        place.write_bytes(b"%d" % number)
    seen = tuple(
        replace(
            witness(extraction(), at=NOON), pointer=WarcPointer(str(place), 0, 1, "sha256:0", "u")
        )
        for place in places
    )
    write_bag([article("a", witnesses=seen)], tmp_path / "warc", tmp_path / "bag")
    inside = tmp_path / "bag" / "data" / "warc"
    assert {one.name: one.read_bytes() for one in inside.iterdir()} == {
        "x.warc.gz": b"0",
        "2-x.warc.gz": b"1",
    }
