"""A mirror whose days of publication are those of the visit has no say on dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from archive.cleaning.unmasking.compare import Comparison
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.marking import DATED_PAGES, Known, marks_of
from archive.model import Extraction, PageKind
from tests.unit.unmask_tampering import DECODING

VISIT = date(2026, 5, 1)


def has_no_say(days: list[date], text: str) -> bool:
    survey = HostSurvey()
    for place, day in enumerate(days):
        url = f"http://www.hx7788.com/html/{place}.html"
        said = f"{place}：{text}"
        survey.add_extraction(
            Extraction(PageKind.ARTICLE, url, DECODING, title="会议", text=said, published=day)
        )
    marks = marks_of("www.hx7788.com", survey, Known([], [], ()), {}, Comparison(), [])
    assert marks.dates_rewritten == any("fall within" in line for line in marks.evidence)
    return marks.dates_rewritten


@pytest.mark.parametrize("text", ["研究所召开会议。", "2009年3月7日，研究所召开会议。"])
def test_days_above_the_texts_that_are_all_of_one_visit_count_for_nothing(text: str) -> None:
    days = [VISIT - timedelta(place % 3) for place in range(DATED_PAGES)]
    assert has_no_say(days, text)


@pytest.mark.parametrize("text", ["研究所召开会议。", "2009年3月7日，研究所召开会议。"])
def test_days_of_many_months_do(text: str) -> None:
    days = [VISIT - timedelta(40 * place) for place in range(2 * DATED_PAGES)]
    assert not has_no_say(days, text)


def test_a_few_pages_prove_nothing() -> None:
    assert not has_no_say([VISIT] * (DATED_PAGES - 1), "2009年3月7日，研究所召开会议。")
