"""The evidence exported: every record as it is, nothing that needs what is not there."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive import spool
from archive.backfill.run import backfill
from archive.cli import main
from archive.export.selection import select
from archive.ingest import ingest
from archive.model import Capture, Extraction
from archive.store import Archive
from archive.warc import WarcWriter
from archive.warc.cdxj import read_line
from archive.warc.notes import Notes
from archive.warc.reader import read_captures, records_at
from archive.warc.record import render
from archive.warc.records import bare_id
from tests.unit.foreign_revisits import BODY, HEAD, NOT_MODIFIED, TEXT, URL, record
from tests.unit.package_samples import LIST, OTHER, PAGE, PICTURE, SITE, archive, exported
from tests.unit.warc_samples import MOMENT, REQUEST, Inputs

__all__ = ["archive"]


def kinds_and_urls(content: bytes) -> list[tuple[str, str]]:
    return [
        (record.rec_type, record.rec_headers["WARC-Target-URI"])
        for record in ArchiveIterator(io.BytesIO(content), no_record_parse=True)
        if record.rec_type != "warcinfo"
    ]


def test_without_filters_all_the_evidence_is_there_member_by_member(archive: Archive) -> None:
    content = exported(archive, "warc")
    rows = list(archive.store.captures(SITE))
    assert len(rows) == 9
    for row in rows:
        member = (archive.warc_dir / row.pointer.file).read_bytes()[row.pointer.offset :]
        assert member[: row.pointer.length] in content
    found = kinds_and_urls(content)
    assert len([kind for kind, _ in found if kind == "request"]) == 9
    (path := archive.data / "out.warc.gz").write_bytes(content)
    assert Checker(Inputs(path)).process_all() == 0
    captures = [(capture.url, capture.response) for capture, _ in read_captures(path)]
    assert captures.count((URL, PAGE)) == 2
    assert captures.count((URL, NOT_MODIFIED)) == 1


def test_with_filters_it_is_what_belongs_to_the_articles(archive: Archive) -> None:
    content = exported(archive, "warc", "--from", "2010", "--to", "2010")
    assert {url for _, url in kinds_and_urls(content)} == {URL, PICTURE}
    nothing = exported(archive, "warc", "--from", "1990", "--to", "1991")
    assert kinds_and_urls(nothing) == []


def test_a_revisit_comes_behind_the_record_it_goes_back_to(archive: Archive) -> None:
    seen = set()
    content = exported(archive, "warc", "--from", "2010")
    for one in ArchiveIterator(io.BytesIO(content), no_record_parse=True):
        if one.rec_type == "revisit":
            assert one.rec_headers["WARC-Refers-To"] in seen
        seen.add(one.rec_headers["WARC-Record-ID"])
    assert len(seen) > 6


def test_what_was_noted_of_an_exchange_comes_with_it(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="noted") as writer:
        captures = [Capture(f"{LIST}{n}", MOMENT, REQUEST, OTHER) for n in range(9)]
        places = [writer.write(one) for one in captures]
        for capture, place in reversed(list(zip(captures, places, strict=True))):
            writer.write_notes(capture, place, render([("outlink", f"{capture.url}/next L")]))
    path = tmp_path / writer.files[0]
    mains = [records_at(path, place)[0] for place in places]
    for order in (mains, mains[::-1], mains[4:5]):
        notes = Notes(path)
        found = [
            [bare_id(one.header.field("WARC-Refers-To")) for one in notes.of(m)] for m in order
        ]
        assert found == [[main.id] for main in order]


def test_notes_that_were_passed_on_a_way_begun_anew_are_given_once(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="noted") as writer:
        captures = [Capture(f"{LIST}{n}", MOMENT, REQUEST, OTHER) for n in range(3)]
        places = [writer.write(one) for one in captures]
        for capture, place in reversed(list(zip(captures, places, strict=True))):
            writer.write_notes(capture, place, render([("outlink", f"{capture.url}/next L")]))
    path = tmp_path / writer.files[0]
    first, second, last = (records_at(path, place)[0] for place in places)
    notes = Notes(path)
    # Those of the last are passed on the way to the second's, and again on that to the first's.
    assert [len(notes.of(main)) for main in (second, first, last)] == [1, 1, 1]


def test_an_export_has_the_notes_of_each_exchange(archive: Archive) -> None:
    site = archive.store.site(SITE)
    run = archive.store.begin_run(SITE, "crawl")
    with WarcWriter(archive.warc_dir, prefix="noted") as writer:
        capture = Capture(f"{LIST}noted", MOMENT, REQUEST, OTHER)
        place = writer.write(capture)
        writer.write(Capture(f"{LIST}between", MOMENT, REQUEST, OTHER))
        writer.write_notes(capture, place, render([("outlink", f"{LIST}next L")]))
        ingest(archive, site, run, capture, place)
    found = kinds_and_urls(exported(archive, "warc"))
    assert [kind for kind, url in found if url == capture.url] == [
        "response",
        "request",
        "metadata",
    ]


def test_a_wacz_says_what_is_in_it(archive: Archive) -> None:
    package = zipfile.ZipFile(io.BytesIO(exported(archive, "wacz")))
    assert package.testzip() is None
    told = json.loads(package.read("datapackage.json"))
    assert told["profile"] == "data-package"
    assert told["wacz_version"] == "1.1.1"
    listed = {one["path"]: one for one in told["resources"]}
    besides = {"datapackage.json", "datapackage-digest.json"}
    assert set(package.namelist()) - besides == set(listed)
    for path, one in listed.items():
        content = package.read(path)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["bytes"] == len(content)
    digest = json.loads(package.read("datapackage-digest.json"))
    whole = hashlib.sha256(package.read("datapackage.json")).hexdigest()
    assert digest == {"path": "datapackage.json", "hash": f"sha256:{whole}"}
    for path in ("archive/palimpsest.warc.gz", "indexes/index.cdx.gz"):
        assert package.getinfo(path).compress_type == zipfile.ZIP_STORED


def test_a_wacz_index_leads_to_every_page(archive: Archive) -> None:
    package = zipfile.ZipFile(io.BytesIO(exported(archive, "wacz")))
    warc = package.read("archive/palimpsest.warc.gz")
    pieces = package.read("indexes/index.cdx.gz")
    summary = package.read("indexes/index.idx").splitlines()
    assert json.loads(summary[0].removeprefix(b"!meta 0 "))["format"] == "cdxj-gzip-1.0"
    lines = []
    for line in summary[1:]:
        where = json.loads(line[line.index(b"{") :])
        piece = pieces[where["offset"] : where["offset"] + where["length"]]
        lines += gzip.decompress(piece).splitlines(keepends=True)
        assert lines[0].startswith(summary[1].partition(b"{")[0])
    assert lines == sorted(lines)
    entries = [read_line(line) for line in lines]
    assert [entry.url for entry in entries].count(URL) == 3
    for entry in entries:
        member = warc[entry.offset : entry.offset + entry.length]
        [one] = ArchiveIterator(io.BytesIO(member), no_record_parse=True)
        assert one.rec_headers["WARC-Target-URI"] == entry.url


def test_a_wacz_lists_its_pages_with_titles_and_texts(archive: Archive) -> None:
    package = zipfile.ZipFile(io.BytesIO(exported(archive, "wacz")))
    header, *pages = map(json.loads, package.read("pages/pages.jsonl").splitlines())
    assert header["format"] == "json-pages-1.0"
    by_url = {page["url"]: page for page in pages}
    assert set(by_url) == {URL, LIST}
    assert by_url[URL]["title"] == "年度工作会议"
    assert TEXT in by_url[URL]["text"]
    assert by_url[URL]["ts"] == "2026-03-02T12:30:15Z"


def test_records_of_other_programs_get_a_member_of_their_own(
    tmp_path: Path, archive: Archive
) -> None:
    plain = gzip.decompress(record("response", 5, HEAD + BODY))
    (tmp_path / "plain.warc").write_bytes(plain)
    several = gzip.compress(
        gzip.decompress(record("response", 6, OTHER)) + plain.replace(b"-5>", b"-7>")
    )
    (tmp_path / "several.warc.gz").write_bytes(several)
    backfill(archive, [tmp_path / "plain.warc", tmp_path / "several.warc.gz"], SITE)
    content = exported(archive, "warc")
    blocks = {
        record.rec_headers["WARC-Record-ID"]: record.raw_stream.read()
        for record in ArchiveIterator(io.BytesIO(content), no_record_parse=True)
    }
    assert blocks["<urn:uuid:response-5>"] == HEAD + BODY
    assert blocks["<urn:uuid:response-6>"] == OTHER
    assert blocks["<urn:uuid:response-7>"] == HEAD + BODY
    (path := tmp_path / "out.warc.gz").write_bytes(content)
    assert Checker(Inputs(path)).process_all() == 0


def test_a_capture_that_no_file_gives_is_named_and_the_rest_is_written(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    first = min(archive.warc_dir.glob("night2*.warc.gz"))
    first.unlink()
    output = archive.data / "out.warc.gz"
    command = ["export", "--format", "warc", "--output", str(output), "--data", str(archive.data)]
    assert main(command) == 65
    assert first.name in capsys.readouterr().err
    assert len([kind for kind, _ in kinds_and_urls(output.read_bytes()) if kind == "request"]) == 6


def test_captures_of_one_moment_come_as_they_lie_in_their_file(archive: Archive) -> None:
    places = [one.pointer for one in select(archive, [], []).rows]
    assert len(places) == 9
    assert places == sorted(places, key=lambda place: (place.file, place.offset))


def test_what_belongs_to_no_article_is_not_selected(archive: Archive) -> None:
    chosen = select(archive, archive.iterate("年度"), None)
    assert {row.url for row in chosen.rows} == {URL, PICTURE}
    assert len(chosen.rows) == 6
    assert select(archive, archive.iterate("没有"), None).rows == ()
    assert len(select(archive, archive.iterate(""), []).rows) == 9


def test_texts_that_do_not_fit_into_memory_are_exported_all_the_same(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = said(exported(archive, "wacz"))
    put_away = []
    keep = spool.Spool.keep

    def kept(self: spool.Spool, extraction: Extraction) -> Extraction:
        found = keep(self, extraction)
        put_away.append(found is not extraction)
        return found

    monkeypatch.setattr(spool, "ROOM", 0)
    monkeypatch.setattr(spool.Spool, "keep", kept)
    assert said(exported(archive, "wacz")) == held
    assert put_away
    assert all(put_away)


def said(package: bytes) -> tuple[bytes, list[bytes]]:
    """The list of pages in a WACZ file, and the texts of its articles."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        records = ArchiveIterator(io.BytesIO(opened.read("archive/palimpsest.warc.gz")))
        texts = [one.content_stream().read() for one in records if one.rec_type == "conversion"]
        assert texts
        return opened.read("pages/pages.jsonl"), texts
