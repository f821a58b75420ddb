"""Keywords that kits put in the place of titles: no text of the host knows them.

An article's title has words of its host's texts. It promises to know replaced titles by that,
never by their words; to ask only on hosts that write their heads in references, as kits do; to
take no single title for one; and to put another in the place only where the page's own text knows
it: one that its head tells besides ``<title>``, or all the host's links to the page, if no other
page's text knows their words as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from archive.cleaning.script import HAN
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.pairing import alike, copies_of
from archive.cleaning.unmasking.signs import ENCODED_HEAD
from archive.cleaning.unmasking.words import single_share

ENOUGH = 100
"""Pairs of characters that a host's texts must have before it can be asked what they know."""
KNOWN = 0.2
"""Share of a title's pairs of characters that the texts have: of 155 real ones none has fewer even
in its own text."""
DOUBTED = 0.4
"""The same share below which an own text hardly knows a title that several articles bear, or one
where nearly all others were replaced: of 143 real ones an eighth has fewer, and of keywords in a
stranger's place 998 in a thousand."""
ELSEWHERE = 0.5
"""Share that all texts of a host together may have of a title which several articles bear, or one
where many are strange, and whose own texts do not know it: others may have a word of it that is in
every mouth (手机)."""
MADE_UP = 0.3
"""Share of a title's characters in no word from which it counts as one more, where many are
replaced and its own text has nothing of it: of 2,000 honest titles none."""
LOOKED_AT = 500
"""Articles of a host that are looked at."""
OF_THE_SITE = 0.8
"""Share of the articles whose title a string is that makes it the site's own."""
MANY, FEW = 0.3, 2
"""Share of the articles, and their number at least, that must bear strange titles: where a page
has its title in a second place, that is read."""
NEARLY_ALL = 0.8
"""Share of the articles' titles, all others being replaced, from which one that its own text hardly
knows is, too."""
ENCODED = 0.5
"""Share of the pages whose head must be in references."""
_PAIR = regex.compile(rf"{HAN}{{2}}")


def put_in_place(survey: HostSurvey, others: Sequence[HostSurvey] = ()) -> tuple[str, ...]:
    """Titles of a host, in alphabetical order, that none of its texts knows; or that several
    articles bear, or a link to strangers on their page, and their own texts hardly know. Where
    there are many, all that several bear, too, those of characters in no word, those of which their
    own text has hardly anything and the others not much, and those for which ``others`` have one
    with nothing of it; where nearly all are, what is left and hardly known; where there are few,
    those of them for which others have another. None unless the heads are in references."""
    if survey.signs[ENCODED_HEAD] < max(FEW, ENCODED * survey.pages):
        return ()
    samples = [survey.samples[path] for path in sorted(survey.samples)][:LOOKED_AT]
    titled = [sample for sample in samples if sample.title]
    lines = {squeezed(sample.title) for sample in titled}
    texts = {sample.path: pairs_of(besides(sample.text, lines)) for sample in titled}
    known = {pair for pairs in texts.values() for pair in pairs}
    often = Counter(sample.title for sample in titled)
    asked = [sample for sample in titled if often[sample.title] < OF_THE_SITE * len(titled)]

    def hardly(sample: Sample, least: float = DOUBTED) -> bool:
        return _is_put_there(sample.title, texts[sample.path], known, least)

    def led_away(sample: Sample, other: str = "") -> bool:
        return survey.away.get(sample.path, other) == squeezed(sample.title)

    strange = [
        sample.title
        for sample in asked
        if is_strange(sample.title, known)
        or (often[sample.title] > 1 and hardly(sample))
        or (led_away(sample) and hardly(sample))
    ]
    against = set(_contradicted(survey, others)) if strange else set()
    if len(strange) < max(FEW, MANY * len(titled)):
        few = against.intersection(strange)
        return tuple(sorted(few)) if len(few) >= FEW else ()
    borne = {sample.title for sample in asked if often[sample.title] > 1}
    more = {
        sample.title
        for sample in asked
        if _is_made_up(sample.title, texts[sample.path]) or hardly(sample, KNOWN)
    }
    found = {*strange, *borne, *more, *against}
    if sum(sample.title in found for sample in asked) >= NEARLY_ALL * len(asked):
        # Where links bear another title than the article has, that is a heading which was left.
        left = [sample for sample in asked if led_away(sample, squeezed(sample.title))]
        found |= {s.title for s in left if _share(s.title, texts[s.path]) < DOUBTED}
    return tuple(sorted(found))


