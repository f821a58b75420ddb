"""What a host answers with: pages and files before they become HTTP."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import datetime

HTML = "text/html; charset=utf-8"
HTML_WITHOUT_CHARSET = "text/html"


@dataclass(frozen=True, slots=True)
class Resource:
    """One answer. ``text`` is encoded with ``encoding`` when it is served; ``body`` is served as
    it is. ``modified`` gives a Last-Modified header, ``etag`` an ETag made from the bytes."""

    text: str | None = None
    body: bytes = b""
    encoding: str = "utf-8"
    content_type: str = HTML
    status: int = 200
    location: str | None = None
    etag: bool = False
    modified: datetime | None = None

    def payload(self) -> bytes:
        """The bytes to serve."""
        return self.body if self.text is None else self.text.encode(self.encoding)


Resources = dict[str, Resource]


def redirect(location: str, status: int = 301) -> Resource:
    """A redirect with a little body, as servers send it."""
    text = f'<html><body>Object moved <a href="{location}">here</a></body></html>'
    return Resource(text=text, status=status, location=location)


def relative(page: str, target: str) -> str:
    """The link from one path of a host to another, as a CMS that writes relative links has it."""
    folder = posixpath.dirname(page.partition("?")[0])
    path, mark, query = target.partition("?")
    link = posixpath.relpath(path, folder or "/")
    if path.endswith("/"):
        link = "./" if link == "." else f"{link}/"
    elif not link.startswith("."):
        link = f"./{link}"
    return f"{link}{mark}{query}"


def cut(title: str, limit: int) -> str:
    """A title as a narrow list shows it."""
    return title if len(title) <= limit else f"{title[:limit]}…"
