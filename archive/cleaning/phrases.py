"""The words templates put around and into an article, as patterns over one whole line.

It promises that a pattern only ever matches a line that is nothing but template: no rule here
takes a word out of a sentence.
"""

from __future__ import annotations

import re

_TOOL = (
    r"打印(?:本[页文]|此[页文]|文章|页面)?|关闭(?:窗口|本页|页面)?|复制(?:链接|地址)?|收藏(?:本[页文]|此页)?"
    r"|加入收藏|我要(?:评论|纠错|分享|打印)|发表评论|查看评论|评论|纠错|返回(?:顶部|首页|列表|上[一级]页)?|推荐(?:给朋友)?"
    r"|回到?顶部|顶部|TOP|top|back|分享(?:到|至)?|转发|一键分享|微信|新浪微博|腾讯微博|QQ空间|QQ好友|人人网|开心网|豆瓣|百度贴吧|更多"
    r"|微博|朋友圈|扫一扫|字[号体]|大号?|中号?|小号?|特大|正常|放大|缩小|默认|T\|?T|A[+-]?|下载(?:本文)?|全文下载"
    r"|举报|投稿|RSS|订阅|点赞|赞|顶|踩|print|close|share|繁體|繁体|简体"
)
_TOOL_WORD = re.compile(_TOOL)
_LETTER = re.compile(r"[^\W_]")


def only_tools(line: str) -> bool:
    """Whether ``line`` holds at least one word and nothing but page tools: 【打印】【关闭】."""
    left = _TOOL_WORD.sub("", line)
    return left != line and not _LETTER.search(left)


_NEIGHBOUR = (
    r"上一[篇条页则]|下一[篇条页则]|前一[篇条]|后一[篇条]|上篇|下篇"
    r"|上一(?:篇)?文章|下一(?:篇)?文章|上一主题|下一主题"
)
# 上一篇：…, 下一篇：没有了
NEIGHBOURS = re.compile(rf"^[\s【\[（(<«·■◆>|]*(?:{_NEIGHBOUR})(?:[\s:：】\])）»>|]|$).{{0,120}}$")
RELATED = re.compile(
    r"^[\s【\[（(<◆■●▪·>|]*(?:相关(?:新闻|文章|链接|阅读|报道|信息|内容|资讯|专题|推荐|附件下载|主题|评论|搜索|视频|微博|图片|博文)"
    r"|(?:延伸|推荐|扩展|热门|精彩|更多)(?:阅读|文章|新闻|推荐|内容|链接|报道|评论|资讯|图片)"
    r"|猜你喜欢|大家都在看|热点(?:新闻|推荐)|为您推荐|今日(?:热点|推荐)|热门(?:排行|评论|点击)|图片推荐|新闻排行"
    r"|(?:网友|最新|全部|我要|热门)评论|评论列表|文章评论|发表评论|网友留言|标签|Tags?|关键[词字])[\s:：】\])）>»|]{0,6}.{0,30}$",
    re.IGNORECASE,
)
BREADCRUMB = re.compile(
    r"^\W{0,6}(?:您?(?:当前|现在|目前)?(?:的)?(?:所在)?(?:位置|页面)"
    r"|当前位置|您的位置|你的位置|所在位置|现在位置|当前栏目|您现在的位置)(?:是|在)?\s*[:：>]"
)
COUNTER = re.compile(
    r"^[\s（(【\[]*(?:点击(?:率|数|量|次数)?|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?|访问(?:次数|量|数)?|人气|已有)"
    r"\s*[:：]?\s*[\[【]?\s*\d{0,9}\s*[\]】]?\s*(?:次|人(?:次|参与|评论)?)?[\s）)】\]]*$"
)
ATTACHMENTS = re.compile(
    r"^\W{0,4}(?:附件|相关附件|附件下载|附件列表|文件下载|下载附件)\W{0,4}\d{0,3}\W{0,3}$"
)
FOOT = re.compile(
    r"copyright|©|all rights reserved|版权(?:所有|声明)|ICP\s*[备证]|公网安备|技术支持\s*[:：]"
    r"|网站地图"
    r"|最佳浏览|建议使用.{0,20}浏览器",
    re.IGNORECASE,
)
NOTHING = re.compile(r"^[\s\-_=—|｜·.。…*#+<>/\\~]*$")
