"""Signals and log lines: those that somebody hears, and no others."""

from __future__ import annotations

import asyncio
import logging

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.unheard import HeardLines, HeardSignals

SIGNAL, OTHER = object(), object()


@pytest.fixture
def crawler() -> Crawler:
    return Crawler(Spider)


def test_whoever_is_connected_hears_a_signal_and_its_answer_goes_back(crawler: Crawler) -> None:
    signals, heard = HeardSignals(crawler), list[int]()

    def receiver(number: int) -> int:
        heard.append(number)
        return number + 1

    signals.connect(receiver, SIGNAL)
    assert signals.send_catch_log(SIGNAL, number=1) == [(receiver, 2)]
    assert asyncio.run(signals.send_catch_log_async(SIGNAL, number=2)) == [(receiver, 3)]
    assert signals.send_catch_log(OTHER, number=3) == []
    assert asyncio.run(signals.send_catch_log_async(OTHER, number=4)) == []
    signals.disconnect(receiver, SIGNAL)
    assert signals.send_catch_log(SIGNAL, number=5) == []
    assert heard == [1, 2]


def test_who_was_connected_before_hears_too(crawler: Crawler) -> None:
    def receiver(number: int) -> int:
        return number

    crawler.signals.connect(receiver, SIGNAL)
    assert HeardSignals(crawler).send_catch_log(SIGNAL, number=7) == [(receiver, 7)]


def test_who_is_connected_after_nobody_heard_hears_the_next(crawler: Crawler) -> None:
    signals = HeardSignals(crawler)
    assert signals.send_catch_log(SIGNAL, number=1) == []
    assert asyncio.run(signals.send_catch_log_async(SIGNAL, number=2)) == []

    async def receiver(number: int) -> int:
        return number

    signals.connect(receiver, SIGNAL)
    assert asyncio.run(signals.send_catch_log_async(SIGNAL, number=3)) == [(receiver, 3)]


@pytest.mark.parametrize("level", [logging.DEBUG, logging.WARNING])
def test_lines_of_each_answer_are_made_for_a_log_that_takes_them(level: int) -> None:
    lines, request = HeardLines(), Request("http://a.cn/")
    answer = Response("http://a.cn/", request=request)
    logger = logging.getLogger("scrapy.core")
    before = logger.level
    logger.setLevel(level)
    try:
        made = [lines.crawled(request, answer, Spider("x")), lines.scraped({}, answer, Spider("x"))]
    finally:
        logger.setLevel(before)
    assert [one is not None for one in made] == [level == logging.DEBUG] * 2
