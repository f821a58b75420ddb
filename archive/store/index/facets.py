"""Facets: counted by tantivy where much was found, else here from one number of each article.

tantivy counts by asking the whole query once more, which takes longer than to read a number of
each of a few articles. Both ways promise the same counts in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archive.search.results import Count, FacetName, Facets
from archive.store.index import facts

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
Names = Mapping[FacetName, Mapping[facts.Value, str]]
"""What the rows of the store are called that a facet counts."""


def told(answer: Mapping[str, Any], total: int) -> Facets:
    """What tantivy's answer to ``REQUEST`` says about so many articles."""
    found: dict[FacetName, tuple[Count, ...]] = {}
    for name in _FIELDS:
        of_one = answer[name]
        counts: dict[str | None, int] = {
            _text(one["key"]): one["doc_count"] for one in of_one["buckets"]
        }
        unknown = total - sum(counts.values()) - of_one["sum_other_doc_count"]
        if name != "witness" and unknown > 0:
            counts[None] = unknown
        found[name] = in_order(name, counts)
    return found


def counted(numbers: Sequence[int], names: Names) -> Facets:
    """What the numbers of all articles found say."""
    found: dict[FacetName, tuple[Count, ...]] = {}
    for name, counts in facts.counted(numbers).items():
        called: dict[str | None, int] = {}
        known = names.get(name)
        for value, many in counts.items():
            text = known.get(value) if known is not None else _text(value)
            # Branches of several sites have the same name.
            called[text] = called.get(text, 0) + many
        found[name] = in_order(name, called)
    return found


def in_order(name: FacetName, counts: Mapping[str | None, int]) -> tuple[Count, ...]:
    """The counts of a facet as ``Facets`` has them."""
    found = [Count(value, many) for value, many in counts.items()]
    found.sort(key=_by_year if name == "year" else _by_count)
    return tuple(found)


def _by_year(one: Count) -> tuple[bool, int]:
    return one.value is None, -int(one.value or 0)


def _by_count(one: Count) -> tuple[bool, int, str]:
    return one.value is None, -one.count, one.value or ""


def _text(value: float | str | None) -> str | None:
    # tantivy counts years as floating-point numbers.
    return str(int(value)) if isinstance(value, int | float) else value
