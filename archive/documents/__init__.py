"""The text of attached files: pdf, doc, docx, xls, xlsx.

What an institute says often stands in the attachment alone. It promises plain text or nothing:
whatever the file is, reading it costs bounded time and memory in a process of its own, and the
file's bytes are never changed. The libraries that read the formats are loaded at the first use:
most processes have no file to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.at_need import at_need
from archive.documents.bounded import Job, read_documents
from archive.documents.shelf import DocumentShelf

if TYPE_CHECKING:
    from archive.documents.formats import DocumentFormatError, format_of, text_of

__all__ = [
    "DocumentFormatError",
    "DocumentShelf",
    "Job",
    "format_of",
    "read_documents",
    "text_of",
]

__getattr__ = at_need(
    __name__,
    dict.fromkeys(("DocumentFormatError", "format_of", "text_of"), "archive.documents.formats"),
)