def replaced_titles(survey: HostSurvey, others: Sequence[HostSurvey] = ()) -> tuple[str, ...]:
    """The same, the heads' titles in the place of the articles' where these tell nothing: headings
    may have told most articles' own, and what stands in the heads of these stands on the others."""
    found = put_in_place(survey, others)
    if found or not (headed := _headed(survey)):
        return found
    return put_in_place(replace(survey, samples=survey.samples | headed), others)


def _headed(survey: HostSurvey) -> dict[str, Sample]:
    """By path, articles with the titles of their heads; none that some page shows as a line, as it
    does its sections."""
    shown = {squeezed(line) for line in survey.strings} if survey.heads else set()
    return {
        path: replace(sample, title=head)
        for path, sample in survey.samples.items()
        if (head := survey.heads.get(path)) and head not in shown
    }


def _contradicted(survey: HostSurvey, others: Sequence[HostSurvey]) -> Iterator[str]:
    """Titles of a host for which another has one with no word in common, that is not replaced
    itself."""
    for other in others:
        strange = put_in_place(other)
        for ours, theirs in copies_of(survey, [other]):
            told = theirs.title and theirs.title not in strange and alike(ours.text, theirs.text)
            if told and pairs_of(ours.title).isdisjoint(pairs_of(theirs.title)):
                yield ours.title


def _is_put_there(title: str, own: Collection[str], known: Collection[str], least: float) -> bool:
    """Whether a title has fewer than the ``least`` share of its pairs from its ``own`` text, and
    few of those ``known``."""
    return _share(title, own) < least and len(known) >= ENOUGH and _share(title, known) < ELSEWHERE


def _is_made_up(title: str, own: Collection[str]) -> bool:
    return _share(title, own) == 0 and single_share(plain(title)) >= MADE_UP


def told_titles(survey: HostSurvey, strange: Collection[str]) -> Iterator[tuple[str, str]]:
    """Path and title of each article that bears a ``strange`` title and whose own is told: by its
    head, if its text has enough of the words; or by the links of the host, if all agree and its
    text has enough of their words, and more than any other article's."""
    if not strange:
        return
    samples = [survey.samples[path] for path in sorted(survey.samples)][:LOOKED_AT]
    texts = {sample.path: pairs_of(sample.text) for sample in samples}
    for sample in samples:
        if sample.title not in strange:
            continue
        heads = survey.headed.get(sample.path, set()) - set(strange)
        if len(heads) == 1 and knows(texts[sample.path], pairs_of(min(heads))):
            yield sample.path, min(heads)
            continue
        told = {plain(words): words for words in sorted(survey.linked.get(sample.path, ()))}
        words = [one for one in told.values() if one not in strange]
        if len(words) == 1 and _is_closest(pairs_of(words[0]), sample.path, texts):
            yield sample.path, words[0]


def _is_closest(title: set[str], path: str, texts: Mapping[str, set[str]]) -> bool:
    """Whether the text at ``path`` has enough of the pairs of a title, and most of all texts, where
    a pair counts the less the more of them have it."""
    often = {pair: sum(pair in pairs for pairs in texts.values()) for pair in title}
    common = {p: sum(1 / often[pair] for pair in title & pairs) for p, pairs in texts.items()}
    best = max((much for other, much in common.items() if other != path), default=0.0)
    return knows(texts[path], title) and common[path] > best


def knows(text: Collection[str], title: Collection[str]) -> bool:
    """Whether a text has enough of the pairs of a title."""
    return sum(pair in text for pair in title) >= max(1, KNOWN * len(title))


def is_strange(title: str, known: Collection[str]) -> bool:
    """Whether hardly any two neighbouring characters of ``title`` are among the ``known`` pairs."""
    return len(known) >= ENOUGH and _share(title, known) < KNOWN


def _share(title: str, known: Collection[str]) -> float:
    """Share of the pairs of ``title`` that are ``known``; 1 for a title that has none."""
    pairs = pairs_of(title)
    return sum(pair in known for pair in pairs) / len(pairs) if pairs else 1.0


def pairs_of(text: str) -> set[str]:
    """The pairs of neighbouring Han characters of ``text``, undisguised."""
    return {match.group() for match in _PAIR.finditer(plain(text), overlapped=True)}


def besides(text: str, titles: Collection[str]) -> str:
    """``text`` without the lines that are one of ``titles`` (without white space): a heading that
    was replaced with the title knows nothing of it."""
    return "\n".join(line for line in text.split("\n") if squeezed(line) not in titles)


def squeezed(text: str) -> str:
    """``text`` without white space."""
    return "".join(text.split())
