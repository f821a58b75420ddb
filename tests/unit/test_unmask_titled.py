"""A host named a mirror by mistake keeps its titles where too few pages could show a brand."""

from __future__ import annotations

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmask import unmask
from tests.unit.mirror_hosts import extractions, pages_read, surveyed

HOST = "www.qskyzx.com"


def test_the_only_title_of_a_host_is_no_brand() -> None:
    body = "会议听取了课题组的工作汇报，专家们认为完成了任务书规定的内容。" * 4
    page = (
        "<html><head><meta charset='utf-8'><title>研究取得进展-青石在线</title></head>"
        f"<body><h1>研究取得进展</h1><div><p>{body}</p></div></body></html>"
    )
    shown = [("/a/t20100101_1.html", page)]
    marks = surveyed(FrameSurvey(), HOST, shown).marks(HOST, (), ("named by the operator",))
    assert marks.brands == ()
    for read in extractions(pages_read(HOST, shown)):
        assert unmask(read, marks).title == read.title
