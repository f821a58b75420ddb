"""The lines that announce a talk or a meeting: 时间：…, 地点：…, 主讲人：….

Such lines look like an article's labels and are its text, and the day they name is none of
publication. It promises that a time is an event's only where a place, a speaker or a subject
stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.cleaning.markup.blocks import Block

_TIME = re.compile(r"^\W{0,4}[\u4e00-\u9fff]{0,6}(?:时\s{0,4}间|日\s{0,4}期|時\s{0,4}間)\s?[:：】]")
# A label that says what the day is for (发布时间：) is no event's.
_TOLD = re.compile(r"^\W{0,4}(?:发布|发表|更新|公布|录入|添加|上传|發布|發表|刊登|提交|创建|编辑)")
_BESIDE = re.compile(
    r"^\W{0,4}[\u4e00-\u9fff]{0,4}(?:地\s{0,4}点|地\s{0,4}點|主讲人?|報告人|报告人|演讲人|演講人|讲座人|主持人?|嘉宾"
    r"|[题題]\s{0,4}目|主\s{0,4}[题題]|主办|会议室|参加人员?|对象)\s?[:：】]"
)
# How many lines before and behind a time are looked at.
REACH = 3


def is_event(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line at ``index`` says when something takes place."""
    text = blocks[index].text
    # Most lines have neither.
    if "间" not in text and "間" not in text and "期" not in text:
        return False
    if _TIME.match(text) is None or _TOLD.match(text) is not None:
        return False
    behind = [b for b in blocks[index + 1 : index + 2 * REACH] if b.size][:REACH]
    before = [b for b in blocks[max(index - 2 * REACH, 0) : index] if b.size][-REACH:]
    return any(_BESIDE.match(block.text) for block in (*before, *behind))
