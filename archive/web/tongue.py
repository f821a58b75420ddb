"""In which language a text of a page of the web stands, as HTML names it.

A browser chooses glyphs by it, a screen reader its voice. It promises to claim no language that is
not told: "" is HTML's word for one that nobody knows.
"""

from __future__ import annotations

import re

from archive.cleaning.script.language import language_of

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def tongue(text: str | None, known: str | None = None) -> str:
    """``known``, else what the script tells, however short the text is.

    >>> tongue("通知"), tongue("ندوة علمية"), tongue("ندوة علمية", "ar")
    ('zh', '', 'ar')
    """
    if known:
        return known
    text = text or ""
    return language_of(text) or ("zh" if _HAN.search(text) else "")
