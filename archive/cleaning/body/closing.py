"""Lines that close a text and are none of it, and notes that are: told by their own words.

It promises that a line is judged as a whole, and that nothing here takes a sentence away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.cleaning.body.contents import is_led_within
from archive.cleaning.body.shape import owner_of
from archive.cleaning.facts import phrases
from archive.cleaning.facts.labels import is_label_line, read_labels
from archive.cleaning.markup.blocks import Block, squeeze
from archive.cleaning.markup.files import is_file_link
from archive.cleaning.markup.folding import Run
from archive.cleaning.script import plain

# A line that announces related pages is no longer.
MAX_RELATED_CHARS = 60
# One that announces what is not there, or is page tools at an end of the body, is no longer.
MAX_ANNOUNCEMENT_CHARS = 24
# A line that names the author, the editor, who checked it or the source alone is no longer.
MAX_NAMED_CHARS = 30
# Nor is one that names the day beside them longer than this.
MAX_DATED_CHARS = 60
MAX_ATTACHED_LINES = 40
_NUMBERED = re.compile(r"^\W{0,3}(?:附\s?[件表])?\s?\d{1,2}(?!\d)\s?[.．、：:]?")
# 附件：…, 附表2：…; a name stands behind, or in numbered lines below.
_TOLD = re.compile(r"^\W{0,3}附\s?[件表]\s?[\d一二三四五六七八九十]{0,2}\s?[.．、：:]")
_NAMED = re.compile(r"[.．、：:]\s?\S{4}")
_NAMING = frozenset({"author", "editor", "checker", "source"})
_NOTE_MARK = re.compile(r"^\s*(?:[\[［(（【]?\d{1,3}[\]］)）】]?|[①-⑳*†‡^↑])\s*$")
_ADDRESS_LINE = re.compile(
    r"^(?:(?:本文|原文|来源|转载)(?:地址|网址|链接)\s?[:：]\s?)?https?://[!-~]{1,300}$"
)


def closing_reason(block: Block, text: str) -> tuple[str, str] | None:
    """Why a line behind the body is none of it, by its own words alone."""
    if phrases.NOTHING.match(text) and block.cell is None:
        return "rule-line", "no letters in the line"
    if _names_one(block):
        return (
            "labels",
            "a closing line that says who wrote, edited or checked the text, or whence it is",
        )
    if _tells_visits(block):
        return "counter", "a closing line of labels, the visits among them"
    if _tells_when_and_who(block):
        return "labels", "a closing line that says who made the text, or whence it is"
    if block.size <= MAX_ANNOUNCEMENT_CHARS and phrases.EMPTY_ANNOUNCEMENT.match(text):
        return "announcement", "a line that announces what is not there"
    if phrases.ANSWER_FORM.match(text) or is_tools(block, text) or _leads_back(block):
        return "tools", "the whole line is page tools"
    if phrases.ATTACHED.match(text) and _is_file_list(block):
        return "attachments", "a closing list of files, kept as attachments"
    if _ADDRESS_LINE.match(text):
        return "address-line", "the page's own address, as print views end with"
    if block.linked >= 0.8 * block.size and block.item is not None and "。" not in text:
        return "link-list", "a list item that is nothing but a link, after the body"
    return None


def _names_one(block: Block) -> bool:
    """Whether a line is one label with its value, as the article's facts are: [作者：张明]."""
    if block.size > MAX_NAMED_CHARS or block.cell is not None:
        return False
    labels = read_labels(block.text)
    return len(labels) == 1 and labels[0].kind in _NAMING and is_label_line(block.text)


def _tells_visits(block: Block) -> bool:
    """Whether a line is labels, one of them for the visits, as some pages end with."""
    if block.cell is not None or not is_label_line(block.text):
        return False
    return any(label.kind == "hits" for label in read_labels(block.text))


def _tells_when_and_who(block: Block) -> bool:
    """Whether a line is labels for the day of publication and for whose the text is."""
    if block.cell is not None or block.size > MAX_DATED_CHARS or not is_label_line(block.text):
        return False
    kinds = {label.kind for label in read_labels(block.text)}
    return "published" in kinds and not kinds.isdisjoint(_NAMING)


def is_tools(block: Block, text: str) -> bool:
    """Whether a line at an end of the body is page tools, be they but two letters (大 小)."""
    return 1 < block.size <= MAX_ANNOUNCEMENT_CHARS and not block.cell and phrases.only_tools(text)


