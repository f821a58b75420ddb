"""What is said of work on the archive: crawls, backfills, checks, and what they found."""

from __future__ import annotations

from archive.messages.wording import Wordings, both, counted

WORKING: Wordings = {
    "backfill.site": both("The site they belong to.", "所属的网站。"),
    "backfill.mirror": both(
        "A host that is a mirror, not the institute's; may be given several times.",
        "镜像主机（非研究所自己的）；可多次给出。",
    ),
    "backfill.pass": both(
        "{captures} {captures:capture|captures} read, {problems} {problems:problem|problems}; "
        "reading pages for the articles",
        "已读取 {captures} 次抓取，问题 {problems} 个；正在读取页面以生成文章",
    ),
    "clean.progress": both("{site}: reading pages", "{site}：正在读取页面"),
    "mail.alarm": both("ALARM", "警报"),
    "mail.complete": both("complete", "完成"),
    "mail.exit_code": both("exit code {code}", "退出码 {code}"),
    "backfill.wayback": both(
        "A Wayback-compatible service (replay prefix) that holds what is under the URLs.",
        "与 Wayback 兼容的服务（重放地址前缀），从中收入各 URL 下的内容。",
    ),
    "backfill.wayback_needs": both(
        "an address is taken in from a service: backfill http://www.example.ac.cn/ "
        "--wayback http://127.0.0.1:8080/collection (to walk a site now: palimpsest crawl URL)",
        "网址须从服务收入：backfill http://www.example.ac.cn/ "
        "--wayback http://127.0.0.1:8080/collection（立即抓取网站请用 palimpsest crawl URL）",
    ),
    "backfill.copy": both(
        "Copy WARC files into the archive instead of referring to them where they are.",
        "把 WARC 文件复制到归档中，而不是引用原处的文件。",
    ),
    "backfill.jobs": both(
        "Read files and pages in N processes (default: files in one, pages in one a processor).",
        "用 N 个进程读取文件和页面（默认：文件用一个，页面每个处理器一个）。",
    ),
    "backfill.scheduler": both(
        "Read on the Dask cluster of this scheduler (extra `cluster`).",
        "用此调度器的 Dask 集群读取（需安装 `cluster` 附加包）。",
    ),
    "backfill.digest": both(
        "Print a digest of the site's articles; the order of the input does not show in it.",
        "显示该网站全部文章的摘要值；与输入顺序无关。",
    ),
    "backfill.digest_is": both("digest of all articles: {digest}", "全部文章的摘要值：{digest}"),
    "backfill.passed_over": counted(
        "{count} file of another kind was passed over",
        "{count} files of other kinds were passed over",
        "略过其他类型的文件 {count} 个",
    ),
    "backfill.progress": both(
        "{files}/{of_files} {of_files:file|files}, {captures} {captures:capture|captures}, "
        "{rate}/s, {problems} {problems:problem|problems}",
        "文件 {files}/{of_files}，抓取 {captures} 次，每秒 {rate}，问题 {problems} 处",
    ),
    "backfill.waits": both(
        "{captures} {captures:capture|captures}; the service asks for patience, {seconds} s more",
        "抓取 {captures} 次；服务要求等待，还有 {seconds} 秒",
    ),
    "backfill.which_site": both(
        "say which site with --site; known: {sites}", "请用 --site 指明网站；已有：{sites}"
    ),
    "backfill.done": both(
        "{site}: {captures} {captures:capture|captures} read from {files} {files:file|files}, "
        "{new_captures} of them new ({known} {known:file was|files were} known); {articles} "
        "{articles:article|articles}, {new} new, {changed} changed",
        "{site}：从 {files} 个文件读到 {captures} 次抓取，其中新的 {new_captures} 次"
        "（另有 {known} 个文件已收入）；文章 {articles} 篇，新增 {new}，改动 {changed}",
    ),
    "store.is_waited_for": both(
        "palimpsest: the database is waited for, for up to a quarter of an hour; what was kept "
        "stays, and the work is begun again (Ctrl-C ends the wait)",
        "palimpsest：正在等待数据库恢复，最长一刻钟；已保存的内容不变，"
        "随后重新开始（Ctrl-C 结束等待）",
    ),
    "clean.site": both("Only this site.", "只限此网站。"),
    "clean.reindex": both(
        "Only make the search index again from the articles.", "只从文章重建检索索引。"
    ),
    "clean.reindex_of_all": both(
        "--reindex makes the index of all sites: leave --site out",
        "--reindex 重做所有网站的索引：请不要写 --site",
    ),
    "clean.reindexed": both(
        "the search index was made again: {articles} {articles:article|articles}",
        "已重建检索索引：{articles} 篇文章",
    ),
    "index.made_again": both(
        "the search index is made again from {articles} {articles:article|articles} (it is "
        "missing, of another version of the program, or of another time than the store)",
        "正在从 {articles} 篇文章重建检索索引（索引缺失、出自程序的其他版本，或与数据库时间不符）",
    ),
    "index.progress": both(
        "search index: {done} of {articles} {articles:article|articles}",
        "检索索引：{articles} 篇文章中的 {done} 篇",
    ),
    "clean.done": both(
        "{site}: {articles} {articles:article|articles} of {pages} {pages:page|pages}; {new} new, "
        "{changed} changed, {removed} removed",
        "{site}：{pages} 个网页得到文章 {articles} 篇；新增 {new}，改动 {changed}，移除 {removed}",
    ),
    "verify.repair": both(
        "Mend what can be mended without losing a record.", "修复不会丢失记录即可修复的问题。"
    ),
    "runs.none_before": both(
        "run {number} is the first one of {site}: there is nothing to compare it with",
        "第 {number} 次运行是 {site} 的首次运行，无可比较",
    ),
    "runs.no_report": both(
        "run {number} has no report: it has not ended", "第 {number} 次运行没有报告：尚未结束"
    ),
    "runs.compare.too_many": both(
        "two runs are compared, or one with the one before it; {count} were named",
        "一次比较两次运行，或一次运行与其前一次；这里写了 {count} 次",
    ),
    "runs.same": both("no number differs", "没有不同的数字"),
    "schedule.at": both("Time of day.", "每天的时刻。"),
    "schedule.jobs": both("Sites walked at a time.", "同时抓取的网站数。"),
    "schedule.system": both(
        "As units of the machine, under a user of their own (scripts/systemd).",
        "作为整机的单元，使用专用用户（scripts/systemd）。",
    ),
    "schedule.started": both(
        "the timer runs: every night at {at} (systemctl --user list-timers); also while you are "
        "not logged in, once you have said: loginctl enable-linger",
        "定时器已启动：每夜 {at}（systemctl --user list-timers）；执行一次 loginctl enable-linger "
        "后，未登录时也会运行",
    ),
    "schedule.not_started": both(
        "the units are written, but systemd did not start the timer ({why}); for cron: {line}",
        "单元已写入，但 systemd 未能启动定时器（{why}）；cron 行：{line}",
    ),
    "schedule.not_confined": both(
        "this machine gives a user's services no view of the files of their own: the nightly crawl "
        "may write wherever you may",
        "本机不为用户的服务提供独立的文件视图：夜间抓取可写入您有权写入的任何位置",
    ),
    "schedule.password": both(
        "the database's address has a password, which no unit is to hold: write the line "
        "{variable}=… into {file} (chmod 600), then install again",
        "数据库地址含有密码，不应写入单元：请把 {variable}=… 一行写入 {file}（chmod 600），"
        "然后重新安装",
    ),
    "schedule.installed": both("installed: {files}", "已安装：{files}"),
    "prune.dry_run": both("List; there is nothing else.", "只列出；别无其他操作。"),
    "prune.only_dry_run": both(
        "nothing is ever deleted: `palimpsest prune --dry-run` lists what could go elsewhere",
        "本程序从不删除：`palimpsest prune --dry-run` 列出可移走的文件",
    ),
    "prune.total": both(
        "files: {files} ({megabytes:,.1f} MB)", "文件：{files} 个（{megabytes:,.1f} MB）"
    ),
    "prune.confirmed": both("confirmed: {count}", "未变：{count}"),
    "prune.repeated": both("in other files, too: {count}", "其他文件亦有：{count}"),
    "prune.refused": both("no page: {count}", "无页面：{count}"),
    "prune.failed": both("failed: {count}", "失败：{count}"),
    "prune.report": both(
        "a report; `runs show {run}` prints it", "运行报告；`runs show {run}` 可再次输出"
    ),
    "runs.ledger.count": counted("{count} address", "{count} addresses", "共 {count} 个网址"),
    "sites.add.mirror": both(
        "A copy of the site on another host; may be given several times.",
        "该网站在其他主机上的副本；可多次给出。",
    ),
    "sites.add.site": both(
        "The site's name (its first host, if none is given).", "网站名称（不给出则用首个主机名）。"
    ),
    "sites.add.institute": both(
        "What the institute is called, in Chinese, the full name first; may be given several "
        "times. Put back where a mirror's brand stands in its place and nothing else tells.",
        "研究所的中文名称，全称在前；可多次给出。镜像以品牌取代名称而别无线索时，据此复原。",
    ),
    "sites.added": both(
        "edit it, then: palimpsest sites check --data {data}; palimpsest nightly --data {data}",
        "编辑后运行：palimpsest sites check --data {data}；palimpsest nightly --data {data}",
    ),
    "sites.shared": both(
        "{names} begin at the same host, {host}: its articles are asked for and kept once for "
        "each; a site that was renamed keeps its articles under the name they had",
        "{names} 从同一主机 {host} 开始抓取：其文章会为每个网站各请求、保存一份；"
        "改名后的网站，原有文章仍在旧名之下",
    ),
    "sites.checked": both(
        "right profiles in {folder}: {good} of {total}",
        "{folder} 中的配置文件共 {total} 个，其中 {good} 个正确",
    ),
    "mirrors.count": counted("{count} mirror", "{count} mirrors", "共 {count} 个镜像"),
    "crawl.found": both(
        "{site}: {articles} in {branches}, {seconds:.1f} s",
        "{site}：{branches}，{articles}，用时 {seconds:.1f} 秒",
    ),
    "crawl.count.articles": counted("{count} article", "{count} articles", "{count} 篇文章"),
    "crawl.count.branches": counted("{count} branch", "{count} branches", "{count} 个栏目"),
    "crawl.statuses": both(
        "  {live} live, {mirror_only} only on mirrors",
        "  {live} 篇仍在原站，{mirror_only} 篇只见于镜像",
    ),
    "crawl.no_branch": both("(no branch named)", "（未注明栏目）"),
    "crawl.more_branches": both(
        "  … and {more} more {more:branch|branches}", "  …… 另有 {more} 个栏目"
    ),
    "crawl.requests": both(
        "{requests}, {pages}, {files}, {megabytes:.1f} MB",
        "{requests}，{pages}，{files}，共 {megabytes:.1f} MB",
    ),
    "crawl.count.requests": counted("{count} request", "{count} requests", "{count} 次请求"),
    "crawl.count.pages": counted("{count} page", "{count} pages", "{count} 个网页"),
    "crawl.count.files": counted("{count} file", "{count} files", "{count} 个文件"),
    "crawl.failed": both("failed", "失败"),
    "crawl.refused": both("not asked for", "未请求"),
    "crawl.kept": both("kept in {file}", "保存于 {file}"),
    "crawl.next": both("Try next:", "接下来可试："),
    "runs.count": counted("{count} run", "{count} runs", "共 {count} 次运行"),
    "runs.unfinished": both("not ended", "未结束"),
    "sites.count": counted("{count} site", "{count} sites", "共 {count} 个网站"),
    "sites.no_branch": both("(no branch)", "（无栏目）"),
    "verify.mended": both("mended: {what}", "已修复：{what}"),
    "verify.done": both(
        "{records} {records:record|records} of {files} {files:file|files} and {captures} "
        "{captures:capture|captures} of the store agree",
        "{files} 个文件的 {records} 条记录与数据库的 {captures} 次抓取一致",
    ),
    "verify.index": both(
        "the search index has {count} {count:article|articles} otherwise than the store: "
        "run `palimpsest clean --reindex`",
        "检索索引中有 {count} 篇文章与数据库不一致：请运行 `palimpsest clean --reindex`",
    ),
    "verify.unknown": both(
        "the store knows nothing, or only a part, of what {count} {count:file|files} of its own "
        "{count:holds|hold}; see the lines above",
        "数据库对 {count} 个自有文件的内容全部或部分不知情；见上文",
    ),
    "verify.failed": both(
        "{bad} {bad:disagreement|disagreements} in {records} {records:record|records} of {files} "
        "{files:file|files} and {captures} {captures:capture|captures}; see the lines above, "
        "`palimpsest verify --repair` mends what can be mended",
        "{files} 个文件的 {records} 条记录与 {captures} 次抓取中有 {bad} 处不一致；见上文，"
        "`palimpsest verify --repair` 可修复其中能修复的",
    ),
    "mirrors.unknown": both(
        "no mirror is called {host!r}; `palimpsest mirrors list` names the known ones",
        "没有名为 {host!r} 的镜像；`palimpsest mirrors list` 可列出已知镜像",
    ),
    "mirrors.named": both("named by the operator", "由操作者指定"),
    "mirrors.recognised": both("recognised by its pages", "由网页识别"),
    "mirrors.kind.A": both("the name replaced by a brand", "机构名被换成品牌"),
    "mirrors.kind.B": both("a brand in the frame", "框架中有品牌"),
    "mirrors.kind.C": both("school words made company words", "学校用语改成公司用语"),
    "mirrors.kind.D": both("traditional characters with pinyin", "繁体并括注拼音"),
    "mirrors.kind.E": both("traditional characters", "整页转成繁体"),
    "mirrors.kind.F": both("emoji before stops", "标点前插入表情"),
    "mirrors.kind.G": both("words replaced by synonyms", "同义词替换"),
    "mirrors.kind.H": both("phrases sown into words", "词中插入短语"),
    "mirrors.kind.I": both("plain copy", "原样复制"),
    "mirrors.kind.J": both("bytes damaged", "字节损坏"),
    "mirrors.kind.K": both("a line of keywords on top", "顶部关键词行"),
}
