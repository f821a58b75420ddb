"""From a page to an extraction: the steps in their order.

It promises to leave the page's tree as it was, and to answer for any page, however broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.cleaning.body.conserve import conserved
from archive.cleaning.body.kind import Seen, forms_of, kind_of
from archive.cleaning.body.locate import Located, locate
from archive.cleaning.body.trim import Known, Trimmed, trim
from archive.cleaning.body.weigh import without_shared
from archive.cleaning.challenge import is_challenge
from archive.cleaning.facts.around import Around
from archive.cleaning.facts.dates import find_dates
from archive.cleaning.facts.heading import is_subtitle
from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.facts.metadata import Metadata, read_metadata, with_held
from archive.cleaning.facts.owner import owned_end
from archive.cleaning.facts.pictured import pictured_title
from archive.cleaning.facts.title import choose_title
from archive.cleaning.facts.titleparts import SITE_END, parts, without_affixes
from archive.cleaning.hostmodel import HostModel
from archive.cleaning.listed import dated_entries
from archive.cleaning.markup.blocks import Block, Flow, squeeze
from archive.cleaning.markup.viewers import shown_files
from archive.cleaning.multipage import pager_of
from archive.cleaning.page import Page, read_page
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

LANGUAGE_SAMPLE_CHARS = 2000
HEADING_REACH = 30
HEADING_LINES = 8
# Longer titles are cut here, and flagged.
MAX_TITLE_CHARS = 1_000
MIN_HEADING_CHARS = 4
SUBTITLE_REACH = 3
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


@dataclass(frozen=True, slots=True)
class _Parted:
    """A page parted at its container: its lines ``above``, ``inside`` and ``below`` it."""

    page: Page
    model: HostModel | None
    located: Located
    above: Sequence[Block]
    inside: Sequence[Block]
    below: Sequence[Block]


def _read(
    page: Page,
    model: HostModel | None,
    flow: Flow,
    weights: Sequence[float],
    located: Located,
) -> Extraction:
    start, end = located.start, located.end
    parted = _Parted(
        page, model, located, flow.blocks[:start], flow.blocks[start:end], flow.blocks[end:]
    )
    whole_title = _shown_title(parted)
    title = whole_title[:MAX_TITLE_CHARS] if whole_title else whole_title
    addresses = Addresses(base_of(page.tree, page.url))
    files = attachments_of(
        [*parted.inside, *parted.below[:FILES_REACH]], addresses, shown_files(page.tree, page.html)
    )
    trimmed = trim(parted.inside, weights[start:end], _known(parted, title, has_files=bool(files)))
    around = _around(parted.above, parted.inside, parted.below, trimmed, title)
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


def _shown_title(parted: _Parted) -> str | None:
    """The title, however long, where the profile names its place or as the page shows it."""
    page, model = parted.page, parted.model
    named = words_of(page.tree, model.selectors.title) if model else None
    return named or _title(page, model, parted.above, parted.inside, parted.below)


def _known(parted: _Parted, title: str | None, *, has_files: bool) -> Known:
    """What trimming is told of the page."""
    located, inside = parted.located, parted.inside
    return Known(
        titles=_titles(parted.page, title, inside),
        heading=squeeze(title or "").lower(),
        is_label=is_label_line,
        shared=_shared(parted.model, inside),
        trusted=not TRUSTED_VOICES.isdisjoint(located.voices),
        files=has_files,
        latin=located.element if language_of(_sample(inside)) == "en" else None,
    )


def _written(parted: _Parted, trimmed: Trimmed, addresses: Addresses) -> Extraction:
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
    parted: _Parted, trimmed: Trimmed, around: Around, facts: _Facts
) -> tuple[PageKind, tuple[str, ...]]:
    """What the page is, and the forms of an article."""
    page = parted.page
    has_files, video = bool(facts.files), has_video(page.tree)
    seen = Seen(
        page.url,
        page.flow,
        trimmed.kept,
        facts.title,
        dated=facts.meta.published is not None,
        labelled=any(_is_byline(b) for b in around.above[-BYLINE_REACH:]),
        headed=_headed(around, facts.title),
        shows=video or has_files,
    )
    kind = kind_of(seen)
    if kind is PageKind.ARTICLE and _only_heads_a_frame(parted, trimmed, facts):
        kind = PageKind.OTHER
    return kind, forms_of(trimmed.kept, has_files, video) if kind is PageKind.ARTICLE else ()


def _only_heads_a_frame(parted: _Parted, trimmed: Trimmed, facts: _Facts) -> bool:
    """Whether a page has a title and, for a text, a frame in which another page stands."""
    own = squeeze(facts.title or "")
    if facts.files or any(b.pictures or (b.size and b.line != own) for b in trimmed.kept):
        return False
    page = parted.page
    return bool(shown_in_frames(page.tree, Addresses(base_of(page.tree, page.url))))


def _title(
    page: Page,
    model: HostModel | None,
    above: Sequence[Block],
    inside: Sequence[Block],
    below: Sequence[Block],
) -> str | None:
    """The article's title, without the site's name at its end."""
    affixes = model.affixes if model else ()
    owned = owned_end(page.head.title, below)
    if owned is not None:
        affixes = (*affixes, owned)
    title = choose_title(page.head, above, inside, affixes, below) or page.head.any_title
    title = without_affixes(title, (owned,)) if title and owned else title
    if title and SITE_END.search(squeeze(title)):
        return pictured_title(above, inside, title) or title
    return title


def _around(
    above: Sequence[Block],
    inside: Sequence[Block],
    below: Sequence[Block],
    trimmed: Trimmed,
    title: str | None,
) -> Around:
    """The lines about the body that was kept: what was cut at its head counts as above, and so
    does a title that is all there is."""
    own = squeeze(title or "")
    keeping = {id(b) for b in trimmed.kept if b.line != own}
    # A picture over the labels begins no body.
    lines = [i for i, b in enumerate(inside) if id(b) in keeping and b.size]
    places = lines or [i for i, b in enumerate(inside) if id(b) in keeping]
    # Where nothing was kept all of it stands above the body that is not there.
    first, last = (places[0], places[-1] + 1) if places else (len(inside), len(inside))
    # Between a heading's second line and the text labels are cut out, too.
    reach = SUBTITLE_REACH if places and is_subtitle(inside[first].text) else 0
    cut = [b for b in inside[first : first + reach] if b.size and id(b) not in keeping]
    return Around(
        [b for b in (*above, *inside[:first], *cut) if b.size],
        [b for b in trimmed.kept if b.size],
        [b for b in (*inside[last:], *below) if b.size],
    )


def _is_byline(block: Block) -> bool:
    """Whether a line is labels, and no entry of a list: another page's title beside its day."""
    return block.linked <= BYLINE_LINKED_SHARE * block.size and is_label_line(block.text)


