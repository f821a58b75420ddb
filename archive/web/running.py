"""Running the reading room: a socket of its own, uvicorn on it, an orderly end.

It promises that a port in use is one clear line, and that nothing a reader asked for is logged.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from archive.errors import UsageError
from archive.web.patience import Patient

GRACE_SECONDS = 5
"""How long a request may still take once the room is closing."""
KEEP_ALIVE_SECONDS = 15
MAX_CONNECTIONS = 200
MAX_HEAD_BYTES = 16 * 1024


def is_loopback(host: str) -> bool:
    """Whether nothing but this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises UsageError when it cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host} port {port} ({error.strerror}): "
            "choose others with --host and --port"
        ) from error
    return listener


def server(app: ASGIApp, *, behind_proxy: bool = False) -> uvicorn.Server:
    """The server that answers for ``app``; it tells nobody what it is or who asked for what.

    ``behind_proxy``: what a proxy on this machine says of the client's address and scheme is true.
    """
    config = uvicorn.Config(
        app,
        # The server's own set-up of logging would let a second one of the process, for as long as
        # it takes, say what the first one begins.
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        limit_concurrency=MAX_CONNECTIONS,
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        http=Patient,
        ws="none",
        lifespan="off",
    )
    return uvicorn.Server(config)


@contextmanager
def running(app: ASGIApp, listener: socket.socket, *, behind_proxy: bool = False) -> Iterator[None]:
    """Answer on ``listener`` beside whatever the block does, until it ends."""
    beside = server(app, behind_proxy=behind_proxy)
    thread = threading.Thread(
        target=lambda: asyncio.run(beside.serve(sockets=[listener])), daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        beside.should_exit = True
        thread.join(GRACE_SECONDS)


def run(app: ASGIApp, listener: socket.socket, *, behind_proxy: bool = False) -> None:
    """Answer on ``listener`` until the process is interrupted or told to end."""
    server(app, behind_proxy=behind_proxy).run(sockets=[listener])
