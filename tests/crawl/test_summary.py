"""What a crawl says at its end, in the words of whoever started it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.summary import summary
from tests.crawl.reports import REPORT

ONE_OF_EACH = replace(
    REPORT,
    counts={"requests": 1, "pages": 1, "kind:asset": 1, "articles:live": 1},
    articles_by_branch={"综合新闻": 1},
)
NOTHING = replace(REPORT, counts={"requests": 2, "pages": 1}, articles_by_branch={})


def test_one_is_said_in_the_singular(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    said = summary(ONE_OF_EACH, tmp_path).splitlines()
    assert said[0] == "研究所: 1 article in 1 branch, 0.0 s"
    assert "1 request, 1 page, 1 file, 0.0 MB" in said
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    said = summary(ONE_OF_EACH, tmp_path).splitlines()
    assert said[0] == "研究所：1 个栏目，1 篇文章，用时 0.0 秒"
    assert "1 次请求，1 个网页，1 个文件，共 0.0 MB" in said


def test_a_second_run_says_what_is_other_than_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    first = replace(REPORT, counts={"articles:live": 3, "change:new": 3, "change:unchanged": 0})
    assert summary(first, tmp_path).splitlines()[1:3] == [
        "  3 live, 0 only on mirrors",
        "  12  综合新闻",
    ]
    changes = {"change:new": 1, "change:unchanged": 8, "change:changed": 2, "change:gone": 1}
    states = {"articles:live": 10, "articles:mirror-only": 1, "articles:gone": 1}
    second = replace(REPORT, counts={**states, **changes})
    said = summary(second, tmp_path).splitlines()
    assert said[1] == "  10 live, 1 only on mirrors, 1 gone"
    assert said[2] == "  since the run before: 1 new, 2 changed, 1 gone"
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert "新增 1，改动 2，消失 1" in summary(second, tmp_path).splitlines()[2]


def test_what_to_try_next_has_something_to_show(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    offered = [line.split()[1] for line in summary(REPORT, Path("data")).splitlines()[-3:]]
    assert offered == ["search", "export", "runs"]
    said = summary(NOTHING, tmp_path).splitlines()
    assert said[-2] == "Try next:"
    assert said[-1].endswith("ledger")
