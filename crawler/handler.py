"""Scrapy's download handler for http and https: fetches with our client, keeps, then answers.

It promises that every exchange, failed ones included, was given to the keeper before anyone sees a
response or an exception; that the response's body is content-decoded; and that errors are those
Scrapy knows (scrapy.exceptions), each with a cause that names its reason.
"""

from __future__ import annotations

import ipaddress
import urllib.request
from dataclasses import replace
from typing import Literal, NoReturn
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from archive.addresses import host_of
from archive.errors import ContentCodingError, ContentTooLargeError
from archive.exchange import MAX_BODY_BYTES, HttpMessage
from archive.model import Capture
from archive.remembered import remembered
from archive.statuses import SUCCESS
from archive.store import PageCopy
from crawler.beginnings import beginning_of, narrowed
from crawler.client import Client, Exchange, WireRequest
from crawler.guard import AddressRefused, is_loopback
from crawler.keeper import keeper_of
from crawler.stopped import Ends
from crawler.wire.contexts import Contexts
from crawler.wire.errors import (
    AddressNotAllowedError,
    LossError,
    RefusedError,
    SizeLimitError,
    TimeLimitError,
    UnknownHostError,
    WireError,
)
from crawler.wire.limits import Limits

UNDONE_HEADERS = frozenset({"content-encoding", "transfer-encoding"})
"""They speak of codings that are undone in the response's body."""
REMEMBERED_NAMES = 128
"""Names of headers whose spelling in Scrapy is remembered."""
REMEMBERED_LIMITS = 16

_DOWNLOAD_ERRORS: tuple[tuple[type[WireError], type[Exception]], ...] = (
    (UnknownHostError, CannotResolveHostError),
    (RefusedError, DownloadConnectionRefusedError),
    (TimeLimitError, DownloadTimeoutError),
    (SizeLimitError, DownloadCancelledError),
    (LossError, ResponseDataLossError),
    (WireError, DownloadFailedError),
)


class CaptureHandler(BaseDownloadHandler):
    """Settings: DOWNLOAD_TIMEOUT, DOWNLOAD_MAXSIZE, DOWNLOAD_VERIFY_CERTIFICATES (Scrapy's), and
    PALIMPSEST_UNVERIFIED_HOSTS, hosts whose certificates are not looked at.

    Meta keys read: download_timeout, download_maxsize, proxy, via, kept (the archive's own copy,
    which the answer may repeat), enough (see ``crawler.beginnings``). Written: capture, message,
    pointer, download_latency, is_beginning.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._limits = _limited(
            Limits(), settings.getfloat("DOWNLOAD_TIMEOUT"), settings.getint("DOWNLOAD_MAXSIZE")
        )
        contexts = Contexts(
            verify=settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"),
            unverified=settings.getlist("PALIMPSEST_UNVERIFIED_HOSTS"),
        )
        self._keeper = keeper_of(crawler)
        self._ends = Ends()
        self._proxies = urllib.request.getproxies()
        self._client = Client(self._keeper.allow_address, contexts.of, self._limits)

    async def download_request(self, request: Request) -> Response:
        """Fetch, keep, answer. Raises the download errors of scrapy.exceptions, AddressRefused
        where the guard forbids the host's address, and what the keeper raises."""
        wire_request = WireRequest(
            url=request.url,
            method=request.method,
            headers=_header_pairs(request),
            body=request.body,
            via=request.meta.get("via"),
            proxy=self._proxy_for(request),
        )
        try:
            exchange = await self._client.fetch(wire_request, self._limits_of(request))
        except AddressNotAllowedError as error:
            raise AddressRefused("private-address", str(error)) from error
        except WireError as error:
            raise DownloadFailedError(str(error)) from error
        if exchange.earlier is not None:
            self._keeper.keep(exchange.earlier)
        exchange, content = self._decoded(exchange, request.meta.get("kept"))
        request.meta["download_latency"] = exchange.latency
        request.meta["capture"] = exchange.capture
        request.meta["message"] = exchange.message
        whole = exchange.message if exchange.error is None else None
        request.meta["pointer"] = self._keeper.keep(
            exchange.capture, request.meta.get("kept"), whole
        )
        begun = beginning_of(exchange, request.meta.get("enough"))
        request.meta["is_beginning"] = begun is not None
        if exchange.message is None or (exchange.error is not None and begun is None):
            _raise(exchange)
        body = content if begun is None else begun
        return _response(request, exchange.message, body, exchange.capture)

    def _decoded(self, exchange: Exchange, kept: PageCopy | None) -> tuple[Exchange, bytes]:
        """The answer's content; an answer whose content is not whole is one that failed."""
        message = exchange.message
        if exchange.error is not None or message is None:
            return exchange, b""
        try:
            content = message.content()
        except ContentTooLargeError as error:
            return _failed(exchange, SizeLimitError("content-too-large", str(error)), None), b""
        except ContentCodingError as error:
            return _failed(exchange, LossError("content-coding", str(error)), None), b""
        url = exchange.capture.url
        if self._ends.is_stopped(url, host_of(url), message, content, lambda: self._copy(kept)):
            stopped = LossError("page-cut", "it stops before its end")
            return _failed(exchange, stopped, "disconnect"), b""
        return exchange, content

    def _copy(self, kept: PageCopy | None) -> bytes | None:
        return None if kept is None else self._keeper.content_of(kept)

    async def close(self) -> None:
        """Close the connections that are kept open."""
        await self._client.close()

    def _limits_of(self, request: Request) -> Limits:
        timeout = float(request.meta.get("download_timeout") or 0)
        size = int(request.meta.get("download_maxsize") or 0)
        limits = _limited(self._limits, timeout, size) if timeout or size else self._limits
        return narrowed(limits, request.meta.get("enough"))

    def _proxy_for(self, request: Request) -> str | None:
        named = request.meta.get("proxy")
        if named:
            return str(named)
        if not self._proxies:
            return None
        parts = urlsplit(request.url)
        proxy = self._proxies.get(parts.scheme)
        if proxy is None or is_loopback(host_of(request.url)):
            return None
        return None if urllib.request.proxy_bypass(parts.netloc) else proxy


