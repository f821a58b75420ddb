"""What lists of the reading room show, worked out before a template sees it.

A page of results has hundreds of addresses, words and counts; each call out of a template costs
more than what it is called for, and the parts of an address that a list has in common are written
once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from archive.search.results import Count, Hit
from archive.web.language import Speech
from archive.web.links import article_page
from archive.web.question import Question
from archive.web.render import marked


class ShownHit(NamedTuple):
    """A hit: ``title`` is empty where there is none, ``published`` as a machine reads it."""

    address: str
    title: Markup
    published: str
    day: str
    branch: str
    site: str
    status: str
    status_word: str
    snippet: Markup


class ShownValue(NamedTuple):
    """One value of a facet; without an address where it is unknown."""

    address: str
    word: str
    number: str
    chosen: bool


def hits(speech: Speech, found: Iterable[Hit]) -> list[ShownHit]:
    """The hits as the list shows them."""
    return [
        ShownHit(
            article_page(hit.id),
            marked(hit.title),
            "" if hit.published is None else hit.published.isoformat(),
            speech.day(hit.published),
            hit.branch or "",
            hit.site,
            hit.status,
            speech.choice("status", hit.status),
            marked(hit.snippet),
        )
        for hit in found
    ]


def values(
    speech: Speech, question: Question, name: str, counts: Sequence[Count]
) -> list[ShownValue]:
    """The values of a facet, each with the address that narrows the search to it."""
    address = question.narrowing(name)
    chosen = getattr(question, name)
    return [
        ShownValue(
            "" if one.value is None else address(one.value),
            speech.choice(name, one.value),
            speech.number(one.count),
            one.value is not None and one.value == chosen,
        )
        for one in counts
    ]
