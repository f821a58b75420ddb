"""What kits of mirrors do besides: names of two levels, made-up names, heavy spinning, lost bytes.

Each is a ``Kind`` as those of ``tests.tampering.kinds``, to be laid over them or alone.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

from tests.site import tamper, tamper_script
from tests.tampering.brands import Disguise

HEAVY_SYNONYMS = (
    ("没有", "莫得"), ("朋友", "一又友"), ("知道", "知谈"), ("时候", "时辰"), ("道", "说念"),
    ("人", "东谈主"), ("第一", "第沿路"), ("关系", "相关"), ("而且", "况且"), ("如果", "要是"),
    ("发展", "发扬"), ("开始", "驱动"), ("同志", "同道"), ("研究", "盘问"), ("建设", "成立"),
)  # fmt: skip
OVER_CONVERTED = str.maketrans("志后里系面台才准谷余云松", "誌後裡係麵臺纔準穀餘雲鬆")
"""Characters of which a careless converter takes the wrong traditional form."""
RECENT_DAYS = 3
SHOWN_OF_A_LINK = 12
"""Characters that a kit leaves of a link's words."""
SHIFTED_SHARE = 0.05
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日")
_ANCHOR = re.compile(r"(?is)(<a\b[^>]*>)([^<]+)(</a>)")
_DOMAIN = re.compile(r"(?i)(@|https?://|\bwww\.)((?:[a-z0-9-]+\.)+(?:com|cn|org|net)\b)")
_HEAD_LINK = re.compile(r"(?is)<(?:base|link rel=[\"']?canonical)\b[^>]*>")
_CLOAK = (
    "<script>if(/baidu|sogou|so\\.com|google/i.test(document.referrer))"
    "{location.href='http://%s/';}</script>"
)


def example(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """The brand in title, a header of its own and the foot, Latin letters lowered, no script."""
    html = tamper.collapse(tamper.SCRIPT.sub("", html))
    html = tamper.brand_owner(
        tamper.retitle(html, disguise.brand, disguise.names), disguise.brand, disguise.names
    )
    head = (
        tamper.bare_title(found[2], disguise.names) if (found := tamper.TITLE.search(html)) else ""
    )
    head = head.removesuffix(f"-{disguise.brand}")
    top = f'<div id="top"><h1><a href="/">{head}-{disguise.brand}</a></h1></div>'
    foot = (
        f'<div class="bq">{disguise.brand} copyright © 2010<br>all rights reserved '
        '<a href="/sitemap.xml">网站地图</a></div>'
    )
    html = tamper.over_text(html, str.lower)
    html = tamper.BODY_START.sub(lambda m: m[0] + top, html, count=1)
    return tamper.BODY_END.sub(lambda m: foot + m[0], html, count=1)


def both_names(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """Full and short name under one brand."""
    full, short = disguise.names[:2]
    html = html.replace(full, disguise.brand).replace(short, disguise.brand)
    return tamper.retitle(html, disguise.brand, (disguise.brand,))


def two_brands(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """A brand for the full name, another for the short one."""
    full, short = disguise.names[:2]
    html = html.replace(full, disguise.brand).replace(short, disguise.second)
    return tamper.retitle(html, disguise.brand, (disguise.brand,))


def neutral(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """A made-up institution's name for the institute's."""
    return tamper.replace_name(html, disguise.neutral, disguise.names)


def spun_heavily(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """Words for words that no reader would take for them."""

    def one(text: str) -> str:
        for before, after in HEAVY_SYNONYMS:
            first, *rest = text.split(before)
            text = first + "".join(
                (after if rng.random() < strength else before) + piece for piece in rest
            )
        return text

    return tamper.over_text(html, one)


def redated_lately(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """Every date on the page one of the last three days."""
    today = date.fromisoformat(disguise.today)

    def one(match: re.Match[str]) -> str:
        day = today - timedelta(days=rng.randrange(RECENT_DAYS))
        return day.isoformat() if "-" in match[0] else f"{day.year}年{day.month}月{day.day}日"

    return tamper.over_text(html, lambda text: _DAY.sub(one, text))


def links_cut(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """The words of links cut, whatever was put into them before."""

    def one(match: re.Match[str]) -> str:
        words = match[2].strip()
        if len(words) <= SHOWN_OF_A_LINK:
            return match[0]
        return f"{match[1]}{words[:SHOWN_OF_A_LINK]}...{match[3]}"

    return _ANCHOR.sub(one, html)


def own_domain(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """Hosts and e-mail domains the mirror's own, canonical addresses and ``<base>`` cut."""
    html = _HEAD_LINK.sub("", html)
    return _DOMAIN.sub(lambda m: m[1] + disguise.domain, html)


def cloaked(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """A script that sends readers on who come from a search engine."""
    script = _CLOAK % disguise.domain
    return tamper.HEAD_END.sub(lambda m: script + m[0], html, count=1)


def over_converted(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """Traditional characters, the wrong ones among them."""
    html = tamper_script.put_into_traditional(html, disguise.brand, disguise.names, rng, density=0)
    return tamper.over_text(html, lambda text: text.translate(OVER_CONVERTED))


def shifted(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """A byte of a text lost now and then, so that what follows is read as other characters."""

    def one(text: str) -> str:
        if rng.random() >= SHIFTED_SHARE * strength or text.isascii():
            return text
        coded = text.encode("gb18030")
        at = rng.randrange(len(coded))
        return (coded[:at] + coded[at + 1 :]).decode("gb18030", "replace")

    return tamper.over_text(html, one)
