"""The table in which a PostgreSQL store keeps its search index: the same units, in the database.

A GIN index has the terms of each row: every unit of title and text and every pair of neighbours;
those of the title once more, and those of the other fields, apart. Each is a number of 64 bits
that is worked out of the units: numbers are sorted in at half the cost of words, and that two
terms of an archive share one is less likely than that its disks err (once in 400,000 archives of
ten million terms). They are worked out of the row's own texts by functions of the database, and
stand nowhere but in the index. A phrase of one or two units is found by the index alone. Of a
longer one the index says where all its pairs are; whether they stand in a row is whether the
phrase is a piece of the field's column, which has the units in a row between spaces. So no hit is
lost or invented, however long a text is (the positions of a ``tsvector`` end at 16,383), and a
text is only read where the index cannot know. What else can be asked for lies in the row, too:
nothing is to be joined.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from archive.search.joined import of_parts
from archive.search.query import Beginning, Phrase, Sounds, TextField
from archive.search.terms import FOLDING
from archive.store import schema
from archive.store.index.layout import LONG_FIELDS, TEXT_FIELDS

MAX_TERMS = 20_000
"""Terms of a condition that the index is asked for."""

LAYOUT = f"5.{FOLDING}"
"""Changed whenever the same article gives another row: an index of another one is made again."""

KNOWN_BY_THE_INDEX = 2
"""Units of a phrase that the index alone finds in title and text."""

PENDING_KIB = 4_096
"""New terms wait in a list that every search reads: of about 90 articles, read in a third of a
millisecond. With a sixteenth of it an article takes twice as long to come in, with twice as much a
search ten times as long."""

PENDING_KIB_OF_MANY = 65_536
SORTING_KIB_OF_MANY = 131_072
"""The list where many articles are put at once, and the memory to sort it in: the more comes
together, the less often each term is looked up."""

INDEX = "ix_search_terms_terms"

_PLAIN = ("title", "text")

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
    *(sa.Column(name, sa.Text, nullable=False, default="") for name in TEXT_FIELDS),
)
state = sa.Table("search_state", _metadata, sa.Column("folding", sa.Text, primary_key=True))

Row = sa.FromClause
"""The table, or an alias of it."""

_FIELDS = ", ".join(TEXT_FIELDS)
_SEEDS = {name: 0 if name == "text" else place for place, name in enumerate(TEXT_FIELDS, 1)}
"""What parts the terms of the fields. The title has its terms twice, among the text's as well: most
queries are for both, and hits in the title come first."""

_TERMS = [*((_SEEDS[name], name) for name in TEXT_FIELDS), (_SEEDS["text"], "title")]

_TERMS_OF = "search_numbers_of"
_OLD_FUNCTIONS = ("search_terms_of", "search_terms_in")
_HEAD = "IMMUTABLE STRICT PARALLEL SAFE"
_FINDS_OTHERS = f"{_HEAD} SET search_path FROM CURRENT"
"""Of a function that calls another of ours: a restored backup calls it where none is looked for."""

_FUNCTIONS = (
    # Written so that most of it is done by array functions: twice as fast as row by row.
    f"""
    CREATE OR REPLACE FUNCTION search_units_in(seed bigint, units text[]) RETURNS bigint[]
    LANGUAGE sql {_HEAD} AS $$
        SELECT ARRAY(SELECT hashtextextended(unit, seed) FROM unnest(units) AS one (unit))
    $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION search_pairs_in(units bigint[]) RETURNS bigint[]
    LANGUAGE sql {_HEAD} AS $$
        SELECT ARRAY(
            SELECT hashint8extended(b, a) FROM unnest(units, units[2:]) AS pair (a, b)
            WHERE b IS NOT NULL
        )
    $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION search_numbers_in(seed bigint, units text) RETURNS bigint[]
    LANGUAGE plpgsql {_FINDS_OTHERS} AS $$
    DECLARE one bigint[] := search_units_in(seed, string_to_array(btrim(units), ' '));
    BEGIN RETURN one || search_pairs_in(one); END $$
    """,
    # So costly that no row is asked for its terms where the index can tell.
    f"""
    CREATE OR REPLACE FUNCTION {_TERMS_OF}({", ".join(f"{one} text" for one in TEXT_FIELDS)})
    RETURNS bigint[] LANGUAGE plpgsql {_FINDS_OTHERS} COST 100000 AS $$
    BEGIN
        RETURN {" || ".join(f"search_numbers_in({seed}, {name})" for seed, name in _TERMS)};
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION search_sounds_in(seed bigint, before text[], behind text[])
    RETURNS bigint[] LANGUAGE sql {_HEAD} AS $$
        SELECT ARRAY(
            SELECT hashint8extended(b, a)
            FROM unnest(search_units_in(seed, before)) AS one (a),
                unnest(search_units_in(seed, behind)) AS other (b)
        )
    $$
    """,
)


def create(connection: Connection) -> None:
    """Make the empty index."""
    _metadata.create_all(connection)
    _compress(connection, table.name)
    _finish(connection, table.name, INDEX)
    connection.execute(sa.insert(state), {"folding": LAYOUT})


@contextmanager
def anew(connection: Connection) -> Iterator[sa.Table]:
    """Within, there is an empty table to be filled; then its index is made, in one go, and it takes
    the place of the one there was, which is searched until then."""
    made = table.to_metadata(sa.MetaData(), name=f"{table.name}_made")
    made.create(connection)
    _compress(connection, made.name)
    yield made
    connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = {SORTING_KIB_OF_MANY}")
    _finish(connection, made.name, f"{INDEX}_made")
    table.drop(connection)
    for old in _OLD_FUNCTIONS:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {old}")
    connection.exec_driver_sql(f"ALTER TABLE {made.name} RENAME TO {table.name}")
    renamed = {f"{made.name}_pkey": f"{table.name}_pkey", f"{INDEX}_made": INDEX}
    for was, index in renamed.items():
        connection.exec_driver_sql(f"ALTER INDEX {was} RENAME TO {index}")


def _compress(connection: Connection, name: str) -> None:
    """Have the long texts compressed by lz4, where the server has it."""
    setting = "SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = %s"
    if connection.exec_driver_sql(setting, ("default_toast_compression",)).scalar():
        for field in sorted(LONG_FIELDS):
            connection.exec_driver_sql(f"ALTER TABLE {name} ALTER {field} SET COMPRESSION lz4")


def _finish(connection: Connection, name: str, index: str) -> None:
    """What is to be said of the table that SQLAlchemy has no words for, and its index."""
    for function in _FUNCTIONS:
        connection.exec_driver_sql(function)
    statements = (
        f"ALTER TABLE {name} ADD FOREIGN KEY (article_n) "
        f"REFERENCES {schema.articles.name} (n) ON DELETE CASCADE",
        f"CREATE INDEX {index} ON {name} USING gin ({_TERMS_OF}({_FIELDS})) "
        f"WITH (gin_pending_list_limit = {PENDING_KIB})",
        # Or statistics would work out the terms of thousands of rows, and say little of them.
        f"ALTER INDEX {index} ALTER COLUMN 1 SET STATISTICS 0",
    )
    for statement in statements:
        connection.exec_driver_sql(statement)


@contextmanager
def many(connection: Connection) -> Iterator[None]:
    """Within, many articles are put by this transaction: their terms wait in a long list, which is
    sorted in at the end."""
    _allow(connection, PENDING_KIB_OF_MANY)
    connection.execute(sa.text(f"SET LOCAL work_mem = {SORTING_KIB_OF_MANY}"))
    yield
    connection.execute(sa.select(sa.func.gin_clean_pending_list(INDEX)))
    _allow(connection, PENDING_KIB)


def _allow(connection: Connection, kib: int) -> None:
    connection.execute(sa.text(f"ALTER INDEX {INDEX} SET (gin_pending_list_limit = {kib})"))


def _terms(row: Row) -> sa.ColumnElement[object]:
    """The terms of the row, in the words of the index."""
    numbers = postgresql.ARRAY(sa.BigInteger)
    return sa.func.search_numbers_of(*(row.c[name] for name in TEXT_FIELDS), type_=numbers)


def _array(units: Collection[str]) -> sa.ColumnElement[object]:
    return sa.literal(list(units), postgresql.ARRAY(sa.Text))


def _seed(field: TextField | None) -> int:
    return _SEEDS[field or "text"]


def piece(phrase: Phrase) -> str:
    """What a field's column has a piece of where the phrase stands."""
    return f" {' '.join(phrase.units)} "


