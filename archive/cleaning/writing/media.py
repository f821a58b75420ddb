"""Images and attachments of an article, by absolute address.

It promises http and https addresses only, resolved against the page's ``<base>`` or its own
address, each once, in page order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Block
from archive.cleaning.markup.files import is_file_link
from archive.model import Attachment, Image
from archive.remembered import remembered

MAX_ADDRESS_CHARS = 4000
MAX_FRAMES = 50
_PLAYED = re.compile(r"\.(?:mp4|flv|f4v|m3u8|wmv|webm|avi|rmvb|mov)\b|player|video", re.IGNORECASE)


# The small sign of a file's kind before its name.
_ICON = re.compile(
    r"icon|(?:^|/)ico/|filetype|(?:^|/)(?:docx?|xlsx?|pptx?|pdf|zip|rar|txt)\.(?:gif|png)$"
)


def base_of(tree: Element, url: str | None) -> str | None:
    """The address relative references are resolved against (HTML Living Standard, 2.4.3)."""
    for node in tree.iter("base"):
        href = (node.get("href") or "").strip()
        if href:
            return absolute(href, url) or url
    return url


@remembered(8192)
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


class Addresses(dict[str, str | None]):
    """The references of one page as ``absolute`` addresses against its ``base``, each resolved
    once however often it is asked for."""

    def __init__(self, base: str | None) -> None:
        super().__init__()
        self.base = base

    def __missing__(self, reference: str) -> str | None:
        self[reference] = found = absolute(reference, self.base)
        return found


def has_video(tree: Element) -> bool:
    """Whether the page plays a video: an element for it, or a frame or object of a player."""
    for node in tree.iter("video", "embed", "object", "iframe"):
        address = node.get("src") or node.get("data") or ""
        if node.tag == "video" or _PLAYED.search(address):
            return True
    return False


def shown_in_frames(tree: Element, addresses: Addresses) -> tuple[str, ...]:
    """The addresses of pages that a page shows in frames."""
    sources = (node.get("src") for node in islice(tree.iter("frame", "iframe"), MAX_FRAMES))
    found = (addresses[source] for source in sources if source)
    return tuple(dict.fromkeys(address for address in found if address))


def images_of(blocks: Sequence[Block], addresses: Addresses) -> tuple[Image, ...]:
    """The pictures standing in ``blocks``; signs before the names of files are none."""
    found: dict[str, Image] = {}
    for block in blocks:
        files = any(run.href is not None and is_file_link(run.href, run.text) for run in block.runs)
        for picture in block.pictures:
            if files and _ICON.search(picture.src.lower()):
                continue
            address = addresses[picture.src]
            if address:
                found.setdefault(address, Image(address, picture.alt))
    return tuple(found.values())


def attachments_of(
    blocks: Sequence[Block], addresses: Addresses, shown: Sequence[str]
) -> tuple[Attachment, ...]:
    """The files linked from ``blocks``, named by the words of their links, and those that the page
    shows without a link (``shown``)."""
    names: dict[str, list[str]] = {}
    for block in blocks:
        for run in block.runs:
            if run.href is None or not is_file_link(run.href, run.text):
                continue
            address = addresses[run.href]
            if address:
                names.setdefault(address, []).append(run.text)
    for address in (addresses[reference] for reference in shown):
        if address:
            names.setdefault(address, [])
    return tuple(Attachment(a, "".join(words).strip() or None) for a, words in names.items())
