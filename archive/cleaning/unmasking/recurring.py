"""Phrases that a lone mirror sows, where no other host shows its pages without them.

A phrase put at any place of a sentence recurs between characters that belong together: 管理[…]创新.
An honest term recurs at the joints of sentences: what stands left and right of it has nothing to do
with each other, and sooner or later it stands beside a stop. It promises to judge by places and by
what a phrase has in common with proven ones, never by a list; and that what stands at one place
only needs a word that it parts and a proven phrase whose beginning or end it has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import regex

from archive.cleaning.unmasking.brands import is_institution
from archive.cleaning.unmasking.odds import Weighed, sown_among, weighed
from archive.cleaning.unmasking.once import PROVES, Kin, has_in_common, standing_once
from archive.cleaning.unmasking.once_alike import Sower, alike_once
from archive.cleaning.unmasking.places import LONGEST, SEED, SIDE, Places, Texts, one_of
from archive.cleaning.unmasking.resembling import (
    encloses,
    is_certain,
    is_round_another,
    likeness,
)
from archive.cleaning.unmasking.words import is_ordinary, is_word_across, without_particles

ROUNDS = 6
"""Times that the texts are looked at, each time without the phrases found before."""
FEWEST = 2
"""Joints of the strings that are looked at twice."""
OUTRIGHT = 2
"""Joints that must close strongly for a phrase that has a known term in it."""
MAX_PHRASES = 200
FEW_PAGES = 40
"""Pages of a host, at most, where phrases may stand once and be like others: on more they recur."""
LOOKED_AT, LOOKED_INTO = 200, 4000
"""Articles of a host, and characters of each, that are looked at."""
_WORDS = regex.compile(r"[\p{L}\p{N}]+")


def recurring_phrases(
    texts: Sequence[str],
    taken: Collection[str],
    compared: Collection[str] = (),
    names: Iterable[str] = (),
    aside: Sequence[str] = (),
) -> tuple[str, ...]:
    """Phrases sown into ``texts`` (plain, one a page); none of ``taken``, none within one of these,
    or around one unless several of its joints close. ``compared`` (plain): phrases that a
    comparison has shown. What parts one of the ``names`` (plain) needs one place, if it parts a
    word of it, too, or begins or ends as a proven one. ``aside``: what the same pages say in lines
    that are of no text, where phrases have places, too."""
    shown = [text[:LOOKED_INTO] for text in (*texts[:LOOKED_AT], *aside[:LOOKED_AT])]
    pages = min(len(texts), LOOKED_AT)
    left = _without(shown, compared)
    names = tuple(names)
    proven: set[str] = set()
    known = bool(compared)
    others = (*({*taken} - {*compared}), *names)
    for _ in range(ROUNDS):
        kin = Kin((*proven, *compared))
        whole = Texts(left, pages)
        strings = _weighed(whole, taken)
        sown = _sown(strings, kin, len(proven), known=known)
        parting, sure = _parting(left[:pages], names)
        found = sown | sure | {p for p in parting if known and kin.has(p)}
        sower = None if found else _sower({*proven, *compared}, shown, pages)
        found = found or _alike(whole, strings, sower)
        found = found or _once(whole, kin, others, known=known)
        found = found or _alike_once(whole, sower, others)
        known = known or bool(found - sure)
        if not found:
            break
        proven |= found
        left = _without(left, found)
    return tuple(sorted(proven)[:MAX_PHRASES])


def _weighed(texts: Texts, taken: Collection[str]) -> dict[str, tuple[Places, float]]:
    """The strings that recur and may be sown, each with its places and their weight."""
    found: dict[str, tuple[Places, float]] = {}
    for string in texts.recurring():
        places = texts.places(string)
        if not places.vary or any(string in term for term in taken):
            continue
        one = weighed(string, places, texts)
        if _has_neighbour(string, places, one, texts):
            continue
        if one.strong >= OUTRIGHT or not _has_known(string, places, taken, texts):
            found[string] = places, one.weight
    return found


def _has_known(string: str, places: Places, taken: Collection[str], texts: Texts) -> bool:
    """Whether one of the terms ``taken`` stands in ``string``, and elsewhere in articles as well: a
    brand that stands nowhere there but where a phrase does, at more than a few places, is that
    phrase's, whatever titles and lists have."""
    held = [term for term in taken if term in string]
    few, times = len(places.joints) <= FEWEST, texts.times_in_articles(string)
    return any(few or texts.times_in_articles(term) > times * string.count(term) for term in held)


def _has_neighbour(string: str, places: Places, whole: Weighed, texts: Texts) -> bool:
    """Whether the first or last character of ``string`` stands beside the rest by chance: the rest
    weighs more, and stands at more places, inside sentences all of them, or parts a word with that
    very character each time (野…生, 卫…生)."""
    for rest in (string[1:], string[:-1]):
        wider = texts.places(rest) if len(rest) >= SEED else places
        if wider.elsewhere or wider is places:
            continue
        one = weighed(rest, wider, texts)
        is_wider = wider.times > places.times or one.strong >= max(OUTRIGHT, len(wider.joints))
        if is_wider and one.weight > whole.weight:
            return True
    return False


