"""An article as others are told of it: without the paths of this machine."""

from __future__ import annotations

from dataclasses import replace

from archive.model import Article, Witness
from archive.warc.originals import own_name


def told(article: Article) -> Article:
    """The article with its WARC files called by their own names."""
    return replace(article, witnesses=tuple(map(_told, article.witnesses)))


def _told(witness: Witness) -> Witness:
    pointer = witness.pointer
    return replace(witness, pointer=replace(pointer, file=own_name(pointer.file)))
