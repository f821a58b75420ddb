"""Answers that a client may have already: it says which one, and is told that nothing changed.

A feed reader asks every hour for what changes once a night. It promises that 304 stands for just
the content that 200 would have, so nothing is told by a date: an article may leave a feed while
no other becomes newer, and one of yesterday may come in today.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response

_DIGEST_BYTES = 16
_TAGS = re.compile(r'"([^"]*)"')
"""The opaque part of entity tags (RFC 9110, section 8.8.3): what a weak comparison looks at."""


def told_once(request: Request, body: bytes, media_type: str) -> Response:
    """The body, or 304 where the client has it (RFC 9110, section 13.1.2)."""
    tag = blake2b(body, digest_size=_DIGEST_BYTES).hexdigest()
    # Weak, for it may leave the room compressed; what it says may be in the reader's language.
    headers = {"ETag": f'W/"{tag}"', "Vary": "Accept-Language, Cookie"}
    known = ",".join(request.headers.getlist("if-none-match"))
    if known.strip() == "*" or tag in _TAGS.findall(known):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
