"""Pages that simply stop: told from those that never say where they end."""

from __future__ import annotations

import time

import pytest

from archive.exchange import HttpMessage, read_response
from crawler.stopped import Ends

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SIZED = HEAD + b"Content-Length: 1\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n"
FRAME = b"<html><body><div id='top'>institute</div><div id='main'>%s</div><p>foot</p>"
HOST = "www.example.ac.cn"


def _page(number: int, end: bytes = b"</body></html>") -> bytes:
    words = b"".join(b"<p>paragraph %d of page %d</p>" % (n, number) for n in range(9))
    return FRAME % words + end


def _message(head: bytes = HEAD) -> HttpMessage:
    return read_response(head + b"\r\n")


def _stops(
    ends: Ends, content: bytes, copy: bytes | None = None, *, url: str = "/1", head: bytes = HEAD
) -> bool:
    return ends.is_stopped(f"http://{HOST}{url}", HOST, _message(head), content, lambda: copy)


def test_half_a_page_stops_wherever_it_is_cut() -> None:
    whole = _page(1)
    end = whole.index(b"</div><p>foot")
    for at in range(20, end):
        assert _stops(Ends(), whole[:at], whole.replace(b"page 1", b"page one"))


def test_a_page_that_comes_to_an_end_does_not_stop() -> None:
    assert not _stops(Ends(), _page(1), _page(1) + b"<p>more</p>")
    assert not _stops(Ends(), _page(1)[:-7], _page(1))
    assert not _stops(Ends(), _page(1).upper(), _page(1))


def test_pages_that_never_say_where_they_end_are_believed_however_they_change() -> None:
    ends = Ends()
    for number in range(20):
        before, now = _page(number, b"<div>"), _page(number + 50, b"<div>")
        assert not _stops(ends, now, before, url=f"/{number}")
        assert not _stops(ends, now, None, url=f"/new{number}")


def test_a_new_template_without_an_end_is_believed_from_its_second_page_on() -> None:
    ends, footer = Ends(), b"<div><div>a footer that is the same on all the pages"
    found = [_stops(ends, _page(n, footer), _page(n), url=f"/{n}") for n in range(20)]
    assert found == [True] + 19 * [False]
    assert _stops(ends, _page(0, footer), _page(0), url="/0")


def test_pages_cut_where_all_are_alike_stop_all_the_same() -> None:
    ends = Ends()
    cut = FRAME.index(b"%s")
    assert all(_stops(ends, _page(n)[:cut], _page(n), url=f"/{n}") for n in range(20))


def test_a_new_page_stops_where_its_siblings_come_to_an_end() -> None:
    ends = Ends()
    assert not _stops(ends, _page(99)[:200])
    for number in range(20):
        assert not _stops(ends, _page(number), url=f"/{number}")
    assert _stops(ends, _page(98)[:210], url="/98")


@pytest.mark.parametrize("head", [SIZED, CHUNKED])
def test_where_a_length_was_told_only_the_copys_own_beginning_stops(head: bytes) -> None:
    whole = _page(1)
    assert _stops(Ends(), whole[:200], whole, head=head)
    assert not _stops(Ends(), whole[:200], whole.replace(b"page 1", b"page one"), head=head)
    assert not _stops(Ends(), whole[:200], None, head=head)
    assert not _stops(Ends(), whole[:200], whole[:200], head=head)
    assert not _stops(Ends(), whole[:200], whole[:250], head=head)


def test_what_is_no_page_does_not_stop() -> None:
    other = read_response(HEAD.replace(b"html", b"plain") + b"\r\n")
    missing = read_response(HEAD.replace(b"200", b"404") + b"\r\n")
    for message in (other, missing):
        assert not Ends().is_stopped("http://h/", "h", message, b"<div>x", lambda: _page(1))
    assert not _stops(Ends(), b"", _page(1))


def test_a_copy_that_ends_in_signs_that_begin_tags_is_looked_through_once() -> None:
    began = time.process_time()
    cut = _page(1, b"")
    copy = cut + b"<" * 200_000
    Ends().is_stopped("http://h/1", "h", _message(), cut, lambda: copy)
    assert time.process_time() - began < 2
