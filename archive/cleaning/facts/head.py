"""What the page's head says about the article: its titles, its section, its source, its day.

It promises each value as the head has it, read once, and None where the head is silent. The names
``ArticleTitle``, ``ColumnName``, ``ContentSource`` and ``PubDate`` are those that the State
Council's guidelines for government web sites ask for (国办发〔2017〕47号, appendix 3); the others
are Open Graph's, schema.org's, Dublin Core's and those of portals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lxml.etree import _Element as Element

from archive.cleaning.facts.dates import find_dates
from archive.cleaning.facts.linked import NOTHING_LINKED, Linked, read_linked
from archive.cleaning.facts.marked import NOTHING_MARKED, Marked, read_marked
from archive.cleaning.facts.posted import NOTHING_POSTED, Posted, read_posted
from archive.cleaning.markup.blocks import squeeze

_TITLES = ("articletitle", "citation_title", "og:title")
_DAYS = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:published_time",
    "datepublished",
    "weibo:article:create_at",
    "publish_time",
    "dc.date.issued",
    "_pubtime",
    "apub:time",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.created",
    "dc.date.created",
    "publication_date",
    "publish-date",
    # Repositories and journals, for Google Scholar and in Dublin Core.
    "citation_date",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date",
)
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_CITED = "citation_author"
MAX_CITED = 100
# Tags that a CMS put into the title as text.
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>]{0,300})?/?>")
# What editors and print views write where nobody gave a title.
_NO_TITLE = re.compile(
    r"无标题(?:文档|页)?|新建网页 ?\d*|新网页 ?\d*|打印(?:预览|页面?|本页)?"
    r"|untitled(?: document| page)?\W?\d*|new page ?\d*|document"
    r"|print(?: (?:preview|page|version))?"
    # The address of the site.
    r"|(?:https?://)?(?:[\w-]{1,40}\.){1,4}[a-z]{2,6}/?",
    re.IGNORECASE,
)
_SITE = re.compile(r"网站|门户|网$|^[\d\W]+$|[，。；：]")
MIN_COLUMN_CHARS, MAX_COLUMN_CHARS = 2, 20
MIN_SOURCE_CHARS, MAX_SOURCE_CHARS = 2, 60


@dataclass(frozen=True, slots=True)
class Head:
    """The words of ``<title>``, the contents of the meta tags by name in small letters, what is
    said in JSON-LD, what scripts say of a post, and microdata."""

    title: str | None
    named: Mapping[str, str]
    linked: Linked = NOTHING_LINKED
    posted: Posted = NOTHING_POSTED
    marked: Marked = NOTHING_MARKED
    cited: tuple[str, ...] = ()
    """The authors that a repository names for Google Scholar, one a tag."""

    @property
    def article_title(self) -> str | None:
        """The article's own title, by the tag made for nothing else."""
        return self.named.get("articletitle") or self.named.get("citation_title") or None

    @property
    def any_title(self) -> str | None:
        """A title that a meta tag gives, the article's own first."""
        return next((said for name in _TITLES if (said := self.named.get(name))), None)

    @property
    def source(self) -> str | None:
        """Where the article is from."""
        said = self.named.get("contentsource", "")
        return said if MIN_SOURCE_CHARS <= len(said) <= MAX_SOURCE_CHARS else None

    def column(self, title: str | None) -> str | None:
        """The section, unless what is said is the site's name, a number or the ``title`` again."""
        own = squeeze(title or "")
        sections = (*self.linked.sections, self.marked.section or "")
        for said in (self.named.get("columnname", ""), *reversed(sections)):
            short = MIN_COLUMN_CHARS <= len(said) <= MAX_COLUMN_CHARS
            if short and not _SITE.search(said) and squeeze(said) != own:
                return said
        return None

    def day(self) -> tuple[date, str] | None:
        """The day that a tag made for it names, with the tag's name."""
        for name in _DAYS:
            dates = find_dates(self.named.get(name, ""))
            if dates:
                return dates[0].day, name
        dates = find_dates((self.linked.published or "").partition("T")[0])
        return (dates[0].day, "JSON-LD") if dates else None

    @property
    def authors(self) -> tuple[str, ...]:
        """Names that the head gives for the authors, but for the one that it gives for the site;
        often they are a program's."""
        named = (self.named.get(name, "") for name in _AUTHORS)
        said = (*self.linked.authors, *self.cited, *self.marked.authors, *named)
        site = self.named.get("og:site_name")
        return tuple(name for name in said if name and name != site)


def read_head(
    tree: Element, *, is_linked: bool = False, is_post: bool = False, is_marked: bool = False
) -> Head:
    """The head of a page, wherever in the tree its tags stand; ``is_linked``: it has JSON-LD;
    ``is_post``: its scripts may tell of a post; ``is_marked``: it has microdata."""
    named: dict[str, str] = {}
    cited: list[str] = []
    for meta in tree.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop")
        if name:
            named.setdefault(name.lower(), _words(meta.get("content") or ""))
            if name.lower() == _CITED and len(cited) < MAX_CITED:
                cited.append(_words(meta.get("content") or ""))
    linked = read_linked(tree) if is_linked else NOTHING_LINKED
    posted = read_posted(tree) if is_post else NOTHING_POSTED
    marked = read_marked(tree) if is_marked else NOTHING_MARKED
    title = _document_title(tree.iter("title"))
    return Head(title, named, linked, posted, marked, tuple(cited))


def _document_title(titles: Iterable[Element]) -> str | None:
    """The words of the first ``<title>`` with any, unless they are those of a program."""
    for node in titles:
        words = _words("".join(str(part) for part in node.itertext()))
        if words:
            return words if _NO_TITLE.fullmatch(words) is None else None
    return None


def _words(said: str) -> str:
    """``said`` without tags, white space folded."""
    if "<" in said:
        said = _TAG.sub(" ", said)
    return " ".join(said.split())
