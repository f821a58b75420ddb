"""What runs changed and did not live to tell, the next one tells, whatever came between."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.cli import main
from archive.model import Article, RunReport
from archive.runs.changes import compared, snapshot
from archive.runs.unreported import as_reported, begin, no_news, told
from archive.store import Archive, open_archive
from crawler.run import crawl_site
from tests.crawl.night import ARTICLES, ENVIRONMENT, institute, night, profile
from tests.crawl.server import Answer, Routes, links, served
from tests.unit.backfill_samples import html
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction, witness

SIGNALLED = """\
import os
import crawler.run as run

whole = run.{moment}

def signalled(*some, **more):
    os.kill(os.getpid(), {number})
    return whole(*some, **more)

run.{moment} = signalled
"""
BEHIND_THE_WALK, BEHIND_THE_PASS = "Run.finish", "report_of"
DAY = timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """One article, of which a run has told."""
    with open_archive(tmp_path / "data", create=True) as made:
        made.store.put_site(INSTITUTE)
        made.store.replace_articles(SITE, [article("a1")])
        tell(made)
        yield made


def tell(archive: Archive, **counts: int) -> None:
    """A run that reports what became of articles."""
    run, now = archive.store.begin_run(SITE, "crawl"), datetime.now(UTC)
    told = counts or {"change:new": 0}
    archive.store.end_run(RunReport(run, SITE, "crawl", now, now, "finished", 0, counts=told))


def changes(archive: Archive) -> dict[str, int]:
    """What the next report tells."""
    store = archive.store
    return {k: n for k, n in compared(as_reported(store, SITE), snapshot(store, SITE)).items() if n}


@pytest.mark.parametrize(
    ("moment", "number", "is_cleaned"),
    [
        (BEHIND_THE_WALK, signal.SIGKILL, False),
        (BEHIND_THE_WALK, signal.SIGKILL, True),
        (BEHIND_THE_PASS, signal.SIGKILL, True),
        (BEHIND_THE_WALK, signal.SIGTERM, False),
    ],
)
def test_what_a_night_changed_that_was_cut_short_is_told_by_the_next(
    moment: str, number: signal.Signals, is_cleaned: bool, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    pages: Routes = institute()
    assert isinstance(pages, dict)
    edited, gone, *_ = sorted(path for path in pages if path != "/")
    (tmp_path / "sitecustomize.py").write_text(
        SIGNALLED.replace("{moment}", moment).replace("{number}", str(int(number)))
    )
    with served(pages) as site:
        profile(data, site, SITE)
        assert crawl_site(data, [site.url], name=SITE).exit_code == 0
        pages[edited] = html(ARTICLES + 1)
        pages[gone] = Answer("gone", 410)
        pages["/zhxw/t20120309_99.html"] = html(99)
        pages["/"] = links(*pages)
        code, _, _ = night(data, env=ENVIRONMENT | {"PYTHONPATH": str(tmp_path)})
        assert code == (-9 if number == signal.SIGKILL else 143)
        if is_cleaned:
            assert main(["clean", "--data", str(data)]) == 0
        counts = crawl_site(data, [site.url], name=SITE).counts
    # Nobody knows what else failed in a night that was killed: what it missed does not count.
    is_trusted = number != signal.SIGKILL
    told = {key: n for key, n in counts.items() if n and key.startswith("change:")}
    assert told == {
        "change:new": 1,
        "change:changed": 1,
        "change:unchanged": ARTICLES - 1 - is_trusted,
    } | ({"change:gone": 1} if is_trusted else {})


def test_what_was_kept_first_counts_until_a_report_tells_of_articles(archive: Archive) -> None:
    begin(archive.store, SITE)
    archive.store.replace_articles(SITE, [article("a1", extraction("改了"))])
    # A run that is stopped, then one of another machine.
    tell(archive, asked=1)
    begin(archive.store, SITE)
    assert changes(archive) == {"changed": 1}
    tell(archive)
    begin(archive.store, SITE)
    assert changes(archive) == {"unchanged": 1}


def test_what_a_machine_saw_whose_clock_is_ahead_is_told_once(archive: Archive) -> None:
    ahead = datetime.now(UTC) + timedelta(minutes=10)
    seen = witness(extraction(), "http://www.a.cn/a2", at=ahead)
    begin(archive.store, SITE)
    archive.store.replace_articles(SITE, [article("a1"), article("a2", witnesses=(seen,))])
    assert changes(archive) == {"new": 1, "unchanged": 1}
    tell(archive, **{"change:new": 1})
    tell(archive, articles=2)  # of a machine that left its articles to the one that told of them
    begin(archive.store, SITE)
    assert changes(archive) == {"unchanged": 2}


def test_a_backfill_that_tells_its_own_takes_no_nights_news_away(archive: Archive) -> None:
    store = archive.store
    begin(store, SITE)
    archive.store.replace_articles(SITE, [article("a1", extraction("改了"))])
    run, now = store.begin_run(SITE, "backfill"), datetime.now(UTC)
    store.end_run(RunReport(run, SITE, "backfill", now, now, "ok", 0, counts={"change:new": 1}))
    assert changes(archive) == {"changed": 1}


def test_what_a_backfill_told_while_a_night_goes_on_is_not_told_again_but_what_comes_is(
    archive: Archive,
) -> None:
    store = archive.store
    begin(store, SITE)
    store.replace_articles(SITE, [article("a1"), article("a2")])
    told(store, SITE, snapshot(store, SITE))
    store.replace_articles(SITE, [article("a1", extraction("改了")), article("a2")])
    assert changes(archive) == {"changed": 1, "unchanged": 1}


def later(key: str, text: str) -> Article:
    """An article whose page was captured after the last report."""
    seen = witness(extraction(text), f"http://www.a.cn/{key}", at=datetime.now(UTC) + DAY)
    return article(key, extraction(text), (seen,))


def test_another_reading_of_the_same_records_is_no_news_but_theirs_is(archive: Archive) -> None:
    store = archive.store
    store.replace_articles(SITE, [article(f"a{n}", extraction(f"第{n}条")) for n in range(4)])
    begin(store, SITE)
    # A night captured another text of the first one, and a new one, and died.
    walked = [later("a0", "新的"), *(article(f"a{n}", extraction(f"第{n}条")) for n in (1, 2, 3))]
    store.replace_articles(SITE, [*walked, later("a9", "新来")])
    with no_news(store, SITE):
        # Read again: the second otherwise, the third no more, one that nobody had seen in a page.
        read = [later("a0", "新的！"), article("a1", extraction("别样"))]
        read += [article("a3", extraction("第3条")), article("a5", extraction("第5条"))]
        store.replace_articles(SITE, [*read, later("a9", "新来")])
    assert changes(archive) == {"new": 1, "changed": 1, "unchanged": 3}


def test_an_article_read_from_more_of_what_was_told_of_is_no_news(archive: Archive) -> None:
    store, told = archive.store, witness(extraction("甲"), "http://www.a.cn/a1")
    store.replace_articles(SITE, [article("a1", extraction("甲"), (told,))])
    begin(store, SITE)
    with no_news(store, SITE):
        joined = (told, witness(extraction("乙"), "http://www.a.cn/a2"))
        store.replace_articles(SITE, [article("a1", extraction("甲乙"), joined)])
    assert changes(archive) == {"unchanged": 1}


def test_cleaning_keeps_nothing_where_no_night_has_changed_anything(archive: Archive) -> None:
    with no_news(archive.store, SITE):
        archive.store.replace_articles(SITE, [article("a1", extraction("别样"))])
    assert archive.store.last_reported(SITE) is None
