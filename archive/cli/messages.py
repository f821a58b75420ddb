"""Every text of the command line, in English and in Chinese: data, no code."""

from __future__ import annotations

from archive.cli.column_texts import COLUMNS
from archive.cli.help_texts import HELP

ONE = "one"
"""The form of a message for a count of 1, in English; Chinese has none."""


def _both(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


def _counted(one: str, en: str, zh: str) -> dict[str, str]:
    return {ONE: one, "en": en, "zh": zh}


_ANSWERS: dict[str, dict[str, str]] = {
    "main.commands": _both("Commands", "命令"),
    "main.options": _both("Options", "选项"),
    "main.usage": _both("Usage:", "用法："),
    "serve.host": _both("The address to answer on.", "应答的地址。"),
    "serve.port": _both("The port; 0 takes any free one.", "端口；0 表示任一空闲端口。"),
    "serve.rate": _both(
        "Requests a minute from one client; 0 for no limit.", "每个客户端每分钟的请求数；0 为不限。"
    ),
    "serve.ready": _both("The reading room is open: {address}", "阅览室已开放：{address}"),
    "serve.not_loopback": _both(
        "others than this machine can reach {host}: say with --access FILE who may enter "
        "(`palimpsest access --help`), or use 127.0.0.1",
        "其他机器可访问 {host}：请用 --access FILE 指明谁可进入"
        "（见 palimpsest access --help），或改用 127.0.0.1",
    ),
    "serve.access": _both(
        "Ask for a password or token of this file; needed where others can reach the address.",
        "要求提供此文件中的密码或令牌；地址可被其他机器访问时必须使用。",
    ),
    "serve.name": _both(
        "Another host name to answer to, such as a proxy's.",
        "另一个可应答的主机名，如代理的主机名。",
    ),
    "serve.behind_proxy": _both(
        "Believe a proxy on this machine about the client's address and scheme.",
        "相信本机代理所报的客户端地址与协议。",
    ),
    "serve.workers": _both(
        "Processes that answer; default: one for each core, at most 4.",
        "应答的进程数；默认每核一个，最多 4 个。",
    ),
    "serve.contact": _both(
        "The e-mail address that OAI-PMH harvesters are told.", "告知 OAI-PMH 收割者的电子邮箱。"
    ),
    "serve.replay": _both(
        "The port of the player for captured pages; else the next after --port.",
        "回放程序的端口；默认为 --port 的下一个。",
    ),
    "serve.replay_origin": _both(
        "Where a proxy puts the player, such as https://replay.example.ac.cn.",
        "代理为回放程序提供的来源，如 https://replay.example.ac.cn。",
    ),
    "serve.origin": _both(
        "Where a proxy puts the reading room; it alone may frame the player.",
        "代理为阅览室提供的来源；只有它可以嵌入回放程序。",
    ),
    "replay-assets.from": _both("The npm package as a file.", "npm 包文件。"),
    "replay-assets.done": _both("The player is in {where}", "回放程序已装入 {where}"),
    "access.file": _both("The access file.", "访问文件。"),
    "access.password": _both("Password", "密码"),
    "access.kept": _both("{name} is in {path} now", "{name} 已写入 {path}"),
    "backfill.site": _both("The site they belong to.", "所属的网站。"),
    "backfill.mirror": _both(
        "A host that is a mirror, not the institute's; may be given several times.",
        "镜像主机（非研究所自己的）；可多次给出。",
    ),
    "backfill.pass": _both(
        "{captures} captures read, {problems} problems; reading pages for the articles",
        "已读取 {captures} 次抓取，问题 {problems} 个；正在读取页面以生成文章",
    ),
    "clean.progress": _both("{site}: reading pages", "{site}：正在读取页面"),
    "mail.complete": _both("complete", "完成"),
    "mail.exit_code": _both("exit code {code}", "退出码 {code}"),
    "backfill.wayback": _both(
        "A Wayback-compatible service (replay prefix) that holds what is under the URLs.",
        "与 Wayback 兼容的服务（重放地址前缀），从中收入各 URL 下的内容。",
    ),
    "backfill.wayback_needs": _both(
        "an address is taken in from a service: backfill http://www.example.ac.cn/ "
        "--wayback http://127.0.0.1:8080/collection (to walk a site now: palimpsest crawl URL)",
        "网址须从服务收入：backfill http://www.example.ac.cn/ "
        "--wayback http://127.0.0.1:8080/collection（立即抓取网站请用 palimpsest crawl URL）",
    ),
    "backfill.copy": _both(
        "Copy WARC files into the archive instead of referring to them where they are.",
        "把 WARC 文件复制到归档中，而不是引用原处的文件。",
    ),
    "backfill.jobs": _both(
        "Read files and pages in N processes (default: files in one, pages in one a processor).",
        "用 N 个进程读取文件和页面（默认：文件用一个，页面每个处理器一个）。",
    ),
    "backfill.scheduler": _both(
        "Read on the Dask cluster of this scheduler (extra `cluster`).",
        "用此调度器的 Dask 集群读取（需安装 `cluster` 附加包）。",
    ),
    "backfill.digest": _both(
        "Print a digest of the site's articles; the order of the input does not show in it.",
        "显示该网站全部文章的摘要值；与输入顺序无关。",
    ),
    "backfill.digest_is": _both("digest of all articles: {digest}", "全部文章的摘要值：{digest}"),
    "backfill.passed_over": _counted(
        "{count} file of another kind was passed over",
        "{count} files of other kinds were passed over",
        "略过其他类型的文件 {count} 个",
    ),
    "backfill.progress": _both(
        "{files}/{of_files} files, {captures} captures, {rate}/s, {problems} problems",
        "文件 {files}/{of_files}，抓取 {captures} 次，每秒 {rate}，问题 {problems} 处",
    ),
    "backfill.which_site": _both(
        "say which site with --site; known: {sites}", "请用 --site 指明网站；已有：{sites}"
    ),
    "backfill.done": _both(
        "{site}: {captures} captures read from {files} files, {new_captures} of them new ({known} "
        "files were known); {articles} articles, {new} new, {changed} changed",
        "{site}：从 {files} 个文件读到 {captures} 次抓取，其中新的 {new_captures} 次"
        "（另有 {known} 个文件已收入）；文章 {articles} 篇，新增 {new}，改动 {changed}",
    ),
    "clean.site": _both("Only this site.", "只限此网站。"),
    "clean.reindex": _both(
        "Only make the search index again from the articles.", "只从文章重建检索索引。"
    ),
    "clean.reindexed": _both(
        "the search index was made again: {articles} articles", "已重建检索索引：{articles} 篇文章"
    ),
    "index.made_again": _both(
        "the search index is made again from {articles} articles (it is missing, of another "
        "version of the program, or of another time than the store)",
        "正在从 {articles} 篇文章重建检索索引（索引缺失、出自程序的其他版本，或与数据库时间不符）",
    ),
    "index.progress": _both(
        "search index: {done} of {articles} articles", "检索索引：{articles} 篇文章中的 {done} 篇"
    ),
    "clean.done": _both(
        "{site}: {articles} articles of {pages} pages; {new} new, {changed} changed, {removed} "
        "removed",
        "{site}：{pages} 个网页得到文章 {articles} 篇；新增 {new}，改动 {changed}，移除 {removed}",
    ),
    "verify.repair": _both(
        "Mend what can be mended without losing a record.", "修复不会丢失记录即可修复的问题。"
    ),
    "runs.none_before": _both(
        "run {number} is the first one of {site}: there is nothing to compare it with",
        "第 {number} 次运行是 {site} 的首次运行，无可比较",
    ),
    "runs.no_report": _both(
        "run {number} has no report: it has not ended", "第 {number} 次运行没有报告：尚未结束"
    ),
    "runs.same": _both("no number differs", "没有不同的数字"),
    "schedule.at": _both("Time of day.", "每天的时刻。"),
    "schedule.system": _both(
        "As units of the machine, under a user of their own (scripts/systemd).",
        "作为整机的单元，使用专用用户（scripts/systemd）。",
    ),
    "schedule.started": _both(
        "the timer runs: every night at {at} (systemctl --user list-timers); also while you are "
        "not logged in, once you have said: loginctl enable-linger",
        "定时器已启动：每夜 {at}（systemctl --user list-timers）；执行一次 loginctl enable-linger "
        "后，未登录时也会运行",
    ),
    "schedule.not_started": _both(
        "the units are written, but systemd did not start the timer ({why}); for cron: {line}",
        "单元已写入，但 systemd 未能启动定时器（{why}）；cron 行：{line}",
    ),
    "schedule.installed": _both("installed: {files}", "已安装：{files}"),
    "prune.dry_run": _both("List; there is nothing else.", "只列出；别无其他操作。"),
    "prune.only_dry_run": _both(
        "nothing is ever deleted: `palimpsest prune --dry-run` lists what could go elsewhere",
        "本程序从不删除：`palimpsest prune --dry-run` 列出可移走的文件",
    ),
    "prune.total": _both(
        "files: {files} ({megabytes:,.1f} MB)", "文件：{files} 个（{megabytes:,.1f} MB）"
    ),
    "prune.confirmed": _both("confirmed: {count}", "未变：{count}"),
    "prune.repeated": _both("in other files, too: {count}", "其他文件亦有：{count}"),
    "prune.refused": _both("no page: {count}", "无页面：{count}"),
    "prune.failed": _both("failed: {count}", "失败：{count}"),
    "runs.ledger.count": _counted("{count} address", "{count} addresses", "共 {count} 个网址"),
    "sites.add.mirror": _both(
        "A copy of the site on another host; may be given several times.",
        "该网站在其他主机上的副本；可多次给出。",
    ),
    "sites.add.site": _both(
        "The site's name (its first host, if none is given).", "网站名称（不给出则用首个主机名）。"
    ),
    "sites.added": _both(
        "edit it, then: palimpsest sites check --data {data}; palimpsest nightly --data {data}",
        "编辑后运行：palimpsest sites check --data {data}；palimpsest nightly --data {data}",
    ),
    "sites.checked": _both(
        "{good} of {total} profiles in {folder} are right",
        "{folder} 中 {total} 个配置文件有 {good} 个正确",
    ),
    "branches.count": _counted("{count} branch", "{count} branches", "共 {count} 个栏目"),
    "mirrors.count": _counted("{count} mirror", "{count} mirrors", "共 {count} 个镜像"),
    "stats.plot": _both(
        "Also draw it into this .png or .svg file.", "同时画到此 .png 或 .svg 文件。"
    ),
    "stats.count": _counted("{count} article", "{count} articles", "共 {count} 篇文章"),
    "stats.title": _both("Articles by year and branch", "各年份、栏目的文章数"),
    "stats.others": _both("others", "其他"),
    "error.interrupted": _both("stopped by the user", "已由用户中止"),
    "error.disk_full": _both(
        "no room left on the disk {where}: make room and run the command again",
        "磁盘已满 {where}：请腾出空间后重新运行",
    ),
    "error.unexpected": _both(
        "{what} (unexpected: `palimpsest --debug …` shows where)",
        "{what}（意外错误：用 `palimpsest --debug …` 查看出处）",
    ),
    "error.date": _both(
        "{value!r} is not a date; write 2010-12-09, 2010-12 or 2010",
        "{value!r} 不是日期；请写作 2010-12-09、2010-12 或 2010",
    ),
    "crawl.found": _both(
        "{site}: {articles} in {branches}, {seconds:.1f} s",
        "{site}：{branches}，{articles}，用时 {seconds:.1f} 秒",
    ),
    "crawl.count.articles": _counted("{count} article", "{count} articles", "{count} 篇文章"),
    "crawl.count.branches": _counted("{count} branch", "{count} branches", "{count} 个栏目"),
    "crawl.statuses": _both(
        "  {live} live, {mirror_only} only on mirrors",
        "  {live} 篇仍在原站，{mirror_only} 篇只见于镜像",
    ),
    "crawl.no_branch": _both("(no branch named)", "（未注明栏目）"),
    "crawl.more_branches": _both("  … and {more} more branches", "  …… 另有 {more} 个栏目"),
    "crawl.requests": _both(
        "{requests}, {pages}, {files}, {megabytes:.1f} MB",
        "{requests}，{pages}，{files}，共 {megabytes:.1f} MB",
    ),
    "crawl.count.requests": _counted("{count} request", "{count} requests", "{count} 次请求"),
    "crawl.count.pages": _counted("{count} page", "{count} pages", "{count} 个网页"),
    "crawl.count.files": _counted("{count} file", "{count} files", "{count} 个文件"),
    "crawl.failed": _both("failed", "失败"),
    "crawl.refused": _both("not asked for", "未请求"),
    "crawl.kept": _both("kept in {file}", "保存于 {file}"),
    "crawl.next": _both("Try next:", "接下来可试："),
    "search.order": _both("By rank or by date of publication.", "按相关度或发布日期排序。"),
    "search.facets": _both(
        "Also count what was found by branch, year, site, status and kind of witness.",
        "同时按栏目、年份、网站、状态和见证种类统计。",
    ),
    "search.save": _both(
        "Save the query and its filters under this name; `search @NAME` asks again.",
        "以此名称保存查询及条件；“search @名称”可再次检索。",
    ),
    "search.saved": _both(
        "saved: `palimpsest search @{name}` asks this again",
        "已保存：“palimpsest search @{name}”可再次检索",
    ),
    "queries.count": _counted(
        "{count} saved query", "{count} saved queries", "共 {count} 个已保存的查询"
    ),
    "queries.removed": _both("{name} is no longer saved", "已删除 {name}"),
    "search.unknown": _both("(unknown)", "（未知）"),
    "search.named": _both(
        "that names an article: `palimpsest show {id}` ({title})",
        "这是一篇文章的网址或编号：palimpsest show {id}（{title}）",
    ),
    "search.meant": _counted(
        "perhaps {query} was meant: {count} article",
        "perhaps {query} was meant: {count} articles",
        "或许要找的是 {query}：{count} 篇",
    ),
    "search.no_saved": _both(
        "no search is saved as {name}; `palimpsest queries list` names those that are",
        "没有名为 {name} 的已存检索；用 palimpsest queries list 查看",
    ),
    "search.branches": _both(
        "no branch is called {branch}; there are: {branches}",
        "没有名为 {branch} 的栏目；相近的有：{branches}",
    ),
    "search.no_branch": _both(
        "no branch is called {branch}; `palimpsest branches` names them",
        "没有名为 {branch} 的栏目；用 palimpsest branches 查看",
    ),
    "search.total": _both("{shown} of {total} articles", "显示 {shown} 篇，共 {total} 篇"),
    "show.diff": _both("What changed from version M to version N.", "第 M 版到第 N 版之间的改动。"),
    "show.only_captured": _both(
        "there are captures of it: `palimpsest show {url} --captures` lists them",
        "该网址有抓取记录：`palimpsest show {url} --captures` 可列出",
    ),
    "show.called": _both("{id} is called {now} today", "{id} 现编号为 {now}"),
    "show.same_words": _both(
        "the words are the same: only punctuation, spaces, line breaks or the form of characters "
        "changed",
        "文字内容相同：改动的只是标点、空格、分段或字形（繁简、全半角、大小写）",
    ),
    "show.evidence": _both(
        "The records it was made of, verified now, and what was repaired.",
        "文章所依据的 WARC 记录（现在核验）以及修复之处。",
    ),
    "show.raw": _both(
        "The HTTP exchange as it crossed the wire; of any record, too, by its id (urn:uuid:...).",
        "原始的 HTTP 请求与响应；也可按记录编号（urn:uuid:...）查看任一记录。",
    ),
    "show.witness": _both("With --raw: of this witness.", "配合 --raw：指定见证的序号。"),
    "show.witnesses": _both(
        "The witnesses under letters, and what each has wherever they differ.",
        "以字母标示各见证，并列出各处异文。",
    ),
    "show.no_variants": _both("the witnesses do not differ", "各见证并无异文"),
    "show.line": _both("line {number}", "第 {number} 行"),
    "show.damaged": _both(
        "damaged dates, and how they may be read (nothing of this is put into the text):",
        "受损的日期及可能的读法（均未写入正文）：",
    ),
    "show.ambiguous": _both("ambiguous", "有歧义"),
    "show.excluded": _both("excluded: {why}", "排除：{why}"),
    "show.nothing_there": _both("(nothing)", "（无）"),
    "show.repaired": _both("undone: {rules}", "已还原：{rules}"),
    "show.cite": _both(
        "As a reference; of several articles, too.", "作为参考文献著录；可一次列出多篇。"
    ),
    "show.captures": _both(
        "All that was kept of the address (or of the article's addresses), on every night.",
        "列出该网址（或文章各网址）历次的全部抓取记录。",
    ),
    "show.several_cited": _both(
        "several articles at a time go with --cite", "一次多篇只能与 --cite 同用"
    ),
    "show.one_of": _both("only one of {options} at a time", "{options} 只能用其中一个"),
    "show.witness_of_raw": _both("--witness goes with --raw", "--witness 须与 --raw 同用"),
    "show.trusted": _both("checked by the crawl, and good", "抓取时已验证，有效"),
    "show.untrusted": _both("not checked by the crawl", "抓取时未验证"),
    "show.verified": _both("there, whole and unchanged", "存在、完整且未改动"),
    "show.no_version": _both(
        "article {id} has no version {number}; it has {count}",
        "文章 {id} 没有第 {number} 版；共有 {count} 版",
    ),
    "show.untitled": _both("(no title)", "（无标题）"),
    "show.colon": _both(": ", "："),
    "export.count": _counted(
        "{count} article written to {where}",
        "{count} articles written to {where}",
        "已将 {count} 篇文章写到{where}",
    ),
    "export.bag_needs_path": _both(
        "a bag is a directory: name it with --output PATH", "bagit 是目录：请用 --output 指明"
    ),
    "export.captures": _counted(
        "{count} capture written to {where}",
        "{count} captures written to {where}",
        "已将 {count} 次抓取写到{where}",
    ),
    "export.stdout": _both("standard output", "标准输出"),
    "export.not_written": _both("{path} could not be written: {why}", "无法写入 {path}：{why}"),
    "runs.count": _counted("{count} run", "{count} runs", "共 {count} 次运行"),
    "runs.unfinished": _both("not ended", "未结束"),
    "sites.count": _counted("{count} site", "{count} sites", "共 {count} 个网站"),
    "sites.no_branch": _both("(no branch)", "（无栏目）"),
    "verify.mended": _both("mended: {what}", "已修复：{what}"),
    "verify.done": _both(
        "{records} records of {files} files and {captures} captures of the store agree",
        "{files} 个文件的 {records} 条记录与数据库的 {captures} 次抓取一致",
    ),
    "verify.index": _both(
        "the search index has {count} articles otherwise than the store: "
        "run `palimpsest clean --reindex`",
        "检索索引中有 {count} 篇文章与数据库不一致：请运行 `palimpsest clean --reindex`",
    ),
    "verify.failed": _both(
        "{bad} disagreements in {records} records of {files} files and {captures} captures; see "
        "the lines above, `palimpsest verify --repair` mends what can be mended",
        "{files} 个文件的 {records} 条记录与 {captures} 次抓取中有 {bad} 处不一致；见上文，"
        "`palimpsest verify --repair` 可修复其中能修复的",
    ),
    "mirrors.unknown": _both(
        "no mirror is called {host!r}; `palimpsest mirrors list` names the known ones",
        "没有名为 {host!r} 的镜像；`palimpsest mirrors list` 可列出已知镜像",
    ),
    "mirrors.named": _both("named by the operator", "由操作者指定"),
    "mirrors.recognised": _both("recognised by its pages", "由网页识别"),
    "mirrors.kind.A": _both("the name replaced by a brand", "机构名被换成品牌"),
    "mirrors.kind.B": _both("a brand in the frame", "框架中有品牌"),
    "mirrors.kind.C": _both("school words made company words", "学校用语改成公司用语"),
    "mirrors.kind.D": _both("traditional characters with pinyin", "繁体并括注拼音"),
    "mirrors.kind.E": _both("traditional characters", "整页转成繁体"),
    "mirrors.kind.F": _both("emoji before stops", "标点前插入表情"),
    "mirrors.kind.G": _both("words replaced by synonyms", "同义词替换"),
    "mirrors.kind.H": _both("phrases sown into words", "词中插入短语"),
    "mirrors.kind.I": _both("plain copy", "原样复制"),
    "mirrors.kind.J": _both("bytes damaged", "字节损坏"),
    "mirrors.kind.K": _both("a line of keywords on top", "顶部关键词行"),
}

MESSAGES = HELP | COLUMNS | _ANSWERS
