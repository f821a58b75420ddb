"""A line of JSON that holds a text, as extractors and this program's own export write them.

What the line tells besides the text is what whoever made it read on the page, which is gone: it
leads, for the text alone may not tell it. It promises to take only what can be such a thing: days
that are days, words that are no addresses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from archive.cleaning.markup.decode import decode
from archive.cleaning.plaintext import as_markdown, extract_text, language_of
from archive.model import Extraction, PageKind

TEXT_KEYS = ("text", "content", "body")
"""The keys that may hold the text, the first that does; so for the others."""
PUBLISHED_KEYS = ("published", "date", "publish_date", "datePublished")
"""Days of publication, as ISO 8601 has them: this program, trafilatura, newspaper, schema.org."""
MAX_TITLE = 1_000
MAX_WORDS = 200
"""Characters of an author, a source, a branch."""
FIRST_YEAR = 1900
"""Databases have 0001-01-01 for a day that they do not know."""
_DAY, _MOMENT = len("2012-03-08"), len("2012-03-08T00:00:00.000000+08:00")


def read_line(content: bytes) -> Extraction:
    """The article in a line; an empty one where it holds none."""
    text, decoding = decode(content)
    values = line_values(text) or {}
    body = next((v for key in TEXT_KEYS if isinstance(v := values.get(key), str) and v), "")
    title, url = (_string(values.get(key)) for key in ("title", "url"))
    read = extract_text(body, url or title, title)
    if read.kind is PageKind.EMPTY and read.title and title is None:
        read = _of_one_line(read, read.title)
    return _with_told(replace(read, decoding=decoding, url=url), values)


def _of_one_line(read: Extraction, line: str) -> Extraction:
    """A text of one line is the text, and no title: the key that it stands under says so."""
    return replace(
        read,
        kind=PageKind.OTHER,
        title=None,
        text=line,
        markdown=as_markdown(line),
        language=language_of(line),
    )


def line_values(text: str) -> dict[str, object] | None:
    """The object that a line of JSON is, if it holds a text; else None."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    has_text = any(isinstance(values.get(key), str) and values[key] for key in TEXT_KEYS)
    return values if has_text else None


def _with_told(read: Extraction, values: Mapping[str, object]) -> Extraction:
    """What was ``read`` in the text, with what the line tells besides."""
    published, evidence = read.published, read.published_evidence
    for key in PUBLISHED_KEYS:
        if day := _day(values.get(key)):
            published, evidence = day, f"{key} of the line: {str(values[key])[:_MOMENT]}"
            break
    return replace(
        read,
        published=published,
        published_evidence=evidence,
        author=_words(values.get("author")) or read.author,
        source=_words(values.get("source")) or read.source,
        branch=_words(values.get("branch")) or read.branch,
    )


def _day(value: object) -> date | None:
    """The day of a day or a moment (ISO 8601), as it is written there."""
    if not isinstance(value, str) or value[_DAY : _DAY + 1] not in ("", "T", " "):
        return None
    try:
        day = date.fromisoformat(value[:_DAY])
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None


def _words(value: object) -> str | None:
    """A name, or several; trafilatura has the page's address as its ``source``."""
    if isinstance(value, list):
        value = "、".join(one for one in value if isinstance(one, str))
    told = _string(value)
    return None if told is None or "://" in told else " ".join(told.split())[:MAX_WORDS]


def _string(value: object) -> str | None:
    return value.strip()[:MAX_TITLE] or None if isinstance(value, str) else None
