"""The form in which all copies of one article are alike (see ``archive.cleaning.script``:
one definition of folding serves the undoing of mirrors and the joining of witnesses)."""

from __future__ import annotations

from archive.cleaning.script import fold

__all__ = ["fold"]
