"""A captured page as it can be looked at without running any of it.

Scripts, styles, frames and forms are gone; images come from the archive and links lead on within
the archive, both as they were at the same moment.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urljoin

import nh3
from markupsafe import Markup

from archive.web.links import memento, safe_address
from archive.web.safe_html import with_alternatives

POLICY = (
    "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""No script can run and nothing can be sent, whatever the page was; images need the origin."""

MAX_CHARACTERS = 2_000_000
"""Of a page that are shown."""

_TAGS = nh3.ALLOWED_TAGS | {"font", "main", "section", "address", "big", "nav", "img", "label"}
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"},
    "p": {"align"},
    "div": {"align"},
    "table": {"width", "border", "align"},
    "ol": {"start"},
}
_DROPPED = {"script", "style", "iframe", "object", "embed", "noscript", "template", "select"}
_DROPPED |= {"title"}  # a browser shows it, but not on the page


def static_view(html: str, url: str, moment: datetime) -> Markup:
    """The page's HTML, safe to put into one of ours; addresses are resolved against ``url``."""

    def turned(tag: str, attribute: str, value: str) -> str | None:
        if attribute not in ("href", "src"):
            return value
        if value.startswith("#"):
            return value
        try:
            address = urljoin(url, value.strip())
        except ValueError:
            return None
        return memento(address, moment) if safe_address(address) else None

    clean = nh3.clean(
        html[:MAX_CHARACTERS],
        tags=_TAGS - _DROPPED,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=turned,
        url_schemes={"http", "https"},
        link_rel=None,
        strip_comments=True,
    )
    return Markup(with_alternatives(clean))
