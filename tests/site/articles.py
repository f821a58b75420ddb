"""One article before it is a page: what is true about it, and where it lies on each template."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.site.blocks import Block, images_of, split_pages, text_of
from tests.site.bodies import Style
from tests.site.institute import BRANCHES, Branch, Generation


@dataclass(frozen=True, slots=True)
class FileOffer:
    """An attachment: its file name in the address and the name it is offered under."""

    file: str
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An article with its truth. ``mirrors`` are indexes; ``live`` False means that the official
    host answers 404 for it. ``label_hits`` is what the label line shows (None: a script)."""

    number: int
    branch: Branch
    title: str
    author: str | None
    editor: str | None
    source: str | None
    published: date
    hits: int | None
    blocks: tuple[Block, ...]
    style: Style
    live: bool
    mirrors: frozenset[int]
    offers: tuple[FileOffer, ...] = ()
    features: frozenset[str] = field(default_factory=frozenset)
    dated: bool = True

    @property
    def key(self) -> str:
        """A name that stays over the nights."""
        return f"{self.branch.generation}-{self.number}"

    @property
    def text(self) -> str:
        """The truth text over all pages."""
        return text_of(self.blocks)

    @property
    def pages(self) -> list[list[Block]]:
        """The body, page by page."""
        return split_pages(self.blocks)

    @property
    def folder(self) -> str:
        """Where its images and attachments lie."""
        day = self.published
        match self.branch.generation:
            case Generation.TRS:
                return f"/{self.branch.folder}/{day:%Y%m}"
            case Generation.ASP:
                return f"/old/UploadFiles/{day.year}-{day.month}"
            case Generation.MODERN:
                return f"/new/upload/{day:%Y/%m}"

    @property
    def path(self) -> str:
        """The address on the host, query included."""
        return self.page_path(0)

    def page_path(self, page: int) -> str:
        """The address of one of its pages (from 0)."""
        match self.branch.generation:
            case Generation.TRS:
                tail = f"_{page}" if page else ""
                return f"{self.folder}/t{self.published:%Y%m%d}_{self.number}{tail}.html"
            case Generation.ASP:
                tail = f"&page={page + 1}" if page else ""
                return f"/old/ReadNews.asp?NewsID={self.number}{tail}"
            case Generation.MODERN:
                tail = f"_{page + 1}" if page else ""
                column = 1020 + BRANCHES.index(self.branch)
                return f"/new/info/{column}/{self.number}{tail}.htm"

    @property
    def images(self) -> tuple[str, ...]:
        """The addresses of its images."""
        return tuple(f"{self.folder}/{image}" for image in images_of(self.blocks))

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """Address and name of each attachment."""
        return tuple((f"{self.folder}/{offer.file}", offer.name) for offer in self.offers)
