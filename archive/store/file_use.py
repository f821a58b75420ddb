"""WARC files by what lies in them: which of them articles and first copies need, and what else.

The database counts and sorts; it promises that no more than a row of each file comes into memory,
however many captures there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.statuses import NOT_MODIFIED
from archive.store import schema
from archive.store.engine import reading

FIRST_REFUSAL = 400

_c = schema.captures
_w = schema.witnesses


@dataclass(frozen=True, slots=True)
class Unneeded:
    """A WARC file that no witness and no first copy of a payload lies in: its ``name``, and how
    many of its captures ``confirmed`` (304), ``refused`` (answers that are no page), ``failed`` (no
    whole answer) and ``repeated`` (pages that another file has)."""

    name: str
    confirmed: int
    refused: int
    failed: int
    repeated: int


def unneeded(engine: Engine) -> list[Unneeded]:
    """Such files of all sites, by name."""
    has_failed = sa.or_(
        sa.func.coalesce(_c.c.error, "") != "", sa.func.coalesce(_c.c.status, 0) == 0
    )
    has_confirmed = sa.and_(sa.not_(has_failed), _c.c.status == NOT_MODIFIED)
    has_refused = sa.and_(sa.not_(has_failed), _c.c.status >= FIRST_REFUSAL)
    is_page = sa.not_(sa.or_(has_failed, _c.c.status == NOT_MODIFIED, _c.c.status >= FIRST_REFUSAL))
    copy = sa.func.row_number().over(
        partition_by=_c.c.payload_digest, order_by=(_c.c.captured_at, _c.c.record_id)
    )
    copies = sa.select(_c.c.file, copy.label("copy")).where(is_page).subquery()
    needed = sa.union(sa.select(copies.c.file).where(copies.c.copy == 1), sa.select(_w.c.file))
    statement = (
        sa.select(_c.c.file, *map(_count, (has_confirmed, has_refused, has_failed, is_page)))
        .where(_c.c.file.not_in(needed))
        .group_by(_c.c.file)
        .order_by(_c.c.file)
    )
    with reading(engine) as connection:
        return [Unneeded(*row) for row in connection.execute(statement)]


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))
