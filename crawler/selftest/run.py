"""Runs every scenario through the download handler, over http and https, many at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from archive.exchange import HttpMessage
from archive.model import Capture, WarcPointer
from archive.store import PageCopy
from archive.warc import WarcWriter
from crawler.handler import CaptureHandler
from crawler.keeper import attach_keeper
from crawler.selftest import DEFAULT_CONCURRENCY, DEFAULT_ROUNDS
from crawler.selftest.certificate import server_context
from crawler.selftest.compare import Kept, Verdict, kept_by_gzip, kept_by_warcio
from crawler.selftest.scenarios import SCENARIOS, Scenario
from crawler.selftest.server import OddServer


@dataclass(frozen=True, slots=True)
class Result:
    """All verdicts, the files they were read from, and how many connections it took."""

    verdicts: tuple[Verdict, ...]
    files: tuple[Path, ...]
    connections: int

    @property
    def passed(self) -> bool:
        """Whether every exchange was exact and called what it is."""
        return all(verdict.passed for verdict in self.verdicts)


class _LoopbackKeeper:
    def __init__(self, writer: WarcWriter) -> None:
        self._writer = writer

    def keep(
        self,
        capture: Capture,
        kept: PageCopy | None = None,
        message: HttpMessage | None = None,
    ) -> WarcPointer:
        return self._writer.write(capture, message)

    def content_of(self, kept: PageCopy) -> bytes | None:
        return None

    def allow_address(self, host: str, ip: str) -> bool:
        return ip == "127.0.0.1"


class _SelfTestSpider(Spider):
    name = "selftest"


async def run_capture_test(
    directory: Path,
    *,
    scenarios: Sequence[Scenario] = SCENARIOS,
    concurrency: int = DEFAULT_CONCURRENCY,
    rounds: int = DEFAULT_ROUNDS,
    tls: bool = True,
) -> Result:
    """Run ``scenarios`` ``rounds`` times each, ``concurrency`` at once; WARCs go to ``directory``.

    Raises DataDirectoryError when nothing can be written there.
    """
    directory.mkdir(parents=True, exist_ok=True)
    writer = WarcWriter(directory, prefix="selftest", info={"description": "capture self-test"})
    handler = _handler(writer)
    reported: dict[tuple[str, str], str | None] = {}
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(OddServer(scenarios))]
        if tls:
            context = server_context(directory)
            servers.append(await stack.enter_async_context(OddServer(scenarios, context)))
        jobs = [
            (server, scenario, f"/{scenario.name}/{number}")
            for number in range(rounds)
            for scenario in scenarios
            for server in servers
        ]
        gate = asyncio.Semaphore(concurrency)

        async def one(server: OddServer, scenario: Scenario, address: str) -> None:
            async with gate:
                reported[server.scheme, address] = await _fetch(handler, server, scenario, address)

        await asyncio.gather(*(one(*job) for job in jobs))
        await handler.close()
    writer.close()
    files = tuple(directory / name for name in writer.files)
    witnesses = (kept_by_warcio(files), kept_by_gzip(files))
    verdicts = tuple(
        _verdict(server, scenario, address, witnesses, reported[server.scheme, address])
        for server, scenario, address in jobs
    )
    return Result(verdicts, files, sum(server.connections for server in servers))


def _handler(writer: WarcWriter) -> CaptureHandler:
    settings = {"DOWNLOAD_VERIFY_CERTIFICATES": False, "DOWNLOAD_TIMEOUT": 30}
    crawler = Crawler(_SelfTestSpider, settings)
    attach_keeper(crawler, _LoopbackKeeper(writer))
    return CaptureHandler.from_crawler(crawler)


async def _fetch(
    handler: CaptureHandler, server: OddServer, scenario: Scenario, address: str
) -> str | None:
    request = Request(
        server.url + address, method=scenario.method, body=scenario.body, meta={"proxy": None}
    )
    failure = ""
    try:
        await handler.download_request(request)
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
    capture = request.meta.get("capture")
    if not isinstance(capture, Capture):
        return failure or "not kept"
    return capture.error.partition(":")[0] if capture.error else None


def _verdict(
    server: OddServer,
    scenario: Scenario,
    address: str,
    witnesses: Sequence[dict[tuple[str, str], Kept]],
    reported: str | None,
) -> Verdict:
    nothing = Kept(None, None)
    kept = [witness.get((server.scheme, address), nothing) for witness in witnesses]
    sent = server.sent.get(address) or None
    received = server.received.get(address)
    return Verdict(
        scenario=scenario,
        scheme=server.scheme,
        address=address,
        request_exact=all(one.request == received for one in kept),
        response_exact=all(one.response == sent for one in kept),
        reported=reported,
    )
