"""The strings of one extraction while what a mirror did to them is undone.

Promises that every change is a repair of its field, whose reversal gives the string before it, and
that of markup only the text between tags is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import regex

from archive.cleaning.repairs import Edit, apply, make_repairs
from archive.cleaning.unmasking.edits import cut_line
from archive.model import Extraction, Removal, Repair

FIELDS = ("title", "branch", "author", "editor", "source", "text", "markdown", "html")
SHORT = frozenset({"title", "branch", "author", "editor", "source"})
SOWN_CONFIDENCE = 0.9
LINE_CONFIDENCE = 0.95
_TAG = regex.compile(r"<[^<>]{0,4000}>")

Rule = Callable[[str, str], Sequence[Edit]]
"""(field, string) -> edits of the string"""


@dataclass
class Work:
    """The strings of one extraction on their way, by field, and what was done to them."""

    strings: dict[str, str]
    repairs: list[Repair] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, extraction: Extraction) -> Work:
        """The work on all fields that ``extraction`` has."""
        return cls({key: value for key in FIELDS if (value := getattr(extraction, key))})

    def run(self, rule: Rule, name: str, evidence: str, confidence: float) -> None:
        """Carry a rule out on every field."""
        for key, string in self.strings.items():
            found = rule(key, string) if key != "html" else _in_markup(key, string, rule)
            self.put(key, found, name, evidence, confidence)

    def put(
        self,
        key: str,
        edits: Sequence[Edit],
        name: str,
        evidence: str,
        confidence: float = SOWN_CONFIDENCE,
    ) -> None:
        """Carry edits of one field out, as the rule called ``name``."""
        before = self.strings[key]
        made = self.note(key, before, edits, name, evidence, confidence)
        if made:
            self.strings[key] = apply(before, made)

    def note(
        self,
        key: str,
        before: str,
        edits: Sequence[Edit],
        name: str,
        evidence: str,
        confidence: float = SOWN_CONFIDENCE,
    ) -> tuple[Repair, ...]:
        """Put down edits of ``before``, what a field said, as the repairs that they make."""
        made = make_repairs(key, before, edits, rule=name, evidence=evidence, confidence=confidence)
        self.repairs += made
        return made

    def cut(self, key: str, spans: Iterable[tuple[int, int, str, str]]) -> None:
        """Take whole lines (start, end, rule, reason) out of a field."""
        for start, end, rule, why in sorted(set(spans), reverse=True):
            line = self.strings[key][start:end]
            edit = cut_line(self.strings[key], start, end)
            self.put(key, [edit], rule, why, LINE_CONFIDENCE)
            if key == "text":
                self.removals.append(Removal(line, f"mirror-{rule}", why, f"{key}:{start}"))

    def done(self, extraction: Extraction, published: date | None) -> Extraction:
        """``extraction`` as it is after the work, of that day; itself where nothing was done."""
        if not (self.repairs or self.removals or self.flags):
            return extraction
        changed: dict[str, Any] = {
            key: value or (None if key in SHORT else "") for key, value in self.strings.items()
        }
        return replace(
            extraction,
            **changed,
            published=published,
            repairs=(*extraction.repairs, *self.repairs),
            removals=(*extraction.removals, *self.removals),
            flags=(*extraction.flags, *(f for f in self.flags if f not in extraction.flags)),
        )


def _in_markup(key: str, markup: str, rule: Rule) -> list[Edit]:
    """Edits of the text between tags only."""
    edits: list[Edit] = []
    at = 0
    for tag in [*_TAG.finditer(markup), None]:
        end = tag.start() if tag else len(markup)
        piece = markup[at:end]
        if piece.strip():
            edits += [Edit(at + e.start, at + e.end, e.after) for e in rule(key, piece)]
        at = tag.end() if tag else end
    return edits
