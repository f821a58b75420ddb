"""The day and the account of a post on the platform for public accounts, which its script shows.

Institutes publish there too, and an archive runs no scripts. It promises the moment as the page's
script has it, as a day in Beijing where the platform tells it, and the account's name as it stands
on the page; None where the page has neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lxml.etree import _Element as Element

from archive.cleaning.facts.dates import EARLIEST_YEAR

_SIGNS = ('id="publish_time"', 'id="js_name"')
_ACCOUNT_IDS = frozenset({"js_name"})
_ACCOUNT_CLASS = "profile_nickname"
# Seconds since 1970 of ten digits: from 2001 on.
_MOMENT = re.compile(
    r"\b(?:ct|createTime|create_time|publish_time|ori_create_time)\s{0,3}[=:]\s{0,3}[\"']?(\d{10})\b"
)
_BEIJING = timedelta(hours=8)
MAX_ACCOUNT_CHARS = 30


@dataclass(frozen=True, slots=True)
class Posted:
    """The day (of Beijing) of a post and the account that posted it."""

    day: date | None
    account: str | None


NOTHING_POSTED = Posted(None, None)


def may_be_post(page: str) -> bool:
    """Whether the text of a page has a sign of such a post; quickly told."""
    return any(sign in page for sign in _SIGNS)


def read_posted(tree: Element) -> Posted:
    """What the scripts and the named elements of ``tree`` tell of a post."""
    moments = (_MOMENT.search(script.text or "") for script in tree.iter("script"))
    moment = next((found for found in moments if found), None)
    return Posted(_day(int(moment[1])) if moment else None, _account(tree))


def _day(seconds: int) -> date | None:
    day = (datetime.fromtimestamp(seconds, UTC) + _BEIJING).date()
    return day if day.year >= EARLIEST_YEAR else None


def _account(tree: Element) -> str | None:
    for node in tree.iter("a", "strong", "span"):
        if node.get("id") in _ACCOUNT_IDS or node.get("class") == _ACCOUNT_CLASS:
            name = " ".join("".join(map(str, node.itertext())).split())
            if 0 < len(name) <= MAX_ACCOUNT_CHARS:
                return name
    return None
