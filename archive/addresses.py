"""The one spelling of a host, for every room that tells hosts apart.

It promises an answer for any string: a foreign WARC may name addresses that no browser would take,
and they must not end a backfill.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_REMEMBERED = 4096


@lru_cache(maxsize=_REMEMBERED)
def host_of(url: str) -> str:
    """The authority of ``url`` in lower case, without user and default port (RFC 3986, section
    3.2); "" where it names none, or is no address at all."""
    try:
        parts = urlsplit(url)
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if ":" in name:
        name = f"[{name}]"
    default = _DEFAULT_PORTS.get(parts.scheme)
    return name if not name or port in (None, default) else f"{name}:{port}"