def _leads_back(block: Block) -> bool:
    """Whether a line is nothing but a link to a place on its own page: the way back to its top."""
    return block.size <= MAX_ANNOUNCEMENT_CHARS and block.cell is None and is_led_within(block)


def _is_file_list(block: Block) -> bool:
    """Whether most of the line's words after its label are links to files that are kept."""
    files = sum(len(squeeze(r.text)) for r in block.runs if r.href and _is_kept_file(r))
    return files >= 0.5 * (block.size - 3)


def _is_kept_file(run: Run) -> bool:
    href = run.href or ""
    return is_file_link(href, run.text) and not href.lower().startswith(("javascript:", "#"))


def _announces_related(block: Block) -> bool:
    return phrases.RELATED.match(plain(block.text)) is not None


def related_from(blocks: Sequence[Block]) -> int | None:
    """Where a closing stretch of related links begins: announced, and mostly links after it."""
    size, linked, before = sum(b.size for b in blocks), sum(b.linked for b in blocks), 0
    entries = _only_entries_behind(blocks)
    for index, block in enumerate(blocks):
        size, linked = size - block.size, linked - block.linked  # of what follows
        mostly = linked >= 0.6 * size or (linked >= 0.3 * size and entries[index])
        closing = mostly and before > size / 2
        if closing and block.size <= MAX_RELATED_CHARS and _announces_related(block):
            return index
        before += block.size - block.linked
    return None


def _only_entries_behind(blocks: Sequence[Block]) -> list[bool]:
    """Of each block, whether most lines behind it have a link, beside a date or a number perhaps,
    and none a sentence."""
    told: list[bool] = []
    lines = linked = 0
    said = False  # a sentence
    for block in reversed(blocks):
        told.append(not said and linked >= lines / 2)
        if block.size:
            lines, linked = lines + 1, linked + (block.linked > 0)
            said = said or "。" in block.text
    return told[::-1]


def attached_end(blocks: Sequence[Block], end: int) -> int:
    """The end of the list of files that the line 附件： begins, the body's last or right behind it;
    ``end`` where none does. Its entries are numbered, or nothing but a link."""
    lines = [i for i in range(end, len(blocks)) if blocks[i].size]
    last = next((i for i in range(end - 1, -1, -1) if blocks[i].size), None)
    if last is not None and phrases.EMPTY_ANNOUNCEMENT.match(plain(blocks[last].text)):
        lines.insert(0, last)
    if not lines or phrases.ATTACHED.match(plain(blocks[lines[0]].text)) is None:
        return end
    last = lines[0]
    for index in lines[1 : 1 + MAX_ATTACHED_LINES]:
        block = blocks[index]
        linked = block.linked >= 0.8 * block.size
        if block.hidden or block.control or not (linked or _NUMBERED.match(block.text)):
            break
        last = index
    return max(end, last + 1)


def told_end(blocks: Sequence[Block], end: int) -> int:
    """The end of the body with the lines right behind it that name what is attached (附件1：…),
    beside its last paragraph; ``end`` where they are links to files, which are kept as such."""
    last = next((b for b in reversed(blocks[:end]) if b.size), None)
    beside = owner_of(last).getparent() if last is not None else None
    begun = False
    for index in range(end, len(blocks)):
        block = blocks[index]
        if not block.size:
            continue
        begins = _TOLD.match(block.text) is not None
        told = begins or (begun and _NUMBERED.match(block.text) is not None)
        if not told or block.hidden or block.control or _has_kept_file(block):
            break
        if owner_of(block).getparent() is not beside:
            break
        begun = True
        if not begins or _NAMED.search(block.text) is not None:
            end = index + 1
    return end


def _has_kept_file(block: Block) -> bool:
    return any(run.href and _is_kept_file(run) for run in block.runs)


def _is_note(block: Block) -> bool:
    """Whether a line begins with a mark that leads to a place on a page: a footnote."""
    first = block.runs[0]
    return bool(first.href and "#" in first.href and _NOTE_MARK.match(first.text))


def notes_end(blocks: Sequence[Block], end: int) -> int:
    """The end of the body with its notes: each begins with a mark that leads back to a place in
    the text (in Word's exports #_ftnref1)."""
    last = end
    for index in range(end, len(blocks)):
        block = blocks[index]
        if not block.size:
            continue
        if block.hidden or block.control or not _is_note(block):
            break
        last = index + 1
    return last
