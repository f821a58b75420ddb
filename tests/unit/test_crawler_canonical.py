"""One address, one spelling, and nothing cut that a server could need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.canonical import canonical_url, host_of, resolve


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("HTTP://WWW.Example.AC.cn/A.html", "http://www.example.ac.cn/A.html"),
        ("http://a.cn", "http://a.cn/"),
        ("http://a.cn:80/x", "http://a.cn/x"),
        ("https://a.cn:443/x", "https://a.cn/x"),
        ("http://a.cn:443/x", "http://a.cn:443/x"),
        ("http://a.cn./x", "http://a.cn/x"),
        ("http://a.cn/x#top", "http://a.cn/x"),
        ("http://a.cn/x?", "http://a.cn/x"),
        ("http://a.cn/a/./b/../c.html", "http://a.cn/a/c.html"),
        ("http://a.cn/../../x", "http://a.cn/x"),
        ("http://a.cn/%7euser/%e4%b8%ad", "http://a.cn/~user/%E4%B8%AD"),
        ("http://a.cn/中文.html", "http://a.cn/%E4%B8%AD%E6%96%87.html"),
        ("http://中科院.cn/", "http://xn--fiqv77h35r.cn/"),
        ("http://a.cn/x;jsessionid=1F2E", "http://a.cn/x"),
        ("http://a.cn/x;jsessionid=1F2E?NewsID=3", "http://a.cn/x?NewsID=3"),
        ("http://a.cn/(S(abcdefgh12345678))/x.aspx", "http://a.cn/x.aspx"),
        ("http://a.cn/x?PHPSESSID=3&id=4", "http://a.cn/x?id=4"),
        ("http://a.cn/x?id=4&sid=a1b2c3d4e5f6a7b8c9d0e1f2", "http://a.cn/x?id=4"),
        ("http://a.cn/x?utm_source=q", "http://a.cn/x"),
        ("http://a.cn//.", "http://a.cn//"),
        ("http://a.cn//b/../c", "http://a.cn//c"),
    ],
)
def test_each_page_has_one_address(written: str, known: str) -> None:
    assert canonical_url(written) == known


@pytest.mark.parametrize(
    "url",
    [
        "http://a.cn/ReadNews.asp?NewsID=12&BigClass=%D6%D0",
        "http://a.cn/list.asp?sid=5&page=2",
        "http://a.cn/x?b=2&a=1&b=",
        "http://a.cn/a//b.html",
        "http://a.cn/x?token=5",
    ],
)
def test_what_a_server_could_tell_apart_stays_apart(url: str) -> None:
    assert canonical_url(url) == url


@given(st.text(alphabet="abcAZ019-._~/%中?&=;#: +()'[]|", max_size=60).map("http://a.cn/".__add__))
def test_a_canonical_address_is_its_own_canonical_address(url: str) -> None:
    try:
        once = canonical_url(url)
    except ValueError:
        return
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("t20101209_1.html", "http://a.cn/xw/t20101209_1.html"),
        ("./t1.html", "http://a.cn/xw/t1.html"),
        ("../", "http://a.cn/"),
        ("/x", "http://a.cn/x"),
        ("?page=2", "http://a.cn/xw/index.html?page=2"),
        (" \n/x\t", "http://a.cn/x"),
        ("//b.cn/x", "http://b.cn/x"),
    ],
)
def test_references_are_resolved_as_browsers_do(reference: str, target: str) -> None:
    assert resolve("http://a.cn/xw/index.html?page=1", reference) == target


def test_a_query_is_escaped_in_the_pages_own_encoding() -> None:
    assert resolve("http://a.cn/", "s.asp?k=中", "gb18030") == "http://a.cn/s.asp?k=%D6%D0"


@pytest.mark.parametrize("reference", ["javascript:go()", "mailto:a@b.cn", "file:///x"])
def test_what_is_no_address_raises(reference: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        resolve("http://a.cn/", reference)


def test_a_host_is_written_without_its_default_port() -> None:
    assert host_of("http://A.cn:80/") == "a.cn"
    assert host_of("http://A.cn:8080/") == "a.cn:8080"
    assert host_of("http://[::1]:8080/") == "[::1]:8080"
