"""The one spelling of a host, for every room that tells hosts apart.

It promises an answer for any string: a foreign WARC may name addresses that no browser would take,
and they must not end a backfill.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from archive.remembered import remembered

if TYPE_CHECKING:
    from tldextract import ExtractResult, TLDExtract

LOOSE_URN = "urn:"
"""Addresses of what came without its exchange begin so (``archive.loose``)."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_REMEMBERED = 4096
_REMEMBERED_HOSTS = 256


@cache
def _suffix_list() -> TLDExtract:
    # Loaded when it is asked for: most commands never do, and it brings an HTTP client along.
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def suffixes(host: str) -> ExtractResult:
    """``host`` parted at its public suffix, by the list that comes with the library."""
    return _suffix_list()(host)


@remembered(_REMEMBERED)
def host_of(url: str) -> str:
    """The authority of ``url`` in lower case, without user and default port (RFC 3986, section
    3.2); "" where it names none, or is no address at all."""
    try:
        parts = urlsplit(url)
        return _host(parts.scheme, parts.netloc)
    except ValueError:
        return ""


@remembered(_REMEMBERED_HOSTS)
def _host(scheme: str, netloc: str) -> str:
    parts = SplitResult(scheme, netloc, "", "", "")
    name, port = (parts.hostname or "").rstrip("."), parts.port
    if ":" in name:
        name = f"[{name}]"
    default = _DEFAULT_PORTS.get(scheme)
    return name if not name or port in (None, default) else f"{name}:{port}"


def one_page(url: str) -> str:
    """A name for the page at ``url`` under whichever of its addresses: http or https, with ``www.``
    before the host or without.

    >>> one_page("https://www.example.ac.cn/a.html") == one_page("http://example.ac.cn/a.html")
    True
    """
    scheme, _, rest = url.partition("://")
    if scheme not in _DEFAULT_PORTS:
        return url
    return f"{host_of(url).removeprefix('www.')}/{rest.partition('/')[2]}"


@remembered(_REMEMBERED)
def registered_domain(host: str) -> str:
    """The registered domain of a host (with or without a port); an address of digits and a name
    without a public suffix stand for themselves, port included.

    >>> registered_domain("news.example.ac.cn:8080")
    'example.ac.cn'
    """
    name = host.rsplit(":", 1)[0] if host.count(":") == 1 else host
    found = suffixes(name)
    return f"{found.domain}.{found.suffix}" if found.suffix and found.domain else host
