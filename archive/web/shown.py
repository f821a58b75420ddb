"""What lists of the reading room show, worked out before a template sees it.

A page of results has hundreds of addresses, words and counts; each call out of a template costs
more than what it is called for, escaping most of all, and the parts of an address that a list has
in common are written once. It promises that every text of a list is escaped already, and so that
its template need not do it again: the type tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from archive.search.results import Count, Hit
from archive.web.escaping import Escaped, escaped, marked
from archive.web.language import Speech
from archive.web.links import article_page
from archive.web.question import Question, quoted
from archive.web.tongue import spoken, tongue

BAR_HEIGHT = 48
"""Height of the timeline's longest bar, in CSS pixels."""
_SAID = 4_000
"""Names of branches and the like of which it is kept how they are written."""
_BARS = 20_000
"""Bars of which it is kept how they are told."""


class ShownHit(NamedTuple):
    """A hit: ``title`` is empty where there is none, ``published`` as a machine reads it; in which
    language (of HTML) title and snippet are."""

    address: Escaped
    title: Escaped
    title_tongue: str
    published: Escaped
    day: Escaped
    branch: Escaped
    site: Escaped
    status: Escaped
    status_word: Escaped
    snippet: Escaped
    snippet_tongue: str
    id: Escaped
    plain_title: Escaped


class ShownValue(NamedTuple):
    """One value of a facet; without an address where it is unknown."""

    address: Escaped
    word: Escaped
    number: Escaped
    chosen: bool


class Bar(NamedTuple):
    """One year of the timeline: how many articles (in words), and the bar's height; without an
    address where there is none."""

    year: Escaped
    words: Escaped
    height: int
    address: Escaped
    chosen: bool


def hits(speech: Speech, found: Iterable[Hit], *, with_site: bool) -> list[ShownHit]:
    """The hits as the list shows them; ``with_site`` or, where all are of one, without."""
    untitled = str(speech("untitled"))
    return [
        ShownHit(
            escaped(article_page(hit.id)),
            marked(hit.title),
            tongue(hit.title.text),
            escaped("" if hit.published is None else hit.published.isoformat()),
            escaped(speech.day(hit.published)),
            _said(hit.branch or "", speech.language),
            escaped(hit.site if with_site else ""),
            escaped(hit.status),
            escaped(speech.choice("status", hit.status)),
            marked(hit.snippet),
            tongue(hit.snippet.text),
            escaped(hit.id),
            escaped(hit.title.text or untitled),
        )
        for hit in found
    ]


def values(
    speech: Speech, question: Question, name: str, counts: Sequence[Count]
) -> list[ShownValue]:
    """The values of a facet, each with the address that narrows the search to it."""
    address = _narrowing(question, name)
    chosen = getattr(question, name)
    return [
        ShownValue(
            Escaped("") if one.value is None else address(one.value),
            _said(speech.choice(name, one.value), speech.language),
            escaped(speech.number(one.count)),
            one.value is not None and one.value == chosen,
        )
        for one in counts
    ]


def timeline(speech: Speech, question: Question, counts: Sequence[Count]) -> list[Bar]:
    """The years found, from the first to the last, those without an article included."""
    found = {int(one.value): one.count for one in counts if one.value is not None}
    if not found:
        return []
    most = max(found.values())
    address = _narrowing(question, "year")
    return [
        Bar(
            year=Escaped(str(year)),
            words=_bar_words(speech, year, count),
            height=max(1, round(BAR_HEIGHT * count / most)),
            address=address("" if (chosen := question.year == str(year)) else str(year)),
            chosen=chosen,
        )
        if (count := found.get(year, 0))
        else Bar(Escaped(str(year)), Escaped(""), 0, Escaped(""), chosen=False)
        for year in _span(sorted(found))
    ]


@lru_cache(_SAID)
def _said(text: str, language: str) -> Escaped:
    return Escaped(str(spoken(text, language)))


@lru_cache(_BARS)
def _bar_words(speech: Speech, year: int, count: int) -> Escaped:
    return escaped(speech("timeline.bar", year=year, found=speech.articles(count)))


def _span(years: list[int]) -> list[int]:
    """Every year between the first and the last, or only those found when they lie far apart."""
    whole = list(range(years[0], years[-1] + 1))
    return whole if len(whole) <= 2 * len(years) + 20 else years


def _narrowing(question: Question, name: str) -> Callable[[str], Escaped]:
    """What gives the addresses (from the first page) with one value of ``name`` each; "" takes it
    away."""
    without = question.address(**{name: ""})
    before = escaped(f"{without}{'&' if '?' in without else '?'}{name}=")
    return lambda value: Escaped(before + quoted(value)) if value else escaped(without)
