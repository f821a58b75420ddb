"""The floors: for every set of cases and every measure the least share that is accepted.

They lie in ``floors.json`` beside this module, and only ever rise: ``./scripts/bench accuracy
--raise`` writes what was measured, rounded down, where that is more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import floor
from pathlib import Path

from benchmarks.accuracy.measures import Tally

FILE = Path(__file__).with_name("floors.json")
STEPS = 1000
"""Floors are thousandths."""

Floors = dict[str, dict[str, float]]


def read_floors() -> Floors:
    """Set of cases, then measure, to floor."""
    found: Floors = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def below(floors: Mapping[str, float], found: Mapping[str, Tally]) -> list[str]:
    """One line for each measure that is missing or below its floor."""
    lines = []
    for name, least in floors.items():
        if name not in found:
            lines.append(f"{name}: not measured; the floor is {least}")
        elif found[name].mean < least:
            lines.append(f"{name}: {found[name].mean:.4f}, below its floor of {least}")
    return lines


def raised(floors: Mapping[str, float], found: Mapping[str, Tally]) -> dict[str, float]:
    """The floors after a measurement."""
    measured = {name: floor(tally.mean * STEPS + 1e-9) / STEPS for name, tally in found.items()}
    names = sorted({*floors, *measured})
    return {name: max(floors.get(name, 0.0), measured.get(name, 0.0)) for name in names}


def write_floors(floors: Floors) -> None:
    """Replace the file."""
    text = json.dumps(floors, ensure_ascii=False, indent=2, sort_keys=True)
    FILE.write_text(text + "\n", encoding="utf-8")
