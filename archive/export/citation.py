"""How to cite an article: as GB/T 7714-2015, BibTeX and CSL-JSON have it.

Each names what lasts: the address it had, the day it was captured, and the digest of the capture
the reading was made from. What is not known is left out, never made up.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from archive.model import Article, WarcPointer

_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def gb7714(article: Article, archived_at: str | None = None) -> str:
    """One line as GB/T 7714-2015, section 8.8 (electronic resources) has it:
    author. title[EB/OL]. (published)[captured]. address.

    ``archived_at`` is the address of the article in the reading room.
    """
    reading = article.reading
    author = reading.author or reading.source
    captured = article.witnesses[article.reading_of].captured_at
    parts = [
        f"{_line(author)}. " if author else "",
        f"{_line(reading.title or article.url)}[EB/OL]. ",
        f"({reading.published.isoformat()})" if reading.published else "",
        f"[{captured.date().isoformat()}]. ",
        f"{_line(article.url)}.",
        f" {_line(archived_at)}." if archived_at else "",
        f" {_pointer(article).payload_digest}.",
    ]
    return "".join(parts)


def bibtex(article: Article, archived_at: str | None = None) -> str:
    """An ``@online`` entry of BibLaTeX; special characters are escaped."""
    reading = article.reading
    fields = {
        "title": reading.title,
        "author": None if reading.author is None else f"{{{_escaped(reading.author)}}}",
        "organization": reading.source,
        "date": None if reading.published is None else reading.published.isoformat(),
        "url": _verbatim(article.url),
        "urldate": _captured(article).date().isoformat(),
        "note": f"archived at {archived_at}" if archived_at else None,
        "addendum": f"{_pointer(article).file}, {_pointer(article).payload_digest}",
    }
    lines = [
        f"  {name} = {{{value if name in ('author', 'url') else _escaped(value)}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join((f"@online{{palimpsest-{_key(article.id)},", *map(_line, lines), "}"))


def csl_json(article: Article, archived_at: str | None = None) -> dict[str, Any]:
    """An item of CSL-JSON (Citation Style Language 1.0.2) of the type ``webpage``."""
    reading = article.reading
    found: dict[str, Any] = {
        "id": article.id,
        "type": "webpage",
        "title": reading.title,
        "author": [{"literal": reading.author}] if reading.author else None,
        "container-title": reading.source,
        "issued": _date(reading.published),
        "accessed": _date(_captured(article).date()),
        "URL": article.url,
        "language": reading.language,
        "archive": "Palimpsest",
        "archive_location": archived_at,
        "note": f"{_pointer(article).file}, {_pointer(article).payload_digest}",
    }
    return {name: value for name, value in found.items() if value is not None}


def _captured(article: Article) -> datetime:
    return article.witnesses[article.reading_of].captured_at


def _pointer(article: Article) -> WarcPointer:
    return article.witnesses[article.reading_of].pointer


def _date(day: date | None) -> dict[str, Any] | None:
    return None if day is None else {"date-parts": [[day.year, day.month, day.day]]}


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in text)


def _verbatim(address: str) -> str:
    """An address for BibTeX's verbatim fields, in which braces alone have a meaning."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _line(text: str) -> str:
    """The text on one line: a line break would end a field or a record."""
    return re.sub(r"[\s\x00-\x1f\x7f\u2028\u2029]+", " ", text).rstrip()


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "", text)
