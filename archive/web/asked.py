"""What a reader asked for, however the address was written.

An address that a page of today made is UTF-8. One that was typed into an old browser, or stands in
an old page, may be in GBK or have its characters as they are. It promises that all of them ask the
same.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from h11 import IDLE
from starlette.datastructures import QueryParams
from starlette.requests import Request
from uvicorn.protocols.http.h11_impl import H11Protocol

REPLACED = "\ufffd"
OLDER = "gb18030"
"""What an address that is not UTF-8 was written in (GBK and GB 2312 are a part of it)."""


def parameters(request: Request) -> QueryParams:
    """The parameters of the address."""
    given = request.query_params
    if not any(REPLACED in value for _, value in given.multi_items()):
        return given
    try:
        return QueryParams(_decoded(request.scope["query_string"]))
    except UnicodeDecodeError:
        return given


def _decoded(query: bytes) -> list[tuple[str, str]]:
    return parse_qsl(query.decode("ascii"), keep_blank_values=True, encoding=OLDER, errors="strict")


class PlainAddresses(H11Protocol):
    """HTTP whose request line may have characters as they are: they are escaped before it is read,
    for the parser would refuse the request (RFC 9112, section 3.2, lets a server repair it so)."""

    def data_received(self, data: bytes) -> None:
        """Take what came in."""
        if self.conn.their_state is IDLE and not data.isascii():
            line, end, rest = data.partition(b"\n")
            data = escaped(line) + end + rest
        super().data_received(data)


def escaped(line: bytes) -> bytes:
    """The line with every byte beyond ASCII as ``%XX``.

    >>> escaped("GET /?q=所 HTTP/1.1".encode())
    b'GET /?q=%E6%89%80 HTTP/1.1'
    """
    return b"".join(b"%%%02X" % byte if byte > 0x7F else bytes((byte,)) for byte in line)
