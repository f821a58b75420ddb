"""The words templates put around and into an article, as patterns over one whole line.

It promises that a pattern only ever matches a line that is nothing but template: no rule here
takes a word out of a sentence.
"""

from __future__ import annotations

import re

from archive.remembered import remembered

_TOOL = (
    r"打印(?:本[页文]|此[页文]|文章|页面)?|关闭(?:窗口|本页|页面)?|复制(?:链接|地址)?|收藏(?:本[页文]|此页)?"
    r"|加入收藏|我要(?:评论|纠错|分享|打印)|发表评论|查看评论|评论|纠错|返回(?:顶部|首页|列表|上[一级]页)?|推荐(?:给朋友)?"
    r"|回到?顶部|顶部|TOP|top|back|分享(?:到|至)?|转发|一键分享|微信|新浪微博|腾讯微博|QQ空间|QQ好友|人人网|开心网|豆瓣|百度贴吧|更多(?:\s?[0123456789]{1,6})?"
    r"|微博|朋友圈|(?:扫一扫|扫码)(?:在|用)?(?:手机)?(?:打开|查看|浏览|分享)?(?:当前|本)?[页文]?|我要跟[帖贴]|字[号体]|大号?|中号?|小号?|特大|正常|放大|缩小|默认|T\|?T|A[+-]?|下载(?:本文)?|全文下载"
    r"|点击右上角|(?:选择)?在浏览器中?打开|收录于(?:合集|专辑)"
    r"|举报|投稿|(?:我要)?推荐|(?:我要|网站|内容)?纠错|(?:手机|微信)?扫[描码]分享|手机版本?|分享本[页文]|关闭本窗口|打印预览|RSS|订阅|点赞|赞|顶|踩|print|close|share|繁體|繁体|简体"
)
_TOOL_WORD = re.compile(_TOOL)
_LETTER = re.compile(r"[^\W_]")
# A letter that no tool's word has; most lines begin with one, and need not be read further.
_FOREIGN = re.compile(rf"[^\W_{''.join(sorted(set(_LETTER.findall(_TOOL))))}]")


# Several steps ask it of one line, and a site's pages share most of their tools.
@remembered(8192)
def only_tools(line: str) -> bool:
    """Whether ``line`` holds at least one word and nothing but page tools: 【打印】【关闭】."""
    if _FOREIGN.search(line):
        return False
    left = _TOOL_WORD.sub("", line)
    return left != line and not _LETTER.search(left)


_NEIGHBOUR = (
    r"上一[篇条页则]|下一[篇条页则]|前一[篇条]|后一[篇条]|上篇|下篇"
    r"|上一(?:篇)?文章|下一(?:篇)?文章|上一主题|下一主题"
)
# 上一篇：…, 下一篇：没有了
NEIGHBOURS = re.compile(rf"^[\s【\[（(<«·■◆>|]*(?:{_NEIGHBOUR})(?:[\s:：】\])）»>|]|$).{{0,120}}$")
RELATED = re.compile(
    r"^[\s【\[（(<◆■●▪·>|]*(?:相关(?:新闻|文章|链接|阅读|报道|信息|内容|资讯|专题|推荐|附件(?:下载)?|主题|评论|搜索|视频|微博|图片|博文)"
    r"|(?:延伸|推荐|扩展|热门|精彩|更多)(?:阅读|文章|新闻|推荐|内容|链接|报道|评论|资讯|图片)"
    r"|猜你喜[欢歡]|大家都在看|微博推荐|今日微博|推荐阅读|(?:精彩|热门|相关)(?:视频|图片|文章|新闻|内容)推荐|上一篇文章[与與]下一篇|热点(?:新闻|推荐)|为您推荐|今日(?:热点|推荐)|热门(?:排行|评论|点击)|图片推荐|新闻排行"
    r"|(?:网友|最新|全部|我要|热门)评论|评论列表|文章评论|发表评论|网友留言|标签|Tags?|关键[词字])[\s:：】\])）>»|]{0,6}.{0,30}$",
    re.IGNORECASE,
)


def leads_elsewhere(line: str) -> bool:
    """Whether ``line`` announces related pages or leads to a neighbouring one."""
    # Every word for a neighbour has one of the two characters, most lines neither.
    neighbour = ("一" in line or "篇" in line) and NEIGHBOURS.match(line) is not None
    return neighbour or RELATED.match(line) is not None


