"""Whether an answer is a firewall's, in the place of the page that was asked for.

It promises that such an answer is a failure of its host, whatever its status, so that it is asked
more slowly, then left, and that nothing counts as changed or gone for it. No challenge is solved:
who runs the site decides whom it lets in.
"""

from __future__ import annotations

from contextlib import suppress

from scrapy.http import Response

from archive.captured import HTML_TYPES
from archive.cleaning.challenge import is_challenge, is_challenge_by_headers
from archive.cleaning.page import Page, read_page
from archive.errors import FatalPageError
from crawler.heads import header_of, headers_of, media_type_of
from crawler.outcomes import Verdict

CHALLENGE = "challenge"
MAX_CHALLENGE_BYTES = 128 << 10
"""Longer answers are not looked at: scripts that ask for proof have 30 to 100 kB."""
PLAINLY_MISSING = frozenset({404, 410})


def challenged(response: Response, page: Page | None = None) -> Verdict | None:
    """The verdict over a firewall's answer, None for any other; ``page`` is what it says, from a
    caller who has read it."""
    if is_challenge_by_headers(headers_of(response)):
        return _verdict(response)
    if response.status in PLAINLY_MISSING or len(response.body) > MAX_CHALLENGE_BYTES:
        return None
    if page is None and response.body and media_type_of(response) in HTML_TYPES:
        with suppress(FatalPageError):
            page = read_page(response.body, response.url, header_of(response, "Content-Type"))
    return _verdict(response) if page and is_challenge(page, response.status) else None


def _verdict(response: Response) -> Verdict:
    detail = f"status {response.status}"
    return Verdict("failed", CHALLENGE, detail, again=True, of_host=True)
