"""Whatever a page said, a reader typed or a client sent: no script, no error 500, no way out."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from archive.store import Archive
from archive.web import Settings
from archive.web.counting import Counters
from archive.web.kept import file_name
from tests.unit.store_sample import SITE
from tests.web.holdings import EVIL, HOSTILE, KEPT
from tests.web.serving import SECONDS, Answer, Served, serving

PAGES = (
    "/",
    "/?q=离退休",
    f"/article/{HOSTILE}",
    f"/article/{HOSTILE}?marks=1",
    f"/article/{HOSTILE}/witnesses",
    f"/article/{HOSTILE}/witness/0",
    f"/article/{HOSTILE}/diff",
    f"/article/{HOSTILE}/similar",
    f"/coverage?site={SITE}",
    "/find?url=data:text/html,<script>alert(1)</script>",
)
QUERIES = (
    '" OR 1=1 --',
    "NEAR(",
    "*",
    '"',
    "title:",
    "((((((",
    "a AND OR NOT",
    "'; DROP TABLE articles; --",
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "<script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    "党" * 900,
    "[TO",
    "date:[2010 TO",
    "site:x status:y witness:z",
)


def _harmless(answer: Answer) -> None:
    page = answer.page
    assert page.xpath("//script[not(@src)]") == []
    assert page.xpath("//@src[not(starts-with(., '/'))]") == []
    assert [a for a in page.xpath("//@*") if a.attrname.lower().startswith("on")] == []
    assert page.xpath("//iframe[not(starts-with(@src, '/'))] | //base | //style | //object") == []
    for href in page.xpath("//@href | //@action"):
        assert href.startswith(("/", "#")), href
        assert not href.startswith("//")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_hostile_title_is_only_text_on_every_page(room: Served, path: str, lang: str) -> None:
    answer = room.get(path, headers={"Accept-Language": lang})
    assert answer.status in (200, 404)
    _harmless(answer)


@pytest.mark.parametrize("path", ["//evil.example/x", "///evil.example", "/\\\\evil.example"])
def test_no_page_leads_to_a_host_that_its_address_names(room: Served, path: str) -> None:
    answer = room.ask("GET", path)
    assert answer.status == 404
    _harmless(answer)


def test_a_hostile_title_is_shown_as_it_is(room: Served) -> None:
    (title,) = room.get(f"/article/{HOSTILE}").words("//h1")
    assert title == " ".join(EVIL.split())


@pytest.mark.parametrize("number", ["0", "-1", "2147483648", "9" * 30])
def test_a_run_that_cannot_be_is_not_found(room: Served, number: str) -> None:
    for path in (f"/runs/{number}", f"/api/v1/runs/{number}"):
        assert room.get(path).status == 404


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_is_an_error(room: Served, query: str) -> None:
    for path in ("/", "/export.jsonl", "/feed.atom"):
        answer = room.get(path, q=query)
        assert answer.status == 200
    _harmless(room.get("/", q=query))


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "-1"},
        {"page": "1e9"},
        {"page": "1000000000"},
        {"limit": "-1", "offset": "1000000000"},
        {"year": "-5"},
        {"year": "99999"},
        {"from": "2010-13-45", "to": "x"},
        {"order": "DROP"},
        {"status": "x", "witness": EVIL, "site": EVIL, "branch": EVIL},
        {"lang": "xx"},
        {"from": "0001-01-01", "to": "9999-12-31"},
    ],
)
def test_values_without_sense_are_left_out(room: Served, asked: dict[str, str]) -> None:
    answer = room.ask("GET", f"/?{urlencode(asked)}")
    assert answer.status == 200
    _harmless(answer)


def test_an_endless_query_is_refused(room: Served) -> None:
    assert room.ask("GET", "/?q=" + "a" * 9_000).status == 414
    try:
        status = room.ask("GET", "/?q=" + "a" * 1_000_000).status
    except (http.client.HTTPException, ConnectionError):
        status = None  # the connection was closed while we were still talking
    assert status in (None, 400, 414, 431)
    assert room.get("/").status == 200


def test_a_long_body_is_refused(room: Served) -> None:
    answer = room.ask("POST", f"/article/{KEPT}/witness/0", {"Content-Length": "100000"})
    assert answer.status == 413
    assert room.ask("POST", "/").status == 405


def test_a_request_of_two_lengths_is_refused_and_what_follows_it_is_not_read(room: Served) -> None:
    asked = (
        "POST / HTTP/1.1\r\nHost: {0}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nGET /runs HTTP/1.1\r\nHost: {0}\r\n\r\n"
    )
    with socket.create_connection((room.host, room.port), SECONDS) as line:
        line.sendall(asked.format(room.host).encode())
        with line.makefile("rb") as answers:
            said = answers.read()  # until the room hangs up
    assert said.startswith(b"HTTP/1.1 400 ")
    assert said.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/static/style.css", "/feed.atom"])
def test_every_answer_bears_the_headers(room: Served, path: str) -> None:
    headers = room.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/", "/static/style.css", "/nowhere", "/api/v1/articles"])
def test_head_is_answered_as_get_is_without_the_content(room: Served, path: str) -> None:
    whole, head = room.ask("GET", path), room.ask("HEAD", path)
    assert (head.status, head.body) == (whole.status, b"")
    for name in ("content-type", "content-length", "content-security-policy"):
        assert head.headers.get(name) == whole.headers.get(name)


def test_a_foreign_name_for_this_machine_is_refused(room: Served) -> None:
    assert room.get("/", headers={"Host": "evil.example"}).status == 421
    assert room.get("/", headers={"Host": "localhost:1"}).status == 200


NO_HOSTS = (
    "127.0.0.1:1@evil.example",
    "127.0.0.1:1/evil.example",
    "localhost:80#x",
    "localhost:80,evil.example",
    "localhost,evil.example",
    "localhost:99999",
    "localhost:" + "9" * 5000,
    "localhost:abc",
    "localhost:-1",
    "localhost:\uff18\uff10",
    "local host",
    "localhost evil.example",
    "localhost;script-src *",
    "localhost\\evil.example",
    "[::1]evil.example",
    "[::1]:80@evil.example",
    "[::1",
    "[::1%25lo]",
    "[::1%lo]",
    "[:::1]",
    "[v1.a]",
    "::1",
    "",
    "l\u00f6calhost",
    "%6cocalhost",
    "-localhost",
)


@pytest.fixture(scope="module")
def any_name(archive: Archive) -> Iterator[Served]:
    """A room that is called by any name, as one that asks for a password may be."""
    with serving(archive, Settings(rate=0, hosts=())) as served:
        yield served


@pytest.mark.parametrize("named", NO_HOSTS)
def test_what_is_no_host_with_a_port_is_refused_by_every_room(
    room: Served, any_name: Served, named: str
) -> None:
    for served in (room, any_name):
        status, _ = _raw(served, f"GET / HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n")
        assert status == 400


@pytest.mark.parametrize(
    "named", ["127.0.0.1", "LOCALHOST:80", "localhost:", "[::1]:8080", "[0:0:0:0:0:0:0:1]"]
)
def test_the_rooms_own_names_are_answered_however_they_are_written(
    room: Served, named: str
) -> None:
    status, _ = _raw(room, f"GET / HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n")
    assert status == 200


@pytest.mark.parametrize(
    "request_head",
    [
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n",
        "GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n evil.example\r\n",
        "GET / HTTP/1.1\r\nHost : localhost\r\n",
        "GET / HTTP/1.1\r\n",
        "CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\n",
        "GET @evil.example/ HTTP/1.1\r\nHost: localhost\r\n",
    ],
)
def test_a_request_that_names_two_hosts_or_none_gets_no_page(
    room: Served, request_head: str
) -> None:
    status, _ = _raw(room, f"{request_head}Connection: close\r\n\r\n")
    assert status in (400, 404, 421)


def test_a_proxys_headers_from_anybody_change_no_address_in_a_page(room: Served) -> None:
    forwarded = (
        "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: javascript\r\n"
        "X-Forwarded-Port: 1\r\nForwarded: host=evil.example\r\nX-Original-URL: /evil.example\r\n"
    )
    head = (
        f"GET /opensearch.xml HTTP/1.1\r\nHost: localhost\r\n{forwarded}Connection: close\r\n\r\n"
    )
    status, answer = _raw(room, head)
    assert (status, b"evil" in answer, b"http://localhost/?q=" in answer) == (200, False, True)


def _raw(served: Served, request: str) -> tuple[int, bytes]:
    with socket.create_connection((served.host, served.port), timeout=SECONDS) as line:
        line.sendall(request.encode())
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    return int(answer.split(b" ", 2)[1]), answer


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/x"]
)
def test_no_file_but_our_own_is_served(room: Served, path: str) -> None:
    assert room.ask("GET", path).status == 404


@pytest.fixture
def narrow(archive: Archive) -> Iterator[Served]:
    counters = Counters(clock=lambda: 0.0)
    with serving(archive, Settings(rate=3, counters=counters)) as served:
        yield served


def test_too_many_requests_are_told_to_wait(narrow: Served) -> None:
    answers = [narrow.get("/static/icon.svg") for _ in range(5)]
    assert [one.status for one in answers] == [200] * 3 + [429] * 2
    assert answers[-1].headers["retry-after"] == "60"


def test_a_downloads_name_is_a_name(archive: Archive) -> None:
    del archive
    for url in ("http://a/../../etc/passwd", "http://a/CON", "http://a/%00%0d%0a", "http://[", ""):
        name = file_name(url)
        assert name
        assert not set(name) & set('/\\\0\r\n:"')
        assert name.upper() not in ("CON", "NUL")
    assert len(file_name("http://a/" + "x" * 300)) <= 100
