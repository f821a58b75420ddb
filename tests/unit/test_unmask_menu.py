"""What foot and headlines say of a house whose name a brand took, and of honest ones."""

from __future__ import annotations

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.evidence.texts import in_chinese
from tests.unit.mirror_hosts import MIRROR, surveyed

BRAND = "龙川"
BODY = "科普讲座向公众介绍了第{}种光学材料的制备方法，读者提出了许多问题，讲解员一一作答。"


def pages(
    foot: str, heading: str = "", title: str = "", brand: str = BRAND
) -> list[tuple[str, str]]:
    """Six articles under ``brand``; ``heading`` and ``title`` are those of the first."""
    made = []
    for number in range(6):
        said = f"科普讲座之{number}走进光学材料的世界"
        head, top = (title or said, heading or said) if number == 0 else (said, said)
        body = "".join(f"<p>{BODY.format(10 * number + line)}</p>" for line in range(4))
        made.append(
            (
                f"/kp/t2009010{number + 1}_{number}.html",
                f"<html><head><title>{head}-{brand}</title></head><body><h1>{top}</h1>"
                f"{body}<div>{foot}</div></body></html>",
            )
        )
    return made


def accused(made: list[tuple[str, str]]) -> tuple[str, ...]:
    found = surveyed(FrameSurvey(), MIRROR, made).recognise()
    return found[MIRROR].evidence if found else ()


def test_a_brand_over_pages_that_a_universitys_centre_keeps_is_a_mirrors() -> None:
    evidence = accused(pages(f"版权所有 {BRAND} 技术支持：宁机海大信息中心"))
    assert "the foot says that 宁机海大信息中心 keeps the pages" in evidence


@pytest.mark.parametrize(
    ("brand", "keeper"),
    [
        (BRAND, "龙川远大信息中心"),  # the house's own
        ("恒大生活", "南京恒大信息中心"),
        (BRAND, "恒大信息中心"),  # two characters: a company's as often as a university's
        (BRAND, "宁机海大信息有限公司"),
    ],
)
def test_a_house_whose_pages_its_own_or_a_companys_centre_keeps_is_no_mirror(
    brand: str, keeper: str
) -> None:
    assert accused(pages(f"版权所有 {brand} 技术支持：{keeper}", brand=brand)) == ()


def speaking(made: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pages, each of which speaks as an institute."""
    said = "</h1><p>我所召开党委会，所长讲话。</p>"
    return [(path, html.replace("</h1>", said)) for path, html in made]


def test_a_title_with_the_brand_where_its_headline_has_the_owner_is_a_mirrors() -> None:
    owner = "宁青空间公司"
    made = pages(f"版权所有 {owner}", f"{owner}薄膜中心招聘启事", f"{BRAND}薄膜中心招聘启事")
    told = f"a title has {BRAND} where its headline has {owner}"
    assert told in accused(speaking(made))
    assert in_chinese(told) == f"标题中写{BRAND}之处，正文标题写{owner}"


@pytest.mark.parametrize(
    ("owner", "title"),
    [
        ("龙川新闻公司", f"{BRAND}薄膜中心招聘启事"),  # short for its owner
        ("宁青空间公司", f"{BRAND}薄膜中心招聘公告"),  # another title
    ],
)
def test_a_title_that_calls_the_owner_shortly_or_is_another_betrays_nobody(
    owner: str, title: str
) -> None:
    made = pages(f"版权所有 {owner}", f"{owner}薄膜中心招聘启事", title)
    assert accused(speaking(made)) == ()


@pytest.mark.parametrize(
    ("owner", "last", "betrayed"),
    [
        ("宁青空间公司", BRAND, True),
        ("龙川新闻公司", BRAND, False),  # short for its owner
        ("宁青空间公司", "某某传媒", False),  # neither
    ],
)
def test_a_foot_that_has_the_brand_on_all_pages_but_those_of_one_owner_is_a_mirrors(
    owner: str, last: str, betrayed: bool
) -> None:
    *most, (path, html) = speaking(pages(f"版权所有 {owner}"))
    evidence = accused([*most, (path, html.replace(owner, last))])
    told = f"the foot names {owner} on most pages, {BRAND} on all others"
    assert (told in evidence) == bool(evidence) == betrayed
    assert in_chinese(told) == f"多数页面的页脚写{owner}，其余都写{BRAND}"
