"""Standard input, output and error as whoever started the program left them.

A timer may have closed them, and a terminal may know fewer characters than a title has. It promises
that a closed one swallows what is written to it and hands its number to no file of the archive,
into which a stray line would then be written; that what cannot be written as it is is written
with escapes; and that no work ends because what is said beside it finds nobody (a log's reader that
has died, a full disk).
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def make_whole() -> None:
    """Open what is closed, and let every character through. Raises OSError."""
    for number, (name, mode) in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            _open_nothing(number)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = io.TextIOWrapper(
            io.BufferedWriter(_Unheard(sys.stderr.fileno(), "w", closefd=False)),
            encoding=sys.stderr.encoding,
            errors=sys.stderr.errors,
            line_buffering=True,
        )


class _Unheard(io.FileIO):
    """A file that takes what cannot be written for written."""

    def write(self, data: Buffer, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _open_nothing(number: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    if nothing != number:
        os.dup2(nothing, number)
        os.close(nothing)
