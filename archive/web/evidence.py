"""What lies under an article: the captures in the WARC files, read and checked on request."""

from __future__ import annotations

from dataclasses import dataclass

from archive.cleaning.markup.decode import decode
from archive.errors import HttpError, NotFoundError, PalimpsestError
from archive.exchange import HttpMessage, media_type, read_response
from archive.model import Article, Capture, WarcPointer, Witness
from archive.store import Archive
from archive.warc import read_at
from archive.warc.payload import method_of, split_head

SHOWN_BYTES = 64 * 1024
"""Of an exchange's body shown on its page; the download has all of it."""

TEXTUAL = ("text/", "application/json", "application/xml", "application/xhtml", "application/java")


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange to read: heads as text, the body as far as it is shown (``body`` is None where
    it is no text), its size in bytes, and how it was decoded."""

    request: str
    head: str
    body: str | None
    size: int
    encoding: str | None
    truncated: bool


def witness_of(article: Article, place: int) -> Witness:
    """The article's witness number ``place`` (from 0); NotFoundError when there is none."""
    if not 0 <= place < len(article.witnesses):
        raise NotFoundError(f"article {article.id} has no witness {place}")
    return article.witnesses[place]


def exchange(archive: Archive, pointer: WarcPointer) -> Exchange | None:
    """The exchange as it crossed the wire, its body decoded for reading; None where its record
    cannot be read."""
    try:
        return _shown(read_at(archive.warc_dir, pointer))
    except (PalimpsestError, OSError):
        return None


def _shown(capture: Capture) -> Exchange:
    head, _ = split_head(capture.response)
    response = _response(capture)
    content, text, encoding = b"", None, None
    if response is not None:
        content, kind = body_of(response), media_type(response)
        if kind is None or kind.startswith(TEXTUAL):
            text, decoding = decode(content[:SHOWN_BYTES], response.header("content-type"))
            encoding = decoding.encoding
    return Exchange(
        request=capture.request.decode("utf-8", "replace")[:SHOWN_BYTES],
        head=head.decode("utf-8", "replace")[:SHOWN_BYTES],
        body=text,
        size=len(content),
        encoding=encoding,
        truncated=len(content) > SHOWN_BYTES,
    )


def body_of(response: HttpMessage) -> bytes:
    """The content; where its coding is broken, the body as it was sent."""
    try:
        return response.content()
    except HttpError:
        return response.body


def _response(capture: Capture) -> HttpMessage | None:
    try:
        return read_response(capture.response, method_of(capture.request))
    except HttpError:
        return None
