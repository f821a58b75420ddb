"""Scripts that come with a break-in: those that send readers on, and those of strangers.

Who breaks into a server shows its pages to whoever looks after them, and sends those who come from
a search engine elsewhere. It promises to read scripts, never to run them, in time linear in their
length; and that a script which goes back to where the reader came from is no sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archive.addresses import host_of, registered_domain
from archive.cleaning.unmasking.marks import PageLike

REFERRER = "referrer"
"""What a page must say somewhere that has such a script."""
SENDS_ON = "a script that sends readers on by where they come from"
MAX_SCRIPT = 100_000
"""Characters of a script that are read."""
MAX_SCRIPTS = 200
"""Scripts of a page that are looked at."""
# Possessive, so that neither a run of spaces is gone through twice, nor a space given back.
_ASKS = re.compile(
    r"\breferrer\b\s*+(?:\)\s*+|\.\s*+toLowerCase\s*+\(\s*+\)\s*+)?\.\s*+(?:indexOf|match|search|includes|test)\b"
    r"|\.\s*+(?:test|exec)\s*+\(\s*+(?:window\s*+\.\s*+)?document\s*+\.\s*+referrer\b"
)
_BACK = r"(?!(?:window\s*+\.\s*+)?document\s*+\.\s*+referrer\b)"
_GOES = re.compile(
    rf"\blocation\s*+(?:\.\s*+href\s*+)?=(?!=)\s*+{_BACK}\S"
    rf"|\blocation\s*+\.\s*+(?:replace|assign)\s*+\(\s*+{_BACK}"
)


def sends_on(page: PageLike) -> bool:
    """Whether a script on the page asks where readers come from and takes them elsewhere."""
    return any(_ASKS.search(text) and _GOES.search(text) for text in _scripts(page))


def loaded(page: PageLike) -> frozenset[str]:
    """The domains of others that the page loads scripts from."""
    own = registered_domain(host_of(page.url or ""))
    hosts = (host_of(node.get("src") or "") for node in _nodes(page))
    return frozenset({registered_domain(host) for host in hosts if host} - {own, ""})


def _scripts(page: PageLike) -> Iterator[str]:
    return ((node.text or "")[:MAX_SCRIPT] for node in _nodes(page))


def _nodes(page: PageLike) -> Iterator[Any]:
    for number, node in enumerate(page.tree.iter("script")):
        if number >= MAX_SCRIPTS:
            return
        yield node
