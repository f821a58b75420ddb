"""The stage that finds candidates by fingerprints, measured alone: time, memory, copies found."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from archive.model import Witness
from archive.witnesses.candidates import banded_pairs
from archive.witnesses.compared import prepare
from benchmarks.witnesses.notices import MIRRORS, notices, witnesses
from benchmarks.witnesses.stories import stories

COPIED = 0.1
"""Share of the notices that each of the mirrors has."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What was seen: ``pairs`` proposed, copies under paths of their own and how many of them were
    among the pairs, processor seconds for fingerprints and for pairs, peak memory in MB."""

    HEAD: ClassVar[str] = (
        f"{'witnesses':>10}{'copies':>9}{'found%':>8}{'pairs each':>11}{'prepare/s':>10}"
        f"{'pairs/s':>9}{'peak MB':>9}"
    )
    witnesses: int
    copies: int
    found: int
    pairs: int
    prepared: float
    paired: float
    memory: int

    def line(self) -> str:
        """The figures in one line under ``HEAD``."""
        return (
            f"{self.witnesses:10}{self.copies:9}{100 * self.found / max(self.copies, 1):8.2f}"
            f"{self.pairs / self.witnesses:11.1f}{self.witnesses / self.prepared:10.0f}"
            f"{self.witnesses / self.paired:9.0f}{self.memory:9}"
        )


def measured(count: int) -> Stage:
    """The stage over about ``count`` witnesses, half of them notices."""
    items, numbers = [], []
    began = time.process_time()
    for number, witness in _witnesses(count):
        items.append(prepare(witness))
        numbers.append(number)
    prepared = time.process_time() - began
    began = time.process_time()
    pairs, found = 0, set[int]()
    for one, other in banded_pairs(items, range(len(items))):
        pairs += 1
        if numbers[one] == numbers[other]:
            found.add(max(one, other))
    paired = time.process_time() - began
    copies = {n for n, item in enumerate(items) if not item.original}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Stage(len(items), len(copies), len(found & copies), pairs, prepared, paired, memory)


def _witnesses(count: int) -> Iterator[tuple[int, Witness]]:
    """Notices with negative numbers, stories with others, and mirrors' copies of both."""
    formal = round(count / 2 / (1 + COPIED * len(MIRRORS)))
    for number, witness in witnesses(notices(formal), COPIED):
        yield -1 - number, witness
    yield from stories(count // 2, Random(3))
