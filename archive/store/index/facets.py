"""Facets: what is asked of tantivy, and what its answer says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.search.results import Count, FacetName, Facets

MANY = 10_000
"""Values of a facet that are counted."""

_FIELDS: dict[FacetName, str] = {
    "branch": "branch_is",
    "year": "year",
    "site": "site_is",
    "status": "status_is",
    "witness": "witness_is",
}
REQUEST: dict[str, Any] = {
    name: {"terms": {"field": field, "size": MANY}} for name, field in _FIELDS.items()
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles were found, and their facets."""

    total: int
    facets: Facets


def tally(answer: Mapping[str, Any]) -> Tally:
    """What the answer to ``REQUEST`` says."""
    # Every article has a status, and one only.
    total = sum(one["doc_count"] for one in answer["status"]["buckets"])
    return Tally(total, {name: _counts(name, answer[name], total) for name in _FIELDS})


def _counts(name: FacetName, answer: Mapping[str, Any], total: int) -> tuple[Count, ...]:
    counts = [Count(_text(one["key"]), one["doc_count"]) for one in answer["buckets"]]
    if name == "year":
        counts.sort(key=lambda one: -int(one.value or 0))
    else:
        counts.sort(key=lambda one: (-one.count, one.value or ""))
    unknown = total - sum(one.count for one in counts) - answer["sum_other_doc_count"]
    if name != "witness" and unknown > 0:
        counts.append(Count(None, unknown))
    return tuple(counts)


def _text(key: object) -> str:
    return str(int(key)) if isinstance(key, int | float) else str(key)
