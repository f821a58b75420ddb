"""A search as it stands in an address: everything that is shown follows from it.

It promises that any address is a question (values that make no sense are left out; days that were
typed are told by `unread_days`), and that
``Question.parse(question.parameters()) == question``, so that every result can be bookmarked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, get_args
from urllib.parse import quote_plus

from archive.model import Role, Status
from archive.search.daterange import read_day
from archive.search.language import MAX_QUERY
from archive.search.results import Order
from archive.store import Filters

PAGE_SIZE = 25
MAX_PAGE = 1_000_000
MAX_VALUE = 500
"""Characters of a filter's value that count."""
_QUOTED = 4_000
"""Values of which it is kept how they stand in an address."""

CHOICES: dict[str, tuple[str, ...]] = {
    "status": get_args(Status),
    "witness": get_args(Role),
    "order": get_args(Order),
}
FACETS = ("branch", "year", "site", "status", "witness", "host")
NARROWED = (*FACETS, "only", "from_", "to")
"""The fields that leave articles out, whatever the words."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the words, the filters (empty: all), the order and the page (from 1).

    ``from_`` and ``to`` are days, months or years as typed; ``only`` is the host that articles
    stand on alone.
    """

    q: str = ""
    branch: str = ""
    year: str = ""
    site: str = ""
    status: str = ""
    witness: str = ""
    host: str = ""
    only: str = ""
    from_: str = ""
    to: str = ""
    order: str = "relevance"
    page: int = 1

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> Question:
        """The question that the parameters of an address ask."""
        values: dict[str, Any] = {"q": given.get("q", "").strip()[:MAX_QUERY]}
        for name in ("branch", "site", "host", "only"):
            values[name] = given.get(name, "")[:MAX_VALUE]
        for name, choices in CHOICES.items():
            if given.get(name) in choices:
                values[name] = given[name]
        for name, key in (("from_", "from"), ("to", "to")):
            text = given.get(key, "").strip()[:MAX_VALUE]
            values[name] = "" if _day(text, last=False) is None else text
        year = given.get("year", "")
        values["year"] = "" if len(year) > 4 or _day(year, last=True) is None else year
        values["page"] = _number(given.get("page", "1"))
        return cls(**values)

    def parameters(self) -> dict[str, str]:
        """The parameters that ask this question, without those at their default."""
        pairs = {
            "q": self.q,
            "branch": self.branch,
            "year": self.year,
            "site": self.site,
            "status": self.status,
            "witness": self.witness,
            "host": self.host,
            "only": self.only,
            "from": self.from_,
            "to": self.to,
            "order": "" if self.order == "relevance" else self.order,
            "page": "" if self.page == 1 else str(self.page),
        }
        return {name: value for name, value in pairs.items() if value}

    def address(self, path: str = "/", **changes: Any) -> str:
        """The address of this question, or of the one with ``changes`` (from its first page)."""
        if changes:
            changes = {"page": 1} | changes
        asked = replace(self, **changes) if changes else self
        query = "&".join([f"{name}={quoted(value)}" for name, value in asked.parameters().items()])
        return f"{path}?{query}" if query else path

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * PAGE_SIZE

    def filters(self) -> Filters:
        """The filters as the archive takes them."""
        lower = [_day(text, last=False) for text in (self.from_, self.year)]
        upper = [_day(text, last=True) for text in (self.to, self.year)]
        return Filters(
            site=self.site or None,
            branch=self.branch or None,
            date_from=max((day for day in lower if day), default=None),
            date_to=min((day for day in upper if day), default=None),
            status=self.status or None,
            witness=self.witness or None,
            host=self.host or None,
            only_host=self.only or None,
        )


def unread_days(given: Mapping[str, str]) -> dict[str, str]:
    """What was typed as ``from`` or ``to`` and is no day, month or year, by the parameter's name.

    It leaves no article out, which whoever typed it has to be told.
    """
    typed = {name: given.get(name, "").strip()[:MAX_VALUE] for name in ("from", "to")}
    read = Question.parse(given).parameters()
    return {name: text for name, text in typed.items() if text and name not in read}


@lru_cache(_QUOTED)
def quoted(value: str) -> str:
    """The value as it stands in an address; the same ones stand there many times a page."""
    return quote_plus(value)


def _day(text: str, *, last: bool) -> date | None:
    if not text:
        return None
    try:
        return read_day(text, last=last)
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> int:
    try:
        return min(max(int(text[:20]), 1), MAX_PAGE)
    except ValueError:
        return 1
