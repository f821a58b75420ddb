"""What the fields of a query are called when they are typed, and their values.

It promises that a field can be named in English or in Chinese, as the reading room names it, in
simplified or traditional characters, and means the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import cast, get_args

from archive.search.query import ExactField, TextField

TEXT_FIELDS = frozenset(get_args(TextField))
EXACT_FIELDS = frozenset(get_args(ExactField)) - TEXT_FIELDS
DATE_FIELD = "date"

_CHINESE: Mapping[str, str] = {
    "标题": "title",
    "標題": "title",
    "正文": "text",
    "栏目": "branch",
    "欄目": "branch",
    "部门": "branch",
    "部門": "branch",
    "支部": "branch",
    "作者": "author",
    "来源": "source",
    "來源": "source",
    "附件": "attachment",
    "网站": "site",
    "網站": "site",
    "状态": "status",
    "狀態": "status",
    "主机": "host",
    "主機": "host",
    "见证": "witness",
    "見證": "witness",
    "日期": DATE_FIELD,
    "发布日期": DATE_FIELD,
    "發布日期": DATE_FIELD,
}
NAMES: Mapping[str, str] = {
    **{name: name for name in (*TEXT_FIELDS, *EXACT_FIELDS, DATE_FIELD)},
    **_CHINESE,
}
"""Every name and the field it means."""

_VALUES: Mapping[str, str] = {
    "在线": "live",
    "仍在线": "live",
    "在線": "live",
    "仍在線": "live",
    "已消失": "gone",
    "仅存于镜像": "mirror-only",
    "僅存於鏡像": "mirror-only",
    "原站": "original",
    "镜像": "mirror",
    "鏡像": "mirror",
    "补录": "backfill",
    "補錄": "backfill",
}


def exact_value(field: str, typed: str) -> tuple[ExactField, str]:
    """The exact field and the value that was ``typed`` for it: that of a status or a kind of
    witness in whatever width and case, or in Chinese; a host in whatever case."""
    if field == "host":
        typed = typed.lower().strip()
    if field in ("status", "witness"):
        plain = unicodedata.normalize("NFKC", typed).lower().strip()
        typed = _VALUES.get(plain, plain)
    return cast("ExactField", field), typed
