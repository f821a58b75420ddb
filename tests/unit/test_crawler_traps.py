"""A walk ends, whatever a server invents, and no honest page is lost for it."""

from __future__ import annotations

import pytest

from crawler.traps import (
    CALENDAR_PAGES,
    MAX_PATTERNS,
    SAME_PAGES,
    Traps,
    is_dated,
    pattern_of,
    shape_refusal,
)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/a/b/a/b", "repeated-path"),
        ("/x/a/b/c/a/b/c/y", "repeated-path"),
        ("/a/a/a", "repeated-path"),
        ("/d" * 0 + "/".join(f"/s{n}" for n in range(22)), "deep-path"),
        ("/x?" + "&".join(f"f{n}=1" for n in range(20)), "many-parameters"),
        ("/a/a", None),
        ("/news/2010/news/t1.html", None),
        ("/a/b/c/d", None),
    ],
)
def test_mazes_show_in_their_addresses(path: str, reason: str | None) -> None:
    assert shape_refusal(f"http://a.cn{path}") == reason


@pytest.mark.parametrize(
    "path",
    ["/cal?month=2010-05", "/new/calendar?y=2010&m=5", "/events/2010/05/", "/rili/20100501.html"],
)
def test_a_calendar_is_known_by_its_address(path: str) -> None:
    assert is_dated(f"http://a.cn{path}")


@pytest.mark.parametrize(
    "path",
    ["/ReadNews.asp?NewsID=2010", "/list?page=12", "/tz/201012/t20101209_3.html", "/x?d=abc"],
)
def test_articles_and_lists_are_no_calendar(path: str) -> None:
    assert not is_dated(f"http://a.cn{path}")


def asked_of_calendar(traps: Traps, *, fruitful: bool) -> int:
    for month in range(500):
        url = f"http://a.cn/cal?month={1900 + month}"
        if traps.refusal(url, "page"):
            return month
        traps.asked(url)
        traps.learn(url, b"%x" % (month * 7_919), fruitful=fruitful)
    return 500


def test_a_barren_calendar_is_left_after_a_while() -> None:
    assert asked_of_calendar(Traps(), fruitful=False) <= CALENDAR_PAGES


def test_a_calendar_that_leads_to_news_is_walked_on() -> None:
    assert asked_of_calendar(Traps(), fruitful=True) == 500


def test_one_page_under_many_parameters_is_left() -> None:
    traps = Traps()
    for n in range(SAME_PAGES):
        url = f"http://a.cn/p?x={n}"
        assert traps.refusal(url, "list") is None
        traps.asked(url)
        traps.learn(url, f"the same page, seen {n * 31} times".encode(), fruitful=True)
    assert traps.refusal("http://a.cn/p?x=99", "list") == "same-page"
    assert traps.refusal("http://a.cn/p?y=1", "page") == "same-page"
    assert traps.refusal("http://a.cn/q?x=1", "list") is None


def test_a_few_missing_articles_do_not_close_the_others() -> None:
    traps = Traps()
    for n in range(60):
        url = f"http://a.cn/ReadNews.asp?NewsID={n}"
        assert traps.refusal(url, "article") is None
        traps.asked(url)
        body = "no such article" if n % 3 == 2 else f"article {'x' * n}"
        traps.learn(url, body.encode(), fruitful=n % 3 != 2)


def test_a_host_has_a_budget() -> None:
    traps = Traps(host_pages=3)
    for n in range(3):
        assert traps.refusal(f"http://a.cn/{n}") is None
        traps.asked(f"http://a.cn/{n}")
    assert traps.refusal("http://a.cn/4") == "host-budget"
    assert traps.refusal("http://b.cn/4") is None


def test_only_plain_pages_can_be_too_deep() -> None:
    traps = Traps()
    assert traps.refusal("http://a.cn/x", "page", 40) == "too-deep"
    assert traps.refusal("http://a.cn/x", "list", 40) is None


def test_memory_is_bounded() -> None:
    traps = Traps()
    for n in range(MAX_PATTERNS + 500):
        word = "".join(chr(97 + int(digit)) for digit in str(n))
        traps.asked(f"http://a.cn/{word}")
    assert len(traps._patterns) == MAX_PATTERNS


def test_addresses_that_differ_in_numbers_share_a_pattern() -> None:
    assert pattern_of("http://a.cn/c/12?b=1&a=x") == pattern_of("http://a.cn/c/9?a=y&b=")
    assert pattern_of("http://a.cn/c/12") != pattern_of("http://b.cn/c/12")


def _with_new_ids(n: int, text: str, own: str = "") -> str:
    """A page whose links have an id that is new for each answer, and perhaps its own."""
    ids = [f"{seed:x}" * 4 + "k7" for seed in (n * 7919 + 4096, n * 104729 + 65536)]
    links = "".join(f'<a href="/n/{at}.html?zx={new}">' for at, new in enumerate(ids))
    return f'{text}{links}<a href="get.asp?zx={own}">' if own else text + links


def _own(n: int) -> str:
    return f"{n + 4096:x}" * 4 + "q"


@pytest.mark.parametrize("kind", ["home", "list", "article"])
def test_one_page_whose_server_makes_new_ids_for_each_answer_is_left(kind: str) -> None:
    traps = Traps()
    for n in range(SAME_PAGES):
        url = f"http://a.cn/?zx={_own(n)}"
        assert traps.refusal(url, kind) is None
        traps.asked(url)
        traps.learn(url, _with_new_ids(n, "the home page").encode(), fruitful=False)
    assert traps.refusal(f"http://a.cn/?zx={_own(99)}", kind) == "same-page"
    assert traps.refusal(f"http://a.cn/?zx={_own(99)}", "start") is None


@pytest.mark.parametrize(
    ("text", "names_itself"), [("text of page {}", False), ("download here", True)]
)
def test_pages_under_ids_are_walked_where_their_texts_or_their_own_ids_tell_them_apart(
    text: str, names_itself: bool
) -> None:
    traps = Traps()
    for n in range(3 * SAME_PAGES):
        url = f"http://a.cn/show.asp?zx={_own(n)}"
        assert traps.refusal(url, "page") is None
        traps.asked(url)
        said = text.format(chr(0x4E00 + n))
        body = _with_new_ids(n, said, _own(n) if names_itself else "")
        traps.learn(url, body.encode(), fruitful=False)
