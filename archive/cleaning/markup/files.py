"""Which links lead to a file, or to whoever is named, and not to another page.

It promises an answer from the link alone, its address or the name of a file that its words are, so
that a link to an attachment, or an address that an editor made a link of, is not mistaken for
navigation anywhere.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from archive.remembered import remembered

_ENDING = r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|rtf|zip|rar|7z|txt|csv|odt|ods|ofd|caj)"
_FILE = re.compile(rf"{_ENDING}$", re.IGNORECASE)
# A file's name, perhaps in brackets or with its size behind it.
_NAMED = re.compile(rf"[^\s.]{_ENDING}\s*[】」）)\]]?\s*$", re.IGNORECASE)
NAME_END = 10
"""Characters in which a name's ending stands."""
_DOWNLOAD = re.compile(r"download|attach|wbfileid|fileid=|/down\b", re.IGNORECASE)

# Addresses that are text of their own: editors make links of them as they are typed.
_MAIL = "mailto:"
_WRITTEN = re.compile(
    r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII | re.IGNORECASE
)

# Most links have none of these and need not be taken apart.
_SIGNS = ("%", "file", "down", "attach")
_END_SIGN = re.compile(rf"{_ENDING}(?:$|[?#&\s])")


@remembered(4096)
def is_attachment(href: str) -> bool:
    """Whether a link leads to a file and not to a page."""
    lower = href.lower()
    if not any(sign in lower for sign in _SIGNS) and _END_SIGN.search(lower) is None:
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return bool(_FILE.search(unquote(parts.path)) or _FILE.search(unquote(parts.query))) or bool(
        _DOWNLOAD.search(parts.path) and parts.query
    )


def is_file_link(href: str, words: str) -> bool:
    """Whether a link leads to a file by its address, or by its ``words``: many systems hand files
    out at addresses that say nothing (show?id=12)."""
    return is_attachment(href) or ("." in words[-NAME_END:] and _NAMED.search(words) is not None)


def is_written_address(href: str, words: str) -> bool:
    """Whether a link's ``words`` are an address themselves, of a page or for mail, or the link is
    one for mail: a notice says so where to apply, and that leads to no other page."""
    if "@" in href and href[: len(_MAIL)].lower() == _MAIL:
        return True
    if "@" not in words and words[:4].lower() not in {"http", "www."}:
        return False
    return _WRITTEN.fullmatch(words.strip()) is not None
