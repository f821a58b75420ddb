"""What the search page says, in English and in Chinese: data, no code."""

from __future__ import annotations

SEARCH_TEXTS: dict[str, tuple[str, str]] = {
    "search.title": ("Search the archive", "检索归档"),
    "search.label": ("Words, names or a phrase", "词语、姓名或词组"),
    "search.button": ("Search", "检索"),
    "search.more": ("Dates, order and query language", "日期、排序与检索语言"),
    "search.from": ("Published from", "发布日期自"),
    "search.to": ("to", "至"),
    "search.order": ("Order", "排序"),
    "search.help": (
        "Words of one character are found too. “In quotation marks” is a phrase; "
        "sedim* finds words that begin so; AND, OR, NOT, "
        "-word and ( ) join; title: text: branch: author: source: attachment: site: status: "
        "witness: host: date:2009..2011 narrow. Keys: / goes to this field, j and k to the next "
        "and the previous article found, x picks it, o opens what is picked, n and p to the places "
        "in an article.",
        "单字亦可检索。“引号内”为词组；sedim* 查找以此开头的外文词；"
        "AND、OR、NOT、-词 和 ( ) 用于组合；标题: 正文: 栏目: "
        "作者: 来源: 附件: 网站: 状态: 见证: 主机: 日期:2009至2011 用于限定，"
        "也可写作 title: date: 等。"
        "按键：/ 到检索框，j、k 到下一篇、上一篇，x 选入，o 打开所选，"
        "文章中 n、p 到下一处、上一处。",
    ),
    "search.unread": (
        "“{value}” is no day, month or year: it was left out. Write 2010, 2010-12 or 2010-12-31.",
        "“{value}”不是可识别的日期，未作为检索条件。请写作 2010、2010-12 或 2010-12-31。",
    ),
    "order.relevance": ("best first", "相关度"),
    "order.newest": ("newest first", "最新在前"),
    "order.oldest": ("oldest first", "最早在前"),
    "sentence.count.one": ("{count} article", "{count} 篇文章"),
    "sentence.count.many": ("{count} articles", "{count} 篇文章"),
    "sentence.where": ("{count} where {parts}", "{count}，条件：{parts}"),
    "sentence.words": ("title or text matches “{value}”", "标题或正文符合“{value}”"),
    "sentence.branch": ("the branch is “{value}”", "栏目为“{value}”"),
    "sentence.site": ("the site is “{value}”", "网站为“{value}”"),
    "sentence.status": ("the status is “{value}”", "状态为“{value}”"),
    "sentence.witness": ("one witness is: {value}", "见证中有：{value}"),
    "sentence.host": ("one host is {value}", "主机中有：{value}"),
    "sentence.only": ("no host but {value} has it", "别处没有，仅见于 {value}"),
    "sentence.year": ("the year is {value}", "年份为 {value}"),
    "sentence.from": ("published {value} or later", "发布于 {value} 或之后"),
    "sentence.to": ("published {value} or earlier", "发布于 {value} 或之前"),
    "saved": ("Saved searches", "保存的检索"),
    "saved.save": ("Save this search in this browser", "在此浏览器中保存这次检索"),
    "saved.everybody": ("Searches saved for everybody:", "共享的检索："),
    "saved.remove": ("Remove", "删除"),
    "selection": ("Selection", "选集"),
    "selection.what": (
        "Articles that were picked, up to {most}. This page's address is the selection: keep it, "
        "or hand it on.",
        "选出的文章，最多 {most} 篇。本页网址就是这份选集，可保存或转发。",
    ),
    "selection.pick": ("Pick", "选入"),
    "selection.show": ("Open what is picked: cite, export, hand on", "打开选集：引用、导出、转发"),
    "selection.count": ("picked: {count}", "已选 {count} 篇"),
    "selection.clear": ("Pick none", "清空选集"),
    "selection.keep": ("Keep only what is ticked", "只保留勾选的文章"),
    "selection.export": ("Export the selection:", "导出选集："),
    "selection.missing": ("Not found: {ids}", "未找到：{ids}"),
    "selection.none": (
        "Nothing is picked: tick articles that a search found.",
        "尚未选入文章：请在检索结果中勾选。",
    ),
    "timeline": ("Over the years", "年份分布"),
    "timeline.bar": ("{year}: {found}", "{year} 年：{found}"),
    "timeline.undated": ("{count} without a date", "{count} 篇没有日期"),
    "facets": ("Narrow", "筛选"),
    "facet.branch": ("Branch", "栏目"),
    "facet.year": ("Year", "年份"),
    "facet.site": ("Site", "网站"),
    "facet.status": ("Status", "状态"),
    "facet.witness": ("Witness", "见证"),
    "facet.host": ("Host", "主机"),
    "facet.only": ("On no other host than", "仅见于主机"),
    "facet.from_": ("From", "自"),
    "facet.to": ("To", "至"),
    "chosen": ("What narrows the search", "当前筛选"),
    "chosen.clear": ("Take away {name}: {value}", "取消“{name}：{value}”"),
    "facet.more": ("{count} more", "另有 {count} 项"),
    "hits": ("Articles found", "检索结果"),
    "quotation": ("Is a text genuine?", "核对一段文字"),
    "quotation.label": ("The text", "待核对的文字"),
    "quotation.button": ("Find where it stands", "查找出处"),
    "quotation.what": (
        "A paragraph, or a few, as you have it. Punctuation, line breaks and traditional or "
        "simplified characters make no difference. Nothing of it is kept.",
        "请粘贴一段或数段文字。标点、换行、繁简不影响核对。文字不会被保存。",
    ),
    "quotation.answer": ("Where it stands", "出处"),
    "quotation.cut": (
        "Only the first {count} characters were looked for.",
        "只核对了前 {count} 个字符。",
    ),
    "quotation.none": (
        "Neither this text nor one like it stands in an article of the archive, or it has fewer "
        "than {count} characters or words.",
        "归档的文章中没有这段文字或相近的文字，或文字不足 {count} 个字（词）。",
    ),
    "quotation.genuine": (
        "Word for word as this article has it:",
        "与本文的文字完全一致：",
    ),
    "quotation.now": ("(the present one)", "（当前版本）"),
    "quotation.copies": (
        "No version of the article has these words, but copies of it do, after what was put in "
        "was undone:",
        "文章各版本均无此文字，但下列副本（还原之后）有：",
    ),
    "quotation.shown": (
        "Not the institute's words: they stand so only on pages whose words somebody had changed:",
        "不是研究所的原文：只有文字被他人改动过的页面如此显示：",
    ),
    "quotation.near": (
        "The words do not stand so in this article, but something like them does.",
        "本文没有完全相同的文字，但有相近的文字。",
    ),
    "quotation.stand": (
        "Of {lines} lines of the text {stand} stand in it word for word.",
        "待核对的 {lines} 行中有 {stand} 行与本文完全一致。",
    ),
    "quotation.looked_into": (
        "The {count} articles that are most like the text were looked into.",
        "已核对最相近的 {count} 篇文章。",
    ),
    "quotation.more": ("Look into {count} more", "再核对 {count} 篇"),
    "quotation.differs": (
        "The article's words, and what the text has in their place",
        "文章的文字与待核对文字的差异",
    ),
    "held": ("What the archive held on a day", "某日归档中已有的内容"),
    "held.day": ("Day", "日期"),
    "held.every": ("all sites", "全部网站"),
    "held.count": (
        "By the end of {day} (UTC) {count} articles had been captured.",
        "截至 {day}（UTC）日终，已抓取 {count} 篇文章。",
    ),
    "held.what": (
        "Each leads to the version that was its newest then. Titles, branches and states are those "
        "of today.",
        "每篇均链接到当时最新的版本；标题、栏目、状态为今日所见。",
    ),
    "held.version": (
        "version {number} of {versions}, since {since}",
        "第 {number} 版（共 {versions} 版），自 {since}",
    ),
    "held.since": ("what changed since", "此后的改动"),
    "held.unread": (
        "“{value}” is no day; this is what there was by {day}.",
        "“{value}”不是日期；所列为截至 {day} 的内容。",
    ),
    "hits.none": ("Nothing was found", "没有找到文章"),
    "hits.none_here": ("Nothing is on this page", "此页没有文章"),
    "hint.address": ("What has this address or id is kept:", "归档中有此网址或编号："),
    "hint.address_here": ("open it", "打开"),
    "hint.meant": ("Perhaps {words} was meant:", "或许要找的是 {words}："),
    "hint.no_day": (
        "No day is as late as {first} and as early as {last}",
        "没有不早于 {first} 又不晚于 {last} 的日期",
    ),
    "hint.turned": ("From {first} to {last} there are", "自 {first} 至 {last} 的有"),
    "hint.page": ("From the first page of this search on there are", "从此检索的第一页起共有"),
    "hint.without": ("Without {name}: {value} there are", "取消“{name}：{value}”后有"),
    "hint.unfiltered": ("Without what narrows the search there are", "取消全部筛选后有"),
    "hint.all": (
        "Words stand for what is written side by side. All of {parts}, wherever they stand, are in",
        "连写的词按原样相连查找。{parts} 都出现、不必相连的有",
    ),
    "hint.any": ("At least one of {parts} is in", "至少出现 {parts} 之一的有"),
    "pages": ("Pages of results", "结果分页"),
    "pages.previous": ("← previous", "← 上一页"),
    "pages.next": ("next →", "下一页 →"),
    "pages.here": ("page {page} of {pages}", "第 {page} 页，共 {pages} 页"),
    "exports": ("Export everything found:", "导出全部结果："),
    "export.jsonl": ("JSON Lines", "JSON Lines 格式"),
    "export.csv": ("CSV", "CSV 表格"),
    "export.parquet": ("Parquet", "Parquet 格式"),
    "export.texts.zip": ("plain texts (ZIP)", "纯文本（ZIP）"),
    "export.bib": ("BibTeX", "BibTeX 引文"),
    "export.ris": ("RIS", "RIS 引文"),
    "export.csl.json": ("CSL-JSON", "CSL-JSON 引文"),
    "export.2025.txt": ("citations (GB/T 7714-2025)", "引文（GB/T 7714-2025）"),
    "export.txt": ("citations (GB/T 7714-2015)", "引文（GB/T 7714-2015）"),
    "feed": ("Atom feed of this search", "订阅此检索（Atom）"),
}
