"""What one process has put into the frontier: a memory that spares the database a question.

It promises that an address it has forgotten costs a question and nothing else, and that it stays
small however long the walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.model import Lead

SEEN_LIMIT = 200_000
"""Addresses remembered (about 60 bytes each)."""


@dataclass(slots=True)
class SeenSet:
    """``hashes`` of the addresses that are known to be in the database."""

    hashes: set[int] = field(default_factory=set)

    def unseen(self, leads: Iterable[Lead]) -> list[Lead]:
        """The leads that are not remembered, each address once."""
        fresh: dict[str, Lead] = {}
        for lead in leads:
            if hash(lead.url) not in self.hashes:
                fresh.setdefault(lead.url, lead)
        return list(fresh.values())

    def remember(self, leads: Sequence[Lead]) -> None:
        """These are in the database now."""
        if len(self.hashes) + len(leads) > SEEN_LIMIT:
            self.hashes.clear()
        self.hashes.update([hash(lead.url) for lead in leads])
