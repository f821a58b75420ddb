"""Lines of a text that its editor set as ``<div>`` or ``<section>`` each, and not as ``<p>``.

It promises that they are paragraphs to all later steps, and that boxes of a layout are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Block

_BOXES, _LINE = frozenset({"div", "section"}), "p"
_SENTENCE = re.compile(r"[。！？；]|[.!?][”\"’')]?$")
MIN_SENTENCE_CHARS = 20
# So many of the lines beside each other are sentences, and they hold this share of the words.
MIN_SENTENCES = 2
PROSE_SHARE = 0.5
# A notice is one sentence, this long, and so many lines with it: to whom, by whom, when.
MIN_NOTICE_CHARS = 30
MIN_NOTICE_LINES = 3
# What is attached to a notice, and where to answer it, are links.
NOTICE_SHARE = 0.3


def lines_as_paragraphs(blocks: Sequence[Block], spans: Mapping[Element, tuple[int, int]]) -> None:
    """Call ``<p>`` the blocks that are a box each, side by side, most of them sentences; or
    one of them alone is, where no others on the page are like that: teasers and remarks are many.
    """
    beside: dict[Element, list[Block]] = {}
    for block in blocks:
        if block.tag not in _BOXES or block.hidden or block.control:
            continue
        start, end = spans[block.element]
        parent = block.element.getparent()
        if end - start == 1 and parent is not None:
            beside.setdefault(parent, []).append(block)
    told = [(lines, [b for b in lines if _is_sentence(b)]) for lines in beside.values()]
    texts = [lines for lines, sentences in told if _is_text(lines, sentences)]
    if not texts:
        notices = [lines for lines, sentences in told if sentences]
        texts = notices if len(notices) == 1 and _is_notice(notices[0]) else []
    for lines in texts:
        for line in lines:
            line.tag = _LINE


def _is_text(lines: Sequence[Block], sentences: Sequence[Block]) -> bool:
    if len(sentences) < MIN_SENTENCES:
        return False
    return sum(b.size - b.linked for b in sentences) >= PROSE_SHARE * sum(b.size for b in lines)


def _is_notice(lines: Sequence[Block]) -> bool:
    plain = [b.size - b.linked for b in lines]
    return (
        len(lines) >= MIN_NOTICE_LINES
        and max(plain) >= MIN_NOTICE_CHARS
        and sum(plain) >= NOTICE_SHARE * sum(b.size for b in lines)
    )


def _is_sentence(block: Block) -> bool:
    return (
        block.size - block.linked >= MIN_SENTENCE_CHARS and _SENTENCE.search(block.text) is not None
    )
