"""What a page's head says is used where the page itself confirms it, or is silent."""

from __future__ import annotations

from datetime import date

import pytest

from archive.cleaning import extract, read_page

FIRST = "研究所昨日举行学术报告会，来自各课题组的四十余人参加，会议由所长主持。" * 4
SECOND = "与会者认为，新的观测数据可靠，建议明年继续开展野外工作，并发表全部数据。" * 3
TITLE = "学术报告会在本所举行"
SITE = "某某研究所门户网站"
BYLINE = "<div>日期：2019-03-05</div>"


def named(name: str, content: str) -> str:
    """A meta tag."""
    return f'<meta name="{name}" content="{content}">'


def page(head: str, over: str, title: str = SITE) -> bytes:
    """An article under the lines ``over``, with ``head``."""
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"{over}<div class=c><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
    ).encode()


def test_a_title_that_the_head_gives_and_the_page_shows_is_the_title() -> None:
    over = f"<h3>{SITE}</h3><div>{TITLE}</div><div>某某课题组</div>"
    assert extract(page(named("ArticleTitle", TITLE), over)).title == TITLE


def test_a_title_in_two_headings_is_whole_where_the_head_has_it_whole() -> None:
    whole = f"{TITLE} 四十余人参加"
    over = f"<h2>{TITLE}</h2><h2>四十余人参加</h2>{BYLINE}"
    found = extract(
        page(named("ArticleTitle", whole), over, f"{TITLE}&lt;br&gt;四十余人参加-{SITE}")
    )
    assert found.title == whole


def test_a_title_in_the_head_that_nothing_confirms_is_not_believed() -> None:
    over = f"<h1>{TITLE}</h1>{BYLINE}"
    assert extract(page(named("ArticleTitle", "别的标题在这里"), over, TITLE)).title == TITLE


def test_a_head_that_says_in_both_places_what_the_page_does_not_confirms_nothing() -> None:
    said = f"{TITLE}_某某娱乐"
    over = f"<h1>{TITLE}</h1>{BYLINE}"
    assert extract(page(named("ArticleTitle", said), over, said)).title == TITLE


@pytest.mark.parametrize(
    "site", [SITE, "某某办公室", "某某高新区管委会（某某区人民政府）", "工作动态_某某委员会"]
)
def test_a_document_named_after_its_site_has_the_heading_for_its_title(site: str) -> None:
    over = f"<ul><li><a href=/a>工作动态</a></li></ul><h3 class=title>{TITLE}</h3>{BYLINE}"
    assert extract(page("", over, site)).title == TITLE


def test_the_last_part_of_a_title_that_begins_with_the_site_is_the_articles() -> None:
    over = f"<div>无障碍通道</div><div>返回</div><h3>{TITLE}</h3>"
    assert extract(page("", over, f"{SITE}-工作动态-{TITLE}")).title == TITLE


def test_labels_in_the_same_line_are_no_part_of_the_title() -> None:
    over = f"<h2>{TITLE} 2019-03-05 来源：院报</h2>"
    assert extract(page("", over, TITLE)).title == TITLE


def test_a_heading_of_the_author_stays_in_the_text_and_that_of_the_page_does_not() -> None:
    """The author repeats the heading at the head of the text; the head does not know it."""
    typed = page("", f"<h3>{TITLE}</h3>{BYLINE}").replace(
        f"<p>{FIRST}".encode(), f"<p>{TITLE}</p><p>{FIRST}".encode()
    )
    assert extract(typed).text == f"{TITLE}\n{FIRST}\n{SECOND}"
    set_by_page = page("", "").replace(
        f"<p>{FIRST}".encode(),
        f"<h5>{TITLE}</h5><div>发布时间：2019-03-05</div><p>{FIRST}".encode(),
    )
    found = extract(set_by_page)
    assert (found.title, found.text) == (TITLE, f"{FIRST}\n{SECOND}")
    marked_up = page("", "").replace(
        f"<p>{FIRST}".encode(), f"<h2 class=title>{TITLE}</h2><p>{FIRST}".encode()
    )
    found = extract(marked_up)
    assert (found.title, found.text) == (TITLE, f"{FIRST}\n{SECOND}")


def test_the_source_in_the_head_is_used_where_the_page_names_none() -> None:
    head = named("ContentSource", "某某日报")
    assert extract(page(head, f"<h1>{TITLE}</h1>{BYLINE}")).source == "某某日报"
    over = f"<h1>{TITLE}</h1><div>日期：2019-03-05 来源：院报</div>"
    assert extract(page(head, over)).source == "院报"


@pytest.mark.parametrize("name", ["PubDate", "apub:time", "datePublished"])
def test_the_day_in_the_head_is_the_last_voice(name: str) -> None:
    head = named(name, "2019-3-6 21:30:50")
    assert extract(page(head, f"<h1>{TITLE}</h1>")).published == date(2019, 3, 6)
    assert extract(page(head, f"<h1>{TITLE}</h1>{BYLINE}")).published == date(2019, 3, 5)


def test_tags_written_into_the_title_are_not_its_words() -> None:
    head = read_page(b"<title>&lt;h1 style='x'&gt;A day&lt;/h1&gt; out</title>").head
    assert head.title == "A day out"
    assert read_page(b"<title>1 < 2, and a < b</title>").head.title == "1 < 2, and a < b"


def test_a_signature_over_its_day_is_no_heading() -> None:
    signed = page("", "", "某某研究所").replace(
        f"<p>{FIRST}</p><p>{SECOND}</p>".encode(),
        "<p>联系人：王伟，电话：5444724，地点：5号楼414室。</p><p>某某研究所</p><p>2019年3月5日</p>".encode(),
    )
    assert "某某研究所" in extract(signed).text


def test_a_notice_whose_signature_ends_its_title_is_no_site() -> None:
    whole = "关于组织基金申报的通知-某某研究所"
    signed = page("", f"<div>关于组织基金申报的通知</div>{BYLINE}", whole).replace(
        f"<p>{SECOND}</p>".encode(), "<div>某某研究所</div><div>2019年3月5日</div>".encode()
    )
    assert extract(signed).title == "关于组织基金申报的通知"


def test_a_home_page_keeps_the_name_of_its_site() -> None:
    boxes = "".join(
        f"<h3>{name}</h3><ul><li><a href=/{name}>{name}一则</a></ul>" for name in "甲乙丙"
    )
    assert extract(page("", boxes, "某某大学")).title == "某某大学"
