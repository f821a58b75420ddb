"""The name of an article: short, lasting, and the same on every host that keeps its path."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

ID_CHARACTERS = 16


def path_key(url: str) -> str:
    """Path and query of an address, without host, scheme and fragment.

    >>> path_key("http://www.example.ac.cn/a/t20101209_1.html#top")
    '/a/t20101209_1.html'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def article_id(site: str, url: str) -> str:
    """16 hexadecimal digits of the SHA-256 of the site's name, NUL, and the address's path and
    query: a mirror that keeps the path gives the same id."""
    return _digest(site, path_key(url))


def article_id_apart(site: str, url: str, rank: int) -> str:
    """The id of the ``rank``-th further article whose address has the same path and query (two
    different works at one path on two hosts); rank 0 is the plain id."""
    return _digest(site, path_key(url)) if rank == 0 else _digest(site, url, str(rank))


def _digest(*parts: str) -> str:
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:ID_CHARACTERS]
