"""What narrows a list of articles, whatever was searched for.

It promises that the filters mean the same as a part of a query to the index and as conditions on
the store's tables (archive.store.filters).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import get_args

from archive.search.query import All, ExactField, Exactly, Node, Published, Without

_EXACT: tuple[ExactField, ...] = get_args(ExactField)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles: all of these at once; None lets everything through. The dates are of
    publication, both included (an article without a date is then left out); ``witness`` is the
    role of at least one witness, ``host`` the host of one (in lower case, without a default
    port), ``only_host`` the host of every one."""

    site: str | None = None
    branch: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    status: str | None = None
    witness: str | None = None
    host: str | None = None
    only_host: str | None = None

    @property
    def leaves_no_day(self) -> bool:
        """Whether the first day is later than the last, so that no article can pass."""
        first, last = self.date_from, self.date_to
        return first is not None and last is not None and first > last

    def narrowed(self, query: Node, hosts: Iterable[str] = ()) -> Node:
        """The query and the filters as one; ``hosts``: every host that articles on ``only_host``
        may stand on besides."""
        parts: list[Node] = [query]
        if self.date_from is not None or self.date_to is not None:
            parts.append(Published(self.date_from, self.date_to))
        for field in _EXACT:
            value = getattr(self, field)
            if value is not None:
                parts.append(Exactly(field, value))
        if self.only_host is not None:
            others = [Exactly("host", one) for one in hosts if one != self.only_host]
            parts += [Exactly("host", self.only_host), *map(Without, others)]
        return All(tuple(parts)) if len(parts) > 1 else query
