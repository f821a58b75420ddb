"""From which articles it is learnt which phrases are common in an archive.

It promises the same from the same articles: they are taken at equal distances over all of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.search.terms import units
from archive.store import schema
from archive.store.index import entries
from archive.store.index.common import Common, learnt
from archive.store.index.rows import Row

ENOUGH = 10_000
"""Articles from which on it is worth it: among fewer any phrase is found soon."""
SAMPLE = 1_000
"""Articles that are read."""

_n = schema.articles.c.n


def is_enough(connection: Connection) -> bool:
    """Whether there are articles enough to learn from."""
    return len(connection.execute(sa.select(_n).limit(ENOUGH)).all()) >= ENOUGH


def common(connection: Connection) -> Common | None:
    """What is common in the articles of the store; None while they are few."""
    numbers = list(connection.execute(sa.select(_n).order_by(_n)).scalars())
    if len(numbers) < ENOUGH:
        return None
    step = max(1, len(numbers) // SAMPLE)
    texts = (one.reading.text for one in entries.of(connection, numbers[::step][:SAMPLE]))
    return learnt([Row(units(text)) for text in texts if text])
