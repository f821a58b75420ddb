"""Correcting a capture's row after its record was moved or damaged.

Rows of captures are written once; this is the one exception, for ``archive.evidence.repair``. It
promises to touch only where the record lies and what went wrong with it.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.model import WarcPointer
from archive.store import schema
from archive.store.engine import reading

_t = schema.captures


def files(engine: Engine, site: int) -> list[str]:
    """The WARC files that the site's captures lie in, by name."""
    statement = sa.select(_t.c.file).where(_t.c.site_id == site).distinct().order_by(_t.c.file)
    with reading(engine) as connection:
        return list(connection.scalars(statement))


def failed(engine: Engine, site: int, error: str) -> set[str]:
    """The ids of the records whose rows have this ``error``."""
    statement = sa.select(_t.c.record_id).where(_t.c.site_id == site, _t.c.error == error)
    with reading(engine) as connection:
        return set(connection.scalars(statement))


def amend(connection: Connection, row: int, pointer: WarcPointer | None, error: str | None) -> None:
    """Lead the row ``row`` to another place, and keep what went wrong with its record."""
    values: dict[str, object] = {"error": error} if error is not None else {}
    if pointer is not None:
        values |= {
            "file": pointer.file,
            "offset": pointer.offset,
            "length": pointer.length,
            "payload_digest": pointer.payload_digest,
        }
    connection.execute(sa.update(_t).where(_t.c.id == row).values(values))
