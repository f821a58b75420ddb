"""What the archive gives as evidence, in the reader's language.

Evidence is kept with what it is for (a repair, a removal, a date, a mirror), in English, as exports
and other programs get it. The sentences are the program's own, with words of pages set in; a reader
of Chinese gets them in Chinese here. It promises to leave alone what it does not know.
"""

from __future__ import annotations

import re

from archive.evidence.english import places
from archive.evidence.note_texts import NOTES
from archive.evidence.removal_texts import REMOVALS

_DAYS = dict(
    zip(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "一二三四五六日",
        strict=True,
    )
)
_ROLES = {
    "copyright line": "版权行",
    "e-mail address": "电子邮箱",
    "hidden links to many strangers under few words": "以少数词语指向许多外站的隐藏链接",
    "hidden links": "隐藏链接",
    "head written in references": "头部写成字符引用",
}

_SENTENCES: tuple[tuple[str, str], ...] = (
    # The day of publication.
    (r"^label above the body: (.+)", r"正文上方的标注：“\1”"),
    (r"^moment in the page's script$", "页面脚本中的时间"),
    (r"^label at the head of the body: (.+)", r"正文开头的标注：“\1”"),
    (r"^label below the body: (.+)", r"正文下方的标注：“\1”"),
    (r"^words above the body: (.+)", r"正文上方的文字：“\1”"),
    (r"^words below the body: (.+)", r"正文下方的文字：“\1”"),
    (r"^label at the head", "开头的标注"),
    (r"^byline: (.+)", r"署名行：“\1”"),
    (r"^address: ", "网址："),
    (r"^(\w+) of the line: (.+)", r"该行 JSON 的 \1：“\2”"),
    (r"^beside its title on the list ", "列表页标题旁所示："),
    (r"^date under the signature", "落款日期"),
    (r"^signature agrees$", "与落款日期一致"),
    # Repairs.
    (r"\bthe official pages are in simplified characters", "原站页面为简体字"),
    (r"\breadings in brackets, three or more", "括注读音三处以上"),
    (r"\breadings in brackets behind characters", "字后括注读音"),
    (r"\bread without brackets", "去掉括注后读出"),
    (r"\bemoji before stops, three or more", "标点前的表情三处以上"),
    (r"\bemoji before stops", "标点前的表情"),
    (r"\bstands in the frames of most pages", "见于多数页面的框架"),
    (
        r"\bput in on three or more pages that the official host has without it",
        "在三个以上页面中插入，原站的同一页面没有",
    ),
    (
        r"\brecurs inside sentences only, whose halves belong together without it",
        "只在句子中间反复出现，去掉后前后文大多连贯",
    ),
    (r"^the foot gives (\S+) as the host of (.+)", r"页脚说\2的网址是 \1"),
    (
        r"^the texts know hardly a word of it, and those of the title of (\S+)",
        r"正文几乎没有其中的词，却有 \1 的标题中的词",
    ),
    (
        r"\bits head or the host's links to it tell another, whose words its text has",
        "此页页头或指向此页的链接另有标题，且正文有其中的词",
    ),
    (
        r"\bstands inside one of a page's two titles and not in the other",
        "只插在同一页两处标题之一的中间",
    ),
    (r"^phrases stand inside sentences whose halves belong together", "连贯的句子中间插有短语"),
    (r"^many titles have no word in common with any text", "许多标题与所有正文都没有共同的词"),
    (r"^keywords in place of titles on many pages", "许多页面以关键词冒充标题"),
    (r"\bthe texts have no word of this one", "正文没有其中的词"),
    (r"\bphrases that recur in the host's keyword lines", "该主机关键词行中反复出现的短语"),
    (
        r"\ba brand stands where a name stood that nothing in the archive tells",
        "品牌占了一个名称的位置，归档中无从得知原名",
    ),
    (
        r"\ba brand that is also a word stands where only a name can",
        "兼为普通词的品牌占了只能是名称的位置",
    ),
    (r"\bthe host's dates$", "该主机的日期"),
    (r"\bvote of (\d+) witnesses", r"\1 个见证的表决"),
    (r"\b(\d+) of (\d+) compared pages have the name", r"对照的 \2 页中有 \1 页是该名称"),
    (r"\b(\d+) compared pages have the name here", r"对照的 \1 页在此处是该名称"),
    (
        r"\bofficial host has the name in (.+?), the texts here never",
        r"原站在以下位置使用该名称：\1；此处的文本从不使用",
    ),
    (
        r"\b(\S{1,200}) stands in (\d+) of its contexts, and with it on (\d+) pages",
        r"\1也见于其 \2 种上下文，并有 \3 页与它同见",
    ),
    (
        r"\bthe way home is (\S+) on (\d+) pages and (.+?) on (\d+)(?=;|$)",
        r"返回首页的链接在 \2 页上是\1，在 \4 页上是\3",
    ),
    (
        r"\btitle and heading of (\d+) pages are the same but for (\S+) and (.+?)(?=;|$)",
        r"有 \1 页的标题与页内标题相同，只是一处为\2，一处为\3",
    ),
    (
        r"\b(\d+) damaged forms, some of them in the brand's places, make (\S+?)(?=;|$)",
        r"\1 种残缺写法（有的就在品牌所在之处）合成\2",
    ),
    (r"\bthe articles call the house (\S+)", r"各篇文章简称该单位为\1"),
    (r"\bboth sign articles", "二者都为文章落款"),
    (r"\bthe same sentence stands with either", "同一句话既有用此名的，也有用品牌的"),
    (r"\bwords for pictures of (\d+) pages have (\S+?)(?=;|$)", r"\1 页的图片说明文字中有\2"),
    (r"\blines of the head of (\d+) pages have (\S+?)(?=;|$)", r"\1 页的页头信息中有\2"),
    (r"\bnearly all pages would be bookmarked as ([^;]+)", r"几乎各页加入收藏时都叫\1"),
    (r"\b(\S{1,200}) stands in (\d+) of the brand's contexts", r"\1也见于品牌的 \2 种上下文"),
    (r"\b(\d+) pages write it as a company's", r"有 \1 页把该名称写成公司"),
    # Mirrors.
    (r"^(.{1,200}): (\S{1,20} \d+%(?:、\S{1,20} \d+%){0,4}) of (\d+) pages$", r"\1：\3 页中，\2"),
    (r"^(\S+): (?=对照的)", r"\1："),
    (r"\b(\d+) paths are those of (\S+)", r"\1 个路径与 \2 相同"),
    (r"\bICP number (\S+) is the official host's", r"备案号 \1 属于原站"),
    (r"\be-mail address (\S+) is the official host's", r"电子邮箱域名 \1 属于原站"),
    (r"\bowner slot names ([^;]+)", r"版权所有者处是\1"),
    (r"\bdates differ on (\d+) of (\d+) compared pages", r"对照的 \2 页中有 \1 页日期不同"),
    (r"\b(\d+) of (\d+) dates fall within (\d+) days", r"\2 个日期中有 \1 个都在 \3 天之内"),
    (r"\be-mail address names ([^;]+)", r"电子邮箱属于\1"),
    (r"\bso do the same pages on ([^;]+)", r"同样的页面在 \1 也是如此"),
    (r"^(\d+) articles call (.+?) an institute", r"\1 篇文章称“\2”为所"),
    (r"^the articles name (.+?), the frame does not", r"文章提到\1，框架却没有"),
    (
        r"\btext of (\d+) pages is that of the same official paths",
        r"\1 页的文本与原站同一路径的文本相同",
    ),
    (r"\b(\d+) of (\d+) articles are those of (\S+)", r"\2 篇文章中有 \1 篇与 \3 相同"),
    (
        r"\btraditional characters where (\S+) writes simplified ones",
        r"\1 用简体字处此处用繁体字",
    ),
    (r"\b(\S{1,200}) lies where only institutions may register", r"\1 所在域名只许机构注册"),
    (
        r"^(.+?) is in the frame, the articles name the other host's owner",
        r"框架中是\1，文章却称另一主机的所有者",
    ),
    (r"\bthe same pages stand on ([^;]+)", r"同样的页面也见于 \1"),
    (r"\b(\d+) articles speak of an institute as their own", r"\1 篇文章以某研究所自称"),
    (r"\bICP number (\S+) is that of (\S+)", r"备案号 \1 属于 \2"),
    (r"^(.+?) stands where the other host has (.+)$", r"另一主机为“\2”处此处为“\1”"),
    (r"^(.+?) stands where (\S+) has (.+)$", r"\2 上为“\3”处此处为“\1”"),
    (r"^(.+?) stands where (\S+) has (.+)$", r"\2 为“\3”处此处为“\1”"),
    (r"^(.+?) is the name of the institute's own host$", r"“\1”是研究所自己主机上的名称"),
    (
        r"\bthe operator calls the institute (\S+?), which the pages never write, and have ([^;]+)",
        r"操作者称研究所为“\1”，此处各页从未写此名，却有\2",
    ),
    (
        r"\bthe operator calls the institute (\S+?), which the pages never write(?=;|$)",
        r"操作者称研究所为“\1”，此处各页从未写此名",
    ),
    (r"\bthe operator calls the institute (\S+?)(?=;|$)", r"操作者称研究所为“\1”"),
    (
        r"^(.+?): named as the owner, and none of the names that the operator has given$",
        r"\1：被写作所有者，却不在操作者所给的名称之中",
    ),
    (r"^the texts have (.+?), which is short for (.+)$", r"正文中有“\2”的简称“\1”"),
    (
        r"^the articles speak of their house as one called (.+)$",
        r"文章自称的口吻与“\1”相符",
    ),
    (r"^(.+?) stands in texts whose frame names another$", r"“\1”见于正文，而页面框架另有其名"),
    (r"^(.+?) holds offices on (\d+) pages", r"有 \2 页以“\1”冠于职务之前"),
    (
        r"\bsimplified characters in the frame of traditional pages",
        "繁体页面的框架中有简体字",
    ),
    (r"\bcopyright line names ([^;]+)", r"版权行中是\1"),
    (r"^the way home bears the name (.+)$", r"回首页的链接写着\1"),
    (r"^the foot says that (.+?) keeps the pages", r"页脚写明网页由\1维护"),
    (
        r"^the foot names (.+?) on most pages, (.+) on all others$",
        r"多数页面的页脚写\1，其余都写\2",
    ),
    (r"^the foot names (.+?), the titles (.+)$", r"页脚写\1，标题却写\2"),
    (
        r"^a title has (.+?) where its headline has (.+)$",
        r"标题中写\1之处，正文标题写\2",
    ),
    (r"^the menu is an institute's: (.+)$", r"栏目是研究机构的：\1"),
    (
        r"^links lead to (\d+) hosts of (.+?), none to the host's own$",
        r"链接指向\2的 \1 个主机，没有一个指向本站",
    ),
    (
        r"^links lead to (\d+) hosts of (.+?), whose e-mail addresses the pages give$",
        r"链接指向\2的 \1 个主机，页面上的电子邮箱也属\2",
    ),
    (r"^nothing but titles names (.+)$", r"除标题外，页面无处写有“\1”"),
    (r"^(.+?) stands in the frame", r"“\1”见于框架"),
    (
        r"\ball dates fall within (\d+) days, those of the addresses within (\d+)",
        r"所有日期都在 \1 天之内，网址中的日期则在 \2 天之内",
    ),
    (
        r"\bmost dates fall within (\d+) days, (\d+) articles speak of years long past",
        r"多数日期都在 \1 天之内，而有 \2 篇文章说的是往年的事",
    ),
    # Readings of damaged dates.
    (r"\bthe only possible reading", "唯一可能的读法"),
    (r"\bit was a (\w+day), as the text says", r"当天是\1，与文中一致"),
    (r"\bit was a (\w+day), the text says (\S+)", r"当天是\1，文中则为\2"),
    (r"\bthe address has (\S+)", r"网址中为 \1"),
    (r"\bthe text's other days lie between (\S+) and (\S+)", r"文中其他日期在\1至\2之间"),
    (
        r"\b(\d+) events told as past lie later, the last (.+?)(?=[;,)]|$)",
        r"有 \1 件已述为过去的事在其后，最后一件为\2",
    ),
    (r"\b(\d+) events told as past all lie before", r"已述为过去的 \1 件事都在其前"),
    (r" at character (\d+)", r"（第 \1 字）"),
)
_FLAGS: tuple[tuple[str, str], ...] = (
    (r"^mirror: read through pinyin in brackets$", "镜像：去掉括注拼音后读出"),
    (r"^mirror: its dates are rewritten$", "镜像：日期被改写"),
    (r"^mirror: its title is lost$", "镜像：标题已失"),
    (
        r"^mirror: a brand that is also an honest word was left as it stands$",
        "镜像：有的品牌也是普通词语，未作改动",
    ),
    (r"^mirror: (.+) may stand for a name in (.+)$", r"镜像：“\1”可能占了名称的位置（\2）"),
    (
        r"^mirror: (.+) stands in the owner's slot beside (.+)$",
        r"镜像：“\1”占了所有者的位置，旁有 \2",
    ),
    (
        r"^official host: (.+) \(named by the copyright line\)$",
        r"原站主机：\1（见版权行）",
    ),
    (r"^damaged dates, readings offered: ", "日期受损，列出可能的读法："),
)
_LISTS = (
    *(
        "现已去除的文字：",
        "现已换回的文字：",
        "仍照原样读取的文字：",
        "被加进多个页面正文的文字：",
        "研究所自己的通告）：",
        "已去掉：",
        "现已换回：",
    ),
)
"""What a list of words stands behind."""
_HOST = re.compile(
    r"((?:^|：)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,20}(?::\d{1,5})?): (?=[\d\u4e00-\u9fff])"
)
_PATTERNS = [
    (re.compile(pattern), chinese) for pattern, chinese in (*NOTES, *_FLAGS, *_SENTENCES, *REMOVALS)
]


def in_chinese(evidence: str) -> str:
    """The sentences of the program in ``evidence`` in Chinese; all else as it stands.

    >>> in_chinese("54 of 56 compared pages have the name")
    '对照的 56 页中有 54 页是该名称'
    """
    return "；".join(map(_piece, evidence.split("; ")))


def _piece(evidence: str) -> str:
    evidence = places(evidence, chinese=True)
    for pattern, chinese in _PATTERNS:
        evidence = pattern.sub(chinese, evidence)
    for english, sign in _DAYS.items():
        evidence = evidence.replace(f"当天是{english}", f"当天是星期{sign}")
    for english, chinese in _ROLES.items():
        evidence = evidence.replace(english, chinese)
    return _listed(_HOST.sub(r"\1：", evidence))


def _listed(evidence: str) -> str:
    for before in _LISTS:
        said, found, words = evidence.partition(before)
        if found:
            told = ("表情符号" if one == "emoji" else one for one in words.split(", "))
            return f"{said}{before}{'、'.join(told)}"
    return evidence
