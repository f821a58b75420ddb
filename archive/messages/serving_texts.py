"""What is said of the reading room: who may enter it, and where it answers."""

from __future__ import annotations

from archive.messages.wording import Wordings, both

SERVING: Wordings = {
    "serve.host": both("The address to answer on.", "应答的地址。"),
    "serve.port": both("The port; 0 takes any free one.", "端口；0 表示任一空闲端口。"),
    "serve.rate": both(
        "Requests a minute from one client; 0 for no limit.", "每个客户端每分钟的请求数；0 为不限。"
    ),
    "serve.ready": both("The reading room is open: {address}", "阅览室已开放：{address}"),
    "serve.not_loopback": both(
        "others than this machine can reach {host}: say with --access FILE who may enter "
        "(`palimpsest access --help`), or use 127.0.0.1",
        "其他机器可访问 {host}：请用 --access FILE 指明谁可进入"
        "（见 palimpsest access --help），或改用 127.0.0.1",
    ),
    "serve.access": both(
        "Ask for a password or token of this file; needed where others can reach the address.",
        "要求提供此文件中的密码或令牌；地址可被其他机器访问时必须使用。",
    ),
    "serve.name": both(
        "Another host name to answer to, such as a proxy's.",
        "另一个可应答的主机名，如代理的主机名。",
    ),
    "serve.behind_proxy": both(
        "Believe a proxy on this machine about the client's address and scheme.",
        "相信本机代理所报的客户端地址与协议。",
    ),
    "serve.workers": both(
        "Processes that answer; default: one for each core, at most 4.",
        "应答的进程数；默认每核一个，最多 4 个。",
    ),
    "serve.contact": both(
        "The e-mail address that OAI-PMH harvesters are told.", "告知 OAI-PMH 收割者的电子邮箱。"
    ),
    "serve.replay": both(
        "The port of the player for captured pages; else the next after --port.",
        "回放程序的端口；默认为 --port 的下一个。",
    ),
    "serve.replay_origin": both(
        "Where a proxy puts the player, such as https://replay.example.ac.cn.",
        "代理为回放程序提供的来源，如 https://replay.example.ac.cn。",
    ),
    "serve.origin": both(
        "Where a proxy puts the reading room; it alone may frame the player.",
        "代理为阅览室提供的来源；只有它可以嵌入回放程序。",
    ),
    "replay-assets.from": both("The npm package as a file.", "npm 包文件。"),
    "replay-assets.done": both("The player is in {where}", "回放程序已装入 {where}"),
    "access.file": both("The access file.", "访问文件。"),
    "access.password": both("Password", "密码"),
    "access.no_password": both(
        "no password: standard input is no terminal, and has no line",
        "没有密码：标准输入不是终端，也没有内容",
    ),
    "access.kept": both("{name} is in {path} now", "{name} 已写入 {path}"),
}
