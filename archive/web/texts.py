"""Every text of the reading room, in English and in Chinese: data, no code."""

from __future__ import annotations

from archive.runs.texts import RUN_TEXTS
from archive.web.article_texts import ARTICLE_TEXTS
from archive.web.evidence_texts import EVIDENCE_TEXTS
from archive.web.interfaces.texts import INTERFACE_TEXTS
from archive.web.rule_texts import RULE_TEXTS
from archive.web.search_texts import SEARCH_TEXTS

_ELSEWHERE = (
    ARTICLE_TEXTS | EVIDENCE_TEXTS | INTERFACE_TEXTS | RULE_TEXTS | RUN_TEXTS | SEARCH_TEXTS
)

TEXTS: dict[str, tuple[str, str]] = _ELSEWHERE | {
    "room": ("Reading room", "阅览室"),
    "skip": ("Skip to the content", "跳到正文"),
    "footer": (
        "Articles are derived, the WARC files are the evidence. Nothing here is loaded from the "
        "live web.",
        "文章由程序整理而成，WARC 文件才是证据。本页不从互联网加载任何内容。",
    ),
    "footer.printed": (
        "Palimpsest reading room, {address}, as it answered on {at}",
        "Palimpsest 阅览室，{address}，{at} 所见",
    ),
    "unknown": ("unknown", "未知"),
    "untitled": ("(no title)", "（无标题）"),
    "nav": ("Pages", "页面"),
    "nav.language": ("Language", "语言"),
    "nav.search": ("Search", "检索"),
    "nav.sites": ("Sites and branches", "网站与栏目"),
    "nav.mirrors": ("Mirrors", "镜像"),
    "nav.new": ("What is new", "新增与改动"),
    "nav.runs": ("Runs", "运行"),
    "nav.alarms": ("Alarms", "警报"),
    "nav.storage": ("Storage", "存储"),
    "crumbs": ("You are here", "当前位置"),
    "status.live": ("live", "仍在线"),
    "status.gone": ("gone", "已消失"),
    "status.mirror-only": ("only on mirrors", "仅存于镜像"),
    "witness.original": ("the original", "原站"),
    "witness.mirror": ("a mirror", "镜像"),
    "witness.backfill": ("backfilled", "补录"),
    # Overviews
    "sites.official": ("The institute's hosts", "研究所主机"),
    "sites.mirrors": ("Mirrors", "镜像"),
    "sites.no_mirrors": ("none known", "尚未发现镜像"),
    "sites.more_mirrors": ("{count} more", "另有 {count} 个"),
    "sites.run": ("Newest run", "最近一次运行"),
    "coverage": ("Coverage: branches by year", "覆盖情况：各栏目各年篇数"),
    "coverage.of": ("Coverage of {site}", "{site} 的覆盖情况"),
    "coverage.note": (
        "How many articles of each branch were published in each year. A 0 is a year without one "
        "between the branch's first and last: was nothing published then, or is it missing here?",
        "各栏目每年发表的文章篇数。0 表示该栏目首末篇之间没有文章的年份："
        "当年没有发表，还是这里缺失？",
    ),
    "coverage.all": ("all", "全部"),
    "coverage.earlier": (
        "In {year} and before, without columns of their own: {found}",
        "{year} 年及以前（未单独列出）：{found}",
    ),
    "coverage.total": ("Total", "合计"),
    "coverage.none": ("There is no article.", "没有文章。"),
    "sites.none": ("There is no site yet.", "尚无网站。"),
    "mirrors.what": (
        "Hosts that copied a site: the terms they put in the institute's place, how they tampered, "
        "and the articles that stand on no other host.",
        "复制网站的主机：换入的词语、篡改方式，以及别处没有的文章。",
    ),
    "mirrors.only": ("On no other host", "别处没有"),
    "mirrors.only_all": ("articles only mirrors keep", "仅存于镜像的文章"),
    "mirrors.evidence": ("Known by", "依据"),
    "mirrors.hinted": ("named by the operator", "由管理员指明"),
    "mirrors.found": ("what its pages show", "页面所示"),
    "mirrors.none": ("No mirror is known.", "尚未发现镜像。"),
    "runs.none": ("No run has begun yet.", "尚无运行。"),
    "storage.none": ("There is no WARC file yet.", "尚无 WARC 文件。"),
    "alarms.what": (
        "Runs that failed or have not ended, and runs that saw the institute's own host serve what "
        "is not its own.",
        "失败或尚未结束的运行，以及发现本所主机发布了并非本所内容的运行。",
    ),
    "alarms.notes": ("Notes of runs", "运行备注"),
    "alarms.notes.what": (
        "What runs noted by the way: mirrors met, addresses set aside, pages that could not be "
        "read.",
        "运行顺带记下的事项：遇到的镜像、搁置的网址、无法读取的页面。",
    ),
    "alarms.notes.none": ("No run left a note.", "没有运行留下备注。"),
    "alarms.others": ("Further runs with notes: {count}.", "另有 {count} 次运行留有备注。"),
    "alarms.none": ("Nothing needs to be looked at.", "没有需要查看的事项。"),
    "storage.articles": ("Articles", "文章"),
    "storage.versions": ("Versions", "版本"),
    "storage.witnesses": ("Witnesses", "见证"),
    "storage.captures": ("Captures", "抓取记录"),
    "storage.files": ("WARC files", "WARC 文件"),
    "storage.size": ("Records in them", "其中记录的大小"),
    "storage.from": ("From", "自"),
    "storage.to": ("To", "至"),
    "storage.on_disk": ("On disk", "磁盘上"),
    "storage.missing": ("missing", "缺失"),
    "storage.fixity": ("Fixity", "固定性"),
    "storage.hint": (
        "“Verify now” reads up to 50 records spread over the file; palimpsest verify reads all.",
        "“立即核验”读取分布于文件各处的至多 50 条记录；palimpsest verify 读取全部记录。",
    ),
    "storage.checked": (
        "{name}: records read again: {looked} of {of}; not as they were kept: {bad}.",
        "{name}：共 {of} 条记录，重新读取 {looked} 条，{bad} 条与保存时不一致。",
    ),
    "new.feed": ("Atom feed of what is new", "订阅新增与改动（Atom）"),
    "new.since": ("Since", "自"),
    "new.count": (
        "New or changed since {since}: {count}",
        "{since} 以来新增或改动：{count} 篇",
    ),
    "new.count_changed": (
        "Changed since {since}: {count}",
        "{since} 以来有改动：{count} 篇",
    ),
    "new.every": ("new and changed", "新增与改动"),
    "new.only_changed": ("changed only", "仅看有改动的"),
    "new.unread": (
        "“{value}” is no day, month or year: this is what is new since {since}.",
        "“{value}”不是可识别的日期；以下为 {since} 以来的内容。",
    ),
    "new.new": ("new", "新增"),
    "new.changed": ("changed", "有改动"),
    "runs.numbers": ("In numbers", "各项数字"),
    # Errors
    "error.not-found": ("Not found", "没有找到"),
    "error.not-found.text": (
        "There is nothing at this address of the reading room.",
        "阅览室的这个地址没有内容。",
    ),
    "error.no-longer": ("An article was here", "此处曾有文章"),
    "error.no-longer.text": (
        "This id was given to an article that was read at {url}. No article is read there any "
        "more; what was captured is kept.",
        "该编号原指一篇读自 {url} 的文章，现在那里已读不出文章；当时的抓取记录仍在。",
    ),
    "error.no-longer.captures": ("Its captures", "查看其抓取记录"),
    "error.busy": ("The search index is being made", "正在建立检索索引"),
    "error.busy.text": (
        "Another process brings it up to date. Try again in a minute.",
        "另一个进程正在更新索引，请稍后再试。",
    ),
    "error.failed": ("The archive cannot answer now", "归档暂时无法回答"),
    "error.failed.text": (
        "The store or a WARC file could not be read; palimpsest verify tells why.",
        "无法读取数据库或 WARC 文件；原因可用 palimpsest verify 查看。",
    ),
    "error.bad-request": ("That request cannot be understood", "请求无法理解"),
    "error.bad-request.text": (
        "A part of the address is not what this page takes.",
        "地址中有此页不接受的内容。",
    ),
    "error.bad-method": ("That cannot be done here", "此处不支持该操作"),
    "error.bad-method.text": (
        "This page can be read and nothing else.",
        "此页只能阅读。",
    ),
    "error.unexpected": ("Something went wrong", "出现意外错误"),
    "error.unexpected.text": (
        "The reading room met an error it does not know. It is in the log of the server.",
        "阅览室遇到未知错误，详情见服务器日志。",
    ),
}
