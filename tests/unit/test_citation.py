"""Citations: who is named, and how, where a page names several or nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO

import pytest

from archive.export import FORMATS
from archive.export.citation import bibtex, csl_json, gb7714, gb7714_2025, names, ris
from archive.export.dublin_core import dublin_core
from archive.model import Article
from tests.unit.store_sample import article, extraction


def by(author: str | None, source: str | None = None) -> Article:
    return article("c1", replace(extraction("正文"), author=author, source=source))


@pytest.mark.parametrize(
    ("author", "named"),
    [
        ("张三", ["张三"]),
        ("张三、李四", ["张三", "李四"]),
        ("张三，李四；王五六", ["张三", "李四", "王五六"]),
        ("张三 李四", ["张三", "李四"]),
        ("张三\u3000李四/王五", ["张三", "李四", "王五"]),
        ("张 三", ["张 三"]),
        ("𠮷田太郎、王㐀", ["𠮷田太郎", "王㐀"]),
        ("Smith, John", ["Smith, John"]),
        ("John Smith and Jane Doe", ["John Smith", "Jane Doe"]),
        ("Ann Anders", ["Ann Anders"]),
        ("、", []),
    ],
)
def test_authors_are_parted_where_one_name_ends_for_certain(author: str, named: list[str]) -> None:
    assert names(author) == named


def test_three_authors_are_named_and_of_more_the_first_three() -> None:
    assert gb7714(by("张三、李四、王五")).startswith("张三, 李四, 王五. ")
    assert gb7714(by("张三、李四、王五、赵六")).startswith("张三, 李四, 王五, 等. ")
    assert gb7714(by("A. One; B. Two; C. Three; D. Four")).startswith(
        "A. One, B. Two, C. Three, et al. "
    )


def test_as_the_standard_of_2025_has_it_chinese_entries_have_wide_commas_and_brackets() -> None:
    cited = gb7714_2025(by("张三、李四、王五、赵六"), "http://room/article/c1")
    assert cited.startswith("张三，李四，王五，等. 关于召开党员大会的通知[EB/OL]. （2010-12-09）[")
    assert "]. http://www.a.cn/c1. http://room/article/c1. sha256:" in cited
    foreign = article("c2", replace(by("A. One; B. Two").reading, title="Meeting", source=None))
    assert gb7714_2025(foreign).startswith("A. One, B. Two. Meeting[EB/OL]. (2010-12-09)[")
    nobody = article("c3", replace(by(None).reading, published=None))
    assert gb7714_2025(nobody).startswith("关于召开党员大会的通知[EB/OL]. [")


def test_without_an_author_the_source_is_named_or_the_title_comes_first() -> None:
    title = article("c1").reading.title
    assert gb7714(by(None, "办公室")).startswith(f"办公室. {title}[EB/OL]. (2010-12-09)[")
    assert gb7714(by(None)).startswith(f"{title}[EB/OL]. (2010-12-09)[")
    assert "author" not in csl_json(by(None))
    assert "author" not in bibtex(by(None))


def test_every_author_is_one_name_to_programs() -> None:
    cited = by("张三、{李}四")
    assert " author = {{张三} and {\\{李\\}四}}," in bibtex(cited)
    assert csl_json(cited)["author"] == [{"literal": "张三"}, {"literal": "{李}四"}]


def test_a_record_of_ris_has_a_field_a_line_and_an_author_a_field() -> None:
    cited = article("c1", replace(by("张三、李四").reading, title="一行\nER  - "))
    lines = ris(cited, "http://room/article/c1").split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-3:] == ["ER  - ", "", ""]
    assert lines.count("ER  - ") == 1
    assert [one for one in lines if one.startswith("AU")] == ["AU  - 张三", "AU  - 李四"]
    assert {"TI  - 一行 ER -", "PY  - 2010", "DA  - 2010/12/09/"} <= set(lines)
    assert "AV  - http://room/article/c1" in lines
    assert not any(one.startswith(("AU", "PB")) for one in ris(by(None)).split("\r\n"))


@pytest.mark.parametrize(
    ("style", "mark"),
    [
        ("gbt7714", "[EB/OL]"),
        ("gbt7714-2025", "[EB/OL]"),
        ("bibtex", "@online{"),
        ("ris", "TY  - ELEC"),
    ],
)
def test_the_citations_of_many_articles_are_one_file(style: str, mark: str) -> None:
    target = BytesIO()
    assert FORMATS[style]([by("张三"), by(None)], target) == 2
    assert target.getvalue().decode().count(mark) == 2


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_items_of_many_articles_are_one_list(count: int) -> None:
    target = BytesIO()
    assert FORMATS["csl-json"]([by("张三")] * count, target) == count
    assert len(json.loads(target.getvalue())) == count


def test_dublin_core_has_an_element_for_each_author_and_none_for_the_unknown() -> None:
    told = dublin_core(by("张三、李四"), "http://room/article/c1")
    assert [value for name, value in told if name == "creator"] == ["张三", "李四"]
    assert ("identifier", "http://room/article/c1") in told
    assert not any(name in ("creator", "publisher") for name, _ in dublin_core(by(None), "x"))
