"""Articles as a table that a spreadsheet opens as it is: CSV with a byte-order mark.

It promises that Chinese text is read as UTF-8 (the mark says so), and that no text is taken for a
formula (OWASP, CSV injection): such a cell begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from archive.export.record import moment
from archive.model import Article

COLUMNS = (
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
    "language",
    "status",
    "first_seen",
    "last_seen",
    "versions",
    "witnesses",
    "repairs",
    "attachments",
    "warc_file",
    "warc_offset",
    "payload_digest",
    "former_ids",
    "gone_since",
    "text",
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MAX_CELL = 32_767
"""Characters of a cell (Excel specifications and limits); longer texts are cut there, with an
ellipsis: spreadsheets are for looking, JSON Lines and Parquet are for keeping."""

# The full-width forms are formulas where the input method writes them.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Some programs trim them before they look for a formula: white space, and what nobody sees.
_TRIMMED = " \0\v\f\x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u3000\ufeff\u2060" + "".join(
    map(chr, range(0x2000, 0x2010))
)


def cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.lstrip(_TRIMMED).startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def write_csv(articles: Iterable[Article], target: BinaryIO) -> int:
    """Write a header and one row an article (RFC 4180); returns how many there were."""
    target.write(BYTE_ORDER_MARK)
    count = 0
    target.write(_line(COLUMNS))
    for article in articles:
        row = _row(article)
        target.write(_line([_short(cell(row[column])) for column in COLUMNS]))
        count += 1
    return count


def _line(values: Iterable[object]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue().encode()


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > MAX_CELL:
        return value[: MAX_CELL - 1] + "…"
    return value


def _row(article: Article) -> dict[str, Any]:
    reading = article.reading
    pointer = article.witnesses[article.reading_of].pointer
    return {
        "id": article.id,
        "url": article.url,
        "site": article.site,
        "branch": reading.branch,
        "title": reading.title,
        "author": reading.author,
        "source": reading.source,
        "published": reading.published,
        "published_evidence": reading.published_evidence,
        "hits": reading.hits,
        "language": reading.language,
        "status": article.status,
        "first_seen": moment(article.first_seen),
        "last_seen": moment(article.last_seen),
        "versions": article.versions,
        "witnesses": "\n".join(f"{one.role} {one.url}" for one in article.witnesses),
        "repairs": len(reading.repairs),
        "attachments": "\n".join(one.url for one in reading.attachments),
        "warc_file": pointer.file,
        "warc_offset": pointer.offset,
        "payload_digest": pointer.payload_digest,
        "former_ids": "\n".join(article.former_ids),
        "gone_since": article.gone_since,
        "text": reading.text,
    }
