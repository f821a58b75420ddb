"""The table in which a PostgreSQL store keeps its search index: the same units, in the database.

``terms`` (with a GIN index) has every unit of title and text and every pair of neighbours; those of
the other fields bear the field's name. A phrase of one or two units is found by the index alone. Of
a longer one the index says where all its pairs are; whether they stand in a row is whether the
phrase is a piece of the field's column, which has the units in a row between spaces. So no hit is
lost or invented, however long a text is (the positions of a ``tsvector`` end at 16,383), and a text
is only read where the index cannot know. What else can be asked for lies in the row, too: nothing
is to be joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise, product

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from archive.model import Extraction
from archive.search.query import Phrase, Sounds
from archive.search.terms import FOLDING, is_single, units
from archive.store import schema
from archive.store.index.layout import TEXT_FIELDS, texts

MAX_TERMS = 20_000
"""Terms of a condition that the index is asked for."""

LAYOUT = f"2.{FOLDING}"
"""Changed whenever the same article gives another row: an index of another one is made again."""

KNOWN_BY_THE_INDEX = 2
"""Units of a phrase that the index alone finds in title and text."""

PENDING_KIB = 256
"""New terms wait in a list that every search reads: a short one."""

PENDING_KIB_OF_MANY = 16_384
SORTING_KIB_OF_MANY = 131_072
"""The list where many articles are put at once, and the memory to sort it in: the more comes
together, the less often each term is looked up."""

INDEX = "ix_search_terms_terms"

_PLAIN = ("title", "text")
_OF_ARTICLE = ("digest", "site_id", "branch_id", "status", "published")

_metadata = sa.MetaData()
table = sa.Table(
    "search_terms",
    _metadata,
    sa.Column("article_n", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("site_id", sa.Integer, nullable=False),
    sa.Column("branch_id", sa.Integer),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("published", sa.Date),
    # Units of the text, for the rank.
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("terms", postgresql.ARRAY(sa.Text), nullable=False),
    *(sa.Column(name, sa.Text, nullable=False, default="") for name in TEXT_FIELDS),
    sa.Index(
        INDEX,
        "terms",
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": PENDING_KIB},
    ),
)
state = sa.Table("search_state", _metadata, sa.Column("folding", sa.Text, primary_key=True))

Row = sa.FromClause
"""The table, or an alias of it."""

_BETWEEN_TERMS = "\n"
"""Terms are given as one text, for the driver takes longer over an array than the database; a line
break is in none of them."""


def _given(name: str) -> sa.ColumnElement[object]:
    if name == "terms":
        return sa.func.string_to_array(sa.bindparam("new_terms", type_=sa.Text), _BETWEEN_TERMS)
    return sa.bindparam(f"new_{name}", type_=table.c[name].type)


_KEPT = [one.name for one in table.c if one.name not in ("article_n", *_OF_ARTICLE)]
_PUT = sa.insert(table).from_select(
    ["article_n", *_OF_ARTICLE, *_KEPT],
    sa.select(
        schema.articles.c.n,
        *(schema.articles.c[name] for name in _OF_ARTICLE),
        *(_given(name) for name in _KEPT),
    ).where(schema.articles.c.n == sa.bindparam("number")),
)


def create(connection: Connection) -> None:
    """Make the empty index."""
    _metadata.create_all(connection)
    connection.execute(
        sa.text(
            "ALTER TABLE search_terms ADD FOREIGN KEY (article_n) "
            f"REFERENCES {schema.articles.name} (n) ON DELETE CASCADE"
        )
    )
    connection.execute(sa.insert(state), {"folding": LAYOUT})


def put(connection: Connection, number: int, reading: Extraction) -> None:
    """Keep article row ``number``, which has this reading."""
    values: dict[str, object] = dict.fromkeys(TEXT_FIELDS, "") | {"length": 0}
    every: set[str] = set()
    for name, text in texts(reading):
        found = units(text)
        mark = "" if name in _PLAIN else f"{name}:"
        every.update(mark + term for term in (*found, *_pairs(found)))
        values[name] = f" {' '.join(found)} "
        if name == "text":
            values["length"] = len(found)
    values["terms"] = _BETWEEN_TERMS.join(sorted(every))
    new = {f"new_{name}": value for name, value in values.items()}
    connection.execute(_PUT, {"number": number} | new)


@contextmanager
def many(connection: Connection) -> Iterator[None]:
    """Within, many articles are put by this transaction: their terms wait in a long list, which is
    sorted in at the end, before any search reads it."""
    _allow(connection, PENDING_KIB_OF_MANY)
    connection.execute(sa.text(f"SET LOCAL work_mem = {SORTING_KIB_OF_MANY}"))
    yield
    connection.execute(sa.select(sa.func.gin_clean_pending_list(INDEX)))
    _allow(connection, PENDING_KIB)


def _allow(connection: Connection, kib: int) -> None:
    connection.execute(sa.text(f"ALTER INDEX {INDEX} SET (gin_pending_list_limit = {kib})"))


def _pairs(found: Sequence[str]) -> list[str]:
    """Each of these units with the next one. Between two words stands a space, which is in no unit,
    so that no other units give the same term."""
    return [
        before + after if is_single(before) or is_single(after) else f"{before} {after}"
        for before, after in pairwise(found)
    ]


def piece(phrase: Phrase) -> str:
    """What a field's column has a piece of where the phrase stands."""
    return f" {' '.join(phrase.units)} "


def may_hold(phrase: Phrase, row: Row) -> sa.ColumnElement[bool]:
    """What the index says: that all terms of the phrase are there."""
    mark = "" if phrase.field is None or phrase.field in _PLAIN else f"{phrase.field}:"
    terms = [mark + term for term in _pairs(phrase.units) or phrase.units]
    return row.c.terms.contains(terms)


def holds(phrase: Phrase, row: Row) -> sa.ColumnElement[bool]:
    """The condition that a row has the phrase."""
    if is_known(phrase):
        return may_hold(phrase, row)
    fields = _PLAIN if phrase.field is None else (phrase.field,)
    standing = [sa.func.strpos(row.c[name], piece(phrase)) > 0 for name in fields]
    return sa.and_(may_hold(phrase, row), sa.or_(*standing))


def is_known(phrase: Phrase) -> bool:
    """Whether the index alone finds the phrase, without the text being read."""
    return len(phrase.units) <= KNOWN_BY_THE_INDEX and phrase.field not in _PLAIN


def sounds(read: Sounds, row: Row) -> sa.ColumnElement[bool]:
    """The condition that a row has characters that are read so."""
    fields = _PLAIN if read.field is None else (read.field,)
    each = [sorted(characters) for characters in read.syllables]
    expression = " ".join(["", *(f"[{''.join(one)}]" for one in each), ""])
    standing = [row.c[name].op("~")(expression) for name in fields]
    mark = "" if read.field is None or read.field in _PLAIN else f"{read.field}:"
    return sa.and_(_may_sound(each, mark, row), sa.or_(*standing))


def _may_sound(each: Sequence[Sequence[str]], mark: str, row: Row) -> sa.ColumnElement[bool]:
    """What the index says at once: that some of the terms are there that the characters make."""
    if len(each) == 1:
        terms = list(each[0])
    else:
        two = min(pairwise(each), key=lambda two: len(two[0]) * len(two[1]))
        if len(two[0]) * len(two[1]) > MAX_TERMS:
            return sa.true()
        terms = list(map("".join, product(*two)))
    may: sa.ColumnElement[bool] = row.c.terms.overlap([mark + term for term in terms])
    return may