def _headed(around: Around, title: str | None) -> bool:
    """Whether the title stands, unlinked, as a line of its own near above the body."""
    own = squeeze(title or "").lower()
    near = [*around.above[-HEADING_REACH:], *around.inside[:2]]
    return any(b.line.lower() == own and not b.linked for b in near if b.size >= MIN_HEADING_CHARS)


def _titles(page: Page, title: str | None, inside: Sequence[Block]) -> frozenset[str]:
    """The readings of the title that the page's head says, squeezed and in small letters, and the
    lines of a heading that says it in several."""
    whole, own = page.title, squeeze(title or "")
    said = set()
    if own in squeeze(f"{whole} {page.head.any_title}") or whole is None:
        said.add(own)
    if whole:
        said |= {squeeze(whole), *(squeeze(p) for p in parts(whole) if len(p) > 6)}
    said |= {b.line for b in inside[:HEADING_LINES] if b.level and b.line in own}
    return frozenset(one.lower() for one in said if one)


def _sample(blocks: Sequence[Block]) -> str:
    """The beginning of the container's text, enough to tell its script."""
    texts, room = [], LANGUAGE_SAMPLE_CHARS
    for block in blocks:
        texts.append(block.text[:room])
        room -= len(texts[-1])
        if room <= 0:
            break
    return "".join(texts)


def _shared(model: HostModel | None, inside: Sequence[Block]) -> frozenset[str]:
    if model is None:
        return frozenset()
    return frozenset(b.line for b in inside if b.size and model.has(b.line))


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
    if page.decoding.replaced:
        flags.append("replaced-characters")
    if page.from_script:
        flags.append("from-script")
    return tuple(flags)
