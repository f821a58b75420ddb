"""The rank of what was found in a PostgreSQL store: BM25 over the phrases wanted, a hit in the
title weighing more than one in the text, as in the embedded index.

To work a rank out is to read texts; so it is done for the first ``RANKED`` of those found, by
whether the title has a phrase, then by date. What comes behind them keeps that order.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.search.query import OTHER_WEIGHT, TITLE_WEIGHT, Phrase, Wanted
from archive.store.index.conditions import found as found_by
from archive.store.index.terms_table import may_hold, piece, table

RANKED = 100
"""Articles of which a rank is worked out."""
STATISTICS_S = 60.0
"""Seconds for which the number of articles and their mean length are good enough for a rank."""
_K1, _B = 1.2, 0.75  # as tantivy and Lucene have them


class Ranking:
    """Ranks by what is known of all articles, as of a minute ago at most."""

    def __init__(self) -> None:
        self._counted = (0, 1.0)
        self._counted_at = -math.inf

    def scored(
        self, connection: Connection, phrases: Sequence[Phrase], few: sa.CTE
    ) -> sa.Select[Any]:
        """The rows of ``few`` with a ``score``."""
        many, mean = self._statistics(connection)
        # Counted in a step of its own, or a text would be read for every mention of a count.
        counts = [_Often(place, phrase) for place, phrase in enumerate(phrases)]
        columns = [column for one in counts for column in one.columns()]
        counted = (
            sa.select(few, table.c.length, *columns)
            .join_from(few, table, table.c.article_n == few.c.article_n)
            .cte("counted")
            .prefix_with("MATERIALIZED")
        )
        score: Any = sa.literal(0.0)
        for one, rarity in zip(counts, _rarities(many, phrases), strict=True):
            score = score + rarity * one.weight(counted, mean)
        return sa.select(*(counted.c[column.name] for column in few.c), score.label("score"))

    def _statistics(self, connection: Connection) -> tuple[int, float]:
        now = time.monotonic()
        if now - self._counted_at > STATISTICS_S:
            columns = sa.func.count(), sa.func.avg(table.c.length)
            many, mean = connection.execute(sa.select(*columns)).one()
            self._counted, self._counted_at = (many, float(mean or 1.0)), now
        return self._counted


def _rarities(many: int, phrases: Sequence[Phrase]) -> Sequence[sa.ColumnElement[Any]]:
    """What it weighs that an article of ``many`` has each phrase, as far as the index alone knows
    how many have it."""
    if len(phrases) == 1:
        # One phrase ranks the same however rare it is.
        return [sa.literal(1.0)]
    columns = [_having(phrase).label(f"of_{place}") for place, phrase in enumerate(phrases)]
    # Worked out once, however often it is spoken of.
    having = sa.select(*columns).cte("having_it").prefix_with("MATERIALIZED")
    known = [sa.select(column).scalar_subquery() for column in having.c]
    return [sa.func.ln(1 + (many + 0.5) / (one + 0.5)) for one in known]


def _having(phrase: Phrase) -> sa.ScalarSelect[Any]:
    row = table.alias()
    counted = sa.select(sa.func.count().cast(sa.Float)).select_from(row)
    return counted.where(may_hold(phrase, row)).scalar_subquery()


def precedence(wanted: Sequence[Wanted], row: sa.FromClause) -> sa.ColumnElement[int]:
    """Which articles are ranked first: those with a phrase in the title, then those that have one
    and not only what sounds like it or is another way to write it."""
    phrases = [one for one in wanted if isinstance(one, Phrase) and not one.other]
    titled = [replace(one, field="title") for one in phrases if one.field in (None, "title")]
    cases = [(row.c.article_n.in_(_any_of(titled)), 2)] if titled else []
    if phrases and len(phrases) < len(wanted):
        cases.append((row.c.article_n.in_(_any_of(phrases)), 1))
    return sa.case(*cases, else_=0) if cases else sa.literal(0)


def _any_of(phrases: Sequence[Phrase]) -> sa.CompoundSelect[tuple[int]]:
    """Looked up in the index: to look into each title takes many times as long."""
    return sa.union_all(*map(found_by, phrases))


def _count(text: sa.ColumnElement[str], sought: str) -> sa.ColumnElement[Any]:
    """How often a piece stands in a text: by what the text is shorter without it."""
    without = sa.func.replace(text, sought, "")
    less = sa.func.octet_length(text) - sa.func.octet_length(without)
    often: sa.ColumnElement[Any] = less.cast(sa.Float) / float(len(sought.encode()))
    return often


class _Often:
    """How often a phrase stands in each field of a row, and what that weighs."""

    def __init__(self, place: int, phrase: Phrase) -> None:
        self.phrase = phrase
        one = OTHER_WEIGHT if phrase.other else 1.0
        weights = {"title": TITLE_WEIGHT * one, "text": one}
        self._weights = weights if phrase.field is None else {phrase.field: one}
        self._names = {field: f"often_{place}_{field}" for field in self._weights}

    def columns(self) -> list[sa.ColumnElement[Any]]:
        """The counts, to be selected from the index."""
        return [
            _count(table.c[field], piece(self.phrase)).label(name)
            for field, name in self._names.items()
        ]

    def weight(self, counted: sa.CTE, mean: float) -> sa.ColumnElement[float]:
        """What the counts weigh; an empty field has none."""
        total: Any = sa.literal(0.0)
        length = counted.c.length / mean
        for field, weight in self._weights.items():
            often = sa.func.greatest(counted.c[self._names[field]], 0.0)
            total = total + weight * often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * length))
        weighed: sa.ColumnElement[float] = total
        return weighed
