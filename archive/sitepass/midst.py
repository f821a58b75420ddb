"""What was put into the midst of an article's sentences and words since it was last kept.

Whoever edits a text writes between its words; a program that sows phrases does not know where these
end. It promises to tell the two by that, and by no list: what parts a word of the language, however
the insertion is laid, was put there by no editor.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from archive.cleaning.repairs import Edit
from archive.cleaning.unmasking.words import closing
from archive.model import Extraction
from archive.sitepass.added import STRANGE_SHARE, is_odd, pairs_of
from archive.sitepass.swaps import Swap, swaps

LEAST = 4
"""Letters of a phrase that may have been put in."""
PROVEN = 2
"""Places that prove it: one that parts a word, and another one that does, or whose words are hardly
of the language. A single place that parts a word may be a slip, and is noted."""
MOST = 0.5
"""Share of a text that may have been put in; beyond, it is another text."""
BESIDE = 4
"""Characters on either side of a place among which a word is looked for."""
PARTED = 2.0
"""How much likelier (natural logarithm) a word is than its two parts side by side."""
Texts = tuple[tuple[str, str], ...]
"""The title and the text, each as it was before and as it is."""


@dataclass(frozen=True, slots=True)
class Midst:
    """The ``phrases`` that were put into an article; ``is_proven``: by a program."""

    phrases: frozenset[str] = frozenset()
    is_proven: bool = False


def texts_of(own: Extraction, said: Extraction) -> Texts:
    """What an article had of its ``own`` beside what it ``said`` then."""
    return ((own.title or "", said.title or ""), (own.text, said.text))


def put_into_midst(texts: Texts, known: Callable[[], Collection[str]]) -> Midst:
    """What was put into sentences; ``known`` gives the pairs of characters of what the host wrote
    before, and is asked only where a word is parted."""
    inside = [(text, one) for text, one in _insertions(texts) if _is_inside(text, one)]
    if sum(len(one.came) for _, one in inside) > MOST * sum(len(text) for _, text in texts):
        return Midst()
    parting = [one for text, one in inside if _parts_word(text, one)]
    if not parting:
        return Midst()
    odd = [one for _, one in inside if one not in parting and is_odd(one.came, known())]
    if len(parting) + len(odd) < PROVEN:
        return Midst(frozenset(one.came for one in parting))
    strange = (one.came for _, one in inside if _is_strange(one.came, known()))
    return Midst(frozenset({*strange, *(one.came for one in (*parting, *odd))}), is_proven=True)


def taken_out(before: str, after: str, phrases: Collection[str]) -> Iterator[Edit]:
    """The edits that take ``phrases`` out of a text ``after`` they were put into it."""
    for one in swaps(before, after):
        if not one.went and one.came in phrases:
            yield Edit(one.start, one.end, "")


def _insertions(texts: Texts) -> Iterable[tuple[str, Swap]]:
    for before, after in texts:
        if len(after) >= len(before) + LEAST:
            yield from ((after, one) for one in swaps(before, after) if not one.went)


def _is_inside(text: str, one: Swap) -> bool:
    """Whether something stands between two letters."""
    sides = text[one.start - 1 : one.start], text[one.end : one.end + 1]
    return len(one.came) >= LEAST and all(side.isalnum() for side in sides)


def _parts_word(text: str, one: Swap) -> bool:
    """Whether what was put in parts a word wherever it may have begun: 员和研究 between 研究 and 所
    is as well 研究员和 before 研究所."""
    start, end = one.start, one.end
    while start and text[start - 1] == text[end - 1]:
        start, end = start - 1, end - 1
    while closing(text[max(0, start - BESIDE) : start], text[end : end + BESIDE]) >= PARTED:
        if text[start] != text[end : end + 1]:
            return True
        start, end = start + 1, end + 1
    return False


def _is_strange(phrase: str, known: Collection[str]) -> bool:
    pairs = pairs_of(phrase)
    return sum(pair not in known for pair in pairs) >= STRANGE_SHARE * len(pairs)
