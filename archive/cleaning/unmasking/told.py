"""What a host's articles say about whose they are: the institution they name again and again, and
how they speak of themselves.

A mirror writes its brand into the frame; the sentences go on speaking of an institute. It promises
to read sampled texts only, to know no institution by name, and never to judge a host.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from archive.cleaning.script import HAN, light, simplified, without_pinyin
from archive.cleaning.unmasking.brands import is_institution
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.words import is_doing, is_plain_word

LOOKED_AT = 200
"""Articles of a host that are read."""
SPOKEN = 0.2
"""Share of the articles that must speak of an institute as their own."""
NAMED = 0.3
"""Share of the articles that must name an institution for it to be the host's subject."""
FEW = 3
"""Articles that must name or say a thing before it counts."""
SHORTEST, LONGEST = 4, 16
"""Characters of an institution's name."""
KEPT = 0.8
"""Share of a shorter string's articles in which the longer one must stand to be the name."""

# Offices that research institutes and schools have and companies have not, behind a name.
_OFFICE = (
    r"\s?(?:院长|副院长|所长|副所长|校长|副校长|研究员|副研究员|教授|副教授|师生|学生|研究生"
    r"|离退休|图书馆|研究室|实验室|博士|学报|学术)"
)
_OURSELVES = regex.compile(
    r"我[所院校]|[本所院校]党委|[所院校](?:领导|工会|庆)|全[所院校]|所长|院士|课题组|研究室"
)
_OUR_INSTITUTE = regex.compile(r"[我本全]所(?![有谓以在属得能需要见知说做])|所(?:党委|领导|工会)")
_HOUSES = ("所", "院")
_COMPANY_PEOPLE = ("员工", "经理", "董事")
_NAME_END = regex.compile(r"大学|学院|研究所|研究院|科学院|实验室|中心|天文台|医院|博物馆")


def paths_of(survey: HostSurvey) -> list[str]:
    """Paths of the host's sampled articles that are read, in the order of their texts."""
    return sorted(survey.samples)[:LOOKED_AT]


def texts_of(survey: HostSurvey) -> list[str]:
    """Title and text of the host's sampled articles, undisguised and folded, in a fixed order."""
    samples = [survey.samples[path] for path in paths_of(survey)]
    return [light(simplified(without_pinyin(f"{s.title}\n{s.text}"))) for s in samples]


def speaking_as_institute(texts: Sequence[str]) -> int:
    """Articles that speak of an institute as their own; 0 where they are too few to count."""
    told = sum(bool(_OURSELVES.search(text)) for text in texts)
    return told if told >= max(2, SPOKEN * len(texts)) else 0


def called_institute(texts: Sequence[str]) -> int:
    """Articles that call their own house 所, an institute; 0 where they are too few to count."""
    told = sum(bool(_OUR_INSTITUTE.search(text)) for text in texts)
    return told if told >= max(FEW, SPOKEN * len(texts)) else 0


def holding_offices(brand: str, texts: Sequence[str]) -> int:
    """Articles in which an office of an institute or a school stands behind ``brand``."""
    place = regex.compile(regex.escape(light(brand)) + _OFFICE)
    return sum(bool(place.search(text)) for text in texts)


def institution_named(texts: Sequence[str]) -> str:
    """The institution that most articles name, folded; empty when none is named by enough."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(institutions_in(text))
    least = max(FEW, NAMED * len(texts))
    often = {name: count for name, count in seen.items() if count >= least}
    if not often:
        return ""
    name = max(often, key=lambda n: (often[n], len(n), n))
    return _whole(name, often)


def institutions_in(text: str) -> set[str]:
    """Strings of a folded text that end as institutions' names do, wherever they begin."""
    found = set()
    for match in _NAME_END.finditer(text):
        start = max(0, match.end() - LONGEST)
        run = regex.search(rf"{HAN}*\Z", text[start : match.end()])
        name = run.group() if run else ""
        found |= {name[i:] for i in range(len(name) - SHORTEST + 1)}
    return {name for name in found if is_institution(name)}


def ends_in_full(name: str) -> bool:
    """Whether an institution's name ends with what kind of institution it is, unabridged."""
    return any(match.end() == len(name) for match in _NAME_END.finditer(name))


def is_reworded(name: str) -> bool:
    """Whether a program that exchanges words may have made an institution's name of another one:
    it ends with a deed before 所 or 院 that together are no word (盘问所 was 研究所), or has a
    company's word that takes a school's place (员工 was 学生, also across two words)."""
    deed, kind = name[-3:-1], name[-1:]
    is_odd = kind in _HOUSES and is_doing(deed) and not is_plain_word(deed + kind)
    return is_odd or any(word in name for word in _COMPANY_PEOPLE)


def _whole(name: str, often: dict[str, int]) -> str:
    """The longest string around ``name`` that stands in nearly as many articles."""
    longer = [n for n in often if n.endswith(name) and often[n] >= KEPT * often[name]]
    return max(longer, key=lambda n: (len(n), n), default=name)
