"""What a report counts of the archive itself, whatever the run was."""

from __future__ import annotations

from typing import get_args

from archive.model import Status
from archive.store import Filters, Store

STATUSES: tuple[Status, ...] = get_args(Status)


def article_counts(store: Store, site: str) -> dict[str, int]:
    """``articles`` and ``articles:STATUS`` of the site as they stand."""
    by_status = {
        f"articles:{status}": store.count_articles(Filters(site=site, status=status))
        for status in STATUSES
    }
    return {"articles": sum(by_status.values()), **by_status}


def branch_counts(store: Store, site: str) -> dict[str, int]:
    """Articles of the site by branch; "" stands for those without one."""
    return {(branch or ""): count for (_, branch), count in store.branches(site).items()}
