"""The form in which all copies of one article are alike (see ``archive.cleaning.unmasking.script``:
one definition of folding serves the undoing of mirrors and the joining of witnesses)."""

from __future__ import annotations

from archive.cleaning.unmasking.script import fold

__all__ = ["fold"]
