"""Pages that simply stop: cut short by a server or a proxy that told no length.

Where an answer ends with its connection, HTTP cannot tell a whole page from half of one: half a
page would be read as an edit. It promises that a page is called stopped only where it breaks off
inside its markup, and what the archive has of the address, or of its siblings, comes to an end; a
page that never says ``</html>`` stays a page, and so does one whose new template ends another way.
Where a length was told, only the beginning of the archive's own copy, byte for byte, is a stop.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable

from archive.captured import is_html
from archive.exchange import HttpMessage
from archive.exchange.coding import codings_of

TAIL_BYTES = 48
"""The last bytes of a page by which a template's end is known again."""
LOOK_BYTES = 2_048
"""At the end of a page, where its end tags are looked for first."""
ENOUGH = 5
"""Pages of a host that come to an end, before one without a copy may be called stopped."""
NEARLY_ALL = 0.9
"""The share of a host's pages that come to an end, for the same."""
MAX_TAILS = 10_000

_END = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_BLOCK = re.compile(
    rb"<(/?)(?:div|table|ul|ol|section|article|main|span|a|script|style|title|h[1-6]|form)\b",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<[^>]*>")

Copy = Callable[[], bytes | None]
"""The archive's own copy of an address, decoded; None where it has none that can be read."""


class Ends:
    """How the pages of each host came to an end in this run."""

    def __init__(self) -> None:
        self._whole: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        self._tails: OrderedDict[tuple[str, bytes], str] = OrderedDict()

    def is_stopped(
        self, url: str, host: str, message: HttpMessage, content: bytes, copy: Copy
    ) -> bool:
        """Does this answer with its decoded ``content`` stop before the page's end?"""
        if message.status != 200 or not content or not is_html(message):
            return False
        if _has_end(content):
            self._whole[host] += 1
            return False
        is_stopped = (
            _is_beginning(content, copy())
            if tells_length(message)
            else self._breaks_off(url, host, content, copy)
        )
        if not is_stopped:
            self._open[host] += 1
        return is_stopped

    def _breaks_off(self, url: str, host: str, content: bytes, copy: Copy) -> bool:
        before = copy()
        left = None if before is None else _left_out(content, before)
        if not (_is_open(content) or left):
            return False
        if left is None and self._ends_as_others_do(url, host, content):
            return False
        if before is not None:
            return _has_end(before)
        whole = self._whole[host]
        return whole >= ENOUGH and whole >= NEARLY_ALL * (whole + self._open[host])

    def _ends_as_others_do(self, url: str, host: str, content: bytes) -> bool:
        """A template's end is that of other addresses, too; a cut comes wherever it comes."""
        tail = host, _tail(content)
        first = self._tails.setdefault(tail, url)
        if len(self._tails) > MAX_TAILS:
            self._tails.popitem(last=False)
        return first != url


def tells_length(message: HttpMessage) -> bool:
    """Would HTTP have told that the answer was cut (RFC 9112, section 6.3)?"""
    if "chunked" in codings_of(message.all_headers("transfer-encoding")):
        return True
    return message.header("content-length") is not None


def _has_end(content: bytes) -> bool:
    return bool(_END.search(content[-LOOK_BYTES:]) or _END.search(content))


def _is_beginning(content: bytes, copy: bytes | None) -> bool:
    if copy is None or len(copy) <= len(content):
        return False
    return copy.startswith(content) and _has_end(copy)


def _tail(content: bytes) -> bytes:
    return content.rstrip()[-TAIL_BYTES:]


def _left_out(content: bytes, before: bytes) -> bytes | None:
    """The words that followed in the copy where this content ends; None where that place is not
    in it."""
    tail = _tail(content)
    at = before.rfind(tail)
    if at < 0:
        return None
    rest = before[at + len(tail) :]
    # Behind the last of them no tag ends: from each "<" there, all the rest was looked through.
    end = rest.rfind(b">") + 1
    return (_TAG.sub(b"", rest[:end]) + rest[end:]).strip()


def _is_open(content: bytes) -> bool:
    """Is it in the middle of a text, a tag, a comment or an element that must be closed?"""
    if not content.rstrip().endswith(b">") or content.rfind(b"<!--") > content.rfind(b"-->"):
        return True
    closing = [match[1] for match in _BLOCK.finditer(content)]
    return 2 * sum(map(bool, closing)) < len(closing)
