"""Sort-friendly keys of addresses: what CDX indexes are sorted and asked by.

``http://www.Example.ac.cn/B/?b=2&a=1`` becomes ``cn,ac,example)/b?a=1&b=2``. It promises the key
that replay tools (pywb, wabac.js, OpenWayback) make of the same address, because an entry under
another key is never found: the host turned round without ``www``, everything decoded and encoded
again in one way, lower case, arguments in order, session ids, fragments and user names left out.
Written here because the one library for it is under a licence that would bind whoever uses this.
"""

from __future__ import annotations

import contextlib
import re
import socket
from functools import lru_cache
from urllib.parse import quote_from_bytes, unquote_to_bytes

SAFE = "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in "#%")
DEFAULT_PORTS = {b"http": b"80", b"https": b"443"}

_PARTS = re.compile(
    rb"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?P<authority>[^/?#]*))?"
    rb"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?"
)
_PLAIN = re.compile(
    r"(https?)://([A-Za-z0-9.-]+(?::[0-9]{1,5})?)((?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/?)"
)
"""Nearly all addresses of a site: nothing in them is decoded, encoded, cut or put in order."""
_REPEATED_SCHEME = re.compile(rb"(?:https?://)+(?=https?://)")
_WWW = re.compile(rb"www\d*\.")
MAX_HOST_BYTES = 255
"""Of a host name (RFC 1035, section 2.3.4); a longer one stays as it is written."""
USUAL_ROUNDS = 3
"""So often an address may have been percent-encoded by programs that know no better."""
_HEX_PAIR = re.compile(rb"[0-9A-Fa-f]{2}")
_NUMERIC_HOST = re.compile(rb"(?:0[0-7]*|[1-9]\d*)(?:\.\d+){0,3}")
_ASPX_SESSIONS = (
    re.compile(rb"(?is)(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)"),
    re.compile(rb"(?is)(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)"),
)
_QUERY_SESSIONS = tuple(
    re.compile(rb"(?i)(.*)" + session + rb"(?:&(.*))?")
    for session in (
        rb"jsessionid=[0-9a-z]{32}",
        rb"phpsessid=[0-9a-z]{32}",
        rb"sid=[0-9a-z]{32}",
        rb"aspsessionid[a-z]{8}=[a-z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
)


def surt_key(url: str) -> str:
    """The key of ``url``; of what cannot be read as an address, the text itself."""
    if plain := _PLAIN.fullmatch(url):
        scheme_name, host, path = plain.groups()
        return f"{_site(scheme_name, host)}){path.lower().removesuffix('/') or '/'}"
    raw = url.strip().encode("utf-8", "replace")
    raw = _REPEATED_SCHEME.sub(b"", raw.translate(None, b"\t\r\n"), count=1)
    parts = _PARTS.match(raw)
    if parts is None or not parts["scheme"]:
        return url
    scheme = parts["scheme"].lower()
    path, query = _path(parts["path"], rooted=bool(parts["authority"])), parts["query"]
    if not parts["authority"]:
        return f"{scheme.decode()}:{path}{_query(query)}"
    return f"{_authority(parts['authority'], scheme)}){path}{_query(query)}"


@lru_cache(maxsize=256)
def _site(scheme: str, authority: str) -> str:
    return _authority(authority.encode(), scheme.encode())


def _authority(authority: bytes, scheme: bytes) -> str:
    address = authority.rpartition(b"@")[2]
    host, colon, port = address.rpartition(b":")
    if not colon or port.endswith(b"]"):
        host, port = address, b""
    key = ",".join(reversed(_host(host.strip(b"[]")).split(".")))
    is_default = not port.strip(b"0") or port == DEFAULT_PORTS.get(scheme)
    return key if is_default else f"{key}:{port.decode('latin-1')}"


@lru_cache(maxsize=256)
def _host(host: bytes) -> str:
    host = _decoded(host)
    if not host.isascii():
        with contextlib.suppress(UnicodeError):
            host = host.decode("utf-8", "ignore").encode("idna")
    host = host.replace(b"..", b".").strip(b".").lower()
    if _NUMERIC_HOST.fullmatch(host):
        return _dotted(host)
    return quote_from_bytes(_WWW.sub(b"", host, count=1), SAFE)


def _dotted(host: bytes) -> str:
    """A numeric host in four parts, as the operating system reads it (1, 017 and 1.2 are some)."""
    if host.isdigit() and len(host) <= MAX_HOST_BYTES:
        return socket.inet_ntoa((int(host) & 0xFFFFFFFF).to_bytes(4, "big"))
    try:
        return socket.inet_ntoa(socket.inet_aton(host.decode()))
    except OSError:
        return host.decode()


def _path(path: bytes, *, rooted: bool) -> str:
    path = _decoded(path)
    if rooted:
        path = _without_dots(path)
    path = quote_from_bytes(path, SAFE).lower().encode()
    for session in _ASPX_SESSIONS:
        if match := session.fullmatch(path):
            path = match[1] + match[2]
    if len(path) > 1:
        path = path.removesuffix(b"/")
    return path.decode()


def _without_dots(path: bytes) -> bytes:
    kept: list[bytes] = []
    for part in path.split(b"/")[1:]:
        if part == b".." and kept:
            kept.pop()
        elif part != b".":
            kept.append(part)
    folders = [part for part in kept[:-1] if part]
    return b"/" + b"/".join([*folders, *kept[-1:]])


def _query(query: bytes | None) -> str:
    if not query:
        return ""
    text = quote_from_bytes(_decoded(query), SAFE).encode()
    for session in _QUERY_SESSIONS:
        if match := session.fullmatch(text):
            text = match[1] + (match[2] or b"")
    arguments = sorted(argument.split(b"=", 1) for argument in text.lower().split(b"&"))
    ordered = b"&".join(b"=".join(argument) for argument in arguments).decode()
    return f"?{ordered}" if ordered else ""


def _decoded(text: bytes) -> bytes:
    """Without percent-encoding, however often it was put on."""
    for _ in range(USUAL_ROUNDS):
        decoded = unquote_to_bytes(text)
        if decoded == text:
            return text
        text = decoded
    return _decoded_at_once(text)


def _decoded_at_once(text: bytes) -> bytes:
    """The same in one go: an address of ``%2525…`` takes a round for each ``25``. In which order
    they are undone makes no difference, for no two of them overlap."""
    done = bytearray()
    for byte in text:
        done.append(byte)
        while done[-3:-2] == b"%" and _HEX_PAIR.fullmatch(done, len(done) - 2):
            done[-3:] = bytes.fromhex(done[-2:].decode())
    return bytes(done)
