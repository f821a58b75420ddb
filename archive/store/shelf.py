"""Reading articles back, one or all of them, with what hangs on them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.model import Article, Attachment, Extraction, Image, WarcPointer, Witness
from archive.search.filters import Filters
from archive.store import schema
from archive.store.captures import digests
from archive.store.dialect import Prepared, Rows
from archive.store.documents import unpack, unpack_words
from archive.store.engine import agreeing, asking, reading
from archive.store.filters import conditions
from archive.store.index.entries import READING

_BATCH = 200  # articles read at a time

_a = schema.articles
_s = schema.sites
_b = schema.branches
_w = schema.witnesses
_d = schema.documents
_l = schema.aliases


@dataclass(frozen=True, slots=True)
class Version:
    """The article's text over the time in which it did not change; ``number`` counts from 1."""

    number: int
    first_seen: datetime
    last_seen: datetime
    is_current: bool
    reading: Extraction


def joined(*columns: Any) -> sa.Select[Any]:
    """A selection over articles with their sites and branches."""
    return sa.select(*columns).select_from(
        _a.join(_s, _s.c.id == _a.c.site_id).outerjoin(_b, _b.c.id == _a.c.branch_id)
    )


@dataclass(frozen=True, slots=True)
class Row:
    """What a list of articles tells of one; its reading is opened no further than is asked for."""

    n: int
    id: str
    url: str
    site: str
    branch: str | None
    published: date | None
    status: str
    document: bytes

    def words(self) -> tuple[str, str]:
        """Title ("" where there is none) and text of the reading."""
        title, text = unpack_words(self.document)
        return title or "", text

    def attachments(self) -> tuple[Attachment, ...]:
        """The attachments of the reading."""
        return unpack(self.document).attachments


_PLACES = [f"n{place}" for place in range(25)]
_ROWS = Prepared(
    joined(_a.c.n, _a.c.id, _a.c.url, _s.c.name, _b.c.name, _a.c.published, _a.c.status, _d.c.body)
    .join(_d, sa.and_(_d.c.article_n == _a.c.n, _d.c.place == READING))
    .where(_a.c.n.in_([sa.bindparam(place, type_=sa.Integer) for place in _PLACES]))
)
_NO_ROW = -1
_WITH_ID = Prepared(sa.select(_a.c.n).where(_a.c.id == sa.bindparam("id")))
_WITH_ALIAS = Prepared(sa.select(_l.c.article_n).where(_l.c.id == sa.bindparam("id")))


def numbers_of(connection: Connection, id_or_url: str) -> list[int]:
    """The article rows with this id, else those it leads to, else those with this address, else
    with such a witness."""
    by_witness = sa.select(_w.c.article_n).where(_w.c.url == id_or_url).distinct()
    for statement in (
        sa.select(_a.c.n).where(_a.c.id == id_or_url),
        sa.select(_l.c.article_n).where(_l.c.id == id_or_url),
        sa.select(_a.c.n).where(_a.c.url == id_or_url),
        by_witness,
    ):
        found = list(connection.execute(statement).scalars())
        if found:
            return sorted(found)
    return []


def rows(engine: Engine, numbers: Sequence[int]) -> list[Row]:
    """These articles, in the order given; those that are gone are left out."""
    found: dict[int, Row] = {}
    with asking(engine) as connection:
        for start in range(0, len(numbers), len(_PLACES)):
            values = dict.fromkeys(_PLACES, _NO_ROW)
            values.update(zip(_PLACES, numbers[start : start + len(_PLACES)], strict=False))
            for row in _ROWS.run(connection, values).fetchall():
                found[row[0]] = _row(row)
    return [found[number] for number in numbers if number in found]


def _row(values: Sequence[Any]) -> Row:
    n, id_, url, site, branch, published, status, document = values
    # SQLite's driver leaves a day as text.
    day = date.fromisoformat(published) if isinstance(published, str) else published
    return Row(n, id_, url, site, branch, day, status, document)


def of_rows(engine: Engine, numbers: Sequence[int]) -> Iterator[Article]:
    """The articles of these rows, by site and id."""
    statement = joined(_s.c.name, _a.c.id, _a.c.n).where(
        _a.c.n.in_(sa.bindparam("numbers", expanding=True))
    )
    keys: list[tuple[str, str, int]] = []
    with reading(engine) as connection:
        for start in range(0, len(numbers), _BATCH):
            some = list(numbers[start : start + _BATCH])
            keys += [tuple(row) for row in connection.execute(statement, {"numbers": some})]
    keys.sort()
    for start in range(0, len(keys), _BATCH):
        yield from load(engine, [number for _, _, number in keys[start : start + _BATCH]])


def count(engine: Engine, filters: Filters) -> int:
    """How many articles pass the filters."""
    statement = joined(sa.func.count()).where(*conditions(filters))
    with reading(engine) as connection:
        return int(connection.execute(statement).scalar_one())


def load(engine: Engine, numbers: Collection[int]) -> list[Article]:
    """The articles of these rows, in the order given; rows that are gone are left out."""
    with reading(engine) as connection, agreeing(engine):
        found = _load(connection, numbers)
    articles = [found[number] for number in numbers if number in found]
    return [_with_digests(engine, site, article) for site, article in articles]


