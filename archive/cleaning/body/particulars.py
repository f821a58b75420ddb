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
# 职称：研究员, as one line among others of its form.
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}\s?[:：]\s?\S")
MAX_LABELLED_CHARS = 60
MIN_LABELS = 3
# Of the cells that end as labels do, this share must be a document's.
KNOWN_SHARE = 0.6
MAX_LABEL_CHARS = 10


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
