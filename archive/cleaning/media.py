"""Images and attachments of an article, by absolute address.

It promises http and https addresses only, resolved against the page's ``<base>`` or its own
address, each once, in page order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urljoin, urlsplit

from lxml.etree import _Element as Element

from archive.cleaning.flow import Block
from archive.model import Attachment, Image

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|rtf|zip|rar|7z|txt|csv|odt|ods|ofd|caj)$", re.IGNORECASE
)
_DOWNLOAD = re.compile(r"download|attach|wbfileid|fileid=|/down\b", re.IGNORECASE)
MAX_ADDRESS_CHARS = 4000


def base_of(tree: Element, url: str | None) -> str | None:
    """The address relative references are resolved against (HTML Living Standard, 2.4.3)."""
    for node in tree.iter("base"):
        href = (node.get("href") or "").strip()
        if href:
            return absolute(href, url) or url
    return url


def absolute(reference: str, base: str | None) -> str | None:
    """``reference`` as an absolute http(s) address without fragment; None when it is none."""
    text = "".join(reference.split("\n")).strip().replace("\\", "/")
    if not text or len(text) > MAX_ADDRESS_CHARS or text.startswith("#"):
        return None
    try:
        joined = urljoin(base or "", text)
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return None
    return joined.partition("#")[0]


def images_of(blocks: Sequence[Block], base: str | None) -> tuple[Image, ...]:
    """The pictures standing in ``blocks``."""
    found: dict[str, Image] = {}
    for block in blocks:
        for picture in block.pictures:
            address = absolute(picture.src, base)
            if address:
                found.setdefault(address, Image(address, picture.alt))
    return tuple(found.values())


def is_attachment(href: str) -> bool:
    """Whether a link leads to a file and not to a page."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return bool(_FILE.search(unquote(parts.path)) or _FILE.search(unquote(parts.query))) or bool(
        _DOWNLOAD.search(parts.path) and parts.query
    )


def attachments_of(blocks: Sequence[Block], base: str | None) -> tuple[Attachment, ...]:
    """The files linked from ``blocks``, named by the words of their links."""
    names: dict[str, list[str]] = {}
    for block in blocks:
        for run in block.runs:
            if run.href is None or not is_attachment(run.href):
                continue
            address = absolute(run.href, base)
            if address:
                names.setdefault(address, []).append(run.text)
    return tuple(Attachment(a, "".join(words).strip() or None) for a, words in names.items())
