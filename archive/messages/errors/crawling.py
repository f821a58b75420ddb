"""Sentences about addresses that cannot be crawled."""

from __future__ import annotations

CRAWLING: dict[str, str] = {
    "PALIMPSEST_DERIVE is {}; write 0 or 1": "PALIMPSEST_DERIVE 的值是 {0}；请写 0 或 1",
    "{} gave no page: {}; {}": "{0} 未给出页面：{1}；{2}",
    "check the address in a browser, or try again later": "请在浏览器中查看此网址，或稍后再试",
    "its robots.txt asks crawlers to stay away": "其 robots.txt 要求抓取程序离开",
    "its robots.txt cannot be read, so nothing may be asked; try again later": (
        "无法读取其 robots.txt，因此不得请求；请稍后再试"
    ),
    "if its certificate and encryption may be as they are, say --unverified HOST, or "
    "unverified_hosts in its profile": (
        "如不计较其证书和加密方式，请用 --unverified 主机名，或在配置文件中写 unverified_hosts"
    ),
    "a firewall keeps crawlers out: ask its operators to let this one in": "请防火墙管理者放行",
    "check the spelling, or the name service": "请核对拼写，或检查域名服务",
    "check the address and the port, or try again later": "请核对网址和端口，或稍后再试",
    "name the address it leads to instead": "请改用它所指向的网址",
    "check the path of the address": "请核对网址的路径",
    "name at least one address, for instance http://www.example.ac.cn/": (
        "请至少给出一个网址，例如 http://www.example.ac.cn/"
    ),
    "--max-pages must be at least 1": "--max-pages 至少为 1",
    "{} cannot be the institute's own host and a mirror of it": (
        "{0} 不能既是研究所自己的主机，又是其镜像"
    ),
    "{} cannot be crawled: {}": "{0} 无法抓取：{1}",
    "PALIMPSEST_REVISIT: {} is no kind of address; there are {}": (
        "PALIMPSEST_REVISIT：没有 {0} 这种网址；有 {1}"
    ),
    "PALIMPSEST_REVISIT: {} must be pairs of days, such as [[0, 7], [90, 30]]": (
        "PALIMPSEST_REVISIT：{0} 应为成对的天数，如 [[0, 7], [90, 30]]"
    ),
    "its process was ended by signal {}; the next night goes on": (
        "其进程被信号 {0} 终止；下一夜会接着进行"
    ),
    "nobody knows how its process ended; the next night goes on": (
        "无从得知其进程如何结束；下一夜会接着进行"
    ),
    "the copy is no HTTP response": "副本不是 HTTP 应答",
    "no address can be handed out any more ({})": "无法再取出网址（{0}）",
}
