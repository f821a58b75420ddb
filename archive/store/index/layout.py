"""The fields of the embedded index, and an article as a document of it.

A text is kept in three ways. Its units (``archive.search.terms``) have their positions: they say
where any phrase stands. Phrases that are common in the archive are terms of their own, without
positions. Every other pair of neighbours has one of few buckets: what has not all the buckets of a
phrase cannot have it, so that few positions are ever looked at. Buckets instead of the pairs
themselves, for most pairs are rare, and a rare term costs more than its share; and only for fields
that are long, for in a title there is little to look at. No text is stored: a document leads to its
row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import get_args

import tantivy

from archive.model import Extraction, Role, Status
from archive.search.joined import indexed
from archive.search.query import TextField
from archive.search.terms import FOLDING
from archive.store.index.buckets import bucket_row
from archive.store.index.common import Common
from archive.store.index.facts import Facts
from archive.store.index.rows import Row

TEXT_FIELDS: tuple[TextField, ...] = get_args(TextField)
LONG_FIELDS: frozenset[TextField] = frozenset({"text", "attachment"})
EXACT_FIELDS = ("status_is", "witness_is")
HOSTS = "host_is"
"""The hosts that have the article: counted by facets, too, but few articles have only one value."""
PAIRS = "_pairs"
"""What the name of the field ends with that has the buckets of a long text's pairs."""

COMMON_PHRASES = "text_common"
"""The field of the common phrases of a text. The files attached to an article have none: they are
of another kind than its text."""

LAYOUT = f"5.{FOLDING}"
"""Changed whenever the same article gives another document: an older index is made again."""

ARTICLE, STATE, LEARNT = "article", "state", "learnt"
"""The values of ``kind``: every document is an article but two, the state of the index, and which
phrases are common in it."""

COUNTED = ("site_is", "branch_is", "year", "standing")
"""What facets count. Every document has one value in each of these, and be it an empty one: columns
without gaps are read in half the time."""

_BETWEEN = " "
"""Between the parts of a ``standing``, none of which has it."""

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
    hosts: frozenset[str]
    reading: Extraction


@cache
def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for text in TEXT_FIELDS:
        builder.add_text_field(text, tokenizer_name="whitespace", index_option="position")
        if text in LONG_FIELDS:
            builder.add_text_field(text + PAIRS, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field(COMMON_PHRASES, tokenizer_name="whitespace", index_option="freq")
    for exact in EXACT_FIELDS:
        builder.add_text_field(exact, tokenizer_name="raw", index_option="basic")
    for counted in (*COUNTED, HOSTS):
        builder.add_text_field(counted, tokenizer_name="raw", index_option="basic", fast=True)
    for sought in ("number", "published"):
        builder.add_unsigned_field(sought, indexed=True, fast=True)
    for value in ("digest", "newest", "oldest", "facts"):
        builder.add_unsigned_field(value, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("note", stored=True)
    return builder.build()


def digest_number(digest: str) -> int:
    """The first 60 bits of a hexadecimal digest, as the index keeps it."""
    return int(digest[:15], 16)


def document(entry: Entry, common: Common) -> tantivy.Document:
    """The entry as a document of an index in which these phrases are common."""
    made = tantivy.Document()
    made.add_text("kind", ARTICLE)
    made.add_unsigned("number", entry.number)
    made.add_unsigned("digest", digest_number(entry.digest))
    for name, text in texts(entry.reading):
        _add_text(made, name, Row(indexed(text)), common)
    made.add_text("status_is", entry.status)
    roles = sorted(entry.witnesses)
    for role in roles:
        made.add_text("witness_is", role)
    for host in sorted(entry.hosts):
        made.add_text(HOSTS, host)
    year = "" if entry.published is None else str(entry.published.year)
    standing = _BETWEEN.join((entry.status, *roles))
    _add_counted(made, (entry.site, entry.branch or "", year, standing))
    made.add_unsigned("facts", facts(entry).number())
    _add_dates(made, entry)
    return made


def _add_text(made: tantivy.Document, name: TextField, row: Row, common: Common) -> None:
    made.add_text(name, row.text)
    if name == "text":
        terms, known = common.row(row)
        made.add_text(COMMON_PHRASES, terms)
        made.add_text(name + PAIRS, bucket_row(row, known))
    elif name in LONG_FIELDS:
        made.add_text(name + PAIRS, bucket_row(row))


def _add_counted(made: tantivy.Document, values: Iterable[str]) -> None:
    for name, value in zip(COUNTED, values, strict=True):
        made.add_text(name, value)


def stood(standing: str) -> tuple[str, list[str]]:
    """The status and the kinds of witness that a ``standing`` is made of."""
    status, *roles = standing.split(_BETWEEN)
    return status, roles


def note(kind: str, text: str) -> tantivy.Document:
    """A document that is no article: what the index must know of itself."""
    made = tantivy.Document()
    made.add_text("kind", kind)
    made.add_bytes("note", text.encode())
    _add_counted(made, ("",) * len(COUNTED))
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
