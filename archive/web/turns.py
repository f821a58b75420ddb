"""Searches take turns: as many at a time as there are processors for them.

More at once would not be ready sooner, but all of them late: each waits for the others' share of
the processor, and the slow ones hold up the quick. It promises that those that wait are let in as
they came, and that other pages wait for none of them.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from functools import wraps

import anyio
from anyio.to_thread import run_sync
from fastapi import Request
from starlette.responses import Response

AT_LEAST = 2
"""While one search is in the index, another one's page is written."""


def in_turn(page: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """``page`` on a thread of its own, when it is its turn."""

    @wraps(page)
    async def wait(request: Request) -> Response:
        return await run_sync(page, request, limiter=_turns(request))

    return wait


def _turns(request: Request) -> anyio.CapacityLimiter:
    state = request.app.state
    if not hasattr(state, "turns"):
        # Not before: a limiter belongs to the loop it is made in.
        state.turns = anyio.CapacityLimiter(max(AT_LEAST, os.cpu_count() or 1))
    turns: anyio.CapacityLimiter = state.turns
    return turns
