"""What is said before a day: that the text was published then, or changed.

It promises to know these words of some twenty languages where they stand right before the day, and
to leave all others to whoever asks.
"""

from __future__ import annotations

import re

_ON = r"(?:\s(?:on|at|le|el|il|em|am|op|den|בתאריך))?"
# In a sentence the same words tell of something else.
_PUBLISHED = re.compile(
    r"(?:^|(?<=[|·•—–(,;\]]\s)|(?<=[|·•—–(,;\]]))(?:"
    r"(?:first )?(?:published|posted|released|issued)|publication date|release date"
    r"|publi(?:é|ée|cado|cada|cato|cata|kováno|kowano)|pubblicat[oa]|posté|postado|mise? en ligne"
    r"|veröffentlicht|erschienen|eingestellt|gepubliceerd|geplaatst|publicera[dt]|publisert"
    r"|опубликован[оа]?|дата публикации|размещено|опубліковано|дата публікації|δημοσιεύ\w{3,6}"
    r"|date de publication|fecha(?: de publicación)?|data(?: di pubblicazione| de publicação)?"
    r"|yayın(?:lanma)? tarihi|ngày(?: đăng)?|(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật), ngày"
    r"|تاريخ النشر|نشر في|نشر بتاريخ|تاریخ انتشار|פורסם|תאריך(?: פרסום)?"
    r"|เผยแพร่เมื่อ|เผยแพร่|วันที่เผยแพร่|วันที่|ประกาศเมื่อ)" + _ON + r"(?!\w)\s?:?\s?",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:更新|修改|修订)(?:时间|日期|于)?[\s:：]{0,3}$"
    r"|(?<!\w)(?:updated?(?: (?:time|date))?|modified|revised|changed|stand|aktualisiert|geändert"
    r"|mise? à jour|mis à jour|actualizad[oa]|atualizado|aggiornat[oa]|обновлен[оа]|изменено)"
    + _ON
    + r"\s?:?\s{0,2}$",
    re.IGNORECASE,
)
MAX_SAID_CHARS = 60


def is_said_published(before: str) -> bool:
    """Whether ``before``, what stands right before a day, ends with words for publishing."""
    said = before.lstrip()
    if len(said) > MAX_SAID_CHARS:
        return False
    return any(match.end() == len(said) for match in _PUBLISHED.finditer(said))


def is_said_changed(before: str) -> bool:
    """Whether ``before`` ends with words for the last change."""
    return _CHANGED.search(before[-MAX_SAID_CHARS:]) is not None


def without_said(beside: str) -> str:
    """What a line says ``beside`` its day, without words for publishing."""
    return _PUBLISHED.sub("", beside)