BREADCRUMB = re.compile(
    r"^\W{0,6}(?:[您你]?(?:当前|现在|目前)?(?:的)?(?:所在)?的?(?:位置|页面)"
    r"|当前位置|您的位置|你的位置|所在位置|现在位置|当前栏目|您现在的位置"
    r"|(?i:you are here|(?:current |your )?(?:location|position)(?=\s?[:：][^>»]{1,40}[>»])))"
    r"(?:是|在)?\s*[:：>]"
)
HOME = re.compile(r"(?:网站|本站|官网|学院|返回)?\s?(?:首\s*页|主\s*页|home)", re.IGNORECASE)
# 首页 > 新闻中心 > 工作动态, with nothing to announce it.
FROM_HOME = re.compile(
    rf"^[\s>＞»→\[【]{{0,4}}{HOME.pattern}[\]】]?\s*(?:>>|>|»|›|→|＞|》|/|\\|-->|\s[-–—]\s)\s*\S",
    re.IGNORECASE,
)
# 由 admin 提交于 周三, 03/12/2014 - 10:05: who put it there, and when.
SUBMITTED = re.compile(
    r"^\W{0,3}由\s{0,2}\S{1,20}\s{0,2}(?:提交|发表|发布|张贴)\s?(?:于|@|在)[^。，]{4,40}$"
)
COUNTER = re.compile(
    r"^[\s（(【\[]*(?:点击(?:率|数|量|次数)?|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?|访问(?:次数|量|数)?|人气|已有)"
    r"\s*[:：]?\s*[\[【]?\s*\d{0,9}\s*[\]】]?\s*(?:次|人(?:次|参与|评论)?)?[\s）)】\]]*$"
)
# 附件下载：, 相关链接>>: announced, and nothing there.
EMPTY_ANNOUNCEMENT = re.compile(
    r"^\W{0,4}(?:(?:相关|关联|文件|附件|资料|视频|音频|原文|来源)(?:附件|文件|文档|链接|资料|列表|下载|信息|政策|解读|新闻|报道|阅读)?"
    r"|下载(?:附件|专区)?)\s?[:：>＞»]{1,4}\W{0,3}$"
)
# 评论(0), 已输入0字: the form under a text that readers may answer.
ANSWER_FORM = re.compile(
    r"^\W{0,3}(?:(?:网友|全部|最新|查看)?(?:评论|跟[帖贴]|留言|回复)\s?[(（\[]?\s?\d{0,6}\s?条?\s?[)）\]]?"
    r"|已输入\s?\d+\s?字|还(?:可以|能)输入\s?\d+\s?字)\W{0,3}$"
)
ATTACHED = re.compile(r"^\W{0,4}(?:相关)?(?:附\s?件|下载)")
_FOOT = re.compile(
    r"copyright|©|all rights reserved|版[权權](?:所有(?![者人权權])|[声聲]明)|ICP\s*[备備证證]"
    r"|公[网網]安[备備]|技[术術]支持\s*[:：]|[网網]站地[图圖]"
    r"|最佳浏览|建议使用.{0,20}浏览器",
    re.IGNORECASE,
)
# One of these stands in every footer's words. It begins with one set of characters and looks back
# from there, so that others are passed over quickly.
_FOOT_SIGN = re.compile(
    r"[©权權备備证證术術图圖览Tt](?:(?<=[Rr][Ii][Gg][Hh][Tt])|(?<=©)"
    r"|(?<=版[权權]|[安\sPp][备備证證]|技[术術]|地[图圖]|浏览))"
)


def is_foot(line: str) -> bool:
    """Whether ``line`` has the words of a page's footer."""
    return _FOOT_SIGN.search(line) is not None and _FOOT.search(line) is not None


# 首页上页1下页尾页, 共8条 第1/2页 上一页 下一页: what turns a list's pages.
_PAGER = re.compile(
    r"(?:(?:首|上|下|尾|末|前|后|第)(?:一|\d{1,4}(?:/\d{1,4})?)?页|最后一?页|共\s?\d{1,6}\s?[条页篇]|转到|跳转到?|GO|\d{1,4}"
    r"|[\s|/<>«»‹›\[\]【】（）().…·,，:：-])++",
    re.IGNORECASE,
)

