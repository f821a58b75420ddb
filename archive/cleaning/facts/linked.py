"""What a page says of its article in JSON-LD (schema.org's vocabulary): day, authors, section.

It promises the values of the first thing with a day of publication and the first trail, and nothing
for a text that is no JSON, too long, or nested without end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element

MEDIA_TYPE = "application/ld+json"
MAX_CHARS = 300_000
MAX_THINGS = 200
MAX_STEPS = 8
_DAYS = ("datePublished", "pubDate", "dateCreated")


@dataclass(frozen=True, slots=True)
class Linked:
    """The day of publication as it is written, the names of the authors, and those of the sections
    that the article is in, from the home page on."""

    published: str | None = None
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


NOTHING_LINKED = Linked()


def read_linked(tree: Element) -> Linked:
    """What the scripts of ``tree`` say of its article."""
    article = trail = None
    for node in tree.iter("script"):
        if (node.get("type") or "").lower() != MEDIA_TYPE or not node.text:
            continue
        for thing in _things(node.text[:MAX_CHARS]):
            if article is None and _day(thing):
                article = thing
            elif trail is None and thing.get("@type") == "BreadcrumbList":
                trail = thing
    told = article or {}
    sections = tuple(_names(told.get("articleSection")))
    if len(sections) != 1 and trail is not None:
        sections = tuple(_steps(trail))
    return Linked(_day(told), tuple(_names(told.get("author"))), sections)


def _day(thing: Mapping[str, object]) -> str | None:
    return next((said for key in _DAYS if isinstance(said := thing.get(key), str) and said), None)


def _steps(trail: Mapping[str, object]) -> Iterator[str]:
    """The names of a trail's steps, without the home page's."""
    steps = trail.get("itemListElement")
    for step in steps[1:MAX_STEPS] if isinstance(steps, list) else ():
        item = step.get("item") if isinstance(step, dict) else None
        named = item if isinstance(item, dict) and "name" in item else step
        yield from _names(named)


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
