"""Nights on which a served site fails, loses articles, and has them again: what is called gone.

Between two nights the archive's past is moved a day back, as if a day had gone by.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.cli import main
from archive.profiles import add_profile
from archive.store import Filters, open_archive
from tests.crawl.past import a_day_goes_by
from tests.crawl.server import Answer, Pages, Site, links, served
from tests.unit.backfill_samples import html, title

ARTICLES = 24
DOWN = Answer("down for maintenance", 500)
PATHS = [f"/zhxw/t2012030{n % 9 + 1}_{2693000 + n}.html" for n in range(ARTICLES)]
Night = Callable[[], tuple[int, dict[str, int]]]


class Institute:
    """A site whose every page can be taken away, and which can be down altogether."""

    def __init__(self) -> None:
        self.pages: Pages = {path: html(number) for number, path in enumerate(PATHS)}
        self.pages["/"] = links(*PATHS)
        self.is_down = False
        self.broken: set[str] = set()

    def __call__(self, path: str) -> Answer | str | None:
        if self.is_down or path in self.broken:
            return DOWN
        return self.pages.get(path)

    def lose(self, number: int, status: int) -> None:
        """An article's page is answered like this from now on."""
        self.pages[PATHS[number]] = Answer("not here", status)

    def give_back(self, number: int) -> None:
        self.pages[PATHS[number]] = html(number)


def nights_of(data: Path, site: Site) -> Night:
    add_profile(data, [site.url], name="s")

    def night() -> tuple[int, dict[str, int]]:
        """One night of a later day: its exit code, and what it changed."""
        if (data / "palimpsest.db").exists():
            a_day_goes_by(data)
        code = main(["nightly", "--data", str(data)])
        with open_archive(data) as archive:
            report: Any = archive.store.runs("s")[0].report
        told = {k.removeprefix("change:"): n for k, n in report.counts.items() if "change:" in k}
        return code, {what: n for what, n in told.items() if n and what != "unchanged"}

    return night


def gone(data: Path) -> set[str | None]:
    with open_archive(data) as archive:
        return {one.reading.title for one in archive.store.articles(filters=Filters(status="gone"))}


def test_a_night_on_which_everything_fails_takes_nothing_away(tmp_path: Path) -> None:
    institute = Institute()
    with served(institute) as site:
        night = nights_of(tmp_path, site)
        assert night() == (0, {"new": ARTICLES})
        institute.is_down = True
        for _ in range(3):
            assert night() == (69, {})
        assert gone(tmp_path) == set()
        institute.is_down = False
        assert night() == (0, {})
    with open_archive(tmp_path) as archive:
        assert archive.store.count_articles(Filters(status="live")) == ARTICLES


def test_what_a_bad_night_says_of_an_article_is_not_believed(tmp_path: Path) -> None:
    institute = Institute()
    with served(institute) as site:
        night = nights_of(tmp_path, site)
        assert night() == (0, {"new": ARTICLES})
        # Every sixth page fails and every fourth is said to be gone for ever.
        institute.broken = set(PATHS[::6])
        lost = [n for n in range(ARTICLES) if n % 4 == 1]
        for number in lost:
            institute.lose(number, 410)
        for _ in range(3):
            assert night() == (2, {})
        assert gone(tmp_path) == set()
        for number in lost:
            institute.give_back(number)
        institute.broken = set()
        assert night() == (0, {})


def test_gone_after_three_days_of_404_or_one_410_and_back_when_it_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    institute = Institute()
    with served(institute) as site:
        night = nights_of(tmp_path, site)
        assert night() == (0, {"new": ARTICLES})
        institute.lose(3, 404)
        institute.lose(5, 410)
        assert night() == (0, {"gone": 1})
        assert gone(tmp_path) == {title(5)}
        # The same day again says nothing new.
        monkeypatch.setitem(globals(), "a_day_goes_by", lambda data: None)
        assert night() == (0, {})
        assert night() == (0, {})
        monkeypatch.undo()
        assert night() == (0, {})
        assert night() == (0, {"gone": 1})
        assert gone(tmp_path) == {title(3), title(5)}
        with open_archive(tmp_path) as archive:
            days = {
                one.reading.title: one.gone_since
                for one in archive.store.articles(filters=Filters(status="gone"))
            }
        assert days[title(3)] == days[title(5)]
        institute.give_back(3)
        institute.give_back(5)
        assert night() == (0, {"returned": 2})
        assert gone(tmp_path) == set()


def test_a_changed_night_says_what_changed_and_nothing_else(tmp_path: Path) -> None:
    institute = Institute()
    with served(institute) as site:
        night = nights_of(tmp_path, site)
        assert night() == (0, {"new": ARTICLES})
        assert night() == (0, {})
        for number in (4, 9):
            more = f"<p>本文于次日作了更正，第{number}号文件的日期应为三月五日。</p>"
            edited = html(number).replace("</div><div>版权", f"{more}</div><div>版权")
            institute.pages[PATHS[number]] = edited
        for number in (11, 12, 13):
            institute.lose(number, 410)
        new = f"/zhxw/t20120310_{2693000 + ARTICLES}.html"
        institute.pages[new] = html(ARTICLES)
        institute.pages["/"] = links(*PATHS, new)
        assert night() == (0, {"new": 1, "changed": 2, "gone": 3})
        assert night() == (0, {})
