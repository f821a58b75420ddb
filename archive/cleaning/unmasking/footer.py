"""Lines that belong to the frame though they came with the text: copyright, site map, brand alone,
a heading that could not be told from the text for what a mirror had put into it.

It promises to take such lines only from the edges of a text, and only when the whole line says
nothing else.
"""

from __future__ import annotations

from collections.abc import Collection

import regex

from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.script import light
from archive.cleaning.unmasking.edits import line_spans
from archive.cleaning.unmasking.slots import COPYRIGHT, MAX_LINE

EDGE = 12
"""Lines at the foot that are looked at."""
MIN_HEADING = 6
"""Characters from which a line that is the title, too, is its heading."""
_MAP = regex.compile(
    r"(?i)^\s*(?:[网網]站[地导導][图圖航]|site\s?map|xml[地][图]|[关關][于於]我[们們]|[联聯][系繫]我[们們]|"
    r"[友][情][链鏈][接]|返回[顶頂]部|设为首页|加入收藏)(?:[\s|｜·-]+\S{2,8}){0,6}\s*$"
)
_RIGHTS = regex.compile(r"(?i)^\W*(?:©|copy\s?right|all rights? reserved|版[权權]所有)")
_ICP = regex.compile(r"(?i)(?<![a-z])ICP\s*[备備证證]")


def is_footer(line: str, brands: Collection[str] = ()) -> str | None:
    """Why ``line`` is a footer's, or None."""
    if len(line) > MAX_LINE or not line.strip():
        return None
    if any(light(line).strip(" -_|—") == light(b).strip() for b in brands):
        return "a brand alone"
    if _MAP.match(line):
        return "site map"
    plain = light(line)
    marked = COPYRIGHT.search(line)
    if marked and any(light(b) in plain for b in brands):
        return "brand in the owner's slot"
    if _RIGHTS.match(line) or (marked and _ICP.search(line)):
        return "copyright line"
    return None


def footer_spans(text: str, brands: Collection[str] = ()) -> list[tuple[int, int, str]]:
    """The footer lines at the foot of ``text``: start, end, reason. Looking upwards stops at the
    first line that is not one; empty lines are stepped over."""
    found: list[tuple[int, int, str]] = []
    for start, end in reversed(line_spans(text)[-EDGE:]):
        line = text[start:end]
        reason = is_footer(line, brands)
        if reason is None and line.strip():
            break
        if reason:
            found.append((start, end, reason))
    return found[::-1]


def brand_lines_on_top(text: str, brands: Collection[str]) -> list[tuple[int, int, str]]:
    """Lines at the head of ``text`` that are a brand and nothing else."""
    found: list[tuple[int, int, str]] = []
    for start, end in line_spans(text)[:EDGE]:
        line = text[start:end]
        if not line.strip():
            continue
        if not any(light(line).strip(" -_|—") == light(b).strip() for b in brands):
            break
        found.append((start, end, "a brand alone"))
    return found


def heading_on_top(text: str, title: str) -> list[tuple[int, int, str]]:
    """The first line of ``text`` where it is the ``title`` and nothing else, and the lines behind
    it that only tell dates, sources or hits."""
    spans = [span for span in line_spans(text)[:EDGE] if text[slice(*span)].strip()]
    if not spans or len(title) < MIN_HEADING or _bare(text[slice(*spans[0])]) != _bare(title):
        return []
    found = [(*spans[0], "the title's own heading")]
    for start, end in spans[1:]:
        if not is_label_line(text[start:end]):
            break
        found.append((start, end, "a line under the heading"))
    return found if len(found) < len(spans) else []


def _bare(line: str) -> str:
    return "".join(light(line).strip("#* ").split())
