"""The repairs of a text as a page lists them: by what was done and why, each kind once, and how
often it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.evidence.basis import SAME_AGAIN
from archive.model import Repair

MAX_REPAIRS = 1_000
"""Kinds of repairs that a page lists."""


@dataclass(frozen=True, slots=True)
class RepairCount:
    """One kind of repair, and how often it was made in the text."""

    repair: Repair
    times: int


@dataclass(frozen=True, slots=True)
class RepairGroup:
    """The repairs by one ``rule`` on the same ``evidence`` with the same ``confidence``: how often
    such were made in all, and each kind by its field, the most frequent first; ``more`` kinds are
    not listed."""

    rule: str
    evidence: str
    confidence: float
    times: int
    fields: tuple[tuple[str, tuple[RepairCount, ...]], ...]
    more: int


def counted(repairs: Sequence[Repair]) -> list[RepairGroup]:
    """The repairs of title, text and other values, in groups, the most frequent first: a page in
    other characters has a hundred kinds of repairs for one reason."""
    first: dict[tuple[Any, ...], Repair] = {}
    counts: Counter[tuple[Any, ...]] = Counter()
    # Each rule's repairs are from right to left.
    for repair in reversed(repairs):
        if repair.field in SAME_AGAIN:
            continue
        key = (repair.field, repair.rule, repair.before, repair.after)
        first.setdefault(key, repair)
        counts[key] += 1
    groups: dict[tuple[str, str, float], list[RepairCount]] = {}
    for key, times in counts.most_common():
        one = first[key]
        reason = (one.rule, one.evidence, one.confidence)
        groups.setdefault(reason, []).append(RepairCount(one, times))
    return _grouped(groups)


def _grouped(groups: dict[tuple[str, str, float], list[RepairCount]]) -> list[RepairGroup]:
    room = MAX_REPAIRS
    found = []
    order = sorted(groups.items(), key=lambda group: -sum(one.times for one in group[1]))
    for (rule, evidence, confidence), kinds in order:
        fields: dict[str, list[RepairCount]] = {}
        for one in kinds[:room]:
            fields.setdefault(one.repair.field, []).append(one)
        found.append(
            RepairGroup(
                rule=rule,
                evidence=evidence,
                confidence=confidence,
                times=sum(one.times for one in kinds),
                fields=tuple((field, tuple(ones)) for field, ones in fields.items()),
                more=len(kinds[room:]),
            )
        )
        room = max(0, room - len(kinds))
    return found
