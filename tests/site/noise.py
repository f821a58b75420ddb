"""What stands around the articles: banners, navigation, link lists, footers of each time."""

from __future__ import annotations

from tests.site import institute
from tests.site.institute import Generation
from tests.site.resources import relative
from tests.site.snapshot import branches_of

PRIVATE_AREA = "/neibu/"
CALENDAR = "/new/calendar"
ASP_HOME = "/old/index.asp"
NEW_HOME = "/new/"
COPYRIGHT = (
    f"版权所有 &copy; {institute.FULL_NAME}　{institute.ICP}　地址：{institute.ADDRESS}　"
    f"邮编：{institute.POSTCODE}"
)


def trs_banner(path: str) -> str:
    """Logo, search, and the navigation of the root site."""
    links = "".join(
        f'<li><a href="{relative(path, f"/{branch.folder}/")}">{branch.name}</a></li>\n'
        for branch in branches_of(Generation.TRS)
    )
    return f"""<div class="top"><img src="{relative(path, "/images/logo.png")}" alt="{institute.FULL_NAME}" />
<div class="toplink"><a href="#" onclick="this.style.behavior='url(#default#homepage)'">设为首页</a> |
<a href="javascript:window.external.AddFavorite('http://{institute.WWW}/','{institute.SHORT_NAME}')">加入收藏</a> |
<a href="mailto:webmaster@{institute.DOMAIN}">联系我们</a></div>
<form action="{relative(path, "/search/")}" method="get"><input name="q" type="text" value="" /><input type="submit" value="搜索" /></form></div>
<div class="nav"><ul>
<li><a href="{relative(path, "/")}">首页</a></li>
<li><a href="{relative(path, "/gkjj/")}">机构概况</a></li>
{links}<li><a href="{relative(path, ASP_HOME)}">旧版网站</a></li>
<li><a href="{relative(path, NEW_HOME)}">新版网站</a></li>
<li><a href="{relative(path, PRIVATE_AREA + "oa.html")}">内部办公</a></li>
</ul></div>"""


def trs_side(path: str) -> str:
    """The column of branches beside the text."""
    rows = "".join(
        f'<li><a href="{relative(path, f"/{branch.folder}/")}">{branch.name}</a></li>\n'
        for branch in branches_of(Generation.TRS)
    )
    return f'<ul class="lm">\n{rows}</ul>'


def trs_footer(path: str, stranger: str) -> str:
    """Friendly links off the site, and who owns the copyright."""
    return f"""<div class="links">友情链接：<a href="http://www.example.org/" target="_blank">国际光学学会</a>
<a href="http://{stranger}/" target="_blank">兄弟单位</a> <a href="http://10.20.30.40/mail/">内网邮箱</a>
<a href="ftp://ftp.example.org/pub/">文件服务</a></div>
<div class="footer">{COPYRIGHT}<br />
{institute.ENGLISH_NAME}　http://{institute.WWW}　E-mail：webmaster@{institute.DOMAIN}<br />
<a href="{relative(path, "/wzdt/")}">网站地图</a></div>"""


def asp_head() -> str:
    """Banner and menu of the old site, in tables and capitals."""
    cells = "".join(
        f'<TD WIDTH=100 ALIGN=center><A HREF="NewsList.asp?ClassID={branch.folder}">'
        f"{branch.name}</A></TD>"
        for branch in branches_of(Generation.ASP)
    )
    return f"""<TABLE WIDTH=778 BORDER=0 CELLPADDING=0 CELLSPACING=0 ALIGN=center>
<TR><TD><IMG SRC="images/top.png" WIDTH=778 HEIGHT=120></TD></TR>
<TR><TD BGCOLOR=#003399><TABLE WIDTH=100%><TR><TD><A HREF="index.asp">首页</A></TD>{cells}
<TD><A HREF="../neibu/finance.html">财务查询</A></TD><TD><A HREF="../">新版首页</A></TD></TR></TABLE></TD></TR>
</TABLE>"""


def asp_foot(stranger: str) -> str:
    """The foot of the old site."""
    return f"""<TABLE WIDTH=778 BORDER=0 ALIGN=center><TR><TD ALIGN=center>
<A HREF="http://www.example.org/optics/">光学网</A> | <A HREF="http://{stranger}/bbs/index.asp">论坛</A> | <A HREF="javascript:window.external.addFavorite('http://{institute.WWW}','{institute.SHORT_NAME}')">收藏本站</A><BR>
Copyright &copy; 2003-2008 {institute.FULL_NAME} All Rights Reserved<BR>
{institute.ICP} 建议使用IE6.0以上浏览器，1024×768分辨率
</TD></TR></TABLE>"""


def modern_head() -> str:
    """Header and navigation of the responsive site."""
    items = "".join(
        f'<li class="nav-item"><a href="/new/{branch.folder}/">{branch.name}</a></li>\n'
        for branch in branches_of(Generation.MODERN)
    )
    return f"""<header class="header"><div class="container">
<a class="logo" href="/new/"><img src="/images/logo.png" alt="{institute.FULL_NAME}"></a>
<nav class="navbar"><ul class="nav">
<li class="nav-item"><a href="/new/">首页</a></li>
{items}<li class="nav-item"><a href="{CALENDAR}?month=2023-06">活动日历</a></li>
<li class="nav-item"><a href="/">院所旧站</a></li>
</ul></nav><a class="lang" href="/new/en/" hreflang="en">English</a></div></header>"""


def modern_foot(stranger: str) -> str:
    """Footer of the responsive site."""
    return f"""<footer class="footer"><div class="container">
<p>友情链接：<a href="https://example.org/">国际材料联合会</a> <a href="//{stranger}/portal">协同平台</a></p>
<p>{COPYRIGHT}</p><p>滇公网安备 53010002009917号　技术支持：{institute.SHORT_NAME}信息中心</p>
</div></footer>"""
