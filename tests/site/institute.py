"""The invented institute: its names, its hosts in print, its branches and who writes for them.

Nothing here names a real institution. It promises that the full name never occurs inside another
word of the site, so that a mirror's blind replacement of it can be undone in principle.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FULL_NAME = "云岭精密光学与材料研究所"
SHORT_NAME = "光材所"
ENGLISH_NAME = "Yunling Institute of Precision Optics and Materials"
PARTY_NAME = f"中共{FULL_NAME}"
CITY = "澜城"
DOMAIN = "yunling-opm.ac.cn"
WWW = f"www.{DOMAIN}"
ICP = "滇ICP备05009917号"
ADDRESS = "澜城市滇池路社区88号"
POSTCODE = "650988"


class Generation(StrEnum):
    """The three generations of templates on the one official host."""

    TRS = "trs"
    ASP = "asp"
    MODERN = "modern"


@dataclass(frozen=True, slots=True)
class Branch:
    """A section: ``name`` as in the breadcrumb, ``folder`` its path below the host without the
    outer slashes (``ClassID`` digits on the ASP site), ``parent`` the crumb above it."""

    name: str
    generation: Generation
    folder: str
    parent: str
    story: str
    years: tuple[int, int]
    live: int
    mirror_only: int


BRANCHES = (
    Branch("综合新闻", Generation.TRS, "xwzx/zhxw", "新闻中心", "meeting", (2009, 2013), 16, 4),
    Branch("科研动态", Generation.TRS, "xwzx/kydt", "新闻中心", "research", (2009, 2014), 17, 4),
    Branch("学术活动", Generation.TRS, "xwzx/xshd", "新闻中心", "seminar", (2010, 2014), 14, 3),
    Branch("离退休党总支", Generation.TRS, "djyd/ltx", "党建园地", "retiree", (2009, 2012), 14, 5),
    Branch("通知公告", Generation.ASP, "3", "", "notice", (2004, 2008), 14, 4),
    Branch("党建工作", Generation.ASP, "5", "", "party", (2004, 2008), 13, 4),
    Branch("工会之窗", Generation.ASP, "8", "", "union", (2005, 2008), 11, 3),
    Branch("人才招聘", Generation.MODERN, "rczp", "人才队伍", "recruit", (2018, 2023), 12, 4),
    Branch("媒体聚焦", Generation.MODERN, "mtjj", "新闻动态", "media", (2018, 2023), 13, 3),
    Branch("科学普及", Generation.MODERN, "kxpj", "科学传播", "science", (2019, 2023), 12, 3),
)
