"""What spam mirrors do to a page, as functions over any HTML.

Each takes the page as text and a ``brand``, and tampers as strongly as it is told; the same
``rng`` state gives the same page. ``names`` are the institution's names, longest first. They
promise to touch nothing but what their kind of mirror touches: a frame mirror leaves the body
alone, a name mirror changes the name only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from random import Random
from urllib.parse import urljoin, urlsplit

TOKEN = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|title)\b.*?</(?P=raw)\s*>|<[^>]*>|[^<]+|<",
    re.DOTALL | re.IGNORECASE,
)
TITLE = re.compile(r"(<title[^>]*>)(.*?)(</title>)", re.DOTALL | re.IGNORECASE)
HEADING = re.compile(r"(<h([12])\b[^>]*>)([^<]+)(</h\2>)", re.IGNORECASE)
HEAD_END = re.compile(r"</head>", re.IGNORECASE)
BODY_START = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
BODY_END = re.compile(r"</body>", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
KEY_META = re.compile(r"<meta name=[\"']?(?:keywords|description)[^>]*>", re.IGNORECASE)
CHARSET = re.compile(r"charset=[\"']?gb\w+", re.IGNORECASE)
LINK = re.compile(r"\b(href|src)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
CRUMB_LABEL = re.compile(r"(?:您的|当前|现在的|所在)位置")
OWNER_WORDS = re.compile(r"版权|copyright|©|&copy;", re.IGNORECASE)
JOINERS = "-_—–|·~ "
HOME_WORDS = frozenset(("首页", "网站首页", "主页"))
CRUMB_REACH = 8
EMOJI = ("🎯", "🏆", "👨‍👩‍👧", "🔥", "💰", "🧑‍💻", "⚽", "🎲", "✨", "🏳️‍🌈")
STOPS = {"。": 1.0, "，": 0.12, "、": 0.06, ",": 0.1}
KEYWORD_TAILS = ("官网", "登录入口", "app下载", "注册", "手机版", "最新网址", "客服")
OUTLINK_SYLLABLES = ("hao", "bo", "xin", "yue", "long", "jin", "tai", "feng", "rui", "sheng")


def over_text(html: str, change: Callable[[str], str]) -> str:
    """The page with ``change`` applied to its text nodes (not to scripts, styles, the title)."""

    def one(match: re.Match[str]) -> str:
        token = match[0]
        return token if token.startswith("<") else change(token)

    return TOKEN.sub(one, html)


def bare_title(title: str, names: Sequence[str]) -> str:
    """The title without the institution's name at either end."""
    shown = unescape(title).strip()
    for name in names:
        if shown.endswith(name):
            shown = shown.removesuffix(name).rstrip(JOINERS)
        elif shown.startswith(name) and shown.removeprefix(name)[:1] in JOINERS:
            shown = shown.removeprefix(name).lstrip(JOINERS)
    return shown


def retitle(html: str, brand: str, names: Sequence[str]) -> str:
    """The brand at the end of ``<title>``, where the institution's name was."""

    def one(match: re.Match[str]) -> str:
        bare = bare_title(match[2], names)
        return f"{match[1]}{f'{bare}-{brand}' if bare else brand}{match[3]}"

    return TITLE.sub(one, html, count=1)


def brand_heading(html: str, brand: str, names: Sequence[str]) -> str:
    """The brand after the first heading; where there is none, after the title in the page."""
    if HEADING.search(html):
        return HEADING.sub(rf"\g<1>\g<3>-{brand}\g<4>", html, count=1)
    found = TITLE.search(html)
    bare = bare_title(found[2], names) if found else ""
    if not bare:
        return html
    before = ""
    for match in TOKEN.finditer(html):
        token = match[0]
        if token.startswith("<"):
            before = token[:2].lower()
        elif before != "<a" and unescape(token).strip() == bare:
            return f"{html[: match.end()].rstrip()}-{brand}{html[match.end() :]}"
    return html


def brand_breadcrumb(html: str, brand: str) -> str:
    """The brand as the root of the breadcrumb."""
    reach = 0

    def one(text: str) -> str:
        nonlocal reach
        if CRUMB_LABEL.search(text):
            reach = CRUMB_REACH
        elif reach:
            reach -= 1
            if text.strip() in HOME_WORDS:
                reach = 0
                return brand
        return text

    return over_text(html, one)


