"""Whether a page is a firewall's, sent in the place of the one that was asked for.

Firewalls before web servers ask a visitor to prove that it is a browser (a script sets a cookie and
loads the address again) or a person, or tell it that it was turned away; often enough under status
200. Taken for the page itself, such an answer says that an article is no more. It promises to
load nothing that reads articles, to look no further into a page that has a text of its own, and
never to decide by a word alone: such a page has no menu, no article and no form to log in by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.cleaning.page import Page

# What Cloudflare ("Detect a Challenge Page response") and AWS WAF ("CAPTCHA and Challenge action
# behavior") promise to say of such answers.
CHALLENGE_HEADERS = {
    "cf-mitigated": frozenset({"challenge"}),
    "x-amzn-waf-action": frozenset({"challenge", "captcha"}),
}
MAX_WORDS_CHARS = 400
"""A page with more text than this is no firewall's."""
MAX_LINKS = 5
MAX_ANCHORS = 20
"""Nor is one with more links, seen or not: so much is told without reading its lines."""
MAX_UNSEEN_CHARS = 10 * MAX_WORDS_CHARS
"""What a title and what is shown without scripts are looked through, white space included."""
MAX_SILENT_CHARS = 60
"""A page whose script alone tells what it is has no more text than this."""
SCRIPT_STATUSES = frozenset({202, 412, 521})
"""Accepted, Precondition Failed (no GET of ours has one), and a number that HTTP does not know:
under these firewalls send a script and nothing else."""
_WORDS = re.compile(
    r"(?:请|[需须]要?|完成|进行|通过).{0,8}(?:人机|真人|安全|滑[块动])(?:验证|校验)"
    r"|浏览器(?:安全)?(?:验证|检[查测])|^[^\S\n]*(?:人机|真人|安全)(?:验证|校验)\s*$"
    r"|(?:访问|请求|(?<![a-z])IP(?![a-z])).{0,6}被.{0,8}(?:阻断|拦截|拒绝|禁止|限制|屏蔽|封禁)"
    r"|(?:设置|已|进行)(?:为|了|被)?拦截|疑似.{0,4}(?:攻击|黑客|机器人)|(?:请求|访问|操作)(?:过于|太|过)频繁"
    r"|对(?:本?网站|服务器).{0,4}(?:安全)?(?:造成)?.{0,2}威胁|请求(?:中)?(?:带有|包含|含有).{0,4}(?:不合法|非法|恶意)"
    r"|(?:开启|启用|打开)\s*(?:JavaScript|JS|Cookie)[^。]{0,12}(?:刷新|重试|继续)"
    r"|checking (?:your browser|if the site connection)|enable javascript and cookies to continue"
    r"|verify(?:ing)? (?:that )?you are (?:a )?(?:human|not a robot)|are you a (?:human|robot)\?"
    r"|unusual traffic|ddos protection|requested url was rejected|complete the captcha"
    r"|incapsula incident|request (?:was|has been) blocked|blocked by .{0,20}firewall",
    re.IGNORECASE | re.MULTILINE,
)
_COOKIE = re.compile(r"\bcookie\b|setCookie", re.IGNORECASE)
_AGAIN = re.compile(
    r"\breload\s*\(|\blocation\b(?:\.\w+)?\s*(?:=[^=]|\.replace|\.assign)|\.submit\s*\("
)
_SHOWN = frozenset({"frameset", "frame", "object", "embed", "img", "video", "audio"})


def is_challenge(page: Page, status: int = 200) -> bool:
    """Whether ``page``, sent under ``status``, is a firewall's by what it says and does."""
    words = _few_words(page) if page.html.count("<a ") <= MAX_ANCHORS else None
    if words is None or _has_password(page):
        return False
    title, unscripted = (page.title or "")[:MAX_UNSEEN_CHARS], _unscripted(page)[:MAX_UNSEEN_CHARS]
    if _WORDS.search(f"{title}\n{words}\n{unscripted}"):
        return True
    return len(words) <= MAX_SILENT_CHARS and _is_of_scripts(page, status)


def is_challenge_by_headers(headers: Iterable[tuple[str, str]]) -> bool:
    """Whether the firewall says so itself in the answer's head: pairs of name and value.

    >>> is_challenge_by_headers([("CF-Mitigated", "challenge")])
    True
    >>> is_challenge_by_headers([("Server", "cloudflare")])
    False
    """
    return any(
        value.strip().lower() in CHALLENGE_HEADERS.get(name.lower(), ()) for name, value in headers
    )


def _few_words(page: Page) -> str | None:
    """All that the page shows, if that is little and leads hardly anywhere."""
    lines, size, links = [], 0, 0
    for block in page.flow.blocks:
        if block.hidden:
            continue
        size += block.size
        links += bool(block.linked)
        if size > MAX_WORDS_CHARS or links > MAX_LINKS:
            return None
        lines.append(block.text)
    return "\n".join(lines)


def _has_password(page: Page) -> bool:
    return any(one.get("type") == "password" for one in page.tree.iter("input"))


def _unscripted(page: Page) -> str:
    """What a browser without scripts would show besides."""
    return "\n".join("".join(map(str, one.itertext())) for one in page.tree.iter("noscript"))


def _is_of_scripts(page: Page, status: int) -> bool:
    """Whether a page that says nothing has a script that sets a cookie and loads the address
    again, or any at all under a status by which no page is sent."""
    if any(one.tag in _SHOWN for one in page.tree.iter("*")):
        return False
    scripts = [one.text or "" for one in page.tree.iter("script")]
    if scripts and status in SCRIPT_STATUSES:
        return True
    said = "\n".join(scripts)
    return _COOKIE.search(said) is not None and _AGAIN.search(said) is not None
