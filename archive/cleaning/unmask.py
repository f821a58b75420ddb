"""What a mirror did to an article, undone: kind by kind, each change a repair, nothing guessed.

It promises that reverting the repairs of a field gives the mirror's string exactly, that an
extraction on which no mark is seen comes through as the very same object, and that a name is put
back only where the marks carry evidence for it; where they do not, the slot is flagged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import regex

from archive.cleaning.repairs import Edit, apply, make_repairs
from archive.cleaning.script import MANY, light, pinyin_edits, simplifying_edits
from archive.cleaning.unmasking.edits import (
    affix_edits,
    cut_line,
    emoji_edits,
    keyword_phrases,
    line_spans,
    may_hold,
    name_edits,
    phrase_edits,
    term_spans,
)
from archive.cleaning.unmasking.footer import brand_lines_on_top, footer_spans, heading_on_top
from archive.cleaning.unmasking.host import path_of
from archive.cleaning.unmasking.kinds import is_traditional_text
from archive.cleaning.unmasking.marks import LACUNA, MirrorMarks, Retitled
from archive.cleaning.unmasking.sown import TOP_LINES
from archive.cleaning.unmasking.word_brands import WordBrand, lost_places
from archive.model import Extraction, Removal, Repair

FIELDS = ("title", "branch", "author", "editor", "source", "text", "markdown", "html")
_SHORT = frozenset({"title", "branch", "author", "editor", "source"})
_TAG = regex.compile(r"<[^<>]{0,4000}>")
_HEADED = regex.compile(r"^#{1,6}(?=\s)|\*\*|\s+")
_CLAUSE = regex.compile("[，。；！？]")
HEADING_LINES = 6
MAX_HEADING = 120
DATES_REWRITTEN = "mirror: its dates are rewritten"
WORD_STANDS = "a brand that is also a word stands where only a name can"
TITLE_TOLD = "its head or the host's links to it tell another, whose words its text has"
TITLE_LOST = "mirror: its title is lost"
SOWN_PHRASE = "sown-phrase"
SOWN_CONFIDENCE = 0.9

Rule = Callable[[str, str], Sequence[Edit]]
"""(field, string) -> edits of the string"""


@dataclass
class _Work:
    """The strings of one extraction on their way, and what was done to them."""

    strings: dict[str, str]
    repairs: list[Repair] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def run(self, rule: Rule, name: str, evidence: str, confidence: float) -> int:
        """Carry a rule out on every field; the number of repairs."""
        count = 0
        for key, string in self.strings.items():
            found = rule(key, string) if key != "html" else _in_markup(key, string, rule)
            made = make_repairs(
                key, string, found, rule=name, evidence=evidence, confidence=confidence
            )
            if made:
                self.strings[key] = apply(string, made)
                self.repairs += made
                count += len(made)
        return count

    def put(self, key: str, edits: Sequence[Edit], name: str, evidence: str) -> None:
        """Carry edits of one field out."""
        string = self.strings[key]
        made = make_repairs(
            key, string, edits, rule=name, evidence=evidence, confidence=SOWN_CONFIDENCE
        )
        self.strings[key] = apply(string, made)
        self.repairs += made


def unmask(extraction: Extraction, marks: MirrorMarks) -> Extraction:
    """``extraction`` as the institute wrote it, as far as ``marks`` and the text prove it."""
    work = _Work({key: value for key in FIELDS if (value := getattr(extraction, key))})
    _undo_title(work, extraction, marks)
    if marks.retitled:
        _retitle(work, marks.retitled)
    _undo_script(work, extraction.text, marks)
    if marks.phrases:
        work.run(
            lambda _, s: phrase_edits(s, marks.phrases),
            SOWN_PHRASE,
            marks.phrases_known,
            SOWN_CONFIDENCE,
        )
    if marks.brands or marks.names:
        _undo_brands(work, marks)
    _undo_lines(work, marks)
    _undo_heading(work, extraction)
    published = _undo_date(work, extraction, marks)
    return _as_worked(extraction, work, published)


def without_phrases(extraction: Extraction, phrases: Collection[str], known_by: str) -> Extraction:
    """``extraction`` without ``phrases`` that were put into its sentences; all else as it is."""
    work = _Work({key: value for key in FIELDS if (value := getattr(extraction, key))})
    work.run(lambda _, s: phrase_edits(s, phrases), SOWN_PHRASE, known_by, SOWN_CONFIDENCE)
    return _as_worked(extraction, work, extraction.published)


def with_title(extraction: Extraction, title: str, known_by: str) -> Extraction:
    """``extraction`` under the ``title`` that it had before it was written over; all else as it
    is."""
    work = _Work({"title": extraction.title or ""})
    whole = [Edit(0, len(work.strings["title"]), title)]
    work.run(lambda _, s: whole, "title-from-past", known_by, SOWN_CONFIDENCE)
    return _as_worked(extraction, work, extraction.published)


def with_own_words(
    extraction: Extraction, rule: Rule, published: date | None, known_by: str
) -> Extraction:
    """``extraction`` with its own words back in the place of others, as ``rule`` finds them in each
    field, and the day on which it was ``published``; all else as it is."""
    work = _Work({key: value for key in FIELDS if (value := getattr(extraction, key))})
    for key, string in work.strings.items():
        work.put(key, rule(key, string), "words-from-past", known_by)
    if published != extraction.published:
        shown, own = (str(day or "") for day in (extraction.published, published))
        work.repairs += make_repairs(
            "published", shown, [Edit(0, len(shown), own)], rule="words-from-past",
            evidence=known_by, confidence=SOWN_CONFIDENCE,
        )  # fmt: skip
    return _as_worked(extraction, work, published)


def _as_worked(extraction: Extraction, work: _Work, published: date | None) -> Extraction:
    if not (work.repairs or work.removals or work.flags):
        return extraction
    changed: dict[str, Any] = {
        key: value or (None if key in _SHORT else "") for key, value in work.strings.items()
    }
    return replace(
        extraction,
        **changed,
        published=published,
        repairs=(*extraction.repairs, *work.repairs),
        removals=(*extraction.removals, *work.removals),
        flags=(*extraction.flags, *(f for f in work.flags if f not in extraction.flags)),
    )


def _undo_script(work: _Work, text: str, marks: MirrorMarks) -> None:
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


def _undo_brands(work: _Work, marks: MirrorMarks) -> None:
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
    if key in _SHORT and any(light(string).strip() == light(b).strip() for b in brands):
        return [Edit(0, len(string), "")]
    return []


def _known_names(marks: MirrorMarks) -> set[str]:
    """The names that brands stand for, which may themselves have lost a character."""
    return {slot.name for slot in marks.names}


def _restore_names(work: _Work, marks: MirrorMarks) -> None:
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


def _mark_words(work: _Work, words: Sequence[WordBrand]) -> None:
    """Mark the places where a brand that is a word stands for a name, or put that back."""
    text = work.strings.get("text", "")
    for word in words:

        def rule(_: str, string: str, word: WordBrand = word) -> list[Edit]:
            spans = lost_places(string, word, text)
            return [Edit(start, end, word.name or LACUNA) for start, end in spans]

        told = f"{word.brand}: {word.evidence}" if word.name else WORD_STANDS
        work.run(rule, "name-restored" if word.name else "name-lost", told, 0.7)


def _flag_slots(work: _Work, brands: list[str]) -> None:
    """Say where a brand remains for which nothing tells the name."""
    for brand in brands:
        places = [
            key
            for key in (*sorted(_SHORT), "text")
            if key in work.strings and term_spans(work.strings[key], [brand])
        ]
        if places:
            work.flags.append(f"mirror: {brand} may stand for a name in {', '.join(places)}")


def _undo_lines(work: _Work, marks: MirrorMarks) -> None:
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
        _cut(work, key, spans)


def _undo_heading(work: _Work, extraction: Extraction) -> None:
    """Take out a heading that was no longer like the title because of what was put into it."""
    title = work.strings.get("title", "")
    first = extraction.text.split("\n", 1)[0]
    if not title or work.strings.get("text", "").startswith(first):
        return
    for key in ("text", "markdown"):
        spans = heading_on_top(work.strings.get(key, ""), title)
        _cut(work, key, [(start, end, "frame-line", why) for start, end, why in spans])


def _undo_title(work: _Work, extraction: Extraction, marks: MirrorMarks) -> None:
    """Take off a title that is none of the article's; what it was is lost, or told by links."""
    if extraction.title is None or extraction.title not in marks.titles:
        return
    title = dict(marks.titled).get(path_of(extraction.url)) if extraction.url else None
    why = "keywords in place of titles on many pages; the texts have no word of this one"
    work.run(
        lambda key, s: [Edit(0, len(s), title or "")] if key == "title" else [],
        "title-from-links" if title else "title-lost",
        f"{why}; {TITLE_TOLD}" if title else why,
        0.9,
    )
    if not title:
        work.flags.append(TITLE_LOST)
    _cut_headings(work, extraction.title, why)


