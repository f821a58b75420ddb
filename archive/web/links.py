"""Addresses that articles name, and where the reading room answers for them.

A reader stays in the archive: an address of the web becomes the archive's own page about it, and
what is no http or https address (``javascript:``, ``data:``) never becomes a link.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import quote, urlencode, urlsplit

from archive.warc.timestamps import timestamp

_WEB = ("http://", "https://")
_ADDRESS = re.compile(r"https?://[^\s；，。（）<>\"']{1,2000}")
_BEHIND = ";:,.)"
"""What may stand behind an address without being a part of it."""


def safe_address(address: str | None) -> str | None:
    """The archive's page about an address of the web; None where it is no such address."""
    if address is None or not address.lower().startswith(_WEB):
        return None
    return "/find?" + urlencode({"url": address})


def kept_file(site: str, address: str) -> str:
    """Where the reading room serves the newest good capture of a file."""
    return "/kept?" + urlencode({"site": site, "url": address})


def article_page(article: str, *rest: object) -> str:
    """The page of an article, or one below it."""
    parts = "/".join(quote(str(part), safe="") for part in (article, *rest))
    return f"/article/{parts}"


def capture_page(record_id: str) -> str:
    """The page of a capture, for good: its record's id never changes."""
    return f"/capture/{quote(record_id, safe=':/')}"


def exchange_file(record_id: str) -> str:
    """The raw exchange of a capture, for good."""
    return f"/exchange/{quote(record_id, safe=':/')}"


def changes_page(old: str, new: str) -> str:
    """What changed between the captures of two records."""
    return "/changes?" + urlencode({"from": old, "to": new})


def captures_page(address: str) -> str:
    """The list of all captures of an address."""
    return "/captures?" + urlencode({"url": address})


def calendar_page(address: str) -> str:
    """The calendar of all captures of an address."""
    return "/calendar?" + urlencode({"url": address})


def host_calendar(host: str) -> str:
    """The calendar of all captures of a host."""
    return "/calendar/host?" + urlencode({"host": host})


def in_archive(line: str) -> list[tuple[str, str | None]]:
    """A line that names addresses, in pieces: each with the list of its captures where it is one.

    >>> in_archive("look at http://a.cn/1; then")
    [('look at ', None), ('http://a.cn/1', '/captures?url=http%3A%2F%2Fa.cn%2F1'), ('; then', None)]
    """
    pieces: list[tuple[str, str | None]] = []
    at = 0
    for found in _ADDRESS.finditer(line):
        address = found.group().rstrip(_BEHIND)
        pieces += [(line[at : found.start()], None), (address, captures_page(address))]
        at = found.start() + len(address)
    return [piece for piece in (*pieces, (line[at:], None)) if piece[0]]


def memento(address: str, moment: datetime) -> str:
    """Where the reading room shows the page of an address as it was captured at a moment."""
    return f"/memento/{timestamp(moment)}/{as_path(address)}"


def as_path(address: str) -> str:
    """The address as the end of another one (RFC 7089 puts it there as it is): only what cannot
    stand there is escaped."""
    return quote(address, safe="%:/?&=+,;@!$'()*~[]")


def host_of(address: str) -> str:
    """The host and port an address names; all of it where it is no address."""
    try:
        return urlsplit(address).netloc or address
    except ValueError:
        return address


def path_of(address: str) -> str:
    """What stands behind the host of an address; all of it where it is no address.

    >>> path_of("http://www.example.ac.cn/a?b")
    '/a?b'
    """
    _, _, rest = address.partition("://")
    return f"/{rest.partition('/')[2]}" if rest else address
