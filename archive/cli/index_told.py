"""A search index that is made again, whoever asked for it: told, so that nobody waits unawares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.cli.output import note
from archive.messages.language import say

if TYPE_CHECKING:
    from archive.progress import Show
    from archive.store.index import Steps


class IndexTold:
    """Says so when it begins, and then how far it has come, a line a minute."""

    def __init__(self) -> None:
        self._show: Show | None = None

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total`` articles are in it."""
        if self._show is None:
            note(say("index.made_again", articles=total))
            self._show = _plain()
        _tell(self._show, done, total)


def steps_shown(show: Show) -> Steps:
    """The same on ``show``, for who asked for it."""
    return lambda done, total: _tell(show, done, total)


def _tell(show: Show, done: int, total: int) -> None:
    from archive.progress import State

    show(State(done, total, say("index.progress", done=done, articles=total)))


def _plain() -> Show:
    import sys
    import time

    # It takes long to load, and is seldom needed.
    from archive.progress import plain

    return plain(time.monotonic, sys.stderr.write)
