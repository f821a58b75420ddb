"""Pages whose articles have ids that somebody cites."""

from __future__ import annotations

from archive.model import Site
from archive.store import Archive
from tests.tampering.archived import Pages

OWN, ONE, OTHER = "www.a.ac.cn", "m.b.com", "n.c.com"
SITE = Site("s", (OWN,), (ONE, OTHER))
THEMES = ("全体党员大会", "老干部重阳联欢", "科研骨干座谈", "安全生产检查", "青年志愿服务")


def page(path: str, number: int, text: str = "") -> tuple[str, str]:
    theme = THEMES[number % len(THEMES)]
    lines = (
        f"离退休中心于九月二十七日召开{theme}会议，第{number}组人员参加，传达学习有关文件的精神。",
        f"会议由书记主持，{theme}的负责人介绍了上半年工作，到会的{number}十人听取了总结。",
        text or f"会议要求各单位结合{theme}的实际，认真落实部署，年底前报送书面材料。",
    )
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        path,
        f"<html><head><title>{theme}纪要{number}</title></head><body><h1>{theme}纪要{number}</h1>"
        f'<div>发布时间：2010-12-0{number}</div><div class="TRS_Editor">{body}</div></body></html>',
    )


def others(folder: str) -> Pages:
    return [page(f"{folder}/t2010120{number}_1.html", number) for number in (2, 3, 4)]


def ids(archive: Archive) -> dict[str, str]:
    """The id of the article with each title."""
    return {one.reading.title or "": one.id for one in archive.store.articles(SITE.name)}


CITED = "老干部重阳联欢纪要1"
