"""HTTP proxies: absolute-form for http, a CONNECT tunnel for https (RFC 9110, section 9.3.6)."""

from __future__ import annotations

import asyncio
import base64
import ssl
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from archive.exchange import ResponseFraming
from crawler.wire.connect import Endpoint, addresses_of, connect, connect_failure
from crawler.wire.connection import Connection
from crawler.wire.errors import TimeLimitError, WireError
from crawler.wire.limits import Limits


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where the proxy is, and the credentials for it as a Proxy-Authorization value."""

    endpoint: Endpoint
    authorization: bytes | None = None

    @classmethod
    def of(cls, url: str) -> Proxy:
        """Read ``http://user:password@host:port``. Raises WireError for any other kind."""
        url = url if "://" in url else f"http://{url}"
        endpoint = Endpoint.of(url)
        if endpoint.scheme != "http":
            raise WireError("proxy", f"only http proxies can be used, not {endpoint.scheme}")
        parts = urlsplit(url)
        if parts.username is None:
            return cls(endpoint)
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        return cls(endpoint, b"Basic " + base64.b64encode(secret))


async def connect_through(
    proxy: Proxy,
    target: Endpoint,
    context: ssl.SSLContext | None,
    limits: Limits,
    deadline: float,
) -> Connection:
    """Connect to the proxy and, for https, on through it to ``target``. Raises WireError."""
    ips = await addresses_of(proxy.endpoint, None, limits.connect)
    connection = await connect(proxy.endpoint, ips, None, limits.connect)
    if context is None:
        return connection
    try:
        await _open_tunnel(connection, proxy, target, limits, deadline)
        await _start_tls(connection, target, context, limits)
    except BaseException:
        connection.abort()
        raise
    return connection


async def _open_tunnel(
    connection: Connection, proxy: Proxy, target: Endpoint, limits: Limits, deadline: float
) -> None:
    host = f"[{target.host}]" if ":" in target.host else target.host
    authority = f"{host}:{target.port}".encode("ascii")
    lines = [b"CONNECT " + authority + b" HTTP/1.1", b"Host: " + authority]
    if proxy.authorization:
        lines.append(b"Proxy-Authorization: " + proxy.authorization)
    framing = ResponseFraming("CONNECT", max_head=limits.max_head, max_body=limits.max_body)
    await connection.exchange(b"\r\n".join(lines) + b"\r\n\r\n", framing, limits, deadline)
    if framing.head is None or not 200 <= framing.head.status < 300:
        status = framing.head.status if framing.head else 0
        raise WireError("proxy", f"the proxy answered {status} to CONNECT")


async def _start_tls(
    connection: Connection, target: Endpoint, context: ssl.SSLContext, limits: Limits
) -> None:
    assert connection.transport is not None
    loop = asyncio.get_running_loop()
    try:
        transport = await loop.start_tls(
            connection.transport,
            connection,
            context,
            server_hostname=target.host,
            ssl_handshake_timeout=limits.connect,
        )
    except TimeoutError as error:
        raise TimeLimitError("connect-timeout", "TLS handshake") from error
    except (OSError, ssl.SSLError) as error:
        raise connect_failure(error) from error
    if transport is None:
        raise WireError("tls", "the connection was closed during the handshake")
    connection.transport = transport
