"""Extractions as compressed JSON: the whole of what one page said, in one value of the store.

It promises that reading gives back exactly what was written (but for the characters that may not
be stored), and that equal extractions give equal bytes, so that they can be compared as such.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from isal import isal_zlib

from archive.model import (
    Attachment,
    Decoding,
    Extraction,
    Image,
    PageKind,
    PagePart,
    Removal,
    Repair,
    WarcPointer,
)
from archive.store.characters import storable_tree

_LEVEL = 3  # zlib; 9 takes four times as long for 3 % less
_NAMES = tuple(field.name for field in fields(Extraction))
_BEHIND_TEXT = f',"{_NAMES[_NAMES.index("text") + 1]}":'.encode()


def plain(extraction: Extraction) -> dict[str, Any]:
    """The extraction as JSON has it, all of its characters as they are."""
    return {name: _plain(getattr(extraction, name)) for name in _NAMES}


def values_of(extraction: Extraction) -> object:
    """All that the extraction says, as plain values: equal ones for equal extractions."""
    records = (extraction.images, extraction.attachments, extraction.removals, extraction.repairs)
    return (
        _OTHERS(extraction),
        [[_VALUES[type(one)](one) for one in some] for some in records],
    )


def pack(extraction: Extraction) -> bytes:
    """The extraction as bytes; equal extractions give equal bytes."""
    document = storable_tree(plain(extraction))
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), _LEVEL)


def unpack_words(body: bytes) -> tuple[str | None, str]:
    """Title and text alone of the extraction that ``pack`` made these bytes of: what a page of hits
    shows, in a third of the time."""
    document = isal_zlib.decompress(body)
    # A quotation mark within a value is escaped, so that this is the key and nothing else.
    end = document.find(_BEHIND_TEXT)
    head = document if end < 0 else document[:end] + b"}"
    known: dict[str, Any] = json.loads(head)
    return known.get("title"), known.get("text", "")


def unpack(body: bytes) -> Extraction:
    """The extraction that ``pack`` made these bytes of."""
    return from_plain(json.loads(isal_zlib.decompress(body)))


def from_plain(document: dict[str, Any]) -> Extraction:
    """The extraction that ``plain`` made this of."""
    known = {name: document[name] for name in _NAMES if name in document}
    published = known.get("published")
    known |= {
        "kind": PageKind(known["kind"]),
        "decoding": Decoding(*known["decoding"]),
        "published": None if published is None else date.fromisoformat(published),
        "images": tuple(Image(*values) for values in known["images"]),
        "attachments": tuple(Attachment(*values) for values in known["attachments"]),
        "removals": tuple(Removal(*values) for values in known["removals"]),
        "repairs": tuple(Repair(*values) for values in known["repairs"]),
        "earlier_pages": tuple(known.get("earlier_pages", ())),
        "next_pages": tuple(known["next_pages"]),
        "frames": tuple(known.get("frames", ())),
        "listed": tuple((url, day) for url, day in known.get("listed", ())),
        "pages": tuple(_part(*values) for values in known.get("pages", ())),
        "flags": tuple(known["flags"]),
    }
    return Extraction(**known)


def _part(url: str, moment: str | None, place: list[Any] | None) -> PagePart:
    captured_at = None if moment is None else datetime.fromisoformat(moment)
    return PagePart(url, captured_at, None if place is None else WarcPointer(*place))


_RECORDS: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Attachment, Decoding, Image, PagePart, Removal, Repair, WarcPointer)
}
_OF_RECORDS = frozenset({"images", "attachments", "removals", "repairs"})
_OTHERS: Callable[[Extraction], tuple[object, ...]] = attrgetter(
    *(name for name in _NAMES if name not in _OF_RECORDS)
)
_VALUES: dict[type, Callable[[object], tuple[object, ...]]] = {
    kind: attrgetter(*names) for kind, names in _RECORDS.items()
}


def _plain(value: object) -> object:
    names = _RECORDS.get(type(value))
    if names is not None:
        return [_plain(getattr(value, name)) for name in names]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
