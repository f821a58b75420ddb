"""One witness prepared for comparison, and the judgement whether two witnesses are one article.

It promises to err on the side of apart: notices that differ in a date, a number or a person are
different articles, however alike. Damage that mirrors do (a brand for a name, phrases put in, words
spun the same way throughout a host) does not keep copies apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from sys import intern

import regex
from rapidfuzz.distance import Levenshtein

from archive.addresses import host_of
from archive.cleaning.facts.dates import address_date
from archive.cleaning.unmask import DATES_REWRITTEN
from archive.cleaning.unmasking.align import Span, align, coarse
from archive.model import Witness
from archive.witnesses.fingerprint import SHORT, Fingerprint, fingerprint
from archive.witnesses.fold import fold
from archive.witnesses.identity import path_key
from archive.witnesses.lost import lost_of

ALIKE = 0.35
"""Estimated Jaccard similarity of 4-grams below which texts on other paths are different."""
ALIKE_ON_PATH = 0.2
"""The same on the same path, which says much already."""
SHORT_ALIKE = 0.5
"""Normalised Levenshtein similarity, title and text together, that short texts on one path need."""
LONG_TITLE = 10
"""Folded characters from which a title that is unique on its host says much."""
UNEXPLAINED = 0.10
"""Share of the shorter text that may be replaced with no mirror's mark to explain it, under a long
title that is unique on its host."""
UNEXPLAINED_PLAIN = 0.01
"""The same under any other title."""
INSERTED = 0.35
"""Characters that one text has beside the other, as a share of the shorter one, at the most."""
LONG_TEXT = 200
"""Folded characters of a text that can be told from next year's by what it says,"""
NUMBERS = 3
"""and how many numbers it has to say."""
DAYS_APART = 2
"""Days between two publication dates of one article: a mirror may count from another zone."""
PRINT_VIEW = 0.95
"""Share of a page's text that its print view has at least."""
TITLE_ALIKE = 0.3
"""Normalised Levenshtein similarity below which one title stands in the place of the other."""
PATH_DIGITS = 2
"""Digits of a path that names one article."""

# Mirrors write company words for school words, never the other way round.
COMPANY_WORDS = regex.compile(r"公司|经理|董事|员工|主管|老员")
SCHOOL_WORDS = regex.compile(r"[院校所生师长]|大学")
LONGEST_SWAP = 4
"""Folded characters of a word written for another."""
NUMERALS = frozenset("0123456789〇零一二三四五六七八九十百千万两ivx")
"""Digits, also the Roman ones as they are folded (Ⅱ, II: ii)."""
_DIGITS = regex.compile(r"[0-9]+")
_NUMBER = regex.compile(r"\d+")
_DATE = regex.compile(
    r"(?:19|20)\d\d\s?(?:[-/.]\s?\d{1,2}\s?[-/.]|年\s?\d{1,2}\s?月)\s?\d{1,2}\s?[日号]?|"
    r"(?:19|20)\d\d\s?年\s?\d{1,2}\s?月"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What joining needs of a witness. ``text`` and ``title`` are folded; ``own`` marks its
    mirror's brand, folded; ``undated`` is the fold of the text with full dates masked, ``numbers``
    its digits in their order; ``lost`` tells where characters of ``text`` are lost,
    ``undated_lost`` those of ``undated``; ``addressed`` is the day that its address tells, which
    stands where a kit has rewritten all others: it can bear two copies out, and part none."""

    url: str
    host: str
    path: str
    original: bool
    title: str
    text: str
    undated: str
    numbers: str
    lost: Mapping[int, int]
    undated_lost: Mapping[int, int]
    digest: bytes
    print: Fingerprint
    published: date | None
    addressed: date | None
    attachments: frozenset[str]
    brand: str
    dates_rewritten: bool

    @property
    def short(self) -> bool:
        """Too short for a fingerprint to say anything."""
        return len(self.text) < SHORT


def prepare(witness: Witness, *, dates_rewritten: bool = False) -> Compared:
    """Fold and fingerprint a witness's clean text."""
    clean = witness.clean
    rewritten = dates_rewritten or DATES_REWRITTEN in clean.flags
    title, text = fold(clean.title or ""), fold(clean.text)
    masked, dates = _DATE.subn("", clean.text)
    undated = fold(masked) if dates else text
    lost = lost_of(clean.text, text)
    return Compared(
        url=witness.url,
        host=intern(host_of(witness.url)),
        path=path_key(witness.url),
        original=witness.role == "original",
        title=title,
        text=text,
        undated=undated,
        numbers="".join(_DIGITS.findall(undated)),
        lost=lost,
        undated_lost=lost_of(masked, undated) if dates else lost,
        digest=hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).digest(),
        print=fingerprint(undated),
        published=None if rewritten else clean.published,
        addressed=address_date(witness.url),
        attachments=frozenset(path_key(a.url) for a in clean.attachments),
        brand=fold(witness.brand or ""),
        dates_rewritten=rewritten,
    )


