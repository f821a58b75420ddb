"""The addresses of what a page or a style sheet shows (``archive.requisites``), as leads."""

from __future__ import annotations

from collections.abc import Iterable

from archive.cleaning.page import Page
from archive.model import Lead
from archive.requisites import MAX_STYLES, in_page, in_style
from crawler.canonical import resolve


def add_page_requisites(leads: list[Lead], page: Page, base: str, via: str, priority: int) -> None:
    """Append a lead for all that ``page`` shows, relative references resolved against ``base``,
    and that is not among ``leads`` yet."""
    _add(leads, in_page(page), base, via, priority, page.decoding.encoding)


def style_requisites(body: bytes, url: str, priority: int) -> list[Lead]:
    """Leads for all that the style sheet ``body`` fetched from ``url`` shows or imports."""
    leads: list[Lead] = []
    sheet = body[:MAX_STYLES].decode("utf-8", "replace")
    _add(leads, in_style(sheet), url, url, priority, "utf-8")
    return leads


def _add(
    leads: list[Lead],
    references: Iterable[str],
    base: str,
    via: str,
    priority: int,
    encoding: str,
) -> None:
    known = {via, *(lead.url for lead in leads)}
    for reference in references:
        try:
            address = resolve(base, reference, encoding)
        except ValueError:
            continue
        if address not in known:
            known.add(address)
            leads.append(Lead(address, "asset", priority, via, None))