def brand_owner(html: str, brand: str, names: Sequence[str]) -> str:
    """The brand in the owner's slot of the footer."""

    def one(text: str) -> str:
        if OWNER_WORDS.search(text):
            for name in names:
                text = text.replace(name, brand)
        return text

    return over_text(html, one)


def frame(html: str, brand: str, names: Sequence[str]) -> str:
    """Kind B: the brand in title, heading, breadcrumb and footer; the body untouched."""
    html = brand_heading(html, brand, names)
    html = retitle(html, brand, names)
    html = brand_breadcrumb(html, brand)
    return brand_owner(html, brand, names)


def replace_name(html: str, brand: str, names: Sequence[str]) -> str:
    """Kind A: the full name (``names[0]``) replaced everywhere, blindly; short names survive."""
    return retitle(html.replace(names[0], brand), brand, (brand, *names[1:]))


def emoji_before_stops(html: str, rng: Random, strength: float = 0.8) -> str:
    """Kind F: an emoji before about one stop a sentence (times ``strength``)."""

    def one(text: str) -> str:
        return "".join(
            rng.choice(EMOJI) + letter
            if letter in STOPS and rng.random() < STOPS[letter] * strength
            else letter
            for letter in text
        )

    return over_text(html, one)


def entities(text: str) -> str:
    """Every character as a numeric reference."""
    return "".join(f"&#{ord(letter)};" for letter in text)


def outlink(rng: Random) -> str:
    """An address of a host that cannot exist (RFC 2606, section 2)."""
    name = "".join(rng.choice(OUTLINK_SYLLABLES) for _ in range(2))
    return f"http://www.{name}{rng.randint(1, 999)}.example/"


def keyword_line(brand: str, rng: Random) -> str:
    """Kind K: phrases without a verb, joined by one sign."""
    tails = rng.sample(KEYWORD_TAILS, 6)
    return rng.choice((",", "_", "|", "，")).join(f"{brand}{tail}" for tail in tails)


def encoded_head(html: str, brand: str, rng: Random) -> str:
    """Title, keywords and description as entities, as the kits write them."""
    html = KEY_META.sub("", html)
    html = TITLE.sub(lambda m: f"{m[1]}{entities(unescape(m[2]).strip())}{m[3]}", html, count=1)
    words = entities(keyword_line(brand, rng))
    metas = f'<meta name="keywords" content="{words}"><meta name="description" content="{words}">'
    return HEAD_END.sub(lambda m: metas + m[0], html, count=1)


def doorway(
    html: str, brand: str, names: Sequence[str], rng: Random, *, emoji: float = 0.8, links: int = 40
) -> str:
    """A page made for search engines: encoded head, keyword line on top, hidden links, emoji,
    outlinks at the foot, no script, white space collapsed."""
    html = emoji_before_stops(collapse(COMMENT.sub("", SCRIPT.sub("", html))), rng, emoji)
    html = brand_owner(brand_heading(html, brand, names), brand, names)
    html = encoded_head(retitle(html, brand, names), brand, rng)
    hidden = "".join(
        f'<a href="{outlink(rng)}">{brand}{rng.choice(KEYWORD_TAILS)}</a>'
        for _ in range(links // 2)
    )
    shown = " ".join(
        f'<a href="{outlink(rng)}">{brand}{rng.choice(KEYWORD_TAILS)}</a>' for _ in range(links)
    )
    top = (
        f'<div class="kw">{keyword_line(brand, rng)}</div><div style="display:none">{hidden}</div>'
    )
    html = BODY_START.sub(lambda m: m[0] + top, html, count=1)
    return BODY_END.sub(lambda m: f'<div class="yqlj">{shown}</div>{m[0]}', html, count=1)


def collapse(html: str) -> str:
    """White space between tags cut, elsewhere one space."""
    return re.sub(r"> <", "><", re.sub(r"[ \t\r\n]+", " ", html))


def as_utf8(html: str) -> str:
    """The page saying that it is UTF-8, for a mirror that serves all pages so."""
    return CHARSET.sub("charset=utf-8", html)


def rewrite_links(html: str, page: str, place: Callable[[str], str | None]) -> str:
    """Every link that ``place`` knows (it is given path and query) leads to its answer; other
    links on the host become absolute paths. ``page`` is the page's own path."""

    def one(match: re.Match[str]) -> str:
        value = unescape(match[2].strip("\"'"))
        parts = urlsplit(urljoin(f"http://mirror.invalid{page}", value))
        if parts.netloc != "mirror.invalid":
            return match[0]
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        return f'{match[1]}="{place(target) or target}"'

    return LINK.sub(one, html)
