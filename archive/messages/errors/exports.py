"""Sentences about exports, charts and evidence that cannot be given."""

from __future__ import annotations

EXPORTS: dict[str, str] = {
    "{}: a chart is a .png or .svg file": "{0}：图表须为 .png 或 .svg 文件",
    "no font with Chinese characters is installed for PNG: install one (fonts-noto-cjk), or write "
    ".svg": "未安装 PNG 所需的中文字体：请安装（fonts-noto-cjk），或改写 .svg",
    "{} is there already: a bag is made anew, name another --output": (
        "{0} 已存在：归档包须新建，请用 --output 另指位置"
    ),
    "article {} has no witness {}; it has {}": "文章 {0} 没有见证 {1}；有 {2}",
    "article {} has no witness {}": "文章 {0} 没有见证 {1}",
    "article {} has no version {}": "文章 {0} 没有版本 {1}",
    "the entry point of {} is not a click command": "{0} 的入口点不是 click 命令",
}
