"""Opening connections: every address is checked by the guard, and the checked one is used.

A name that resolves to a public address for the check and to a private one for the connection
(DNS rebinding) gets nowhere: it is resolved once.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from archive.remembered import remembered
from crawler.wire.connection import Connection
from crawler.wire.errors import (
    AddressNotAllowedError,
    RefusedError,
    TimeLimitError,
    UnknownHostError,
    WireError,
)

DEFAULT_PORTS = {"http": 80, "https": 443}
REMEMBERED_SERVERS = 256

AllowAddress = Callable[[str, str], bool]
"""(host as the URL's authority, IP address) -> may it be connected to."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Scheme, host name and port of a server; hashable, for pools."""

    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """Host in lower case, with the port unless it is the scheme's own."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if DEFAULT_PORTS.get(self.scheme) == self.port else f"{name}:{self.port}"

    @staticmethod
    def of(url: str) -> Endpoint:
        """The server of ``url``. Raises WireError when the address names none."""
        try:
            parts = urlsplit(url)
            found = _endpoint(parts.scheme, parts.netloc)
        except ValueError as error:
            raise WireError("bad-address", str(error)) from error
        if found is None:
            raise WireError("bad-address", url[:200])
        return found


@remembered(REMEMBERED_SERVERS)
def _endpoint(scheme: str, netloc: str) -> Endpoint | None:
    """The server; None where this is none. Raises ValueError where the port is none."""
    parts = SplitResult(scheme.lower(), netloc, "", "", "")
    host = (parts.hostname or "").lower()
    port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    is_server = parts.scheme in DEFAULT_PORTS and host
    return Endpoint(parts.scheme, host, port) if is_server else None


async def addresses_of(endpoint: Endpoint, allow: AllowAddress | None, timeout: float) -> list[str]:
    """The IP addresses of the host that may be connected to, in the resolver's order.

    Raises UnknownHostError, TimeLimitError, AddressNotAllowedError.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(timeout):
            found = await loop.getaddrinfo(
                endpoint.host, endpoint.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
            )
    except TimeoutError as error:
        raise TimeLimitError("dns-timeout", endpoint.host) from error
    except (OSError, UnicodeError) as error:
        raise UnknownHostError("unknown-host", f"{endpoint.host}: {error}") from error
    ips = list(dict.fromkeys(str(info[4][0]) for info in found))
    if not ips:
        raise UnknownHostError("unknown-host", endpoint.host)
    allowed = [ip for ip in ips if allow is None or allow(endpoint.authority, ip)]
    if not allowed:
        raise AddressNotAllowedError(endpoint.authority, ips[0])
    return allowed


async def connect(
    endpoint: Endpoint, ips: list[str], context: ssl.SSLContext | None, timeout: float
) -> Connection:
    """Connect to the first of ``ips`` that answers, with TLS when ``context`` is given.

    ``timeout`` is in seconds and for all of them. Raises WireError.
    """
    loop = asyncio.get_running_loop()
    failure: WireError | None = None
    try:
        async with asyncio.timeout(timeout):
            for ip in ips:
                try:
                    _, connection = await loop.create_connection(
                        Connection,
                        ip,
                        endpoint.port,
                        ssl=context,
                        server_hostname=endpoint.host if context else None,
                        ssl_handshake_timeout=timeout if context else None,
                    )
                except (OSError, ssl.SSLError) as error:
                    failure = connect_failure(error)
                else:
                    return connection
    except TimeoutError as error:
        raise TimeLimitError("connect-timeout", f"{timeout:.3g} s") from error
    raise failure or WireError("connect-failed", "no address")


def connect_failure(error: Exception) -> WireError:
    """What went wrong while connecting, as one of ours."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return WireError("tls-certificate", error.verify_message)
    if isinstance(error, ssl.SSLError):
        return WireError("tls", error.reason or str(error))
    if isinstance(error, ConnectionRefusedError):
        return RefusedError("connection-refused", str(error))
    if isinstance(error, TimeoutError):
        return TimeLimitError("connect-timeout", str(error))
    if isinstance(error, ConnectionAbortedError | ConnectionResetError):
        return WireError("reset", "while connecting")
    return WireError("connect-failed", str(error))
