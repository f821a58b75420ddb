"""Other texts in the places of many articles at once: kept, told of, and not believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from archive.cleaning.selectors import NO_SELECTORS
from archive.evidence.texts import in_chinese
from archive.model import PageKind, RunKind, Site
from archive.profiles import add_profile
from archive.sitepass.derive import derive
from archive.sitepass.history import history_of
from archive.sitepass.quiet import Circumstances
from archive.sitepass.report import DeriveReport
from archive.store import Archive, open_archive
from archive.warc import read_at
from tests.crawl.past import a_day_goes_by
from tests.tampering.archived import response
from tests.unit import backfill_samples as samples
from tests.unit.own_nights import AN_HOUR, keep

HOST = "www.a.ac.cn"
SITE = Site("s", (HOST,))
ARTICLES = 8
Html = Mapping[str, str]
NOTICE = (
    "因网站升级改版，本网站将于近期暂停访问，给您带来不便，敬请谅解。",
    "升级完成以后将恢复正常服务，届时请重新登录查看有关内容，谢谢您的支持。",
)
STRANGE = "球队主场连胜，第{0}轮联赛的入场券{0}号起在窗口发售，学生凭证件享受{0}折优惠，欢迎观看。"


def page(title: str, *lines: str, name: str = "研究所") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html><head><title>{title}-{name}</title></head><body><ul><li>{name}</li></ul>"
        f'<h1>{title}</h1><div>发布时间：2012-03-01</div><div class="TRS_Editor">{body}</div>'
        f"<div>版权所有 {name}</div></body></html>"
    )


def path(number: int) -> str:
    return f"/zhxw/t2012030{number + 1}_{number}.html"


def articles() -> dict[str, str]:
    return {path(n): page(samples.title(n), *samples.body(n)) for n in range(ARTICLES)}


def stranger(number: int) -> str:
    lines = (STRANGE.format(number * 7 + n) for n in range(3))
    return page(f"第{number}轮前瞻", *lines, name="体育")


def unlike(number: int) -> str:
    """A page whose text has nothing in common with that of any other number."""
    signs = Random(number).sample(range(0x4E00, 0x9000), 240)
    lines = ("".join(map(chr, signs[n : n + 80])) + "。" for n in range(0, 240, 80))
    return page(f"第{number}号消息", *lines)


def strangers() -> dict[str, str]:
    return {path(n): stranger(n) for n in range(ARTICLES)}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """The first night of an institute's eight articles."""
    with open_archive(tmp_path / "data", create=True) as opened:
        opened.store.put_site(SITE)
        night(opened, articles())
        yield opened


def night(archive: Archive, pages: Html, kind: RunKind = "nightly") -> DeriveReport:
    """A day later, all ``pages`` are asked for."""
    a_day_goes_by(archive.data)
    return keep(archive, SITE, pages, kind, reads=True)


def readings(archive: Archive) -> dict[str, tuple[str | None, str, str]]:
    """Title, text and status of every article, by id."""
    return {
        one.id: (one.reading.title, one.reading.text, one.status)
        for one in archive.store.articles(SITE.name)
    }


def relaunched(archive: Archive, day: str) -> None:
    profile = add_profile(archive.data, [f"http://{HOST}/"], name=SITE.name)
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("relaunched = []", f"relaunched = [{day}]"), encoding="utf-8")


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def test_one_notice_in_the_place_of_all_articles_changes_none_and_is_noted(
    archive: Archive,
) -> None:
    before = readings(archive)
    notice = dict.fromkeys(articles(), page("系统维护公告", *NOTICE))
    for _ in range(4):
        report = night(archive, notice)
        assert readings(archive) == before
        assert (report.set_aside, report.missing, report.alarms) == (ARTICLES, ARTICLES, ())
        [note] = report.notes
        assert note.startswith(f"{HOST}: {ARTICLES} addresses of articles give other texts since ")
        assert f"look at http://{HOST}{path(0)}" in note
    assert {one.last_seen for one in archive.store.articles(SITE.name)} == {
        one.first_seen for one in archive.store.articles(SITE.name)
    }
    report = night(archive, articles())
    assert readings(archive) == before
    assert (report.set_aside, report.missing, report.notes) == (0, 0, ())


def test_a_domain_that_is_somebody_elses_alarms_and_brings_nothing_in(archive: Archive) -> None:
    before = readings(archive)
    for number in range(3):
        # Every night other texts, and pages that the institute never had.
        theirs = {path(n): stranger(n + 100 * number) for n in range(ARTICLES)}
        new = {f"/games/{number}.html": stranger(90 + number), "/": stranger(80 + number)}
        report = night(archive, theirs | new)
        assert readings(archive) == before
        assert report.set_aside == ARTICLES
        assert len(report.alarms) == 1
    kinds = Counter(
        row.kind for row in archive.store.captures(SITE.name) if row.media_type == "text/html"
    )
    assert kinds == {PageKind.ARTICLE: ARTICLES, PageKind.STAND_IN: 3 * (ARTICLES + 2)}
    night(archive, articles())
    assert readings(archive) == before


