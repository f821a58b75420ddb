"""The search index: derived from the articles, asked by the search, never ahead of the store.

``Index`` is what the store asks of any engine. ``embedded`` keeps it in tantivy files beside the
SQLite store. The interface speaks of article rows and of the query tree only, so that another
engine (a cluster's, for instance) is one module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy.engine import Connection

from archive.model import Article
from archive.search.query import Node
from archive.search.results import Facets, Order

__all__ = ["Difference", "GoOn", "Index", "Matches", "Steps"]

Steps = Callable[[int, int], None]
"""Told, while an index is being made again, how many articles of how many are in it."""

GoOn = Callable[[], None]
"""Asked, while many articles come in, whether to go on. Raises StoppedError where not."""


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of what was found: the rows of articles in order, with their scores; ``total`` and
    ``facets`` are over everything found."""

    numbers: Sequence[int]
    scores: Sequence[float]
    total: int
    facets: Facets = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """An article row that the index has otherwise than the store."""

    number: int
    problem: str


class Index(Protocol):
    """What the store asks of an index. Every method may be called from any thread."""

    def put(self, connection: Connection, number: int, article: Article) -> None:
        """Note, in the article's own transaction, that row ``number`` is now this article."""

    def remove(self, connection: Connection, number: int) -> None:
        """Note, in the article's own transaction, that row ``number`` is gone."""

    def many(self, connection: Connection) -> AbstractContextManager[None]:
        """Within, the transaction puts many articles: an index may do so faster than one by one."""

    def committed(self) -> None:
        """Such a transaction has been committed."""

    def find(self, query: Node, *, order: Order, limit: int, offset: int, facets: bool) -> Matches:
        """One page of the article rows that the query asks for, and how many there are."""

    def numbers(self, query: Node) -> Sequence[int]:
        """Every article row that the query asks for, in no order."""

    def count(self, query: Node) -> int:
        """How many these are."""

    def rebuild(self) -> int:
        """Make the index again from the articles; returns how many there are."""

    def watch(self, on_steps: Steps) -> None:
        """Tell how far it has come whenever the index is made again, asked for or not."""

    def let(self, go_on: GoOn) -> None:
        """Ask whether to go on while much is brought in; what is left out, whoever searches next
        brings in."""

    def bring_in(self) -> None:
        """Bring in what this process wrote, now. Raises StoppedError where it is not to go on."""

    def differences(self) -> Iterator[Difference]:
        """Where index and store do not agree; nothing when all is well."""

    def close(self) -> None:
        """Bring the index up to date with what this process wrote, and let go of it."""