_TURN = re.compile("[上下尾末](?:一)?页")


@remembered(4096)
def is_pager(line: str) -> bool:
    """Whether ``line`` turns the pages of a list, and nothing else."""
    return _TURN.search(line) is not None and _PAGER.fullmatch(line) is not None


NOTHING = re.compile(r"^[\s\-_=—|｜·.。…*#+<>/\\~]*$")
# 凡本网注明…, 转载请注明…, 不代表本站观点: what a publisher says about itself under every text.
LEGAL = re.compile(
    r"(?:凡|如)(?:本|注明|需|未|涉及|转载).{0,60}(?:来源|作品|版权|转载|稿件|授权)"
    r"|(?:转载|轉載|引用|使用)(?:时)?(?:请|請|须|必须|务必)(?:注明|標明|联系|保留)"
    r"|不代表(?:本|我|该)?(?:网|站|报|刊|人|社|公司)?.{0,12}(?:立场|观点|意见|赞同|证实)"
    r"|(?:未经|未經).{0,20}(?:授权|許可|许可|允许|同意|授權).{0,12}(?:不得|禁止|请勿|严禁|转载)"
    r"|(?:举报|投诉|新闻热线|爆料|报料|客服|广告)(?:电话|热线|邮箱|信箱|专线)?\s*[:：]\s*[\d(（a-zA-Z]"
    r"|免责(?:声明|条款)|版权(?:声明|所有(?![者人权])|归)|责任自负|文责自负|自行承担|侵权.{0,20}(?:联系|删除)"
    r"|(?:拥有|享有).{0,8}版权|不构成.{0,12}建议|(?:仅供|只供)(?:您)?参考[，。；,]|^\W{0,3}(?:郑重|特别|法律|本站)?声明[:：]"
    r"|请(?:您|各位|网友|自觉)?.{0,4}遵守.{0,20}(?:法律|法规|条例)"
    r"|(?:网友|发言|评论|言论|发帖|留言).{0,40}(?:遵守|违反).{0,20}(?:法律|法规|条例)"
    r"|(?:遵守|违反).{0,20}(?:法律|法规|条例).{0,40}(?:网友|发言|评论|言论|发帖|留言)"
    r"|请(?:您)?(?:登录|注册)|文明上网|理性发言|网友评论仅"
)
_LEGAL_SIGN = re.compile(
    r"[守凡稿源品举投客广料登文理转轉载載权權责責声聲规規册录违違诉訴爆热熱侵属評评仅不]"
)


# And one of these words; all of them begin with a letter, so that others are passed over quickly.
_LEGAL_WORD = re.compile(
    "来源|作品|版权|转载|稿件|授权|轉載|引用|使用时?[请請须須必务]|不代表|未经|未經|举报|投诉|热线|爆料|报料"
    "|客服|广告|免责|责任自负|文责|自行承担|侵权|不构成|仅供|只供|声明|遵守|违反|登录|注册|文明上网|理性发言"
    "|网友评论"
)


# We use cookies to …; By using this site you accept …; 本网站使用 Cookie …: said to every reader.
_COOKIES = re.compile(
    r"\b(?:uses?|using|sets?|accept(?:s|ing)?|storing|allow|enable|manage)\b.{0,40}\bcookies?\b"
    r"|\bcookies?\b.{0,60}\b(?:consent|accept|agree|preferences|settings|policy)\b"
    r"|(?:本|我们的?|此|该)(?:网站|站|平台)?.{0,6}使用.{0,8}cookie",
    re.IGNORECASE,
)
_TO_READERS = re.compile(
    r"\b(?:we|our|you|your|this (?:web)?site|this page)\b|本|我们|您", re.IGNORECASE
)


def is_cookie_notice(line: str) -> bool:
    """Whether ``line`` asks its readers to bear with cookies."""
    if "ookie" not in line:
        return False
    return _COOKIES.search(line) is not None and _TO_READERS.search(line) is not None


def is_legal(line: str) -> bool:
    """Whether ``line`` is what publishers say about themselves under a text."""
    if is_cookie_notice(line):
        return True
    if _LEGAL_SIGN.search(line) is None or _LEGAL_WORD.search(line) is None:
        return False
    return LEGAL.search(line) is not None
