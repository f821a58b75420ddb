"""Texts of documents by the digest of their bytes, so that no file is read on every night again.

A folder of the data directory, derived like all articles: it may be thrown away, and the next site
pass makes it anew. It promises whole files only: each is written beside its place and then moved.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from archive.afresh import afresh
from archive.documents.bounded import Job, read_documents
from archive.warc.storage import storage_errors

VERSION = 1
"""Of the way documents are read; texts of another version are not looked at."""
TEXT, WHY = ".txt", ".why"
"""Endings of a document's text (empty where there is none) and of the reason why there is none."""


class DocumentShelf:
    """The texts under ``data``."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "documents" / f"v{VERSION}"

    def texts(self, jobs: Iterable[Job]) -> dict[str, str]:
        """The text of each job's file by its digest, read now where it was not read before; files
        without any text are left out. Raises DataDirectoryError (DiskFullError) when the folder
        cannot be written."""
        wanted = {job.digest: job for job in jobs}
        found = {digest: self._kept(digest) for digest in wanted}
        missing = [wanted[digest] for digest, text in found.items() if text is None]
        for read in read_documents(missing):
            if read.final:
                self._keep(read.job.digest, read.text or "")
                if read.reason:
                    self._keep(read.job.digest, read.reason, WHY)
            found[read.job.digest] = read.text
        return {digest: text for digest, text in found.items() if text}

    def kept(self, digest: str) -> str | None:
        """The text of a file that was read before; None where it has none."""
        return self._kept(digest) or None

    def _place(self, digest: str) -> Path:
        name = "".join(c for c in digest.rpartition(":")[2] if c.isalnum())
        return self._folder / name[:2] / f"{name}{TEXT}"

    def _kept(self, digest: str) -> str | None:
        try:
            return self._place(digest).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _keep(self, digest: str, text: str, suffix: str = TEXT) -> None:
        place = self._place(digest).with_suffix(suffix)
        partial = place.with_suffix(f"{suffix}.{os.getpid()}.part")
        with storage_errors(self._folder):
            place.parent.mkdir(parents=True, exist_ok=True)
            with afresh(partial) as file:
                file.write(text.encode())
            partial.replace(place)
