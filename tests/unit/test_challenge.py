"""Firewalls' pages are told from an institute's own, by what they say and do, never by a word."""

from __future__ import annotations

import time

import pytest

from archive.cleaning import extract, read_page
from archive.cleaning.challenge import is_challenge, is_challenge_by_headers
from archive.model import PageKind
from tests.unit.backfill_samples import html

SETS_A_COOKIE = (
    "<html><script>var arg1='5C1D';function setCookie(n,v){document.cookie=n+'='+v}"
    "setCookie('proof',arg1);document.location.reload();</script></html>"
)
COMES_BACK = (
    "<script>document.cookie=('_')+('_')+'id=1;path=/';"
    "location.href=location.pathname+location.search</script>"
)
NO_SCRIPT = (
    "<html><head><script>eval('x')</script></head><body><noscript>请开启JavaScript并刷新该页."
    "</noscript></body></html>"
)
TURNED_AWAY = (
    "<html><title>网站防火墙</title><body><div><h1>网站防火墙</h1><p>您的请求带有不合法参数，"
    "已被网站管理员设置拦截！</p><p>如何解决：1）检查提交内容；2）如网站托管，请联系空间提供商。</p>"
    "</div></body></html>"
)
REJECTED = (
    "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. "
    "Please consult with your administrator.<br><br>Your support ID is: 1234</body></html>"
)
WAITING = (
    "<html><head><title>Just a moment...</title></head><body><h2>Checking your browser before "
    "accessing www.example.ac.cn.</h2><noscript>Enable JavaScript and cookies to continue"
    "</noscript></body></html>"
)
TOO_OFTEN = "<html><body><p>您的访问过于频繁，请稍后再试。</p></body></html>"
TURING = "<html><title>安全验证</title><body><p>请完成滑块验证后继续访问</p></body></html>"


@pytest.mark.parametrize(
    "page",
    [SETS_A_COOKIE, COMES_BACK, NO_SCRIPT, TURNED_AWAY, REJECTED, WAITING, TOO_OFTEN, TURING],
)
def test_a_firewalls_page_is_one_and_no_article(page: str) -> None:
    found = extract(page.encode(), "http://www.example.ac.cn/zhxw/t20120301_1.html")
    assert found.kind is PageKind.CHALLENGE
    assert found.text == ""


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<html><script>location.href='/index/'</script></html>", id="leads on"),
        pytest.param(
            "<script>document.cookie='seen=1'</script><frameset cols='1,2'><frame src='a.htm'>"
            "</frameset><script>if(top!=self)location.reload()</script>",
            id="frames",
        ),
        pytest.param(
            "<script>document.cookie='l=zh';function go(){location.reload()}</script>"
            "<a href='/zh/'><img src='welcome.jpg'></a>",
            id="a picture to enter by",
        ),
        pytest.param(
            "<title>登录</title><form><p>用户名<input name=u>密码<input type=password name=p>"
            "验证码<input name=c></p><p>请完成安全验证</p></form>",
            id="log in",
        ),
        pytest.param(
            "<div id=app></div><noscript>You need to enable JavaScript to run this app.</noscript>"
            "<script src='/app.js'></script>",
            id="an application",
        ),
        pytest.param(
            "<title>关于启用统一身份认证安全验证的通知</title><h1>关于启用统一身份认证安全验证的通知</h1>"
            "<p>2012-03-01 作者：信息中心</p><p>"
            + "自下周一起，登录所内各系统须通过滑块验证，访问过于频繁的地址将被限制。" * 14
            + "</p>",
            id="an article about it",
        ),
        pytest.param(
            "<title>安全检查</title><ul>"
            + "".join(f"<li><a href='/a{n}.html'>所领导带队开展安全检查</a></li>" for n in range(8))
            + "</ul>",
            id="a list of such articles",
        ),
        pytest.param(
            "<title>我所开展安全检查</title><h1>我所开展安全检查</h1><p>3月1日，所领导带队对实验室"
            "进行了安全检查，要求对发现的问题立即整改，并通过安全生产知识的学习提高认识。</p>",
            id="a short article without a menu",
        ),
        pytest.param(html(1), id="an article"),
    ],
)
def test_what_an_institute_says_itself_is_no_firewalls(page: bytes | str) -> None:
    data = page if isinstance(page, bytes) else page.encode()
    assert not is_challenge(read_page(data, "http://www.example.ac.cn/zhxw/t20120301_1.html"))


def test_a_page_of_scripts_alone_is_one_under_a_status_by_which_no_page_is_sent() -> None:
    page = read_page(b"<html><head><script>$_ts={}</script><script src='/x.js'></script></html>")
    assert [is_challenge(page, status) for status in (200, 202, 412, 521)] == [
        False,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "shape", ["<pre>甲{}乙</pre>", "<title>甲{}乙</title>", "<noscript>甲{}乙"]
)
def test_white_space_without_end_is_looked_through_quickly(shape: str) -> None:
    page = read_page(shape.format("\n" * 100_000).encode())
    began = time.process_time()
    assert not is_challenge(page)
    assert time.process_time() - began < 1


def test_firewalls_that_say_so_are_believed() -> None:
    assert is_challenge_by_headers([("Date", "x"), ("X-Amzn-Waf-Action", " Captcha ")])
    assert not is_challenge_by_headers([("cf-mitigated", "none"), ("challenge", "cf-mitigated")])
