"""Keywords in a title's place are no witness of the title; a title changed a little is."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.cleaning.repairs import revert
from archive.model import Site, WarcPointer, Witness
from archive.witnesses import assemble
from tests.unit.unmask_tampering import reading

WHEN = datetime(2026, 5, 1, tzinfo=UTC)

TEXT = """本所研制的空间相机在轨运行正常，已经取得第一批图像，数据处理系统同时交付用户使用。
会议听取了课题组的工作汇报，专家们认为该项目完成了任务书规定的全部研究内容，达到预期目标，
一致同意通过验收，请各课题组用手机查看。"""


def witness(host: str, title: str, kinds: tuple[str, ...] = ()) -> Witness:
    read = reading(host, "/t20101209_1.html", title, TEXT, None)
    pointer = WarcPointer(f"{host}.warc.gz", 0, 1, "sha256:0", "sha256:0")
    url = f"http://{host}/t20101209_1.html"
    return Witness(url, "mirror", WHEN, pointer, read, read, kinds=kinds)


def read_title(*witnesses: Witness) -> str | None:
    site = Site("s", ("www.qskyzx.com",))
    [article] = assemble(site, witnesses)
    before = article.witnesses[article.reading_of].clean.title or ""
    title = article.reading.title or ""
    assert revert(title, [r for r in article.reading.repairs if r.field == "title"]) == before
    return article.reading.title


def test_the_title_whose_words_the_text_has_takes_the_place_of_keywords() -> None:
    keywords = witness("www.hx7788.com", "铂濠霆手机登录入口")
    assert read_title(keywords, witness("www.zz.net", "空间相机交付使用", ("G",))) == (
        "空间相机交付使用"
    )


def test_titles_of_which_the_text_knows_nothing_are_not_chosen_between() -> None:
    one, other = witness("www.hx7788.com", "铂濠霆开户"), witness("www.zz.net", "璟曜", ("G",))
    assert read_title(one, other) == "铂濠霆开户"


def test_titles_that_the_text_knows_are_not_exchanged() -> None:
    one = witness("www.hx7788.com", "空间相机交付使用")
    other = witness("www.zz.net", "空间相机通过验收", ("G",))
    assert read_title(one, other) == "空间相机交付使用"


def test_a_title_in_no_words_gives_way_to_one_of_words_that_the_text_knows_better() -> None:
    keywords = witness("www.hx7788.com", "铂濠霆手机平台查看")
    known = witness("www.zz.net", "空间相机交付仪式隆重举行", ("G",))
    assert read_title(keywords, known) == "空间相机交付仪式隆重举行"


def test_a_title_in_no_words_stays_beside_one_of_which_the_text_knows_less() -> None:
    one = witness("www.hx7788.com", "铂濠霆空间相机交付使用")
    assert read_title(one, witness("www.zz.net", "手机登录入口官网下载", ("G",))) == (
        "铂濠霆空间相机交付使用"
    )
