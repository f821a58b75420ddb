"""A passage is quoted with an address that leads to it; hits lead from one to the next."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from archive.store import Archive, open_archive
from archive.web import Settings
from tests.browser.conftest import MILLISECONDS
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article, extraction, witness
from tests.web.serving import Served, serving

LONG = "".join(f"第{n}句：全所职工~50% 都参加了&#𠀀🎉会议；" for n in range(60))
HTML = (
    "<p>党员大会，<b>党员</b>大会，<i>党</i>员大会。</p><p>第二 段</p>"
    f"<table><tr><td>甲</td><td>乙</td></tr></table><p>{LONG}</p>"
)
TEXT = f"党员大会，党员大会，党员大会。\n第二 段\n甲\t乙\n{LONG}"
SELECT = """([from, to]) => {
  const read = lined(document.querySelector("main article")).nodes.map(({ node }) => node);
  const spot = place => {
    for (const node of read) {
      // A reader selects whole characters.
      if (/[\\udc00-\\udfff]/.test(node.data[place] ?? "")) place += 1;
      if (place <= node.data.length) return [node, place];
      place -= node.data.length;
    }
  };
  const [start, end] = [spot(from), spot(to)];
  getSelection().setBaseAndExtent(...start, ...end);
  return String(getSelection().getRangeAt(0)).replace(/\\s+/g, "");
}"""
QUOTED = "[...(CSS.highlights.get('quoted') ?? [])].map(one => String(one).replace(/\\s+/g, ''))"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as made:
        made.store.put_site(INSTITUTE)
        one = article("one", extraction(TEXT, html=HTML))
        others = [article(f"o{n}", extraction(f"团课{n}。", title=f"团课{n}")) for n in range(3)]
        made.store.replace_articles(SITE, [one, *others])
        yield made


@pytest.fixture
def room(archive: Archive) -> Iterator[Served]:
    with serving(archive, Settings(rate=0)) as served:
        yield served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(MILLISECONDS)
    yield context.new_page()
    context.close()


def address_of(page: Page, start: int, end: int) -> tuple[str, str]:
    """What is selected, and the address that the page offers for it."""
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator(".passage")).to_be_hidden()
    words = page.evaluate(SELECT, [start, end])
    expect(page.locator(".passage")).to_be_visible()
    return words, page.locator(".passage a").evaluate("a => a.href")


def test_the_address_of_a_passage_leads_to_it_and_marks_it(room: Served, page: Page) -> None:
    chance = random.Random(87)
    page.goto(f"{room.base}/article/one")
    length = len(TEXT.replace("\n", "").replace("\t", ""))
    pairs = [sorted(chance.sample(range(length), 2)) for _ in range(12)]
    for start, end in [(5, 9), (10, 14), (1, 12), (12, 25), *pairs]:
        words, address = address_of(page, start, end)
        if not words:
            continue
        page.goto("about:blank")
        page.goto(address)
        assert page.evaluate(QUOTED) == [words], unquote(address)
        expect(page.locator(".quoted")).to_have_text(
            "The passage that this address quotes is marked."
        )


def test_a_passage_is_copied_with_its_source_and_address(room: Served, page: Page) -> None:
    page.goto(f"{room.base}/article/one?version=1")
    words, address = address_of(page, 1, 5)
    assert address == f"{room.base}/article/one?version=1#q={quote(words)}"
    page.get_by_role("button", name="Copy it with its source").click()
    expect(page.locator(".passage [role=status]")).to_have_text("copied")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == f"“{words}”"
    assert "[EB/OL]" in copied[1]
    assert copied[2] == address


@pytest.mark.parametrize(
    "hash", ["#q=%E4%BA%A4%E9%80%9A", "#q=%E0%A4%A", "#q9=%E5%85%9A", "#q=%E5%85%9A~x", "#q=%20"]
)
def test_a_passage_that_is_not_there_is_told_of(room: Served, page: Page, hash: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{room.base}/article/one{hash}")
    expect(page.locator(".quoted")).to_contain_text("does not stand in this text")
    assert page.evaluate(QUOTED) == []
    page.goto(f"{room.base}/article/one#versions")
    expect(page.locator(".quoted")).to_be_hidden()
    assert errors == []


def test_a_passage_that_was_edited_inside_leads_to_the_version_it_was_quoted_from(
    archive: Archive, room: Served, page: Page
) -> None:
    old, new, gone = (
        "".join(f"第{n}句：{'全所' if n != at else '部分'}职工参加。" for n in range(20))
        for at in (-1, 9, 2)
    )
    url = "http://www.a.cn/two"
    seen = [
        witness(extraction(text, html=f"<p>{text}</p>"), url, at=NOON + timedelta(days=days))
        for days, text in enumerate((old, new, gone))
    ][::-1]
    two = article("two", seen[0].clean, tuple(seen))
    archive.store.replace_articles(SITE, [two])
    page.goto(f"{room.base}/article/two?version=1")
    words, address = address_of(page, 40, 200)
    told = page.locator(".quoted")
    for version, expected in (
        (1, "The passage that this address quotes is marked."),
        (2, "What stands between the beginning and the end of this passage was changed"),
        (3, "The passage that this address quotes is marked."),
    ):
        page.goto("about:blank")
        page.goto(address.replace("version=1", f"version={version}"))
        expect(told).to_contain_text(expected)
    page.goto("about:blank")
    page.goto(address.replace("version=1", "version=2"))
    told.get_by_role("link", name="Version 3 reads as it was quoted").click()
    page.wait_for_url("**version=3#q=*")
    expect(told).to_have_text("The passage that this address quotes is marked.")
    assert page.evaluate(QUOTED) == [words]
    page.goto(f"{room.base}/article/two?version=3#q={quote('第2句：全所职工参加。')}")
    expect(told).to_contain_text("does not stand in this text")
    expect(told.get_by_role("link")).to_have_text("Version 2 reads as it was quoted")


def test_an_article_that_was_found_leads_to_the_next_one_and_back(room: Served, page: Page) -> None:
    page.goto(f"{room.base}/?q=团课&order=oldest")
    paths = page.locator(".hits a.title").evaluate_all("links => links.map(a => a.pathname)")
    page.locator(".hits a.title").first.click()
    ways = page.get_by_role("navigation", name="Articles found")
    expect(ways.get_by_role("link")).to_have_text(["all that was found", "next article found →"])
    ways.get_by_role("link", name="next").click()
    page.wait_for_url(f"**{paths[1]}")
    expect(page.locator(".sought b")).to_have_text("1")
    ways.get_by_role("link", name="next").click()
    page.wait_for_url(f"**{paths[2]}")
    expect(ways.get_by_role("link")).to_have_text(
        ["← previous article found", "all that was found"]
    )
    ways.get_by_role("link", name="all that").click()
    page.wait_for_url("**/?q=*order=oldest")
    page.goto(f"{room.base}{paths[0]}")
    expect(page.locator(".hit-ways")).to_be_hidden()
