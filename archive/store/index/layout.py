"""The fields of the embedded index, and an article as a document of it.

A text is kept twice. Its units (``archive.search.terms``) have their positions: they alone say
where a phrase stands. Beside them every pair of neighbours has one of few buckets, without
positions: what has not all the buckets of a phrase cannot have it, so that few positions are ever
looked at. Buckets instead of the pairs themselves, for most pairs are rare, and a rare term costs
more than its share; and only for fields that are long, for in a title there is little to look at.
No text is stored: a document leads to its row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import get_args

import tantivy

from archive.model import Extraction, Role, Status
from archive.search.query import TextField
from archive.search.terms import FOLDING, units
from archive.store.index.buckets import bucket_row
from archive.store.index.facts import Facts

TEXT_FIELDS: tuple[TextField, ...] = get_args(TextField)
LONG_FIELDS: frozenset[TextField] = frozenset({"text", "attachment"})
EXACT_FIELDS = ("site_is", "branch_is", "status_is", "witness_is")
PAIRS = "_pairs"
"""What the name of the field ends with that has the buckets of a long text's pairs."""

LAYOUT = f"3.{FOLDING}"
"""Changed whenever the same article gives another document: an older index is made again."""

ARTICLE, STATE = "article", "state"
"""The values of ``kind``: every document is an article but one, the state of the index."""

UNDATED_LAST = (1 << 23) - 1  # days; later than any date
_ROW_BITS = 40  # of the ordering keys: a day and a row, so that no two articles tie


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of an article row. ``digest`` is the one of ``articles.digest``."""

    number: int
    digest: str
    site_id: int
    site: str
    branch_id: int | None
    branch: str | None
    status: Status
    published: date | None
    witnesses: frozenset[Role]
    reading: Extraction


@cache
def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for text in TEXT_FIELDS:
        builder.add_text_field(text, tokenizer_name="whitespace", index_option="position")
        if text in LONG_FIELDS:
            builder.add_text_field(text + PAIRS, tokenizer_name="whitespace", index_option="basic")
    for exact in EXACT_FIELDS:
        builder.add_text_field(exact, tokenizer_name="raw", index_option="basic", fast=True)
    for sought in ("number", "published"):
        builder.add_unsigned_field(sought, indexed=True, fast=True)
    for value in ("digest", "newest", "oldest", "year", "facts"):
        builder.add_unsigned_field(value, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def digest_number(digest: str) -> int:
    """The first 60 bits of a hexadecimal digest, as the index keeps it."""
    return int(digest[:15], 16)


def document(entry: Entry) -> tantivy.Document:
    """The entry as a document."""
    made = tantivy.Document()
    made.add_text("kind", ARTICLE)
    made.add_unsigned("number", entry.number)
    made.add_unsigned("digest", digest_number(entry.digest))
    for name, text in texts(entry.reading):
        found = units(text)
        row = " ".join(found)
        made.add_text(name, row)
        if name in LONG_FIELDS:
            made.add_text(name + PAIRS, bucket_row(row, found))
    made.add_text("site_is", entry.site)
    made.add_text("status_is", entry.status)
    if entry.branch is not None:
        made.add_text("branch_is", entry.branch)
    for role in sorted(entry.witnesses):
        made.add_text("witness_is", role)
    made.add_unsigned("facts", facts(entry).number())
    _add_dates(made, entry)
    return made


def facts(entry: Entry) -> Facts:
    """What the facets count of the entry."""
    year = None if entry.published is None else entry.published.year
    return Facts(entry.branch_id, entry.site_id, year, entry.status, entry.witnesses)


def _add_dates(made: tantivy.Document, entry: Entry) -> None:
    day = 0 if entry.published is None else entry.published.toordinal()
    after = (1 << _ROW_BITS) - 1 - entry.number
    made.add_unsigned("newest", day << _ROW_BITS | after)
    made.add_unsigned("oldest", (day or UNDATED_LAST) << _ROW_BITS | entry.number)
    if entry.published is not None:
        made.add_unsigned("published", day)
        made.add_unsigned("year", entry.published.year)


def texts(reading: Extraction) -> Iterable[tuple[TextField, str]]:
    """What is searched for words, field by field; unknown ones are left out."""
    files = reading.attachments
    named = [one.name or one.url for one in files]
    attachments = "\n".join([*named, *(one.text for one in files if one.text)])
    found: tuple[tuple[TextField, str | None], ...] = (
        ("title", reading.title),
        ("text", reading.text),
        ("branch", reading.branch),
        ("author", reading.author),
        ("source", reading.source),
        ("attachment", attachments),
    )
    return [(name, text) for name, text in found if text]
