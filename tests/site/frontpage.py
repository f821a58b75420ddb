"""The home page and what belongs to the host as a whole: redirects, robots, a page that is gone
but answers 200, the private area, scripts and styles."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tests.site import frames, institute
from tests.site.files import png
from tests.site.institute import BRANCHES, Generation
from tests.site.resources import Resource, cut, redirect, relative
from tests.site.snapshot import Snapshot, branches_of
from tests.site.trs import page

BLOCK_ROWS = 5
BLOCK_CUT = 18
MOVED = 4
SOFT_404 = "/xwzx/zt/2008zt.html"
ROBOTS = f"User-agent: *\nDisallow: {frames.PRIVATE_AREA}\nDisallow: /search/\n"
SCRIPT = "application/javascript"
STYLE = b"body{margin:0;font-size:14px;background:#fff url(bg.png) repeat-x}\n"
NOT_FOUND = Resource(
    text="<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>"
    "<p>您访问的页面不存在。</p></body></html>",
    status=404,
)
GONE = Resource(
    text="<html><head><title>410 Gone</title></head><body><h1>该文章已撤下</h1></body></html>",
    status=410,
)
PAGING_SCRIPT = """function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){
 if(_nPageCount<=1){return;}
 for(var i=0;i<_nPageCount;i++){
  var name=_sPageName+(i==0?"":"_"+i)+"."+_sPageExt;
  document.write(i==_nCurrIndex?"<b>"+(i+1)+"</b>":"<a href='"+name+"'>"+(i+1)+"</a>");
 }
}
"""


def _blocks(snapshot: Snapshot) -> str:
    boxes = []
    for branch in branches_of(Generation.TRS):
        rows = "".join(
            f'<li><a href="{relative("/", draft.path)}" title="{escape(draft.title)}">'
            f"{escape(cut(draft.title, BLOCK_CUT))}</a>"
            f'<span class="riqi">[{draft.published:%m-%d}]</span></li>\n'
            for draft in snapshot.of(branch)[:BLOCK_ROWS]
        )
        boxes.append(
            f'<div class="box"><div class="box_tit">{branch.name}'
            f'<a href="./{branch.folder}/">更多&gt;&gt;</a></div><ul>\n{rows}</ul></div>\n'
        )
    return "".join(boxes)


def _moved(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """Old address, new address and title of the articles that moved from the first server."""
    shown = snapshot.of_generation(Generation.TRS)[::11][:MOVED]
    return [
        (f"/xwzx/shownews.asp?id={draft.number % 1000}", draft.path, draft.title) for draft in shown
    ]


def _home(snapshot: Snapshot) -> Resource:
    moved = "".join(
        f'<li><a href=".{old}">{escape(cut(title, BLOCK_CUT))}</a></li>\n'
        for old, _, title in _moved(snapshot)
    )
    other = "".join(
        f'<li><a href="{_branch_link(branch.generation, branch.folder)}">{branch.name}</a></li>\n'
        for branch in BRANCHES
        if branch.generation is not Generation.TRS
    )
    main = (
        f'{_blocks(snapshot)}<div class="box"><div class="box_tit">热点回顾</div><ul>\n{moved}'
        f'<li><a href=".{SOFT_404}">2008年专题报道</a></li></ul></div>\n'
        f'<div class="box"><div class="box_tit">快速通道</div><ul>\n{other}'
        f'<li><a href="./neibu/index.html">内部文件</a></li></ul></div>'
    )
    return Resource(text=page("/", "首页", '<a href="./">首页</a>', main, snapshot))


def _branch_link(generation: Generation, folder: str) -> str:
    if generation is Generation.ASP:
        return f"./old/NewsList.asp?ClassID={folder}"
    return f"/new/{folder}/"


def _about(snapshot: Snapshot) -> Resource:
    main = (
        '<h2 class="lm_name">机构概况</h2><div class="TRS_Editor"><p>'
        f"{institute.FULL_NAME}（简称{institute.SHORT_NAME}）位于{institute.CITY}，设有研究室、"
        "公共技术平台和职能部门若干，欢迎社会各界人士前来参观。</p></div>"
    )
    crumbs = '<a href="../">首页</a>&nbsp;&gt;&nbsp;机构概况'
    return Resource(text=page("/gkjj/", "机构概况", crumbs, main, snapshot))


def _map(snapshot: Snapshot) -> Resource:
    rows = "".join(
        f'<li><a href="{relative("/wzdt/", f"/{branch.folder}/")}">{branch.name}</a></li>\n'
        for branch in branches_of(Generation.TRS)
    )
    crumbs = '<a href="../">首页</a>&nbsp;&gt;&nbsp;网站地图'
    main = f'<h2 class="lm_name">网站地图</h2><ul>\n{rows}</ul>'
    return Resource(text=page("/wzdt/", "网站地图", crumbs, main, snapshot))


def _soft_404(snapshot: Snapshot) -> Resource:
    main = (
        '<div class="tishi">对不起，您访问的页面不存在或者已经被删除！<br />3秒后自动返回首页</div>'
    )
    return Resource(text=page(SOFT_404, "系统提示", "系统提示", main, snapshot))


def assets() -> Iterator[tuple[str, Resource]]:
    """Scripts, styles and banner images that any copy of the site has too."""
    logo = Resource(body=png(120, 40, (0, 51, 153)), content_type="image/png", etag=True)
    for path in ("/images/logo.png", "/old/images/top.png"):
        yield path, logo
    yield (
        "/old/images/bar.gif",
        Resource(body=png(4, 24, (210, 220, 240)), content_type="image/png"),
    )
    style = Resource(body=STYLE, content_type="text/css")
    for path in ("/images/style.css", "/old/css/style.css", "/new/css/main.css"):
        yield path, style
        yield f"{path.rpartition('/')[0]}/bg.png", logo
    date = Resource(body=b"document.write(new Date().getFullYear());", content_type=SCRIPT)
    for path in ("/old/js/date.js", "/new/js/jquery.min.js"):
        yield path, date
    script = Resource(body=PAGING_SCRIPT.encode(), content_type=SCRIPT)
    yield "/images/createpage.js", script


def pages(snapshot: Snapshot) -> Iterator[tuple[str, Resource]]:
    """The pages of the host as a whole that a copy of the site has too."""
    home = _home(snapshot)
    yield "/", home
    yield "/index.html", home
    yield "/gkjj/", _about(snapshot)
    yield "/wzdt/", _map(snapshot)


def official_only(snapshot: Snapshot) -> Iterator[tuple[str, Resource]]:
    """What only the official server has."""
    yield "/robots.txt", Resource(body=ROBOTS.encode(), content_type="text/plain")
    yield SOFT_404, _soft_404(snapshot)
    yield "/xwzx/", redirect("/xwzx/zhxw/", 302)
    yield "/index.htm", redirect("/")
    yield "/old/", redirect("index.asp", 302)
    for old, new, _ in _moved(snapshot):
        yield old, redirect(new)
    for name in ("oa.html", "index.html", "finance.html"):
        secret = f'<html><body><p>内部资料，请登录。</p><a href="{name}?page=2">2</a></body></html>'
        yield f"{frames.PRIVATE_AREA}{name}", Resource(text=secret)
