"""Cleaning is at least as right as it was: no measure falls below its floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.accuracy.floors import below, raised, read_floors
from benchmarks.accuracy.measures import (
    Case,
    Tally,
    corpus_cases,
    golden_cases,
    measure,
    sample_cases,
)
from benchmarks.corpus import corpus_directory, corpus_pages

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.mark.parametrize("case", golden_cases(GOLDEN), ids=lambda case: case.name)
def test_a_golden_page_is_read_as_expected(case: Case) -> None:
    found = measure([case])
    assert {name: tally.mean for name, tally in found.items() if tally.mean < 1} == {}


def test_the_sample_institute_is_read_no_worse_than_before() -> None:
    cases = sample_cases()
    assert len(cases) > 100
    assert below(read_floors()["sample"], measure(cases)) == []


@pytest.mark.timeout(600)
def test_real_pages_are_read_no_worse_than_before() -> None:
    folder = corpus_directory()
    if folder is None:
        pytest.skip("no corpus of real pages; PALIMPSEST_CORPUS may name one")
    assert below(read_floors()["corpus"], measure(corpus_cases(corpus_pages(folder)))) == []


def test_a_measure_that_fell_or_is_gone_is_told() -> None:
    told = below({"title": 0.9, "day": 0.5}, {"title": Tally([1.0, 0.0])})
    assert [line.split(":")[0] for line in told] == ["title", "day"]


def test_floors_only_rise() -> None:
    assert raised({"title": 0.9, "day": 0.1}, {"title": Tally([0.5]), "day": Tally([0.5])}) == {
        "title": 0.9,
        "day": 0.5,
    }
