"""Keywords that kits put in the place of titles: no text of the host knows them.

An article's title has words of its host's texts. It promises to know replaced titles by that,
never by their words; to ask only on hosts that write their heads in references, as kits do; to take
no single title for one; and to put another in the place only where all the host's links to the page
agree, and no other page's text knows their words as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import regex

from archive.cleaning.script import HAN
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.signs import ENCODED_HEAD

ENOUGH = 100
"""Pairs of characters that a host's texts must have before it can be asked what they know."""
KNOWN = 0.2
"""Share of a title's pairs of characters that the texts have: of 155 real ones none has fewer even
in its own text."""
LOOKED_AT = 500
"""Articles of a host that are looked at."""
OF_THE_SITE = 0.8
"""Share of the articles whose title a string is that makes it the site's own."""
MANY, FEW = 0.3, 2
"""Share of the articles, and their number at least, that must bear strange titles: where a page
has its title in a second place, that is read."""
ENCODED = 0.5
"""Share of the pages whose head must be in references."""
_PAIR = regex.compile(rf"{HAN}{{2}}")


def put_in_place(survey: HostSurvey) -> tuple[str, ...]:
    """Titles of a host, in alphabetical order, that none of its texts knows, and where there are
    many of these, those that several articles bear; none unless the heads are in references."""
    if survey.signs[ENCODED_HEAD] < max(FEW, ENCODED * survey.pages):
        return ()
    samples = [survey.samples[path] for path in sorted(survey.samples)][:LOOKED_AT]
    titled = [sample.title for sample in samples if sample.title]
    known = {pair for sample in samples for pair in _pairs(sample.text)}
    often = Counter(titled)
    strange = [
        title
        for title in titled
        if often[title] < OF_THE_SITE * len(titled) and is_strange(title, known)
    ]
    if len(strange) < max(FEW, MANY * len(titled)):
        return ()
    borne = {title for title, count in often.items() if 1 < count < OF_THE_SITE * len(titled)}
    return tuple(sorted({*strange, *borne}))


def told_titles(survey: HostSurvey, strange: Collection[str]) -> Iterator[tuple[str, str]]:
    """Path and title of each article that bears a ``strange`` title and whose own the links of the
    host tell: all agree, its text has enough of their words, and more than any other article's."""
    if not strange:
        return
    samples = [survey.samples[path] for path in sorted(survey.samples)][:LOOKED_AT]
    texts = {sample.path: _pairs(sample.text) for sample in samples}
    for sample in samples:
        if sample.title not in strange:
            continue
        told = {plain(words): words for words in sorted(survey.linked.get(sample.path, ()))}
        words = [one for one in told.values() if one not in strange]
        if len(words) == 1 and _is_closest(_pairs(words[0]), sample.path, texts):
            yield sample.path, words[0]


def _is_closest(title: set[str], path: str, texts: Mapping[str, set[str]]) -> bool:
    """Whether the text at ``path`` has enough of the pairs of a title, and most of all texts, where
    a pair counts the less the more of them have it."""
    often = {pair: sum(pair in pairs for pairs in texts.values()) for pair in title}
    common = {p: sum(1 / often[pair] for pair in title & pairs) for p, pairs in texts.items()}
    best = max((much for other, much in common.items() if other != path), default=0.0)
    return len(title & texts[path]) >= max(1, KNOWN * len(title)) and common[path] > best


def is_strange(title: str, known: Collection[str]) -> bool:
    """Whether hardly any two neighbouring characters of ``title`` are among the ``known`` pairs."""
    pairs = _pairs(title)
    return len(known) >= ENOUGH and sum(p in known for p in pairs) < KNOWN * len(pairs)


def _pairs(text: str) -> set[str]:
    return {match.group() for match in _PAIR.finditer(plain(text), overlapped=True)}
