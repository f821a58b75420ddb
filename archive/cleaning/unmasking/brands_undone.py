"""A mirror's brands taken out of the frame, and the names they stand for put back.

Promises that a name is put back only where the marks carry evidence for it; where they do not, the
place is marked or the slot flagged.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from archive.cleaning.repairs import Edit
from archive.cleaning.script import light
from archive.cleaning.unmasking.edits import (
    affix_edits,
    line_spans,
    may_hold,
    name_edits,
    term_spans,
)
from archive.cleaning.unmasking.marks import LACUNA, MirrorMarks
from archive.cleaning.unmasking.word_brands import WordBrand, lost_places
from archive.cleaning.unmasking.work import SHORT, Work

_CLAUSE = regex.compile("[，。；！？]")
HEADING_LINES = 6
MAX_HEADING = 120
WORD_STANDS = "a brand that is also a word stands where only a name can"


def undo_brands(work: Work, marks: MirrorMarks) -> None:
    shown = "; ".join(marks.evidence[:2])
    title = light(work.strings.get("title", ""))
    work.run(
        lambda key, s: _frame_affixes(key, s, marks, title),
        "frame-brand",
        f"stands in the frames of most pages: {shown}",
        0.99,
    )
    nameless = tuple(b for b in marks.brands if b not in {slot.brand for slot in marks.names})
    work.run(lambda key, s: _only_brand(key, s, nameless), "frame-brand", shown, 0.95)
    if any(may_hold(s, [*marks.brands, *_known_names(marks)]) for s in work.strings.values()):
        _restore_names(work, marks)


def _frame_affixes(key: str, string: str, marks: MirrorMarks, title: str) -> list[Edit]:
    """Brands at the ends of the title, and of the heading where it came along with the text."""
    if key == "title":
        return affix_edits(string, marks.brands, marks.keywords, hard=bool(marks.names))
    if key not in ("text", "markdown"):
        return []
    return [
        Edit(start + e.start, start + e.end, e.after)
        for start, end in line_spans(string)[:HEADING_LINES]
        if end - start <= MAX_HEADING
        for e in affix_edits(string[start:end], marks.brands, hard=True)
        if not (marks.names or marks.lost) or _is_heading(string[start:end], e, title)
    ]


def _is_heading(line: str, edit: Edit, title: str) -> bool:
    """Whether ``line`` without what ``edit`` cuts is the folded ``title``'s, or no sentence."""
    rest = line[: edit.start] + line[edit.end :]
    return not _CLAUSE.search(rest) or light(rest).strip(" #") in title


def _only_brand(key: str, string: str, brands: Sequence[str]) -> list[Edit]:
    if key in SHORT and any(light(string).strip() == light(b).strip() for b in brands):
        return [Edit(0, len(string), "")]
    return []


def _known_names(marks: MirrorMarks) -> set[str]:
    """The names that brands stand for, which may themselves have lost a character."""
    return {slot.name for slot in marks.names}


def _restore_names(work: Work, marks: MirrorMarks) -> None:
    names = {slot.brand: slot for slot in marks.names}
    plain = {name: name for name in _known_names(marks)}
    plain |= {brand: slot.name for brand, slot in names.items()}
    left = 0

    def rule(_: str, string: str) -> list[Edit]:
        nonlocal left
        edits, kept = name_edits(string, plain, marks.spaced, marks.honest)
        left += kept
        return edits

    if names:
        evidence = "; ".join(f"{s.brand}: {s.evidence}" for s in names.values())
        confidence = min(s.confidence for s in names.values())
        work.run(rule, "name-restored", evidence, confidence)
    _flag_slots(work, [b for b in marks.brands if b not in names])
    if marks.lost:
        work.run(
            lambda _, s: name_edits(s, dict.fromkeys(marks.lost, LACUNA), marks.spaced)[0],
            "name-lost",
            "a brand stands where a name stood that nothing in the archive tells",
            0.8,
        )
    _mark_words(work, marks.words)
    if left:
        work.flags.append("mirror: a brand that is also an honest word was left as it stands")


def _mark_words(work: Work, words: Sequence[WordBrand]) -> None:
    """Mark the places where a brand that is a word stands for a name, or put that back."""
    text = work.strings.get("text", "")
    for word in words:

        def rule(_: str, string: str, word: WordBrand = word) -> list[Edit]:
            spans = lost_places(string, word, text)
            return [Edit(start, end, word.name or LACUNA) for start, end in spans]

        told = f"{word.brand}: {word.evidence}" if word.name else WORD_STANDS
        work.run(rule, "name-restored" if word.name else "name-lost", told, 0.7)


def _flag_slots(work: Work, brands: list[str]) -> None:
    """Say where a brand remains for which nothing tells the name."""
    for brand in brands:
        places = [
            key
            for key in (*sorted(SHORT), "text")
            if key in work.strings and term_spans(work.strings[key], [brand])
        ]
        if places:
            work.flags.append(f"mirror: {brand} may stand for a name in {', '.join(places)}")