def _retitle(work: _Work, found: Retitled) -> None:
    """Take off the title that a page itself proves to be none of its article's, and the lines of
    the text that repeat it; put in its place what the page tells besides."""
    if work.strings.get("title") != found.before:
        return
    work.run(
        lambda key, s: [Edit(0, len(s), found.after)] if key == "title" else [],
        "title-from-page" if found.after else "title-lost",
        found.evidence,
        0.9,
    )
    if not found.after:
        work.flags.append(TITLE_LOST)
    _cut_headings(work, found.before, found.evidence)


def _cut_headings(work: _Work, title: str, why: str) -> None:
    """Take out the headings of the text that were replaced by what stood in the title's place."""
    words = "".join(title.split())
    for key in ("text", "markdown"):
        string = work.strings.get(key, "")
        lines = [(a, b) for a, b in line_spans(string) if _HEADED.sub("", string[a:b]) == words]
        _cut(work, key, [(a, b, "frame-line", why) for a, b in lines])


def _cut(work: _Work, key: str, spans: Sequence[tuple[int, int, str, str]]) -> None:
    """Take whole lines (start, end, rule, reason) out of a field."""
    for start, end, rule, why in sorted(set(spans), reverse=True):
        line = work.strings[key][start:end]
        edit = cut_line(work.strings[key], start, end)
        made = make_repairs(
            key, work.strings[key], [edit], rule=rule, evidence=why, confidence=0.95
        )
        work.strings[key] = apply(work.strings[key], made)
        work.repairs += made
        if key == "text":
            work.removals.append(Removal(line, f"mirror-{rule}", why, f"{key}:{start}"))


def _keyword_lines(text: str, marks: MirrorMarks) -> list[tuple[int, int, str]]:
    known = {light(k) for k in (*marks.keywords, *marks.brands)}
    found = []
    for start, end in line_spans(text)[:TOP_LINES]:
        phrases = keyword_phrases(text[start:end])
        if sum(light(p) in known for p in phrases) >= 2:
            found.append((start, end, "phrases that recur in the host's keyword lines"))
    return found


def _undo_date(work: _Work, extraction: Extraction, marks: MirrorMarks) -> Any:
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


def _in_markup(key: str, markup: str, rule: Rule) -> list[Edit]:
    """Edits of the text between tags only."""
    edits: list[Edit] = []
    at = 0
    for tag in [*_TAG.finditer(markup), None]:
        end = tag.start() if tag else len(markup)
        piece = markup[at:end]
        if piece.strip():
            edits += [Edit(at + e.start, at + e.end, e.after) for e in rule(key, piece)]
        at = tag.end() if tag else end
    return edits
