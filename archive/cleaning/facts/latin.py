"""Who wrote an article, where its words are in Latin script: "By Jane Roe and John Doe".

It promises names only: two to four words that begin with capitals, as whole lines say them behind
"by", and never a team, a site or a page tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archive.cleaning.markup.blocks import Block
from archive.cleaning.markup.dom import names

# Words with a capital that stand beside names.
_BESIDE = (
    r"(?:By|The|Published|Updated|Posted|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec"
    r"|January|February|March|April|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_WORD = (
    rf"(?:(?:van|von|de|der|den|di|da|la|le|bin|al|el|ter|du)\s)*(?!(?i:{_BESIDE}))"
    r"(?:Mc|Mac|O['’]|D['’])?[A-ZÀ-ÞА-ЯЁ](?:[^\W\d_]|[.'’-])*"
)
_PERSON = rf"{_WORD}(?:\s{_WORD}){{1,3}}"
_PEOPLE = re.compile(
    rf"{_PERSON}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s*;\s*|\s*,\s*and\s+){_PERSON}){{0,5}}"
)
_BY = re.compile(
    # German, French, Spanish and Portuguese, Italian, Dutch; labels of these, Finnish and Russian
    r"^(?:Von|Par|Por|Di|Door)\s+"
    r"|^(?:Aut(?:o|eu)r(?:a|e|es|i|s)?|Text[eo]?|Teksti|Автор(?:ы)?|Текст)\s?:\s+|(?:^|[|•·—–-]\s?|\b(?:Story|Posted|Written|Words|Reported|Published|Text)\s)(?:[Bb]y|BY)\s*:?\s+"
)
# What may follow the names in such a line: nothing, a sign, a day, an office.
_BEHIND = re.compile(
    r"\s*(?:$|[|•·—–(,;@:/-]|on\s|for\s|in\s|at\s|\d"
    r"|(?:posted|updated|published|le|el|il|am|em)\s|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?i:(?:Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}|May|June?|July?)\.?\s\d)"
)
_NO_PERSON = re.compile(
    r"\b(?:Staff|Team|News|Editors?|Editorial|Desk|Press|Reporters?|Correspondents?|Contributors?|Admin|Agency|Agencies"
    r"|Twitter|Facebook|Watch|Live|Video|Newsroom|Department|Office|University|Institute|Inc|Ltd|Today|Times|Media"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Super\s?User|Administrator|Journalists?|Writer|Senior|Business|Chief|Columnist|Author|Guest|Copyright|Rights|Reserved|Read|More|Share"
    r"|Magazine|Online|Commentator|Ediciones|Redacci[oó]n|Redaktion|R[ée]daction|Verlag|Group|Network"
    r"|Association|Society|Foundation|Council|Company|Corporation|E-?mail|Print|Share|Tweet|Save"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"author|byline|\bwriter")
# A line with Chinese, Japanese or Korean in it says it otherwise.
_WIDE = re.compile(r"[\u3040-\ud7af]")
# Words run together by a template: HusbandTwitter.
_RUN_TOGETHER = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?<!\bLe)(?<=[a-z])[A-Z]")
REACH = 12
MAX_LINE_CHARS = 160


def latin_people(said: Iterable[str]) -> str | None:
    """The names said that are people's, joined; None where there is none."""
    found = [name for name in dict.fromkeys(map(str.strip, said)) if _is_person(name)]
    return ", ".join(found) or None


def _is_person(name: str) -> bool:
    return _PEOPLE.fullmatch(name) is not None and not _is_doubtful(name)


def _is_doubtful(names: str) -> bool:
    return _NO_PERSON.search(names) is not None or _RUN_TOGETHER.search(names) is not None


def is_latin_office(name: str) -> bool:
    """Whether ``name`` is a team's, a site's or a tool's, or words that are no person's name."""
    if not name.isascii():
        return False
    return _NO_PERSON.search(name) is not None or (" " in name and not _is_person(name))


def latin_byline(above: Sequence[Block], inside: Sequence[Block]) -> str | None:
    """The names behind "by" in a line near the body's head, the nearest first."""
    for block in (*reversed(above[-REACH:]), *inside[:3], *inside[-2:]):
        text = block.text
        if block.hidden or not 5 < len(text) <= MAX_LINE_CHARS or _WIDE.search(text):
            continue
        said = _BY.search(text)
        people = _PEOPLE.match(text, said.end()) if said else None
        if people is None and _NAMED.search(names(block.element)) and _is_person(text.strip()):
            return text.strip()
        if people and _BEHIND.match(text, people.end()) and not _is_doubtful(people[0]):
            return people[0]
    return None
