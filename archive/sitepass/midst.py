"""What was put into the midst of an article's sentences and words since it was last kept.

Whoever edits a text writes between its words; a program that sows phrases does not know where these
end. It promises to tell the two by that, and by no list: what parts a word of the language, however
the insertion is laid, was put there by no editor.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate

from archive.cleaning.repairs import Edit
from archive.cleaning.unmasking.words import closing, is_word_across
from archive.model import Extraction
from archive.sitepass.added import STRANGE_SHARE, is_odd, pairs_of
from archive.sitepass.swaps import swaps

LEAST = 4
"""Letters of a phrase that may have been put in."""
PROVEN = 2
"""Places that prove it: one that parts a word, and another one that does, or whose words are hardly
of the language. A single place that parts a word may be a slip, and is noted."""
BESIDE = 4
"""Characters on either side of a place among which a word is looked for."""
AS_BEFORE = 5
"""Characters on either side that must be as they were: where a sentence was written anew, equal
characters of both stand anywhere."""
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
    inside = [one for before, after in texts for one in _insertions(before, after)]
    parting = [one.phrase for one in inside if one.parts_word()]
    if not parting:
        return Midst()
    phrases = [one.phrase for one in inside]
    odd = [one for one in phrases if one not in parting and is_odd(one, known())]
    if len(parting) + len(odd) < PROVEN:
        return Midst(frozenset(parting))
    strange = [one for one in phrases if _is_strange(one, known())]
    return Midst(frozenset({*strange, *parting, *odd}), is_proven=True)


def taken_out(before: str, after: str, phrases: Collection[str]) -> Iterator[Edit]:
    """The edits that take ``phrases`` out of a text ``after`` they were put into it."""
    for one in swaps(before, after):
        if not one.went and one.came in phrases:
            yield Edit(one.start, one.end, "")


@dataclass(frozen=True, slots=True)
class _Insertion:
    """What came into a ``text`` at a place (``at``): a ``phrase``, folded, without stops at its
    ends, which is ``written`` there so."""

    text: str
    at: int
    written: str
    phrase: str

    def is_inside(self, before: str) -> bool:
        """Whether it stands between two letters of one line, all round it as it was ``before``."""
        left, right = self.text[max(0, self.at - AS_BEFORE) : self.at], self.text[self.at :]
        right = right[:AS_BEFORE]
        is_between = left[-1:].isalnum() and right[:1].isalnum() and "\n" not in self.written
        return len(self.phrase) >= LEAST and is_between and left + right in before

    def parts_word(self) -> bool:
        """Whether it parts a word wherever it may have begun (员和研究 between 研究 and 所 is as
        well 研究员和 before 研究所), and makes no words with both of its halves, as an editor's
        does: 研究 that became 研制并探究."""
        at, came = self.at, self.written
        while at and self.text[at - 1] == came[-1]:
            at, came = at - 1, came[-1] + came[:-1]
        while True:
            before, behind = self.text[max(0, at - BESIDE) : at], self.text[at : at + BESIDE]
            made = is_word_across(before, came[:BESIDE]) and is_word_across(came[-BESIDE:], behind)
            if made or closing(before, behind) < PARTED:
                return False
            if came[0] != behind[:1]:
                return True
            at, came = at + 1, came[1:] + came[0]


def _insertions(before: str, after: str) -> Iterator[_Insertion]:
    """What came into the sentences of a text where nothing went."""
    if len(after) < len(before) + LEAST:
        return
    came = [one for one in swaps(before, after) if not one.went]
    ends = [0, *(one.end for one in came)]
    kept = [after[end : one.start] for end, one in zip(ends, came, strict=False)]
    text = "".join([*kept, after[ends[-1] :]])
    for at, one in zip(accumulate(map(len, kept)), came, strict=True):
        found = _Insertion(text, at, after[one.start : one.end], one.came)
        if found.is_inside(before):
            yield found


def _is_strange(phrase: str, known: Collection[str]) -> bool:
    pairs = pairs_of(phrase)
    return sum(pair not in known for pair in pairs) >= STRANGE_SHARE * len(pairs)
