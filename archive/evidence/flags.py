"""What an archivist should look at, in words: the flags of a text, in either language.

Flags are kept as short names, as other programs get them, some with a value behind a colon; others
are sentences of the program. It promises that each name has words in both languages.
"""

from __future__ import annotations

from archive.evidence.texts import in_chinese

_WORDS: dict[str, tuple[str, str]] = {
    "gone-since": ("gone from its site since {value}", "自 {value} 起已从网站消失"),
    "several-pages": ("put together from several pages", "由多页合成"),
    "pages-missing": (
        "pages of it that are not kept, of all: {value}",
        "缺页（缺第几页 / 共几页）：{value}",
    ),
    "told-by-frame": (
        "the page that shows it in a frame tells its title",
        "标题取自以框架显示它的页面",
    ),
    "dated-by-list": (
        "the list that leads to it tells its day",
        "日期取自指向它的列表页",
    ),
    "pictures": ("consists of pictures", "以图片为主"),
    "attachments": ("consists of attachments", "以附件为主"),
    "video": ("consists of a video", "以视频为主"),
    "not-conserved": ("not all of the page is accounted for", "页面内容未能全部核对"),
    "title-cut": ("the title is longer than is kept", "标题过长，只保留了开头"),
    "text-cut": ("the text is longer than is kept", "正文过长，只保留了开头"),
    "removals-doubted": ("what was left out may be text", "略去的内容可能是正文"),
    "from-script": ("the text stood in the page's script", "正文取自页面脚本中的数据"),
    "replaced-characters": ("some characters could not be read", "有字符无法读出"),
}


def flag_in_words(flag: str, *, chinese: bool) -> str:
    """What ``flag`` says; one that is a sentence, or unknown, as it is (or as evidence is said).

    >>> flag_in_words("gone-since:2011-05-02", chinese=False)
    'gone from its site since 2011-05-02'
    """
    name, _, value = flag.partition(":")
    if name in _WORDS:
        return _WORDS[name][chinese].format(value=value)
    return in_chinese(flag) if chinese else flag
