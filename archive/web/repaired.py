"""The repairs of a text as a page lists them: each kind once, and how often it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.evidence.basis import SAME_AGAIN
from archive.model import Repair

MAX_REPAIRS = 100
"""Kinds of repairs that a page lists."""


@dataclass(frozen=True, slots=True)
class RepairCount:
    """One kind of repair, and how often it was made in the text."""

    repair: Repair
    times: int


def counted(repairs: Iterable[Repair]) -> list[RepairCount]:
    """The repairs of title, text and other values, the most frequent kind first."""
    first: dict[tuple[Any, ...], Repair] = {}
    counts: Counter[tuple[Any, ...]] = Counter()
    for repair in repairs:
        if repair.field in SAME_AGAIN:
            continue
        key = (repair.field, repair.rule, repair.before, repair.after)
        first.setdefault(key, repair)
        counts[key] += 1
    return [RepairCount(first[key], times) for key, times in counts.most_common()]