@remembered(REMEMBERED_LIMITS)
def _limited(limits: Limits, seconds: float, size: int) -> Limits:
    """``limits`` made narrower; 0 leaves them as they are."""
    total = min(limits.total, seconds) if seconds > 0 else limits.total
    body = min(MAX_BODY_BYTES, size) if size > 0 else limits.max_body
    return replace(
        limits,
        total=total,
        connect=min(limits.connect, total),
        idle=min(limits.idle, total),
        max_body=body,
    )


_ip_address = remembered(256)(ipaddress.ip_address)


def _header_pairs(request: Request) -> list[tuple[bytes, bytes]]:
    return [
        (name, value)
        for name, values in request.headers.items()
        for value in values
        if name.lower() != b"proxy-authorization"
    ]


def _raise(exchange: Exchange) -> NoReturn:
    error = exchange.error or WireError("not-http", "no response head")
    unanswered = isinstance(error, LossError) and not exchange.capture.response
    for kind, download_error in _DOWNLOAD_ERRORS:
        if isinstance(error, kind) and not (unanswered and kind is LossError):
            raise download_error(str(error)) from error
    raise DownloadFailedError(str(error)) from error


def _failed(
    exchange: Exchange, error: WireError, truncated: Literal["disconnect"] | None
) -> Exchange:
    """The bytes of the message are all there, and still it did not come whole. What a status says
    without its content holds all the same."""
    is_needed = exchange.message is not None and exchange.message.status in SUCCESS
    told = str(error) if is_needed else None
    capture = replace(exchange.capture, error=told, truncated=truncated)
    return replace(exchange, error=error, capture=capture)


def _response(request: Request, message: HttpMessage, body: bytes, capture: Capture) -> Response:
    headers = _headers(message)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    response = kind(
        url=request.url,
        status=message.status,
        body=body,
        request=request,
        flags=list(message.faults),
        ip_address=_ip_address(capture.ip) if capture.ip else None,
        protocol=f"HTTP/{message.version}",
    )
    # It would be copied value by value.
    response.headers = headers
    return response


def _headers(message: HttpMessage) -> Headers:
    """What the message's head says as Scrapy has it, but for what was undone here."""
    values: dict[bytes, list[bytes]] = {}
    for name, value in message.headers:
        if (key := _header_key(name)) is not None:
            values.setdefault(key, []).append(value.encode("latin-1"))
    headers = Headers()
    # Names and values are as they should be: to have each looked at takes a tenth of a millisecond.
    dict.update(headers, values)
    return headers


@remembered(REMEMBERED_NAMES)
def _header_key(name: str) -> bytes | None:
    """Under what Scrapy knows the header ``name``; None for one that was undone."""
    lower = name.lower()
    return None if lower in UNDONE_HEADERS else Headers().normkey(lower.encode("latin-1"))
