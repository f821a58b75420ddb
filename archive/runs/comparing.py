"""Two runs beside each other: every number that is not the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.runs.facts import Facts

NOT_COMPARED = ("run", "started", "ended", "site", "to_do", "notes", "mirrors", "warc_files")


DECIMALS = 3
"""Of a difference: seconds have no more in a report."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of the record that is another one in the second run; None where it is not there."""

    name: str
    before: object
    after: object

    @property
    def change(self) -> float | None:
        """By how much a number has grown."""
        pair = (self.before or 0, self.after or 0)
        numbers = [v for v in pair if isinstance(v, int | float) and not isinstance(v, bool)]
        return round(numbers[1] - numbers[0], DECIMALS) if len(numbers) == 2 else None


def differences(before: Facts, after: Facts) -> list[Difference]:
    """What differs, in the order of the record."""
    old, new = dict(_flat(before)), dict(_flat(after))
    names = dict.fromkeys((*old, *new))
    return [
        Difference(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    ]


def _flat(facts: Facts) -> Iterator[tuple[str, object]]:
    for name, value in facts.items():
        if name in NOT_COMPARED:
            continue
        if isinstance(value, Mapping):
            yield from ((f"{name}:{key}", one) for key, one in value.items())
        else:
            yield name, value
