"""Articles in the store: written whole, read whole.

An article's rows (its documents, versions, witnesses, repairs, assets, aliases, terms) are a
function of the article alone, never of what was there before; they are replaced together in the
caller's transaction. That is what lets a rebuild from the WARCs give the same store again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.model import Article, Extraction, Witness
from archive.store import schema
from archive.store.characters import storable, storable_or_none
from archive.store.dialect import Prepared
from archive.store.documents import pack, unpack, values_of
from archive.store.grounds import Grounds
from archive.store.index import Index
from archive.store.seeing import see
from archive.store.versions import Span, versions_of

_a = schema.articles
_NEW = Prepared(
    sa.insert(_a).returning(_a.c.n), [column.name for column in _a.c if column.name != "n"]
)
_NEW_AS = Prepared(sa.insert(_a), [column.name for column in _a.c])
_CHANGE = Prepared(
    sa.update(_a)
    .where(_a.c.n == sa.bindparam("at_n"))
    .values({column.name: sa.bindparam(column.name) for column in _a.c if column.name != "n"})
)
_REMOVE = Prepared(sa.delete(_a).where(_a.c.n == sa.bindparam("at_n")))
_READING = sa.select(schema.documents.c.body).where(
    schema.documents.c.article_n == sa.bindparam("at_n"), schema.documents.c.place == 0
)
# In an order that leaves no row pointing at one that is gone.
_PARTS = (
    schema.versions,
    schema.witnesses,
    schema.repairs,
    schema.assets,
    schema.aliases,
    schema.documents,
)
_PUT = {table: Prepared(sa.insert(table), [column.name for column in table.c]) for table in _PARTS}
_CLEAR = [
    Prepared(sa.delete(table).where(table.c.article_n == sa.bindparam("at_n"))) for table in _PARTS
]


Told = Callable[[Article, str], None]
"""Hears of an article as it is written, with its name (``said``)."""


def write(
    connection: Connection,
    index: Index,
    site: int,
    article: Article,
    grounds: Grounds,
    told: Told = lambda article, name: None,
) -> str:
    """Make the store say of this article what ``article`` says.

    Returns "new", "changed" or "unchanged": to a reader, who sees neither another witness of the
    same text nor when it was seen last.
    """
    digest = said(article)
    old = grounds.standing(article.id)
    spans = versions_of(article)
    told(replace(article, versions=len(spans)), digest)
    if old is not None and old.digest == digest:
        first, last = article.first_seen, article.last_seen
        if tuple(old[3:]) != (schema.moment_text(first), schema.moment_text(last)):
            see(connection, old.number, first, last, spans[-1].last_seen)
        return "unchanged"
    bodies = _Bodies(article)
    row = _row(grounds, site, article, digest) | {"versions": len(spans)}
    if old is None:
        number = _insert(connection, _plain(row), grounds.new_row())
        change = "new"
    else:
        number = old.number
        is_same = old.status == article.status and _says_the_same(connection, number, bodies)
        change = "unchanged" if is_same else "changed"
        _clear(connection, number)
        _CHANGE.run(connection, _plain(row) | {"at_n": number})
    _write_parts(connection, number, article, bodies, spans)
    index.put(connection, number, article)
    return change


def _insert(connection: Connection, row: Mapping[str, Any], number: int | None) -> int:
    if number is None:
        return int(_NEW.run(connection, row).fetchone()[0])
    _NEW_AS.run(connection, {**row, "n": number})
    return number


def _says_the_same(connection: Connection, number: int, bodies: _Bodies) -> bool:
    old = bytes(connection.execute(_READING, {"at_n": number}).scalar_one())
    return old == bodies.reading or unpack(old).said == unpack(bodies.reading).said


def remove(connection: Connection, index: Index, number: int) -> None:
    """Take article row ``number`` out with everything that hangs on it."""
    _clear(connection, number)
    index.remove(connection, number)
    _REMOVE.run(connection, {"at_n": number})


def _clear(connection: Connection, number: int) -> None:
    for statement in _CLEAR:
        statement.run(connection, {"at_n": number})


class _Bodies:
    """The packed documents of an article, each distinct one once."""

    def __init__(self, article: Article) -> None:
        self._of: dict[int, bytes] = {}
        self.reading = self._pack(article.reading)
        self.witnesses = [
            (self._pack(witness.raw), self._pack(witness.clean)) for witness in article.witnesses
        ]

    def _pack(self, extraction: Extraction) -> bytes:
        # Often raw, clean and reading are one object; it outlives this one, so its id is its own.
        key = id(extraction)
        if key not in self._of:
            self._of[key] = pack(extraction)
        return self._of[key]

    def places(self) -> dict[bytes, int]:
        """The distinct documents, the reading first, and the place of each."""
        everything = (self.reading, *(body for pair in self.witnesses for body in pair))
        return {body: place for place, body in enumerate(dict.fromkeys(everything))}


def said(article: Article) -> str:
    """A name for all that the store keeps of ``article`` but when it was seen. It is made without
    the documents: of nearly all articles it shows that there is nothing to write."""
    plain = (
        article.id,
        article.url,
        article.status,
        article.reading_of,
        [
            (w.url, w.role, w.captured_at.isoformat(), w.pointer, w.brand, w.kinds)
            for w in article.witnesses
        ],
    )
    hashed = hashlib.sha256(_hashed(plain))
    if article.former_ids or article.address_ids:
        hashed.update(_hashed((article.former_ids, article.address_ids)))
    if any(w.moved_to for w in article.witnesses):
        hashed.update(_hashed([w.moved_to for w in article.witnesses]))
    # Often raw, clean and reading are one object.
    known: dict[int, bytes] = {}
    for text in (article.reading, *(one for w in article.witnesses for one in (w.raw, w.clean))):
        if id(text) not in known:
            known[id(text)] = _hashed(values_of(text))
        hashed.update(known[id(text)])
    return hashed.hexdigest()


def _hashed(values: object) -> bytes:
    return hashlib.sha256(repr(values).encode("utf-8", "backslashreplace")).digest()


def _row(grounds: Grounds, site: int, article: Article, digest: str) -> dict[str, Any]:
    reading = article.reading
    return {
        "id": article.id,
        "site_id": site,
        "branch_id": grounds.branch(storable_or_none(reading.branch)),
        "url": storable(article.url),
        "title": storable_or_none(reading.title),
        "author": storable_or_none(reading.author),
        "source": storable_or_none(reading.source),
        "published": reading.published,
        "hits": reading.hits,
        "language": reading.language,
        "status": article.status,
        "first_seen": article.first_seen,
        "last_seen": article.last_seen,
        "reading_of": article.reading_of,
        "digest": digest,
    }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as the driver takes it."""
    return {name: _driven(value) for name, value in row.items()}


