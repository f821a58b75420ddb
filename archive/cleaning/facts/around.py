"""The lines about a body, and what all who read facts from them ask of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.cleaning.facts import phrases
from archive.cleaning.facts.dates import is_day
from archive.cleaning.facts.labels import beside_date
from archive.cleaning.facts.values import EDGES, publisher
from archive.cleaning.markup.blocks import Block, squeeze

# How many lines above and below the body may carry its labels.
REACH_ABOVE = 25
REACH_BELOW = 12
REACH_INSIDE = 4
# Right under the text stands whose it is and when it was published, with whoever edited it between.
REACH_CLOSING = 2
MAX_LABEL_LINE = 300
_ADDRESS = re.compile(r"^\W{0,3}(?:https?://|www\.)[\w./:-]{4,60}\W{0,3}$", re.ASCII)
_PAPER = re.compile(r"[\w·]{2,8}新[聞闻]社?")
_OPEN, _SHUT = frozenset("(（"), frozenset(")）")
# The title of a list's entry is no shorter.
MIN_ENTRY_CHARS = 4


@dataclass(frozen=True, slots=True)
class Around:
    """The lines about the body: ``above`` (the nearest last), ``inside``, ``below``."""

    above: Sequence[Block]
    inside: Sequence[Block]
    below: Sequence[Block]


def leads_on(block: Block) -> bool:
    """Whether most of a line is a link with words; that to the source's home page has its
    address, and page tools (大 中 小 打印) lead nowhere."""
    if not block.linked:
        return False
    addresses = sum(
        len(squeeze(r.text))
        for r in block.runs
        if r.href and (_ADDRESS.match(r.text) or phrases.only_tools(r.text))
    )
    if block.linked - addresses > (block.size - addresses) / 2:
        return True
    return block.linked >= MIN_ENTRY_CHARS and _is_entry(block)


def _is_entry(block: Block) -> bool:
    """Whether a line is a link and behind it a day alone, as the entries of a list are: a link to
    the paper or to the author stands behind the day, or names a publisher."""
    first, behind = block.runs[0], "".join([run.text for run in block.runs[1:]])
    return bool(first.href) and publisher(first.text) is None and is_day(behind)


def closing_publisher(block: Block) -> str | None:
    """The newspaper, station or site named in a line that has nothing else but a day."""
    if block.hidden or block.linked or "。" in block.text:
        return None
    beside = beside_date(block.text).strip(EDGES)
    return publisher(beside) or (beside if _in_brackets(block.text, beside) else None)


def _in_brackets(line: str, beside: str) -> bool:
    """Whether a line in brackets ends with the name of a newspaper that is called 某某新聞."""
    shut = line.rstrip()[-1:] in _SHUT and line.lstrip()[:1] in _OPEN
    return shut and _PAPER.fullmatch(beside) is not None
