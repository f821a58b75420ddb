"""An archive of a few nights, and what is exported of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.backfill.run import backfill
from archive.cli import main
from archive.ingest import ingest
from archive.model import Capture, Original
from archive.store import Archive, open_archive
from archive.warc import WarcWriter
from tests.unit.foreign_revisits import BODY, HEAD, NOT_MODIFIED, URL
from tests.unit.warc_samples import MOMENT, REQUEST, write_revisit

SITE = "institute"
PICTURE = "http://www.a.cn/news/picture.png"
LIST = "http://www.a.cn/news/"
WITH_PICTURE = BODY.replace(b"<p>", b'<p><img src="picture.png" alt="x">', 1)
PAGE = HEAD.replace(str(len(BODY)).encode(), str(len(WITH_PICTURE)).encode()) + WITH_PICTURE
PNG = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 8\r\n\r\n\x89PNG\r\n\x1a\n"
OTHER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>x</p>\n"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Two nights of a page with a picture, and of a list that has nothing to do with them."""
    with open_archive(tmp_path / "data", create=True) as archive:
        backfill(archive, [], SITE)  # makes the site
        site = archive.store.site(SITE)
        run = archive.store.begin_run(SITE, "crawl")
        originals: dict[str, Original] = {}
        for night in range(3):
            with WarcWriter(archive.warc_dir, prefix=f"night{night}") as writer:
                for url, response in ((URL, PAGE), (PICTURE, PNG), (LIST, OTHER)):
                    answer = NOT_MODIFIED if night == 2 else response
                    capture = Capture(url, MOMENT.replace(day=1 + night), REQUEST, answer)
                    if night:
                        pointer = write_revisit(writer, capture, originals[url])
                    else:
                        pointer = writer.write(capture)
                        originals[url] = Original(url, capture.captured_at, pointer)
                    ingest(archive, site, run, capture, pointer)
        yield archive


def exported(archive: Archive, form: str, *filters: str) -> bytes:
    output = archive.data.parent / f"out.{form}"
    command = ["export", "--format", form, "--output", str(output), "--data", str(archive.data)]
    assert main([*command, *filters]) == 0
    return output.read_bytes()
