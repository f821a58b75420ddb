"""The query tree in tantivy's words.

It promises that filters and exact values do not change the rank, which is BM25 over the phrases
wanted, a hit in the title weighing more than one in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Searcher

from archive.search import query as q
from archive.search.terms import BREAK
from archive.store.index.buckets import buckets
from archive.store.index.common import Common
from archive.store.index.layout import (
    ARTICLE,
    COMMON_PHRASES,
    LONG_FIELDS,
    PAIRS,
    UNDATED_LAST,
    schema,
)

SOUND_RANK = 0.01
"""The rank of what only sounds like the words: below all that has them."""


class Asker:
    """Makes queries for an index in which these phrases are common."""

    def __init__(self, common: Common) -> None:
        self._common = common

    def asked(self, node: q.Node) -> Query:
        """The node as a query; it finds articles only."""
        if isinstance(node, q.Phrase):
            found = self._phrase(node)
            return Query.boost_query(found, q.OTHER_WEIGHT) if node.other else found
        if isinstance(node, q.Sounds):
            return _sounds(node)
        if isinstance(node, q.Beginning):
            return _begun(node)
        if isinstance(node, q.Any):
            parts = [(Occur.Should, self.asked(part)) for part in node.parts]
            return Query.boolean_query(parts) if parts else Query.empty_query()
        if isinstance(node, q.All):
            return self._all(node)
        if isinstance(node, q.Without):
            left_out = self.asked(node.part)
            return Query.boolean_query([(Occur.Must, articles()), (Occur.MustNot, left_out)])
        return Query.const_score_query(_value(node), 0.0)

    def _all(self, node: q.All) -> Query:
        parts = [
            (Occur.MustNot, self.asked(part.part))
            if isinstance(part, q.Without)
            else (Occur.Must, self.asked(part))
            for part in node.parts
        ]
        if not any(occur == Occur.Must for occur, _ in parts):
            parts.append((Occur.Must, articles()))
        return Query.boolean_query(parts)

    def _phrase(self, phrase: q.Phrase) -> Query:
        if phrase.field is not None:
            return self._row(phrase.field, phrase.units)
        title = Query.boost_query(self._row("title", phrase.units), q.TITLE_WEIGHT)
        return Query.boolean_query(
            [(Occur.Should, title), (Occur.Should, self._row("text", phrase.units))]
        )

    def _row(self, field: q.TextField, units: Sequence[str]) -> Query:
        """Where the phrase stands in the field: in a long one, if it has no term of its own, first
        by what is quick to look up, then by the places of its units."""
        if term := self.term(field, units):
            return Query.term_query(schema(), *term, index_option="freq")
        standing = Query.phrase_query(schema(), field, list[str | tuple[int, str]](units))
        if field not in LONG_FIELDS:
            return standing
        near = [Query.const_score_query(one, 0.0) for one in self._near(field, units)]
        return Query.boolean_query([(Occur.Must, one) for one in (*near, standing)])

    def term(self, field: q.TextField, units: Sequence[str]) -> tuple[str, str] | None:
        """The field and the term that alone tell where the phrase stands; None where none does."""
        if len(units) == 1:
            return field, units[0]
        known = self._common.term(units) if field == "text" else None
        return None if known is None else (COMMON_PHRASES, known)

    def _near(self, field: q.TextField, units: Sequence[str]) -> Iterator[Query]:
        """What a text has in which the units stand side by side."""
        common, pairs = (
            self._common.parts(units) if field == "text" else ((), list(pairwise(units)))
        )
        yield from (_exact(COMMON_PHRASES, one) for one in common)
        found = dict.fromkeys(bucket for pair in pairs for bucket in buckets(pair))
        yield from (_exact(field + PAIRS, one) for one in found)


def articles() -> Query:
    """Every article, all with the same rank."""
    return Query.const_score_query(_exact("kind", ARTICLE), 0.0)


def _value(node: q.Published | q.Exactly) -> Query:
    if isinstance(node, q.Exactly):
        # An empty value stands for an unknown one, which nobody asks for.
        value = node.value
        return _exact(f"{node.field}_is", value) if value else Query.empty_query()
    return Query.range_query(
        schema(),
        "published",
        FieldType.Unsigned,
        1 if node.first is None else node.first.toordinal(),
        UNDATED_LAST if node.last is None else node.last.toordinal(),
    )


def _exact(field: str, value: str) -> Query:
    return Query.term_query(schema(), field, value, index_option="basic")


def _sounds(sounds: q.Sounds) -> Query:
    if sounds.field is not None:
        return _read_so(sounds.field, sounds, 1.0)
    title = _read_so("title", sounds, q.TITLE_WEIGHT)
    return Query.boolean_query(
        [(Occur.Should, title), (Occur.Should, _read_so("text", sounds, 1.0))]
    )


def _read_so(field: str, sounds: q.Sounds, weight: float) -> Query:
    each = [sorted(characters) for characters in sounds.syllables]
    if len(each) == 1:
        standing = Query.term_set_query(schema(), field, each[0])
    else:
        standing = Query.regex_phrase_query(schema(), field, ["|".join(one) for one in each])
    return Query.const_score_query(standing, SOUND_RANK * weight)


def _begun(word: q.Beginning) -> Query:
    weights = {"title": q.TITLE_WEIGHT, "text": 1.0} if word.field is None else {word.field: 1.0}
    # A word of the index has letters, digits and marks in it: nothing that an expression means.
    standing = (
        (Occur.Should, Query.const_score_query(_like(field, f"{BREAK}?{word.letters}.*"), weight))
        for field, weight in weights.items()
    )
    return Query.boolean_query(list(standing))


def _like(field: str, expression: str) -> Query:
    return Query.regex_query(schema(), field, expression)


def numbered(numbers: Sequence[int]) -> Query:
    """The documents of these article rows."""
    return Query.term_set_query(schema(), "number", list(numbers))


def highest(searcher: Searcher) -> int:
    """The highest article row that has a document; 0 where there is none."""
    found = searcher.search(Query.all_query(), limit=1, order_by_field="number", count=False).hits
    return max((int(number or 0) for number, _ in found), default=0)


def noted(kind: str) -> Query:
    """The one document of this kind, which is no article."""
    return _exact("kind", kind)
