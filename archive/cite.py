"""An article as a reference: GB/T 7714-2015, BibTeX, CSL-JSON.

All three lead to the page's address, and, as archivists need it, to the archived record: WARC file,
offset and digest. The date of access is the day on which the cited copy was taken, so that the same
article is always cited alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from archive.model import Article, Witness

_NAMES = re.compile(r"[、，,;；]\s*|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
UNTITLED = "[无题]"
MANY_NAMES = 3
"""Names before 等 (GB/T 7714-2015, 8.1.2)."""


def names(author: str | None) -> list[str]:
    """The persons or bodies in an author line, in order."""
    return [name for part in _NAMES.split(author or "") if (name := part.strip())]


def cited(article: Article) -> Witness:
    """The witness that is read, which is the one that is cited."""
    return article.witnesses[article.reading_of]


def _archived(article: Article) -> str:
    pointer = cited(article).pointer
    return f"{pointer.file}@{pointer.offset}, {pointer.payload_digest}"


def gbt7714(article: Article) -> str:
    """An online document [EB/OL] (GB/T 7714-2015, 4.6 and 8.8)."""
    reading = article.reading
    people = names(reading.author)
    by = ", ".join(people[:MANY_NAMES]) + (", 等" if len(people) > MANY_NAMES else "")
    published = f"({reading.published.isoformat()})" if reading.published else ""
    taken = cited(article).captured_at.date().isoformat()
    parts = [
        *([by] if by else []),
        f"{_line(reading.title) or UNTITLED}[EB/OL]",
        *([_line(reading.source)] if reading.source else []),
    ]
    return f"{'. '.join(parts)}. {published}[{taken}]. {article.url}. 存档: {_archived(article)}."


def bibtex(article: Article) -> str:
    """An ``@online`` entry (BibLaTeX, section 2.1.1), in UTF-8."""
    reading = article.reading
    fields = {
        "title": _line(reading.title) or UNTITLED,
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in names(reading.author)),
        "organization": _line(reading.source),
        "date": reading.published.isoformat() if reading.published else "",
        "url": article.url,
        "urldate": cited(article).captured_at.date().isoformat(),
        "note": f"archived: {_archived(article)}",
        "langid": "chinese" if reading.language == "zh" else "",
    }
    verbatim = ("author", "url")
    lines = [
        f"  {key} = {{{value if key in verbatim else _escaped(value)}}},"
        for key, value in fields.items()
        if value
    ]
    return "\n".join([f"@online{{{_key(article)},", *lines, "}"])


def csl(article: Article) -> dict[str, Any]:
    """A ``webpage`` item (CSL-JSON 1.0, csl-data.json)."""
    reading = article.reading
    taken = cited(article).captured_at.date()
    values: dict[str, Any] = {
        "id": article.id,
        "type": "webpage",
        "title": reading.title,
        "author": [{"literal": name} for name in names(reading.author)],
        "container-title": reading.source,
        "issued": _day(reading.published),
        "accessed": _day(taken),
        "URL": article.url,
        "language": reading.language,
        "archive": cited(article).pointer.file,
        "archive_location": _archived(article),
    }
    return {key: value for key, value in values.items() if value}


def _csl_text(article: Article) -> str:
    return json.dumps([csl(article)], ensure_ascii=False, indent=2)


def _day(day: Any) -> dict[str, Any] | None:
    return None if day is None else {"date-parts": [[day.year, day.month, day.day]]}


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in text)


def _key(article: Article) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", article.id) or "article"


STYLES: dict[str, Callable[[Article], str]] = {
    "gbt7714": gbt7714,
    "bibtex": bibtex,
    "csl-json": _csl_text,
}
"""What ``show --cite`` may be, and the function that writes it."""
