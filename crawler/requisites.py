"""The addresses of what a page or a style sheet shows (``archive.requisites``), as leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml.etree import _Element as Element

from archive.cleaning.page import Page
from archive.model import Lead
from archive.requisites import MAX_STYLES, in_page, in_style
from crawler.canonical import resolve


def add_page_requisites(
    leads: dict[str, Lead],
    page: Page,
    base: str,
    via: str,
    priority: int,
    walked: Sequence[Element] | None = None,
) -> None:
    """Add a lead for all that ``page`` shows, relative references resolved against ``base``,
    and that is not among ``leads`` (by address) yet; ``walked`` as ``in_page`` has it."""
    _add(leads, in_page(page, walked), base, via, priority, page.decoding.encoding)


def style_requisites(body: bytes, url: str, priority: int) -> list[Lead]:
    """Leads for all that the style sheet ``body`` fetched from ``url`` shows or imports."""
    leads: dict[str, Lead] = {}
    sheet = body[:MAX_STYLES].decode("utf-8", "replace")
    _add(leads, in_style(sheet), url, url, priority, "utf-8")
    return list(leads.values())


def _add(
    leads: dict[str, Lead],
    references: Iterable[str],
    base: str,
    via: str,
    priority: int,
    encoding: str,
) -> None:
    for reference in references:
        try:
            address = resolve(base, reference, encoding)
        except ValueError:
            continue
        if address != via and address not in leads:
            leads[address] = Lead(address, "asset", priority, via, None)
