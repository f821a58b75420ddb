"""Conversions of articles that say what they said are copied, and are those that would be made."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.export.conversions import conversion, conversions_path, write_conversions
from archive.model import Article
from archive.sitepass import converting
from archive.sitepass.derive import derive
from archive.store import Archive, open_archive
from tests.tampering.archived import put
from tests.unit.quiet_nights import MIRROR, OWN, SITE, page

PICTURE = '<p><img src="/a.gif" alt="a"></p><p>见附件\x0b：<a href="/b.doc">附件一</a>。</p>'


def with_picture(number: int, more: str = "") -> tuple[str, str]:
    path, html = page(number, more)
    return path, html.replace("</div></body>", f"{PICTURE}</div></body>")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as opened:
        put(opened, SITE, {OWN: map(with_picture, range(1, 5)), MIRROR: map(page, range(1, 3))})
        yield opened


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses of the articles whose records were made, not copied."""
    urls: list[str] = []

    def noted(article: Article) -> list[bytes]:
        urls.append(article.url)
        return list(conversion(article))

    monkeypatch.setattr(converting, "conversion", noted)
    return urls


def records(archive: Archive) -> list[tuple[str, str, bytes]]:
    """All records of the file but its first, whose moment is its own."""
    content = conversions_path(archive, "s").read_bytes()
    return [
        (one.rec_type, one.rec_headers["WARC-Record-ID"], one.content_stream().read())
        for one in ArchiveIterator(io.BytesIO(content))
    ][1:]


def edit(archive: Archive) -> None:
    put(archive, SITE, {OWN: [with_picture(2, "会后参观了新落成的光学展厅。")]}, night=2)


def test_only_what_changed_is_made_and_the_records_are_those_of_a_whole_pass(
    archive: Archive, made: list[str]
) -> None:
    first = records(archive)
    edit(archive)
    assert made == [f"http://{OWN}/xw/t20101202_1.html"]
    copied = records(archive)
    assert len(set(copied) - set(first)) == 2
    derive(archive, "s", anew=True)
    assert len(made) == 1 + 4
    assert records(archive) == copied
    archive.close()


def test_records_made_beside_the_store_are_those_made_of_it(archive: Archive) -> None:
    beside = records(archive)
    write_conversions(archive, "s")
    assert records(archive) == beside
    archive.close()


def test_nothing_is_copied_from_a_file_that_somebody_else_wrote(
    archive: Archive, made: list[str]
) -> None:
    write_conversions(archive, "s")
    edit(archive)
    assert len(made) == 4
    archive.close()


def test_a_damaged_record_is_made_again_and_not_copied(archive: Archive, made: list[str]) -> None:
    path = conversions_path(archive, "s")
    whole = records(archive)
    moment = path.stat()
    content = bytearray(path.read_bytes())
    content[-40:-30] = bytes(10)
    with path.open("r+b") as file:
        file.write(content)
    os.utime(path, ns=(moment.st_atime_ns, moment.st_mtime_ns))
    edit(archive)
    assert len(made) == 2
    assert len(set(records(archive)) - set(whole)) == 2
    archive.close()
