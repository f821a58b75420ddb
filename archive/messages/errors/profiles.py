"""Sentences about profiles of sites, the timer, and where a night's report is told."""

from __future__ import annotations

PROFILES: dict[str, str] = {
    "not UTF-8 text; save it so": "不是 UTF-8 文本；请以 UTF-8 保存",
    "{}: no file; move it away, or give it another name": "{0}：不是文件；请移走或改名",
    "{}: not TOML: {}; {}": "{0}：不是 TOML：{1}；{2}",
    "{}: not TOML: brackets within brackets, too deep": "{0}：不是 TOML：括号嵌套过深",
    "{}: cannot be read: {}": "{0}：无法读取：{1}",
    "{} line {}: {}": "{0} 第 {1} 行：{2}",
    "{} line {}, column {}: not TOML: {}; {}": "{0} 第 {1} 行第 {2} 列：不是 TOML：{3}；{4}",
    "{} (and {} more: `palimpsest sites check` lists them)": (
        "{0}（另有 {1} 处错误，见 `palimpsest sites check`）"
    ),
    "unknown key {}; did you mean {}?": "没有 {0} 这个键；是否指 {1}？",
    "unknown key {}; there are {}": "没有 {0} 这个键；可用的有 {1}",
    "among the selectors: {}": "选择器中：{0}",
    "{} is {}, it must be {}; write for instance {}": "{0} 的值是 {1}，应为{2}；例如写作 {3}",
    "{} is a mirror on a host of start; leave it out of one of them": (
        "{0} 是镜像，却与 start 在同一主机；请从其中一处去掉"
    ),
    "{}: {} is missing; add a line {}": "{0}：缺少 {1}；请加一行 {2}",
    "{}: the name {} is also that of {}; give one of them another name": (
        "{0}：名称 {1} 与 {2} 相同；请给其中一个另起名称"
    ),
    "correct it; https://toml.io shows how values are written": (
        "请改正；值的写法见 https://toml.io"
    ),
    "the key is given twice, keep one of the lines": "此键写了两次，请只留一行",
    "text stands between straight quotes, as in {}": "文字须放在直引号中，例如 {0}",
    "between two values stands a comma, behind the last one ]": (
        "两个值之间用英文逗号，最后一个之后用 ]"
    ),
    "a line is written KEY = VALUE, as in {}": "每行写作 键 = 值，例如 {0}",
    "a CSS selector": " CSS 选择器",
    "a name of 1 to 200 characters": " 1 至 200 个字符的名称",
    "a list of addresses that begin with http:// or https://": (
        "以 http:// 或 https:// 开头的网址列表"
    ),
    "true or false": " true 或 false",
    "a whole number, 0 for no limit": "整数，0 表示不限",
    "a whole number of nights from 1 to {}": " 1 至 {0} 的整数（夜数）",
    "a whole number of minutes from 1 to {}": " 1 至 {0} 的整数（分钟）",
    "seconds from {} to {}": " {0} 至 {1} 之间的秒数",
    "a list of host names": "主机名列表",
    "a list of the institute's Chinese names, 3 to 60 characters each, the full one first": (
        "研究所中文名称的列表，每个 3 至 60 字，全称在前"
    ),
    "{} cannot be the institute's name (3 to 60 Chinese characters, no blank); give each as the "
    "institute writes it, the full one first": (
        "{0} 不能作研究所名称（3 至 60 个汉字，不含空格）；请照研究所的写法逐个给出，全称在前"
    ),
    "a share from 0 to 1": " 0 至 1 之间的比例",
    "a table of CSS selectors for any of {}": " CSS 选择器表，可含 {0}",
    "{} cannot be a site's name (up to 200 characters, none of them /, the first no - and no "
    "dot); --site NAME gives another one": (
        "{0} 不能作网站名称（至多 200 个字符，不含 /，不以 - 或句点开头）；"
        "可用 --site NAME 另起名称"
    ),
    "{} has a profile named {} already; edit that one": "{0} 中已有名为 {1} 的配置文件；请修改它",
    "{} is not the address of a web site; write it as in http://www.example.ac.cn/": (
        "{0} 不是网站的网址；写法如 http://www.example.ac.cn/"
    ),
    "{} has no profile named {}; known: {}": "{0} 中没有名为 {1} 的配置文件；已有：{2}",
    "no site is to be crawled: {} has no enabled profile; `palimpsest sites add URL` writes one": (
        "没有要抓取的网站：{0} 中没有启用的配置文件；可用 `palimpsest sites add URL` 新建"
    ),
    "{} has no timer of Palimpsest; nothing to remove": "{0} 中没有 Palimpsest 的定时器，无可移除",
    "{} cannot stand in a timer: name a plain path": "定时任务中写不了 {0}：请换一个普通的路径",
    "{} is no time of day; write it as in 02:00": "{0} 不是时刻；写法如 02:00",
    "{}: not told: {}: {}": "{0}：未能告知：{1}：{2}",
    "{}: not told: the night has waited for it long enough": "{0}：未能告知：今夜已等它够久",
    "no end of it within {} seconds": "{0} 秒之内没有结束",
    "not an http or https address": "不是 http 或 https 网址",
    "the other side, or a variable, is not as it should be": "对方或某个变量有误",
    "{} is {}; write host:port": "{0} 的值是 {1}；请写 host:port",
    "{} is {}; write {} or {}": "{0} 的值是 {1}；请写 {2} 或 {3}",
    "the report could not be written: {}": "报告无法写出：{0}",
    "{}; the report could not be written: {}": "{0}；报告无法写出：{1}",
    "the report could not be written: {}; the store has it: `palimpsest runs show {}`": (
        "报告无法写出：{0}；存储中有这份报告：`palimpsest runs show {1}`"
    ),
}
