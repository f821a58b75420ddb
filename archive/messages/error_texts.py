"""What the program says of errors and of how a run went, in Chinese: by its English sentence, where
"{}" stands for each value, and "{0}", "{1}" for the same values in the Chinese one.

The rooms raise errors in English, which logs and other programs get; whoever reads Chinese on a
terminal or in a report gets them in Chinese (archive.messages.language.explained). A test holds
every sentence that is raised to be here.
"""

from __future__ import annotations

ERRORS: dict[str, str] = {
    # The data directory, the disk, the lock.
    "cannot write in {}: {}": "无法写入 {0}：{1}",
    "cannot write in {}: {}; choose another with --data DIR": (
        "无法写入 {0}：{1}；请用 --data DIR 另选目录"
    ),
    "the file system of {} gives no lock ({}), so two runs could write in it at once; mount it "
    "with locks, or choose a disk of this machine with --data DIR": (
        "{0} 所在的文件系统不支持加锁（{1}），两次运行可能同时写入；"
        "请以支持锁的方式挂载，或用 --data DIR 另选本机磁盘"
    ),
    "the timer of another archive is installed ({}); `palimpsest schedule remove` takes it away, "
    "and `schedule show` prints a cron line for this one": (
        "已安装另一个档案库（{0}）的定时器；`palimpsest schedule remove` 可将其移除，"
        "`schedule show` 会给出本档案库的 cron 行"
    ),
    "{}: a link that leads nowhere, not taken in": "{0}：链接指向不存在的位置，未收入",
    "{} cannot be used as data directory ({}): name a writable one with --data": (
        "{0} 不能用作数据目录（{1}）：请用 --data 指定可写的目录"
    ),
    "there is no archive in {}: run `palimpsest crawl URL` first, or name another directory with "
    "--data": "{0} 中没有归档：请先运行 `palimpsest crawl URL`，或用 --data 指定别的目录",
    "no room left in {}: free some, then run again to go on": (
        "{0} 已无剩余空间：请腾出空间，再次运行即可继续"
    ),
    "{} MB are left on the disk of {}, the low-water mark is {} MB ({}): make room and run the "
    "command again; `palimpsest prune --dry-run` lists what could go elsewhere": (
        "{1} 所在磁盘只剩 {0} MB，下限为 {2} MB（{3}）：请腾出空间，再次运行同一命令；"
        "`palimpsest prune --dry-run` 列出可移往别处的文件"
    ),
    "{} is {}; write a number of megabytes": "{0} 的值是 {1}；请写兆字节数",
    "{} is working in {}; wait for it or choose another --data DIR": (
        "{0} 正在使用 {1}；请等它结束，或用 --data DIR 另选目录"
    ),
    "nightly (process {} on {}, since {})": "nightly（{1} 上的进程 {0}，始于 {2}）",
    "stopped by a signal; run the same command again to go on": (
        "已因信号停止；再次运行同一命令即可继续"
    ),
    # Profiles, the night, the timer.
    "not UTF-8 text; save it so": "不是 UTF-8 文本；请以 UTF-8 保存",
    "{}: no file; move it away, or give it another name": "{0}：不是文件；请移走或改名",
    "{}: not TOML: {}; {}": "{0}：不是 TOML：{1}；{2}",
    "{}: not TOML: brackets within brackets, too deep": "{0}：不是 TOML：括号嵌套过深",
    "{}: cannot be read: {}": "{0}：无法读取：{1}",
    "{} line {}: {}": "{0} 第 {1} 行：{2}",
    "{} line {}, column {}: not TOML: {}; {}": "{0} 第 {1} 行第 {2} 列：不是 TOML：{3}；{4}",
    "{} (and {} more: `palimpsest sites check` lists them)": (
        "{0}（另有 {1} 处错误，见 `palimpsest sites check`）"
    ),
    "unknown key {}; did you mean {}?": "没有 {0} 这个键；是否指 {1}？",
    "unknown key {}; there are {}": "没有 {0} 这个键；可用的有 {1}",
    "among the selectors: {}": "选择器中：{0}",
    "{} is {}, it must be {}; write for instance {}": "{0} 的值是 {1}，应为{2}；例如写作 {3}",
    "{} is a mirror on a host of start; leave it out of one of them": (
        "{0} 是镜像，却与 start 在同一主机；请从其中一处去掉"
    ),
    "{}: {} is missing; add a line {}": "{0}：缺少 {1}；请加一行 {2}",
    "{}: the name {} is also that of {}; give one of them another name": (
        "{0}：名称 {1} 与 {2} 相同；请给其中一个另起名称"
    ),
    "correct it; https://toml.io shows how values are written": (
        "请改正；值的写法见 https://toml.io"
    ),
    "the key is given twice, keep one of the lines": "此键写了两次，请只留一行",
    "text stands between straight quotes, as in {}": "文字须放在直引号中，例如 {0}",
    "between two values stands a comma, behind the last one ]": (
        "两个值之间用英文逗号，最后一个之后用 ]"
    ),
    "a line is written KEY = VALUE, as in {}": "每行写作 键 = 值，例如 {0}",
    "a CSS selector": " CSS 选择器",
    "a name of 1 to 200 characters": " 1 至 200 个字符的名称",
    "a list of addresses that begin with http:// or https://": (
        "以 http:// 或 https:// 开头的网址列表"
    ),
    "true or false": " true 或 false",
    "a whole number, 0 for no limit": "整数，0 表示不限",
    "a whole number of nights from 1 to {}": " 1 至 {0} 的整数（夜数）",
    "a whole number of minutes from 1 to {}": " 1 至 {0} 的整数（分钟）",
    "seconds from {} to {}": " {0} 至 {1} 之间的秒数",
    "a list of host names": "主机名列表",
    "a share from 0 to 1": " 0 至 1 之间的比例",
    "a table of CSS selectors for any of {}": " CSS 选择器表，可含 {0}",
    "{} cannot be a site's name; --site NAME gives another one": (
        "{0} 不能作网站名称；可用 --site NAME 另起名称"
    ),
    "{} has a profile named {} already; edit that one": "{0} 中已有名为 {1} 的配置文件；请修改它",
    "{} is not the address of a web site; write it as in http://www.example.ac.cn/": (
        "{0} 不是网站的网址；写法如 http://www.example.ac.cn/"
    ),
    "{} has no profile named {}; known: {}": "{0} 中没有名为 {1} 的配置文件；已有：{2}",
    "no site is to be crawled: {} has no enabled profile; `palimpsest sites add URL` writes one": (
        "没有要抓取的网站：{0} 中没有启用的配置文件；可用 `palimpsest sites add URL` 新建"
    ),
    "{} has no timer of Palimpsest; nothing to remove": "{0} 中没有 Palimpsest 的定时器，无可移除",
    "{} cannot stand in a timer: name a plain path": "定时任务中写不了 {0}：请换一个普通的路径",
    "{} is no time of day; write it as in 02:00": "{0} 不是时刻；写法如 02:00",
    "{}: not told: {}: {}": "{0}：未能告知：{1}：{2}",
    "not an http or https address": "不是 http 或 https 网址",
    "the other side, or a variable, is not as it should be": "对方或某个变量有误",
    "{} is {}; write host:port": "{0} 的值是 {1}；请写 host:port",
    "{} is {}; write {} or {}": "{0} 的值是 {1}；请写 {2} 或 {3}",
    "the report could not be written: {}": "报告无法写出：{0}",
    # How a run went.
    "finished": "完成",
    "complete": "完成",
    "complete with problems": "完成，但有问题",
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
    "complete, but {} of {} requests failed ({}; {} are allowed)": (
        "完成，但 {1} 次请求中有 {0} 次失败（{2}；允许 {3}）"
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
    "make room on the disk before the next night; nothing that was kept is lost": (
        "请在下一次夜间运行之前腾出磁盘空间；已保存的内容没有丢失"
    ),
    "open the site's first page in a browser: has it moved, or a new template? `palimpsest runs "
    "compare` shows what differs, and `palimpsest clean` reads the captures again": (
        "请用浏览器打开网站首页：是否已迁移或换了模板？`palimpsest runs compare` 显示差异，"
        "`palimpsest clean` 重新读取已保存的页面"
    ),
    "a fault of the program: run the same command with --debug, and report what it prints": (
        "程序出错：请加 --debug 再次运行同一命令，并报告所输出的内容"
    ),
    "{} pages met a fault of the program: they are kept; report it, and run `palimpsest clean` "
    "with the next version": (
        "{0} 个页面遇到程序错误：页面均已保存；请报告，并在升级后运行 `palimpsest clean`"
    ),
    "a firewall kept {} pages back: ask those who run it to let the crawler (User-Agent) through": (
        "防火墙拦下 {0} 个页面：请让管理者放行抓取程序（User-Agent）"
    ),
    "most failures are {} ({}): `palimpsest runs ledger --site {} --state failed --format csv` "
    "names every address; they are asked again the next night, and none counts as gone. If it goes "
    "on for days, tell whoever runs the server": (
        "失败多为 {0}（{1} 次）：`palimpsest runs ledger --site {2} --state failed --format csv` "
        "列出每个网址；下一次夜间运行会再次请求，也不会因此算作消失。"
        "若持续数日，请告知服务器的管理者"
    ),
    "captures could not be read: `palimpsest verify` says which, and what can be mended": (
        "有抓取记录无法读取：`palimpsest verify` 说明是哪些、哪些可以修复"
    ),
    "articles gone from the site: {}; `palimpsest search --status gone` lists them": (
        "从网站上消失的文章：{0} 篇；见 `palimpsest search --status gone`"
    ),
    "{} MB are left on the disk: `palimpsest prune --dry-run` lists what could go elsewhere": (
        "磁盘只剩 {0} MB：`palimpsest prune --dry-run` 列出可移往别处的文件"
    ),
    # Crawling.
    "{} gave no page: {}; {}": "{0} 未给出页面：{1}；{2}",
    "check the address in a browser, or try again later": "请在浏览器中查看此网址，或稍后再试",
    "its robots.txt asks crawlers to stay away": "其 robots.txt 要求抓取程序离开",
    "its robots.txt cannot be read, so nothing may be asked; try again later": (
        "无法读取其 robots.txt，因此不得请求；请稍后再试"
    ),
    "a firewall keeps crawlers out: ask its operators to let this one in": "请防火墙管理者放行",
    "check the spelling, or the name service": "请核对拼写，或检查域名服务",
    "check the address and the port, or try again later": "请核对网址和端口，或稍后再试",
    "name the address it leads to instead": "请改用它所指向的网址",
    "check the path of the address": "请核对网址的路径",
    "name at least one address, for instance http://www.example.ac.cn/": (
        "请至少给出一个网址，例如 http://www.example.ac.cn/"
    ),
    "--max-pages must be at least 1": "--max-pages 至少为 1",
    "{} cannot be the institute's own host and a mirror of it": (
        "{0} 不能既是研究所自己的主机，又是其镜像"
    ),
    "{} cannot be crawled: {}": "{0} 无法抓取：{1}",
    "PALIMPSEST_REVISIT: {} is no kind of address; there are {}": (
        "PALIMPSEST_REVISIT：没有 {0} 这种网址；有 {1}"
    ),
    "PALIMPSEST_REVISIT: {} must be pairs of days, such as [[0, 7], [90, 30]]": (
        "PALIMPSEST_REVISIT：{0} 应为成对的天数，如 [[0, 7], [90, 30]]"
    ),
    "the copy is no HTTP response": "副本不是 HTTP 应答",
    "no address can be handed out any more ({})": "无法再取出网址（{0}）",
    # Backfills.
    "--scheduler needs the extra `cluster`: pip install 'palimpsest-archive[cluster]'": (
        "--scheduler 需要附加组件 `cluster`：pip install 'palimpsest-archive[cluster]'"
    ),
    "no Dask scheduler answers at {}: {}": "{0} 处没有 Dask 调度器应答：{1}",
    "the scheduler at {} has no worker; start `dask worker`": (
        "{0} 处的调度器没有工作进程；请启动 `dask worker`"
    ),
    "{} is not the address of a service": "{0} 不是服务的网址",
    "{}: no such file or folder; name one that exists": "{0}：没有此文件或文件夹；请指定存在的",
    "the listing could not be kept in {}: {}": "列表无法保存于 {0}：{1}",
    "{}; {} questions in a row had no answer: run the same command later to go on": (
        "{0}；连续 {1} 次提问没有回答：请稍后再次运行同一命令以继续"
    ),
    "{}: neither a file nor a folder; name one that can be read again": (
        "{0}：既不是文件也不是文件夹；请指定可以重读的"
    ),
    "{}: cannot take in this kind of file; it can be one of {}": (
        "{0}：不能收入此类文件；可收入 {1}"
    ),
    "{}: nothing in there can be taken in ({} files of other kinds); it can be one of {}": (
        "{0}：其中没有可收入的文件（其他类型的文件 {1} 个）；可收入 {2}"
    ),
    "{}: {} has {} bytes here and {} unpacked, too many; if it is no bomb, unpack it yourself and "
    "name the folder": (
        "{0}：{1} 在包中 {2} 字节，解压后 {3} 字节，过大；如确非压缩炸弹，请自行解压并指定其文件夹"
    ),
    "{}: neither a file nor a folder, not taken in": "{0}：既不是文件也不是文件夹，未收入",
    "{}: cannot be read: {}; not taken in": "{0}：无法读取：{1}；未收入",
    "{}: not a WACZ package that can be read: {}": "{0}：不是可读的 WACZ 包：{1}",
    "{}: no WARC file is in this package": "{0}：包中没有 WARC 文件",
    "{}: {} is not taken in: {}": "{0}：{1} 未收入：{2}",
    "{}: {} is not the file that datapackage.json tells of (SHA-256 {}); taken in as it is": (
        "{0}：{1} 与 datapackage.json 所述不符（SHA-256 为 {2}）；已照原样收入"
    ),
    "{}: HTTP status {}; is it a CDX server? name the replay prefix, as in "
    "http://127.0.0.1:8080/collection": (
        "{0}：HTTP 状态码 {1}；是 CDX 服务吗？请给出回放前缀，如 http://127.0.0.1:8080/collection"
    ),
    "{}: HTTP status {}, not taken in": "{0}：HTTP 状态码 {1}，未收入",
    "{} lists nothing under {}; check the collection's name and the address": (
        "{0} 未列出 {1} 之下的任何内容；请核对集合名称和网址"
    ),
    "{}: HTTP status {}, and the service asks to be left alone until {} UTC: run the same command "
    "then to go on": (
        "{0}：HTTP 状态码 {1}，服务要求在 {2}（UTC）之前不再询问：届时再次运行同一命令即可继续"
    ),
    "{}: HTTP status {}, {} times: run the same command later to go on": (
        "{0}：HTTP 状态码 {1}，共 {2} 次：请稍后再次运行同一命令以继续"
    ),
    "{}: no answer: {}; check the address": "{0}：没有应答：{1}；请核对网址",
    "{}: larger than {} bytes, not taken in": "{0}：超过 {1} 字节，未收入",
    "{}: no JSON object with a text, not taken in": "{0}：不是含有正文的 JSON 对象，未收入",
    "{}: empty, not taken in": "{0}：空文件，未收入",
    "{}: {}; not taken in": "{0}：{1}；未收入",
    "{} workers died reading it (the last one by {})": "读取时有 {0} 个进程死亡（最后一个：{1}）",
    "{} processes died reading the same pages; is there too little memory? run the command again, "
    "with --jobs 1": "有 {0} 个进程在读取同一批页面时死亡；是否内存不足？请加 --jobs 1 再次运行",
    # WARC files.
    "{} at byte {}: {}": "{0} 第 {1} 字节处：{2}",
    "WARC-Date is {}": "WARC-Date 为 {0}",
    "Content-Length is {}": "Content-Length 为 {0}",
    "a revisit, and the record it goes back to is not there": "revisit 记录，而它所指的记录不存在",
    "not an HTTP exchange": "不是 HTTP 交换",
    "not a record: {}": "不是记录：{0}",
    "no WARC or ARC record in this file": "文件中没有 WARC 或 ARC 记录",
    "not a gzip member": "不是 gzip 成员",
    "the gzip member is cut short": "gzip 成员不完整",
    "broken gzip member: {}": "gzip 成员已损坏：{0}",
    "not a Zstandard frame": "不是 Zstandard 帧",
    "the Zstandard frame is cut short": "Zstandard 帧不完整",
    "broken Zstandard frame: {}": "Zstandard 帧已损坏：{0}",
    "a header line without end": "头部有一行没有结尾",
    # HTTP messages.
    "no status line: {}": "没有状态行：{0}",
    "no request line: {}": "没有请求行：{0}",
    "more than {} bytes of HTTP head": "HTTP 头部超过 {0} 字节",
    "two Content-Length fields contradict each other": "两个 Content-Length 字段相互矛盾",
    "the message has no whole head yet": "消息头部尚不完整",
    "{} content codings, one on the other": "叠用了 {0} 重内容编码",
    "content grows past the limit of {} bytes": "内容解开后超过 {0} 字节的上限",
    "content coding {} is not supported": "不支持内容编码 {0}",
    "compressed content is cut short": "压缩内容不完整",
    "broken {} content: {}": "{0} 内容已损坏：{1}",
    # The store and its index.
    "the store: {}; {}": "存储：{0}；{1}",
    "database or disk is full": "磁盘已满",
    "database disk image is malformed": "数据库文件已损坏",
    "make room on the disk and run the command again": "请腾出空间，再次运行同一命令",
    "make the data directory writable": "请使数据目录可写",
    "check the disk that holds the data directory": "请检查数据目录所在的磁盘",
    "another process holds it; try again when it has ended": "另一个进程正在使用；请等它结束再试",
    "the file is damaged: move palimpsest.db away; `palimpsest backfill DATA/warc --site NAME "
    "--data DATA` makes it again from the WARC files": (
        "文件已损坏：请移走 palimpsest.db，再用 `palimpsest backfill DATA/warc --site NAME "
        "--data DATA` 由 WARC 文件重建"
    ),
    "palimpsest.db is not a store; name another directory": (
        "palimpsest.db 不是存储；请指定别的目录"
    ),
    "this is a fault of the program": "这是程序的错误",
    "the archive was closed: open it again to go on": "档案库已关闭：请重新打开",
    "the store is not SQLite": "存储不是 SQLite",
    "{} is a database, but not a Palimpsest store": "{0} 是数据库，但不是 Palimpsest 的存储",
    "the store has schema {}, which this program does not know (its newest is {}): update "
    "palimpsest": "存储的结构版本为 {0}，本程序不识（最新为 {1}）：请更新 palimpsest",
    "the store: {}; this is a fault of the program": "存储：{0}；这是程序的错误",
    "the store cannot be reached: {}; {}": "无法连接存储：{0}；{1}",
    "the database's address cannot be read; write postgresql://user@host/name": (
        "无法读懂数据库地址；写法如 postgresql://user@host/name"
    ),
    "another process is writing the search index; wait for it to end": (
        "另一个进程正在写检索索引；请等它结束"
    ),
    "{} cannot be used for the index: {}": "{0} 不能用于索引：{1}",
    "the index in {}: {}; `palimpsest clean --reindex` makes it again": (
        "{0} 中的索引：{1}；可用 `palimpsest clean --reindex` 重建"
    ),
    "the run was not kept": "此次运行未被保存",
    "there is no run {}; `palimpsest runs list` names them all": (
        "没有第 {0} 次运行；`palimpsest runs list` 列出全部"
    ),
    "there is no run {}": "没有第 {0} 次运行",
    "no saved query is called {}; there are: {}": "没有名为 {0} 的已存查询；已有：{1}",
    "a saved query cannot be called {}: a name is one word without quotation marks": (
        "已存查询不能叫 {0}：名称应为一个不带引号的词"
    ),
    "no article has the id or address {}; `palimpsest search WORDS` finds its id": (
        "没有标识或网址为 {0} 的文章；可用 `palimpsest search 词语` 查找"
    ),
    "no article is read any more where {} was: {}; its captures are kept": (
        "编号 {0} 原指的文章（{1}）现已读不出；其抓取记录仍在"
    ),
    # Exports, evidence, charts.
    "{}: a chart is a .png or .svg file": "{0}：图表须为 .png 或 .svg 文件",
    "no font with Chinese characters is installed for PNG: install one (fonts-noto-cjk), or write "
    ".svg": "未安装 PNG 所需的中文字体：请安装（fonts-noto-cjk），或改写 .svg",
    "{} is there already: a bag is made anew, name another --output": (
        "{0} 已存在：归档包须新建，请用 --output 另指位置"
    ),
    "article {} has no witness {}; it has {}": "文章 {0} 没有见证 {1}；有 {2}",
    "article {} has no witness {}": "文章 {0} 没有见证 {1}",
    "article {} has no version {}": "文章 {0} 没有版本 {1}",
    "the entry point of {} is not a click command": "{0} 的入口点不是 click 命令",
    # The reading room.
    "{} is no name: letters, digits and . _ - only": "{0} 不能作名称：只可用字母、数字和 . _ -",
    "the access file {} lets nobody in: add a user or token": (
        "访问文件 {0} 不许任何人进入：请添加用户或令牌"
    ),
    "not UTF-8 text ({})": "不是 UTF-8 文本（{0}）",
    "the access file {} cannot be written: {}": "访问文件 {0} 无法写入：{1}",
    "the access file {} cannot be read: {}": "访问文件 {0} 无法读取：{1}",
    "{}, line {}: neither a user nor a token; `palimpsest access --help` tells how to add one": (
        "{0} 第 {1} 行：既非用户也非令牌；添加方法见 `palimpsest access --help`"
    ),
    "there is no order {}: relevance, newest or oldest": (
        "没有排序方式 {0}：可用 relevance、newest 或 oldest"
    ),
    "there is no citation format {}: txt, bib, ris or json": (
        "没有引用格式 {0}：可用 txt、bib、ris 或 json"
    ),
    "there is no export format {}": "没有导出格式 {0}",
    "no capture has the record {}": "没有编号为 {0} 的抓取记录",
    "no capture of {} is kept": "没有 {0} 的存档",
    "{} is no moment of {} digits": "{0} 不是 {1} 位数字的时刻",
    "no file from {} is kept": "没有来自 {0} 的文件",
    "no capture lies in {}": "{0} 中没有存档",
    "the capture of witness {} is not in the store": "见证 {0} 的存档不在存储中",
    "the player is not installed": "未安装播放器",
    "npm is not installed: install it, or get the npm package {} {} in another way and name its "
    "file with --from": "未安装 npm：请安装，或以别的方式取得 npm 包 {0} {1}，并用 --from 指定文件",
    "{} is not the npm package {} {}: it was left alone": "{0} 不是 npm 包 {1} {2}：未作改动",
    "npm could not fetch {} {} ({}): get its file in another way and name it with --from": (
        "npm 无法取得 {0} {1}（{2}）：请以别的方式取得文件，并用 --from 指定"
    ),
    "{} cannot be read: {}": "{0} 无法读取：{1}",
    "the player cannot be written to {}: {}": "播放器无法写入 {0}：{1}",
    "{} has no {}": "{0} 中没有 {1}",
    "cannot listen on {} port {} ({}): choose others with --host and --port": (
        "无法在 {0} 的端口 {1} 监听（{2}）：请用 --host 和 --port 另选"
    ),
    "no process of the reading room can do its work; see above": ("阅览室没有可用的进程；原因见上"),
    # What the operating system says.
    "Permission denied": "权限不足",
    "No such file or directory": "没有此文件或目录",
    "No space left on device": "磁盘已满",
    "Read-only file system": "只读文件系统",
    "Is a directory": "是目录",
    "Not a directory": "不是目录",
    "File exists": "文件已存在",
    "Connection refused": "连接被拒",
}
