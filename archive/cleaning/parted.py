"""A page parted at the container of its article, and what the parts tell before the body is read.

What is above, inside and below the container says which title is meant, in which readings it may
stand again at the body's head, and which lines lie about the body once its ends are cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.cleaning.body.locate import Located
from archive.cleaning.body.trim import Trimmed
from archive.cleaning.facts.around import Around
from archive.cleaning.facts.heading import is_subtitle
from archive.cleaning.facts.owner import owned_end
from archive.cleaning.facts.pictured import pictured_title
from archive.cleaning.facts.title import choose_title
from archive.cleaning.facts.titleparts import SITE_END, parts, without_affixes
from archive.cleaning.hostmodel import HostModel
from archive.cleaning.markup.blocks import Block, squeeze
from archive.cleaning.page import Page
from archive.cleaning.selectors import words_of

LANGUAGE_SAMPLE_CHARS = 2000
HEADING_REACH = 30
HEADING_LINES = 8
MIN_HEADING_CHARS = 4
SUBTITLE_REACH = 3


@dataclass(frozen=True, slots=True)
class Parted:
    """A page parted at its container: its lines ``above``, ``inside`` and ``below`` it."""

    page: Page
    model: HostModel | None
    located: Located
    above: Sequence[Block]
    inside: Sequence[Block]
    below: Sequence[Block]

    def shown_title(self) -> str | None:
        """The title, however long, where the profile names its place or as the page shows it."""
        named = words_of(self.page.tree, self.model.selectors.title) if self.model else None
        return named or self._title()

    def _title(self) -> str | None:
        """The article's title, without the site's name at its end."""
        head = self.page.head
        affixes = self.model.affixes if self.model else ()
        owned = owned_end(head.title, self.below)
        if owned is not None:
            affixes = (*affixes, owned)
        chosen = choose_title(head, self.above, self.inside, affixes, self.below)
        title = chosen or head.any_title
        title = without_affixes(title, (owned,)) if title and owned else title
        # What stands before the colon is set by a style sheet, or is a picture.
        title = (_without_colons(title) or title) if title else title
        if title and SITE_END.search(squeeze(title)):
            return pictured_title(self.above, self.inside, title) or title
        return title

    def titles(self, title: str | None) -> frozenset[str]:
        """The readings of the title that the page's head says, squeezed and in small letters, and
        the lines of a heading that says it in several."""
        whole, own = self.page.title, squeeze(title or "")
        said = set()
        if own in squeeze(f"{whole} {self.page.head.any_title}") or whole is None:
            said.add(own)
        if whole:
            said |= {squeeze(whole), *(squeeze(p) for p in parts(whole) if len(p) > 6)}
        said |= {b.line for b in self.inside[:HEADING_LINES] if b.level and b.line in own}
        return frozenset(one.lower() for one in said if one)

    def shared(self) -> frozenset[str]:
        """The container's lines that stand on other pages of the host, too."""
        if self.model is None:
            return frozenset()
        return frozenset(b.line for b in self.inside if b.size and self.model.has(b.line))

    def sample(self) -> str:
        """The beginning of the container's text, enough to tell its script."""
        texts, room = [], LANGUAGE_SAMPLE_CHARS
        for block in self.inside:
            texts.append(block.text[:room])
            room -= len(texts[-1])
            if room <= 0:
                break
        return "".join(texts)

    def around(self, trimmed: Trimmed, title: str | None) -> Around:
        """The lines about the body that was kept: what was cut at its head counts as above, and so
        does a title that is all there is."""
        own, inside = squeeze(title or ""), self.inside
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
            [b for b in (*self.above, *inside[:first], *cut) if b.size],
            [b for b in trimmed.kept if b.size],
            [b for b in (*inside[last:], *self.below) if b.size],
        )


def _without_colons(title: str) -> str:
    """``title`` without colons before it, and behind it those that stand on both sides of it; nor
    does the sign belong to it by which manuals link to their headings."""
    bare = title.rstrip(" ¶").lstrip(":： ")
    return bare.rstrip(":： ") if title[:1] in ":：" else bare


def is_headed(around: Around, title: str | None) -> bool:
    """Whether the title stands, unlinked, as a line of its own near above the body."""
    own = squeeze(title or "").lower()
    near = [*around.above[-HEADING_REACH:], *around.inside[:2]]
    return any(b.line.lower() == own and not b.linked for b in near if b.size >= MIN_HEADING_CHARS)
