"""Phrases known by what a host says twice, once with a phrase put into it and once without.

A headline stands in a list, beside a link, in a page's head and over its text; a line of the frame
stands on every page. Whoever drops phrases at random drops them into one of these and not into the
others. Honest strings differ so, too (a headline cut short, a word more): it promises to take a
string only where the same one stands inside other sentences as well, between other characters each
time, and its places do not speak against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import regex

from archive.cleaning.unmasking.align import Span, turns
from archive.cleaning.unmasking.brands import is_institution
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.odds import weighed
from archive.cleaning.unmasking.once import has_in_common
from archive.cleaning.unmasking.places import LONGEST, SEED, Texts, one_of
from archive.cleaning.unmasking.words import has_particle

AROUND = 5
"""Characters on either side of a phrase that must stand together elsewhere."""
MOST_TURNS = 3
"""Ways, at most, in which what was put in may be cut: with more, words are said over and over."""
ENOUGH = 0.0
"""What a string's places must weigh (logarithm of the odds, ``odds.weighed``). On 80 hosts of real
news pages some 800 sown strings pass, of honest ones none."""
STOP = "。"
"""What stands between two lines."""
ROUNDS = 4
"""Times that the lines are looked at, each time without the phrases found before."""
_WORDS = regex.compile(r"[\p{L}\p{N}]+")


def lines_of(survey: HostSurvey) -> set[str]:
    """What the pages of a host of few say (plain), line by line, where readers look and aside."""
    lines = {line for path in survey.said for line in survey.said[path]}
    for path in survey.said:
        if (sample := survey.samples.get(path)) is not None:
            lines |= {sample.title, *sample.text.split("\n")}
    return {plain(line) for line in lines}


def beside_texts(survey: HostSurvey) -> list[str]:
    """What the pages of a host of few say (plain) in lines that are not in their texts, each line
    once: a string a page."""
    seen = set[str]()
    found = []
    for path in sorted(survey.said):
        sample = survey.samples.get(path)
        lines = {*survey.said[path], *([sample.title] if sample else ())}
        text = plain(sample.text) if sample else ""
        new = sorted({plain(line) for line in lines} - seen)
        seen.update(new)
        found.append(STOP.join(line for line in new if len(line) > SEED and line not in text))
    return found


def put_in_again(
    lines: Iterable[str], taken: Collection[str], known: Collection[str] = ()
) -> tuple[str, ...]:
    """Phrases put into some of the ``lines`` (plain) of a host, which stand without them elsewhere;
    none that has much in common with one of ``taken``. ``known``: phrases that something else
    tells."""
    left = _without(lines, known)
    found: set[str] = set()
    for _ in range(ROUNDS):
        texts = Texts(left)
        here = {
            phrase
            for phrase in put_in(left)
            if not any(has_in_common(phrase, term) for term in taken) and _is_sown(phrase, texts)
        }
        if not here:
            break
        found |= here
        left = _without(left, here)
    return tuple(sorted(found))


def _without(lines: Iterable[str], phrases: Collection[str]) -> list[str]:
    pattern = one_of(phrases)
    return sorted({pattern.sub("", line) for line in lines})


def _is_sown(phrase: str, texts: Texts) -> bool:
    places = texts.places(phrase)
    return (
        places.differ
        and not is_institution(phrase)
        and weighed(phrase, places, texts).weight >= ENOUGH
    )


def put_in(lines: Sequence[str]) -> set[str]:
    """Strings of letters that stand in one of the ``lines`` between characters that stand together
    in one, in all the ways in which they may be cut."""
    behind = _behind(lines)
    found: set[str] = set()
    for line in lines:
        for start, end in _stretches(line, behind):
            ways = turns(line, Span(False, start, start, start, end))
            if len(ways) <= MOST_TURNS:
                found |= {way for way in ways if _WORDS.fullmatch(way) and not has_particle(way)}
    return found


def _behind(lines: Iterable[str]) -> dict[str, set[str]]:
    """What follows each run of characters, where it is not always the same."""
    first: dict[str, str] = {}
    several: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for at in range(AROUND, len(line) - AROUND + 1):
            before, here = line[at - AROUND : at], line[at : at + AROUND]
            if first.setdefault(before, here) != here:
                several[before] |= {first[before], here}
    return several


def _stretches(line: str, behind: dict[str, set[str]]) -> Iterator[tuple[int, int]]:
    """Where something stands in a ``line`` between two runs that stand side by side elsewhere."""
    for start in range(AROUND, len(line) - AROUND - SEED + 1):
        others = behind.get(line[start - AROUND : start])
        for after in others or ():
            end = line.find(after, start + SEED, start + LONGEST + AROUND)
            if end >= 0 and not line.startswith(after, start):
                yield start, end
