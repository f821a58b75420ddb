"""Cookies, for hosts that give no page without: a redirect to itself that sets one is such a host.

Everywhere else none are sent: a page is kept as everybody gets it, and no session begins. It
promises that a host's cookies go to that host alone (RFC 6265, by Scrapy's jar), that they end with
the run, and that a server which sets thousands costs no more than one which sets a few.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from crawler.canonical import host_of

MAX_COOKIES = 20
"""Of one answer; what sets more is not listened to. Nor are more of one domain held: they are kept
with every request, so that a new name with each answer would fill the disk."""

MAX_BYTES = 8_192
"""Of one answer's cookies, and of those held of one domain."""


class Cookies:
    """Those of one run."""

    def __init__(self) -> None:
        self._jar = CookieJar()
        self._wanted: set[str] = set()

    def help(self, response: Response) -> bool:
        """``response`` redirects to itself: may it be asked for again, since it has set cookies
        that were not sent with this request?"""
        request = response.request
        assert request is not None
        self._wanted.add(host_of(request.url))
        self.hear(response)
        again = Request(request.url)
        self.add_to(again)
        return again.headers.get("Cookie") != request.headers.get("Cookie")

    def hear(self, response: Response) -> None:
        """Keep what a host that wants cookies sets."""
        request = response.request
        if not self._wanted or request is None or host_of(request.url) not in self._wanted:
            return
        said = response.headers.getlist("Set-Cookie")
        if said and len(said) <= MAX_COOKIES and sum(map(len, said)) <= MAX_BYTES:
            self._jar.extract_cookies(response, request)
            self._let_go()

    def _let_go(self) -> None:
        """Forget all of a domain that has come to more than is held of one."""
        held: dict[str, list[int]] = {}
        for one in self._jar.jar:
            held.setdefault(one.domain, []).append(len(one.name) + len(one.value or ""))
        for domain, sizes in held.items():
            if len(sizes) > MAX_COOKIES or sum(sizes) > MAX_BYTES:
                self._jar.jar.clear(domain)

    def add_to(self, request: Request) -> None:
        """Put the host's cookies on a request to it, where it wants them."""
        if self._wanted and host_of(request.url) in self._wanted:
            self._jar.add_cookie_header(request)
