"""Commands of the program as processes that need not load it first.

To load the program takes two seconds of a processor, to walk a little site a few tenths of one.
Here one process has it loaded (``tests.forked``), and a fork of that becomes each command. Signals
and exit codes are the system's own. It promises that no command outlives the tests, and that a
signal reaches whom the test means: a process that has ended keeps its number until the test knows.

All commands of one server share the seed of hashes. A test whose promise is how the program starts,
or whose command needs more of the system than an environment, starts the program itself.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Thread

from tests.forked import LENGTH, received

ROOT = Path(__file__).parents[1]
SERVE = "import sys; from tests.forked import serve; serve(int(sys.argv[1]))"
END_SECONDS = 10.0
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""A process with threads is not to be forked, and numpy starts some when it is loaded."""


class Process:
    """A command that runs: what tests ask of ``subprocess.Popen[str]``, with the same meaning."""

    def __init__(self, arguments: Sequence[str], talk: socket.socket, pipes: Sequence[int]) -> None:
        self.args = arguments
        self.returncode: int | None = None
        self._talk = talk
        self._said = [b"" for _ in pipes]
        self._readers = [Thread(target=self._read, args=one) for one in enumerate(pipes)]
        for reader in self._readers:
            reader.start()
        self.pid = received(talk)

    def _read(self, at: int, pipe: int) -> None:
        with open(pipe, "rb") as stream:
            self._said[at] = stream.read()

    def poll(self) -> int | None:
        """The exit code, or minus the signal that ended it; None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._talk], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(list(self.args), timeout or 0.0)
            with self._talk:
                self.returncode = received(self._talk)
                # Now that it is known here, the system may have the process' number back.
                self._talk.shutdown(socket.SHUT_WR)
                self._talk.recv(1)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait until nobody holds its streams, and for its end; what it said. Raises
        TimeoutExpired."""
        end = None if timeout is None else time.monotonic() + timeout
        for reader in self._readers:
            reader.join(_left(end))
            if reader.is_alive():
                raise subprocess.TimeoutExpired(list(self.args), timeout or 0.0)
        self.wait(_left(end))
        out, err = (said.decode() for said in self._said)
        return out, err

    def send_signal(self, number: int) -> None:
        """Nothing happens where it is known to have ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it where it is."""
        self.send_signal(signal.SIGKILL)


def _left(end: float | None) -> float | None:
    return None if end is None else max(0.0, end - time.monotonic())


class ForkServer:
    """The process that has the program loaded, in a session of its own with all that it forks."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", SERVE, str(theirs.fileno())],
                cwd=ROOT,
                env=os.environ | ONE_THREAD,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def start(self, arguments: Sequence[str], env: Mapping[str, str], cwd: Path) -> Process:
        """A process for this command line: see ``tests.forked`` for those that it knows."""
        wanted = {"arguments": list(arguments), "environment": dict(env), "folder": str(cwd)}
        request = json.dumps(wanted).encode()
        talk, theirs = socket.socketpair()
        out, err = os.pipe(), os.pipe()
        try:
            socket.send_fds(self._control, [b"."], [theirs.fileno(), out[1], err[1]])
        finally:
            theirs.close()
            for _, writing in (out, err):
                os.close(writing)
        talk.sendall(LENGTH.pack(len(request)) + request)
        return Process(arguments, talk, [out[0], err[0]])

    def close(self) -> None:
        """End it, and all that it forked."""
        self._control.close()
        self._process.wait(END_SECONDS)


@cache
def server() -> ForkServer:
    """One for each process of the tests, made when it is first asked for."""
    return ForkServer()


def close() -> None:
    """End the server of this process, if there is one."""
    if server.cache_info().currsize:
        server().close()
        server.cache_clear()


def start(
    arguments: Sequence[str], env: Mapping[str, str] = os.environ, cwd: Path | None = None
) -> Process:
    """``subprocess.Popen`` with pipes for a command that is loaded already."""
    return server().start(arguments, env, cwd or Path.cwd())


def run(
    arguments: Sequence[str],
    env: Mapping[str, str] = os.environ,
    cwd: Path | None = None,
    *,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """``subprocess.run`` of such a command, with its output captured. Raises TimeoutExpired, and
    ends the command then."""
    process = start(arguments, env, cwd)
    try:
        out, err = process.communicate(timeout)
    except BaseException:
        process.kill()
        raise
    return subprocess.CompletedProcess(list(arguments), process.wait(), out, err)
