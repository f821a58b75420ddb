"""What a host's menu, home link and foot say about whose pages these are.

A mirror writes its brand where the owner's name stood and leaves the menu: an institute's menu
offers what no portal and no company has. It promises to read strings that stand on most of a host's
pages only, to know no institution by name, and that one word proves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import regex

from archive.cleaning.unmasking.brands import FEW, MOST, common_terms, is_institution, key_of
from archive.cleaning.unmasking.host import HostSurvey

MIN_WORDS = 2
"""Entries of an institute's menu that must stand in the frame."""
MENU = 6
"""Entries from which a menu tells what a house offers."""
_KEEPER = regex.compile(
    r"(?:技术支持|技术服务|网站维护|网站管理|制作|维护)(?:单位)?\s*[:：]\s*([\p{L}\p{N}]{3,24})"
)
_PART = regex.compile(
    r"(?:大学|学院|研究所|研究院|科学院|中心|[所院])(?:网络)?(?:信息|网络|新闻|计算)(?:化)?(?:中心|办公室|室|处)$"
)
# A university's short name has three characters or more here: of two, many are companies'.
_SHORT_PART = regex.compile(
    r"^\p{Han}{2,5}大(?:网络)?(?:信息|网络|新闻|计算)(?:化)?(?:中心|办公室|室|处)$"
)
_BREAK = regex.compile(r"[\s|｜·•,，、/>»]+")
# What a house says of itself: its people, its leaders, its party branch and unions, its parts.
_OF_A_HOUSE = regex.compile(
    r"(?:研究|科研|师资|人才)队伍|(?:机构|学校|学院|院系|院所|研究所|本[所院校]|所|院)(?:概况|简介|设置|领导)"
    r"|(?:研究|科研|管理|支撑)(?:单元|部门|系统)|(?:所长|院长|校长)(?:致辞|信箱|寄语)"
    r"|(?:历任|现任)(?:所长|院长|校长|领导)|机构职能|离退休\w{0,5}"
    r"|(?:党群|党建|工会|团委|妇委会)(?:工作|园地|之窗|之家|在线)"
)
# What institutes and schools do; a portal about science or schools may have one of these.
_OF_THE_TRADE = regex.compile(
    r"(?:科研|研究)(?:成果|动态|进展|平台|机构|装备|诚信)|科学(?:研究|传播|普及)"
    r"|学术(?:活动|交流|委员会|报告|讲座|期刊)|人才培养|教育教学|学科建设|重点实验室|创新文化"
    r"|(?:本科生?|研究生|博士后?|留学生|继续)(?:教育|招生|培养|工作)|招生(?:就业|工作)|院士(?:风采|专家)?"
)
# What a house that lives by news offers.
_OF_THE_PRESS = frozenset(
    ["财经", "视频", "体育", "娱乐", "汽车", "图片", "房产", "军事", "时尚", "评论", "旅游", "国际",
     "国内", "健康", "游戏", "要闻", "股票", "明星", "博客", "论坛", "理财", "数码", "社会", "人物",
     "投稿", "专栏"]
)  # fmt: skip


def institute_sections(survey: HostSurvey) -> tuple[str, ...]:
    """Entries of the host's menus and breadcrumbs that only institutes and schools have, in
    alphabetical order; none where there are fewer than two, or none of a house's own."""
    words = set(_menu_words(survey))
    own = {word for word in words if _OF_A_HOUSE.fullmatch(word)}
    found = own | {word for word in words if _OF_THE_TRADE.fullmatch(word)}
    return tuple(sorted(found)) if own and len(found) >= MIN_WORDS else ()


def is_of_the_press(survey: HostSurvey) -> bool:
    """Whether the menu is that of a house which prints others' news, and of no institute."""
    words = set(_menu_words(survey))
    own = any(_OF_A_HOUSE.fullmatch(word) for word in words)
    return not own and len(words & _OF_THE_PRESS) >= MIN_WORDS


