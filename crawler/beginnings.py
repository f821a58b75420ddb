"""Answers of which the beginning is enough: lists of addresses, and rules.

A page of which half is missing is no page, but a sitemap's first addresses are as good as if there
were no more. It promises that of an answer that is too long, or takes too long where that is no
sign of a fault, what came is kept, and given out as the beginning that it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.exchange import MAX_BODY_BYTES, HttpMessage
from crawler.client import Exchange
from crawler.wire.limits import Limits

_TOO_LONG = frozenset({"body-too-large", "content-too-large"})
_TOO_SLOW = "total-timeout"
_GZIP = (["gzip"], ["x-gzip"])


@dataclass(frozen=True, slots=True)
class Enough:
    """``max_bytes`` of an answer are taken, as it was sent; ``is_list``: what came until the time
    was up is enough as well, and who reads it unpacks it piece by piece."""

    max_bytes: int
    is_list: bool = False


ENOUGH_OF_A_LIST = Enough(MAX_BODY_BYTES, is_list=True)
"""Of a sitemap or feed: room for the 50,000 addresses that one may have, with 670 bytes each."""


def narrowed(limits: Limits, enough: Enough | None) -> Limits:
    """``limits`` for an answer of which a beginning may be ``enough``."""
    if enough is None:
        return limits
    return replace(limits, max_body=min(limits.max_body, enough.max_bytes), cuts=True)


def beginning_of(exchange: Exchange, enough: Enough | None) -> bytes | None:
    """The decoded content of an answer that was cut, as far as it came (a list's as gzip, where it
    came so); None for one that is whole, or that failed in a way that leaves nothing to rely on."""
    error, message = exchange.error, exchange.message
    if enough is None or error is None or message is None:
        return None
    if error.reason not in _TOO_LONG and not (enough.is_list and error.reason == _TOO_SLOW):
        return None
    return begun_content(message) if enough.is_list else message.beginning(enough.max_bytes)


def begun_content(message: HttpMessage) -> bytes:
    """The content of the beginning of a list; as gzip, where it came so."""
    return message.body if message.codings in _GZIP else message.beginning(MAX_BODY_BYTES)
