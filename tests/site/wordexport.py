"""Bodies as old word processors exported them into a CMS.

Every run of digits or Latin letters sits in a span of its own, dates in smart tags, paragraphs
end in ``o:p``; single Chinese characters become text nodes of their own, and lines are folded in
the middle of a word. It promises that the text nodes, put together without white space, are the
paragraph's text.
"""

from __future__ import annotations

import re
from html import escape
from random import Random

RUN = re.compile(r"[0-9A-Za-z.%]+|[^0-9A-Za-z.%]+")
DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
SONG = (
    "FONT-FAMILY: 宋体; mso-ascii-font-family: 'Times New Roman'; "
    "mso-hansi-font-family: 'Times New Roman'"
)
FOLD_AT = 60
XML_HEAD = (
    '<?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" />'
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom>"
    "</w:WordDocument></xml><![endif]-->"
)
CLOSE = "<span lang=EN-US><o:p></o:p></span>"


def _latin(run: str) -> str:
    return f'<span lang="EN-US" style="FONT-SIZE: 12pt">{escape(run)}</span>'


def _song(run: str, rng: Random) -> str:
    if len(run) > FOLD_AT:
        middle = rng.randint(20, len(run) - 20)
        run = f"{run[:middle]}\r\n{run[middle:]}"
    if len(run) == 1 and rng.random() < 0.5:
        return escape(run)
    return f'<span style="FONT-SIZE: 12pt; {SONG}">{escape(run)}</span>'


def _runs(text: str, rng: Random) -> str:
    return "".join(
        _latin(run) if run[0].isascii() and run[0].isalnum() else _song(run, rng)
        for run in RUN.findall(text)
    )


def _smart_day(match: re.Match[str], year: int) -> str:
    month, day = match["month"], match["day"]
    return (
        f'<st1:chsdate w:st="on" isrocdate="False" islunardate="False" day="{day}" '
        f'month="{month}" year="{year}">{_latin(month)}<span style="{SONG}">月</span>'
        f'{_latin(day)}<span style="{SONG}">日</span></st1:chsdate>'
    )


def word_paragraph(text: str, rng: Random, *, align: str, bold: bool, year: int) -> str:
    """One paragraph as exported; ``year`` is the one its smart dates are said to be of."""
    parts: list[str] = []
    place = 0
    for match in DAY.finditer(text):
        parts += [_runs(text[place : match.start()], rng), _smart_day(match, year)]
        place = match.end()
    parts.append(_runs(text[place:], rng))
    inner = "".join(parts)
    if bold:
        inner = f'<b style="mso-bidi-font-weight: normal">{inner}</b>'
    if align == "right":
        style, lead = "TEXT-ALIGN: right", ""
    elif align == "center":
        style, lead = "TEXT-ALIGN: center", ""
    else:
        style = "MARGIN: 0cm 0cm 0pt; TEXT-INDENT: 24pt; mso-char-indent-count: 2.0"
        lead = '<span lang="EN-US" style="mso-spacerun: yes">&nbsp;</span>'
    return f'<p class="MsoNormal" style="{style}">{lead}{inner}{CLOSE}</p>\r\n'
