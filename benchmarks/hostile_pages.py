"""Pages of 2 MB that are made to cost time: what ``cleaning-speed`` measures beside real ones."""

from __future__ import annotations

from collections.abc import Iterator

HOSTILE_BYTES = 2_000_000


def hostile_pages() -> Iterator[tuple[str, bytes]]:
    """Depth, breadth, attributes, entities, markup that never ends, and lines that nearly match
    what cleaning looks for; with its name
    each, made when asked for."""
    repeated = {
        "nested": "<div>",
        "nested tables": "<table><tr><td>词",
        "nested lists": "<ul><li>词",
        "cells": "<tr><td>甲<td>乙",
        "tables": "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>",
        "lines": "甲，<br>",
        "breaks": "<br>",
        "spans": "<b>甲</b><i>，</i>",
        "links": "<a href=x>词",
        "unclosed tags": "<p",
        "unclosed attributes": '<a href="',
        "end tags": "</p>",
        "comments": "<!--",
        "sections": "<![CDATA[",
        "instructions": "<?xml ",
        "declarations": "<!DOCTYPE html ",
        "entities": "&#x4e2d;",
        "one text": "词",
        "stops": "甲，",
        "spaces": " ",
        "labels": "<p>作者：张三 来源：本站 发布时间：2010-12-09",
        "nearly labels": "责 任 编 辑 ",
        "nearly dates": "2010年 12月 ",
        "nearly names": "记者 张三、",
        "nearly readings": "學(xué",
        "related": "<p>相关新闻：",
        "footers": "<p>凡本网注明来源的作品版权",
        "options": "<option>词",
    }
    numbered = {
        "addresses": '<li><a href="/a/{0}.html">新闻标题第{0}条</a> 2010-12-09',
        "attachments": '<p>附件：<a href="/a/{0}%20b.pdf">附件{0}.pdf</a>，请下载。',
        "pages": '<a href="/x_{0}.html">下一页</a>',
        "pictures": '<img src="/i/{0}.jpg" alt="图{0}">',
        "attributes": '<p class="c{0}" id="i{0}" style="color:red;x:{0}">词，',
        "tags": "<x{0}>词</x{0}>",
        "records": "<div><h3><a href=/{0}>标题之{0}</a></h3><p>2010-12-09 12:00 甲，乙。</div>",
    }
    for name, text in repeated.items():
        yield name, _cut(text * (HOSTILE_BYTES // len(text)))
    for name, text in numbered.items():
        count = HOSTILE_BYTES // len(text.encode())
        yield name, _cut("".join(text.format(number) for number in range(count)))
    names = "".join(f'a{n}="{n}" ' for n in range(HOSTILE_BYTES // 18))
    yield "one tag", _cut(f"<p {names}>词")
    letters = " ".join(f"{letter}=1" for letter in "abcdefghijklmnopqrstuvwxyz")
    yield "many attributes", _cut(f"<p {letters}>词" * (HOSTILE_BYTES // 100))
    yield "one title", _cut("<title>" + "某所-" * (HOSTILE_BYTES // 7))


def _cut(text: str) -> bytes:
    return text.encode()[:HOSTILE_BYTES]
