"""What narrows a list of articles, whatever was searched for.

It promises that the filters mean the same as conditions on the store's tables and as a part of a
query to the index.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from datetime import date
from typing import get_args

import sqlalchemy as sa

from archive.search.query import All, ExactField, Exactly, Node, Published
from archive.store import schema

_EXACT: tuple[ExactField, ...] = get_args(ExactField)

_a, _s, _b, _w = schema.articles, schema.sites, schema.branches, schema.witnesses


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles: all of these at once; None lets everything through. The dates are of
    publication, both included (an article without a date is then left out); ``witness`` is the
    role of at least one witness."""

    site: str | None = None
    branch: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    status: str | None = None
    witness: str | None = None

    @property
    def leaves_no_day(self) -> bool:
        """Whether the first day is later than the last, so that no article can pass."""
        first, last = self.date_from, self.date_to
        return first is not None and last is not None and first > last

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """The same as conditions on articles joined with sites and branches."""
        wanted = (
            (_s.c.name, operator.eq, self.site),
            (_b.c.name, operator.eq, self.branch),
            (_a.c.published, operator.ge, self.date_from),
            (_a.c.published, operator.le, self.date_to),
            (_a.c.status, operator.eq, self.status),
        )
        found = [compare(column, value) for column, compare, value in wanted if value is not None]
        if self.witness is not None:
            found.append(_a.c.n.in_(sa.select(_w.c.article_n).where(_w.c.role == self.witness)))
        return found

    def narrowed(self, query: Node) -> Node:
        """The query and the filters as one."""
        parts: list[Node] = [query]
        if self.date_from is not None or self.date_to is not None:
            parts.append(Published(self.date_from, self.date_to))
        for field in _EXACT:
            value = getattr(self, field)
            if value is not None:
                parts.append(Exactly(field, value))
        return All(tuple(parts)) if len(parts) > 1 else query
