"""Titles that are none of the article's taken off, and headings that only they made strange.

Promises that a title is replaced only by what the host's links or the page itself tell; it is lost,
and flagged so, where they do not.
"""

from __future__ import annotations

import regex

from archive.cleaning.repairs import Edit
from archive.cleaning.unmasking.edits import line_spans
from archive.cleaning.unmasking.footer import heading_on_top
from archive.cleaning.unmasking.host import path_of
from archive.cleaning.unmasking.marks import MirrorMarks, Retitled
from archive.cleaning.unmasking.work import Work
from archive.model import Extraction

_HEADED = regex.compile(r"^#{1,6}(?=\s)|\*\*|\s+")
TITLE_TOLD = "its head or the host's links to it tell another, whose words its text has"
TITLE_LOST = "mirror: its title is lost"


def undo_heading(work: Work, extraction: Extraction) -> None:
    """Take out a heading that was no longer like the title because of what was put into it."""
    title = work.strings.get("title", "")
    first = extraction.text.split("\n", 1)[0]
    if not title or work.strings.get("text", "").startswith(first):
        return
    for key in ("text", "markdown"):
        spans = heading_on_top(work.strings.get(key, ""), title)
        work.cut(key, [(start, end, "frame-line", why) for start, end, why in spans])


def undo_title(work: Work, extraction: Extraction, marks: MirrorMarks) -> None:
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


def retitle(work: Work, found: Retitled) -> None:
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


def _cut_headings(work: Work, title: str, why: str) -> None:
    """Take out the headings of the text that were replaced by what stood in the title's place."""
    words = "".join(title.split())
    for key in ("text", "markdown"):
        string = work.strings.get(key, "")
        lines = [(a, b) for a, b in line_spans(string) if _HEADED.sub("", string[a:b]) == words]
        work.cut(key, [(a, b, "frame-line", why) for a, b in lines])
