"""What holds for every request before a page sees it, and for every answer before it leaves.

Requests: addressed to a host that is ours, short enough, not too many. Answers: headers that keep a
browser from running, framing, guessing or telling anybody anything. Pure ASGI, so that nothing is
buffered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from limits import RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archive.web.authority import host_in
from archive.web.counting import SharedStorage
from archive.web.settings import MAX_ADDRESS_BYTES, MAX_BODY_BYTES, Settings

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing but what the reading room itself serves, and no script or style written in a page."""

KEPT_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""For bytes of the web as they were: they may be looked at, and do nothing."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": PAGE_POLICY,
    "Cache-Control": "no-cache",
}


class Guard:
    """The outermost layer of the application."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        headers: Mapping[str, str] = HEADERS,
        *,
        counted_as: str = "room",
    ) -> None:
        self._app = app
        self._counted_as = counted_as
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self._hosts = {host.lower() for host in settings.hosts}
        self._rate = RateLimitItemPerMinute(settings.rate) if settings.rate else None
        self._limiter = FixedWindowRateLimiter(SharedStorage(settings.counters))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with a plain line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send, self._headers)
        if scope["method"] == "HEAD":
            # What GET answers, without the content (RFC 9110, section 9.3.2): the routes know GET.
            scope, guarded = {**scope, "method": "GET"}, _without_content(guarded)
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, _bounded(receive), guarded)
        else:
            await refusal(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if "transfer-encoding" in headers and "content-length" in headers:
            # Two servers may part such a request in two places (RFC 9112, section 6.3).
            text = "The request has two lengths: Content-Length and Transfer-Encoding."
            return _line(400, text, {"Connection": "close"})
        named = headers.get("host")
        host = None if named is None else host_in(named)
        if named is not None and host is None:
            return _line(400, "The request's Host header is no host with a port.")
        if self._hosts and host not in self._hosts:
            return _line(421, "This reading room does not answer to that host name.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS_BYTES:
            return _line(414, f"The address is longer than {MAX_ADDRESS_BYTES} bytes.")
        if _length(headers) > MAX_BODY_BYTES:
            return _line(413, f"The request is longer than {MAX_BODY_BYTES} bytes.")
        client = (scope.get("client") or ("",))[0]
        if self._rate is not None and not self._limiter.hit(self._rate, self._counted_as, client):
            return _line(429, "Too many requests; try again in a minute.", {"Retry-After": "60"})
        return None


def _line(status: int, text: str, headers: dict[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(text + "\n", status, headers)


def _length(headers: Headers) -> int:
    try:
        return int(headers.get("content-length", "0"))
    except ValueError:
        return MAX_BODY_BYTES + 1


def _bounded(receive: Receive) -> Receive:
    """A body without a length must not be endless either: what is too much is left out."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY_BYTES:
            return {"type": "http.request", "body": b"", "more_body": False}
        return message

    return limited


def _with_headers(send: Send, wanted: Sequence[tuple[bytes, bytes]]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message["headers"])
            known = {name for name, _ in given}
            missing = [one for one in wanted if one[0] not in known]
            message = {**message, "headers": given + missing}
        await send(message)

    return sending


def _without_content(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending
