"""From a page to an extraction: the steps in their order.

It promises to leave the page's tree as it was, and to answer for any page, however broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive import fatal
from archive.cleaning.body.conserve import conserved
from archive.cleaning.body.kind import Seen, forms_of, kind_of, may_list
from archive.cleaning.body.locate import Located, locate
from archive.cleaning.body.rows import rows_of
from archive.cleaning.body.trim import Known, Trimmed, trim
from archive.cleaning.body.weigh import without_shared
from archive.cleaning.challenge import is_challenge
from archive.cleaning.facts.around import Around
from archive.cleaning.facts.dates import find_dates
from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.facts.metadata import Metadata, read_metadata, with_held
from archive.cleaning.hostmodel import HostModel
from archive.cleaning.listed import dated_entries
from archive.cleaning.markup.blocks import Block, Flow, squeeze
from archive.cleaning.markup.viewers import shown_files
from archive.cleaning.multipage import pager_of
from archive.cleaning.page import Page, read_page
from archive.cleaning.parted import Parted, is_headed
from archive.cleaning.script.language import language_of
from archive.cleaning.selectors import NO_SELECTORS, Selectors, container_of, words_of
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.lone import proven_alone
from archive.cleaning.unmasking.title_alone import proof_of, retitled
from archive.cleaning.writing.markdown import to_markdown
from archive.cleaning.writing.media import (
    Addresses,
    attachments_of,
    base_of,
    has_video,
    images_of,
    shown_in_frames,
)
from archive.cleaning.writing.sanitise import to_html
from archive.cleaning.writing.serialise import grouped, to_text
from archive.model import Attachment, Extraction, PageKind

# Longer titles are cut here, and flagged.
MAX_TITLE_CHARS = 1_000
# Of a byline at most the source is a link.
BYLINE_LINKED_SHARE = 0.4
# Lines above the body among which a byline is looked for.
BYLINE_REACH = 12
# Lines below the body among which its files are looked for.
FILES_REACH = 15
# Pages that lead to others, and show days beside their titles.
LISTS = (PageKind.LIST, PageKind.HOME)
# Containers found by these are whole: nothing around the text got in with it.
TRUSTED_VOICES = frozenset({"name", "learnt", "thin", "profile"})


def extract(
    html: bytes,
    url: str | None = None,
    *,
    content_type: str | None = None,
    model: HostModel | None = None,
) -> Extraction:
    """Read the article out of one page's bytes (content-decoded), less what the page by itself
    proves that a mirror put in. Never raises for bad pages."""
    page = read_page(html, url, content_type)
    read = extract_page(page, model)
    marks = proven_alone(read)
    proof = proof_of(page, read, _shown(page), marks) if read.title else None
    if proof is not None:
        marks = retitled(marks, read, page.flow.blocks, page.head.any_title, proof)
    return unmask(read, marks) if marks else read


def _shown(page: Page) -> set[str]:
    """The lines of a page that are no links."""
    return {b.line for b in page.flow.blocks if b.size and not b.linked and not b.hidden}


def extract_page(page: Page, model: HostModel | None = None) -> Extraction:
    """Read the article out of a parsed page, with what is known of its host."""
    fatal.go_on(page.name)
    if is_challenge(page):
        return Extraction(PageKind.CHALLENGE, page.url, page.decoding)
    flow, weights = page.flow, page.weights
    if model is not None:
        weights = without_shared(flow, weights, model.has)
    chosen = model.selectors if model else NO_SELECTORS
    located = _named(page, chosen) or locate(flow, weights, model.containers if model else ())
    if located is None:
        frames = shown_in_frames(page.tree, Addresses(base_of(page.tree, page.url)))
        title = page.title if frames else None
        return Extraction(PageKind.EMPTY, page.url, page.decoding, title=title, frames=frames)
    return _as_chosen(page, _read(page, model, flow, weights, located), chosen)


def _named(page: Page, chosen: Selectors) -> Located | None:
    """The container that the site's profile names."""
    element = container_of(page.flow, page.tree, chosen.container)
    if element is None:
        return None
    start, end = page.flow.spans[element]
    return Located(element, start, end, sum(page.weights[start:end]), ("profile",))


def _as_chosen(page: Page, read: Extraction, chosen: Selectors) -> Extraction:
    """``read`` with what stands in the places that the site's profile names."""
    if chosen == NO_SELECTORS or read.kind is not PageKind.ARTICLE:
        return read
    tree = page.tree
    dates = find_dates(words_of(tree, chosen.published) or "")
    evidence = f"profile: {chosen.published}" if dates else read.published_evidence
    return replace(
        read,
        branch=words_of(tree, chosen.branch) or read.branch,
        author=words_of(tree, chosen.author) or read.author,
        source=words_of(tree, chosen.source) or read.source,
        published=dates[0].day if dates else read.published,
        published_evidence=evidence,
    )


def page_kind(page: Page) -> PageKind:
    """What the page is."""
    return extract_page(page).kind


