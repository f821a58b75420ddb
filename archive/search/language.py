"""The query language: what can be typed, and that nothing typed is ever an error.

    党员 大会            all the words, in title or text     "党员 大会"     one phrase
    党员 OR 团员         AND, OR, NOT, in capitals, and ( )  党员 -大会      without this word
    xueyuan              in pinyin: 学院; in quotation marks as it stands
    sedim*               words of letters that begin so
    title:党员           also text: branch: author: source: attachment:
    date:2010            also 2010-12, 2010-12-09, 2009..2011, [2009 TO 2011-03], >=2010, <2011
    site:NAME            status:live|gone|mirror-only        witness:original|mirror|backfill
    标题:党员            each of these also in Chinese (``archive.search.fields``)

The grammar is Lucene's, read by luqum. Before it reads, everything that this language has no use
for (other wildcards, boosts, unknown prefixes, brackets that do not close) is escaped, so that it
is plain text; whatever it still refuses is searched for as plain text as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import cast

from luqum.exceptions import ParseError
from luqum.tree import (
    AndOperation,
    BaseGroup,
    BaseOperation,
    Item,
    Not,
    OrOperation,
    Prohibit,
    SearchField,
    Term,
    UnknownOperation,
    Word,
)

from archive.search import pinyin
from archive.search.beside import side_by_side
from archive.search.daterange import read_span
from archive.search.fields import DATE_FIELD, EXACT_FIELDS, NAMES, exact_value
from archive.search.lucene import parse as parse_lucene
from archive.search.quantities import either_way
from archive.search.query import (
    EVERYTHING,
    NOTHING,
    All,
    Any,
    Beginning,
    Exactly,
    Node,
    Phrase,
    Published,
    Sounds,
    TextField,
    Without,
)
from archive.search.spellings import beside_its_number, spellings, with_sign
from archive.search.terms import BREAK, is_single, units, without_readings
from archive.search.wide import narrowed

MAX_QUERY = 1_000
"""Characters of a query that count."""

MAX_PHRASES = 32
"""Phrases of a query that count."""

MAX_OTHERS = 48
"""Other ways to write its words that are looked for; behind so many, words are what was typed. On
PostgreSQL each takes a few milliseconds."""

_OPENING, _CLOSING = '"＂“”„‟«»‹❝〝〞「『｢﹁﹃', '"＂“”„‟«»›❞〝〞」』｣﹂﹄'
_DATE = "|".join(name for name, field in NAMES.items() if field == DATE_FIELD)
_NAMES = "|".join(NAMES)
_TOKENS = re.compile(
    rf"(?P<quoted>[{_OPENING}](?P<inside>[^{_OPENING}{_CLOSING}]*)[{_CLOSING}])"
    r"|(?P<single>(?<![^\s(:：-])['‘’‚＇](?P<within>[^'‘’‚＇]*\s[^'‘’‚＇]*)['‘’＇](?=[\s)]|\Z))"
    rf"|(?<![^\s(\-])(?P<date>{_DATE})[:：]\s?(?P<span>[\[{{][^\]}}]*[\]}}]|[^\s()]+)"
    rf"|(?<![^\s(\-])(?P<name>{_NAMES})[:：]\s?(?=[^\s)])"
    r"|(?P<plain_number>(?<=\w)\(\d+\)|\(\d+\)(?=\w))"
    r"|(?P<paren>[()])"
    r"|(?P<minus>(?<![^\s(])-(?=[^\s)-]))"
    r"|(?P<space>\s+)"
    r"|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
MIN_LETTERS = 2
"""Letters of the beginning of a word: what begins with one is nearly everything."""

_WORD = re.compile(r"\w")
_FIELDS = frozenset(NAMES.values())
_NO_WORDS = (DATE_FIELD, *EXACT_FIELDS)
_IDLE = re.compile(r"\A\s*(?:(?:AND|OR)\s+)+(?=\S)|(?<=\S)(?:\s+(?:AND|OR|NOT|-))+\s*\Z")
"""Operators that join nothing: those of a query that is not yet typed to its end, above all."""
_CHARACTERS = re.compile("[\u4e00-\u9fff]+")
"""What has no syntax in it and is no pinyin: most of what is typed."""


def parse(query: str) -> Node:
    """The tree of what was typed: ``EVERYTHING`` for a blank query, ``NOTHING`` for one with
    nothing in it that could be searched for ("!?")."""
    typed = _IDLE.sub(" ", with_sign(without_readings(query[:MAX_QUERY])))
    if not typed.strip():
        return EVERYTHING
    if _CHARACTERS.fullmatch(typed):
        found = phrase(typed)
        return NOTHING if found is None else _word(found, typed)
    try:
        node = _Reader().node(parse_lucene(_escaped(narrowed(typed))))
    except (ParseError, RecursionError):
        node = plain(typed)
    return NOTHING if node is None else node


def plain(text: str) -> Node | None:
    """Every word of ``text``, without any syntax; None when there is none."""
    phrases = dict.fromkeys(filter(None, map(phrase, text.split())))
    return _joined(All, [*phrases][:MAX_PHRASES])


def phrase(text: str, field: TextField | None = None) -> Phrase | None:
    """``text`` as one phrase; None when there is nothing in it to search for."""
    found = tuple(unit for unit in units(text) if unit != BREAK)
    return Phrase(found, field) if found else None


def _word(found: Phrase, typed: str) -> Node:
    """The word as it was typed, or as it may be written otherwise."""
    node = either_way(found, spellings(typed, found.units))
    apart = beside_its_number(found)
    if apart is None:
        return node
    return Any((*(node.parts if isinstance(node, Any) else (node,)), apart))


def _escaped(typed: str) -> str:
    """``typed`` with a backslash before all that Lucene would take for more than this language."""
    keep_parens = _balanced(typed)
    return "".join(_token(found, keep_parens) for found in _TOKENS.finditer(typed))


def _token(found: re.Match[str], keep_parens: bool) -> str:
    text = found.group()
    kind = found.lastgroup
    if found["quoted"] is not None:
        return f'"{_backslashed(found["inside"])}"'
    if found["single"] is not None:
        return f'"{_backslashed(found["within"])}"'
    if found["plain_number"] is not None:
        return _backslashed(text)
    if found["date"] is not None:
        return f"{DATE_FIELD}:{_backslashed(found['span'])}"
    if kind == "name":
        return NAMES[found["name"].lower()] + ":"
    if kind == "space":
        return " "
    if kind == "minus" or (kind == "paren" and keep_parens):
        return text
    return text if _WORD.match(text) else "\\" + text


def _backslashed(text: str) -> str:
    return "".join(one if _WORD.match(one) else "\\" + one for one in text)


def _balanced(typed: str) -> bool:
    depth = 0
    for found in _TOKENS.finditer(typed):
        if found.lastgroup == "paren":
            depth += 1 if found.group() == "(" else -1
        if depth < 0:
            return False
    return depth == 0


def _joined(kind: type[All] | type[Any], parts: Sequence[Node]) -> Node | None:
    once = tuple(dict.fromkeys(parts))
    if len(once) < 2:
        return once[0] if once else None
    return kind(once)


class _Reader:
    """Turns luqum's tree into ours; counts the leaves, so that no query costs without end."""

    def __init__(self) -> None:
        self._left = MAX_PHRASES
        self._others = MAX_OTHERS
        self._reads = True  # words may be pinyin

    def node(self, item: Item, field: str | None = None) -> Node | None:
        """The item as a tree; None when nothing of it can be searched for."""
        for kinds, read in self._kinds:
            if isinstance(item, kinds):
                return read(self, item, field)
        return None

    def _operation(self, item: BaseOperation, field: str | None) -> Node | None:
        if isinstance(item, UnknownOperation):
            parts = []
            for may_be_read, few in groupby(item.children, _is_read):
                parts += (self._together if may_be_read else self._each)(list(few), field)
            return _joined(All, side_by_side(parts))
        parts = self._each(item.children, field)
        return _joined(Any if isinstance(item, OrOperation) else All, parts)

    def _each(self, items: Sequence[Item], field: str | None) -> list[Node]:
        return [part for one in items if (part := self.node(one, field)) is not None]

    def _together(self, words: Sequence[Item], field: str | None) -> list[Node]:
        """Words side by side; where one of them is a lone syllable, they are read as one, too."""
        parts = self._each(words, field)
        typed = [str(one.unescaped_value) for one in words]
        node = _joined(All, parts)
        if (
            node is None
            or len(typed) < 2
            or not self._reads
            or not any(map(pinyin.is_short, typed))
        ):
            return parts
        return [_or_read(node, " ".join(typed), cast("TextField | None", field))]

    def _negation(self, item: Item, field: str | None) -> Node | None:
        reads, self._reads = self._reads, False
        part = self.node(item.children[0], field)
        self._reads = reads
        return None if part is None else Without(part)

    def _group(self, item: BaseGroup, field: str | None) -> Node | None:
        return self.node(item.children[0], field)

    def _field(self, item: SearchField, _field: str | None) -> Node | None:
        if item.name not in _FIELDS:
            # A bracket that does not close stands before it: (title:党
            raise ParseError(item.name)
        return self.node(item.expr, item.name)

    def _term(self, item: Term, field: str | None) -> Node | None:
        if self._left <= 0:
            return None
        leaf = _beginning(item, field) or _leaf(
            item.unescaped_value.removeprefix('"').removesuffix('"'), field
        )
        self._left -= leaf is not None
        if not isinstance(leaf, Phrase):
            return leaf
        if not self._reads or not isinstance(item, Word):
            return either_way(leaf)
        node: Node = leaf
        if self._others > 0:
            node = _word(leaf, item.unescaped_value)
            self._others -= len(node.parts) - 1 if isinstance(node, Any) else 0
        return _or_read(node, item.unescaped_value, leaf.field) if _is_read(item) else node

    _kinds: tuple[tuple[tuple[type, ...], Callable[..., Node | None]], ...] = (
        ((Term,), _term),
        ((SearchField,), _field),
        ((BaseGroup,), _group),
        ((Not, Prohibit), _negation),
        ((AndOperation, OrOperation, UnknownOperation), _operation),
    )


def _leaf(value: str, field: str | None) -> Node | None:
    if field == DATE_FIELD:
        span = read_span(value)
        return Published(*span) if span else phrase(value)
    if field is not None and field in EXACT_FIELDS:
        return Exactly(*exact_value(field, value))
    return phrase(value, cast("TextField | None", field))


def _beginning(item: Term, field: str | None) -> Beginning | None:
    """What the item asks for if it is the beginning of a word of letters, as in ``sedim*``."""
    typed = item.unescaped_value
    if not isinstance(item, Word) or not typed.endswith("*") or field in _NO_WORDS:
        return None
    found = units(typed)
    if len(found) != 1 or is_single(found[0]) or len(found[0]) < MIN_LETTERS:
        return None
    return Beginning(found[0], cast("TextField | None", field))


def _is_read(item: Item) -> bool:
    """Whether the item is a word that may be pinyin; what is quoted is meant as it is."""
    return isinstance(item, Word) and pinyin.may_be(item.unescaped_value)


def _or_read(node: Node, text: str, field: TextField | None) -> Node:
    read = [Sounds(syllables, field) for syllables in pinyin.ways(text)]
    return Any((node, *read)) if read else node
