"""Making the embedded index again, from the articles, beside the one there is.

It promises that the one there is answers until the other is whole and takes its place; that little
memory is needed however many articles there are; and that whatever the moment of a kill, no more is
lost than the round under way: whoever makes the index next goes on from what was committed.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.errors import StoreError
from archive.store import schema
from archive.store.engine import reading
from archive.store.index import Steps, entries, journal, learning
from archive.store.index.files import Files, State
from archive.store.index.layout import Entry

ROUND = 20_000
"""Articles between two commits: what a kill loses at most."""


def remake(engine: Engine, files: Files, on_steps: Steps) -> int:
    """Make the index again and put it in the place of ``files``, whose owner the caller is; returns
    how many articles it has. What was written meanwhile is in the journal behind its state."""
    made = files.beside()
    try:
        done = _make(engine, made, on_steps)
    except BaseException:
        made.abandon()
        raise
    files.give_way_to(made)
    return done


def _make(engine: Engine, made: Files, on_steps: Steps) -> int:
    state = _begun(engine, made)
    reached = made.highest()
    with reading(engine) as connection:
        steps = _Steps(on_steps, _many(connection, reached), _many(connection))
    while True:
        with reading(engine) as connection:
            numbers = entries.numbers_after(connection, reached, ROUND)
            if not numbers:
                break
            made.write((), steps.counted(entries.of(connection, numbers)))
        made.commit(state)
        reached = numbers[-1]
    if made.state() is None:
        made.commit(state)
    return steps.done


def _begun(engine: Engine, made: Files) -> State:
    """Where in the journal the making began: now, unless it is gone on with."""
    try:
        state = made.state()
    except StoreError:
        state = None  # damaged, as what was written when the power failed may be
    with reading(engine) as connection:
        if state is not None and journal.is_at(connection, state):
            return state
        made.start_anew()
        if (common := learning.common(connection)) is not None:
            made.teach(common)
        return journal.last(connection)


def _many(connection: Connection, up_to: int | None = None) -> int:
    number = schema.articles.c.n
    wanted = sa.true() if up_to is None else number <= up_to
    counted = sa.select(sa.func.count()).select_from(schema.articles).where(wanted)
    return int(connection.execute(counted).scalar_one())


class _Steps:
    """Counts what goes through, and tells of it."""

    def __init__(self, tell: Steps, done: int, total: int) -> None:
        self._tell = tell
        self.done = done
        self._total = total

    def counted(self, some: Iterator[Entry]) -> Iterator[Entry]:
        """The same entries."""
        for entry in some:
            yield entry
            self.done += 1
            self._tell(self.done, max(self.done, self._total))
