"""Facets: counted by tantivy where much was found, else here from one number of each article.

tantivy counts by asking the whole query once more, which takes longer than to read a number of
each of a few articles. Both ways promise the same counts in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive.search.results import Count, FacetName, Facets
from archive.store.index import facts
from archive.store.index.layout import COUNTED, HOSTS, stood

MANY = 10_000
"""Values of a facet that are counted."""

_FIELDS: dict[FacetName, str] = {"branch": "branch_is", "year": "year", "site": "site_is"}
REQUEST_HOSTS: dict[str, Any] = {HOSTS: {"terms": {"field": HOSTS, "size": MANY}}}
REQUEST: dict[str, Any] = REQUEST_HOSTS | {
    name: {"terms": {"field": name, "size": MANY}} for name in COUNTED
}
Names = Mapping[FacetName, Mapping[facts.Value, str]]
"""What the rows of the store are called that a facet counts."""


def told(answer: Mapping[str, Any]) -> tuple[Facets, int]:
    """What tantivy's answer to ``REQUEST`` says, and of how many articles."""
    found: dict[FacetName, tuple[Count, ...]] = {
        name: in_order(name, {value or None: many for value, many in _values(answer[field])})
        for name, field in _FIELDS.items()
    }
    status: Counter[str | None] = Counter()
    witness: Counter[str | None] = Counter()
    for standing, many in _values(answer["standing"]):
        one, roles = stood(standing)
        status[one] += many
        witness.update(dict.fromkeys(roles, many))
    found["status"], found["witness"] = in_order("status", status), in_order("witness", witness)
    found["host"] = hosts(answer)
    return found, status.total()


def hosts(answer: Mapping[str, Any]) -> tuple[Count, ...]:
    """What tantivy's answer to ``REQUEST_HOSTS`` says."""
    return in_order("host", dict(_values(answer[HOSTS])))


def _values(of_one: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    return ((one["key"], one["doc_count"]) for one in of_one["buckets"])


def counted(numbers: Sequence[int], names: Names) -> Facets:
    """What the numbers of all articles found say: every facet but the hosts."""
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


def _text(value: facts.Value) -> str | None:
    return None if value is None else str(value)
