"""Which links lead to a file and not to a page.

It promises an answer from the address alone, so that a link to an attachment is not mistaken for
navigation anywhere.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from archive.remembered import remembered

_ENDING = r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|rtf|zip|rar|7z|txt|csv|odt|ods|ofd|caj)"
_FILE = re.compile(rf"{_ENDING}$", re.IGNORECASE)
_DOWNLOAD = re.compile(r"download|attach|wbfileid|fileid=|/down\b", re.IGNORECASE)

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