def _sown(
    strings: Mapping[str, tuple[Places, float]], kin: Kin, proven: int, *, known: bool
) -> set[str]:
    """The strings that prove to be sown, where ``proven`` others are."""
    weights = {s: w + kin.weight(s) for s, (places, w) in strings.items() if places.differ}
    found = sown_among(_apart(weights), proven, known=known)
    surer = [one for one in found if len(strings[one][0].joints) > FEWEST]
    return _whole(
        one
        for one in found
        if not is_institution(one) and not _is_doubtful(one, strings[one][0], surer)
    )


def _is_doubtful(string: str, places: Places, surer: Collection[str]) -> bool:
    """Whether a string of two joints owes one of them to a surer one that stands there, or is a
    sentence's own words around something that parts one of them (留给学…生们)."""
    if len(places.joints) > FEWEST:
        return False
    beside = any(
        left.endswith(other[-SIDE:]) or right.startswith(other[:SIDE])
        for left, right in places.joints
        for other in surer
    )
    return beside or encloses(string)


def _sower(proven: Collection[str], shown: Sequence[str], pages: int) -> Sower | None:
    """What the ``proven`` phrases, if there are any, and their places in what so many ``pages``
    have ``shown`` tell of who sowed them."""
    if not proven:
        return None
    pattern = one_of(proven)
    return Sower(proven, sum(len(pattern.findall(text)) for text in shown) / pages)


def _alike(
    texts: Texts, strings: Mapping[str, tuple[Places, float]], sower: Sower | None
) -> set[str]:
    """The strings that prove to be sown by what the phrases of this ``sower`` are like."""
    if sower is None:
        return set()
    makeup = sower.makeup
    weights = _apart({string: weight for string, (_, weight) in strings.items()})
    return _whole(
        string
        for string, weight in weights.items()
        if not is_institution(string)
        and not (len(strings[string][0].joints) <= FEWEST and is_round_another(string, makeup))
        and is_certain(likeness(string, strings[string][0], texts, weight, makeup), sower.density)
    )


def _whole(strings: Iterable[str]) -> set[str]:
    return {own for string in strings if len(own := without_particles(string)) >= SEED}


def _apart(weights: dict[str, float]) -> dict[str, float]:
    """Of strings that overlap the one with most weight, and of equals the longest."""
    kept: dict[str, float] = {}
    seeds: dict[str, list[str]] = {}
    for string in sorted(weights, key=lambda s: (-weights[s], -len(s), s)):
        own = [string[i : i + SEED] for i in range(len(string) - SEED + 1)]
        near = {other for seed in own for other in seeds.get(seed, ())}
        if not any(string in other or other in string for other in near):
            kept[string] = weights[string]
            for seed in own:
                seeds.setdefault(seed, []).append(string)
    return kept


def _once(whole: Texts, kin: Kin, taken: Collection[str], *, known: bool) -> set[str]:
    """Phrases that stand at one place of an article; where the host is not ``known`` to sow, those
    that are surest, on two pages at least."""
    texts = whole.texts
    found = [list(standing_once(text, kin)) for text in whole.articles]
    if not known:
        found = [[one for one in some if one.weight >= PROVES] for some in found]
        found = found if sum(map(bool, found)) > 1 else []
    phrases = {one.phrase for some in found for one in some}
    return {
        phrase
        for phrase in phrases
        if not any(has_in_common(phrase, term) for term in taken)
        and whole.own_share(phrase, times := sum(text.count(phrase) for text in texts)) == 1
        and (times == 1 or whole.places(phrase).differ)
    }


def _alike_once(whole: Texts, sower: Sower | None, taken: Collection[str]) -> set[str]:
    """Phrases that stand at one place of a host of few pages, and are like those of a known
    ``sower``."""
    if sower is None or len(whole.articles) > FEW_PAGES:
        return set()
    found = {phrase for text in whole.articles for phrase in alike_once(text, whole, sower)}
    return {p for p in found if not any(has_in_common(p, term) for term in taken)}


def _without(texts: Sequence[str], phrases: Iterable[str]) -> list[str]:
    pattern = one_of(phrases)
    return [pattern.sub("", text) for text in texts]


def _parting(texts: Sequence[str], names: Iterable[str]) -> tuple[set[str], set[str]]:
    """What stands inside one of the ``names``, which goes on behind it; and what of it parts a
    word there, as no sentence does."""
    found, sure = set(), set()
    for name in names:
        for at in range(2, len(name) - 1):
            left, right = name[:at], name[at:]
            here = {put_in for text in texts for put_in in _between(text, left, right)}
            found |= here
            if is_word_across(left[-SIDE:], right[:SIDE]):
                sure |= {put_in for put_in in here if _is_foreign(put_in, left, right)}
    return found, sure


def _between(text: str, left: str, right: str) -> Iterator[str]:
    """Runs of letters that stand between ``left`` and the next ``right``, but not at once."""
    at = text.find(left)
    while at >= 0:
        start = at + len(left)
        end = text.find(right, start, start + LONGEST + len(right))
        if end >= start + SEED and _WORDS.fullmatch(text, start, end):
            yield text[start:end]
        at = text.find(left, start)


def _is_foreign(put_in: str, left: str, right: str) -> bool:
    """Whether ``put_in`` is no run of words, and makes none with what stands beside it."""
    return not (
        is_ordinary(put_in)
        or is_word_across(left[-SIDE:], put_in[:SIDE])
        or is_word_across(put_in[-SIDE:], right[:SIDE])
    )
