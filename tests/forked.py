"""The process behind ``tests.forkserver``: it has the program loaded, and forks.

It promises a command that finds everything as a new process would: its own arguments, environment,
working directory and standard streams, the signals as they were, nothing of the program called
before, one thread. The interpreter ends as it always does.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn, TextIO, cast

LENGTH = struct.Struct("!q")
FURTHER = ("archive.backfill.run", "psycopg")
"""What a backfill needs beside what each process of a night does. None of it looks at the
environment while it is loaded, as the settings do, and the commands, whose help is in the user's
language."""


def received(talk: socket.socket) -> int:
    """The next number. Raises EOFError where there is none."""
    answer = talk.recv(LENGTH.size, socket.MSG_WAITALL)
    if len(answer) < LENGTH.size:
        raise EOFError("the other side has gone")
    number: int = LENGTH.unpack(answer)[0]
    return number


def serve(control: int) -> None:
    """Fork for each message on the socket ``control``, until its end."""
    # What is asked for may be anywhere; what is loaded here is all that is needed of this folder.
    sys.path.remove("")
    from crawler.side_by_side import LOADED

    for name in (*LOADED, *FURTHER):
        import_module(name)
    with socket.socket(fileno=control) as asked:
        while True:
            _, files, _, _ = socket.recv_fds(asked, 1, 3)
            if not files:
                break
            if os.fork() == 0:
                asked.close()
                _attend(*files)
                return
            for file in files:
                os.close(file)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
    # All that is left of what was forked.
    os.killpg(0, signal.SIGKILL)


def _attend(number: int, out: int, err: int) -> None:
    """Start a command and tell of its end; the command itself comes back from here."""
    talk = socket.socket(fileno=number)
    wanted = json.loads(talk.recv(received(talk), socket.MSG_WAITALL))
    child = os.fork()
    if child == 0:
        talk.close()
        _become(out, err, wanted)
    else:
        os.close(out)
        os.close(err)
        _tell_end(talk, child)


def _tell_end(talk: socket.socket, child: int) -> NoReturn:
    with suppress(OSError):  # nobody may be there any longer
        talk.sendall(LENGTH.pack(child))
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        exited = ended.si_code == os.CLD_EXITED
        talk.sendall(LENGTH.pack(ended.si_status if exited else -ended.si_status))
        talk.recv(1)
    os.waitpid(child, 0)
    os._exit(0)


def _become(out: int, err: int, wanted: dict[str, Any]) -> NoReturn:
    """Be the command, up to its end."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for file, number in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = map(_stream, (0, 1, 2), (sys.stdin, sys.stdout, sys.stderr))
    cast(TextIOWrapper, sys.stderr).reconfigure(line_buffering=True)
    os.chdir(wanted["folder"])
    before = os.environ.get("PYTHONPATH", "")
    os.environ.clear()
    os.environ.update(wanted["environment"])
    if (path := os.environ.get("PYTHONPATH", "")) != before:
        _customise(path)
    sys.exit(_command(wanted["arguments"])())


def _stream(number: int, like: TextIO) -> TextIO:
    """A new one, as Python makes it: the old one remembers what its file was."""
    mode, encoding, errors = like.mode, like.encoding, like.errors
    stream = os.fdopen(number, mode, encoding=encoding, errors=errors, closefd=False)
    return cast(TextIO, stream)


def _customise(path: str) -> None:
    """What Python does with this variable when it starts."""
    sys.path[:0] = [folder for folder in path.split(os.pathsep) if folder]
    sys.modules.pop("sitecustomize", None)
    with suppress(ModuleNotFoundError):
        import_module("sitecustomize")


def _command(arguments: Sequence[str]) -> Callable[[], str | int | None]:
    """``palimpsest …``, ``scrapy …`` or ``python -c PROGRAM …``."""
    program = Path(arguments[0])
    sys.argv = list(arguments)
    if list(arguments[:2]) == [sys.executable, "-c"]:
        sys.argv = ["-c", *arguments[3:]]
        sys.path.insert(0, "")
        return partial(exec, compile(arguments[2], "<string>", "exec"), {"__name__": "__main__"})
    sys.path.insert(0, str(program.parent))
    if program.name == "scrapy":
        from scrapy.cmdline import execute

        return execute
    assert program.name == "palimpsest", program
    from archive.cli import main

    return main
