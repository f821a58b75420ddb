"""How much of a page is read: as many words and tags as honest pages have, and many times more.

It promises time linear in the text, and that the memory a page costs does not grow with what is
cut: a text is held in a dozen forms while an article is made of it, 270 bytes for each of its
characters in all.
"""

from __future__ import annotations

import re

MAX_WORD_CHARS = 1_000_000
"""Characters that are no markup, script or white space between tags: more than the longest novels,
which have three quarters of it."""
# Pages of thousands of lines have a tenth of these.
MAX_TAGS = 400_000
MAX_STEPS = 2 * MAX_TAGS
"""Tags and comments behind which everything counts as words."""
# libxml2 compares each attribute of a tag with all before it.
MAX_TAG_ATTRIBUTES = 1_000
# Nothing is counted in shorter texts.
SURELY_FEW_CHARS = 200_000
# Quotation marks that stand behind no equals sign are letters like others.
_WHOLE_TAG = re.compile(r"""</?([a-zA-Z][^\s<>/="']*)(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*+""")
_TAG_OR_COMMENT = re.compile(rf"{_WHOLE_TAG.pattern}|<!--")
_END_OF_CODE = re.compile(r"</(?:script|style)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[^\s=/"'<>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]*+))?""")
_UNSEEN = re.compile(
    r"<(script|style)\b[^<>]{0,2000}>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_CODE = ("script", "style")
ANY_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>?")


def with_words_bounded(text: str) -> str:
    """``text`` to its ``MAX_WORD_CHARS``\\ th character of words: what follows is not read. It has
    ``MAX_TAGS`` tags at the most."""
    if len(text) <= MAX_WORD_CHARS:
        return text
    end = _end_of_words(text)
    return text if end is None else text[:end]


def _end_of_words(text: str) -> int | None:
    """Where the word begins that is one too many; None where there are no more than are read."""
    left, place = MAX_WORD_CHARS, 0
    last_comment = text.rfind("-->")
    for _ in range(MAX_STEPS):
        tag = _TAG_OR_COMMENT.search(text, place)
        words = text[place : len(text) if tag is None else tag.start()]
        seen = len(words.strip())
        if seen > left:
            return place + len(words) - len(words.lstrip()) + left
        if tag is None:
            return None
        left, place = left - seen, _behind(text, tag, last_comment)
    return place + left


def _behind(text: str, tag: re.Match[str], last_comment: int) -> int:
    """Where words may follow: behind the tag and the script that it begins, or the comment. One
    that does not end is none."""
    if tag[1] is None:
        is_closed = tag.end() <= last_comment
        return text.find("-->", tag.end()) + len("-->") if is_closed else tag.end()
    return _behind_code(text, tag) or tag.end() + 1


def _behind_code(text: str, tag: re.Match[str]) -> int | None:
    """Where the script or style ends that the tag begins; None where it begins none."""
    if tag[1].lower() not in _CODE or tag[0].startswith("</"):
        return None
    end = _END_OF_CODE.search(text, tag.end())
    return len(text) if end is None else end.start()


def with_tags_bounded(text: str) -> str:
    """``text`` with no more than ``MAX_TAGS`` tags and as many attributes: what follows is read for
    its words alone. A tree of a million elements would take half a gigabyte, and no reader sees
    them apart."""
    if len(text) <= SURELY_FEW_CHARS:
        return text
    end = _end_of_markup(text)
    return text if end is None else text[:end] + ANY_TAG.sub(" ", _UNSEEN.sub(" ", text[end:]))


def _end_of_markup(text: str) -> int | None:
    """Where the tag begins that is one too many, by itself or with its attributes."""
    tags = attributes = place = 0
    while (tag := _WHOLE_TAG.search(text, place)) is not None:
        name, place = tag.end(1), tag.end()
        own = 0 if name == place else sum(1 for _ in _ATTRIBUTE.finditer(text, name, place))
        tags, attributes = tags + 1, attributes + own
        if own > MAX_TAG_ATTRIBUTES or max(tags, attributes) > MAX_TAGS:
            return tag.start()
        place = _behind_code(text, tag) or place
    return None
