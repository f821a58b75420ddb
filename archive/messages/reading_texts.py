"""What is said to those who look for articles, read, cite and export them."""

from __future__ import annotations

from archive.messages.wording import Wordings, both, counted

READING: Wordings = {
    "branches.count": counted("{count} branch", "{count} branches", "共 {count} 个栏目"),
    "stats.plot": both(
        "Also draw it into this .png or .svg file.", "同时画到此 .png 或 .svg 文件。"
    ),
    "stats.count": counted("{count} article", "{count} articles", "共 {count} 篇文章"),
    "stats.title": both("Articles by year and branch", "各年份、栏目的文章数"),
    "stats.others": both("others", "其他"),
    "search.order": both("By rank or by date of publication.", "按相关度或发布日期排序。"),
    "search.facets": both(
        "Also count what was found by branch, year, site, status, kind of witness and host.",
        "同时按栏目、年份、网站、状态、见证种类和主机统计。",
    ),
    "search.save": both(
        "Save the query and its filters under this name; `search @NAME` asks again.",
        "以此名称保存查询及条件；“search @名称”可再次检索。",
    ),
    "search.saved": both(
        "saved: `palimpsest search @{name}` asks this again",
        "已保存：“palimpsest search @{name}”可再次检索",
    ),
    "queries.count": counted(
        "{count} saved query", "{count} saved queries", "共 {count} 个已保存的查询"
    ),
    "queries.removed": both("{name} is no longer saved", "已删除 {name}"),
    "search.unknown": both("(unknown)", "（未知）"),
    "search.named": both(
        "that names an article: `palimpsest show {id}` ({title})",
        "这是一篇文章的网址或编号：palimpsest show {id}（{title}）",
    ),
    "search.meant": counted(
        "perhaps {query} was meant: {count} article",
        "perhaps {query} was meant: {count} articles",
        "或许要找的是 {query}：{count} 篇",
    ),
    "search.no_saved": both(
        "no search is saved as {name}; `palimpsest queries list` names those that are",
        "没有名为 {name} 的已存检索；用 palimpsest queries list 查看",
    ),
    "search.branches": both(
        "no branch is called {branch}; there are: {branches}",
        "没有名为 {branch} 的栏目；相近的有：{branches}",
    ),
    "search.no_branch": both(
        "no branch is called {branch}; `palimpsest branches` names them",
        "没有名为 {branch} 的栏目；用 palimpsest branches 查看",
    ),
    "search.no_host": both(
        "no article has a copy on {host}; `search '' --facets` counts them by host",
        "没有文章取自主机 {host}；用 search '' --facets 查看各主机的篇数",
    ),
    "search.total": both(
        "{shown} of {total} {total:article|articles}", "显示 {shown} 篇，共 {total} 篇"
    ),
    "show.diff": both("What changed from version M to version N.", "第 M 版到第 N 版之间的改动。"),
    "show.only_captured": both(
        "there are captures of it: `palimpsest show {url} --captures` lists them",
        "该网址有抓取记录：`palimpsest show {url} --captures` 可列出",
    ),
    "show.called": both("{id} is called {now} today", "{id} 现编号为 {now}"),
    "show.same_words": both(
        "the words are the same: only punctuation, spaces, line breaks or the form of characters "
        "changed",
        "文字内容相同：改动的只是标点、空格、分段或字形（繁简、全半角、大小写）",
    ),
    "show.evidence": both(
        "The records it was made of, verified now, what was repaired, and what was left out.",
        "文章所依据的 WARC 记录（现在核验）、修复之处和略去的内容。",
    ),
    "show.raw": both(
        "The HTTP exchange as it crossed the wire; of any record, too, by its id (urn:uuid:...).",
        "原始的 HTTP 请求与响应；也可按记录编号（urn:uuid:...）查看任一记录。",
    ),
    "show.witness": both("With --raw: of this witness.", "配合 --raw：指定见证的序号。"),
    "show.witnesses": both(
        "The witnesses under letters, and what each has wherever they differ.",
        "以字母标示各见证，并列出各处异文。",
    ),
    "show.no_variants": both("the witnesses do not differ", "各见证并无异文"),
    "show.line": both("line {number}", "第 {number} 行"),
    "show.damaged": both(
        "damaged dates, and how they may be read (nothing of this is put into the text):",
        "受损的日期及可能的读法（均未写入正文）：",
    ),
    "show.ambiguous": both("ambiguous", "有歧义"),
    "show.excluded": both("excluded: {why}", "排除：{why}"),
    "show.is_read": both("is read", "所读文本据此"),
    "show.nothing_there": both("(nothing)", "（无）"),
    "show.repaired": both("undone: {rules}", "已还原：{rules}"),
    "show.cite": both(
        "As a reference; of several articles, too.", "作为参考文献著录；可一次列出多篇。"
    ),
    "show.captures": both(
        "All that was kept of the address (or of the article's addresses), on every night.",
        "列出该网址（或文章各网址）历次的全部抓取记录。",
    ),
    "show.several_cited": both(
        "several articles at a time go with --cite", "一次多篇只能与 --cite 同用"
    ),
    "show.one_of": both("only one of {options} at a time", "{options} 只能用其中一个"),
    "show.forms_of": both(
        "{view} has no --format {form}; leave it out, or choose of: {forms}",
        "{view} 没有 --format {form}；请去掉，或改用：{forms}",
    ),
    "show.no_form": both(
        "{view} has one form only: leave --format {form} out",
        "{view} 只有一种形式：请去掉 --format {form}",
    ),
    "show.witness_of_raw": both("--witness goes with --raw", "--witness 须与 --raw 同用"),
    "show.trusted": both("checked by the crawl, and good", "抓取时已验证，有效"),
    "show.untrusted": both("not checked by the crawl", "抓取时未验证"),
    "show.not_kept": both("not kept", "未存"),
    "show.verified": both("there, whole and unchanged", "存在、完整且未改动"),
    "show.no_version": both(
        "article {id} has no version {number}; it has {count}",
        "文章 {id} 没有第 {number} 版；共有 {count} 版",
    ),
    "show.untitled": both("(no title)", "（无标题）"),
    "show.colon": both(": ", "："),
    "export.count": counted(
        "{count} article written to {where}",
        "{count} articles written to {where}",
        "已将 {count} 篇文章写到{where}",
    ),
    "export.bag_needs_path": both(
        "a bag is a directory: name it with --output PATH", "bagit 是目录：请用 --output 指明"
    ),
    "export.not_on_terminal": both(
        "{form} is not for a terminal: name a file with --output, or hand it on by a pipe "
        "(`--output -` writes it here all the same)",
        "{form} 不宜写到终端：请用 --output 指定文件，或用管道传给其他程序"
        "（`--output -` 则照写不误）",
    ),
    "export.captures": counted(
        "{count} capture written to {where}",
        "{count} captures written to {where}",
        "已将 {count} 次抓取写到{where}",
    ),
    "export.no_output": both(
        "standard output is closed: name a file with --output",
        "标准输出已关闭：请用 --output 指定文件",
    ),
    "export.stdout": both("standard output", "标准输出"),
    "export.over_the_archive": both(
        "{path} belongs to the archive itself: nothing was written; name another file",
        "{path} 属于档案本身：什么也没有写；请指定其他文件",
    ),
    "export.not_written": both("{path} could not be written: {why}", "无法写入 {path}：{why}"),
}
