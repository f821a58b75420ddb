"""An article as others are told of it: without the paths of this machine."""

from __future__ import annotations

from archive.export.renamed import with_files
from archive.model import Article
from archive.warc.originals import own_name


def told(article: Article) -> Article:
    """The article with its WARC files called by their own names."""
    return with_files(article, own_name)
