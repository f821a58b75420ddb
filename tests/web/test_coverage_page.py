"""Coverage: each number is what its link finds, and what is missing is seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest

from archive.store import Archive, open_archive
from archive.store.overview import Tally
from archive.web import Settings
from archive.web.coverage_page import MAX_YEARS, SHADES, coverage
from archive.web.question import Question
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction
from tests.web.serving import Answer, Served, serving

ASKED = Question(site=SITE)


def _page(room: Served, **more: str) -> Answer:
    return room.get(f"/coverage?{urlencode({'site': SITE, **more})}")


@pytest.mark.parametrize("status", ["", "live", "mirror-only"])
def test_each_number_is_what_its_link_finds(room: Served, archive: Archive, status: str) -> None:
    page = _page(room, status=status).page
    linked = page.xpath("//table//td/a")
    assert linked
    for link in linked:
        (sentence,) = room.ask("GET", link.get("href")).words("//p[@class='sentence']")
        assert sentence.split()[0] == link.text
    together = page.xpath("//tfoot//td")[-1].text_content()
    wanted = [one for one in archive.iterate() if not status or one.status == status]
    assert together == str(len(wanted))
    shown = sum(int(cell.text_content() or 0) for cell in page.xpath("//tbody//td"))
    assert shown == 2 * len(wanted)  # in its year, and together


def test_the_overview_of_sites_leads_here_and_an_unknown_site_is_not_found(room: Served) -> None:
    hrefs = room.get("/sites").page.xpath("//a/@href")
    assert f"/coverage?{urlencode({'site': SITE})}" in hrefs
    assert _page(room, site="nosuch").status == 404


def test_it_is_said_in_chinese_too(room: Served) -> None:
    words = " ".join(_page(room, lang="zh").words("//main"))
    assert "覆盖情况" in words
    assert "合计" in words
    assert "together" not in words


def test_a_year_without_an_article_between_first_and_last_is_a_hole() -> None:
    table = coverage(
        [Tally(2009, "新闻", 1), Tally(2012, "新闻", 4), Tally(2013, "通知", 2)], ASKED
    )
    assert table.years == (2009, 2010, 2011, 2012, 2013)
    news, notices = table.rows
    assert [one.hole for one in news.cells] == [False, True, True, False, False]
    assert [one.shade for one in news.cells] == [1, 0, 0, SHADES, 0]
    assert [bool(one.address) for one in news.cells] == [True, False, False, True, False]
    assert not any(one.hole for one in notices.cells)
    assert [one.count for one in table.totals.cells] == [1, 0, 0, 4, 2]
    assert table.totals.total.count == 7


def test_a_wrong_date_makes_no_thousand_columns_and_loses_no_article() -> None:
    table = coverage([Tally(209, "新闻", 1), Tally(2012, "新闻", 4), Tally(None, None, 3)], ASKED)
    assert table.years == (209, 2012, None)
    assert [row.total.count for row in table.rows] == [5, 3]
    # No search finds articles without a branch, and none those without a date.
    assert [one.address for one in (*table.rows[1].cells, table.rows[1].total)] == [""] * 4
    many = coverage([Tally(year, "新闻", 1) for year in range(1000, 2000, 2)], ASKED)
    assert len(many.years) == MAX_YEARS
    assert many.rows[0].total.count == 500


def test_years_without_a_column_are_told_of_and_lead_to_their_articles(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        days = [date(1900 + n, 1, 1) for n in range(MAX_YEARS + 3)]
        archive.store.replace_articles(
            SITE, [article(f"y{day.year}", extraction(published=day)) for day in days]
        )
        with serving(archive, Settings(rate=0)) as room:
            page = room.get(f"/coverage?site={SITE}").page
            (link,) = page.xpath("//main/p/a")
            assert link.text == "In 1902 and before, without columns of their own: 3 articles"
            found = room.ask("GET", link.get("href"))
    assert len(found.page.xpath("//a[@class='title']")) == 3
