"""How to cite an article: as GB/T 7714 (of 2025 and of 2015), BibTeX, CSL-JSON and RIS have it.

Each names what lasts: the address it had, the day it was captured, and the digest of the capture
the reading was made from. What is not known is left out, never made up.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import regex

from archive.model import Article, WarcPointer
from archive.warc.originals import own_name

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


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX 9)."""
_NAMED = 3
"""Authors that GB/T 7714 names (2015, 8.1.2); of more, the first three and 等 or et al."""

_BETWEEN = regex.compile(
    r"\s*[、，；;／]\s*|(?<=\p{Han}{2})[\s\u3000,/]+(?=\p{Han}{2})|\s+(?:and|&)\s+"
)
"""What stands between two names. Not a comma between Latin ones: it may part one name."""


def names(author: str) -> list[str]:
    """The authors that a page names in one line."""
    return [one for one in _BETWEEN.split(_line(author).strip()) if one]


def _is_chinese(text: str) -> bool:
    return regex.search(r"\p{Han}", text) is not None


def _responsible(author: str, comma: str = ", ") -> str:
    named = names(author)
    if len(named) <= _NAMED:
        return comma.join(named)
    rest = "等" if _is_chinese(named[0]) else "et al."
    return comma.join([*named[:_NAMED], rest])


def gb7714_2025(article: Article, archived_at: str | None = None) -> str:
    """One line as GB/T 7714-2025 (in force since 2026-07-01) has web pages, section 8.11. What
    differs from 2015 here: where the entry is Chinese, a wide comma stands between authors, and
    the day of publication in wide brackets."""
    reading = article.reading
    author = reading.author or reading.source or ""
    comma = "，" if _is_chinese(author) else ", "
    before, after = "（）" if _is_chinese(author + (reading.title or "")) else "()"
    return _web_page(article, _responsible(author, comma), (before, after), archived_at)


def gb7714(article: Article, archived_at: str | None = None) -> str:
    """One line as GB/T 7714-2015, section 4.6 (electronic resources) has it:
    author. title[EB/OL]. (published)[captured]. address.

    The day of citing is the day of the capture, for it is what was read then that is cited; where
    no author is known the title comes first (8.1.4, numbered references). ``archived_at`` is the
    address of the article in the reading room.
    """
    author = article.reading.author or article.reading.source or ""
    return _web_page(article, _responsible(author), ("(", ")"), archived_at)


def _web_page(
    article: Article, responsible: str, brackets: tuple[str, str], archived_at: str | None
) -> str:
    published, captured = article.reading.published, _captured(article)
    parts = [
        f"{responsible.rstrip('.')}. " if responsible else "",
        f"{_line(article.reading.title or article.url)}[EB/OL]. ",
        published.isoformat().join(brackets) if published else "",
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
        # In braces of its own each: a name here is never parted into a first and a last one.
        "author": reading.author
        and " and ".join(f"{{{_escaped(one)}}}" for one in names(reading.author)),
        "organization": reading.source,
        "date": None if reading.published is None else reading.published.isoformat(),
        "url": _verbatim(article.url),
        "urldate": _captured(article).date().isoformat(),
        "note": f"archived at {archived_at}" if archived_at else None,
        "addendum": _record(article),
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
        "title": reading.title and _unturned(reading.title),
        "author": [{"literal": one} for one in names(reading.author or "")] or None,
        "container-title": reading.source and _unturned(reading.source),
        "issued": _date(reading.published),
        "accessed": _date(_captured(article).date()),
        "URL": article.url,
        "language": reading.language,
        "archive": "Palimpsest",
        "archive_location": archived_at,
        "note": _record(article),
    }
    return {name: value for name, value in found.items() if value is not None}


def ris(article: Article, archived_at: str | None = None) -> str:
    """A record of RIS (Research Information Systems) of the type ELEC, its lines ended as there.

    NoteExpress, EndNote and Zotero read it.
    """
    reading, captured = article.reading, _captured(article)
    published = reading.published
    fields = (
        ("TY", "ELEC"),
        ("ID", f"palimpsest-{_key(article.id)}"),
        ("TI", reading.title),
        *(("AU", name) for name in names(reading.author or "")),
        ("PB", reading.source),
        ("PY", published and f"{published.year:04d}"),
        ("DA", published and f"{published:%Y/%m/%d}/"),
        ("Y2", f"{captured:%Y/%m/%d}/"),
        ("UR", article.url),
        ("LA", reading.language),
        ("AV", archived_at),
        ("N1", _record(article)),
    )
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join((*lines, "ER  - ", "", ""))


def _captured(article: Article) -> datetime:
    return article.witnesses[article.reading_of].captured_at


def _pointer(article: Article) -> WarcPointer:
    return article.witnesses[article.reading_of].pointer


def _record(article: Article) -> str:
    pointer = _pointer(article)
    return f"{own_name(pointer.file)}, {pointer.payload_digest}"


def _date(day: date | None) -> dict[str, Any] | None:
    return None if day is None else {"date-parts": [[day.year, day.month, day.day]]}


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in text)


def _verbatim(address: str) -> str:
    """An address for BibTeX's verbatim fields, in which braces alone have a meaning."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _line(text: str) -> str:
    """The text on one line: a line break would end a field or a record."""
    return re.sub(r"[\s\x00-\x1f\x7f\u2028\u2029]+", " ", _unturned(text)).rstrip()


def _unturned(text: str) -> str:
    """The text without what turns its direction: that would turn the address behind it, too."""
    return _TURNING.sub("", text)


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "", text)