def _read(
    page: Page,
    model: HostModel | None,
    flow: Flow,
    weights: Sequence[float],
    located: Located,
) -> Extraction:
    start, end = located.start, located.end
    parted = Parted(
        page, model, located, flow.blocks[:start], flow.blocks[start:end], flow.blocks[end:]
    )
    whole_title = parted.shown_title()
    title = whole_title[:MAX_TITLE_CHARS] if whole_title else whole_title
    addresses = Addresses(base_of(page.tree, page.url))
    files = attachments_of(
        [*parted.inside, *parted.below[:FILES_REACH]], addresses, shown_files(page.tree, page.html)
    )
    trimmed = trim(parted.inside, weights[start:end], _known(parted, title, has_files=bool(files)))
    around = parted.around(trimmed, title)
    read = _written(parted, trimmed, addresses)
    meta = read_metadata(page.head, page.url, around, title)
    if page.held is not None:
        meta = with_held(meta, page.held)
    kind, forms = _kind(parted, trimmed, around, _Facts(title, meta, files))
    frames = shown_in_frames(page.tree, addresses) if kind is PageKind.OTHER else ()
    endless = len(whole_title or "") > MAX_TITLE_CHARS
    return replace(
        read,
        kind=kind,
        title=title,
        branch=meta.branch,
        author=meta.author,
        editor=meta.editor,
        source=meta.source,
        published=meta.published,
        published_evidence=meta.published_evidence,
        hits=meta.hits,
        attachments=files,
        frames=frames,
        listed=dated_entries(flow, addresses) if kind in LISTS else (),
        flags=(*_flags(page, trimmed, read.conserved, endless), *forms),
    )


def _known(parted: Parted, title: str | None, *, has_files: bool) -> Known:
    """What trimming is told of the page."""
    located = parted.located
    return Known(
        titles=parted.titles(title),
        heading=squeeze(title or "").lower(),
        is_label=is_label_line,
        shared=parted.shared(),
        trusted=not TRUSTED_VOICES.isdisjoint(located.voices),
        files=has_files,
        latin=located.element if language_of(parted.sample()) == "en" else None,
        between=frozenset(place - located.start for place in located.between),
    )


def _written(parted: Parted, trimmed: Trimmed, addresses: Addresses) -> Extraction:
    """The body in all its forms, what was left out of it, and the pages it goes on on."""
    page, located = parted.page, parted.located
    groups = list(grouped(trimmed.kept))
    text = to_text(groups)
    pager = pager_of(page.url, [*parted.inside, *parted.below], _scripts(page), addresses)
    return Extraction(
        kind=PageKind.OTHER,
        url=page.url,
        decoding=page.decoding,
        language=language_of(text),
        text=text,
        markdown=to_markdown(groups, addresses),
        html=to_html(groups, addresses),
        images=images_of(trimmed.kept, addresses),
        removals=trimmed.removals,
        earlier_pages=pager.earlier,
        next_pages=pager.later,
        conserved=conserved(
            located.element,
            parted.inside,
            trimmed.kept,
            text,
            trimmed.removals,
            located.lead,
            located.trail,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a page says of its article, besides the body."""

    title: str | None
    meta: Metadata
    files: tuple[Attachment, ...]


def _kind(
    parted: Parted, trimmed: Trimmed, around: Around, facts: _Facts
) -> tuple[PageKind, tuple[str, ...]]:
    """What the page is, and the forms of an article."""
    page = parted.page
    has_files, video = bool(facts.files), has_video(page.tree)
    blocks = page.flow.blocks
    rows = rows_of(blocks) if may_list(page.url, trimmed.kept) else []
    listed = {id(blocks[place]) for row in rows for place in row}
    bylines = (b for b in around.above[-BYLINE_REACH:] if id(b) not in listed)
    seen = Seen(
        page.url,
        page.flow,
        trimmed.kept,
        facts.title,
        dated=facts.meta.published is not None,
        labelled=any(map(_is_byline, bylines)),
        headed=is_headed(around, facts.title),
        shows=video or has_files,
        rows=rows,
    )
    kind = kind_of(seen)
    if kind is PageKind.ARTICLE and _only_heads_a_frame(parted, trimmed, facts):
        kind = PageKind.OTHER
    return kind, forms_of(trimmed.kept, has_files, video) if kind is PageKind.ARTICLE else ()


def _only_heads_a_frame(parted: Parted, trimmed: Trimmed, facts: _Facts) -> bool:
    """Whether a page has a title and, for a text, a frame in which another page stands."""
    own = squeeze(facts.title or "")
    if facts.files or any(b.pictures or (b.size and b.line != own) for b in trimmed.kept):
        return False
    page = parted.page
    return bool(shown_in_frames(page.tree, Addresses(base_of(page.tree, page.url))))


def _is_byline(block: Block) -> bool:
    """Whether a line is labels, and no entry of a list: another page's title beside its day."""
    return block.linked <= BYLINE_LINKED_SHARE * block.size and is_label_line(block.text)


def _scripts(page: Page) -> list[str]:
    if "ageH" not in page.html:  # createPageHTML(…), pageHtml(…)
        return []
    return [s.text or "" for s in page.tree.iter("script")]


def _flags(page: Page, trimmed: Trimmed, whole: bool, endless: bool) -> tuple[str, ...]:
    flags = ["title-cut"] if endless else []
    if not whole:
        flags.append("not-conserved")
    if trimmed.doubted:
        flags.append("removals-doubted")
    if page.is_cut:
        flags.append("text-cut")
    if page.decoding.replaced:
        flags.append("replaced-characters")
    if page.from_script:
        flags.append("from-script")
    return tuple(flags)
