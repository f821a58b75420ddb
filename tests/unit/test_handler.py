"""Scrapy's side of the capture: what is kept, what spiders get, which errors they see."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Response

from archive.exchange import HttpMessage, read_response
from archive.model import Capture, WarcPointer
from archive.store import PageCopy
from archive.warc import WarcWriter, read_at
from crawler.guard import AddressRefused
from crawler.handler import CaptureHandler
from crawler.keeper import attach_keeper
from crawler.selftest.command import describe, selftest
from crawler.selftest.run import run_capture_test
from crawler.selftest.scenarios import SCENARIOS, End, Scenario
from crawler.selftest.server import OddServer

PAGE = "<html><body>党支部</body></html>".encode("gb18030")
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gb2312\r\n"


class FakeKeeper:
    """Keeps captures in a list; ``private`` hosts are refused."""

    def __init__(self, *, allow: bool = True, fail: Exception | None = None) -> None:
        self.kept: list[Capture] = []
        self.allow = allow
        self.fail = fail
        self.copy: bytes | None = None

    def keep(
        self,
        capture: Capture,
        kept: PageCopy | None = None,
        message: HttpMessage | None = None,
    ) -> WarcPointer:
        if self.fail:
            raise self.fail
        self.kept.append(capture)
        return WarcPointer("f.warc.gz", len(self.kept), 1, "sha256:0", "urn:uuid:0")

    def content_of(self, kept: PageCopy) -> bytes | None:
        return self.copy

    def allow_address(self, host: str, ip: str) -> bool:
        return self.allow


class AnySpider(Spider):
    name = "any"


def sized(body: bytes, head: bytes = HTML) -> Scenario:
    return Scenario("x", (head + b"Content-Length: %d\r\n\r\n" % len(body) + body,), body)


def handling(
    scenario: Scenario,
    keeper: FakeKeeper,
    use: Callable[[CaptureHandler, str], Coroutine[Any, Any, Any]],
    **settings: Any,
) -> Any:
    async def run() -> Any:
        async with OddServer([scenario]) as server:
            crawler = Crawler(AnySpider, settings)
            attach_keeper(crawler, keeper)
            handler = CaptureHandler.from_crawler(crawler)
            try:
                return await use(handler, server.url + "/x/1")
            finally:
                await handler.close()

    return asyncio.run(run())


def download(
    scenario: Scenario, keeper: FakeKeeper | None = None, *, url: str | None = None, **meta: Any
) -> tuple[Request, Response | Exception]:
    """The request after the download, and what came of it."""

    async def use(handler: CaptureHandler, address: str) -> tuple[Request, Response | Exception]:
        request = Request(url or address, meta=meta)
        try:
            return request, await handler.download_request(request)
        except Exception as error:
            return request, error

    found: tuple[Request, Response | Exception] = handling(scenario, keeper or FakeKeeper(), use)
    return found


def test_a_response_is_kept_and_then_handed_on_decoded() -> None:
    keeper = FakeKeeper()
    scenario = sized(gzip.compress(PAGE), HTML + b"Content-Encoding: gzip\r\nSet-Cookie: a\r\n")
    request, response = download(scenario, keeper, via="http://v/")
    assert isinstance(response, HtmlResponse)
    assert response.body == PAGE
    assert response.headers.get("Content-Encoding") is None
    assert response.headers.getlist("Set-Cookie") == [b"a"]
    assert str(response.ip_address) == "127.0.0.1"
    assert response.protocol == "HTTP/1.1"
    assert [capture.response for capture in keeper.kept] == [scenario.parts[0]]
    assert request.meta["capture"] is keeper.kept[0]
    assert request.meta["pointer"].offset == 1
    assert request.meta["capture"].via == "http://v/"
    assert request.meta["download_latency"] > 0


def test_what_was_forgiven_is_a_flag_of_the_response() -> None:
    _, response = download(sized(PAGE, b"HTTP/1.1 200 OK\r\nno colon\r\n"))
    assert isinstance(response, Response)
    assert response.flags == ["line-without-colon"]


@pytest.mark.parametrize(
    ("scenario", "kind"),
    [
        (
            Scenario("x", (HTML + b"Content-Length: 9\r\n\r\nabc",), end=End.CLOSE),
            ResponseDataLossError,
        ),
        (Scenario("x", (), end=End.CLOSE), DownloadFailedError),
        (Scenario("x", (b"nonsense\r\n",), end=End.CLOSE), DownloadFailedError),
        (Scenario("x", (HTML + b"X: y\r\n" * 20_000,)), DownloadCancelledError),
        (
            sized(gzip.compress(PAGE)[:-5], HTML + b"Content-Encoding: gzip\r\n"),
            ResponseDataLossError,
        ),
        (
            sized(gzip.compress(bytes(80_000_000)), HTML + b"Content-Encoding: gzip\r\n"),
            DownloadCancelledError,
        ),
    ],
)
def test_failures_are_kept_before_they_are_raised(
    scenario: Scenario, kind: type[Exception]
) -> None:
    keeper = FakeKeeper()
    request, error = download(scenario, keeper)
    assert type(error) is kind
    assert len(keeper.kept) == 1
    assert request.meta["pointer"].offset == 1
    assert b"".join(scenario.parts).startswith(keeper.kept[0].response)


@pytest.mark.parametrize("coding", [b"gzip", b"br", b"compress"])
def test_a_transfer_coding_that_cannot_be_undone_costs_no_bytes(coding: bytes) -> None:
    head = HTML + b"Transfer-Encoding: " + coding + b", chunked\r\n\r\n"
    scenario, keeper = Scenario("x", (head + b"2\r\n\x1f\x8b\r\n0\r\n\r\n",)), FakeKeeper()
    _, error = download(scenario, keeper)
    assert isinstance(error, ResponseDataLossError)
    (kept,) = keeper.kept
    assert kept.response == scenario.parts[0]
    assert str(kept.error).startswith("transfer-coding: ")


def test_time_and_size_can_be_narrowed_by_the_request() -> None:
    _, error = download(Scenario("x", (HTML,)), download_timeout=0.2)
    assert isinstance(error, DownloadTimeoutError)
    _, error = download(sized(bytes(5000)), download_maxsize=1000)
    assert isinstance(error, DownloadCancelledError)


def test_hosts_that_are_not_there_have_their_own_errors() -> None:
    keeper = FakeKeeper()
    _, error = download(sized(PAGE), keeper, url="http://no-such-host.invalid/")
    assert isinstance(error, CannotResolveHostError)
    _, error = download(sized(PAGE), keeper, url="http://127.0.0.1:1/")
    assert isinstance(error, DownloadConnectionRefusedError)
    assert [capture.response for capture in keeper.kept] == [b"", b""]


def test_a_refused_address_is_refused_before_anything_is_sent() -> None:
    keeper = FakeKeeper(allow=False)
    _, error = download(sized(PAGE), keeper)
    assert isinstance(error, AddressRefused)
    assert error.reason == "private-address"
    assert keeper.kept == []


def test_an_exchange_that_cannot_be_kept_is_not_handed_on() -> None:
    _, error = download(sized(PAGE), FakeKeeper(fail=OSError("disk full")))
    assert isinstance(error, OSError)


def test_a_proxy_of_the_environment_is_used_except_for_loopback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "inside.example")
    _, response = download(sized(PAGE))
    assert isinstance(response, Response)
    _, error = download(sized(PAGE), url="http://outside.invalid/")
    assert isinstance(error, DownloadConnectionRefusedError)
    _, error = download(sized(PAGE), url="http://no-such-host.inside.example/")
    assert not isinstance(error, DownloadConnectionRefusedError)


@pytest.mark.parametrize("here", ["127.1", "institute.localhost"])
def test_no_proxy_is_asked_for_this_machine_however_it_is_written(
    here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    async def use(handler: CaptureHandler, address: str) -> str | None:
        return handler._proxy_for(Request(address.replace("127.0.0.1", here)))

    assert handling(sized(PAGE), FakeKeeper(), use) is None


def test_every_odd_exchange_is_exact_both_ways_over_http_and_https(tmp_path: Path) -> None:
    result = asyncio.run(run_capture_test(tmp_path, rounds=1))
    assert len(result.verdicts) == 2 * len(SCENARIOS) >= 60
    assert [verdict for verdict in result.verdicts if not verdict.passed] == []
    assert result.connections < len(result.verdicts)


def test_the_self_test_notices_a_byte_that_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = WarcWriter.write

    def forged(
        self: WarcWriter, capture: Capture, message: HttpMessage | None = None
    ) -> WarcPointer:
        object.__setattr__(capture, "response", capture.response.replace(b"hidden", b"HIDDEN"))
        return real(self, capture)

    monkeypatch.setattr(WarcWriter, "write", forged)
    scenarios = [sized(b"hidden"), Scenario("y", sized(b"plain").parts)]
    result = asyncio.run(run_capture_test(tmp_path, scenarios=scenarios, rounds=1, tls=False))
    assert [verdict.passed for verdict in result.verdicts] == [False, True]
    assert describe(result.verdicts[0]) == "FAILED http /x/0: response bytes differ"


def test_the_self_test_is_a_command(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(selftest, ["capture", "--rounds", "1", "--keep", str(tmp_path)])
    assert outcome.exit_code == 0, outcome.output
    assert f"{len(SCENARIOS)} scenarios" in outcome.output
    assert list(tmp_path.glob("*.warc.gz"))


def test_what_scrapy_handed_on_is_what_the_warc_holds(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, prefix="h") as writer:
        keeper = FakeKeeper()
        keeper.keep = lambda capture, kept=None, message=None: writer.write(capture)  # type: ignore[method-assign]
        request, response = download(sized(PAGE), keeper)
    assert isinstance(response, Response)
    kept = read_at(tmp_path, request.meta["pointer"])
    assert read_response(kept.response).content() == response.body
