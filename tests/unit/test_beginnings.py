"""Which answers that were cut are given out as the beginnings that they are."""

from __future__ import annotations

import gzip

import pytest

from archive.exchange import HttpMessage
from crawler.beginnings import Enough, beginning_of
from crawler.client import Exchange
from crawler.wire.errors import LossError, SizeLimitError, TimeLimitError, WireError
from tests.unit.warc_samples import sample

LIST, RULES = Enough(1_000, is_list=True), Enough(1_000)
LONG, SLOW = SizeLimitError("body-too-large"), TimeLimitError("total-timeout")


def said(body: bytes, *codings: str) -> HttpMessage:
    headers = tuple(("Content-Encoding", coding) for coding in codings)
    return HttpMessage("1.1", 200, "OK", headers, body, ())


@pytest.mark.parametrize(
    ("enough", "error", "is_enough"),
    [
        (LIST, LONG, True),
        (RULES, LONG, True),
        (RULES, SizeLimitError("content-too-large"), True),
        (LIST, SLOW, True),
        (RULES, SLOW, False),
        (LIST, TimeLimitError("idle-timeout"), False),
        (LIST, TimeLimitError("too-slow"), False),
        (LIST, LossError("body-cut"), False),
        (LIST, SizeLimitError("head-too-large"), False),
        (None, LONG, False),
        (LIST, None, False),
    ],
)
def test_what_is_too_long_is_enough_and_what_is_broken_is_not(
    enough: Enough | None, error: WireError | None, is_enough: bool
) -> None:
    exchange = Exchange(sample(), said(b"begun"), error, 0.0)
    assert beginning_of(exchange, enough) == (b"begun" if is_enough else None)
    assert beginning_of(Exchange(sample(), None, error, 0.0), enough) is None


def test_a_packed_list_is_not_unpacked_into_memory() -> None:
    packed = gzip.compress(bytes(10_000))
    exchange = Exchange(sample(), said(packed, "gzip"), LONG, 0.0)
    assert beginning_of(exchange, LIST) == packed
    assert beginning_of(exchange, RULES) == bytes(1_000)