def may_hold(phrase: Phrase, row: Row) -> sa.ColumnElement[bool]:
    """What the index says: that all terms of the phrase are there."""
    units = sa.func.search_units_in(_seed(phrase.field), _array(phrase.units))
    terms = units if len(phrase.units) == 1 else sa.func.search_pairs_in(units)
    may: sa.ColumnElement[bool] = _terms(row).contains(terms)
    return may


def holds(phrase: Phrase, row: Row) -> sa.ColumnElement[bool]:
    """The condition that a row has the phrase."""
    if is_known(phrase):
        return may_hold(phrase, row)
    fields = _PLAIN if phrase.field is None else (phrase.field,)
    standing = [sa.func.strpos(row.c[name], piece(phrase)) > 0 for name in fields]
    return sa.and_(may_hold(phrase, row), sa.or_(*standing))


def is_known(phrase: Phrase) -> bool:
    """Whether the index alone finds the phrase, without the text being read."""
    return len(phrase.units) <= KNOWN_BY_THE_INDEX and phrase.field != "text"


def sounds(read: Sounds, row: Row) -> sa.ColumnElement[bool]:
    """The condition that a row has characters that are read so."""
    fields = _PLAIN if read.field is None else (read.field,)
    each = [sorted(characters) for characters in read.syllables]
    expression = " ".join(["", *(f"[{''.join(one)}]" for one in each), ""])
    standing = [row.c[name].op("~")(expression) for name in fields]
    return sa.and_(_may_sound(each, _seed(read.field), row), sa.or_(*standing))


def begun(word: Beginning, row: Row) -> sa.ColumnElement[bool]:
    """The condition that a row has a word that begins so. The index knows words by a number each,
    so that every text is looked into."""
    fields = _PLAIN if word.field is None else (word.field,)
    words = (f" {word.letters}", f" {of_parts(word.letters)}")
    standing = [sa.func.strpos(row.c[name], one) > 0 for name in fields for one in words]
    return sa.or_(*standing)


def _may_sound(each: Sequence[Sequence[str]], seed: int, row: Row) -> sa.ColumnElement[bool]:
    """What the index says at once: that some of the terms are there that the characters make."""
    if len(each) == 1:
        terms = sa.func.search_units_in(seed, _array(each[0]))
    else:
        before, behind = min(pairwise(each), key=lambda two: len(two[0]) * len(two[1]))
        if len(before) * len(behind) > MAX_TERMS:
            return sa.true()
        terms = sa.func.search_sounds_in(seed, _array(before), _array(behind))
    may: sa.ColumnElement[bool] = _terms(row).overlap(terms)
    return may