def test_what_is_set_aside_is_so_again_when_the_articles_are_derived_anew(
    archive: Archive,
) -> None:
    night(archive, strangers())
    before = readings(archive)
    for _ in range(2):
        assert derive(archive, SITE.name, anew=True).set_aside == ARTICLES
        assert readings(archive) == before


def test_a_pass_that_is_killed_while_it_judges_again_has_believed_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(archive, strangers())
    before = readings(archive)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("archive.sitepass.believed.judged", killed)
        with pytest.raises(KeyboardInterrupt):
            derive(archive, SITE.name, anew=True)
    report = night(archive, {"/zhxw/t20120409_99.html": unlike(1)})
    assert report.set_aside == ARTICLES
    assert readings(archive) == before


def test_a_notice_that_stays_for_a_week_is_an_alarm(archive: Archive) -> None:
    before = readings(archive)
    notice = dict.fromkeys(articles(), page("系统维护公告", *NOTICE))
    told = [night(archive, notice) for _ in range(8)]
    assert [(len(one.notes), len(one.alarms)) for one in told] == 7 * [(1, 0)] + [(0, 1)]
    assert readings(archive) == before


def test_a_week_of_a_notice_is_told_though_nothing_came_in_the_last_night(
    archive: Archive,
) -> None:
    night(archive, dict.fromkeys(articles(), page("系统维护公告", *NOTICE)))
    history = history_of(archive.store.captures(SITE.name), ())
    here = Circumstances(SITE, (), NO_SELECTORS)
    names = [here.name(history)]
    for days in (6, 7):
        for one in history.aside.values():
            one.last = one.first.captured_at + timedelta(days=days)
        names.append(here.name(history))
    assert names[0] == names[1] != names[2]


@pytest.mark.parametrize("words", ["系统维护公告", "第{0}号通知"])
def test_one_notice_in_the_places_of_a_few_is_no_article_before_it_has_stood(
    archive: Archive, words: str
) -> None:
    before = readings(archive)
    notice = {path(n): page(words.format(n), *NOTICE) for n in range(3)}
    for _ in range(2):
        report = night(archive, articles() | notice)
        assert readings(archive) == before
        [note] = report.notes
        assert note.startswith("3 addresses of different articles give one and the same text ")
        assert "3 个不同文章的网址给出同一段文字" in in_chinese(note)
    night(archive, articles())
    assert readings(archive) == before
    assert derive(archive, SITE.name, anew=True).notes == ()
    assert readings(archive) == before


def test_one_notice_that_stays_in_the_places_of_a_few_is_an_article_in_the_end(
    archive: Archive,
) -> None:
    before = readings(archive)
    pages = articles() | {path(n): page("系统维护公告", *NOTICE) for n in range(3)}
    for _ in range(3):
        report = night(archive, pages)
    assert report.notes == ()
    now = readings(archive)
    assert len(now) == ARTICLES + 1
    gone = {id_ for id_, (_, _, status) in now.items() if status == "gone"}
    assert len(gone) == 3
    assert gone <= before.keys()
    night(archive, articles())
    assert len(readings(archive)) == ARTICLES + 1


def test_a_few_other_texts_are_believed_and_the_articles_gone_once_they_have_stood(
    archive: Archive,
) -> None:
    before = readings(archive)
    pages = articles() | {path(0): stranger(0), path(1): stranger(1)}
    for _ in range(2):
        assert night(archive, pages).set_aside == 0
        now = readings(archive)
        assert len(now) == ARTICLES + 2
        assert {status for _, _, status in now.values()} == {"live"}
    night(archive, pages)
    now = readings(archive)
    assert {id_ for id_, (_, _, status) in now.items() if status == "gone"} == {
        id_
        for id_, (title, _, _) in before.items()
        if title in (samples.title(0), samples.title(1))
    }


def test_a_new_template_around_the_same_texts_is_no_alarm(archive: Archive) -> None:
    before = readings(archive)
    redesigned = {
        path(n): page(samples.title(n), *samples.body(n), name="某某研究所").replace(
            '<div class="TRS_Editor">', "<article>"
        )
        for n in range(ARTICLES)
    }
    report = night(archive, redesigned)
    assert (report.set_aside, report.alarms) == (0, ())
    assert readings(archive) == before


