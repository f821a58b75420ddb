"""The text of attached files: pdf, doc, docx, xls, xlsx.

What an institute says often stands in the attachment alone. It promises plain text or nothing:
whatever the file is, reading it costs bounded time and memory in a process of its own, and the
file's bytes are never changed.
"""

from __future__ import annotations

from archive.documents.bounded import Job, read_documents
from archive.documents.formats import DocumentFormatError, format_of, text_of
from archive.documents.shelf import DocumentShelf

__all__ = [
    "DocumentFormatError",
    "DocumentShelf",
    "Job",
    "format_of",
    "read_documents",
    "text_of",
]
