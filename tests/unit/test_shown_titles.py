"""Which part of ``<title>`` is the article's, where the page tells and where it does not."""

from __future__ import annotations

import pytest

from archive.cleaning import extract

BODY = (
    "<p>{shown}，是这一期介绍的学者，他一生研究湖泊沉积，走遍了高原上的湖。</p>"
    "<p>早年他在江边的水文站工作，积累了三十年的记录，后来整理成册，交给了研究所。</p>"
    "<p>他说，记录不是为了今天的人，是为了以后的人，所以一个数字也不能改。</p>"
    "<p>如今湖边立着他设的水尺，来往的人都停下来看一看水位，再往前走。</p>"
)


def title(head: str, shown: str, foot: str = "") -> str | None:
    page = f"<title>{head}</title><body>{BODY.format(shown=shown)}{foot}</body>"
    return extract(page.encode(), "http://www.example.ac.cn/a.html").title


@pytest.mark.parametrize("name", ["鸿运千秋", "hongyun888官方", "红枫叶文集"])
def test_the_part_that_the_page_shows_is_the_title_wherever_it_stands(name: str) -> None:
    assert title(f"{name}-周启明", "周启明") == "周启明"
    assert title(f"周启明_{name}", "周启明") == "周启明"


@pytest.mark.parametrize(
    "foot",
    [
        '<div><a href="http://www.example.cn/">山川集</a></div>',
        "<div>版权所有：山川集 电话：0871-65223456</div>",
    ],
)
def test_a_part_that_only_links_or_the_foot_show_is_no_title(foot: str) -> None:
    assert title("水文人物志-山川集", "周启明", foot) == "水文人物志"


def test_a_name_of_a_site_is_no_title_though_the_body_has_it() -> None:
    assert title("人物志-湖泊研究所", "湖泊研究所") == "人物志"


def test_a_long_first_part_stands_though_the_page_does_not_repeat_it() -> None:
    long = "一位学者在高原湖泊上度过的三十年"
    assert title(f"{long}-周启明", "周启明") == long


@pytest.mark.parametrize("keyword", ["鸿运千秋娱乐城开户", "璟曜体育app下载"])
def test_a_part_of_the_bodys_words_goes_before_one_that_only_lists_of_links_show(
    keyword: str,
) -> None:
    words = ["星河体育平台", keyword, "云顶彩票登录", "飞驰棋牌大厅", "金沙足球直播"]
    listed = " ".join(f'<a href="http://{n}.example/">{one}</a>' for n, one in enumerate(words))
    links = f"<div>友情链接：{listed}</div>"
    for foot in ("", links):
        assert title(f"{keyword}-高原湖泊的记录", "他研究高原湖泊", foot) == "高原湖泊的记录"


def test_a_part_that_a_line_shows_stands_though_the_body_has_not_a_word_of_it() -> None:
    shown = "<div>巴山夜雨涨秋池夜话 之一</div>"
    found = title("巴山夜雨涨秋池夜话-高原湖泊的记录", "他研究高原湖泊", shown)
    assert found == "巴山夜雨涨秋池夜话"


def test_a_part_marked_up_as_heading_needs_few_words_of_the_body() -> None:
    keyword, said = "鸿运千秋娱乐城开户", "老水文人三十年甘苦谁人知"
    heading = f"<div><h3>{said}</h3><p>字体</p><p>湖光图</p><p>第一版</p><p>第二版</p></div><hr>"
    body = f"<div class='content' id='zoom'>{BODY.format(shown='他')}</div>"
    listed = f'<div><a href="http://a.example/">{keyword}</a></div>'
    page = f"<title>{keyword}-{said}</title><body>{heading}{body}{listed}</body>"
    assert extract(page.encode(), "http://www.example.ac.cn/a.html").title == said


@pytest.mark.parametrize("article", ["居室内部怎样通风", "研究所召开年度工作会"])
@pytest.mark.parametrize("name", ["湖泊研究所", "湖光网"])
def test_an_article_that_ends_as_sites_do_gives_way_to_no_other_line(
    article: str, name: str
) -> None:
    ways = "".join(f"<li><a href='/{n}/'>栏目之{n}</a></li>" for n in range(9))
    line = f"<div class='head'><ul>{ways}</ul><div>湖光通讯社快讯稿</div></div>"
    body = f"<div class='content' id='zoom'>{BODY.format(shown='他')}</div>"
    page = f"<title>{article}_{name}</title><body>{line}<hr>{body}</body>"
    assert extract(page.encode(), "http://www.example.ac.cn/a.html").title == article
