"""Phrases a mirror sows: into sentences, and as lines of keywords.

Both are known by recurrence against the institute's own pages, never by their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

import regex

from archive.cleaning.script import bare_of_readings, light
from archive.cleaning.unmasking.brands import is_institution
from archive.cleaning.unmasking.compare import Comparison, plain
from archive.cleaning.unmasking.edits import keyword_phrases
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.once import Kin
from archive.cleaning.unmasking.places import LONGEST, Texts, one_of
from archive.cleaning.unmasking.words import has_particle, is_ordinary

SOWN_PAGES = 3
"""Compared pages on which the same span must have been put in."""
MIN_PHRASE = 3
MIN_CLAUSE = 9
"""Characters from which a span may be a clause."""
MAX_SPANS = 300
"""Spans that are looked at."""
OWN = 0.4
"""Share of the pairs of characters of a span put into a title that the host has nowhere else, where
other phrases not yet known may have its end: of 257 real pages one has four characters or more in
one of two titles alone, and a third of their pairs is its own."""
KEYWORD_PAGES = 2
TOP_LINES = 3
_ANY = "字"
BY_CHANCE = 0.4
"""Places where two mirrors have a span in common, for each place where one of them has it alone, up
to which they have it so by chance: two that lie close together may be taken for one."""
_STOPS = regex.compile(r"[。；;！!？?]")
_CLAUSES = regex.compile(r"[。；;：:！!？?]")
_WORDS = regex.compile(r"[\p{L}\p{N}]+")


class Written:
    """What the institute wrote, as far as it is known: the texts of its own hosts (``originals``);
    where none is in the archive, what a mirror and others of the same pages (``peers``) agree in by
    a ``comparison``, and what these have as sentences or lines. Of two that sow the same phrases
    each has these inside of sentences, and hardly ever where the other has them, too."""

    def __init__(
        self,
        originals: Sequence[HostSurvey],
        peers: Sequence[HostSurvey],
        comparison: Comparison,
    ) -> None:
        self._originals = originals
        self._peers = () if originals else peers
        self._comparison = comparison

    @cached_property
    def _texts(self) -> list[str]:
        return [plain(s.text) for o in self._originals for s in o.samples.values()]

    @cached_property
    def _strings(self) -> set[str]:
        return {string for original in self._originals for string in original.strings}

    @cached_property
    def _sentences(self) -> set[str]:
        shown = (plain(s.text.replace("\n", "。")) for p in self._peers for s in p.samples.values())
        return {sentence for text in shown for sentence in _STOPS.split(text)}

    def has(self, span: str) -> bool:
        """Whether ``span`` (plain) is written by the institute."""
        return (
            any(span in text for text in self._texts)
            or span in self._sentences
            or self._is_agreed(span)
        )

    def has_surely(self, span: str) -> bool:
        """The same of what its places prove to be sown: two mirrors that one list serves have it
        at one place by chance, if one of them has it alone at another."""
        return self.has(span) and not (self._peers and self._comparison.alone[span])

    def has_line(self, phrase: str) -> bool:
        """Whether ``phrase`` stands by itself on a page, or within what others agree in."""
        return phrase in self._strings or self._is_agreed(plain(phrase))

    def _is_agreed(self, span: str) -> bool:
        if not self._peers:
            return False
        both_have = sum(text.count(span) for text in self._comparison.agreed)
        return both_have > BY_CHANCE * self._comparison.alone[span]


def sown_phrases(
    comparison: Comparison,
    brands: Iterable[str],
    survey: HostSurvey,
    written: Written,
) -> tuple[str, ...]:
    """Spans put in on a compared page that stand on three or more of the host's pages (on two,
    where two were compared), or of its and other hosts', each time where the other has nothing; and
    that the institute never writes. A name of an institution is none: a mirror that replaces it may
    have lost its own line of it."""
    taken = {light(b) for b in brands}
    spans = [
        (span, count)
        for span, count in _put_in(comparison, survey).items()
        if len(span) >= MIN_PHRASE and span not in taken and any(map(str.isalpha, span))
        if not (_is_reading(span) or is_institution(span) or _CLAUSES.search(span))
    ]
    spans = sorted(spans, key=lambda s: (-s[1], -len(s[0]), s[0]))[:MAX_SPANS]
    if not spans:
        return ()
    shown = [plain(f"{s.title} {s.text}") for s in survey.samples.values()]
    found = {}
    for span, count in spans:
        pages = max(count, sum(span in text for text in shown))
        both = count + comparison.missing[span]
        enough = count >= SOWN_PAGES or (
            len(span) > MIN_PHRASE and (pages >= SOWN_PAGES - (count > 1) or both >= SOWN_PAGES)
        )
        if enough and not written.has(span):
            found[span] = pages
    grown = {_grown(phrase, shown): pages for phrase, pages in found.items()}
    parted = [plain(s.text.replace("\n", "。")) for s in survey.samples.values()]
    return tuple(sorted(p for p in grown if not _is_part(p, grown) and not _is_clause(p, parted)))


def _is_clause(span: str, texts: Sequence[str]) -> bool:
    """Whether a long span stands beside a stop wherever it stands: words put into a sentence stand
    between its letters, what its author cut or wrote more is a part of it with its own stop."""
    if len(span) < MIN_CLAUSE:
        return False
    around = regex.compile(rf"(?<=([\p{{L}}\p{{N}}]?)){regex.escape(span)}(?=([\p{{L}}\p{{N}}]?))")
    places = [before and behind for text in texts for before, behind in around.findall(text)]
    return bool(places) and not any(places)


def _grown(phrase: str, texts: Sequence[str]) -> str:
    """A phrase with what stands beside it wherever it stands, at three places or more: two that
    begin or end alike, one here and one there, may have been compared as one."""
    while len(phrase) < LONGEST:
        before, behind = (_beside(phrase, texts, end) for end in (0, len(phrase)))
        if not before + behind:
            break
        phrase = before + phrase + behind
    return phrase


def _beside(phrase: str, texts: Sequence[str], end: int) -> str:
    """The letter that stands at this ``end`` of a phrase at all its places, three at least, or
    none."""
    around = rf"(?={regex.escape(phrase)}(.?))" if end else rf"(?=(.){regex.escape(phrase)})"
    seen = [one for text in texts for one in regex.findall(around, text)]
    is_one = len(seen) >= SOWN_PAGES and len({*seen}) == 1 and seen[0].isalnum()
    return seen[0] if is_one else ""


def put_into_one(survey: HostSurvey, known: Collection[str]) -> tuple[str, ...]:
    """What was put into one of a page's two titles and not into the other, where most of it is
    like nothing else that the host says, or it begins or ends as one of the ``known`` phrases that
    the host sows; where none is known, on two pages."""
    spans = {plain(span): count for span, count in survey.slots["put_in"].items()}
    spans = {s: n for s, n in spans.items() if _may_be_sown(s) and not any(p in s for p in known)}
    if not spans:
        return ()
    texts = [plain(f"{s.title}。{s.text}") for s in survey.samples.values()]
    gone, kin = one_of((*spans, *known)), Kin(known)
    whole = Texts([gone.sub("。", text) for text in texts])
    strange = (s for s in spans if kin.has(s) or whole.own_share(s, 0) >= OWN)
    found = tuple(sorted(span for span in strange if not _is_written(span, texts)))
    return found if known or sum(spans[span] for span in found) > 1 else ()


def _is_written(span: str, texts: Sequence[str]) -> bool:
    """Whether a span stands beside a stop in the texts, or at all where it is ordinary words."""
    beside = regex.compile(rf"(?<!\w){regex.escape(span)}|{regex.escape(span)}(?!\w)")
    return any(map(beside.search, texts)) or (
        is_ordinary(span) and any(span in text for text in texts)
    )


def _may_be_sown(span: str) -> bool:
    letters = _WORDS.fullmatch(span) and not (span.isascii() or has_particle(span))
    return len(span) > MIN_PHRASE and bool(letters)


def _put_in(comparison: Comparison, survey: HostSurvey) -> Counter[str]:
    """On how many pages a span was put in: against other hosts' texts, or against the title that
    the page has in another place."""
    found = Counter(comparison.inserted)
    for span, count in survey.slots["put_in"].items():
        if _may_be_sown(plain(span)):
            found[plain(span)] = max(found[plain(span)], count)
    return found


def _is_reading(span: str) -> bool:
    """Whether a span is the reading of the character before it: a text that has one or two keeps
    them when it is compared, for they may be its author's."""
    return not bare_of_readings(f"{_ANY}{span}").removeprefix(_ANY)


def _is_part(span: str, found: dict[str, int]) -> bool:
    """Whether a longer span stands on as many pages: the shorter is a piece of it."""
    return any(span != o and span in o and pages >= found[span] for o, pages in found.items())


def keyword_terms(survey: HostSurvey, written: Written) -> tuple[str, ...]:
    """Phrases of keyword lines at the top of texts that recur on the host and are not the
    institute's."""
    seen: Counter[str] = Counter()
    for sample in survey.samples.values():
        lines = sample.text.split("\n")[:TOP_LINES]
        seen.update({p for line in lines for p in keyword_phrases(line)})
    often = [p for p, n in seen.items() if n >= KEYWORD_PAGES]
    return tuple(sorted(p for p in often if not written.has_line(p)))
