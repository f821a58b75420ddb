"""A selection as WACZ (Web Archive Collection Zipped, 1.1.1): one file that replays in a browser.

It promises what the format asks for: the WARC and its compressed index stored without further
compression, so that players read them piecemeal; a page list with titles and texts; every file's
hash in ``datapackage.json``, and that one's in ``datapackage-digest.json``.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Self

from archive.captured import HTML_TYPES
from archive.errors import RecordError
from archive.export.selection import Selection
from archive.export.warc import FILE_NAME, write_warc
from archive.store import Archive, CaptureRow
from archive.warc.compress import gzip_member
from archive.warc.listing import entries_of
from archive.warc.warcinfo import software

WACZ_VERSION = "1.1.1"
INDEX_LINES = 300
"""Lines in each compressed piece of the index."""
COPY_BYTES = 1024 * 1024
WARC_PATH = f"archive/{FILE_NAME}"
PAGES_PATH = "pages/pages.jsonl"
INDEX_PATH = "indexes/index.cdx.gz"
"""The name that players and validators look for, though it is CDXJ."""


def write_wacz(
    archive: Archive,
    selection: Selection,
    target: BinaryIO,
    on_error: Callable[[RecordError], None],
) -> int:
    """Write the package; returns how many captures are in it. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="palimpsest-") as folder:
        path = Path(folder, FILE_NAME)
        with path.open("wb") as file:
            count = write_warc(archive, selection, file, on_error)
        with _Package(target) as package:
            package.store(WARC_PATH, path)
            pieces, summary = _index(Path(folder), path)
            package.put(INDEX_PATH, pieces, compressed=False)
            package.put("indexes/index.idx", summary)
            package.store(PAGES_PATH, _pages(Path(folder), selection), compressed=True)
            package.finish(_title(selection))
    return count


class _Package:
    """A ZIP file that keeps the hash and the length of what goes into it."""

    def __init__(self, target: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(target, "w")
        self._resources: list[dict[str, Any]] = []
        self._created = datetime.now(UTC)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def store(self, name: str, path: Path, *, compressed: bool = False) -> None:
        """Put a file in, as it is unless it is to be compressed."""
        with path.open("rb") as file:
            pieces = iter(lambda: file.read(COPY_BYTES), b"")
            self._write(name, pieces, path.stat().st_size, compressed=compressed)

    def put(self, name: str, content: bytes, *, compressed: bool = True) -> None:
        """Put bytes in."""
        self._write(name, [content], len(content), compressed=compressed)

    def finish(self, title: str) -> None:
        """Say what is in the package."""
        package = {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "title": title,
            "created": self._created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "software": software(),
            "resources": self._resources,
        }
        content = _json(package)
        told = {"path": "datapackage.json", "hash": _sha256(content)}
        self.put("datapackage.json", content)
        self.put("datapackage-digest.json", _json(told))

    def _write(self, name: str, pieces: Iterable[bytes], size: int, *, compressed: bool) -> None:
        info = zipfile.ZipInfo(name, self._created.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        sha, length = hashlib.sha256(), 0
        # ReplayWeb.page looks for the bytes where they are without a ZIP64 field in the local
        # header, which Python writes unless it knows that the file is small.
        with self._zip.open(info, "w", force_zip64=size >= zipfile.ZIP64_LIMIT // 2) as file:
            for piece in pieces:
                sha.update(piece)
                length += len(piece)
                file.write(piece)
        self._resources.append(
            {
                "name": Path(name).name,
                "path": name,
                "hash": f"sha256:{sha.hexdigest()}",
                "bytes": length,
            }
        )


def _index(folder: Path, path: Path) -> tuple[bytes, bytes]:
    """The compressed index, and the summary that tells where in it to look."""
    lines = sorted({entry.line() for entry in entries_of(folder, path)})
    pieces, summary = io.BytesIO(), io.BytesIO()
    summary.write(b"!meta 0 " + _json({"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}))
    for start in range(0, len(lines), INDEX_LINES):
        some = lines[start : start + INDEX_LINES]
        piece = gzip_member(*some)
        where = {"offset": pieces.tell(), "length": len(piece), "digest": _sha256(piece)}
        summary.write(some[0].partition(b"{")[0] + _json(where))
        pieces.write(piece)
    return pieces.getvalue(), summary.getvalue()


def _pages(folder: Path, selection: Selection) -> Path:
    """A file in ``folder`` with the list of pages, each once, with the moment of its newest whole
    answer."""
    newest = {
        row.url: row
        for row in selection.rows
        if row.status == 200 and not row.error and row.media_type in HTML_TYPES
    }
    path = folder / "pages.jsonl"
    with path.open("wb") as file:
        file.write(_json({"format": "json-pages-1.0", "id": "pages", "title": "Pages"}))
        file.writelines(_json(_page(row, selection)) for row in newest.values())
    return path


def _page(row: CaptureRow, selection: Selection) -> dict[str, str]:
    page = {
        "id": hashlib.sha256(row.url.encode()).hexdigest()[:20],
        "url": row.url,
        "ts": row.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    article = selection.articles.get(row.url)
    if article is not None:
        page |= {"title": article.reading.title or row.url, "text": article.reading.text}
    return page


def _title(selection: Selection) -> str:
    sites = sorted({article.site for article in selection.articles.values()})
    return ", ".join(sites) or "Palimpsest"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _sha256(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
