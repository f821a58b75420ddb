"""How long a night waits in all for those who are to be told of it and do not answer.

A night tells of each of its sites by itself: three hundred of them, and a webhook that is silent,
would keep it for hours, and so would one that takes a quarter of a minute for each answer. It
promises that whoever does not answer costs a night so many seconds at most, and whoever answers
slowly five times as many, however many sites it has and whichever of its processes walk them, and
that one who is silent takes no time of another one's.
"""

from __future__ import annotations

import fcntl
import os
import struct
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

PATIENCE_SECONDS = 120
"""For each who is to be told, in a night."""
_COUNT = struct.Struct("i")


class Patience:
    """The seconds that are left for each who is to be told, by name: a byte each in a pipe, so that
    processes which have its end (``sources``) take from the same."""

    def __init__(self, sources: Mapping[str, int]) -> None:
        self.sources = dict(sources)

    def left(self, name: str) -> int:
        """Seconds that whoever it is may still be waited for."""
        counted = fcntl.ioctl(self.sources[name], termios.FIONREAD, bytes(_COUNT.size))
        return int(_COUNT.unpack(counted)[0])

    def spend(self, name: str, seconds: float) -> None:
        """So long it was waited for; who answers, or refuses, at once costs nothing."""
        # Nobody writes any more: where another process was quicker, what is left is read.
        os.read(self.sources[name], round(seconds))


@contextmanager
def patience(names: Sequence[str], seconds: int = PATIENCE_SECONDS) -> Iterator[Patience]:
    """A night's own, or that which was lent to this process."""
    if _lent:
        yield Patience(_lent)
        return
    sources = {name: _filled(seconds) for name in names}
    try:
        yield Patience(sources)
    finally:
        for source in sources.values():
            os.close(source)


def borrow(sources: Mapping[str, int]) -> None:
    """This process walks a site of a night that another one makes: their patience is one."""
    _lent.update(sources)


_lent: dict[str, int] = {}


def _filled(seconds: int) -> int:
    source, target = os.pipe()
    os.write(target, bytes(seconds))
    os.close(target)
    return source
