"""What an answer's head says, off Scrapy's response.

Header values are bytes there; it promises text, each byte a character, as in archive.exchange.
"""

from __future__ import annotations

from scrapy.http import Response


def header_of(response: Response, name: str) -> str | None:
    """The last value of the header ``name``, or None."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None


def headers_of(response: Response) -> list[tuple[str, str]]:
    """All headers, as pairs of name and value."""
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]


def media_type_of(response: Response) -> str:
    """The media type without parameters, in small letters; "" where none is told."""
    return (header_of(response, "Content-Type") or "").partition(";")[0].strip().lower()
