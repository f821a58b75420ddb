"""What may be written into the store: no character that XML, JSON readers or SQLite choke on, and
none that a terminal obeys.

Pages carry NUL, control characters and lone surrogates; the WARC keeps them, the derived data
does not, so that every export of it is well-formed. It promises to leave everything else alone.
"""

from __future__ import annotations

import re

# Everything outside the Char production of XML 1.0 (fifth edition, section 2.2), and the control
# characters that the same section advises against: terminals obey some of them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """``text`` without the characters that XML 1.0 forbids or advises against."""
    return _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text


def storable_or_none(text: str | None) -> str | None:
    """The same for a value that may be unknown."""
    return None if text is None else storable(text)


def storable_tree(value: object) -> object:
    """The same for every string in lists and dictionaries, to any depth JSON can have."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: storable_tree(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_tree(item) for item in value]
    return value