def is_no_institutes(survey: HostSurvey) -> bool:
    """Whether there is a menu, and nothing in it that institutes and schools offer."""
    words = set(_menu_words(survey))
    return len(words) >= MENU and not any(
        _OF_A_HOUSE.fullmatch(word) or _OF_THE_TRADE.fullmatch(word) for word in words
    )


def _menu_words(survey: HostSurvey) -> Iterator[str]:
    least = max(FEW, MOST * survey.pages)
    for line, count in survey.strings.items():
        if count >= least:
            yield from _BREAK.split(key_of(line))
    for section, count in survey.slots["crumb_roots"].items():
        if count >= FEW:
            yield key_of(section)


def institutions_at_home(survey: HostSurvey, brands: Collection[str]) -> tuple[str, ...]:
    """Institutions that label the way to the host's own front page, none of them among or within
    ``brands``."""
    return tuple(
        term
        for term in common_terms(survey, "home_links", MOST)
        if is_institution(term) and not any(key_of(brand) in key_of(term) for brand in brands)
    )


def owner_otherwise(survey: HostSurvey, brand: str) -> str:
    """Whom the foot and the way home both name where the titles name ``brand``, which stands
    nowhere else on the pages; empty where all is of one mind."""
    needle = key_of(brand)
    if any(needle in key_of(line) for line in survey.strings):
        return ""
    owners = set(common_terms(survey, "owners", MOST))
    return min(owners.intersection(common_terms(survey, "home_links", MOST)), default="")


def renamed_in_title(survey: HostSurvey, brand: str) -> str:
    """The owner in the foot whose place ``brand`` has in the title of a page that has the owner in
    its headline and is otherwise equal; empty where there is none, or both share a character, as
    two names of one house do."""
    term = key_of(brand)
    titles = {key_of(end) for end in survey.slots["title_ends"]}
    headings = [key_of(heading) for heading in survey.slots["headings"]]
    renamed = (
        owner
        for owner in common_terms(survey, "owners", MOST)
        if not set(key_of(owner)) & set(term)
        and any(
            key_of(owner) in said and said.replace(key_of(owner), term) in titles - {term}
            for said in headings
        )
    )
    return next(renamed, "")


def owner_in_turn(survey: HostSurvey, brand: str) -> str:
    """Whom the feet of most pages name where those of all others name ``brand``, as where a name
    was changed before a brand took the places left of it; empty where there is none, or both share
    a character."""
    seen = survey.slots["owners"]
    return next(
        (
            owner
            for owner in common_terms(survey, "owners", MOST)
            if seen[brand]
            and seen[owner] + seen[brand] == survey.filled["owners"]
            and not set(key_of(owner)) & set(key_of(brand))
        ),
        "",
    )


def keeping_institute(survey: HostSurvey, brands: Collection[str] = ()) -> str:
    """The institute, or part of one, of which the foot says that it keeps these pages. A part may
    be called by what is short for a university (某工大信息中心) if no two characters in a row of it
    stand in ``brands``."""
    least = max(FEW, MOST * survey.pages)
    kept = {
        keeper
        for line, count in survey.strings.items()
        if count >= least
        for keeper in _KEEPER.findall(key_of(line))
    }
    named = (k for k in kept if is_institution(k) or _PART.search(k))
    short = (k for k in kept if brands and _SHORT_PART.search(k) and not _alike(k, brands))
    return min(named, default="") or min(short, default="")


def _alike(keeper: str, brands: Collection[str]) -> bool:
    """Whether two characters in a row of ``keeper`` stand in one of ``brands``."""
    terms = [key_of(brand) for brand in brands]
    return any(keeper[at : at + 2] in term for at in range(len(keeper) - 1) for term in terms)


def owned_names(survey: HostSurvey) -> Iterator[str]:
    """What stands where the frame names the host's owner, as it is compared."""
    for slot in ("owners", "home_links", "title_ends", "crumb_roots"):
        yield from (key_of(term) for term in common_terms(survey, slot, MOST))
