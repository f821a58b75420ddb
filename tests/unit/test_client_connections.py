"""Which address is connected to, and how: names, TLS, proxies, the request's own bytes."""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.model import Site
from crawler import client as client_module
from crawler.client import Client, Exchange, WireRequest, request_bytes
from crawler.guard import Guard
from crawler.selftest.certificate import server_context
from crawler.wire.connect import Endpoint
from crawler.wire.contexts import Contexts
from crawler.wire.errors import AddressNotAllowedError, WireError
from crawler.wire.proxy import Proxy
from crawler.wire.tls import protocol_name, suite_name
from tests.unit.client_server import HELLO, QUICK, Line, polite, serving


def fetch_once(url: str, **options: Any) -> Exchange:
    async def run() -> Exchange:
        client = Client(options.get("allow"), Contexts(verify=True).of, QUICK)
        try:
            return await client.fetch(WireRequest(url, proxy=options.get("proxy"), via="http://v/"))
        finally:
            await client.close()

    return asyncio.run(run())


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_refused_connection_is_a_capture_without_bytes() -> None:
    exchange = fetch_once(f"http://127.0.0.1:{unused_port()}/")
    assert exchange.error is not None
    assert exchange.error.reason == "connection-refused"
    capture = exchange.capture
    assert (capture.request, capture.response, capture.ip, capture.protocols) == (
        b"",
        b"",
        None,
        (),
    )
    assert capture.via == "http://v/"


def test_a_host_without_address_is_unknown() -> None:
    exchange = fetch_once("http://no-such-host.invalid/")
    assert exchange.error is not None
    assert exchange.error.reason == "unknown-host"


def test_a_forbidden_address_is_never_connected_to() -> None:
    asked: list[tuple[str, str]] = []

    def allow(host: str, ip: str) -> bool:
        asked.append((host, ip))
        return False

    async def run() -> int:
        async with serving(polite) as server:
            client = Client(allow, Contexts().of, QUICK)
            with pytest.raises(AddressNotAllowedError):
                await client.fetch(WireRequest(f"http://LocalHost:{server.port}/"))
            await client.close()
            assert asked[0] == (f"localhost:{server.port}", asked[0][1])
            return server.connections

    assert asyncio.run(run()) == 0
    assert {ip for _, ip in asked} <= {"127.0.0.1", "::1"}


