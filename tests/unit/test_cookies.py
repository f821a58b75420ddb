"""Cookies of hosts that give no page without: kept, sent back, and bounded whatever they set."""

from __future__ import annotations

from collections.abc import Sequence

from scrapy import Request
from scrapy.http import Response

from crawler.cookies import MAX_BYTES, MAX_COOKIES, Cookies

URL = "http://www.example.ac.cn/"


def answer(said: Sequence[str], path: str = "") -> Response:
    headers = {"Set-Cookie": list(said), "Location": URL}
    return Response(URL + path, status=302, headers=headers, request=Request(URL + path))


def sent(cookies: Cookies, path: str = "") -> bytes:
    request = Request(URL + path)
    cookies.add_to(request)
    return request.headers.get("Cookie") or b""


def test_a_cookie_that_is_set_anew_with_each_answer_stays_one() -> None:
    cookies = Cookies()
    assert cookies.help(answer(["visit=0"]))
    for number in range(100):
        cookies.hear(answer([f"visit={number}"]))
    assert sent(cookies) == b"visit=99"


def test_a_new_cookie_with_each_answer_fills_neither_memory_nor_requests() -> None:
    cookies = Cookies()
    cookies.help(answer(["visit=0"]))
    for number in range(500):
        cookies.hear(answer([f"a{number}={'x' * 1_000}", f"b{number}=x; path=/{number}/"]))
        assert len(list(cookies._jar.jar)) <= MAX_COOKIES
        assert len(sent(cookies)) <= MAX_BYTES + 4 * MAX_COOKIES
