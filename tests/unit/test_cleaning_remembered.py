"""What is remembered of lines, and signs that are looked for first, change nothing but the time."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from archive.cleaning import extract, read_page
from archive.cleaning.body import kind, weigh
from archive.cleaning.facts import phrases
from archive.cleaning.facts.dates import may_have_date
from benchmarks.accuracy.measures import Case, golden_cases, sample_cases

GOLDEN = Path(__file__).parents[1] / "golden"
SAMPLES = 30
DATE_SIGN = re.compile(r"\d\s?[-/.．－—_年]|[０-９年]|\d{4}")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [*golden_cases(GOLDEN), *sample_cases()[:SAMPLES]]


def forget() -> None:
    """Empty every memory of the cleaning's modules."""
    for name in [name for name in sys.modules if name.startswith("archive.cleaning")]:
        for value in vars(sys.modules[name]).values():
            clear = getattr(value, "cache_clear", None)
            if clear is not None:
                clear()


def test_a_page_says_the_same_whatever_pages_were_read_before_it(cases: list[Case]) -> None:
    first = [extract(case.body, case.url) for case in cases]
    again = [extract(case.body, case.url) for case in cases[::-1]][::-1]
    assert again == first
    for case, read in list(zip(cases, first, strict=True))[::4]:
        forget()
        assert extract(case.body, case.url) == read


def test_a_sign_is_in_every_line_that_its_pattern_finds(cases: list[Case]) -> None:
    lines = {b.text for case in cases for b in read_page(case.body).flow.blocks}
    written = {
        "页面不存在",
        "Page NOT found",
        "服务器错误",
        "502 Bad Gateway",
        "文责自负",
        "凡本网注明来源",
    }
    told = 0
    for line in lines | written:
        small = line.lower()
        assert not kind._MISSING.search(line) or kind._MISSING_SIGN.search(small)
        assert not kind._BROKEN.search(line) or kind._BROKEN_SIGN.search(small)
        assert phrases.is_legal(line) == bool(
            phrases._LEGAL_SIGN.search(line) and phrases.LEGAL.search(line)
        )
        foot = bool(
            weigh._FOOT.search(line) and (weigh._FOOT_SIGN.search(line) or "right" in small)
        )
        assert weigh._is_foot(line) == (foot and not weigh._WHO_TO_ASK.search(line))
        assert may_have_date(line) == bool(DATE_SIGN.search(line))
        told += foot + phrases.is_legal(line) + may_have_date(line)
    assert told > len(cases)
