"""What to try where a search finds nothing: the ways out that would find something, with counts.

It promises that a way that is offered leads to articles, and to look for no more than a few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from archive.search.corrections import addresses, corrected
from archive.search.near import Texts, near
from archive.store import Archive
from archive.store.looking import texts_of
from archive.web.finding import page_of
from archive.web.language import Speech
from archive.web.question import NARROWED, Question

PIECE = 2
"""Characters of the pieces that a phrase is taken apart into."""
MOST_PIECES = 12

_LETTERS = re.compile(r"[^\W_]+")
_SAYS_MORE = re.compile(r'[":()“”]|(?:^|\s)(?:-|AND\b|OR\b|NOT\b)')
"""What only the query language makes sense of: such a query is not taken apart."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A way out in words, what it leads to (mostly so many articles), and its address; both
    empty where the words are only a reason."""

    words: Markup
    found: Markup
    address: str


def hints(archive: Archive, speech: Speech, question: Question, total: int) -> list[Hint]:
    """The ways out of a page without a hit, the nearest first. Where the question found ``total``
    articles, there is one way: to go back to the pages that have them."""
    if total:
        first = replace(question, page=1)
        return [Hint(speech("hint.page"), speech.articles(total), first.address())]
    found = []
    places = (page_of(archive, one) for one in addresses(question.q))
    if place := next(filter(None, places), None):
        found.append(Hint(speech("hint.address"), speech("hint.address_here"), place))
    limits = question.filters()
    if limits.leaves_no_day:
        words = speech("hint.no_day", first=limits.date_from, last=limits.date_to)
        found.append(Hint(words, Markup(""), ""))
    for words, other in _ways(speech, question, partial(texts_of, archive, limits)):
        count = archive.count(other.q, other.filters())
        if count:
            found.append(Hint(words, speech.articles(count), other.address()))
    return found


def _ways(speech: Speech, question: Question, texts: Texts) -> Iterator[tuple[Markup, Question]]:
    first = replace(question, page=1)
    if question.filters().leaves_no_day and question.from_ and question.to:
        span = {"first": question.to, "last": question.from_}
        yield speech("hint.turned", **span), replace(first, from_=question.to, to=question.from_)
    chosen = [name for name in NARROWED if getattr(question, name)]
    for name in chosen:
        without: dict[str, Any] = {name: ""}
        word = speech.choice(name, getattr(question, name))
        label = speech(f"facet.{name}")
        yield speech("hint.without", name=label, value=word), replace(first, **without)
    if len(chosen) > 1:
        yield speech("hint.unfiltered"), Question(q=question.q, order=question.order)
    others = [meant] if (meant := corrected(question.q)) else near(question.q, texts)
    for other in others:
        yield speech("hint.meant", words=other), replace(first, q=other)
    pieces = taken_apart(question.q)
    if len(pieces) > 1:
        bare = Question(order=question.order)
        told = "、".join(pieces)
        yield speech("hint.all", parts=told), replace(bare, q=" ".join(pieces))
        yield speech("hint.any", parts=told), replace(bare, q=" OR ".join(pieces))


def taken_apart(query: str) -> list[str]:
    """The words of a plain query, or the pieces of its one phrase; none where it says more.

    >>> taken_apart("人工智能大会"), taken_apart("党员 大会"), taken_apart("title:党员")
    (['人工', '智能', '大会'], ['党员', '大会'], [])
    """
    if _SAYS_MORE.search(query):
        return []
    words = _LETTERS.findall(query)
    if len(words) == 1 and not words[0].isascii():
        word = words[0]
        words = [word[at : at + PIECE] for at in range(0, len(word), PIECE)]
    return list(dict.fromkeys(words))[:MOST_PIECES]
