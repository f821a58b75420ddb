"""Citations: who is named, and how, where a page names several or nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.export.citation import bibtex, csl_json, gb7714, names
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
