"""The text of an article that a page holds in its scripts and has one of them show.

Sites built on Next, Nuxt and the like send an article as data, and an archive runs no scripts. It
promises to look only where a sign of such data stands on a page, to take one string of it as it
is (mark-up included) with the title and the day that stand beside it, and to give nothing where
no string is prose.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

# Scripts longer than this, in characters, are read up to here.
MAX_SCRIPT_CHARS = 2_000_000
# A string with less prose than this, without white space, is no article.
MIN_PROSE_CHARS = 60
MIN_SENTENCES = 2
# Where more texts than this have this share of the longest one's prose, they are a list.
MAX_TEXTS = 2
LIST_SHARE = 0.25
# The title and the day stand no further from the text, in characters.
MAX_APART = 3000
MAX_TITLE_CHARS = 200
_SIGNS = ("articleBody", "__NEXT_DATA__", "__NUXT", "_STATE__", "application/json")
# A string and its end, with JSON's escapes (RFC 8259, 7); one never closed goes to the end, also
# where the script breaks off behind the sign of an escape: it is read once.
_STRING = re.compile(r'"((?:[^"\\]++|\\(?:.|\Z))*+)"?', re.DOTALL)
# What stands between a value and the string before it: {"key": "value"}, {key: "value"}.
_COLON = re.compile(r"\s*:\s*")
_BARE_KEY = re.compile(r"(\w{1,40})\s?[:=]\s?$")
MAX_KEY_CHARS = 45
_BODY_KEY = re.compile(
    r"(?:article|news|main|page|html|rich|info)?_?(?:content|body|text|html|detail)s?|zhengwen",
    re.IGNORECASE,
)
_TITLE_KEYS = (
    re.compile(r"(?:article|news|info|main)?_?(?:title|headline|subject)", re.IGNORECASE),
    re.compile("name", re.IGNORECASE),
)
_AUTHOR_KEY = re.compile(r"(?:article_?)?(?:author|writer)(?:_?name)?|zuozhe", re.IGNORECASE)
_SOURCE_KEY = re.compile(r"(?:article_?)?(?:source|origin|copyfrom)(?:_?name)?|laiyuan", re.I)
_BRANCH_KEY = re.compile(
    r"(?:channel|column|category|catalog|section|node|board|cate)_?(?:name|title)|articleSection",
    re.IGNORECASE,
)
_DAY_KEY = re.compile(
    r"(?:publi(?:sh|c)|release|issue|pub|create|add|post)\w{0,8}(?:time|date|at|on|ed)|date", re.I
)
_PARAGRAPH = re.compile(r"<(?:p|div|br|section|span)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SENTENCE = re.compile(r"[。！？]|[.!?](?=\s|$)")
_DIGITS = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Held:
    """The article's text with its mark-up, how many characters of it are prose, and what stands
    beside it, as it is written: title, day, author, source, section."""

    body: str
    prose: int
    title: str | None
    day: str | None
    author: str | None = None
    source: str | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """One string of a script: its key, its value, and where it stands."""

    key: str
    value: str
    start: int
    end: int


def may_hold(page: str) -> bool:
    """Whether the text of a page has a sign of an article held in a script; quickly told."""
    return any(sign in page for sign in _SIGNS)


def held_article(tree: Element) -> Held | None:
    """The longest prose that a script of ``tree`` holds."""
    best: Held | None = None
    for script in tree.iter("script"):
        text = (script.text or "")[:MAX_SCRIPT_CHARS]
        found = _longest(text) if len(text) > MIN_PROSE_CHARS else None
        if found is not None and (best is None or found.prose > best.prose):
            best = found
    return best


def _longest(script: str) -> Held | None:
    said = list(_flat(script)) or list(_strings(script))
    texts = [
        (prose, one)
        for one in said
        if len(one.value) >= MIN_PROSE_CHARS and _may_be_body(one)
        if (prose := prose_of(one.value)) >= MIN_PROSE_CHARS
    ]
    if not texts:
        return None
    most, best = max(texts, key=lambda each: each[0])
    if sum(prose >= LIST_SHARE * most for prose, _ in texts) > MAX_TEXTS:
        return None  # a list of articles
    titles = (_beside(best, said, key) for key in _TITLE_KEYS)
    return Held(
        best.value,
        most,
        next((title for title in titles if title), None),
        _beside(best, [one for one in said if _DIGITS.match(one.value)], _DAY_KEY),
        _beside(best, said, _AUTHOR_KEY),
        _beside(best, said, _SOURCE_KEY),
        _beside(best, said, _BRANCH_KEY),
    )


def _may_be_body(one: _Said) -> bool:
    """Whether a string's key says so or, where it has none, its mark-up."""
    if one.key:
        return _BODY_KEY.fullmatch(one.key) is not None
    return _PARAGRAPH.search(one.value) is not None


def _strings(script: str) -> Iterator[_Said]:
    before, end = "", 0
    for match in _STRING.finditer(script):
        start, value = match.start(), match[1]
        if _COLON.fullmatch(script, end, start):
            key = before
        else:
            bare = _BARE_KEY.search(script, max(end, start - MAX_KEY_CHARS), start)
            key = bare[1] if bare else ""
        before, end = value, match.end()
        if value:
            yield _Said(key, _unescaped(value), start, end)


def _flat(script: str) -> Iterator[_Said]:
    """The strings of a list in which objects name their values by places in it, as Nuxt and others
    send them (devalue's format); their places are those of the strings among each other."""
    if not script.lstrip().startswith("["):
        return
    try:
        values = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return
    called: dict[int, str] = {}
    for thing in values if isinstance(values, list) else ():
        for key, place in thing.items() if isinstance(thing, dict) else ():
            if type(place) is int and 0 <= place < len(values) and isinstance(values[place], str):
                called.setdefault(place, key)
    for place in sorted(called):
        yield _Said(called[place], values[place], place, place)


def _unescaped(literal: str) -> str:
    if "\\" in literal:
        try:
            literal = str(json.loads(f'"{literal}"', strict=False))
        except ValueError:
            return ""
    return html.unescape(literal) if "&lt;" in literal and "<" not in literal else literal


def is_body_key(key: str) -> bool:
    """Whether a text is called so where data name it."""
    return _BODY_KEY.fullmatch(key) is not None


def prose_of(value: str) -> int:
    """Characters of prose; none without sentences."""
    words = _TAG.sub("", value)
    if len(_SENTENCE.findall(words)) < MIN_SENTENCES:
        return 0
    return len("".join(words.split()))


def has_sentence(text: str) -> bool:
    """Whether a sentence ends in ``text``."""
    return "。" in text or _SENTENCE.search(text) is not None


def _beside(body: _Said, said: list[_Said], key: re.Pattern[str]) -> str | None:
    """The value with such a key nearest before the body or, without one, behind it."""
    before = [one for one in said if one.end <= body.start and key.fullmatch(one.key)]
    behind = [one for one in said if one.start >= body.end and key.fullmatch(one.key)]
    for one in (*before[-1:], *behind[:1]):
        apart = body.start - one.end if one.end <= body.start else one.start - body.end
        if apart <= MAX_APART and 1 < len(one.value) <= MAX_TITLE_CHARS:
            return one.value
    return None
