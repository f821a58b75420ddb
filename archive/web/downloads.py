"""Downloads of any length beside pages that are written quickly.

A file that is made whole before it is sent keeps its thread for as long as the archive is large,
and a dozen of them would have all threads that pages are written on. It promises that downloads
have threads of their own, few of them and in turns, that a reader who takes his time holds a piece
of the file and no more, and that nothing is made for one who has left.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import BinaryIO, TypeVar

import anyio
from anyio.from_thread import check_cancelled
from anyio.to_thread import run_sync
from fastapi import Request

DOWNLOADS_AT_ONCE = 2
"""Of a process; the others wait for a piece of theirs to be made, in the order they came."""
IN_MEMORY_BYTES = 4 * 1024 * 1024
PIECE_BYTES = 64 * 1024
"""What is made at a time of a file that is sent as it is read, and held for its reader."""

Read = TypeVar("Read")


def while_wanted(read: Iterable[Read]) -> Iterator[Read]:
    """The same, for as long as somebody waits for what is made of it: the first that is asked for
    after he left ends the work."""
    for one in read:
        check_cancelled()
        yield one


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of PIECE_BYTES or somewhat more."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= PIECE_BYTES:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def made_whole(write: Callable[[BinaryIO], object]) -> Iterator[bytes]:
    """What ``write`` puts into a file, in pieces: on disk first where it is more than
    IN_MEMORY_BYTES."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as whole:
        write(whole)  # type: ignore[arg-type]  # it is a binary file
        whole.seek(0)
        while piece := whole.read(PIECE_BYTES):
            yield piece


async def made_in_turn(request: Request, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, each made on a thread for downloads when it is its turn."""
    limiter = _turns(request)
    while (piece := await run_sync(next, pieces, None, limiter=limiter)) is not None:
        yield piece


def _turns(request: Request) -> anyio.CapacityLimiter:
    state = request.app.state
    if not hasattr(state, "downloads"):
        # Not before: a limiter belongs to the loop it is made in.
        state.downloads = anyio.CapacityLimiter(DOWNLOADS_AT_ONCE)
    turns: anyio.CapacityLimiter = state.downloads
    return turns
