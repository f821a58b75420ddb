"""Pages of a site and its mirror, for nights in which little comes."""

from __future__ import annotations

from archive.model import Site

OWN, MIRROR = "www.a.ac.cn", "m.b.com"
SITE = Site("s", (OWN,), (MIRROR,))


def page(number: int, more: str = "") -> tuple[str, str]:
    lines = (
        f"离退休中心第{number}党总支于九月二十七日召开全体党员大会，传达学习有关文件精神。",
        f"大会由总支书记主持，{number}名党员参加，会上听取了上半年工作总结。{more}",
    )
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"/xw/t2010120{number}_1.html",
        f"<html><head><title>第{number}次大会--光学所</title></head><body><h1>第{number}次大会</h1>"
        f'<div>发布时间：2010-12-0{number}</div><div class="TRS_Editor">{body}</div></body></html>',
    )
