"""The table in which a PostgreSQL store keeps its search index: the same units, in the database.

``terms`` (with a GIN index) has every unit and every pair of neighbours of every field: what cannot
be in a text is left out at once. The other columns have the units of each field in a row between
spaces: whether a phrase stands there is whether it is a piece of the row. So no hit is lost or
invented, however long a text is (the positions of a ``tsvector`` end at 16,383).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from archive.model import Extraction
from archive.search.query import Phrase, Sounds
from archive.search.terms import FOLDING, pairs, units
from archive.store import schema
from archive.store.index.layout import TEXT_FIELDS, texts

MAX_TERMS = 20_000
"""Terms of a condition that the index is asked for."""

_metadata = sa.MetaData()
table = sa.Table(
    "search_terms",
    _metadata,
    sa.Column("article_n", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("terms", postgresql.ARRAY(sa.Text), nullable=False),
    *(sa.Column(name, sa.Text, nullable=False, default="") for name in TEXT_FIELDS),
    sa.Index("ix_search_terms_terms", "terms", postgresql_using="gin"),
)
state = sa.Table("search_state", _metadata, sa.Column("folding", sa.Text, primary_key=True))


def create(connection: Connection) -> None:
    """Make the empty index."""
    _metadata.create_all(connection)
    connection.execute(
        sa.text(
            "ALTER TABLE search_terms ADD FOREIGN KEY (article_n) "
            f"REFERENCES {schema.articles.name} (n) ON DELETE CASCADE"
        )
    )
    connection.execute(sa.insert(state), {"folding": FOLDING})


def row(number: int, digest: str, reading: Extraction) -> dict[str, object]:
    """What the table keeps of an article."""
    values: dict[str, object] = {"article_n": number, "digest": digest}
    every: set[str] = set()
    for name, text in texts(reading):
        found = units(text)
        every.update(found, pairs(found))
        values[name] = f" {' '.join(found)} "
    return dict.fromkeys(TEXT_FIELDS, "") | values | {"terms": sorted(every)}


def piece(phrase: Phrase) -> str:
    """What a field's column has a piece of where the phrase stands."""
    return f" {' '.join(phrase.units)} "


def holds(phrase: Phrase) -> sa.ColumnElement[bool]:
    """The condition that a row has the phrase."""
    fields = ("title", "text") if phrase.field is None else (phrase.field,)
    standing = [sa.func.strpos(table.c[name], piece(phrase)) > 0 for name in fields]
    terms = pairs(phrase.units) or list(phrase.units)
    return sa.and_(table.c.terms.contains(terms), sa.or_(*standing))


def sounds(read: Sounds) -> sa.ColumnElement[bool]:
    """The condition that a row has characters that are read so."""
    fields = ("title", "text") if read.field is None else (read.field,)
    each = [sorted(characters) for characters in read.syllables]
    expression = " ".join(["", *(f"[{''.join(one)}]" for one in each), ""])
    standing = [table.c[name].op("~")(expression) for name in fields]
    return sa.and_(_may_sound(each), sa.or_(*standing))


def _may_sound(each: Sequence[Sequence[str]]) -> sa.ColumnElement[bool]:
    """What the index says at once: that some of the terms are there that the characters make."""
    if len(each) == 1:
        terms = list(each[0])
    else:
        two = min(pairwise(each), key=lambda two: len(two[0]) * len(two[1]))
        if len(two[0]) * len(two[1]) > MAX_TERMS:
            return sa.true()
        terms = list(map("".join, product(*two)))
    may: sa.ColumnElement[bool] = table.c.terms.overlap(terms)
    return may
