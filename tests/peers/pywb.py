"""Where the peers are installed, and pywb served on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PEERS = Path(os.environ.get("PALIMPSEST_PEERS", "/nonexistent"), "bin").resolve()
START_SECONDS = 60


@contextmanager
def pywb(folder: Path) -> Iterator[int]:
    """pywb over the collections in ``folder``; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(PEERS / "wayback"), "-b", "127.0.0.1", "-p", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, "pywb did not start"
            time.sleep(0.2)
        else:
            return
