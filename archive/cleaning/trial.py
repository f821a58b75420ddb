"""One page read by a process of its own, because another one died of it (``archive.fatal``).

It promises to end by a signal only if the page makes it so: an error that can be caught is one of
which nobody dies. Where memory runs out it is the one to be ended, not whoever waits for it.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

from archive.cleaning.extraction import extract_page
from archive.cleaning.hostmodel import lesson_of
from archive.cleaning.page import read_page
from archive.cleaning.unmasking.host import seen_on

FIRST_TO_END = "1000"


def main() -> None:
    """Read the page on standard input, behind a line with its address and type as JSON."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_END, encoding="ascii")
    url, content_type = json.loads(sys.stdin.buffer.readline())
    page = read_page(sys.stdin.buffer.read(), url, content_type)
    extract_page(page)
    lesson_of(page)
    seen_on(page)


if __name__ == "__main__":
    main()