def stream(engine: Engine, filters: Filters) -> Iterator[Article]:
    """Every article that passes, by site and id: the same order in every store."""
    order = (_s.c.name, _a.c.id)
    wanted = conditions(filters)
    last: tuple[str, str] | None = None
    while True:
        after = sa.true() if last is None else sa.tuple_(*order) > sa.tuple_(*last)
        statement = joined(_a.c.n, *order).where(after, *wanted)
        with reading(engine) as connection:
            rows = connection.execute(statement.order_by(*order).limit(_BATCH)).all()
        if not rows:
            return
        yield from load(engine, [row.n for row in rows])
        last = (rows[-1].name, rows[-1].id)


def name_of(engine: Engine, site: str) -> str:
    """A name for what the articles of ``site`` say and their status."""
    named = hashlib.blake2b(digest_size=16)
    statement = joined(_a.c.id, _a.c.digest, _a.c.status).where(_s.c.name == site).order_by(_a.c.id)
    with reading(engine) as connection:
        for row in connection.execute(statement):
            named.update("\0".join(row).encode() + b"\n")
    return named.hexdigest()


def versions(engine: Engine, article: str) -> list[Version]:
    """The versions of the article with this id, the oldest first."""
    table = schema.versions
    statement = (
        sa.select(table, _d.c.body)
        .join(_d, sa.and_(_d.c.article_n == table.c.article_n, _d.c.place == table.c.document))
        .join(_a, _a.c.n == table.c.article_n)
        .where(_a.c.id == article)
        .order_by(table.c.number)
    )
    with reading(engine) as connection, agreeing(engine):
        return [
            Version(
                row.number, row.first_seen, row.last_seen, bool(row.is_current), unpack(row.body)
            )
            for row in connection.execute(statement)
        ]


def _load(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[int, Article]]:
    extractions = {
        (row.article_n, row.place): unpack(row.body)
        for row in connection.execute(sa.select(_d).where(_d.c.article_n.in_(numbers)))
    }
    witnesses: dict[int, list[Witness]] = {}
    statement = sa.select(_w).where(_w.c.article_n.in_(numbers)).order_by(_w.c.place)
    for row in connection.execute(statement):
        witnesses.setdefault(row.article_n, []).append(_witness(row, extractions))
    aliases: dict[int, list[sa.Row[Any]]] = {}
    statement = sa.select(_l).where(_l.c.article_n.in_(numbers)).order_by(_l.c.place)
    for row in connection.execute(statement):
        aliases.setdefault(row.article_n, []).append(row)
    statement = joined(_a, _s.c.name).where(_a.c.n.in_(numbers))
    found = {}
    for row in connection.execute(statement):
        whole = _article(row, extractions[row.n, READING], witnesses[row.n])
        found[row.n] = row.site_id, _with_aliases(whole, aliases.get(row.n, ()))
    return found


def _with_aliases(article: Article, rows: Sequence[sa.Row[Any]]) -> Article:
    if not rows:
        return article
    return replace(
        article,
        former_ids=tuple(row.id for row in rows if row.given),
        address_ids=tuple(row.id for row in rows if not row.given),
    )


def _witness(row: sa.Row[Any], extractions: dict[tuple[int, int], Extraction]) -> Witness:
    return Witness(
        url=row.url,
        role=row.role,
        captured_at=row.captured_at,
        pointer=WarcPointer(row.file, row.offset, row.length, row.payload_digest, row.record_id),
        raw=extractions[row.article_n, row.raw],
        clean=extractions[row.article_n, row.clean],
        brand=row.brand,
        kinds=tuple(row.kinds),
        moved_to=row.moved_to,
    )


def _article(row: sa.Row[Any], text: Extraction, witnesses: Sequence[Witness]) -> Article:
    return Article(
        id=row.id,
        url=row.url,
        site=row.name,
        status=row.status,
        reading=text,
        reading_of=row.reading_of,
        witnesses=tuple(witnesses),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        versions=row.versions,
    )


def _with_digests(engine: Engine, site: int, article: Article) -> Article:
    """The article with the digests of those images and attachments that are kept by now."""
    text = article.reading
    assets: list[Image | Attachment] = [*text.images, *text.attachments]
    missing = [asset.url for asset in assets if asset.digest is None]
    if not missing:
        return article
    known = digests(engine, site, missing)
    images = tuple(replace(i, digest=i.digest or known.get(i.url)) for i in text.images)
    files = tuple(replace(a, digest=a.digest or known.get(a.url)) for a in text.attachments)
    return replace(article, reading=replace(text, images=images, attachments=files))


def ask(connection: Connection, article: str) -> list[Rows]:
    """Ask for the article with this id, or that it leads to, and do not wait; for ``peek``."""
    return [one.run(connection, {"id": article}) for one in (_WITH_ID, _WITH_ALIAS)]


def peek(connection: Connection, asked: Sequence[Rows]) -> Article | None:
    """The article that was ``asked`` for as it was written, within the caller's transaction; or
    None."""
    for answer in asked:
        if (found := answer.fetchone()) is not None:
            return _load(connection, [found[0]])[found[0]][1]
    return None
