"""A robots.txt to which a redirect leads speaks for the host that was asked."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy.http import Request, Response

from crawler.job import Job
from crawler.outcomes import Verdict, of_status
from crawler.politeness import Politeness
from crawler.robots import RobotsMiddleware, Rules

ASKED, LED_TO = "http://www.a.cn/robots.txt", "http://rules.a.cn/robots.txt"
LED = Response(ASKED, 302, {"Location": LED_TO})


class Led(RobotsMiddleware):
    """Rules of which each answer is known."""

    def __init__(self, politeness: Politeness, last: Response) -> None:
        def nothing(*_: Any) -> None:
            pass

        job = SimpleNamespace(
            politeness=politeness, cookies=SimpleNamespace(help=nothing), stop=nothing
        )
        self._job = cast(Job, job)
        self._agent, self._rules = "Palimpsest", {}
        self._answers = {ASKED: LED, LED_TO: last}

    async def _download(self, url: str) -> tuple[Response, Verdict]:
        answer = self._answers[url]
        return answer, of_status(answer.status)

    def rules(self) -> Rules:
        return asyncio.run(self._fetch(ASKED))


@pytest.fixture
def polite() -> Politeness:
    return Politeness(delay=1.0, max_delay=30.0)


def test_the_host_that_was_asked_gets_the_rest_that_the_rules_want(polite: Politeness) -> None:
    rules = b"User-agent: *\nCrawl-delay: 7\n"
    wanted = Response(LED_TO, 200, body=rules, request=Request(LED_TO))
    assert Led(polite, wanted).rules().unreachable is None
    assert polite.delay("www.a.cn") == 7.0
    assert polite.delay("rules.a.cn") < 7.0


def test_the_host_that_was_asked_waits_where_the_rules_cannot_be_read(polite: Politeness) -> None:
    rules = Led(polite, Response(LED_TO, 503)).rules()
    assert rules.unreachable is not None
    assert polite.paused() == ["www.a.cn"]