def test_half_of_the_articles_are_set_aside_and_what_is_new_comes_in(archive: Archive) -> None:
    before = readings(archive)
    pages = articles() | {path(n): stranger(n) for n in range(5)}
    pages["/zhxw/t20120409_99.html"] = page("新消息", *(STRANGE.format(n) for n in (77, 78)))
    report = night(archive, pages)
    assert report.set_aside == 5
    now = readings(archive)
    assert {id_: now[id_] for id_ in before} == before
    assert [title for id_, (title, _, _) in now.items() if id_ not in before] == ["新消息"]
    # All but one are back: that one is a page given to another article, as any is.
    assert night(archive, articles() | {path(0): stranger(0)}).set_aside == 0
    assert "第0轮前瞻" in {title for title, _, _ in readings(archive).values()}


def test_pages_that_lost_their_texts_change_nothing(archive: Archive) -> None:
    before = readings(archive)
    bare = {path(n): page(samples.title(n), "本页内容正在加载，请稍候。") for n in range(ARTICLES)}
    assert night(archive, bare).set_aside == ARTICLES
    assert readings(archive) == before


def test_a_site_that_was_made_anew_is_believed_when_the_operator_says_so(archive: Archive) -> None:
    before = readings(archive)
    relaunch = today()
    night(archive, strangers())
    assert readings(archive) == before
    relaunched(archive, relaunch)
    report = derive(archive, SITE.name)
    now = readings(archive)
    assert (report.set_aside, report.alarms, len(now)) == (0, (), 2 * ARTICLES)
    assert {id_: now[id_] for id_ in before} == before
    for number in range(2):
        night(archive, strangers() | {"/": page("首页", f"今天是第{number}天")})
    # The archive's past was moved: the day on which it was made anew is so much earlier.
    statuses = Counter(status for _, _, status in readings(archive).values())
    assert statuses["gone"] == ARTICLES


def test_what_files_of_others_show_is_not_judged_as_a_night(archive: Archive) -> None:
    report = night(archive, strangers(), kind="backfill")
    assert report.set_aside == 0
    statuses = Counter(status for _, _, status in readings(archive).values())
    assert statuses == {"live": ARTICLES, "gone": ARTICLES}


def test_addresses_whose_texts_take_turns_are_read_as_ever(archive: Archive) -> None:
    pages = articles()
    more = {f"/more/{n}.html": page(samples.title(n + 20), *samples.body(n + 20)) for n in range(9)}
    night(archive, pages | more)
    for number in range(1, 4):
        # Five of seventeen: believed. When little else is asked for, they are what they ever were.
        turning = {path(n): unlike(10 * number + n) for n in range(5)}
        assert night(archive, pages | turning | more).set_aside == 0
    assert night(archive, {path(n): unlike(100 + n) for n in range(5)}).set_aside == 0
    assert "第100号消息" in {title for title, _, _ in readings(archive).values()}
    # Such addresses do not hide what comes to all the others.
    assert night(archive, {at: unlike(number) for number, at in enumerate(pages | more)}).set_aside


def test_texts_are_compared_by_night_however_few_a_night_asks_for(archive: Archive) -> None:
    """With most articles at rest, a night sees few of them."""
    before = readings(archive)
    few = {path(n): stranger(n) for n in range(5)}
    assert night(archive, few).set_aside == 5
    assert readings(archive) == before
    few[path(5)] = articles()[path(5)]
    assert night(archive, few).set_aside == 5


def test_the_line_is_told_in_chinese_too() -> None:
    english = (
        "www.a.ac.cn: 8 addresses of articles give other texts since 2026-11-27, which are kept "
        "and not believed; look at http://www.a.ac.cn/1.html; if the institute has made its site "
        "anew, write relaunched = [2026-11-27] into the site's profile"
    )
    assert in_chinese(english) == (
        "www.a.ac.cn：自 2026-11-27 起，有 8 个文章网址给出其他内容；这些内容已保存，但未予采信；"
        "请看 http://www.a.ac.cn/1.html；如果研究所确已重建网站，"
        "请在该网站的配置中写入 relaunched = [2026-11-27]"
    )


def test_a_judged_capture_is_kept_whole(archive: Archive) -> None:
    night(archive, strangers())
    rows = [row for row in archive.store.captures(SITE.name) if row.kind is PageKind.STAND_IN]
    assert len(rows) == ARTICLES
    kept = [read_at(archive.warc_dir, row.pointer).response for row in rows]
    assert kept == [response(html) for html in strangers().values()]


def test_a_clock_set_back_within_a_night_ends_no_later_site_pass(archive: Archive) -> None:
    before = readings(archive)
    a_day_goes_by(archive.data)
    notice = dict.fromkeys(articles(), page("系统维护公告", *NOTICE))
    report = keep(archive, SITE, notice, "nightly", lasting=-AN_HOUR, reads=True)
    assert report.set_aside == ARTICLES
    assert derive(archive, SITE.name, anew=True).set_aside == ARTICLES
    assert readings(archive) == before
