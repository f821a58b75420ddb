"""Copies of one article found, joined, and read together."""

from archive.witnesses.assemble import assemble
from archive.witnesses.fold import fold
from archive.witnesses.group import group
from archive.witnesses.identity import article_id
from archive.witnesses.refuted import without_refuted

__all__ = ["article_id", "assemble", "fold", "group", "without_refuted"]
