"""What has come into several pages of a host at once: sown by who broke in, or edited by the house.

An institute writes on all its pages, too: notices, slogans, the longer name of an office, what a
new template has below each article. It promises to tell the two by where a phrase stands and what
it is made of, by no list of words: what parts sentences at any place was sown; what stands for
itself, or beside the same word each time, only where it has what is no word of the language, is a
line of keywords, or leads to strangers in odd words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.edits import keyword_phrases
from archive.cleaning.unmasking.sown import SOWN_PAGES
from archive.cleaning.unmasking.words import single_share, surprise

STOPS = frozenset("。！？；，、：.!?;,: \n")
ALIKE = 0.9
"""Share of a phrase's places that have the same neighbour where a name or an office was edited."""
BESIDE = 2
"""Characters of such a neighbour."""
LEAST = 6
"""Letters of a phrase that is judged by its words: four may be an idiom or a name."""
NO_WORD, RARE = 0.34, 6.2
"""Share of the letters of a phrase that are in none of its words, and surprise (natural logarithm)
of these words a letter, from which it is not of the language."""
LINKED_NO_WORD = 0.15
"""The same share of a phrase that leads to strangers."""
STRANGE_SHARE = 0.5
"""Of the pairs of characters of a phrase, the share that none of the host's earlier texts had, from
which it is not the institute's."""
ODD_LINKS = 2
"""Different odd words under which the new links of a page lead to strangers."""
_LETTERS = re.compile(r"\w+")
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Changed:
    """The page at ``url`` as it is now: the lines of its text, the words of those of its links to
    strangers that it had not before, and the domains to which those lead that are to be seen."""

    url: str
    lines: tuple[str, ...]
    linked: tuple[str, ...]
    led: frozenset[str] = frozenset()


def is_sown(phrase: str, pages: Sequence[Changed], known: Collection[str]) -> bool:
    """Whether ``phrase`` (plain) came into ``pages`` by who broke in; ``known``: the pairs of
    characters of the host's earlier texts."""
    bare = bared(phrase)
    return (
        is_parting(phrase, pages)
        or is_odd(bare, known)
        or sum(_leads_away(bare, page.linked) for page in pages) >= SOWN_PAGES
        or bool(keyword_phrases(bare))
    )


def oddly_linked(pages: Sequence[Changed], known: Collection[str]) -> list[str]:
    """Addresses of the ``pages`` whose new links lead to strangers in several odd words; ``known``
    as for ``is_sown``. None where they are fewer than a sower's."""
    found = [
        page.url
        for page in pages
        if len(page.led) >= ODD_LINKS
        and sum(is_odd(w, known) for w in set(page.linked)) >= ODD_LINKS
    ]
    return found if len(found) >= SOWN_PAGES else []


def led_in_common(pages: Sequence[Changed], before: Collection[str]) -> list[str]:
    """Strangers' domains to which several ``pages`` have come to lead and none had ``before``."""
    often = Counter(domain for page in pages for domain in page.led if domain not in before)
    return sorted(domain for domain, count in often.items() if count >= SOWN_PAGES)


def is_parting(phrase: str, pages: Sequence[Changed]) -> bool:
    """Whether ``phrase`` (plain) parts sentences on several of ``pages``, beside other words
    each time."""
    bare = bared(phrase)
    parted = [sides for page in pages if (sides := list(_parted(bare, page.lines)))]
    everywhere = [side for sides in parted for side in sides]
    return len(parted) >= SOWN_PAGES and not _is_one_edit(everywhere)


def is_inside(phrase: str, pages: Sequence[Changed]) -> bool:
    """Whether ``phrase`` (plain) stands between two letters wherever ``pages`` have it."""
    places = [
        (line[max(0, at - 1) : at], line[at + len(phrase) :][:1])
        for page in pages
        for line in page.lines
        for at in _places(phrase, line)
    ]
    return bool(places) and all(a.isalnum() and b.isalnum() for a, b in places)


def bared(phrase: str) -> str:
    """``phrase`` without stops, brackets and the like at its ends."""
    return _EDGES.sub("", phrase)


def pairs_of(text: str) -> set[str]:
    """Its pairs of neighbouring characters, stops apart."""
    return {a + b for a, b in pairwise(text) if not {a, b} & STOPS}


def _parted(bare: str, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What stands before and behind a phrase wherever a letter does on either side."""
    for line in lines:
        for at in _places(bare, line):
            before, behind = line[max(0, at - BESIDE) : at], line[at + len(bare) :][:BESIDE]
            if before[-1:].isalnum() or behind[:1].isalnum():
                yield before, behind


def _places(phrase: str, line: str) -> Iterator[int]:
    at = line.find(phrase) if phrase else -1
    while at >= 0:
        yield at
        at = line.find(phrase, at + len(phrase))


def _is_one_edit(sides: Sequence[tuple[str, str]]) -> bool:
    """Whether nearly all places have one neighbour: what is sown has others each time."""
    return any(
        side.most_common(1)[0][1] >= ALIKE * len(sides)
        for side in (Counter(before for before, _ in sides), Counter(b for _, b in sides))
    )


def is_odd(phrase: str, known: Collection[str]) -> bool:
    """Whether ``phrase`` is hardly of the language, and most of it new to the host; ``known``: the
    pairs of characters of its earlier texts."""
    letters = "".join(_LETTERS.findall(phrase))
    if len(letters) < LEAST or single_share(letters) < NO_WORD:
        return False
    pairs = pairs_of(letters)
    strange = sum(pair not in known for pair in pairs) >= STRANGE_SHARE * len(pairs)
    return strange and surprise(letters) >= RARE * len(letters)


def _leads_away(bare: str, linked: Sequence[str]) -> bool:
    words = [one for one in linked if one and (one in bare or bare in one)]
    return any(single_share(one) >= LINKED_NO_WORD for one in (bare, *words)) if words else False


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a page's text in the form in which phrases are compared."""
    return tuple(plain(line) for line in text.split("\n"))
