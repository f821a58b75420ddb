"""What ``--help`` prints of commands and options, in English and in Chinese: data, no code."""

from __future__ import annotations

from archive.messages.wording import Wordings, both

HELP: Wordings = {
    "main.help": both(
        "Archive an institute's web site and read what its spam mirrors wrote over.\n"
        "Data goes to standard output, everything else to standard error.",
        "归档研究所网站，并读出被垃圾镜像改写之前的原文。\n数据写到标准输出，其余信息写到标准错误。",
    ),
    "crawl.help": both(
        "Walk a site and its mirrors now, keep every exchange, and derive clean articles.",
        "立即抓取网站及其镜像，保存每次交换，并生成干净的文章。",
    ),
    "search.help": both(
        "Find articles that have all the words.\n"
        "Words may have one character or more, simplified or traditional; what stands in quotation "
        "marks is one phrase; sedim* finds words that begin so. AND, OR, NOT, -word "
        "and ( ) join them; title: text: branch: author: "
        "source: attachment: site: status: witness: host: date: narrow them (date:2009..2011). "
        "Anything else in the query is plain text.",
        "查找包含全部词语的文章。\n词语可为一个字或多个字，简繁均可；引号内为一个词组；"
        "sedim* 查找以此开头的外文词；"
        "可用 AND、OR、NOT、-词 和 ( ) 组合，用 标题: 正文: 栏目: 作者: 来源: 附件: 网站: 状态: "
        "见证: 主机: 日期: 限定（如 日期:2009至2011；也可写作 title: 等）；"
        "其他符号按普通文字处理。",
    ),
    "show.help": both(
        "Print one article, by its id (or one it had before) or the address of any of its copies.",
        "显示一篇文章，可用编号（含曾用编号）或其任一副本的网址。",
    ),
    "export.help": both(
        "Write all articles that the query asks for and that pass the filters, one record an "
        "article.\n"
        "Without a query, all of them. A bag (RFC 8493) is a directory with the WARC files in it. "
        "As warc or wacz: the captures that belong to them; without query and filters, all.",
        "导出符合查询和条件的全部文章，每篇一条记录。\n"
        "不写查询则导出全部。bagit 格式（RFC 8493）是一个目录，并附有 WARC 文件；"
        "warc 和 wacz 格式导出与文章相关的抓取记录，不加查询和条件时导出全部。",
    ),
    "serve.help": both(
        "Open the reading room: search, read and check the evidence in a browser.\n"
        "It answers on this machine only, changes nothing, and ends with Ctrl-C.",
        "打开阅览室：在浏览器中检索、阅读并核对证据。\n"
        "只在本机应答，不作任何改动；按 Ctrl-C 结束。",
    ),
    "replay-assets.help": both(
        "The player for captured pages (ReplayWeb.page, AGPL-3.0).",
        "抓取页面的回放程序（ReplayWeb.page，AGPL-3.0）。",
    ),
    "replay-assets.install.help": both(
        "Put the player into the data directory, with its licence.\n"
        "npm fetches it, or --from names its package; anything but the known version is refused.",
        "把回放程序连同许可证装入数据目录。\n由 npm 获取，或用 --from 指明包文件；只接受已知版本。",
    ),
    "access.help": both(
        "Say who may enter a reading room that others can reach.\n"
        "The file has hashes only; give it to `palimpsest serve --access FILE`.",
        "设定谁可进入可被他人访问的阅览室。\n"
        "文件只含哈希；用 palimpsest serve --access FILE 使用它。",
    ),
    "access.user.help": both(
        "Add a user; the password is asked for.\nWhere standard input is no terminal, its first "
        "line is the password.",
        "添加用户；会询问密码。\n标准输入不是终端时，以其第一行为密码。",
    ),
    "access.token.help": both(
        "Make a token for a program; it is printed once and kept nowhere.",
        "为程序生成令牌；只显示一次，不另保存。",
    ),
    "backfill.help": both(
        "Take in WARC, ARC and WACZ files, saved pages and texts from elsewhere.\n"
        "Folders are searched; what is taken in already is not taken in again. A backfill that was "
        "stopped or killed is gone on with by the same command.",
        "收入别处的 WARC、ARC、WACZ 文件、保存的网页和文本。\n"
        "可给出文件夹；已收入的不会重复收入。中断后用同一命令继续。",
    ),
    "clean.help": both(
        "Derive the articles again from the WARC files.", "从 WARC 文件重新生成全部文章。"
    ),
    "verify.help": both(
        "Check that WARC files, index and store agree: every record, every digest, every row.",
        "检查 WARC 文件、索引与数据库是否一致：逐条核对记录、摘要和行。",
    ),
    "runs.help": both("List, show and compare runs.", "列出、查看和比较各次运行。"),
    "runs.compare.help": both(
        "Every number in which two runs differ; of one run, against the one before it.",
        "列出两次运行中所有不同的数字；只给一次时与其前一次比较。",
    ),
    "schedule.help": both(
        "The timer of the nightly crawl: install, show, remove it.",
        "夜间抓取的定时器：安装、查看、移除。",
    ),
    "schedule.install.help": both(
        "Write systemd units for this user and start the timer.\n"
        "Where there is no systemd, the line for cron is printed.",
        "为当前用户写入 systemd 单元并启动定时器。\n没有 systemd 时给出 cron 行。",
    ),
    "schedule.show.help": both(
        "Print the units and the line for cron.", "显示 systemd 单元和 cron 行。"
    ),
    "schedule.remove.help": both(
        "Stop the timer and take the units away.", "停止定时器并移除单元。"
    ),
    "prune.help": both(
        "List WARC files that could go to other storage (no article's text is only in them), and "
        "files of reports older than a year, which the store has, too.\nIt deletes nothing.",
        "列出可移往其他存储的 WARC 文件（没有文章只存于其中），以及一年以前、数据库中也有的"
        "运行报告文件。\n不会删除任何内容。",
    ),
    "runs.list.help": both("One line a run, the newest first.", "每次运行一行，最新的在前。"),
    "runs.ledger.help": both(
        "How every address a site's walk has found ended: counted, or one line an address "
        "(jsonl, csv).",
        "网站抓取中发现的每个网址的结局：统计表，或每个网址一行（jsonl、csv）。",
    ),
    "option.state": both("Only addresses in this state.", "只限处于此状态的网址。"),
    "runs.show.help": both("The report of one run.", "一次运行的报告。"),
    "sites.help": both("List, show, add and check sites.", "列出、查看、添加和检查网站。"),
    "sites.add.help": both(
        "Write a profile of a site for the nightly crawl; its comments say what can be changed.",
        "为夜间抓取写一个网站配置文件；注释说明可改的内容。",
    ),
    "sites.check.help": both(
        "Check the profiles; a line for each that is wrong, with its line and the remedy.",
        "检查配置文件；每处错误一行，含行号和改法。",
    ),
    "sites.list.help": both("One line a site.", "每个网站一行。"),
    "sites.show.help": both(
        "Hosts, branches and addresses of one site.", "一个网站的主机、栏目和网址状态。"
    ),
    "branches.help": both(
        "List branches, with how many articles each has and from when to when.",
        "列出栏目及其文章数和起止日期。",
    ),
    "queries.help": both(
        "The searches that were saved under a name with `search QUERY --save NAME`.\n"
        "`search @NAME` asks one again, and so does `export @NAME`; more words narrow it.",
        "用“search 查询 --save 名称”保存的查询。\n"
        "“search @名称”再次检索，“export @名称”导出；可再加词语缩小范围。",
    ),
    "queries.list.help": both("One line a saved query.", "每个已保存的查询一行。"),
    "queries.remove.help": both("Forget a saved query.", "删除一个已保存的查询。"),
    "mirrors.help": both(
        "The mirrors found: hosts, brands, evidence.", "已发现的镜像：主机、品牌、证据。"
    ),
    "stats.help": both(
        "Count articles by year and branch, as a chart or numbers.",
        "按年份和栏目统计文章，以图表或数字显示。",
    ),
    "option.data": both("The data directory.", "数据目录。"),
    "option.database": both(
        "Keep the store in this PostgreSQL database (or PALIMPSEST_DATABASE).",
        "把数据库放在此 PostgreSQL 中（或用 PALIMPSEST_DATABASE）。",
    ),
    "option.help": both("Show this message and exit.", "显示此说明。"),
    "option.debug": both("Print the traceback of an error.", "出错时显示调用栈。"),
    "option.show_version": both("Print the version.", "显示程序版本。"),
    "option.branch": both("Only this branch.", "只限此栏目。"),
    "option.from": both(
        "Published on this day (or month, or year) or later.", "发布日期不早于此日（月、年）。"
    ),
    "option.to": both(
        "Published on this day (or month, or year) or earlier.", "发布日期不晚于此日（月、年）。"
    ),
    "option.site": both("Only this site.", "只限此网站。"),
    "option.status": both("Only articles of this status.", "只限此状态的文章。"),
    "option.host": both(
        "Only articles that this host has, the institute's own or a mirror.",
        "只限此主机（原站或镜像）上有的文章。",
    ),
    "option.only_host": both(
        "Only articles that this host has and no other.", "只限此主机独有、别处没有的文章。"
    ),
    "option.witness": both("Only articles with a witness of this kind.", "只限有此种见证的文章。"),
    "option.limit": both("At most so many.", "最多显示的篇数。"),
    "option.format": both("The form of the output.", "输出格式。"),
    "option.output": both(
        "The file to write; it appears only when it is whole.", "输出文件；写完后才会出现。"
    ),
    "option.version": both("The text of this version.", "显示此版本的文字。"),
    "error.see_help": both(
        "(`{command} --help` shows what there is)", "（用法见 `{command} --help`）"
    ),
    "mirrors.list.help": both(
        "List the mirrors of all sites, or of one: brands, kinds, what only they keep.",
        "列出全部或某一网站的镜像：品牌、手法、只见于其上的文章数。",
    ),
    "mirrors.show.help": both(
        "Show one mirror: whose copy it is, and on what evidence.",
        "显示一个镜像：它抄自何处，有何证据。",
    ),
}
