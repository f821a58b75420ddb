"""Sentences about how a run went, and what to do after it."""

from __future__ import annotations

RUNS: dict[str, str] = {
    # How a run went.
    "finished": "完成",
    "complete": "完成",
    "complete with problems": "完成，但有问题",
    "nothing to take in": "没有可收入的内容",
    "interrupted; run the same command to go on": "已中断；再次运行同一命令即可继续",
    "stopped at {}; run the same command to go on": "已达到 {0} 的上限；再次运行同一命令即可继续",
    # What stores and reports of earlier versions say.
    "died: killed, or the machine went down": "异常终止：被杀死，或机器停机",
    "run {} ({}, began {} UTC) died: killed, or the machine went down": (
        "第 {0} 次运行（{1}，{2} UTC 开始）异常终止：被杀死，或机器停机"
    ),
    "died: killed, or the machine, its database or its disk failed": (
        "异常终止：被杀死，或机器、数据库、磁盘出了故障"
    ),
    "run {} ({}, began {} UTC) died: killed, or the machine, its database or its disk failed": (
        "第 {0} 次运行（{1}，{2} UTC 开始）异常终止：被杀死，或机器、数据库、磁盘出了故障"
    ),
    "a later edition of the program than this machine's makes the articles, which are left to it: "
    "give all machines the same program, or run `palimpsest clean` with the one that is to hold": (
        "文章由比本机更晚的程序版本生成，故留给它：请让各机器使用同一程序，"
        "或用应当作准的那个程序运行 `palimpsest clean`"
    ),
    "complete, but {} of {} requests failed ({}; {} are allowed)": (
        "完成，但 {1} 次请求中有 {0} 次失败（{2}；允许 {3}）"
    ),
    "{} addresses of articles give other texts, which are kept and not believed: has the site "
    "trouble, or somebody else its domain? The articles stay as they were": (
        "有 {} 个文章网址给出其他内容；这些内容已保存，但未予采信："
        "是网站出了故障，还是域名已归他人？各篇文章保持原样"
    ),
    "{} articles, usually {} (median of {} runs): has the site a new template? Compare with "
    "`palimpsest runs compare`; the evidence is kept": (
        "文章 {0} 篇，通常为 {1} 篇（{2} 次运行的中位数）：网站是否换了模板？"
        "请用 `palimpsest runs compare` 比较；证据均已保存"
    ),
    # What to do after a run.
    "look at the alarms first, and tell the institute: its own host may be broken into; what its "
    "pages said before is kept": (
        "请先看警报并告知研究所：其自己的主机可能已被入侵；此前的页面内容均已保存"
    ),
    "run the same command again, or wait for the next night: it goes on where this ended": (
        "请再次运行同一命令，或等下一次夜间运行：会从中断处继续"
    ),
    "see whether the disk of the data directory fails or has turned read-only (the system's log, "
    "`dmesg`), and who may write there; nothing that was kept is lost, and the next night goes "
    "on": (
        "请查看数据目录所在磁盘是否出错或变为只读（系统日志、`dmesg`），以及谁有写入权限；"
        "已保存的内容没有丢失，下一次夜间运行会继续"
    ),
    "make room on the disk before the next night; nothing that was kept is lost": (
        "请在下一次夜间运行之前腾出磁盘空间；已保存的内容没有丢失"
    ),
    "open one of the named addresses in a browser: is the site being worked on, or does its domain "
    "belong to somebody else now? Articles stay as they were until their addresses give them "
    "again; only if the institute has made its site anew, write `relaunched` with that day into "
    "its profile and run `palimpsest clean`": (
        "请用浏览器打开所列网址之一：网站是否正在维护，或域名已归他人？在这些网址重新给出文章之前，"
        "文章保持原样；只有在研究所确已重建网站时，才在该网站的配置中用 `relaunched` 写明日期，"
        "并运行 `palimpsest clean`"
    ),
    "open the site's first page in a browser: has it moved, or a new template? `palimpsest runs "
    "compare` shows what differs, and `palimpsest clean` reads the captures again": (
        "请用浏览器打开网站首页：是否已迁移或换了模板？`palimpsest runs compare` 显示差异，"
        "`palimpsest clean` 重新读取已保存的页面"
    ),
    "a fault of the program: run the same command with --debug, and report what it prints": (
        "程序出错：请加 --debug 再次运行同一命令，并报告所输出的内容"
    ),
    "pages that met a fault of the program, and are kept: {}; report it, and run "
    "`palimpsest clean` with the next version": (
        "{0} 个页面遇到程序错误：页面均已保存；请报告，并在升级后运行 `palimpsest clean`"
    ),
    "pages that a firewall kept back: {}; ask those who run it to let the crawler "
    "(User-Agent) through": ("防火墙拦下 {0} 个页面：请让管理者放行抓取程序（User-Agent）"),
    "most failures are {} ({}): `palimpsest runs ledger --site {} --state failed --format csv` "
    "names every address; they are asked again the next night, and none counts as gone. If it goes "
    "on for days, tell whoever runs the server": (
        "失败多为 {0}（{1} 次）：`palimpsest runs ledger --site {2} --state failed --format csv` "
        "列出每个网址；下一次夜间运行会再次请求，也不会因此算作消失。"
        "若持续数日，请告知服务器的管理者"
    ),
    "captures could not be read: `palimpsest verify` says which, and what can be mended; pages "
    "that end whoever reads them are named in the notes": (
        "有抓取记录无法读取：`palimpsest verify` 说明是哪些、哪些可以修复；"
        "会使读取进程终止的页面列在备注中"
    ),
    "articles gone from the site: {}; `palimpsest search --status gone` lists them": (
        "从网站上消失的文章：{0} 篇；见 `palimpsest search --status gone`"
    ),
    "{} MB are left on the disk: `palimpsest prune --dry-run` lists what could go elsewhere": (
        "磁盘只剩 {0} MB：`palimpsest prune --dry-run` 列出可移往别处的文件"
    ),
}