def _driven(value: object) -> object:
    if isinstance(value, datetime):
        return schema.moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, list) else value


def _write_parts(
    connection: Connection,
    number: int,
    article: Article,
    bodies: _Bodies,
    spans: Sequence[Span],
) -> None:
    numbers = bodies.places()
    parts: list[tuple[sa.Table, list[dict[str, Any]]]] = [
        (schema.documents, [{"place": n, "body": body} for body, n in numbers.items()]),
        (schema.versions, _version_rows(spans, bodies, numbers)),
        (schema.witnesses, _witness_rows(article, bodies, numbers)),
        (schema.repairs, _repair_rows(article.reading)),
        (schema.assets, _asset_rows(article.reading)),
        (schema.aliases, _alias_rows(article)),
    ]
    for table, rows in parts:
        if rows:
            _PUT[table].run_many(connection, [_plain(row) | {"article_n": number} for row in rows])


def _version_rows(
    spans: Sequence[Span], bodies: _Bodies, numbers: dict[bytes, int]
) -> list[dict[str, Any]]:
    return [
        {
            "number": place,
            "document": numbers[
                bodies.reading if span.witness is None else bodies.witnesses[span.witness][1]
            ],
            "first_seen": span.first_seen,
            "last_seen": span.last_seen,
            "is_current": place == len(spans),
        }
        for place, span in enumerate(spans, 1)
    ]


def _witness_rows(
    article: Article, bodies: _Bodies, numbers: dict[bytes, int]
) -> list[dict[str, Any]]:
    return [
        _witness_row(witness, place) | {"raw": numbers[raw], "clean": numbers[clean]}
        for place, (witness, (raw, clean)) in enumerate(
            zip(article.witnesses, bodies.witnesses, strict=True)
        )
    ]


def _witness_row(witness: Witness, place: int) -> dict[str, Any]:
    pointer = witness.pointer
    return {
        "place": place,
        "url": storable(witness.url),
        "role": witness.role,
        "captured_at": witness.captured_at,
        "file": pointer.file,
        "offset": pointer.offset,
        "length": pointer.length,
        "payload_digest": pointer.payload_digest,
        "record_id": pointer.record_id,
        "brand": storable_or_none(witness.brand),
        "kinds": list(witness.kinds),
        "moved_to": storable_or_none(witness.moved_to),
    }


def _repair_rows(reading: Extraction) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "field": repair.field,
            "before": storable(repair.before),
            "after": storable(repair.after),
            "rule": repair.rule,
            "evidence": storable(repair.evidence),
            "confidence": repair.confidence,
        }
        for place, repair in enumerate(reading.repairs)
    ]


def _alias_rows(article: Article) -> list[dict[str, Any]]:
    ids = [(one, True) for one in article.former_ids]
    ids += [(one, False) for one in article.address_ids]
    return [{"place": place, "id": one, "given": given} for place, (one, given) in enumerate(ids)]


def _asset_rows(reading: Extraction) -> list[dict[str, Any]]:
    images = [
        {"kind": "image", "place": place, "url": storable(i.url), "name": storable_or_none(i.alt)}
        for place, i in enumerate(reading.images)
    ]
    return images + [
        {
            "kind": "attachment",
            "place": place,
            "url": storable(a.url),
            "name": storable_or_none(a.name),
        }
        for place, a in enumerate(reading.attachments)
    ]
