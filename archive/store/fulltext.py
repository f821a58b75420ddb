"""The index that search asks: SQLite FTS5 over terms, written in the transaction of the article.

The only module (with ``engine`` and ``dialect``) that knows which database it is. It promises that
an article and its terms are committed together or not at all. The table keeps no text of its own:
to take an article out, the text that was put in is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.search.query import Phrase
from archive.search.terms import FOLDING, terms

TITLE_WEIGHT = 8.0
BODY_WEIGHT = 1.0

# Terms come separated by spaces and folded; the ascii tokenizer leaves all but ASCII alone.
# One-character queries are prefixes of bigrams.
_CREATE = (
    "CREATE VIRTUAL TABLE article_terms USING fts5("
    "title, body, content='', tokenize='ascii', prefix='1')"
)
_PUT = "INSERT INTO article_terms(rowid, title, body) VALUES (?, ?, ?)"
_REMOVE = "INSERT INTO article_terms(article_terms, rowid, title, body) VALUES ('delete', ?, ?, ?)"
_CLEAR = "INSERT INTO article_terms(article_terms) VALUES ('delete-all')"
_FACT = "INSERT OR REPLACE INTO facts(name, value) VALUES ('folding', ?)"


def create(connection: Connection) -> None:
    """Make the empty index."""
    connection.exec_driver_sql(_CREATE)
    connection.exec_driver_sql(_FACT, (FOLDING,))


def put(connection: Connection, number: int, title: str | None, text: str) -> None:
    """Put in article row ``number``, which is not in the index."""
    connection.exec_driver_sql(_PUT, (number, _joined(title), _joined(text)))


def remove(connection: Connection, number: int, title: str | None, text: str) -> None:
    """Take out article row ``number``, put in with this title and text."""
    connection.exec_driver_sql(_REMOVE, (number, _joined(title), _joined(text)))


def clear(connection: Connection) -> None:
    """Take everything out, to be put in again by the present folding."""
    connection.exec_driver_sql(_CLEAR)
    connection.exec_driver_sql(_FACT, (FOLDING,))


def is_current(connection: Connection) -> bool:
    """Whether the index was made by the folding that queries are folded by."""
    found = connection.exec_driver_sql("SELECT value FROM facts WHERE name = 'folding'").scalar()
    return bool(found == FOLDING)


def _joined(text: str | None) -> str:
    return " ".join(terms(text or ""))


index = sa.table("article_terms", sa.column("rowid", sa.Integer))
"""The index as something to join articles with: ``rowid`` is the article's row."""

rank = sa.literal_column(f"bm25(article_terms, {TITLE_WEIGHT}, {BODY_WEIGHT})", sa.Float)
"""BM25 of the row found; lower is better."""


def matches(phrases: Sequence[Phrase]) -> sa.ColumnElement[bool]:
    """The condition that a row has any of the ``phrases``, in the title, the text, or either."""
    return sa.literal_column("article_terms").op("MATCH")(" OR ".join(map(_query, phrases)))


def _query(phrase: Phrase) -> str:
    words, open_ended = phrase.terms()
    column = {None: "", "title": "title : ", "text": "body : "}[phrase.field]
    return column + '"' + " ".join(words) + '"' + ("*" if open_ended else "")
