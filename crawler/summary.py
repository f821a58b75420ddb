"""What a crawl found, in the words of the person who started it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from shlex import quote

from archive.messages.language import say
from archive.messages.printable import printable
from archive.model import RunReport
from crawler.language import words as _

COMMAND = "palimpsest"
MAX_BRANCHES = 40
MAX_REASONS = 8
MAX_NOTES = 12
KNOWN_BEFORE = ("changed", "respammed", "unchanged", "gone", "returned", "removed")
"""Changes that only an article can have that an earlier run knew."""


def summary(report: RunReport, data: Path) -> str:
    """The report as text: articles by branch, mirrors' share, files, failures, what to try."""
    lines = [
        *_headline(report),
        *_branches(report),
        *_requests(report),
        *_problems(report),
        *_files(report, data),
        *_next_steps(report, data),
    ]
    return "\n".join(lines)


def _headline(report: RunReport) -> list[str]:
    counts = report.counts
    seconds = max(0.0, (report.ended - report.started).total_seconds())
    found = sum(report.articles_by_branch.values())
    named = [name for name in report.articles_by_branch if name]
    return [
        say(
            "crawl.found",
            site=printable(report.site),
            articles=say("crawl.count.articles", count=f"{found:,}"),
            branches=say("crawl.count.branches", count=len(named)),
            seconds=seconds,
        ),
        _statuses(counts),
        *_changes(counts),
    ]


def _statuses(counts: Mapping[str, int]) -> str:
    gone = counts.get("articles:gone", 0)
    line = _("  {live} live, {mirror_only} only on mirrors")
    if gone:
        line = _("  {live} live, {mirror_only} only on mirrors, {gone} gone")
    return line.format(
        live=counts.get("articles:live", 0),
        mirror_only=counts.get("articles:mirror-only", 0),
        gone=gone,
    )


def _changes(counts: Mapping[str, int]) -> list[str]:
    """What is other than before; of a first run everything is new, and nothing is said."""
    known = [counts.get(f"change:{what}", 0) for what in KNOWN_BEFORE]
    if not any(known):
        return []
    line = _("  since the run before: {new} new, {changed} changed, {gone} gone")
    return [
        line.format(
            new=counts.get("change:new", 0),
            changed=counts.get("change:changed", 0),
            gone=counts.get("change:gone", 0),
        )
    ]


def _branches(report: RunReport) -> list[str]:
    ordered = sorted(report.articles_by_branch.items(), key=lambda item: (-item[1], item[0]))
    width = len(str(ordered[0][1])) if ordered else 1
    lines = [
        f"  {count:>{width}}  {printable(branch) or _('(no branch named)')}"
        for branch, count in ordered[:MAX_BRANCHES]
    ]
    if len(ordered) > MAX_BRANCHES:
        lines.append(say("crawl.more_branches", more=len(ordered) - MAX_BRANCHES))
    return lines


def _requests(report: RunReport) -> list[str]:
    counts = report.counts
    lines = [
        say(
            "crawl.requests",
            requests=say("crawl.count.requests", count=f"{counts.get('requests', 0):,}"),
            pages=say("crawl.count.pages", count=f"{counts.get('pages', 0):,}"),
            files=say("crawl.count.files", count=f"{counts.get('kind:asset', 0):,}"),
            megabytes=counts.get("bytes", 0) / 1e6,
        )
    ]
    if unchanged := counts.get("unchanged"):
        lines.append(_("{unchanged} are as they were").format(unchanged=f"{unchanged:,}"))
    return lines


def _problems(report: RunReport) -> list[str]:
    lines = []
    for state, name in (("failed", _("failed")), ("refused", _("not asked for"))):
        reasons = {
            key.removeprefix(f"{state}:"): count
            for key, count in report.counts.items()
            if key.startswith(f"{state}:")
        }
        if state == "refused" and (unlisted := report.counts.get("off-site-unlisted")):
            reasons[_("off the site, not listed")] = unlisted
        if reasons:
            ordered = sorted(reasons.items(), key=lambda item: -item[1])[:MAX_REASONS]
            lines.append(f"{name}: " + ", ".join(f"{why} {count:,}" for why, count in ordered))
    return lines + [f"! {printable(note)}" for note in report.told[:MAX_NOTES]]


def _files(report: RunReport, data: Path) -> list[str]:
    return [_("kept in {file}").format(file=data / "warc" / name) for name in report.warc_files]


def _next_steps(report: RunReport, data: Path) -> list[str]:
    """Commands that work as they stand and have something to show."""
    where = "" if str(data) == "data" else f" --data {quote(str(data))}"
    named = [(count, name) for name, count in report.articles_by_branch.items() if name]
    branch = max(named)[1] if named else None
    only = f" --branch {quote(printable(branch))}" if branch else ""
    command = quote(command_name())
    lonely = " --status mirror-only" if report.counts.get("articles:mirror-only") else ""
    if not report.articles_by_branch:
        return ["", _("Try next:"), f"  {command} runs{where} ledger"]
    return [
        "",
        _("Try next:"),
        f"  {command} search{where}{lonely} 所",
        f"  {command} export{where}{only} --format jsonl",
        f"  {command} runs{where} list",
    ]


def command_name() -> str:
    """The command as it must be typed here: its bare name where the shell finds it, else its path,
    relative where it lies below the current directory."""
    own = Path(sys.executable).with_name(COMMAND)
    found = shutil.which(COMMAND)
    if found is not None and Path(found).resolve() == own.resolve():
        return COMMAND
    here = Path.cwd()
    return str(own.relative_to(here) if own.is_relative_to(here) else own)
