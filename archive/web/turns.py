"""Searches take turns, and so do programs: as many at a time as there are processors for them; all
pages, a few.

More at once would not be ready sooner, but all of them late: each waits for the others' share of
the processor, and the slow ones hold up the quick. A search hands the interpreter's lock over again
and again, and gets it back behind every other page that is being written. It promises that those
that wait are let in as they came, and that other pages wait for no search.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from functools import wraps

import anyio
from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

AT_LEAST = 2
"""While one search is in the index, another one's page is written."""
SEARCHES, PROGRAMS, HOSTS = "turns", "programs", "hosts"
"""Who takes turns among themselves."""
PAGES_AT_ONCE = 8
"""Pages of a process that are written at a time, on a thread each."""


class FewAtOnce:
    """An application whose pages, but for searches, are written PAGES_AT_ONCE at a time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer. The threads belong to the loop that runs this, and are counted there."""
        current_default_thread_limiter().total_tokens = PAGES_AT_ONCE
        await self._app(scope, receive, send)


Page = Callable[[Request], Response]
Waiting = Callable[[Request], Awaitable[Response]]


def in_turn(page: Page) -> Waiting:
    """``page``, a search, on a thread of its own, when it is its turn."""
    return _in_turn_of(SEARCHES, page)


def in_programs_turn(page: Page) -> Waiting:
    """The same for what programs ask for: a hundred harvesters wait for each other, and no reader
    for them."""
    return _in_turn_of(PROGRAMS, page)


def in_hosts_turn(page: Page) -> Waiting:
    """The same for what looks at every capture of a host, or into many articles."""
    return _in_turn_of(HOSTS, page)


def _in_turn_of(whose: str, page: Page) -> Waiting:
    @wraps(page)
    async def wait(request: Request) -> Response:
        return await run_sync(page, request, limiter=turns_of(whose, request))

    return wait


def turns_of(whose: str, request: Request) -> anyio.CapacityLimiter:
    """The turns under this name, as many as there are processors."""
    state = request.app.state
    if not hasattr(state, whose):
        # Not before: a limiter belongs to the loop it is made in.
        setattr(state, whose, anyio.CapacityLimiter(max(AT_LEAST, os.cpu_count() or 1)))
    turns: anyio.CapacityLimiter = getattr(state, whose)
    return turns
