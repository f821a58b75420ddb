"""What a mirror did to an article, undone: kind by kind, each change a repair, nothing guessed.

It promises that reverting the repairs of a field gives the mirror's string exactly, that an
extraction on which no mark is seen comes through as the very same object, and that a name is put
back only where the marks carry evidence for it; where they do not, the slot is flagged.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from archive.cleaning.repairs import Edit
from archive.cleaning.script import MANY, light, pinyin_edits, simplifying_edits
from archive.cleaning.unmasking.brands_undone import undo_brands
from archive.cleaning.unmasking.edits import (
    emoji_edits,
    keyword_phrases,
    line_spans,
    phrase_edits,
)
from archive.cleaning.unmasking.footer import brand_lines_on_top, footer_spans
from archive.cleaning.unmasking.kinds import is_traditional_text
from archive.cleaning.unmasking.marks import MirrorMarks
from archive.cleaning.unmasking.sown import TOP_LINES
from archive.cleaning.unmasking.titles_undone import retitle, undo_heading, undo_title
from archive.cleaning.unmasking.work import SOWN_CONFIDENCE, Rule, Work
from archive.model import Extraction, Repair

DATES_REWRITTEN = "mirror: its dates are rewritten"
SOWN_PHRASE = "sown-phrase"


def unmask(extraction: Extraction, marks: MirrorMarks) -> Extraction:
    """``extraction`` as the institute wrote it, as far as ``marks`` and the text prove it."""
    work = Work.of(extraction)
    undo_title(work, extraction, marks)
    if marks.retitled:
        retitle(work, marks.retitled)
    _undo_script(work, extraction.text, marks)
    if marks.phrases:
        work.run(
            lambda _, s: phrase_edits(s, marks.phrases),
            SOWN_PHRASE,
            marks.phrases_known,
            SOWN_CONFIDENCE,
        )
    if marks.brands or marks.names:
        undo_brands(work, marks)
    _undo_lines(work, marks)
    undo_heading(work, extraction)
    published = _undo_date(work, extraction, marks)
    return work.done(extraction, published)


def without_phrases(extraction: Extraction, phrases: Collection[str], known_by: str) -> Extraction:
    """``extraction`` without ``phrases`` that were put into its sentences; all else as it is."""
    work = Work.of(extraction)
    work.run(lambda _, s: phrase_edits(s, phrases), SOWN_PHRASE, known_by, SOWN_CONFIDENCE)
    return work.done(extraction, extraction.published)


def with_title(extraction: Extraction, title: str, known_by: str) -> Extraction:
    """``extraction`` under the ``title`` that it had before it was written over; all else as it
    is."""
    work = Work({"title": extraction.title or ""})
    whole = [Edit(0, len(work.strings["title"]), title)]
    work.run(lambda _, s: whole, "title-from-past", known_by, SOWN_CONFIDENCE)
    return work.done(extraction, extraction.published)


def with_own_words(
    extraction: Extraction, rule: Rule, published: date | None, known_by: str
) -> Extraction:
    """``extraction`` with its own words back in the place of others, as ``rule`` finds them in each
    field, and the day on which it was ``published``; all else as it is."""
    work = Work.of(extraction)
    for key, string in work.strings.items():
        work.put(key, rule(key, string), "words-from-past", known_by)
    if published != extraction.published:
        shown, own = (str(day or "") for day in (extraction.published, published))
        work.note("published", shown, [Edit(0, len(shown), own)], "words-from-past", known_by)
    return work.done(extraction, published)


def _undo_script(work: Work, text: str, marks: MirrorMarks) -> None:
    if pinyin_edits(text, 1 if "D" in marks.kinds else MANY):
        work.run(
            lambda _, s: pinyin_edits(s, 1), "pinyin", "readings in brackets, three or more", 0.99
        )
    if "E" in marks.kinds or ("D" in marks.kinds and not marks.own_traditional):
        title = work.strings.get("title", "")
        if is_traditional_text(text) or is_traditional_text(title + text):
            work.run(
                lambda _, s: simplifying_edits(s),
                "traditional",
                "the official pages are in simplified characters",
                0.97,
            )
    if emoji_edits(text, 1 if "F" in marks.kinds else MANY):
        work.run(lambda _, s: emoji_edits(s, 1), "emoji", "emoji before stops, three or more", 0.99)


def _undo_lines(work: Work, marks: MirrorMarks) -> None:
    """Take out keyword lines on top and footer lines at the foot of text and markdown."""
    if not (marks.brands or marks.keywords):
        return
    for key in ("text", "markdown"):
        string = work.strings.get(key, "")
        spans = [
            *((a, b, "footer", why) for a, b, why in footer_spans(string, marks.brands)),
            *((a, b, "frame-line", why) for a, b, why in brand_lines_on_top(string, marks.brands)),
            *((a, b, "keyword-line", why) for a, b, why in _keyword_lines(string, marks)),
        ]
        work.cut(key, spans)


def _keyword_lines(text: str, marks: MirrorMarks) -> list[tuple[int, int, str]]:
    known = {light(k) for k in (*marks.keywords, *marks.brands)}
    found = []
    for start, end in line_spans(text)[:TOP_LINES]:
        phrases = keyword_phrases(text[start:end])
        if sum(light(p) in known for p in phrases) >= 2:
            found.append((start, end, "phrases that recur in the host's keyword lines"))
    return found


def _undo_date(work: Work, extraction: Extraction, marks: MirrorMarks) -> date | None:
    if not marks.dates_rewritten or extraction.published is None:
        if marks.dates_rewritten:
            work.flags.append(DATES_REWRITTEN)
        return extraction.published
    shown = extraction.published.isoformat()
    work.flags.append(DATES_REWRITTEN)
    work.repairs.append(
        Repair("published", 0, len(shown), shown, "", "date-rewritten", "the host's dates", 0.95)
    )
    return None
