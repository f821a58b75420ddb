"""Standard input, output and error as whoever started the program left them.

A timer may have closed them, and a terminal may know fewer characters than a title has. It promises
that a closed one swallows what is written to it and hands its number to no file of the archive,
into which a stray line would then be written; and that what cannot be written as it is is written
with escapes.
"""

from __future__ import annotations

import io
import os
import sys

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


def _open_nothing(number: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    if nothing != number:
        os.dup2(nothing, number)
        os.close(nothing)
