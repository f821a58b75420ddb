"""A robots.txt to which a redirect leads speaks for the host that was asked."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy.http import Request, Response

from crawler.guard import AddressRefused
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


def test_of_a_host_that_leads_inside_nothing_is_asked_as_long_as_its_rules_count(
    polite: Politeness,
) -> None:
    class Inside(Led):
        async def _download(self, url: str) -> tuple[Response, Verdict]:
            raise AddressRefused("private-address", "at 127.0.0.1")

    rules = Inside(polite, LED).rules()
    assert rules.unreachable is not None
    assert (rules.unreachable.state, rules.unreachable.reason) == ("refused", "private-address")
    assert not polite.notes
    assert not polite.paused()


def test_rules_that_lead_inside_are_none_for_who_was_asked(polite: Politeness) -> None:
    class LedInside(Led):
        async def _download(self, url: str) -> tuple[Response, Verdict]:
            if url == LED_TO:
                raise AddressRefused("private-address", "at 127.0.0.1")
            return await super()._download(url)

    assert LedInside(polite, LED).rules().unreachable is None
    assert [note for note in polite.notes if "leads off site" in note]
