"""What the pages of captures and witnesses say, in English and in Chinese: data, no code."""

from __future__ import annotations

EVIDENCE_TEXTS: dict[str, tuple[str, str]] = {
    "evidence": ("Captures", "抓取记录"),
    "evidence.package": ("All evidence as one file (WACZ)", "全部证据打包（WACZ）"),
    "evidence.pages": ("The pages it stands on", "所在各页"),
    "evidence.page_not_kept": ("not kept", "未保存"),
    "evidence.at": ("Captured", "抓取时间"),
    "evidence.role": ("Witness", "见证"),
    "evidence.base": (" (the reading is made from this one)", "（阅读文本出自此处）"),
    "evidence.host": ("Host", "主机"),
    "evidence.kinds": ("Tampering seen", "所见篡改"),
    "evidence.undone": ("words put in or exchanged, and undone", "添入或调换的文字，已还原"),
    "evidence.file": ("WARC file", "WARC 文件"),
    "evidence.more": (
        "Further captures, in the article's JSON: {count}",
        "另有 {count} 次抓取，见本文的 JSON",
    ),
    "evidence.offset": ("Offset", "偏移"),
    "evidence.length": ("Bytes in the file", "文件中的字节数"),
    "evidence.record": ("Record", "记录编号"),
    "evidence.digest": ("Payload digest", "载荷摘要"),
    "evidence.certificate": ("TLS certificate", "TLS 证书"),
    "evidence.trusted": ("checked by the crawl, and good", "抓取时已验证，有效"),
    "evidence.untrusted": ("not checked by the crawl", "抓取时未验证"),
    "evidence.subject": ("Belongs to", "持有者"),
    "evidence.issuer": ("Issued by", "签发者"),
    "witness": ("A witness and its capture", "见证及其抓取记录"),
    "witnesses": ("Witnesses side by side", "见证对照"),
    "witnesses.mirror": ("Mirror", "镜像"),
    "witnesses.show": ("Show", "显示"),
    "witnesses.choices": (
        "{shown} of {count} are offered here; the others, page by page.",
        "此处列出 {count} 个中的 {shown} 个，其余请翻页。",
    ),
    "witnesses.legend": (
        "Struck through: what was put in, on the official host's side what the reading "
        "does not have there. Underlined: what was put back, or what only that host showed. In a "
        "dashed frame: lines of that page that the reading leaves out.",
        "删除线：被添入的文字；在原站一栏为阅读文本中有而原站没有的文字。"
        "下划线：还原的文字，或只有该主机显示的文字。"
        "虚线框：该页上有而阅读文本略去的行。",
    ),
    "witnesses.reading": ("The reading text", "阅读文本"),
    "witnesses.reading_of": ("made from the witness of {host}", "出自 {host} 的见证"),
    "witnesses.mirror_showed": ("What the mirror showed", "镜像所示"),
    "witnesses.tampered_showed": (
        "What the page showed while it was tampered with",
        "页面遭篡改时所示",
    ),
    "witnesses.official_showed": ("What the official host showed", "原站所示"),
    "witnesses.other_showed": ("What the other witness showed", "另一见证所示"),
    "witnesses.beside": ("beside", "与"),
    "witnesses.no_mirror": ("No mirror of this article is known.", "未见本文的镜像。"),
    "witnesses.no_official": (
        "The official host's own page is not in the archive.",
        "归档中没有原站的页面。",
    ),
    "witnesses.differs": (
        "characters that differ from the reading: {count}",
        "与阅读文本相差 {count} 个字符",
    ),
    "witnesses.same": ("the same as the reading", "与阅读文本相同"),
    "verify.button": ("Verify now", "立即核验"),
    "verify.good": (
        "Read from the WARC file at {at}: whole, and its digest is the one that was kept.",
        "{at} 从 WARC 文件读取：记录完整，摘要与保存时一致。",
    ),
    "verify.digest": (
        "Read from the WARC file at {at}: the payload is not the one that was kept.",
        "{at} 从 WARC 文件读取：载荷与保存时不一致。",
    ),
    "verify.unreadable": (
        "The record cannot be read from its WARC file. {at}",
        "无法从 WARC 文件读取此记录。{at}",
    ),
    "captures": ("Captures of an address", "网址的抓取记录"),
    "captures.since": ("Since the one before", "与上一次相比"),
    "captures.same": ("the same bytes", "字节相同"),
    "captures.came": ("What it was", "抓取结果"),
    "captures.look": ("Look at it", "查看"),
    "captures.page": ("the page", "页面"),
    "captures.witness": ("the witness", "见证"),
    "captures.replay": ("replay", "回放"),
    "captures.timemap": ("as a Memento TimeMap", "Memento TimeMap 列表"),
    "captures.json": ("as JSON", "JSON 列表"),
    "calendar": ("Calendar of captures", "抓取日历"),
    "calendar.what": (
        "Every capture, on its day (UTC). The sign of a day is that of what most needs to be "
        "looked at.",
        "每次抓取均列于其当日（UTC）。某日有多次抓取时，所示为其中最需留意的一种。",
    ),
    "calendar.year": ("Year", "年份"),
    "calendar.total": ("Captures", "抓取次数"),
    "calendar.all": ("Captures: {count}", "共 {count} 次抓取"),
    "calendar.addresses": ("The addresses of this article", "本文的各网址"),
    "calendar.more": (
        "Further addresses of this article: {count}. Each has a calendar of its own, which its "
        "capture leads to.",
        "本文另有 {count} 个网址未列入，可由其抓取记录查看各自的日历。",
    ),
    "calendar.counted": (
        "There are so many captures of this address that each is counted by what it is known for "
        "by itself; a day lists what came of each.",
        "此网址的抓取太多，此处只按每次抓取本身归类计数；各日的列表说明每次抓取的结果。",
    ),
    "calendar.month": ("{month} {year}", "{year} 年 {month}"),
    "calendar.whole": ("The whole year {year}", "{year} 年全年"),
    "calendar.none": (
        "Nothing was captured on this day.",
        "当日没有抓取。",
    ),
    "calendar.signs": ("What the signs mean", "符号说明"),
    "came.tampered": (
        "words put in or exchanged, and undone here",
        "有文字被加入或替换，归档已还原",
    ),
    "came.others": ("not believed to be the institute's page", "不认作研究所自己的页面"),
    "came.version": ("a new version of the article", "文章的新版本"),
    "came.first": ("the first copy", "首次抓取"),
    "came.bytes": ("other bytes, words not compared", "字节不同，文字未比较"),
    "came.words": ("other bytes, the article's words the same", "字节不同，文章文字相同"),
    "came.same": ("the same bytes (or 304)", "字节相同（或 304）"),
    "came.moved": ("led elsewhere", "转至他处"),
    "came.gone": ("not there", "页面不存在"),
    "came.failed": ("an error", "出错"),
    "came.kept": ("pages and files with content", "有内容的页面与文件"),
    "host": ("All captures of a host, night by night", "主机的逐夜抓取记录"),
    "host.articles": ("the articles on this host", "此主机上的文章"),
    "host.runs": ("Runs of this day", "当日的运行"),
    "host.what": (
        "Every capture of an address on this host, on its day (UTC), by what it is known for by "
        "itself. The sign of a day is that of what most needs to be looked at.",
        "此主机上各网址的每次抓取均列于其当日（UTC），只按该次抓取本身归类。某日所示为其中最需留意的一种。",
    ),
    "host.many": (
        "There are so many captures of this host that they are only counted here; a day lists "
        "what came of each.",
        "此主机的抓取太多，此处只计数；各日的列表说明每次抓取的结果。",
    ),
    "changes": ("What changed between two captures", "两次抓取之间的改动"),
    "changes.from": ("Earlier", "较早"),
    "changes.to": ("Later", "较晚"),
    "changes.same": ("The words of the page are the same", "页面文字相同"),
    "changes.none": (
        "At least one of them is no page of text, or cannot be read: only the bytes tell.",
        "其中至少一次不是文字页面，或无法读取：只能比较字节。",
    ),
    "captures.all": ("All captures of this address", "此网址的全部抓取记录"),
    "capture": ("A capture", "抓取记录"),
    "capture.status": ("Answer", "应答"),
    "capture.error": ("What went wrong", "出错情况"),
    "capture.type": ("Type", "类型"),
    "capture.run": ("Run", "运行"),
    "capture.article": ("The article that is read from it", "据此读出的文章"),
    "exchange": ("The exchange as it crossed the wire", "网络上收发的原始内容"),
    "exchange.download": ("Download it, byte for byte", "逐字节下载"),
    "exchange.request": ("Request", "请求"),
    "exchange.head": ("Response head", "响应头"),
    "exchange.body": ("Response body, decoded", "响应正文（已解码）"),
    "exchange.truncated": ("the beginning is shown", "仅显示开头部分"),
    "removals": ("Left out of the article", "未收入文章的内容"),
    "not_kept": ("Nothing from this address", "没有此网址的内容"),
    "not_kept.text": (
        "The archive has neither an article nor a capture of the address below; the reading room "
        "does not lead to the live web.",
        "归档中没有来自下列网址的文章或抓取记录；阅览室不链接到互联网。",
    ),
    "verify.file": ("Verify {name} now", "立即核验 {name}"),
    "memento.title": ("Captured at {moment}", "抓取于 {moment}"),
    "memento.banner": (
        "A captured page without its scripts and styles, as it was at {moment}:",
        "{moment} 抓取的页面，已去除脚本与样式：",
    ),
    "memento.article": ("the article", "对应的文章"),
    "memento.show": ("Look at the captured page", "查看抓取的页面"),
    "replay.title": ("Replay of a captured page", "回放抓取的页面"),
    "replay.show": ("Replay it as it ran", "按原样回放"),
    "replay.what": (
        "The page runs as it was captured, from the archive only: what was not kept is missing.",
        "页面按抓取时的样子运行，内容只来自归档；未保存的内容不会出现。",
    ),
    "replay.insecure": (
        "A browser replays pages in a secure context only: open the reading room at 127.0.0.1 or "
        "over https.",
        "浏览器只在安全环境中回放页面：请通过 127.0.0.1 或 https 打开阅览室。",
    ),
    "replay.no_player": (
        "The player is not installed. It is put into the data directory by",
        "尚未安装回放程序。可用下列命令安装到数据目录：",
    ),
}
