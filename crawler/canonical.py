"""One address, one spelling: what the frontier knows an address by.

Sites write the same page with session ids, fragments, default ports and odd escapes; without one
spelling each of them would be fetched. It promises to change nothing that a server could tell
apart: parameters keep their names, their order and their case (``?NewsID=`` stays), and only what
is known to name a visit instead of a page is cut.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from archive.remembered import remembered

CACHE_SIZE = 1_024
"""Addresses kept spelt: a site's navigation stands on each of its pages."""

REMEMBERED_HOSTS = 256

DEFAULT_PORTS = {"http": 80, "https": 443}

# Nothing here needs a change but, perhaps, its parameters: lower-case authority, a path without
# dots or escapes.
_PATH = r"[A-Za-z0-9_~/-]*(?:\.[A-Za-z0-9]+)?"
_PARAMETERS = r"(?:\?([A-Za-z0-9_.&=-]+))?"
_PLAIN = re.compile(
    rf"https?://[a-z0-9.-]*[a-z0-9](?::(?!(?:80|443)(?:/|\Z))[0-9]{{1,5}})?"
    rf"(?:(/){_PATH}{_PARAMETERS})?"
)

# Names that only ever hold a visit's id, whatever the value.
_SESSION_NAMES = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|sessionid|session_id|sessid"
    r"|cfid|cftoken|utm_\w+)",
    re.IGNORECASE,
)
# Names that may hold a section's id as well: only a long value mixed of letters and digits goes.
_MAYBE_SESSION_NAMES = re.compile(r"(?:sid|session|s|token|zenid|oscsid)", re.IGNORECASE)
_SESSION_VALUE = re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[0-9A-Za-z_-]{20,128}")

_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
_ASPNET_SESSION = re.compile(r"/\((?:[A-Z]\([0-9A-Za-z]{8,64}\)){1,3}\)(?=/)")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DOT_SEGMENT = re.compile(r"/\.{1,2}(?:/|$)")


@remembered(CACHE_SIZE)
def canonical_url(url: str) -> str:
    """The one spelling of an absolute http(s) address. Raises ValueError when it cannot be read.

    Follows RFC 3986, section 6.2 (case, escapes, dot segments, scheme-based), and cuts session ids.

    >>> canonical_url("HTTP://WWW.Example.ac.cn:80/a/../ReadNews.asp;jsessionid=1F?NewsID=7&#top")
    'http://www.example.ac.cn/ReadNews.asp?NewsID=7'
    """
    if plain := _PLAIN.fullmatch(url):
        path, parameters = plain.groups()
        if path is None:
            return f"{url}/"
        if parameters is None or _are_plain(parameters):
            return url
    parts = urlsplit(safe_url_string(url.strip()))
    scheme = parts.scheme.lower()
    authority = authority_of(scheme, parts.hostname or "", parts.port)
    path = _PATH_SESSION.sub("", parts.path) or "/"
    path = _escapes(_ASPNET_SESSION.sub("", path))
    if _DOT_SEGMENT.search(path):
        path = _without_dots(path)
    return urlunsplit((scheme, authority, path, _query(parts.query), ""))


@remembered(CACHE_SIZE)
def host_of(url: str) -> str:
    """The address's host as the whole project writes it (authority, lower case, no default port).
    Raises ValueError when there is none."""
    parts = urlsplit(url)
    return _host(parts.scheme, parts.netloc)


def scheme_of(url: str) -> str:
    """The scheme of a canonical address."""
    return url.partition(":")[0]


@remembered(REMEMBERED_HOSTS)
def _host(scheme: str, netloc: str) -> str:
    parts = SplitResult(scheme, netloc, "", "", "")
    return authority_of(scheme.lower(), parts.hostname or "", parts.port)


def authority_of(scheme: str, name: str, port: int | None) -> str:
    """Host name and port in one spelling. Raises ValueError when there is no name."""
    name = name.rstrip(".").lower()
    if not name:
        raise ValueError("the address names no host")
    if ":" in name:
        name = f"[{name}]"
    return name if port in (None, DEFAULT_PORTS.get(scheme)) else f"{name}:{port}"


def resolve(base: str, reference: str, encoding: str = "utf-8") -> str:
    """The canonical address that ``reference``, found on the page ``base``, points to.

    ``encoding`` is the page's: browsers escape a query's non-ASCII characters in it. Raises
    ValueError when the result is no http(s) address.
    """
    reference = reference.strip("\t\n\x0b\x0c\r ")
    if not reference.isascii():
        reference = safe_url_string(reference, encoding)
    if reference[:1] not in _OF_THE_PAGE:
        # The pages of one folder resolve the site's navigation alike: one answer for all of them.
        base = base.partition("?")[0].rpartition("/")[0] + "/"
    return _resolve(base, reference)


_OF_THE_PAGE = ("", "?", "#", ";")
_NAME = re.compile(rf"[A-Za-z0-9_-][A-Za-z0-9_/-]*(?:\.[a-z]+)?{_PARAMETERS}")
_UP = "../"


@remembered(CACHE_SIZE)
def _resolve(base: str, reference: str) -> str:
    name = reference.removeprefix("./")
    if _NAME.fullmatch(name):
        joined = base + name
    elif _NAME.fullmatch(reference, 1) and reference[0] == "/":
        joined = base[: base.index("/", len("https://"))] + reference
    elif _PLAIN.fullmatch(reference):
        joined = reference
    else:
        joined = _further_up(base, reference) or urljoin(base, reference)
    if not joined[:8].lower().startswith(("http://", "https://")):
        raise ValueError("not an http address")
    return canonical_url(joined)


def _further_up(base: str, reference: str) -> str | None:
    """A plain name in a folder above the folder ``base``; None where either is not plain."""
    up = 0
    while reference.startswith(_UP, up):
        up += len(_UP)
    name = reference[up:]
    if not up or "//" in name or not _NAME.fullmatch(name):
        return None
    # Scheme, nothing, authority, each folder, nothing.
    pieces = base.split("/")
    if not _PLAIN.fullmatch(base) or "" in pieces[2:-1]:
        return None
    kept = max(3, len(pieces) - 1 - up // len(_UP))
    return "/".join([*pieces[:kept], name])


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4; an empty segment is one like any other."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _are_plain(parameters: str) -> bool:
    """Is there nothing in them to be cut?"""
    return all(pair and not _is_session(pair) for pair in parameters.split("&"))


def _query(query: str) -> str:
    if not query:
        return ""
    kept = [pair for pair in query.split("&") if pair and not _is_session(pair)]
    return _escapes("&".join(kept))


def _is_session(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if _SESSION_NAMES.fullmatch(name):
        return True
    return bool(_MAYBE_SESSION_NAMES.fullmatch(name) and _SESSION_VALUE.fullmatch(value))


def _escapes(text: str) -> str:
    return _ESCAPE.sub(_escape, text) if "%" in text else text


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else f"%{match[1].upper()}"
