"""The whole way of one page, from bytes to an extraction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from archive.cleaning import Learner, extract, extraction, join_pages, page_kind, read_page
from archive.cleaning.body.conserve import conserved
from archive.model import Extraction, PageKind

PAGE = """<html><head><meta charset="utf-8"><title>学习会召开-某某研究所</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/a/">机构</a> <a href="/b/">科研</a></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/dj/">党建</a> &gt;
<a href="/dj/zb/">第三支部</a></div>
<h1>学习会召开</h1>
<div>作者：王　伟 来源：综合办公室 发布时间：2010-12-09 点击率：132</div>
<div class="TRS_Editor"><p><span>9</span>月<span>27</span>日，支部召开了学习会，
与会党员进行了讨论，大家一致认为这次会议开得很好。</p>
<p>会后，支部书记作了总结，要求全体党员认真学习，把工作做得更好。</p>
<p>附件：<a href="./W020101209.doc">报名表</a></p></div>
<div>【打印】【关闭】</div>
<div class="footer">某某研究所 版权所有 <a href="/map">网站地图</a></div></body></html>"""


def read(html: str = PAGE, url: str = "http://www.x.ac.cn/dj/zb/t20101209_1.html") -> Extraction:
    return extract(html.encode(), url)


def test_a_page_becomes_an_article_with_everything_its_labels_say() -> None:
    found = read()
    assert found.kind is PageKind.ARTICLE
    assert found.title == "学习会召开"
    assert found.branch == "第三支部"
    assert found.author == "王伟"
    assert found.source == "综合办公室"
    assert found.published == date(2010, 12, 9)
    assert found.hits == 132
    assert found.language == "zh"
    assert found.conserved


def test_no_character_of_a_word_export_is_lost() -> None:
    assert read().text.splitlines()[0].startswith("9月27日，支部召开了学习会，与会党员")


def test_an_attachment_has_its_absolute_address_and_name() -> None:
    (attachment,) = read().attachments
    assert attachment.url == "http://www.x.ac.cn/dj/zb/W020101209.doc"
    assert attachment.name == "报名表"


def test_extracting_leaves_the_tree_as_it_was() -> None:
    page = read_page(PAGE.encode())
    before = len(list(page.tree.iter()))
    page_kind(page)
    assert len(list(page.tree.iter())) == before


def test_nothing_at_all_is_an_empty_page() -> None:
    assert extract(b"").kind is PageKind.EMPTY


def test_the_same_pages_give_the_same_model_in_any_order() -> None:
    pages = [
        read_page(PAGE.replace("学习会", f"第{n}次学习会").encode(), "http://www.x.ac.cn/")
        for n in range(4)
    ]
    one, other = Learner(), Learner()
    for page in pages:
        one.add(page)
    for page in reversed(pages):
        other.add(page)
    assert one.model().to_json() == other.model().to_json()
    assert "-某某研究所" in one.model().affixes


def test_the_parts_of_an_article_are_joined_in_order() -> None:
    first, second = read(), read(PAGE.replace("学习会", "报告会"))
    joined = join_pages([first, second])
    assert joined.text == f"{first.text}\n{second.text}"
    assert joined.title == first.title


def crowded(body: str) -> str:
    """A page with hundreds of headlines of others, and ``body`` in their middle."""
    links = "".join(
        f'<li><a href="/x/{n}.html">第{n}条与此无关的新闻标题</a></li>' for n in range(400)
    )
    return f"<html><head><title>门户</title></head><body><ul>{links}</ul>{body}</body></html>"


STORY = (
    "<div><p>本栏目将推出系列访谈节目，讲述研究所五十年来的发展历程，敬请关注。</p>"
    "<p>首期节目邀请几位老专家回忆建所之初的日子，他们在没有电的平房里装起了第一台仪器。</p></div>"
)


def test_a_short_article_on_a_crowded_page_is_one_where_its_address_says_so() -> None:
    assert read(crowded(STORY), "http://www.x.cn/n/20240520/1676288.shtml?fr=a").kind is (
        PageKind.ARTICLE
    )
    assert read(crowded(STORY), "http://www.x.cn/news/portal.html").kind is PageKind.LIST


LAST = "会议最后指出，各支部要把学习成果用到科研工作中去，年底前提交总结报告。"
BODY = (
    "<p>三月五日，研究所召开全体党员大会，听取了各支部上一年度的工作报告，会议由书记主持。</p>"
    f"<p>与会同志围绕今年的重点任务进行了讨论，大家表示，要以更高的标准要求自己。</p><p>{LAST}</p>"
)


def test_a_summary_above_the_body_costs_it_no_paragraph() -> None:
    found = read(f"<h1>大会召开</h1><div><div class='sum'>{LAST}</div></div><div>{BODY}</div>")
    assert found.text.splitlines()[-1] == LAST
    assert found.conserved


def test_no_loss_however_small_escapes_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    others = "<h3>相关链接</h3><ul><li><a href='1.html'>第一次会议召开</a></li></ul>"
    asked: list[tuple[Any, ...]] = []

    def noted(*values: Any) -> bool:
        asked.append(values)
        return conserved(*values)

    monkeypatch.setattr(extraction, "conserved", noted)
    assert read(f"<h1>大会召开</h1><div class='TRS_Editor'>{BODY}{others}</div>").conserved
    container, blocks, kept, text, removals, lead, trail = asked[-1]
    assert removals
    last = text.replace(kept[-1].text, "")
    for wrong in (
        (blocks, kept, text[:-1], removals),  # the last character
        (blocks, kept, text.replace("党", "", 1), removals),  # one in the middle
        (blocks, kept, text[1] + text[0] + text[2:], removals),  # the order
        (blocks, kept, text + "。", removals),  # one too many
        (blocks, kept[:-1], last, removals),  # a line that no removal tells of
        (blocks, kept, text, removals[1:]),
        (blocks[1:], kept[1:], text.replace(kept[0].text, ""), removals),  # one never read
    ):
        assert not conserved(container, *wrong, lead, trail)


def test_a_copy_of_the_whole_body_for_another_screen_is_left_out() -> None:
    found = read(f"<h1>大会召开</h1><div>{BODY}</div><div class='m'>{BODY}</div>")
    assert found.text.count(LAST) == 1


def test_the_first_paragraph_may_be_set_as_a_heading_above_the_body() -> None:
    lead = "本所近日完成了深海观测网的布放，四个潜标在预定海域入水，首批数据已经传回，质量良好。"
    found = read(f"<h1>布放完成</h1><p>2010-12-09</p><h3>{lead}</h3><div id='story'>{BODY}</div>")
    assert found.text.splitlines()[0] == lead
    assert found.conserved


@pytest.mark.parametrize(
    "last",
    [
        "会议要求，全体党员干部要严格遵守党的纪律和国家法律法规，自觉接受群众监督。",
        "专家提醒，使用他人作品前，一定要取得版权所有者的许可，并在文末写明出处。",
        "联系人：王老师，报名地址：海滨路一号，邮编：266071，电话：0532-12345678。",
    ],
)
def test_a_last_paragraph_about_law_or_whom_to_ask_is_no_foot_of_the_page(last: str) -> None:
    found = read(f"<h1>大会召开</h1><div>{BODY}<p>{last}</p></div><div>版权所有 某某研究所</div>")
    assert found.text.splitlines()[-1] == last


def test_lists_of_others_behind_the_body_are_left_out() -> None:
    rows = "".join(
        f"<tr><td>194ddb4d{n}: <a href='{n}.html'>第{n}次会议召开</a></td></tr>" for n in range(4)
    )
    others = f"<h3>相关附件&gt;&gt;</h3><h3>相关链接&gt;&gt;</h3><table>{rows}</table>"
    found = read(f"<h1>大会召开</h1><div class='TRS_Editor'>{BODY}{others}</div>")
    assert found.text.splitlines()[-1] == LAST


def test_a_title_without_end_is_cut_and_flagged() -> None:
    page = (
        f"<title>{'题' * 400_000}</title><h1>{'题' * 400_000}</h1><p>正文有两句话。这是第二句。</p>"
    )
    found = extract(page.encode(), "http://www.example.ac.cn/info/1001/2.htm")
    assert found.title == "题" * 1_000
    assert "title-cut" in found.flags
