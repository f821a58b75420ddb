"""What a page says of its article in JSON-LD (schema.org's vocabulary): day and authors.

It promises the values of the first thing with a day of publication, and nothing for a text that is
no JSON, too long, or nested without end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

MEDIA_TYPE = "application/ld+json"
MAX_CHARS = 300_000
MAX_THINGS = 200
_DAYS = ("datePublished", "pubDate", "dateCreated")


@dataclass(frozen=True, slots=True)
class Linked:
    """The day of publication as it is written, and the names of the authors."""

    published: str | None = None
    authors: tuple[str, ...] = ()


NOTHING_LINKED = Linked()


def read_linked(tree: Element) -> Linked:
    """What the scripts of ``tree`` say of its article."""
    for node in tree.iter("script"):
        if (node.get("type") or "").lower() != MEDIA_TYPE or not node.text:
            continue
        for thing in _things(node.text[:MAX_CHARS]):
            day = next((said for key in _DAYS if isinstance(said := thing.get(key), str)), None)
            if day:
                return Linked(day, tuple(_names(thing.get("author"))))
    return NOTHING_LINKED


def _things(text: str) -> Iterator[dict[str, object]]:
    """The objects of a JSON text, outer ones first, in the lists and the graph they stand in."""
    try:
        waiting: list[object] = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(MAX_THINGS):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value[:MAX_THINGS]
        elif isinstance(value, dict):
            yield value
            waiting.append(value.get("@graph"))
            waiting.append(value.get("mainEntity"))


def _names(said: object) -> Iterable[str]:
    for one in said if isinstance(said, list) else [said]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            yield " ".join(name.split())
