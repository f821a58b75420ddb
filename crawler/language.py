"""What the crawl says to its operator, in Chinese where that is the language of the terminal."""

from __future__ import annotations

from archive.messages.language import language, translate

CHINESE = {
    "Walk the site at URL, keep every exchange as WARC, and derive clean articles.\n"
    "No selectors are needed: branches, lists, articles and files are found from the address. Run "
    "again to ask for the pages again; a run that was cut short is gone on with.": (
        "抓取 URL 处的网站，把每次交换存入 WARC，并生成干净的文章。\n"
        "无需配置选择器：栏目、列表、文章和附件都由程序自行找到。再次运行会重新请求各页面；"
        "中断的抓取会接着进行。"
    ),
    "A copy of the site on a host that is not the institute's; may be given several times.": (
        "网站在别处主机上的镜像；可多次给出。"
    ),
    "The site's name (its first host, if none is given).": "网站名称（默认为第一个主机名）。",
    "Stop in good order after N requests.": "请求 N 次后正常结束。",
    "{requests} {requests:request|requests}, {pages} {pages:page|pages}, {articles} "
    "{articles:article|articles}, {files} {files:file|files}, {failed} failed, "
    "{megabytes:.1f} MB": (
        "{requests} 次请求，{pages} 个页面，{articles} 篇文章，{files} 个文件，{failed} 次失败，"
        "{megabytes:.1f} MB"
    ),
    "no article was found on {site}: open its first page in a browser, and name the address of a "
    "list page": "在 {site} 未找到文章：请用浏览器打开首页，并给出一个列表页的网址",
    "  {live} live, {mirror_only} only on mirrors, {gone} gone": (
        "  {live} 篇仍在原站，{mirror_only} 篇只见于镜像，{gone} 篇已消失"
    ),
    "  since the run before: {new} new, {changed} changed, {gone} gone": (
        "  与上次运行相比：新增 {new}，改动 {changed}，消失 {gone}"
    ),
    "{unchanged} are as they were": "其中 {unchanged} 个与上次相同",
    "{url} is set aside ({reason}) and asked again in a later night; name it in `palimpsest crawl` "
    "to try it at once": (
        "{url} 已搁置（{reason}），日后某夜再取；要立即再试，请在 `palimpsest crawl` 中写明此网址"
    ),
    "{count} {count:list turns its|lists turn their} pages only by a form sent by POST, which "
    "is not followed: {urls}; name those pages' articles, or a sitemap, in `palimpsest crawl`": (
        "{count} 个列表只能用 POST 表单翻页，程序不跟随：{urls}；"
        "请在 `palimpsest crawl` 中给出其中文章或站点地图的网址"
    ),
    "{count} pages show nothing until a script has run in the browser, and none is run: "
    "{urls}; name the articles' addresses, or a sitemap, in `palimpsest crawl`": (
        "{count} 个页面要由浏览器运行脚本后才有内容，程序不运行脚本：{urls}；"
        "请在 `palimpsest crawl` 中给出文章或站点地图的网址"
    ),
    "{url} lists more than is read of a sitemap or feed: {count} {count:address|addresses} at its "
    "beginning were taken; let it be split, or name what is missing in `palimpsest crawl`": (
        "{url} 所列超出站点地图或订阅源的读取上限：只取了开头的 {count} 个网址；"
        "请将其拆分，或在 `palimpsest crawl` 中给出所缺内容的网址"
    ),
    "{count} {count:host was|hosts were} not read for certificate or encryption: {hosts}; "
    "to read them all the same, say --unverified HOST, or unverified_hosts in the profile": (
        "{count} 台主机因证书或加密方式未能读取：{hosts}；仍要读取时，请用 --unverified 主机名，"
        "或在配置文件中写 unverified_hosts"
    ),
    "{host}: {count} {count:page|pages} that were read before may not be asked for any more, as "
    "robots.txt has it; what is kept stays as it was last seen: ask the host's operators to let "
    "this crawler in": (
        "{host}：此前读过的 {count} 个页面，robots.txt 现已不许请求；已存内容保持最后所见的样子："
        "请与该主机的管理者商量，允许本程序访问"
    ),
    "nobody answers under http any more, and {url} does: write it as `start` (a mirror's in "
    "`mirrors`) in the profile": (
        "http 已无应答，而 {url} 有应答：请把它写作配置文件中的 `start`（镜像则写入 `mirrors`）"
    ),
    "A host that is read whatever its certificate and its encryption are; may be given several "
    "times.": "无论证书和加密方式如何都读取的主机；可多次给出。",
    "off the site, not listed": "站外，未列出",
    "ALARM, the institute's own host may be broken into: {line}": (
        "警报：研究所自己的主机可能已被入侵：{line}"
    ),
    "{host} is a mirror of {of}: {evidence}": "{host} 是 {of} 的镜像：{evidence}",
    "stopped at {limit}; run the same command to go on": (
        "已达到 {limit} 的上限；再次运行同一命令即可继续"
    ),
    "Crawl every site that has a profile in DATA/sites, one after the other (see --jobs).\n"
    "Asks only for what may have changed, keeps to each site's budget, writes reports. Made for "
    "a timer: the exit code tells how the night went.": (
        "依次抓取 DATA/sites 中有配置文件的各网站（参见 --jobs）。\n"
        "只请求可能变动的内容，遵守各站的限额，并写出报告。供定时器使用：退出码说明当夜结果。"
    ),
    "Sites walked at a time, each by a process of its own.": (
        "同时抓取的网站数，每个网站由一个进程抓取。"
    ),
    "sites at work: {names}": "正在抓取的网站：{names}",
    "Only this site; may be given several times.": "只抓取此网站；可多次给出。",
    "{site}: {outcome} (exit code {code}); {articles} {articles:article|articles}, {new} new, "
    "{changed} changed, {gone} gone": (
        "{site}：{outcome}（退出码 {code}）；文章 {articles} 篇，新增 {new}，改动 {changed}，"
        "消失 {gone}"
    ),
    "{site}: {outcome} (exit code {code}); {articles} {articles:article|articles} so far": (
        "{site}：{outcome}（退出码 {code}）；目前文章 {articles} 篇"
    ),
    "other processes are still at this site; the last one makes its articles": (
        "还有别的进程在抓取此网站；由最后一个生成文章"
    ),
    "run {run} began at {began} UTC, and this machine's clock says {now}: one of the two is wrong, "
    "and pages kept then count as newer than those of tonight; set the clock": (
        "第 {run} 次运行开始于 {began}（UTC），而本机时钟为 {now}：两者之一有误，"
        "当时存下的页面会被视为比今晚的更新；请校准时钟"
    ),
    "the clock of run {run} was wrong by {hours} hours, as the dates of the servers' answers tell: "
    "its captures have been put right in the store; the WARC files keep what the clock said": (
        "第 {run} 次运行的时钟差了 {hours} 小时（服务器应答的日期可证）："
        "其页面在数据库中的时间已改正；WARC 文件保留当时时钟所示"
    ),
    "another edition of the program had made the articles; they were read again first "
    "({changed} otherwise, {new} more, {removed} no more), which counts as no change of the site": (
        "这些文章由程序的另一版本生成；抓取前已重新读取（{changed} 篇读法不同，多出 {new} 篇，"
        "少了 {removed} 篇），不计为网站的变动"
    ),
    "Check on this machine what the program promises.": "在本机检验程序的承诺。",
    "Fetch from an odd server on loopback and compare the WARC byte for byte.": (
        "从回环地址上的怪异服务器抓取，并与 WARC 逐字节比较。"
    ),
    "How many times everything is fetched.": "全部抓取几遍。",
    "How many exchanges go on at once.": "同时进行的交换数。",
    "Keep the WARC files in this directory.": "把 WARC 文件保留在此目录。",
    "{scenarios} scenarios, {exchanges} exchanges over http and https, {connections} connections: "
    "{requests} requests and {responses} responses exact, {passed} as they must be": (
        "{scenarios} 种情形，经 http 和 https 交换 {exchanges} 次，连接 {connections} 个："
        "请求 {requests} 次、应答 {responses} 次逐字节一致，{passed} 次符合要求"
    ),
    "{site}: not begun, the night was stopped": "{site}：当夜已中止，未开始",
}


def words(text: str) -> str:
    """``text`` (English) in the operator's language."""
    if language() == "en":
        return text
    return CHINESE.get(text, translate(text))
