"""Article HTML for a reader: cleaned once more on its way out, and turned towards the archive.

The store keeps HTML that was written anew from the page; the reading room does not rely on that.
Images come from the archive and links lead to the archive's own page about an address.
"""

from __future__ import annotations

import re

import nh3
from markupsafe import Markup

from archive.web.links import kept_file, safe_address

_TAGS = {
    *("p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "pre", "blockquote"),
    *("strong", "em", "sub", "sup", "a", "img", "table", "thead", "tbody", "tr", "td", "th"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')


def article_html(html: str, site: str) -> Markup:
    """The article's body, safe to put into a page."""

    def turned(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return safe_address(value)
        if attribute == "src":
            return kept_file(site, value) if safe_address(value) else None
        return value

    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=turned,
        url_schemes={"http", "https"},
        link_rel=None,
        strip_comments=True,
    )
    return Markup(with_alternatives(clean))


def with_alternatives(clean: str) -> str:
    """The HTML with an empty ``alt`` for each image that has none, so that a screen reader does not
    read its address aloud. ``clean`` is nh3's, in which every value is quoted."""
    return _IMAGE.sub(_alternative, clean)


def _alternative(image: re.Match[str]) -> str:
    return image[0] if ' alt="' in image[1] else f'<img{image[1]} alt="">'
