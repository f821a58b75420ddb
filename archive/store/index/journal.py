"""The journal of article rows: what was written since the index last looked.

A row is added in the transaction of the article, so journal and articles never disagree. The index
keeps how far it has come, and the store that it is this journal it came along: each row bears a
random mark. A row that the index names and the journal has otherwise means that one of the two is
from another time (a backup, say), and that the index is to be made again.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.store import schema
from archive.store.dialect import Prepared
from archive.store.index.files import State

_MARK_BITS = 62
_j = schema.journal
_ADD = Prepared(sa.insert(_j).returning(_j.c.seq), ["article_n", "mark"])
_SINCE = (
    sa.select(_j.c.seq, _j.c.mark, _j.c.article_n)
    .where(_j.c.seq > sa.bindparam("seq"))
    .order_by(_j.c.seq)
    .limit(sa.bindparam("many"))
)
_LAST = Prepared(sa.select(_j.c.seq, _j.c.mark).order_by(_j.c.seq.desc()).limit(1))
NO_ARTICLE = 0
"""Stands in the first row, so that there is always one to be at."""


def add(connection: Connection, number: int) -> int:
    """Note that article row ``number`` was written or removed; returns the journal's row."""
    row = {"article_n": number, "mark": secrets.randbits(_MARK_BITS)}
    return int(_ADD.run(connection, row).fetchone()[0])


def last(connection: Connection) -> State:
    """The end of the journal."""
    row = _LAST.run(connection, {}).fetchone()
    return State(0, 0) if row is None else State(*row)


def is_at(connection: Connection, state: State) -> bool:
    """Whether this journal is the one that ``state`` has come along."""
    mark = connection.execute(sa.select(_j.c.mark).where(_j.c.seq == state.seq)).scalar()
    return bool(mark == state.mark)


def since(connection: Connection, state: State, many: int) -> tuple[State, list[int]]:
    """The article rows noted after ``state``, at most ``many`` notes; and where they end."""
    rows = connection.execute(_SINCE, {"seq": state.seq, "many": many}).all()
    if not rows:
        return state, []
    return State(rows[-1].seq, rows[-1].mark), list(dict.fromkeys(row.article_n for row in rows))


def forget(connection: Connection, seq: int) -> None:
    """Drop what lies before ``seq``, which the index has; the row itself stays, to be found at."""
    connection.execute(sa.delete(_j).where(_j.c.seq < seq))
