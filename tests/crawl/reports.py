"""A run report with something in each of its parts."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.model import RunReport

NOW = datetime(2026, 1, 1, tzinfo=UTC)
REPORT = RunReport(
    run=1,
    site="研究所",
    kind="nightly",
    started=NOW,
    ended=NOW,
    outcome="finished",
    exit_code=0,
    counts={"articles": 12, "change:new": 3},
    articles_by_branch={"综合新闻": 12},
    warc_files=(),
    notes=(),
)
