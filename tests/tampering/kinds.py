"""The kinds of tampering (letters as the documents name them), each a function over a page's HTML.

``strength`` from 0 to 1 is how much of what could be touched is touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.site import tamper, tamper_script
from tests.tampering import kits
from tests.tampering.brands import Disguise

Kind = Callable[[str, Disguise, Random, float], str]

# School words and the company words that take their place, and light synonyms.
COMPANY_WORDS = (
    ("大学生", "老员工"), ("研究生院", "研究生公司"), ("学生", "员工"), ("学院", "公司"),
    ("我院", "公司"), ("院长", "经理"), ("校长", "董事长"), ("老师", "主管"), ("所长", "总经理"),
    ("我所", "我公司"),
)  # fmt: skip
SYNONYMS = (
    ("获得", "取得"), ("提供", "给予"), ("发展", "开展"), ("没有", "莫得"), ("进行", "举行"),
    ("重要", "紧要"), ("帮助", "匡助"), ("问题", "题目"), ("学习", "研习"), ("认真", "当真"),
)  # fmt: skip
INNER = 5
"""Han characters that stand on either side of a phrase put into a sentence."""
SOWN = 6
"""Phrases put into one page at full strength."""
_SPOT = re.compile(rf"(?<=[\u4e00-\u9fff]{{{INNER}}})(?=[\u4e00-\u9fff]{{{INNER}}})")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日")
_LONG_HEADING = re.compile(r"(?is)(<h[12]\b[^>]*>)(.{10,}?)(</h[12]>)")
SCAR_SHARE = 0.01


def name(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """A: the full name replaced everywhere, blindly."""
    return tamper.replace_name(html, disguise.brand, disguise.names)


def name_spaced(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """A with a stray space after each brand."""
    full = disguise.names[0]
    spaced = tamper.over_text(html, lambda text: text.replace(full, disguise.brand + " "))
    return tamper.replace_name(spaced, disguise.brand, disguise.names)


def name_in_part(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """A here and there: the brand in the frame, and for some of the full names in the texts."""
    full = disguise.names[0]
    framed = tamper.frame(html, disguise.brand, disguise.names)
    return tamper.over_text(framed, lambda t: _swapped(t, ((full, disguise.brand),), rng, strength))


def frame(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """B: the brand in title, heading, breadcrumb and footer only."""
    return tamper.frame(html, disguise.brand, disguise.names)


def words(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """C: company words for school words, here and there."""
    return tamper.over_text(html, lambda text: _swapped(text, COMPANY_WORDS, rng, strength))


def pinyin(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """D: traditional characters, some followed by their reading."""
    return tamper_script.put_into_traditional(
        html, disguise.brand, disguise.names, rng, density=strength / 2
    )


def traditional(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """E: traditional characters only."""
    return tamper_script.put_into_traditional(html, disguise.brand, disguise.names, rng, density=0)


def emoji(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """F: an emoji before stops."""
    return tamper.emoji_before_stops(html, rng, strength)


def spun(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """G: synonyms."""
    return tamper.over_text(html, lambda text: _swapped(text, SYNONYMS, rng, strength))


def sown(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """H: phrases inside sentences."""
    left = max(1, round(SOWN * strength))

    def one(text: str) -> str:
        nonlocal left
        spots = [m.start() for m in _SPOT.finditer(text)]
        for at in sorted(rng.sample(spots, min(2, left, len(spots))), reverse=True):
            text = text[:at] + rng.choice(disguise.phrases) + text[at:]
            left -= 1
        return text

    return tamper.over_text(html, one)


def plain(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """I: nothing but another host."""
    return html


def scarred(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """J: characters lost, a question mark in their place."""

    def one(text: str) -> str:
        return _HAN.sub(lambda m: "?" if rng.random() < SCAR_SHARE * strength else m[0], text)

    return tamper.over_text(html, one)


def doorway(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """K, hidden link blocks, an encoded head, emoji, outlinks, no script."""
    return tamper.doorway(html, disguise.brand, disguise.names, rng, emoji=strength)


def hidden(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """Hidden links on top, a keyword before the title, outlinks at the foot."""
    style = rng.choice(
        ("display:none", "position:absolute;left:-9999px", "height:1px;overflow:hidden",
         "text-indent:-9999px")
    )  # fmt: skip
    count = max(4, round(40 * strength))
    links = "".join(
        f'<a href="{tamper.outlink(rng)}">{rng.choice(disguise.phrases)}</a>' for _ in range(count)
    )
    shown = " ".join(
        f'<a href="{tamper.outlink(rng)}">{rng.choice(disguise.phrases)}</a>' for _ in range(12)
    )
    top = f"<div class='fflink' style='{style}'>{links}</div>"
    html = tamper.retitle(html, disguise.brand, disguise.names)
    html = tamper.TITLE.sub(lambda m: f"{m[1]}{disguise.phrases[0]}-{m[2]}{m[3]}", html, count=1)
    html = tamper.BODY_START.sub(lambda m: m[0] + top, html, count=1)
    foot = f"<div>友情链接：{shown}</div>"
    return tamper.BODY_END.sub(lambda m: foot + m[0], html, count=1)


def redated(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """Every date on the page the day of the visit."""
    year, month, day = (int(part) for part in disguise.today.split("-"))
    written = f"{year}年{month}月{day}日"
    return tamper.over_text(
        html, lambda text: _DAY.sub(lambda m: disguise.today if "-" in m[0] else written, text)
    )


def retitled(html: str, disguise: Disguise, rng: Random, strength: float) -> str:
    """A phrase in the title's place, as references, and in long headings'; scripts cut."""
    phrase = rng.choice(disguise.phrases)
    html = tamper.SCRIPT.sub("", html)
    html = tamper.TITLE.sub(lambda m: f"{m[1]}{tamper.entities(phrase)}{m[3]}", html, count=1)
    return _LONG_HEADING.sub(lambda m: f"{m[1]}{phrase}{m[3]}", html)


def _swapped(text: str, pairs: tuple[tuple[str, str], ...], rng: Random, strength: float) -> str:
    for before, after in pairs:
        pieces = text.split(before)
        text = pieces[0] + "".join(
            (after if rng.random() < strength else before) + piece for piece in pieces[1:]
        )
    return text


KINDS: dict[str, Kind] = {
    "A": name, "A_": name_spaced, "A%": name_in_part, "B": frame, "C": words, "D": pinyin,
    "E": traditional, "F": emoji, "G": spun, "H": sown, "I": plain, "J": scarred, "K": doorway,
    "hidden": hidden, "dates": redated, "titles": retitled,
    "example": kits.example, "AA": kits.both_names, "A2": kits.two_brands, "A=": kits.neutral,
    "G+": kits.spun_heavily, "dates3": kits.redated_lately, "links": kits.links_cut,
    "domain": kits.own_domain, "cloak": kits.cloaked, "E+": kits.over_converted,
    "J+": kits.shifted,
}  # fmt: skip

RECIPES: dict[str, tuple[str, ...]] = {
    "frame": ("B",),
    "name": ("A",),
    "name-spaced": ("A_",),
    "name-words": ("C", "A"),
    "name-in-part": ("A%",),
    "pinyin": ("D",),
    "name-pinyin": ("A", "D"),
    "traditional": ("E",),
    "emoji": ("F", "B"),
    "spun": ("G", "A"),
    "sown": ("H", "B"),
    "plain": ("I",),
    "scarred": ("J", "A"),
    "doorway": ("K",),
    "hidden": ("hidden",),
    "redated": ("dates", "A"),
    "retitled": ("titles", "dates"),
    "example": ("example",),
    "both-names": ("AA",),
    "two-brands": ("A2",),
    "neutral": ("A=",),
    "spun-heavily": ("G+", "A"),
    "redated-lately": ("dates3", "A"),
    "links-cut": ("A", "links"),
    "own-domain": ("domain", "A"),
    "cloaked": ("cloak", "B"),
    "over-converted": ("E+",),
    "pinyin-scarred": ("D", "J"),
    "shifted": ("J+", "A"),
    "all-at-once": ("C", "A", "F", "H", "hidden", "dates"),
}
"""Mirrors as they are met: the kinds, in the order in which they are done to a page."""
