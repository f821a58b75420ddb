"""Visits that come in at the same moment are taken into the archive together.

A commit costs as much for one page as for ten. It promises that a visit is said to have landed only
when it is committed, that none waits for another one that has not come yet (what is here within a
few rounds of the event loop goes in, and where nothing else is to be done these take no time), and
that a visit which fails takes no other with it.

A kill costs no more by it than without: what is not committed has not landed, so it counts among
what is on its way, of which there is never more than crawler.job allows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from archive.errors import DataDirectoryError, StoreError
from archive.store import Store
from crawler.visit import Visit

ROUNDS = 3
"""Rounds of the event loop in which visits come together: where a server is fast, six of them in
three rounds and three in one."""

_Waiting = tuple[Visit, asyncio.Future[None]]


class Landing:
    """``take`` makes one visit's rows, within a transaction of ``store`` that is shared; ``after``
    is what is to be done in the same transaction when all are in."""

    def __init__(
        self, store: Store, take: Callable[[Visit], None], after: Callable[[], None]
    ) -> None:
        self._store = store
        self._take = take
        self._after = after
        self._waiting: list[_Waiting] = []

    async def land(self, visit: Visit) -> None:
        """Returns when the visit is committed. Raises what ``take`` raised over it, or what kept
        the transaction from being committed."""
        loop = asyncio.get_running_loop()
        landed = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._after_rounds, ROUNDS - 1)
        self._waiting.append((visit, landed))
        await landed

    def _after_rounds(self, left: int) -> None:
        if left:
            asyncio.get_running_loop().call_soon(self._after_rounds, left - 1)
        else:
            self._all()

    def _all(self) -> None:
        group, self._waiting = self._waiting, []
        failed: dict[int, Exception] = {}
        try:
            with self._store.together():
                for place, (visit, _) in enumerate(group):
                    try:
                        with self._store.apart():
                            self._take(visit)
                    except (StoreError, DataDirectoryError):
                        raise
                    except Exception as error:
                        failed[place] = error
                self._after()
        except Exception as error:
            failed = dict.fromkeys(range(len(group)), error)
        for place, (_, landed) in enumerate(group):
            if landed.done():
                continue
            if place in failed:
                landed.set_exception(failed[place])
            else:
                landed.set_result(None)