def test_a_name_is_resolved_once_for_check_and_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A resolver that changes its mind (DNS rebinding) is asked one time a connection."""
    checked: list[str] = []
    answers = iter(["127.0.0.1"])

    async def run() -> Exchange:
        async with serving(polite) as server:
            loop = asyncio.get_running_loop()

            async def resolve(host: str, port: int, **_: Any) -> list[Any]:
                address = (next(answers), port)
                return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

            monkeypatch.setattr(loop, "getaddrinfo", resolve)

            def allow(host: str, ip: str) -> bool:
                checked.append(ip)
                return True

            client = Client(allow, Contexts().of, QUICK)
            exchange = await client.fetch(WireRequest(f"http://a.example:{server.port}/"))
            await client.close()
            return exchange

    exchange = asyncio.run(run())
    assert exchange.error is None
    assert checked == ["127.0.0.1"]
    assert exchange.capture.ip == "127.0.0.1"


@pytest.mark.parametrize("url", ["ftp://x/", "http:///a", "http://x:99999/", "http://[::1/"])
def test_an_address_that_is_none_is_an_error(url: str) -> None:
    with pytest.raises(WireError, match="bad-address"):
        fetch_once(url)


def test_tls_is_checked_unless_the_operator_says_otherwise(tmp_path: Path) -> None:
    context = server_context(tmp_path)

    async def run() -> tuple[Exchange, Exchange]:
        async with serving(polite, context) as server:
            url = server.url(scheme="https")
            strict = Client(None, Contexts().of, QUICK)
            lenient = Client(None, Contexts(unverified=[f"127.0.0.1:{server.port}"]).of, QUICK)
            found = await strict.fetch(WireRequest(url)), await lenient.fetch(WireRequest(url))
            await strict.close()
            await lenient.close()
            return found

    refused, allowed = asyncio.run(run())
    pem = (tmp_path / "loopback.pem").read_text()
    assert refused.error is not None
    assert refused.error.reason == "tls-certificate"
    assert refused.capture.response == b""
    assert allowed.capture.response == HELLO
    assert allowed.capture.protocols == ("http/1.1", "tls/1.3")
    assert allowed.capture.cipher is not None
    assert allowed.capture.cipher.startswith("TLS_")
    own = ssl.PEM_cert_to_DER_cert("-----BEGIN CERT" + pem.partition("-----BEGIN CERT")[2])
    assert allowed.capture.certificate is not None
    assert allowed.capture.certificate.chain[0] == own
    assert not allowed.capture.certificate.trusted
    assert allowed.capture.ip == "127.0.0.1"


def test_a_tls_handshake_that_hangs_is_given_up() -> None:
    async def hang(line: Line) -> None:
        await asyncio.sleep(30)

    async def run() -> Exchange:
        async with serving(hang) as server:
            client = Client(None, Contexts().of, replace(QUICK, connect=0.3))
            exchange = await client.fetch(WireRequest(server.url(scheme="https")))
            await client.close()
            return exchange

    exchange = asyncio.run(run())
    assert exchange.error is not None
    assert exchange.error.reason == "connect-timeout"


async def proxy_talk(line: Line) -> None:
    """A proxy that answers itself in http, and opens tunnels for https."""
    head = await line.request()
    if not head.startswith(b"CONNECT"):
        await line.say(HELLO)
        return
    host, _, port = head.split()[1].partition(b":")
    reader, writer = await asyncio.open_connection(host.decode(), int(port))
    await line.say(b"HTTP/1.1 200 Connection established\r\n\r\n")

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
        sink.close()

    try:
        await asyncio.gather(pump(line.reader, writer), pump(reader, line.writer))
    finally:
        writer.transport.abort()


def test_http_goes_to_the_proxy_in_absolute_form_without_its_secret_in_the_capture() -> None:
    async def run() -> tuple[Exchange, list[bytes]]:
        async with serving(proxy_talk) as proxy:
            client = Client(lambda host, ip: False, Contexts().of, QUICK)
            address = f"http://user:secret@127.0.0.1:{proxy.port}"
            exchange = await client.fetch(WireRequest("http://a.example/x?y", proxy=address))
            await client.close()
            return exchange, proxy.heads

    exchange, heads = asyncio.run(run())
    assert exchange.capture.response == HELLO
    assert exchange.capture.request.startswith(b"GET http://a.example/x?y HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=" in heads[0]
    assert b"Proxy-Authorization" not in exchange.capture.request
    assert exchange.capture.ip is None


@pytest.mark.parametrize(
    ("name", "ip", "is_asked"),
    [
        ("intranet.inst.cn", "10.0.0.5", False),
        ("meta.inst.cn", "169.254.169.254", False),
        ("six.inst.cn", "64:ff9b::a00:5", False),
        ("both.inst.cn", "93.184.216.34 10.0.0.5", False),
        ("www.inst.cn", "93.184.216.34", True),
        ("unknown.inst.cn", None, True),
        ("silent.inst.cn", "", True),
    ],
)
def test_a_proxy_is_handed_no_name_that_is_known_to_lead_inside(
    name: str, ip: str | None, is_asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    async def getaddrinfo(_: Any, host: str, port: int, **kinds: Any) -> Any:
        told.append(host)
        if host == "127.0.0.1":
            return socket.getaddrinfo(host, port, **kinds)
        if ip is None:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        if not ip:
            await asyncio.sleep(60)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ip.split()]

    guard = Guard(Site("s", ("www.inst.cn", "inst.cn")))
    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(client_module, "PATIENCE_SECONDS", 0.1)

    async def run() -> list[bytes]:
        async with serving(proxy_talk) as proxy:
            client = Client(guard.allow_address, Contexts().of, QUICK)
            request = WireRequest(f"http://{name}/", proxy=proxy.url(""))
            with suppress(AddressNotAllowedError):
                for _ in range(2):
                    await client.fetch(request)
            await client.close()
            return proxy.heads

    assert bool(asyncio.run(run())) is is_asked
    # A proxy asks anew each time; a name service that says nothing is waited for once.
    assert told.count(name) == (2 if is_asked and ip != "" else 1)


def test_https_goes_through_a_tunnel(tmp_path: Path) -> None:
    context = server_context(tmp_path)

    async def run() -> Exchange:
        async with serving(polite, context) as server, serving(proxy_talk) as proxy:
            client = Client(None, Contexts(verify=False).of, QUICK)
            request = WireRequest(server.url("/z", "https"), proxy=proxy.url(""))
            exchange = await client.fetch(request)
            await client.close()
            return exchange

    exchange = asyncio.run(run())
    assert exchange.error is None
    assert exchange.capture.request.startswith(b"GET /z HTTP/1.1\r\n")
    assert exchange.capture.response == HELLO
    assert "tls/1.3" in exchange.capture.protocols


def test_a_proxy_that_says_no_is_an_error() -> None:
    async def no(line: Line) -> None:
        await line.request()
        await line.say(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    async def run() -> Exchange:
        async with serving(no) as proxy:
            client = Client(None, Contexts().of, QUICK)
            exchange = await client.fetch(WireRequest("https://a.example/", proxy=proxy.url("")))
            await client.close()
            return exchange

    exchange = asyncio.run(run())
    assert exchange.error is not None
    assert str(exchange.error) == "proxy: the proxy answered 403 to CONNECT"


def test_request_bytes_keep_order_and_spelling_and_cannot_be_broken_out_of() -> None:
    headers = ((b"x-ODD", b"a"), (b"X", b"b\r\nEvil: 1"), (b"A", "党".encode("gbk")))
    request = WireRequest("http://a.cn:8080/p a?q=\r\n#f", "POST", headers, b"body")
    sent, kept = request_bytes(request, Endpoint.of(request.url))
    assert sent == kept
    lines = sent.split(b"\r\n")
    assert lines[0].startswith(b"POST /p%20a?q=")
    assert lines[1:5] == [
        b"Host: a.cn:8080",
        b"x-ODD: a",
        b"X: b Evil: 1",
        b"A: " + "党".encode("gbk"),
    ]
    assert lines[5:] == [b"Content-Length: 4", b"", b"body"]


def test_a_host_header_that_is_given_is_not_given_twice() -> None:
    request = WireRequest("http://a.cn/", headers=((b"host", b"b.cn"),))
    sent, _ = request_bytes(request, Endpoint.of(request.url))
    assert sent == b"GET / HTTP/1.1\r\nhost: b.cn\r\n\r\n"


def test_only_http_proxies_are_taken() -> None:
    with pytest.raises(WireError, match="https"):
        Proxy.of("https://p.example:1")


@pytest.mark.parametrize(
    ("openssl", "iana"),
    [
        ("TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"),
        ("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
        ("ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
        ("DHE-RSA-AES256-SHA256", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"),
        ("AES128-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"),
        ("AES256-GCM-SHA384", "TLS_RSA_WITH_AES_256_GCM_SHA384"),
        ("DES-CBC3-SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
        ("ECDHE-ECDSA-AES128-CCM8", "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8"),
        ("RC4-MD5", "TLS_RSA_WITH_RC4_128_MD5"),
        ("SOMETHING-ELSE", "SOMETHING-ELSE"),
    ],
)
def test_cipher_suites_have_their_registered_names(openssl: str, iana: str) -> None:
    assert suite_name(openssl) == iana


def test_tls_versions_are_spelled_as_warc_wants() -> None:
    assert [protocol_name(v) for v in ("TLSv1.3", "TLSv1", "SSLv3", None)] == [
        "tls/1.3",
        "tls/1.0",
        "ssl/3",
        None,
    ]
