"""The export record, exactly as the design has it, and files that are whole."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pyarrow import parquet

from archive.export import FORMATS, PACKAGES, record, whole_file, write_jsonl
from archive.export.files import ended_in_order
from archive.export.parquet import write_parquet
from archive.export.record import moment
from archive.export.spreadsheet import COLUMNS, write_csv
from archive.store import open_archive
from tests.unit.store_sample import INSTITUTE, SITE, article, edited, extraction, mirrored

ROOT = Path(__file__).resolve().parents[2]
KEYS = [
    "id",
    "url",
    "site",
    "branch",
    "title",
    "author",
    "source",
    "published",
    "published_evidence",
    "hits",
    "text",
    "markdown",
    "language",
    "images",
    "attachments",
    "status",
    "first_seen",
    "last_seen",
    "versions",
    "witnesses",
    "repairs",
    "former_ids",
    "gone_since",
]


def test_a_record_has_the_keys_of_the_design_in_order() -> None:
    one = record(mirrored())
    assert list(one) == KEYS
    assert one["images"] == [{"url": "http://www.a.cn/p.jpg", "alt": "会场", "digest": None}]
    assert one["attachments"] == [
        {"url": "http://www.a.cn/n.doc", "name": "通知.doc", "digest": None}
    ]
    assert one["published"] == "2010-12-09"
    assert one["first_seen"] == "2010-12-09T12:00:00Z"
    assert one["witnesses"][1] == {
        "url": "http://m.com/a2",
        "role": "mirror",
        "captured_at": "2010-12-10T12:00:00Z",
        "brand": "银河",
        "kinds": ["A", "B"],
        "warc": {
            "file": "w.warc.gz",
            "offset": 100,
            "length": 200,
            "payload_digest": "sha256:ab",
        },
        "pages": [],
    }


def test_a_repair_says_where_what_and_why() -> None:
    one = mirrored()
    changed = article("r", one.witnesses[1].clean)
    assert record(changed)["repairs"] == [
        {
            "field": "text",
            "start": 0,
            "end": 2,
            "before": "银河",
            "after": "",
            "rule": "brand",
            "evidence": "title affix on 12 of 12 pages",
            "confidence": 0.98,
        }
    ]


def test_the_day_an_article_went_is_told_in_every_table() -> None:
    gone = article("g", extraction(flags=("checked", "gone-since:2011-05-02")), status="gone")
    assert record(gone)["gone_since"] == "2011-05-02"
    assert record(article("l"))["gone_since"] is None
    target = io.BytesIO()
    write_csv([gone, article("l")], target)
    rows = csv.DictReader(io.StringIO(target.getvalue().decode("utf-8-sig"), newline=""))
    assert [row["gone_since"] for row in rows] == ["2011-05-02", ""]
    target = io.BytesIO()
    write_parquet([gone, article("l")], target)
    column = parquet.read_table(io.BytesIO(target.getvalue())).column("gone_since")
    assert column.to_pylist() == [date(2011, 5, 2), None]


def test_what_is_unknown_is_null() -> None:
    empty = extraction(
        title=None, branch=None, author=None, source=None, published=None, hits=None, language=None
    )
    one = record(article("x", empty))
    unknown = ("title", "branch", "author", "source", "published", "hits", "language")
    assert {one[key] for key in unknown} == {None}


def test_a_time_is_given_in_utc() -> None:
    assert moment(datetime(2010, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))) == (
        "2010-01-01T00:00:00Z"
    )
    assert moment(datetime(2010, 1, 1, 0, 0, 0, 5, UTC)) == "2010-01-01T00:00:00.000005Z"


def test_lines_are_json_whatever_the_text_holds() -> None:
    target = io.BytesIO()
    odd = article("x", extraction('第一行\n第二行\u2028\t"引号" 𠮷'))
    assert write_jsonl([odd, article("y")], target) == 2
    lines = target.getvalue().decode().split("\n")
    assert [json.loads(line)["id"] for line in lines[:-1]] == ["x", "y"]
    assert json.loads(lines[0])["text"] == odd.reading.text


def test_equal_archives_export_equal_bytes(tmp_path: Path) -> None:
    everything = [edited("c"), article("a"), mirrored("b")]
    exports = []
    for name, order in (("one", everything), ("two", everything[::-1])):
        with open_archive(tmp_path / name, create=True) as archive:
            archive.store.put_site(INSTITUTE)
            archive.store.replace_articles(SITE, order)
            target = io.BytesIO()
            FORMATS["jsonl"](archive.store.articles(), target)
            exports.append(target.getvalue())
    assert exports[0].count(b"\n") == 3
    assert exports[0] == exports[1]


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with whole_file(target) as file:
        file.write(b"whole")
        assert not target.exists()
    assert target.read_bytes() == b"whole"


def test_a_pipe_is_written_to_and_a_link_stays_one(tmp_path: Path) -> None:
    pipe, link, target = tmp_path / "pipe", tmp_path / "link", tmp_path / "out.jsonl"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with whole_file(pipe) as file:
            file.write(b"whole")
        assert os.read(reader, 9) == b"whole"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    link.symlink_to(target)
    with whole_file(link) as file:
        file.write(b"whole")
    assert link.is_symlink()
    assert target.read_bytes() == b"whole"


def test_a_signal_to_end_leaves_nothing_half_written(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)

    def write_half() -> None:
        with ended_in_order(), whole_file(tmp_path / "out.jsonl") as file:
            file.write(b"half")
            signal.raise_signal(signal.SIGTERM)

    with pytest.raises(SystemExit) as ended:
        write_half()
    assert ended.value.code == 143
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_file_that_is_not_finished_leaves_the_earlier_one(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"whole")

    def write_half() -> None:
        with whole_file(target) as file:
            file.write(b"half")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        write_half()
    assert target.read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_every_key_and_column_is_told() -> None:
    told = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")

    def keys(value: object) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value))
        if not isinstance(value, dict):
            return set()
        return set(value).union(*map(keys, value.values()))

    for name in (keys(record(mirrored())) | set(COLUMNS)) - {"images"}:
        assert f"`{name}`" in told, name
    for name in (*FORMATS, *PACKAGES):
        assert f"`{name}`" in told, name
