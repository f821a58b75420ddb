"""Every page: nothing for axe-core to complain of, light, and readable on a small screen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Opener
from tests.unit.store_sample import SITE
from tests.web.holdings import EDITED, HOSTILE, KEPT, MIRROR_ONLY, MIRRORED

MAX_WEIGHT = 150_000
"""Bytes of a page with all it needs, pictures aside."""
NARROW = {"width": 360, "height": 740}

NOWHERE = ("/find?url=http://elsewhere.example/", "/nothing")
PAGES = (
    "/",
    "/?q=党员&year=2010&from=2010",
    "/?q=没有这样的词",
    "/?q=党员&from=2010-13&to=x",
    f"/article/{KEPT}",
    f"/article/{HOSTILE}",
    f"/article/{MIRRORED}/witnesses",
    f"/article/{MIRROR_ONLY}/witnesses",
    f"/article/{KEPT}/witness/0",
    f"/article/{KEPT}/witness/0/replay",
    f"/article/{MIRRORED}?marks=1",
    f"/article/{EDITED}/diff",
    f"/article/{EDITED}?version=1",
    "/article/d3/similar",
    f"/selection?id={KEPT}&id={MIRROR_ONLY}&id=none",
    "/sites",
    f"/coverage?site={SITE}",
    "/mirrors",
    "/new?since=2010-01-01",
    "/held?day=2010-12-10",
    "/quotation",
    "/quotation?text=离退休党总支召开党员大会",
    "/runs",
    "/runs/1",
    "/alarms",
    "/alarms/notes",
    "/storage",
    "/api",
    "/captures?url=http://www.a.cn/a1",
    "/calendar?url=http://www.a.cn/a1",
    "/calendar?url=http://www.a.cn/a1&day=2010-12-09",
    f"/article/{KEPT}/calendar",
    "/calendar/host?host=www.a.cn",
    "/calendar/host?host=www.a.cn&day=2010-12-09",
    *NOWHERE,
)


def status(path: str) -> int:
    return 404 if path in NOWHERE else 200


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation(opened: Opener, path: str) -> None:
    for options in ({"color_scheme": "light"}, {"color_scheme": "dark", "locale": "zh-CN"}):
        watched = opened(**options)
        assert watched.open(path) == status(path)
        found = Axe().run(watched.page)
        assert found.violations_count == 0, found.generate_report()


def test_axe_finds_no_violation_in_a_capture(opened: Opener) -> None:
    watched = opened(viewport=NARROW)
    watched.open("/captures?url=http://www.a.cn/a1")
    watched.page.locator("tbody td:first-child a").click()
    watched.page.get_by_role("button", name="Verify now").click()
    found = Axe().run(watched.page)
    assert found.violations_count == 0, found.generate_report()
    wide = watched.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW["width"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_and_fits_a_small_screen(opened: Opener, path: str) -> None:
    watched = opened(viewport=NARROW)
    assert watched.open(path) == status(path)
    bodies = [r.response() for r in watched.requests if r.resource_type != "image"]
    assert sum(len(b.body()) for b in bodies if b is not None) < MAX_WEIGHT
    wide = watched.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW["width"]
    assert watched.strangers() == []


FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  // A field of a day shows by itself which of its parts has the focus.
  return [one.textContent.trim() || one.id, drawn || one.type === "date", inside];
}"""
LEVELS = "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])"
MOST_STOPS = 40


@pytest.mark.parametrize(
    "path",
    [
        "/?q=党员",
        f"/article/{KEPT}",
        f"/article/{MIRRORED}/witnesses",
        f"/article/{EDITED}/diff",
        "/quotation?text=离退休党总支召开党员大会",
        "/held?day=2010-12-10",
        "/calendar/host?host=www.a.cn&day=2010-12-09",
        "/mirrors",
    ],
)
@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, {"width": 320, "height": 256}])
def test_the_focus_is_seen_wherever_a_key_takes_it_and_headings_leave_no_level_out(
    opened: Opener, path: str, size: dict[str, int]
) -> None:
    watched = opened(viewport=size)
    assert watched.open(path) == 200
    stops = []
    for _ in range(MOST_STOPS):
        watched.page.keyboard.press("Tab")
        stops.append(watched.page.evaluate(FOCUSED))
    found = [one for one in stops if one is not None]
    assert found[0][0] == "Skip to the content"
    assert [one for one in found if not (one[1] and one[2])] == []
    levels = watched.page.evaluate(LEVELS)
    assert levels.count(1) == 1
    assert [pair for pair in pairwise([0, *levels]) if pair[1] > pair[0] + 1] == []


OUTSIDE = """() => [...document.querySelectorAll("table.bars tr")].filter(row =>
  row.getBoundingClientRect().right > row.closest("section").getBoundingClientRect().right + 1
).map(row => row.textContent)"""


@pytest.mark.parametrize("label", ["给出其他内容而未予采信的文章网址" * 2, "a" * 60 + ".example"])
def test_bars_with_long_labels_stay_within_their_column(opened: Opener, label: str) -> None:
    watched = opened(locale="zh-CN", viewport={"width": 1280, "height": 900})
    watched.open("/sites")
    assert watched.page.locator("table.bars svg").count() > 1
    for heading in watched.page.locator("table.bars th").all():
        heading.evaluate("(th, label) => { th.textContent = label; }", label)
    assert watched.page.evaluate(OUTSIDE) == []


def test_a_day_in_the_list_of_mirrors_stands_on_one_line(opened: Opener) -> None:
    watched = opened(locale="zh-CN", viewport={"width": 700, "height": 900})
    watched.open("/mirrors")
    lines = [
        cell.evaluate(
            "td => { const range = document.createRange(); range.selectNodeContents(td);"
            " return new Set([...range.getClientRects()].map(one => one.top)).size; }"
        )
        for cell in watched.page.locator("tbody td:has-text('年')").all()
    ]
    assert lines == [1, 1]
