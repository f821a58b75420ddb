"""Titles that kits put in an article's place: keywords that its text knows nothing of.

An article's title has words of its text. It promises to know replaced titles by that, never by
their words; to ask only on hosts that write their heads in references, as kits do; and to say
nothing where the text is too short to tell.
"""

from __future__ import annotations

from collections import Counter

import regex

from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.script import HAN
from archive.cleaning.unmasking.signs import ENCODED_HEAD

SHORTEST = 60
"""Characters of a text from which it can be asked whether it knows its title."""
KNOWN = 0.2
"""Share of a title's pairs of characters that its text has: of 155 real ones none has fewer."""
OF_THE_SITE = 0.8
"""Share of the articles whose title a string is that makes it the site's own."""
MANY, FEW = 0.3, 2
"""Share of the articles, and their number at least, that must bear strange titles: where a page
has its title in a second place, that is read."""
ENCODED = 0.5
"""Share of the pages whose head must be in references."""
_PAIR = regex.compile(rf"{HAN}{{2}}")


def is_strange(title: str, text: str) -> bool:
    """Whether hardly any two neighbouring characters of ``title`` stand in ``text``."""
    known = plain(text)
    pairs = {m.group() for m in _PAIR.finditer(plain(title), overlapped=True)}
    return len(known) >= SHORTEST and sum(pair in known for pair in pairs) < KNOWN * len(pairs)


def put_in_place(survey: HostSurvey) -> tuple[str, ...]:
    """Titles that several different articles of a host bear, where many are replaced; in
    alphabetical order."""
    if not are_replaced(survey):
        return ()
    texts: dict[str, set[str]] = {}
    for sample in survey.samples.values():
        texts.setdefault(sample.title, set()).add(sample.text)
    return tuple(sorted(title for title, some in texts.items() if title and len(some) > 1))


def are_replaced(survey: HostSurvey) -> bool:
    """Whether many articles of a host whose heads are written in references bear titles that their
    texts know nothing of, not all the same one."""
    if survey.signs[ENCODED_HEAD] < max(FEW, ENCODED * survey.pages):
        return False
    titled = [s for s in survey.samples.values() if s.title and len(s.text) >= SHORTEST]
    often = Counter(sample.title for sample in titled)
    strange = sum(
        is_strange(sample.title, sample.text)
        for sample in titled
        if often[sample.title] < OF_THE_SITE * len(titled)
    )
    return strange >= max(FEW, MANY * len(titled))
