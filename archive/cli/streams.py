"""Standard input, output and error as whoever started the program left them.

A timer may have closed them, and a terminal may know fewer characters than a title has. It promises
that a closed one swallows what is written to it and hands its number to no file of the archive,
into which a stray line would then be written; that what cannot be written as it is is written with
escapes; that an error of standard output names it; and that no work ends because what is said
beside it finds nobody (a log's reader that has died, a full disk).
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

STANDARD_OUTPUT = "<standard output>"
"""What standard output is called in its errors."""
_closed: set[str] = set()
"""Names of those that were closed."""
_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def make_whole() -> None:
    """Open what is closed, and let every character through. Raises OSError."""
    for number, (name, mode) in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            _open_nothing(number)
            _closed.add(name)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = _over(_Named(sys.stdout.fileno(), "w", closefd=False), sys.stdout)
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _over(_Unheard(sys.stderr.fileno(), "w", closefd=False), sys.stderr)


def has_output() -> bool:
    """Does what is written to standard output come to anybody?"""
    return "stdout" not in _closed


def _over(file: io.FileIO, like: io.TextIOWrapper) -> io.TextIOWrapper:
    """A stream of text over ``file`` as ``like`` is one."""
    return io.TextIOWrapper(
        io.BufferedWriter(file),
        encoding=like.encoding,
        errors=like.errors,
        line_buffering=like.line_buffering,
        write_through=like.write_through,
    )


class _Named(io.FileIO):
    """A file whose errors say which it is."""

    def write(self, data: Buffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise OSError(error.errno, error.strerror, STANDARD_OUTPUT) from error


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