def telling_path(path: str) -> bool:
    """Whether a path names one article: it has a number in it (t20101209_1.html, ?id=12)."""
    return sum(c.isdigit() for c in path) >= PATH_DIGITS


def same_article(
    a: Compared, b: Compared, unique_title: bool, known: Collection[tuple[str, str]] = ()
) -> float | None:
    """How surely two witnesses are one article (the greater the surer), None when they are not.

    ``unique_title``: no other article of either host has this title. ``known``: spans that one
    host is known to write for another's, folded, as (one, other) in both directions.
    """
    if a.host == b.host:
        return _same_onhost_of(a, b)
    on_path = _in_one_place(a, b)
    apart = not on_path and _dates_apart(a, b)
    if apart and not (unique_title and a.title == b.title and tells_itself(a, b)):
        return None
    if a.title == b.title and a.text == b.text:
        return 4.0 if on_path else 2.0
    if a.short or b.short:
        return _same_short(a, b, on_path)
    likeness = a.print.similarity(b.print)
    if likeness < (ALIKE_ON_PATH if on_path else ALIKE):
        return None
    if on_path:
        return None if _numbers_differ(_title_spans(a, b), a.title, b.title) else 3.0 + likeness
    return _same_elsewhere(a, b, likeness, unique_title and not apart, known)


def _in_one_place(a: Compared, b: Compared) -> bool:
    """Whether an equal path says that the two are one article. Hosts of an institute that count
    their articles each for itself (a subdomain for each branch) have others in the same places: of
    another day, or under another title. Who copies an article keeps its place, whatever he writes
    over it."""
    if a.path != b.path or not telling_path(a.path):
        return False
    return not (a.original and b.original and (_dates_apart(a, b) or _titles_unlike(a, b)))


def tells_itself(a: Compared, b: Compared) -> bool:
    """Whether the texts are long and tell numbers of their own, so that they need no date beside
    them to be told from the next year's."""
    one, other = texts_compared(a, b)
    return min(len(one), len(other)) >= LONG_TEXT and len(_NUMBER.findall(one)) >= NUMBERS


def texts_compared(a: Compared, b: Compared) -> tuple[str, str]:
    """The two texts as they are held against each other: without dates where one is of a host that
    rewrites them."""
    masked = a.dates_rewritten or b.dates_rewritten
    return (a.undated, b.undated) if masked else (a.text, b.text)


def _same_onhost_of(a: Compared, b: Compared) -> float | None:
    if a.url == b.url:
        # An address may have been given to another article since.
        alike = a.text == b.text or a.print.similarity(b.print) >= ALIKE_ON_PATH
        return 5.0 if alike else None
    if _dates_apart(a, b) or not _title_fits(a.title, b.title):
        return None
    if a.text == b.text:
        return 4.0 if not a.short or a.attachments == b.attachments else None
    small, large = sorted((a.text, b.text), key=len)
    if len(small) >= SHORT and len(small) >= PRINT_VIEW * len(large) and small in large:
        return 3.0
    return None


def _title_fits(a: str, b: str) -> bool:
    """Equal, or one the beginning of the other (titles cut in print views)."""
    small, large = sorted((a, b), key=len)
    return small == large or (len(small) >= LONG_TITLE and large.startswith(small))


def _dates_apart(a: Compared, b: Compared) -> bool:
    if a.published is None or b.published is None:
        return False
    return abs((a.published - b.published).days) > DAYS_APART


def _days_agree(a: Compared, b: Compared) -> bool:
    """Whether both tell the day on which they were published (it is known not to part them)."""
    if a.published and b.published:
        return True
    one, other = a.published or a.addressed, b.published or b.addressed
    return bool(one and other and abs((one - other).days) <= DAYS_APART)


def _same_short(a: Compared, b: Compared, on_path: bool) -> float | None:
    if not on_path:
        return None
    one, other = a.title + a.text, b.title + b.text
    if _numbers_differ(align(one, other), one, other):
        return None
    alike = Levenshtein.normalized_similarity(one, other)
    return 3.0 + alike if alike >= SHORT_ALIKE else None


def _same_elsewhere(
    a: Compared,
    b: Compared,
    likeness: float,
    unique_title: bool,
    known: Collection[tuple[str, str]],
) -> float | None:
    """The strict judgement for texts that lie on different paths of different hosts."""
    masked = a.dates_rewritten or b.dates_rewritten
    one, other = texts_compared(a, b)
    spans = align(one, other)
    # Of a number that is lost nothing tells which it was: days that agree bear the copy out.
    tested = _without_lost(spans, a, b, masked=masked) if _days_agree(a, b) else spans
    if _numbers_differ(tested, one, other) or not _titles_agree(a, b, known):
        return None
    replaced, inserted = _changed(coarse(spans), one, other, a, b, known)
    if replaced and not _days_agree(a, b):
        # A list of winners has another name next year, a notice another season: with no day to
        # tell them by, nothing says that such a word is a copy's damage.
        return None
    sure_title = unique_title and a.title == b.title and len(a.title) >= LONG_TITLE
    least = max(min(len(one), len(other)), 1)
    if replaced > (UNEXPLAINED if sure_title else UNEXPLAINED_PLAIN) * least:
        return None
    return likeness if inserted <= INSERTED * least else None


