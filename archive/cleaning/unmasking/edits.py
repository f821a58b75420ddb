"""The edits each kind of tampering calls for, on any one string.

Each function reads a text and returns edits of it; none changes anything. It promises that nothing
is edited for a word alone: a brand needs the host's marks, a disguise must be seen three times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from archive.cleaning.repairs import Edit
from archive.cleaning.script import HAN, MANY, Folded, light
from archive.cleaning.unmasking.scars import scarred_forms
from archive.cleaning.unmasking.slots import affix_spans

EMOJI = (
    r"(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})"
    r"(?:\p{Emoji_Modifier}|\ufe0f|\u20e3)*"
    r"(?:\u200d(?:\p{Extended_Pictographic})(?:\p{Emoji_Modifier}|\ufe0f)*)*"
)
_HONEST_SIGNS = "©®™‼⁉〰〽㊗㊙↔↕↖↗↘↙↩↪▪▫▶◀◻◼◽◾☀☁☎☑✔✖★☆"
_BEFORE_STOP = regex.compile(
    rf"(?:(?<=\S)[ \u00a0])?+(?:(?![{_HONEST_SIGNS}]){EMOJI})++\s?(?=[。，、；！？：,.;!?])"
)
_ADDRESS = regex.compile(
    r"(?i)(?:https?://|www\.|[a-z0-9_.+-]{1,64}@)(?:[\w-]{1,63}\.){0,5}[a-z0-9_.\-/?=&%#~:]{2,200}"
)
"""Labels of a host may be in any script; behind the last dot other letters are of the sentence, for
Chinese ones follow an address without a blank."""
_KEYWORD_BREAK = regex.compile(r"[,，_|｜、]")
_VERBAL = regex.compile(r"[。！？；:：“”《》]")
KEYWORDS = 5
"""Phrases a keyword line has at least."""
MAX_KEYWORD = 24


def emoji_edits(text: str, least: int = MANY) -> list[Edit]:
    """Emoji (sequences joined by U+200D too) directly before stops; none when fewer than
    ``least`` (three)."""
    found = [Edit(m.start(), m.end(), "") for m in _BEFORE_STOP.finditer(text)]
    return found if len(found) >= least else []


def term_spans(text: str, terms: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where the ``terms`` stand in ``text``, disguised by width, case, script or zero-width
    characters or not; the longest first, none inside an address or another."""
    folded = Folded.of(text)
    taken: list[tuple[int, int]] = [m.span() for m in _ADDRESS.finditer(text)]
    found: list[tuple[int, int, str]] = []
    for term in sorted(set(terms), key=lambda t: (-len(light(t)), t)):
        for start, end in folded.find(light(term)):
            if _is_piece(text, start, end):
                continue
            if not any(start < right and left < end for left, right in taken):
                taken.append((start, end))
                found.append((start, end, term))
    return sorted(found)


def _is_piece(text: str, start: int, end: int) -> bool:
    """Whether a stretch of Latin letters goes on as a Latin word."""
    if not (text[start:end].isascii() and text[start:end].isalpha()):
        return False
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    return any(one.isascii() and one.isalpha() for one in (before, behind))


def may_hold(text: str, terms: Iterable[str]) -> bool:
    """A quick look whether any term can be in ``text``, whole or with a character lost."""
    plain, known = light(text), list(terms)
    return any(light(term) in plain for term in known) or bool(scarred_forms(text, known))


def name_edits(
    text: str,
    names: dict[str, str],
    spaced: Sequence[str] = (),
    honest: Iterable[tuple[str, str]] = (),
) -> tuple[list[Edit], int]:
    """Each brand of ``names``, whole or with a character lost, replaced by its name; and how many
    were left, because the same characters stand in the institute's own texts before the same
    character (``honest``)."""
    edits: list[Edit] = []
    left = 0
    kept = set(honest)
    scarred = scarred_forms(text, names)
    for start, end, form in term_spans(text, [*names, *scarred]):
        brand = scarred.get(form, form)
        if (brand, text[end : end + 1]) in kept:
            left += 1
            continue
        stray = brand in spaced and text[end : end + 1] == " "
        edits.append(Edit(start, end + stray, names[brand]))
    return edits, left


def phrase_edits(text: str, phrases: Iterable[str]) -> list[Edit]:
    """Phrases the host sows into sentences, cut where they stand inside a line."""
    return [Edit(start, end, "") for start, end, _ in term_spans(text, phrases)]


def affix_edits(
    title: str, brands: Iterable[str], keywords: Iterable[str] = (), *, hard: bool = False
) -> list[Edit]:
    """Cut the segments of ``title`` that are a brand, with the separator beside them.

    Segments at the start and at the end only, and never the last one left. ``hard``: a space alone
    is no separator (a brand that stands for a name may have a stray one after it), as it is none
    inside a brand of two words.
    """
    known = {light(b).strip() for b in (*brands, *keywords)}
    words = not hard and any(" " in one for one in known)
    return (words and _affixes(title, known, hard=True)) or _affixes(title, known, hard=hard)


def _affixes(title: str, known: set[str], *, hard: bool) -> list[Edit]:
    parts = affix_spans(title, hard=hard)
    low, high = 0, len(parts)
    while high - low > 1 and _is_frame(parts[high - 1][2], known):
        high -= 1
    while high - low > 1 and _is_frame(parts[low][2], known):
        low += 1
    cut = (*parts[:low], *parts[high:])
    edits: list[Edit] = []
    if not any(segment for _, _, segment in cut):
        return edits
    if low:
        edits.append(Edit(0, _segment_start(title, parts, low), ""))
    if high < len(parts):
        edits.append(Edit(parts[high][0], len(title), ""))
    return edits


def _is_frame(segment: str, known: set[str]) -> bool:
    return light(segment).strip() in known or not segment


def _segment_start(title: str, parts: list[tuple[int, int, str]], index: int) -> int:
    return title.index(parts[index][2], parts[index][0])


def line_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each line, the newline not included."""
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def cut_line(text: str, start: int, end: int) -> Edit:
    """Take a whole line out, with one newline beside it."""
    if end < len(text):
        return Edit(start, end + 1, "")
    return Edit(max(start - 1, 0), end, "")


def keyword_phrases(line: str) -> list[str]:
    """The phrases of a line that is nothing but phrases joined by commas, bars or underscores;
    empty for any other line."""
    if len(line) > MAX_KEYWORD * 60 or _VERBAL.search(line):
        return []
    phrases = [p.strip() for p in _KEYWORD_BREAK.split(line) if p.strip()]
    whole = len(phrases) >= KEYWORDS and all(1 < len(p) <= MAX_KEYWORD for p in phrases)
    return phrases if whole and regex.search(HAN, line) else []
