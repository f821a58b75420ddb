"""The table of particulars above an official document: 信息索引, 生成日期, 发文机构, 文号.

Offices publish a document under such a table; its values are of the record, not of the text. It
promises that only a table at the head, with text after it, and with labels of documents counts:
the table of a talk's time, place and speaker is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.cleaning.markup.blocks import Block

_PARTICULAR = re.compile(
    r"^\W*(?:信息|文件|公开|公文)?(?:名称|标题|索引号?|索取号|编号|类别|分类|主题分类|主题词|关键词|内容概述|概述|摘要"
    r"|生成日期|成文日期|发文日期|发布日期|公开日期|发布机构|发文机构|发文单位|公开机构|发布单位|制发机关|责任部门|责任处室"
    r"|文号|发文字号|文件编号|公开(?:形式|方式|范围|类型|属性|程序|时限)|有效性|效力状态|时效性?|体裁分类|服务对象|组配分类|统一编号)\s*[:：]?\W*$"
)
# The same of repositories of papers (DSpace's item pages); what these call the abstract is text.
_RECORD = re.compile(
    r"(?:题名|标题|標題|作者|著者|其他作者|贡献者|关键[词字]|關鍵[詞字]|刊名|来源|出处|卷|期|页码|学科"
    r"|语种|文献类型|资助者|资助项目"
    r"|(?:发布|发表|出版|公开|提交|公開|出版)日期|出版者|出版社|通讯作者"
    r"|所属部门|作者部门|收录类别|DOI|URI|URL|ISSN|ISBN|titles?|other titles?|authors?"
    r"|contributors?|advisors?|keywords?|issue date|date|publisher|citation|series|journal|language"
    r"|types?|department|appears in collections?|identifier)\s?[:：]?\W{0,3}",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"(?:摘\s?要|英文摘要|abstract|description)\s?[:：]?\W{0,3}", re.IGNORECASE)
# 职称：研究员, as one line among others of its form.
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}\s?[:：]\s?\S")
MAX_LABELLED_CHARS = 60
MIN_LABELS = 3
# Of the cells that end as labels do, this share must be a document's.
KNOWN_SHARE = 0.6
MAX_LABEL_CHARS = 10
MIN_ABSTRACT_CHARS = 40


def particulars_end(blocks: Sequence[Block], start: int) -> int:
    """Where the table of particulars that begins at block ``start`` ends; ``start`` when there is
    none."""
    first = blocks[start].cell
    if first is None:
        return start
    end = start
    while end < len(blocks) and (cell := blocks[end].cell) is not None and cell[0] == first[0]:
        end += 1
    labels = [b for b in blocks[start:end] if _is_label(b)]
    known = sum(_PARTICULAR.match(b.text) is not None for b in labels)
    if known < MIN_LABELS or known < KNOWN_SHARE * len(labels):
        return start
    return end if any(b.size for b in blocks[end:]) else start


def record_lines(blocks: Sequence[Block]) -> set[int]:
    """The places of a repository's record of a paper, but for the abstract's: the cells of a table
    whose rows are a record's labels and their values, one of them the abstract."""
    rows: dict[tuple[int, int], list[int]] = {}
    for place, block in enumerate(blocks):
        if block.cell is not None and block.size:
            rows.setdefault(block.cell[:2], []).append(place)
    tables: dict[int, list[list[int]]] = {}
    for (table, _), cells in rows.items():
        tables.setdefault(table, []).append(cells)
    found: set[int] = set()
    for lines in tables.values():
        known = [cells for cells in lines if _RECORD.fullmatch(blocks[cells[0]].text.strip())]
        abstracts = [cells for cells in lines if _is_abstract(blocks, cells)]
        if abstracts and len(known) >= max(MIN_LABELS, KNOWN_SHARE * (len(lines) - 1)):
            told = {place for cells in abstracts for place in cells}
            found.update(place for cells in lines for place in cells if place not in told)
    return found


def _is_abstract(blocks: Sequence[Block], cells: Sequence[int]) -> bool:
    label = _ABSTRACT.fullmatch(blocks[cells[0]].text.strip()) is not None
    return label and sum(blocks[place].size for place in cells[1:]) >= MIN_ABSTRACT_CHARS


def begins_particulars(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line at ``index`` is the first of a person's or a thing's particulars, a label
    and its value each: that others have the same title or rank makes it no template's."""
    behind = next((b for b in blocks[index + 1 :] if b.size), None)
    return behind is not None and all(map(_is_labelled, (blocks[index], behind)))


def _is_labelled(block: Block) -> bool:
    short = block.size <= MAX_LABELLED_CHARS and not block.linked
    return short and _LABELLED.match(block.text.strip()) is not None


def _is_label(block: Block) -> bool:
    if not 2 <= block.size <= MAX_LABEL_CHARS:
        return False
    return block.text.rstrip()[-1] in ":：" or _PARTICULAR.match(block.text) is not None
