"""What the page for programs says, in English and in Chinese: data, no code."""

from __future__ import annotations

INTERFACE_TEXTS: dict[str, tuple[str, str]] = {
    "nav.api": ("For programs", "程序接口"),
    "api.what": (
        "The archive for programs, as JSON; described by",
        "供程序使用的 JSON 接口；说明见",
    ),
    "api.calls": ("Calls", "调用"),
    "api.call": ("Call", "调用"),
    "api.parameters": ("Parameters (? may be left out)", "参数（? 表示可省略）"),
    "api.text": ("Answer", "返回内容"),
    "api.GET /api/v1/articles": (
        "One page of the articles that the query asks for.",
        "查询所得文章中的一页。",
    ),
    "api.GET /api/v1/articles/{id}": (
        "The article whole: the same record as palimpsest export --format jsonl writes.",
        "整篇文章：与 palimpsest export --format jsonl 写出的记录相同。",
    ),
    "api.GET /api/v1/articles/{id}/versions": (
        "Its versions, the oldest first.",
        "文章的各个版本，最早的在前。",
    ),
    "api.GET /api/v1/articles/{id}/diff": (
        "What changed in the text from one version to another, paragraph by paragraph.",
        "从一个版本到另一个版本的正文改动，逐段给出。",
    ),
    "api.POST /api/v1/articles/{id}/witnesses/{place}/check": (
        "Reads the witness's record from its WARC file now, and compares the payload's digest.",
        "立即从 WARC 文件读取该见证的记录，并比对载荷摘要。",
    ),
    "api.GET /api/v1/captures": (
        "The captures of an address, the oldest first, and what came of each; days are those of "
        "UTC, both included.",
        "某网址的历次抓取及其结果，最早的在前；日期按 UTC 计，首尾均含。",
    ),
    "api.GET /api/v1/nights": (
        "The days (UTC) on which something of a host was captured, and what came of it by itself.",
        "某主机有抓取的各日（UTC），以及每次抓取本身的结果。",
    ),
    "api.GET /api/v1/nights/{day}": (
        "What was captured of a host on a day (UTC), by address; first what words were put into, "
        "and what is not believed to be the institute's.",
        "某主机当日（UTC）的抓取，按网址排列；有文字被加入的、不认作研究所自己的页面在前。",
    ),
    "api.POST /api/v1/quotation": (
        "The articles that have a text word for word, or else something like it.",
        "有某段文字的文章；没有完全一致的，则为相近的文章。",
    ),
    "api.GET /api/v1/new": (
        "Articles that are new or changed since a day (UTC), the newest first.",
        "某日（UTC）以来新增或改动的文章，最新的在前。",
    ),
    "api.GET /api/v1/held": (
        "Articles that had been captured by the end of a day (UTC), in the version of then; those "
        "first whose text was the newest.",
        "截至某日（UTC）日终已抓取的文章及其当时的版本，文字最新的在前。",
    ),
    "api.GET /api/v1/sites": (
        "The sites with their hosts, and how many articles each branch has.",
        "各网站及其主机，以及每个栏目的文章数。",
    ),
    "api.GET /api/v1/runs": ("The runs, the newest first.", "历次运行，最新的在前。"),
    "api.GET /api/v1/runs/{number}": ("One run with its report.", "一次运行及其报告。"),
    "api.others": ("Other interfaces", "其他接口"),
}
