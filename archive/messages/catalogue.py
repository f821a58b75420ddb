"""Every text of the command line, in English and in Chinese: data, no code."""

from __future__ import annotations

from archive.messages.column_texts import COLUMNS
from archive.messages.help_texts import HELP
from archive.messages.reading_texts import READING
from archive.messages.serving_texts import SERVING
from archive.messages.wording import Wordings, both
from archive.messages.working_texts import WORKING

ANYWHERE: Wordings = {
    "main.commands": both("Commands", "命令"),
    "main.options": both("Options", "选项"),
    "main.usage": both("Usage:", "用法："),
    "error.interrupted": both("stopped by the user", "已由用户中止"),
    "error.disk_full": both(
        "no room left on the disk{where}: make room and run the command again",
        "磁盘已满{where}：请腾出空间后重新运行",
    ),
    "error.output_full": both(
        "no room left where standard output goes: what was printed is not whole; make room and run "
        "the command again",
        "标准输出所在的磁盘已满：输出不完整；请腾出空间后重新运行",
    ),
    "error.unexpected": both(
        "{what} (unexpected: `palimpsest --debug …` shows where)",
        "{what}（意外错误：用 `palimpsest --debug …` 查看出处）",
    ),
    "error.date": both(
        "{value!r} is not a date; write 2010-12-09, 2010-12 or 2010",
        "{value!r} 不是日期；请写作 2010-12-09、2010-12 或 2010",
    ),
    "error.empty_path": both("the path is empty; name one", "路径为空；请指明路径"),
    "error.empty_option": both(
        "nothing was given; give one, or leave the option out", "没有给出值；请给出，或不写此选项"
    ),
    "error.origin": both(
        "{value!r} is no origin; write https://host or https://host:port",
        "{value!r} 不是来源地址；请写作 https://主机 或 https://主机:端口",
    ),
    "error.host_name": both(
        "{value!r} is no host name; write archive.example.ac.cn, without http:// and port",
        "{value!r} 不是主机名；请写作 archive.example.ac.cn，不带 http:// 和端口",
    ),
    "error.email": both(
        "{value!r} is no e-mail address; write archive@example.ac.cn",
        "{value!r} 不是电子邮箱地址；请写作 archive@example.ac.cn",
    ),
    "error.no_day": both(
        "no day is as late as {first} (--from) and as early as {last} (--to)",
        "没有不早于 {first}（--from）又不晚于 {last}（--to）的日期",
    ),
}

MESSAGES = HELP | COLUMNS | ANYWHERE | READING | WORKING | SERVING
