"""How a text stands in the tables: in English and in Chinese, of counts also in the singular."""

from __future__ import annotations

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
