"""Articles as conversion records: freestanding, tied to their evidence, made again at will."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.evidence.repair import repair
from archive.evidence.verify import verify
from archive.export.conversions import conversion, conversions_path
from archive.sitepass.derive import derive
from archive.store import Archive
from tests.unit import package_samples
from tests.unit.foreign_revisits import TEXT, URL
from tests.unit.warc_samples import Inputs

SITE = package_samples.SITE
archive = package_samples.archive


def records(content: bytes) -> list[tuple[str, dict[str, str], bytes]]:
    return [
        (one.rec_type, dict(one.rec_headers.headers), one.content_stream().read())
        for one in ArchiveIterator(io.BytesIO(content))
    ]


def kept(archive: Archive) -> Path:
    derive(archive, SITE)
    return conversions_path(archive, SITE)


def test_each_article_refers_to_the_response_it_was_read_from(archive: Archive) -> None:
    path = kept(archive)
    [_, (kind, fields, page), (about, about_fields, told)] = records(path.read_bytes())
    [article] = archive.store.articles(SITE)
    assert (kind, about) == ("conversion", "metadata")
    source = article.witnesses[article.reading_of].pointer.record_id
    assert fields["WARC-Refers-To"] == f"<{source}>"
    assert about_fields["WARC-Refers-To"] == fields["WARC-Record-ID"]
    assert fields["WARC-Target-URI"] == URL
    assert "<title>年度工作会议</title>" in page.decode()
    assert f"<p>{TEXT}</p>" in page.decode()
    facts = json.loads(told)
    assert facts["id"] == article.id
    assert [one["text"] for one in facts["removals"]] == [
        one.text for one in article.reading.removals
    ]
    assert facts["witnesses"][0]["url"] == URL
    assert Checker(Inputs(path)).process_all() == 0


def test_the_same_article_has_the_same_record_again(archive: Archive) -> None:
    first = records(kept(archive).read_bytes())
    again = records(kept(archive).read_bytes())
    assert [one[1]["WARC-Record-ID"] for one in first[1:]] == [
        one[1]["WARC-Record-ID"] for one in again[1:]
    ]
    [article] = archive.store.articles(SITE)
    other = replace(article, reading=replace(article.reading, text="另一篇"))
    [(_, fields, _), _] = records(b"".join(conversion(other)))
    assert fields["WARC-Record-ID"] != first[1][1]["WARC-Record-ID"]


def test_a_text_cannot_become_markup(archive: Archive) -> None:
    kept(archive)
    [article] = archive.store.articles(SITE)
    evil = '"><script>alert(1)</script>'
    reading = replace(
        article.reading, title=evil, author=evil, language=evil, text=f"{evil}\na\t{evil}\nb\tc"
    )
    [(_, _, page), _] = records(b"".join(conversion(replace(article, reading=reading))))
    assert b"<script" not in page
    assert page.count(b"<table>") == 1
    assert page.count(b"<td>") == 4


def test_verify_knows_whether_the_source_is_there(archive: Archive) -> None:
    path = kept(archive)
    assert verify(archive).findings == []
    content = path.read_bytes()
    path.write_bytes(content[:-20])
    assert [one.where for one in verify(archive).findings] == [
        f"articles/{path.name} at byte {content.rindex(bytes.fromhex('1f8b08'))}"
    ]
    assert repair(archive)[1].findings == []
    assert len(records(path.read_bytes())) == 3


def test_an_article_whose_record_is_damaged_is_derived_from_what_is_left(archive: Archive) -> None:
    kept(archive)
    [article] = archive.store.articles(SITE)
    pointer = article.witnesses[0].pointer
    warc = archive.warc_dir / pointer.file
    content = bytearray(warc.read_bytes())
    content[pointer.offset + 30 : pointer.offset + 60] = bytes(30)
    warc.write_bytes(content)
    assert any(one.where.startswith("articles/") for one in verify(archive).findings)
    assert repair(archive)[1].findings == []
    # The only payload is gone, and its revisit with it.
    assert list(archive.store.articles(SITE)) == []


def test_an_export_has_the_articles_of_its_selection(archive: Archive) -> None:
    kept(archive)
    chosen = package_samples.exported(archive, "warc", "--from", "2010")
    [conversions] = [[r for r in records(chosen) if r[0] == "conversion"]]
    ids = {fields["WARC-Record-ID"] for _, fields, _ in records(chosen)}
    assert [fields["WARC-Refers-To"] in ids for _, fields, _ in conversions] == [True]
    nothing = package_samples.exported(archive, "warc", "--from", "1990", "--to", "1991")
    assert [kind for kind, _, _ in records(nothing)] == ["warcinfo"]
