"""A title that the page shows as a picture: what is said in the picture's place.

It promises an answer only where no line of the page is a title, and for the picture that stands
right above the body, labels between: banners and portraits stand elsewhere, or are links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.cleaning.facts.heading import is_frame
from archive.cleaning.facts.titleparts import SITE_END
from archive.cleaning.markup.blocks import Block, squeeze

MIN_CHARS, MAX_CHARS = 6, 60
MIN_TEXT_CHARS = 30
# A sentence, and the name of a file.
_NO_TITLE = re.compile(r"[。；;，,：:…]$|\.\.$|\.\w{2,4}$|^\w*\d{6,}$", re.ASCII)


def pictured_title(above: Sequence[Block], inside: Sequence[Block], title: str) -> str | None:
    """The words of the picture between the page's frame and the body's first line, of a page whose
    ``title`` is the site's name; None where there is none, or a line of words stands there."""
    told = squeeze(title)
    if any(b.line == told and not b.linked for b in (*above, *inside)):
        return None
    first = next((i for i, b in enumerate(inside) if _is_text(b)), len(inside))
    for block in reversed([*above, *inside[:first]]):
        if block.hidden or block.control:
            continue
        if block.pictures and not block.linked and not block.anchors:
            said = (block.pictures[-1].alt or "").strip()
            own = squeeze(said)
            if MIN_CHARS <= len(own) <= MAX_CHARS and not _NO_TITLE.search(said):
                return None if own in told or told in own or SITE_END.search(own) else said
        if block.size and not is_frame(block.text):
            return None
    return None


def _is_text(block: Block) -> bool:
    return block.size - block.linked >= MIN_TEXT_CHARS and not is_frame(block.text)
