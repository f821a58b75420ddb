"""Texts and pages that came without their exchange, read as articles.

An archivist's folder holds saved pages (HTML, MHTML), plain texts, and lines of JSON that an
extractor wrote. Each is kept whole as a WARC ``resource`` record under the address
``urn:sha256:<hex>``; what kind it is, the name it came under tells (``via``: ``file:NAME``). It
promises to read whatever lies there: what is broken is an empty article, not an error.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from archive.addresses import LOOSE_URN
from archive.cleaning import decode, extract_page, read_page
from archive.cleaning.json_line import read_line
from archive.cleaning.plaintext import extract_text
from archive.model import Capture, Extraction

FILE_VIA = "file:"
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
MHTML_SUFFIXES = (".mhtml", ".mht")
LINE_NAME = re.compile(r"\.jsonl#\d+$")
MAX_FIELD = 8_192
"""Characters of a field of a web archive file that are read."""

# What browsers write on top of a saved page: "saved from url=(0027)http://…" and "url: http://…".
_SAVED_FROM = re.compile(
    rb"(?:saved from url=\(\d{4}\)|\burl:\s*)(https?://[^\s\"'<>]{1,2000})", re.I
)
# "saved date: Thu Mar 08 2012 16:20:01 GMT+0800 (China Standard Time)": SingleFile, as browsers'
# own dates are written.
_SAVED_DATE = re.compile(
    rb"saved date:\s*(?:\w{3} )?(\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})"
)
_SAVED_FORMAT = "%b %d %Y %H:%M:%S %z"
# "Mirrored from www.a.cn/1.html by HTTrack Website Copier/3.x [XR&CO'2014], Wed, 12 Mar 2014
# 08:30:00 GMT": without a scheme where that is http.
_MIRRORED = re.compile(
    rb"Mirrored from ((?:https://)?[^\s\"'<>/:]{1,255}(?::\d{1,5})?/[^\s\"'<>]{0,2000}) by HTTrack"
    rb"[^<>]{0,100}?, (\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d GMT)"
)
FIRST_SAVED = datetime(1990, 1, 1, tzinfo=UTC)
"""No page was saved before there were any."""
_HEAD_BYTES = 4096


def read_loose(capture: Capture) -> Extraction | None:
    """The article in a capture that is no exchange; None for any other capture. ``url`` is the
    address that a saved page claims for itself, or the capture's own."""
    if not capture.url.startswith(LOOSE_URN):
        return None
    name = (capture.via or "").removeprefix(FILE_VIA)
    lower = name.lower()
    if lower.endswith(HTML_SUFFIXES):
        read = _html(capture.response, None, claimed_address(capture.response))
    elif lower.endswith(MHTML_SUFFIXES):
        read = _mhtml(capture.response)
    elif LINE_NAME.search(lower):
        read = read_line(capture.response)
    else:
        read = _plain(capture.response, name)
    return replace(read, url=read.url or capture.url)


def claimed_address(html: bytes) -> str | None:
    """The address that a browser or HTTrack noted on top of a page it saved, or None."""
    head = html[:_HEAD_BYTES]
    if found := _SAVED_FROM.search(head):
        return found.group(1).decode("ascii", "ignore")
    if found := _MIRRORED.search(head):
        address = found.group(1).decode("ascii", "ignore")
        return address if address.startswith("https://") else f"http://{address}"
    return None


def claimed_moment(name: str, content: bytes) -> datetime | None:
    """When the page in the file ``name`` was saved, as whoever saved it noted; None where nobody
    did, or what he noted cannot be."""
    lower = name.lower()
    if lower.endswith(MHTML_SUFFIXES):
        moment = _moment_of_letter(content[:_HEAD_BYTES])
    elif lower.endswith(HTML_SUFFIXES):
        moment = _moment_of_comment(content[:_HEAD_BYTES])
    else:
        moment = None
    return moment if moment is not None and FIRST_SAVED <= moment <= datetime.now(UTC) else None


def is_cut(name: str, content: bytes) -> bool:
    """Does a web archive file lack the line that ends its last part (RFC 2046, section 5.1.1)?"""
    if not name.lower().endswith(MHTML_SUFFIXES):
        return False
    head = email.message_from_bytes(content[:_HEAD_BYTES], policy=email.policy.compat32)
    boundary = head.get_boundary()
    return bool(boundary) and f"--{boundary}--".encode("utf-8", "surrogateescape") not in content


def _moment_of_letter(head: bytes) -> datetime | None:
    """The Date of a web archive file, which is written as a letter."""
    return _moment_of_date(email.message_from_bytes(head, policy=email.policy.compat32).get("Date"))


def _moment_of_date(date: object) -> datetime | None:
    """The moment of a date as letters and answers have it (RFC 5322, section 3.3)."""
    try:
        moment = parsedate_to_datetime(str(date))
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment_of_comment(head: bytes) -> datetime | None:
    found = _SAVED_DATE.search(head)
    if found is None:
        mirrored = _MIRRORED.search(head)
        return _moment_of_date(mirrored.group(2).decode()) if mirrored else None
    try:
        return datetime.strptime(b" ".join(found.groups()).decode(), _SAVED_FORMAT)
    except ValueError:
        return None


def _plain(content: bytes, name: str) -> Extraction:
    text, decoding = decode(content)
    return replace(extract_text(text, name or None), decoding=decoding)


def _html(content: bytes, content_type: str | None, url: str | None) -> Extraction:
    return extract_page(read_page(content, url, content_type), None)


def _mhtml(content: bytes) -> Extraction:
    """The page of a web archive file (RFC 2557): the part that is named as the root, or the first
    HTML part."""
    try:
        found = _first_page(content)
    except Exception:  # the library stumbles in many ways over letters that nobody would send
        found = None
    return _html(*(found or (b"", None, None)))


def _first_page(content: bytes) -> tuple[bytes, str | None, str | None] | None:
    """Body, Content-Type and address of the first HTML part."""
    # The library's newer policy reads each field by its grammar: 4 s for a field of 80 kB.
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        body = part.get_payload(decode=True)
        if isinstance(body, bytes):
            return body, _field(part, "content-type"), _field(part, "content-location") or None
    return None


def _field(part: Message, name: str) -> str:
    """A field in one line, its encoded words read (RFC 2047)."""
    raw = next((str(v) for key, v in part.raw_items() if key.lower() == name), "")[:MAX_FIELD]
    line = "".join(raw.splitlines()).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(line))).strip()
    except (ValueError, LookupError, HeaderParseError):
        return line.strip()
