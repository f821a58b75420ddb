"""Witnesses of articles that are alike, on two hosts."""

from __future__ import annotations

from datetime import UTC, date, datetime

from archive.model import Extraction, PageKind, Role, WarcPointer, Witness
from tests.unit.unmask_tampering import DECODING

OFFICIAL, MIRROR = "www.qskyzx.com", "www.hx7788.com"
LIST = (
    "经各党支部推荐、所党委审议并公示，决定授予下列同志优秀共产党员称号。希望受到表彰的同志珍惜荣誉、再接再厉，在"
    "各自的岗位上取得更大的成绩。名单如下：\n赵建国、钱文华、孙志明、李秀兰、周海燕、吴春梅、郑永强、王德胜、冯伟、"
    "陈芳、褚敏、卫丽、蒋军、沈洋、韩勇、杨艳"
)
OUTAGE = (
    "各部门：因线路检修，定于本周六{}午停电，请提前做好准备，关闭仪器设备的电源，保存好数据，停电期间注意防火防盗，"
    "恢复供电的时间以后勤处通知为准，给大家带来的不便敬请谅解，如有疑问请与后勤处联系。"
)
LECTURE = (
    "讲座介绍了光栅刻划技术的历史与现状，重点讲解了它的基本原理与应用，并就学员关心的问题进行了交流。讲座由人事处"
    "主办，各研究室的青年科技人员和研究生参加了学习，大家反映内容丰富、深入浅出、收获很大，希望今后继续举办。"
)

VISIT = (
    "会后全体学员参观了国家重点实验室和展览馆，听取了青年讲解员对仪器设备研制历程的介绍，观看了大型刻划机的运转，"
    "并同一线工程师座谈。不少学员写下了自己的体会，表示要把学到的本领用到日常工作中去，早日成为本专业的行家里手。"
    "培训班还编印了讲义，整理了历年试题，供没有到场的同事自学之用，来函即寄。"
)


def witness(
    host: str, title: str, text: str, day: date | None = None, path: str = "/html/9f3a77.html"
) -> Witness:
    role: Role = "original" if host == OFFICIAL else "mirror"
    path = "/xw/t20100701_12.html" if role == "original" else path
    read = Extraction(
        PageKind.ARTICLE, f"http://{host}{path}", DECODING, title=title, text=text, published=day
    )
    pointer = WarcPointer("a.warc.gz", 0, 1, "sha256:0", f"r{host}")
    return Witness(read.url or "", role, datetime(2026, 5, 1, tzinfo=UTC), pointer, read, read)
