"""What folders the machine has is nobody's business who reads in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from archive.backfill.run import backfill
from archive.store import Archive, open_archive
from archive.warc import WarcWriter
from archive.web.article_page import CITED
from tests.unit.backfill_samples import html
from tests.web.holdings import capture
from tests.web.serving import Served, serving

URL = "http://www.b.cn/t20120301_1.html"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of WARC files that the archive only refers to."""
    folder = tmp_path_factory.mktemp("of-the-machine")
    with WarcWriter(folder, prefix="old") as writer:
        writer.write(capture(URL, "text/html; charset=utf-8", html(1).encode()))
    return folder


@pytest.fixture(scope="module")
def archive(elsewhere: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(tmp_path_factory.mktemp("told") / "data", create=True) as made:
        backfill(made, [elsewhere], "b")
        yield made


@pytest.fixture(scope="module")
def room(archive: Archive) -> Iterator[Served]:
    with serving(archive) as served:
        yield served


def _paths(archive: Archive) -> list[str]:
    (article,) = archive.iterate()
    record = article.witnesses[0].pointer.record_id
    page = f"/article/{article.id}"
    return [
        *(page, f"{page}/witness/0", f"{page}/witnesses", f"/capture/{record}"),
        *(f"/captures?{urlencode({'url': URL})}", "/storage", "/runs/1", "/new", "/sites"),
        *(f"{page}/cite.{form}" for form in CITED),
        *(f"/export.{form}" for form in ("jsonl", "csv", "bib", "ris", "csl.json", "txt")),
        *(f"/api/v1/articles/{article.id}", "/api/v1/runs/1", "/cdx?url=*.b.cn"),
        "/oai?verb=ListRecords&metadataPrefix=mets",
        f"{page}/evidence.wacz",
    ]


def test_no_answer_names_a_folder_of_the_machine(
    room: Served, archive: Archive, elsewhere: Path
) -> None:
    (file,) = elsewhere.glob("*.warc.gz")
    (article,) = archive.iterate()
    assert article.witnesses[0].pointer.file == str(file)
    told = 0
    for path in _paths(archive):
        answer = room.get(path)
        assert answer.status == 200, path
        assert elsewhere.name.encode() not in answer.body, path
        told += file.name.encode() in answer.body
    assert told > 10


def test_a_file_elsewhere_is_verified_from_the_page(room: Served, elsewhere: Path) -> None:
    (target,) = room.get("/storage").page.xpath("//form/@action[starts-with(., '/storage')]")
    assert elsewhere.name not in target
    (said,) = room.ask("POST", target).words("//p[@role='status']")
    (file,) = elsewhere.glob("*.warc.gz")
    assert said == f"{file.name}: records read again: 1 of 1; not as they were kept: 0."
