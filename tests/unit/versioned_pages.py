"""Pages that say one thing today and another one later."""

from __future__ import annotations

FIRST = (
    "离退休中心党总支于九月二十七日召开全体党员大会，传达学习有关文件精神。",
    "大会由总支书记主持，四十三名党员参加，会上听取了上半年工作总结。",
    "与会党员围绕创先争优活动展开讨论，提出意见和建议十余条。",
)
EDITED = (*FIRST[:2], "会后，党员们参观了新落成的光学展厅，并同青年科技人员座谈。")
OTHER = (
    "本所图书馆自下周起延长开放时间，周末两天照常接待读者。",
    "新到外文期刊三百余种，已在二楼阅览室上架，欢迎职工前往查阅。",
    "借阅规则请见馆内张贴的说明，如有疑问可向值班人员咨询。",
)


def page(title: str, lines: tuple[str, ...], hits: int = 1) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html><head><title>{title}--光学所</title></head><body><h1>{title}</h1>"
        f"<div>发布时间：2010-12-09 点击数：{hits}</div>"
        f'<div class="TRS_Editor">{body}</div></body></html>'
    )
