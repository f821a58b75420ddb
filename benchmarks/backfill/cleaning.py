"""Every page of a file cleaned on its own; in a module that processes of its own can load."""

from __future__ import annotations

from pathlib import Path

from archive.captured import page_of, read_message
from archive.cleaning import extract_page
from archive.garbage import rarely_collecting
from archive.warc.reader import read_exchanges


@rarely_collecting
def clean_file(path: Path) -> int:
    """Read, decode, parse and extract each page of ``path``, as a site pass does; how many."""
    pages = 0
    for found in read_exchanges(path):
        page = page_of(found.capture, read_message(found.capture))
        assert page is not None
        extract_page(page)
        pages += 1
    return pages
