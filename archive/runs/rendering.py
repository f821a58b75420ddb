"""A run's record as text, as a page, and as metrics.

What the record says may come from a page of strangers; it promises that none of it is markup on
the page, a second line in the text, or a second metric.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Any

from archive.messages.language import evidenced, explained, language
from archive.messages.printable import printable
from archive.runs.facts import Facts
from archive.runs.texts import RUN_TEXTS, TWO_WAYS

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "th{text-align:left;font-weight:normal;padding-right:2rem;vertical-align:top}"
    "td{font-variant-numeric:tabular-nums}"
    ".bad{color:#b00}.good{color:#070}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}}"
)
TOTAL = "total"
_METRICS = (
    ("exit_code", "gauge", "Exit code of the last run (0: complete)"),
    ("seconds", "gauge", "Duration of the last run in seconds"),
    ("ended_timestamp_seconds", "gauge", "Unix time at which the last run ended"),
    ("disk_free", "gauge", "Bytes left on the disk of the archive"),
    ("robots", "gauge", "Addresses not asked for because of robots.txt"),
    ("traps", "gauge", "Addresses not asked for because they looked like a trap"),
    ("quarantined", "gauge", "Addresses set aside"),
    ("alarms", "gauge", "Signs that the institute's own host may be broken into"),
)
_TEXTS_OF = {
    "changes": "change",
    "requests": "count",
    "failed": "tonight",
    "not_asked": "refused",
}
"""What the groups of the record are called among the texts."""
_GROUPS = (
    ("articles", "status", "Articles by status"),
    ("changes", "what", "Articles by what the last run changed"),
    ("requests", "what", "Requests of the last run"),
    ("failed", "reason", "Failed requests of the last run by reason"),
    ("bytes", "what", "Bytes received, and bytes that an unchanged answer saved"),
    ("quality", "what", "Signs of trouble in extraction"),
)


def as_json(facts: Facts) -> str:
    """The record, indented."""
    return as_json_text(facts, indent=2) + "\n"


def as_json_text(facts: Facts, indent: int | None = None) -> str:
    """The record as JSON that can be written: a note may name a file whose name is no text, and
    half a character in it would cost the whole report."""
    said = json.dumps(facts, ensure_ascii=False, indent=indent)
    return said.encode("utf-8", "replace").decode()


def as_text(facts: Facts) -> str:
    """A line for each value, in the language of whoever runs the program."""
    return "".join(f"{name}: {printable(value)}\n" for name, value in _rows(facts))


def as_html(facts: Facts) -> str:
    """A page that needs nothing else and runs nothing, in the same language."""
    state = "good" if facts["exit_code"] == 0 and not facts.get("alarms") else "bad"
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(printable(value))}</td></tr>\n"
        for name, value in _rows(facts)
    )
    title = escape(printable(f"{facts['site']}: run {facts['run']}"))
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n"
        f'<p class="{state}">{escape(printable(explained(facts["outcome"])))}</p>\n'
        f"<table>\n{rows}</table>\n</body></html>\n"
    )


def as_metrics(facts: Facts) -> str:
    """The Prometheus text format (version 0.0.4), for the textfile collector. What a night that
    never began could not count is left out."""
    site = {"site": str(facts["site"])}
    ended = datetime.fromisoformat(facts["ended"]).timestamp()
    told = facts | {"ended_timestamp_seconds": round(ended, 3)}
    lines = []
    for name, kind, help_text in _METRICS:
        if name in told:
            value = told[name]
            number = len(value) if isinstance(value, list) else value
            lines += _metric(name, kind, help_text, [(site, number)])
    for name, label, help_text in _GROUPS:
        values = [
            ({**site, label: key}, value)
            for key, value in facts.get(name, {}).items()
            if key != TOTAL  # a sum over the others would count all twice
        ]
        if values:
            lines += _metric(name, "gauge", help_text, values)
    return "\n".join(lines) + "\n"


def _metric(
    name: str, kind: str, help_text: str, values: list[tuple[dict[str, str], Any]]
) -> list[str]:
    full = f"palimpsest_{name}"
    lines = [f"# HELP {full} {help_text}", f"# TYPE {full} {kind}"]
    for labels, value in values:
        said = ",".join(f'{key}="{_label(text)}"' for key, text in labels.items())
        lines.append(f"{full}{{{said}}} {value}")
    return lines


def _label(text: str) -> str:
    return printable(text).replace("\\", "\\\\").replace('"', '\\"')


def _rows(facts: Facts) -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        title = fact_name(name)
        if isinstance(value, Mapping):
            yield from ((fact_name(name, key), _said(number)) for key, number in value.items())
        elif isinstance(value, list):
            yield from ((title, noted(_said(one))) for one in value)
        elif name == "kind":
            yield title, kind_of_run(str(value))
        elif name == "outcome":
            yield title, explained(str(value))
        else:
            yield title, _said(value)


def fact_name(name: str, key: str | None = None) -> str:
    """What a value of the record is called, in the user's language; ``key`` is its place in a
    group."""
    title = _word(f"report.{name}") or name.replace("_", " ")
    if key is None:
        return title
    return f"{title}: {_word(f'{_TEXTS_OF.get(name, name)}.{key}') or printable(key) or '-'}"


def kind_of_run(kind: str) -> str:
    """The kind of a run, in the user's language."""
    return _word(f"run.{kind}") or kind


def noted(text: str) -> str:
    """A note of a report, in the user's language."""
    return evidenced(explained(text))


def count_name(key: str) -> str:
    """What a count of a report (``GROUP:NAME`` or ``NAME``) is called, in the user's language."""
    group, _, name = key.partition(":")
    if not name:
        return _word(f"count.{key}") or key
    return f"{_word(f'counts.{group}') or group}: {_word(f'{group}.{name}') or name}"


def told_two_ways(counts: Mapping[str, int]) -> str | None:
    """Why the ledger and the night count failures differently, in the user's language; None where
    the ``counts`` of a report have not both."""
    groups = {key.partition(":")[0] for key in counts if ":" in key}
    return _word("counts.two_ways") if groups >= TWO_WAYS else None


def _word(key: str) -> str | None:
    words = RUN_TEXTS.get(key)
    return None if words is None else words[language() == "zh"]


def _said(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
