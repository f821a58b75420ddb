"""Who wrote an article, where no label says so: bylines in the words of the text itself.

It promises names only: a run of two to four characters counts as a person's name when it begins
with a surname or stands where only a name can stand (behind 记者, before 张贴), and nothing longer
is ever cut down to look like one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Block

# The commonest surnames (some 98 % of all Chinese bear one of these), then double ones.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季"
    "裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻"
    "苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练"
    "廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿"
    "鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
    "張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭蔣葉蘇魏呂盧鍾譚陸範賈韋鄒龍陶賀顧龔邵萬錢嚴龐顏莊聶魯齊單塗駱藍蘭關歐溫喬閻"
)
_DOUBLE = "欧阳|上官|司马|司徒|诸葛|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木|东方|南宫|歐陽"
_NAME = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
_ROLE = (
    r"(?:(?:实习|见习|特约|特派|首席|全媒体|摄影)?(?:记者|記者)|通讯员|通訊員|特约撰稿人?|评论员)"
)
# Up to four characters a name and six names, taken as short as what follows allows.
_ANY = r"([\u4e00-\u9fff·]{2,4}?(?:[、，\s\u3000]{1,3}[\u4e00-\u9fff·]{2,4}?){0,5})"
_NAMES = rf"({_NAME}(?:[、，\s\u3000]{{1,3}}{_NAME}){{0,5}})"
# Behind any characters only a sign that a name ended; behind a surname's, also the line's end.
_SIGN = r"[）)】\]／/|｜]|报道|報導|报导|摄影报道|发自|采写|整[理合]|编译|通讯员|通訊員|实习"
_END = rf"(?=[\s\u3000]{{0,3}}(?:{_SIGN}))"
_OPEN_END = rf"(?=[\s\u3000]{{0,3}}(?:$|[，。：:]|{_SIGN}))"
_PLACE = r"(?=[\s\u3000]{0,3}[\u4e00-\u9fff]{2,4}(?:报道|報導|报导|摄|发|电))"
_SAID = (
    re.compile(
        r"(?:^|[\s\u3000（(【|｜])(?:(?:文|撰文|图文|文图)\s?[/／:：|｜丨]|[图文][/／][图文]\s?[/／:：|｜丨]?)"
        rf"\s?{_ANY}(?:$|{_END})"
    ),
    re.compile(rf"{_NAMES}\s?[/／]\s?(?:文|图文|撰文)"),
    re.compile(rf"{_ROLE}[\s\u3000:：／/]{{0,4}}{_NAMES}{_OPEN_END}"),
    re.compile(rf"{_ROLE}[\s\u3000:：／/]{{0,4}}{_ANY}{_END}"),
    re.compile(rf"{_ROLE}[\s\u3000:：／/]{{0,4}}{_NAMES}{_PLACE}"),
)
# One of these stands in whatever any of them finds.
_SAID_SIGN = re.compile("[者员員稿/／]|文\\s?[:：|｜丨]")
_POSTED = re.compile(
    r"由\s{0,2}([^\s，。：:]{2,12}?)\s{0,2}"
    r"(?:(?:张贴|发表|发布|上传|提供|提交)\s?(?:@|于|在|$)|于\s?(?:19|20)\d\d[-年/].{1,50}(?:发表|张贴))"
)
# A line that is nothing but names: at least two, the first with a surname.
_SIGNED = re.compile(
    rf"^[（(\s\u3000]{{0,4}}({_NAME}(?:[、，\s\u3000]{{1,3}}[\u4e00-\u9fff]{{2,4}}){{1,5}})[）)\s\u3000]{{0,4}}$"
)
_CLASS = re.compile(r"\bauthor|\bwriter|byline|up-name|user-?name\b|nick-?name")
# An element in a line, named for the author alone (WordPress's and the hCard's names).
_AUTHOR = re.compile(r"(?:^|\s)author(?:\s|$)")
_ROLES = re.compile(
    rf"^(?:{_ROLE}|摄影|编辑|报道|综合|整[理合]|编译|本报|本站|关注|订阅|打印|评论|.?(?:表示|了解|获悉|联系|他说|提问).?)$"
)
_SPLIT = re.compile(r"[\s\u3000、，,；;]+")
HEAD_LINES = 3
TAIL_LINES = 5
MAX_LINE_CHARS = 160
MAX_SIGNED_CHARS = 30
MAX_NAME_CHARS = 12


def byline(
    above: Sequence[Block], inside: Sequence[Block], below: Sequence[Block] = ()
) -> str | None:
    """The names the lines around the body's ends give; None where they give none."""
    near = [b for b in above[-4:] if not b.hidden]
    for block in [*near, *inside[:HEAD_LINES]]:
        found = _said(block.text[:MAX_LINE_CHARS])
        if found:
            return found
    signed = next((names for b in inside[:2] if (names := _signed(b))), None)
    if signed:
        return signed
    for block in reversed(inside[-TAIL_LINES:]):
        found = _said(block.text[-MAX_LINE_CHARS // 2 :])
        if found:
            return found
    return _posted([*reversed(inside[-TAIL_LINES:]), *below[:3], *near, *inside[:1]]) or _by_class(
        above
    )


def _said(text: str) -> str | None:
    if _SAID_SIGN.search(text) is None:
        return None
    for pattern in _SAID:
        names = _people(" ".join(match[1] for match in pattern.finditer(text)))
        if names:
            return names
    return None


def _people(names: str) -> str | None:
    found = [n for n in _SPLIT.split(names) if n and not _ROLES.match(n)]
    return " ".join(found) or None


def _signed(block: Block) -> str | None:
    if block.size > MAX_SIGNED_CHARS or block.level or block.cell is not None:
        return None
    match = _SIGNED.match(block.text)
    return _people(match[1]) if match else None


def _posted(blocks: Sequence[Block]) -> str | None:
    for block in blocks:
        match = _POSTED.search(block.text[:MAX_LINE_CHARS])
        if match:
            return match[1]
    return None


def _by_class(above: Sequence[Block]) -> str | None:
    """A short line above the body whose element is named as the author's."""
    for block in reversed(above[-10:]):
        if _is_authors(block.element, _CLASS) and _is_name(block.text):
            return block.text.strip()
        if block.size > MAX_LINE_CHARS or block.hidden:
            continue
        for node in block.element.iter("a", "span"):
            text = "".join(map(str, node.itertext())) if _is_authors(node, _AUTHOR) else ""
            if _is_name(text):
                return text.strip()
    return None


def _is_authors(element: Element, named: re.Pattern[str]) -> bool:
    own = f"{element.get('class') or ''} {element.get('rel') or ''}".lower()
    return named.search(own) is not None


def _is_name(text: str) -> bool:
    name = text.strip()
    if not 2 <= len(name) <= MAX_NAME_CHARS:
        return False
    return not re.search(r"[\d:：]|^由|admin", name) and not _ROLES.match(name)
