"""A body's blocks as the HTML that an editor of each time left behind.

Every style writes the same text: only mark-up, indentation and white space differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from html import escape
from random import Random

from tests.site.blocks import Block, Bullets, Figure, Paragraph, Table
from tests.site.wordexport import XML_HEAD, word_paragraph

INDENT = "　　"
NBSP_INDENT = "&nbsp;&nbsp;&nbsp;&nbsp;"
ImageLink = Callable[[str], str]


class Style(StrEnum):
    """How the editor worked: typed, pasted from a word processor, or by line breaks."""

    PLAIN = "plain"
    FONT = "font"
    WORD = "word"
    BREAKS = "breaks"
    CLEAN = "clean"


def render(blocks: Sequence[Block], style: Style, image: ImageLink, seed: str, year: int) -> str:
    """The blocks of one page in one style. ``image`` gives the link of an image file name."""
    rng = Random(seed)
    parts = [_block(block, style, image, rng, year) for block in blocks]
    head = XML_HEAD if style is Style.WORD else ""
    return head + "".join(parts)


def _block(block: Block, style: Style, image: ImageLink, rng: Random, year: int) -> str:
    match block:
        case Paragraph():
            return _paragraph(block, style, rng, year)
        case Table():
            return _table(block, style)
        case Figure():
            return _figure(block, style, image, rng, year)
        case Bullets():
            return _bullets(block, style, rng, year)
    return ""


def _paragraph(block: Paragraph, style: Style, rng: Random, year: int) -> str:
    text = escape(block.text)
    match style:
        case Style.WORD:
            return word_paragraph(block.text, rng, align=block.align, bold=block.bold, year=year)
        case Style.BREAKS:
            return _broken_line(block, text)
        case Style.FONT:
            inner = f"<strong>{text}</strong>" if block.bold else text
            lead = INDENT if block.align == "left" else ""
            return f'<p align="{block.align}"><font face="宋体" size="3">{lead}{inner}</font></p>\n'
        case Style.CLEAN:
            inner = f"<strong>{text}</strong>" if block.bold else text
            return f'<p style="text-align: {block.align};">{inner}</p>\n'
        case Style.PLAIN:
            inner = f"<b>{text}</b>" if block.bold else text
            lead = INDENT if block.align == "left" else ""
            return f'<p align="{block.align}">{lead}{inner}</p>\n'


def _broken_line(block: Paragraph, text: str) -> str:
    if block.align == "right":
        return f"<DIV ALIGN=right>{text}</DIV>"
    if block.bold:
        return f"{NBSP_INDENT}<B>{text}</B><BR><BR>\r\n"
    return f"{NBSP_INDENT}{text}<BR>\r\n"


def _table(block: Table, style: Style) -> str:
    if style is Style.BREAKS:
        row, cell, open_tag, close_tag = "TR", "TD", "<TABLE BORDER=1 WIDTH=90%>", "</TABLE>"
    else:
        row, cell, open_tag, close_tag = (
            "tr",
            "td",
            '<table border="1" cellspacing="0" cellpadding="0"><tbody>',
            "</tbody></table>",
        )
    rows = [
        f"<{row}>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in cells) + f"</{row}>\n"
        for cells in block.rows
    ]
    return open_tag + "\n" + "".join(rows) + close_tag + "\n"


def _figure(block: Figure, style: Style, image: ImageLink, rng: Random, year: int) -> str:
    link = escape(image(block.image))
    caption = Paragraph(block.caption, align="center")
    if style is Style.CLEAN:
        return (
            f'<figure><img src="{link}" alt="{escape(block.caption)}" width="640">'
            f"<figcaption>{escape(block.caption)}</figcaption></figure>\n"
        )
    if style is Style.BREAKS:
        return f'<CENTER><IMG SRC="{link}" BORDER=0><BR>{escape(block.caption)}</CENTER><BR>\r\n'
    shown = _paragraph(caption, style, rng, year)
    return f'<p align="center"><img src="{link}" border="0" alt="" oldsrc="W.png" /></p>\n{shown}'


def _bullets(block: Bullets, style: Style, rng: Random, year: int) -> str:
    if style in (Style.CLEAN, Style.PLAIN):
        return "<ul>\n" + "".join(f"<li>{escape(item)}</li>\n" for item in block.items) + "</ul>\n"
    return "".join(_paragraph(Paragraph(item), style, rng, year) for item in block.items)
