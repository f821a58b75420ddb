"""From bytes to an article: decode, locate the body, read it without loss, drop the template.

This is also a library: ``from archive.cleaning import extract``. It promises that every step can
be used alone, and that none alters the page it is given.
"""

from __future__ import annotations

from archive.cleaning.decode import decode
from archive.cleaning.extraction import extract, extract_page, page_kind
from archive.cleaning.hostmodel import HostModel, Learner
from archive.cleaning.multipage import join_pages
from archive.cleaning.page import Page, read_page

__all__ = [
    "HostModel",
    "Learner",
    "Page",
    "decode",
    "extract",
    "extract_page",
    "join_pages",
    "page_kind",
    "read_page",
]
