"""The embedded index: tantivy over characters, brought up to date from the journal.

A process brings it up to date when it searches for the first time; while articles are being
written, a thread of the writing process does so twice a second, and where none does, a thread of
whoever searches. It promises that a search never misses what its own process committed, nor for
much longer than a second what another did; that no search waits for what others write; and that
whatever the moment of a kill, the next one to look goes on from what was last committed, since
writing an article again changes nothing.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

import sqlalchemy as sa
import tantivy
from sqlalchemy.engine import Connection, Engine

from archive.errors import LockedError, StoppedError
from archive.model import Article
from archive.search.query import Node
from archive.search.results import Order
from archive.store import schema
from archive.store.engine import reading
from archive.store.index import (
    Difference,
    GoOn,
    Matches,
    Steps,
    asking,
    entries,
    journal,
    learning,
)
from archive.store.index.answers import Answers, values
from archive.store.index.common import Common
from archive.store.index.files import Files, State, View
from archive.store.index.flusher import Flusher
from archive.store.index.layout import Entry, digest_number
from archive.store.index.remaking import remake

_BEING_MADE = "the search index is being made by another process; try again later"
ROUND = 500  # journal rows brought in between two commits
MANY = 2_000
ROUND_OF_MANY = 20_000
"""The same where more than ``MANY`` are to come: small segments are merged again and again, and
each commit opens all of them. So many are done again after a kill at most. Fewer than ``MANY`` are
no reason to stop: they are in within seconds."""
FORGET_EVERY = 256  # journal rows written between two clearings of what the index has
FAR_BEHIND = 150
"""Journal rows that the index may be behind before a writer is held up."""
HELD_UP_S = 0.05
"""Seconds for which it is held up at most, for each transaction."""
BEING_MADE_S, LOOK_AGAIN_S = 5.0, 0.05
"""Seconds for which a search waits for the first index that another process makes, and between two
looks at it: that of a small archive takes no longer."""
PATIENCE_S = 1.0
"""Seconds for which a process that only reads leaves it to another one to go on with the index."""


class EmbeddedIndex:
    """The index in ``directory`` over the store behind ``engine``."""

    def __init__(self, engine: Engine, directory: Path) -> None:
        self._engine = engine
        self._files = Files(directory)
        self._answers = Answers(engine)
        self._mutex = threading.RLock()  # of whatever writes
        self._applied = 0  # the last journal row that is known to be in the index
        self._last_row = 0  # the last one written here
        self._moved = threading.Condition()
        self._counting = threading.Lock()
        self._wrote = 0  # transactions of this process, and those of them that are in the index
        self._brought_in = -1
        self._behind = (State(0, 0), math.inf)  # where the index stood still, and since when
        self._on_steps: Steps = lambda done, total: None
        self._go_on: GoOn = lambda: None
        self._flusher = Flusher(self.settle, self._let_go)

    # Writing

    def put(self, connection: Connection, number: int, article: Article) -> None:
        """Note that row ``number`` is now this article, in the article's transaction."""
        self.remove(connection, number)

    def remove(self, connection: Connection, number: int) -> None:
        """Note that row ``number`` is gone, in the article's transaction."""
        row = self._last_row = journal.add(connection, number)
        if row % FORGET_EVERY == 0:
            if not self._applied:
                # A night that writes everything at once has not looked yet.
                self._state()
            journal.forget(connection, self._applied)

    def many(self, connection: Connection) -> AbstractContextManager[None]:
        """Many are noted as one is."""
        return nullcontext()

    def committed(self) -> None:
        """Articles were committed: bring them in soon."""
        with self._counting:
            self._wrote += 1
        self._flusher.wake(wrote=True)
        if self._last_row - self._applied > FAR_BEHIND:
            # Whoever writes faster than the index follows is held up a little.
            self._flusher.hurry()
            with self._moved:
                self._moved.wait(HELD_UP_S)

    def bring_in(self) -> None:
        """Bring in what this process wrote, now; another one that is making the index brings it in,
        too. Raises StoppedError where it is not to go on."""
        if self._wrote:
            with suppress(LockedError):
                self.settle()

    def close(self) -> None:
        """Bring in what this process wrote, unless it is not to go on; end the thread, let others
        write."""
        wrote = self._flusher.stop()
        with self._mutex:
            try:
                if wrote:
                    with suppress(LockedError, StoppedError):
                        self.settle()
            finally:
                self._files.release()

    def _let_go(self) -> None:
        with self._mutex:
            self._files.release()

    # Being in step

    def settle(self) -> bool:
        """Bring in what the journal has and the index has not; False when there was nothing to
        do, or another process is about it."""
        with self._mutex:
            wrote = self._wrote
            state, end, in_step = self._standing()
            if state == end:
                self._brought_in = wrote
                return False
            if not self._files.own():
                if not in_step:
                    raise LockedError(_BEING_MADE)
                self._brought_in = max(self._brought_in, 0)
                return False
            # Another process may have come further before it let us own the files.
            self._catch_up(self._state())
            self._brought_in = wrote
            self._flusher.wake(wrote=False)
            return True

    def _standing(self) -> tuple[State | None, State, bool]:
        """Where the index is, where the journal ends, and whether the one is on the other's way."""
        state = self._state()
        with reading(self._engine) as connection:
            end = journal.last(connection)
            if state is None:
                return None, end, False
            return state, end, state == end or journal.is_at(connection, state)

    def _state(self) -> State | None:
        state = self._files.state()
        self._applied = 0 if state is None else state.seq
        return state

    def _catch_up(self, state: State | None) -> None:
        with reading(self._engine) as connection:
            known = state is not None and journal.is_at(connection, state)
        if state is None or not known or self._may_learn(state):
            self._remake()
            state = self._state()
            assert state is not None
        self._files.forget_beside()
        while True:
            with reading(self._engine) as connection:
                left = journal.last(connection).seq - state.seq
                few = ROUND if left <= MANY else ROUND_OF_MANY
                reached, numbers = journal.since(connection, state, few)
                if reached == state:
                    return
                found = entries.of(connection, numbers)
                self._write(numbers, found if few == ROUND else self._let(found), reached)
            state = reached
            with self._moved:
                self._applied = reached.seq
                self._moved.notify_all()

    def _may_learn(self, state: State) -> bool:
        """Whether there is enough now to learn from, for the first time."""
        view = self._files.view()
        if view is None or view.has_learnt:
            return False
        with reading(self._engine) as connection:
            coming = journal.last(connection).seq - state.seq
            may_be = view.searcher.num_docs + coming >= learning.ENOUGH
            return may_be and learning.is_enough(connection)

    def _write(self, gone: Sequence[int], found: Iterator[Entry], reached: State) -> int:
        try:
            count = self._files.write(gone, found)
            self._files.commit(reached)
        except BaseException:
            self._files.abandon()
            raise
        return count

    def rebuild(self) -> int:
        """Make the index again from the articles; returns how many there are. Raises LockedError
        while another process writes it."""
        with self._mutex:
            if not self._files.own():
                raise LockedError("another process is writing the search index; wait for it to end")
            count = self._remake()
            self._catch_up(self._state())
            return count

    def watch(self, on_steps: Steps) -> None:
        """Tell how far it has come whenever the index is made again, asked for or not."""
        self._on_steps = on_steps

    def let(self, go_on: GoOn) -> None:
        """Ask before each article whether to go on, where more than ``MANY`` are to come in."""
        self._go_on = go_on

    def _let(self, some: Iterator[Entry]) -> Iterator[Entry]:
        for entry in some:
            self._go_on()
            yield entry

    def _remake(self) -> int:
        return remake(self._engine, self._files, self._told)

    def _told(self, done: int, total: int) -> None:
        if total > MANY:
            self._go_on()
        self._on_steps(done, total)

    # Asking

    def find(self, query: Node, *, order: Order, limit: int, offset: int, facets: bool) -> Matches:
        """One page of the article rows that the query asks for, and how many there are."""
        view = self._view()
        with self._files.explained():
            return self._answers.page(
                view, query, order=order, limit=limit, offset=offset, facets=facets
            )

    def numbers(self, query: Node) -> Sequence[int]:
        """Every article row that the query asks for."""
        view = self._view()
        return self._every(view, asking.Asker(view.common).asked(query))[0]

    def count(self, query: Node) -> int:
        """How many article rows the query asks for."""
        return self.find(query, order="relevance", limit=0, offset=0, facets=False).total

    def common(self) -> Common:
        """The phrases that are terms of their own."""
        return self._view().common

    def _view(self) -> View:
        """What can be searched. Raises LockedError where another process takes long to make it."""
        began = time.monotonic()
        while True:
            try:
                return self._view_now()
            except LockedError:
                if time.monotonic() - began > BEING_MADE_S:
                    raise
            time.sleep(LOOK_AGAIN_S)

    def _view_now(self) -> View:
        if self._brought_in < self._wrote:
            self.settle()
        else:
            self._look_after()
        view = self._files.view()
        if view is None:
            raise LockedError(_BEING_MADE)
        return view

    def _look_after(self) -> None:
        """See to it that what others write comes in: as a rule by those who write it."""
        state, end, in_step = self._standing()
        if not in_step:
            self.settle()
        elif state is not None and state != end:
            now = time.monotonic()
            stood, since = self._behind
            if stood != state:
                self._behind = state, now
            elif now - since > PATIENCE_S:
                self._flusher.wake(wrote=False)

    def _every(self, view: View, asked: tantivy.Query) -> tuple[list[int], list[int]]:
        """The rows that the query finds, and the digest of each."""
        searcher = view.searcher
        with self._files.explained():
            many = max(searcher.num_docs, 1)
            found = searcher.search(asked, limit=many, order_by_field="oldest", count=False)
            places = [place for _, place in found.hits]
            return values(searcher, "number", places), values(searcher, "digest", places)

    def differences(self) -> Iterator[Difference]:
        """Where index and store do not agree: rows that are missing, too many, or of other
        content."""
        numbers, digests = self._every(self._view(), asking.articles())
        indexed = dict(zip(numbers, digests, strict=True))
        if len(indexed) != len(numbers):
            twice = sorted(number for number in indexed if numbers.count(number) > 1)
            yield from (Difference(number, "is in the index twice") for number in twice)
        table = schema.articles
        with reading(self._engine) as connection:
            for row in connection.execute(sa.select(table.c.n, table.c.digest)):
                known = indexed.pop(row.n, None)
                if known is None:
                    yield Difference(row.n, "is not in the index")
                elif known != digest_number(row.digest):
                    yield Difference(row.n, "is in the index as it was before")
        yield from (Difference(number, "is in the index only") for number in sorted(indexed))