def _without_lost(spans: list[Span], a: Compared, b: Compared, *, masked: bool) -> list[Span]:
    """Without those where one text has as many scars as the other has characters."""
    here, there = (a.undated_lost, b.undated_lost) if masked else (a.lost, b.lost)
    return [
        s
        for s in spans
        if s.same
        or not (
            (s.a0 == s.a1 and s.b1 - s.b0 == here.get(s.a0))
            or (s.b0 == s.b1 and s.a1 - s.a0 == there.get(s.b0))
        )
    ]


def _title_spans(a: Compared, b: Compared) -> list[Span]:
    return align(a.title, b.title) if a.title and b.title else []


def _titles_unlike(a: Compared, b: Compared) -> bool:
    """Whether both have a title, and neither stands in the place of the other."""
    if not a.title or not b.title:
        return False
    return Levenshtein.normalized_similarity(a.title, b.title) < TITLE_ALIKE


def _titles_agree(a: Compared, b: Compared, known: Collection[tuple[str, str]]) -> bool:
    """Titles that are alike must be so but for what mirrors do; wholly other ones (a keyword in
    the title's place) and missing ones say nothing."""
    if not a.title or not b.title or a.title == b.title:
        return True
    if _titles_unlike(a, b):
        return True
    spans = align(a.title, b.title)
    if _numbers_differ(spans, a.title, b.title):
        return False
    replaced, _ = _changed(coarse(spans), a.title, b.title, a, b, known)
    return replaced == 0


def _changed(
    spans: list[Span],
    one: str,
    other: str,
    a: Compared,
    b: Compared,
    known: Collection[tuple[str, str]],
) -> tuple[int, int]:
    """Characters replaced without explanation, and characters only put in or left out."""
    replaced = inserted = 0
    for span in spans:
        if span.same:
            continue
        left, right = one[span.a0 : span.a1], other[span.b0 : span.b1]
        if not left or not right:
            inserted += len(left) + len(right)
        elif _has_all_of(left, right) or _has_all_of(right, left):
            # Scars beside each other: characters are missing, none stands for another.
            inserted += abs(len(left) - len(right))
        elif not _explained(left, right, a.brand, b.brand, known) and not (
            _is_swap(left, right) and not (a.original and b.original)
        ):
            replaced += max(len(left), len(right))
    return replaced, inserted


def _has_all_of(larger: str, smaller: str) -> bool:
    """Whether ``smaller`` is ``larger`` with characters left out."""
    rest = iter(larger)
    return len(smaller) < len(larger) and all(letter in rest for letter in smaller)


def _explained(
    left: str, right: str, brand: str, other: str, known: Collection[tuple[str, str]]
) -> bool:
    if (left, right) in known:
        return True
    return (len(brand) > 1 and brand in left) or (len(other) > 1 and other in right)


def _is_swap(left: str, right: str) -> bool:
    """Whether a company's word stands where the other text has a school's: 学院, 公司."""
    if max(len(left), len(right)) > LONGEST_SWAP:
        return False
    return any(
        COMPANY_WORDS.search(one) and SCHOOL_WORDS.search(other) and not COMPANY_WORDS.search(other)
        for one, other in ((left, right), (right, left))
    )


def numbers_differ(one: str, other: str) -> bool:
    """Whether two folded texts, aligned, have a number against another number."""
    return _numbers_differ(align(one, other), one, other)


def _numbers_differ(spans: list[Span], one: str, other: str) -> bool:
    return any(
        not span.same
        and _number_against_number(
            one[span.a0 : span.a1], other[span.b0 : span.b1], _beside(span, one, other)
        )
        for span in spans
    )


def _number_against_number(left: str, right: str, beside: str) -> bool:
    if left and right:
        return NUMERALS.issuperset(left) and NUMERALS.issuperset(right)
    piece = left or right
    return NUMERALS.issuperset(piece) and any(c in NUMERALS for c in beside)


def _beside(span: Span, one: str, other: str) -> str:
    """The characters next to the difference that both have in common."""
    if span.a1 > span.a0:
        return one[max(span.a0 - 1, 0) : span.a0] + one[span.a1 : span.a1 + 1]
    return other[max(span.b0 - 1, 0) : span.b0] + other[span.b1 : span.b1 + 1]
