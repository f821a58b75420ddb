"""The table of contents that a page shows of itself: links to places in its own text.

It promises to know it by its links alone: several lines in a row that are nothing but links to
places on the page, and the word over them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.cleaning.markup.blocks import Block, leads_within

MIN_CONTENTS_LINES = 3
_NAMED = re.compile(
    r"\W{0,3}(?:(?:本文|文章|内容|內容)?目\s?[录錄次]|(?:table of )?contents|on this page)\W{0,3}",
    re.IGNORECASE,
)


def contents_lines(blocks: Sequence[Block]) -> set[int]:
    """The places of such lines among ``blocks``."""
    found: set[int] = set()
    above: int | None = None  # the line before the run
    run: list[int] = []
    for index, block in enumerate([*blocks, None]):
        if block is None or (block.size and (block.cell is not None or not is_led_within(block))):
            if len(run) >= MIN_CONTENTS_LINES:
                found.update(run)
                if above is not None and _NAMED.fullmatch(blocks[above].text):
                    found.add(above)
            above, run = index, []
        elif block.size:
            run.append(index)
    return found


def is_led_within(block: Block) -> bool:
    """Whether a line is nothing but links to places on its own page."""
    return block.size > 0 and all(
        run.href is not None and leads_within(run.href) for run in block.runs if run.text.strip()
    )
