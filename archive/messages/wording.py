"""How a text stands in the tables: in English and in Chinese, of counts also in the singular."""

from __future__ import annotations

from string import Formatter

ONE = "one"
"""The form of a message for a count of 1, in English; Chinese has none."""

Wordings = dict[str, dict[str, str]]
"""Texts by their keys, each by language (or ``ONE``)."""


def both(en: str, zh: str) -> dict[str, str]:
    """A text in both languages."""
    return {"en": en, "zh": zh}


def counted(one: str, en: str, zh: str) -> dict[str, str]:
    """The same with its English singular, of a ``count``."""
    return {ONE: one, "en": en, "zh": zh}


def filled(text: str, **values: object) -> str:
    """``text`` with the values filled in. Of several counts in one text each chooses its word:

    >>> filled("{pages} {pages:page|pages} of {files} {files:file|files}", pages=7, files=1)
    '7 pages of 1 file'
    """
    return _FORMATTER.vformat(text, (), values)


class _Counting(Formatter):
    def format_field(self, value: object, spec: str) -> str:
        one, bar, more = spec.partition("|")
        if not bar:
            return str(super().format_field(value, spec))
        return one if str(value) == "1" else more


_FORMATTER = _Counting()
