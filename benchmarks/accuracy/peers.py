"""Other people's extractors in our terms, for the side-by-side table in docs/extraction.md.

None of them is a dependency: they are measured where somebody installed them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from lxml import html as lxml_html

from archive.cleaning import decode
from archive.model import Decoding, Extraction, PageKind
from benchmarks.accuracy.measures import Extractor

PEERS = ("readability-lxml", "trafilatura", "magic-html")
_NO_DECODING = Decoding("utf-8", "given", None, 0)


def peer(name: str) -> Extractor | None:
    """The extractor of that name; None where it is not installed."""
    try:
        text_of = _text_of(name)
    except ImportError:
        return None

    def extractor(body: bytes, url: str) -> Extraction:
        page, _ = decode(body)
        try:
            text = text_of(page, url)
        except Exception:  # another's extractor may fail in any way; that is a page missed
            text = ""
        return Extraction(PageKind.ARTICLE, url, _NO_DECODING, text=text)

    return extractor


def _text_of(name: str) -> Callable[[str, str], str]:
    if name == "readability-lxml":
        document: Any = import_module("readability").Document
        return lambda page, url: _plain(document(page).summary())
    if name == "trafilatura":
        library: Any = import_module("trafilatura")
        return lambda page, url: library.extract(page, favor_precision=True) or ""
    made: Any = import_module("magic_html").GeneralExtractor()
    return lambda page, url: _plain(made.extract(page, base_url=url)["html"])


def _plain(html: str) -> str:
    return "".join(map(str, lxml_html.fromstring(html).itertext())) if html.strip() else ""
