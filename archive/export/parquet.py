"""Articles as Apache Parquet: the export record, typed, a row group at a time.

It promises the keys of the record in its order, dates as dates, times as UTC microseconds, and no
more of the articles in memory than one row group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any, BinaryIO

from archive.export.record import Record, record
from archive.model import Article

ROW_GROUP = 1_000
"""Articles of a row group."""


@cache
def schema() -> Any:
    """The columns of the file, a ``pyarrow.Schema``."""
    import pyarrow as pa

    text, whole, time = pa.string(), pa.int64(), pa.timestamp("us", tz="UTC")
    place = pa.struct(
        {"file": text, "offset": whole, "length": whole, "payload_digest": text}.items()
    )
    page = pa.struct({"url": text, "captured_at": time, "warc": place}.items())
    witness = pa.struct(
        {
            "url": text,
            "role": text,
            "captured_at": time,
            "brand": text,
            "kinds": pa.list_(text),
            "warc": place,
            "pages": pa.list_(page),
        }.items()
    )
    repair = pa.struct(
        {
            "field": text,
            "start": whole,
            "end": whole,
            "before": text,
            "after": text,
            "rule": text,
            "evidence": text,
            "confidence": pa.float64(),
        }.items()
    )
    image = pa.struct({"url": text, "alt": text, "digest": text}.items())
    attachment = pa.struct({"url": text, "name": text, "digest": text}.items())
    columns = dict.fromkeys(("id", "url", "site", "branch", "title", "author", "source"), text)
    columns |= {"published": pa.date32(), "published_evidence": text, "hits": whole}
    columns |= dict.fromkeys(("text", "markdown", "language"), text)
    columns |= {"images": pa.list_(image), "attachments": pa.list_(attachment), "status": text}
    columns |= {"first_seen": time, "last_seen": time, "versions": whole}
    columns |= {"witnesses": pa.list_(witness), "repairs": pa.list_(repair)}
    columns |= {"former_ids": pa.list_(text), "gone_since": pa.date32()}
    return pa.schema(columns.items())


def write_parquet(articles: Iterable[Article], target: BinaryIO) -> int:
    """Write one row an article; returns how many there were."""
    import pyarrow as pa
    from pyarrow import parquet

    count = 0
    with parquet.ParquetWriter(pa.PythonFile(target, mode="w"), schema()) as writer:
        for rows in _groups(map(_typed, articles)):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema()))
            count += len(rows)
    return count


def _groups(rows: Iterator[Record]) -> Iterator[list[Record]]:
    while group := list(islice(rows, ROW_GROUP)):
        yield group


def _typed(article: Article) -> Record:
    row = record(article)
    row["published"] = article.reading.published
    row["gone_since"] = article.gone_since
    row["first_seen"], row["last_seen"] = article.first_seen, article.last_seen
    for one in row["witnesses"]:
        for captured in (one, *one["pages"]):
            moment = captured["captured_at"]
            captured["captured_at"] = None if moment is None else datetime.fromisoformat(moment)
    return row
