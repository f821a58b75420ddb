"""What Click, the library of the command line, says of a command typed wrongly, in Chinese.

The same form as ``errors``: "{}" stands for each value, "{0}" and "{1}" for them in the
Chinese sentence.
"""

from __future__ import annotations

USAGE: dict[str, str] = {
    "Missing command.": "缺少子命令。",
    "Missing argument '{}'.": "缺少参数 '{0}'。",
    "Missing argument '{}'. {}": "缺少参数 '{0}'。{1}",
    "Missing option '{}'.": "缺少选项 '{0}'。",
    "Missing option '{}'. {}": "缺少选项 '{0}'。{1}",
    "No such command '{}'.": "没有名为 '{0}' 的命令。",
    "No such command '{}'. {}": "没有名为 '{0}' 的命令。{1}",
    "No such option '{}'.": "没有名为 '{0}' 的选项。",
    "No such option '{}'. {}": "没有名为 '{0}' 的选项。{1}",
    "Did you mean '{}'?": "是否要用 '{0}'？",
    "(Did you mean one of: {}?)": "（是否要用其中之一：{0}？）",
    "Did you mean {}?": "是否要用 {0}？",
    "Option '{}' requires an argument.": "选项 '{0}' 需要一个值。",
    "Option '{}' does not take a value.": "选项 '{0}' 不带值。",
    "Got unexpected extra argument ({})": "多余的参数：{0}",
    "Got unexpected extra arguments ({})": "多余的参数：{0}",
    "Invalid value for '{}': {}": "'{0}' 的值不对：{1}",
    "Invalid value: {}": "值不对：{0}",
    "{} is not a whole number.": "{0} 不是整数。",
    "{} is not a valid float.": "{0} 不是数。",
    "{} is not a valid float range.": "{0} 不是数。",
    "{} is not in the range {}.": "{0} 不在 {1} 之内。",
    "{} is not one of {}.": "{0} 不是 {1} 之一。",
    "{} is not utf-8": "{0} 不是 UTF-8 编码",
    "File {} does not exist.": "文件 {0} 不存在。",
    "Directory {} does not exist.": "目录 {0} 不存在。",
    "Path {} does not exist.": "路径 {0} 不存在。",
    "File {} is a directory.": "{0} 是目录，不是文件。",
    "Directory {} is a file.": "{0} 是文件，不是目录。",
    "File {} is not readable.": "文件 {0} 不可读。",
    "Directory {} is not readable.": "目录 {0} 不可读。",
    "Directory {} is not writable.": "目录 {0} 不可写。",
}
