"""Sentences about the reading room, who may enter it, and its player."""

from __future__ import annotations

READING_ROOM: dict[str, str] = {
    "{} is no name: give one of 1 to 64 letters, digits and . _ -": (
        "{0} 不能作名称：请用 1 至 64 个字母、数字和 . _ -"
    ),
    "the access file {} lets nobody in: add a user or token": (
        "访问文件 {0} 不许任何人进入：请添加用户或令牌"
    ),
    "a worker with other wishes could let a page ask others": (
        "带有其他参数的 service worker 可能让页面访问别处"
    ),
    "this is no service worker": "这不是 service worker",
    "not a file": "不是文件",
    "not UTF-8 text ({})": "不是 UTF-8 文本（{0}）",
    "the access file {} cannot be written: {}": "访问文件 {0} 无法写入：{1}",
    "the access file {} cannot be read: {}": "访问文件 {0} 无法读取：{1}",
    "{}, line {}: neither a user nor a token; `palimpsest access --help` tells how to add one": (
        "{0} 第 {1} 行：既非用户也非令牌；添加方法见 `palimpsest access --help`"
    ),
    "there is no order {}: relevance, newest or oldest": (
        "没有排序方式 {0}：可用 relevance、newest 或 oldest"
    ),
    "there is no citation format {}: txt, bib, ris or json": (
        "没有引用格式 {0}：可用 txt、bib、ris 或 json"
    ),
    "there is no export format {}": "没有导出格式 {0}",
    "no capture has the record {}": "没有编号为 {0} 的抓取记录",
    "there is no capture number {} of {}": "{1} 没有第 {0} 次抓取",
    "no capture of {} is kept": "没有 {0} 的存档",
    "{} is no moment of {} digits": "{0} 不是 {1} 位数字的时刻",
    "no file from {} is kept": "没有来自 {0} 的文件",
    "no capture lies in {}": "{0} 中没有存档",
    "the capture of witness {} is not in the store": "见证 {0} 的存档不在存储中",
    "the player is not installed": "未安装播放器",
    "npm is not installed: install it, or get the npm package {} {} in another way and name its "
    "file with --from": "未安装 npm：请安装，或以别的方式取得 npm 包 {0} {1}，并用 --from 指定文件",
    "{} is not the npm package {} {}: it was left alone": "{0} 不是 npm 包 {1} {2}：未作改动",
    "npm could not fetch {} {} ({}): get its file in another way and name it with --from": (
        "npm 无法取得 {0} {1}（{2}）：请以别的方式取得文件，并用 --from 指定"
    ),
    "{} cannot be read: {}": "{0} 无法读取：{1}",
    "the player cannot be written to {}: {}": "播放器无法写入 {0}：{1}",
    "{} has no {}": "{0} 中没有 {1}",
    "cannot listen on {} port {} ({}): choose others with --host and --port": (
        "无法在 {0} 的端口 {1} 监听（{2}）：请用 --host 和 --port 另选"
    ),
    "no process of the reading room can do its work; see above": ("阅览室没有可用的进程；原因见上"),
}
