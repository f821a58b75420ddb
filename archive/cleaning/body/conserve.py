"""The check that no character of the chosen container went missing.

It promises an independent count: the container is read again straight from the tree, and every
non-space character must stand, in order, in the kept blocks or in a logged removal.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Block, squeeze
from archive.cleaning.markup.dom import UNSEEN, is_formula, local_name
from archive.model import Removal


def container_text(container: Element) -> str:
    """Every character of ``container`` a browser could show, without white space."""
    if next(container.iter(*UNSEEN), None) is None:
        text = etree.tostring(container, method="text", encoding="unicode", with_tail=False)
        return squeeze(text)
    pieces: list[str] = []
    walk = etree.iterwalk(container, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            if local_name(node.tag) in UNSEEN and not is_formula(node):
                walk.skip_subtree()
            elif node.text:
                pieces.append(node.text)
        elif node.tail and node is not container:
            pieces.append(node.tail)
    return squeeze("".join(pieces))


def conserved(
    container: Element,
    blocks: Sequence[Block],
    kept: Sequence[Block],
    text: str,
    removals: Sequence[Removal],
    lead: int = 0,
    trail: int = 0,
) -> bool:
    """Whether ``container``'s characters are, in order, those of its ``blocks`` (the first ``lead``
    stand above it, the last ``trail`` below), and each block is either in ``kept`` (and so in the
    ``text``) or among the ``removals``."""
    within = blocks[lead : len(blocks) - trail]
    if container_text(container) != "".join([b.line for b in within]):
        return False
    if squeeze(text) != "".join([b.line for b in kept]):
        return False
    keeping = {id(b) for b in kept}
    left_out = [b.text for b in blocks if id(b) not in keeping and b.size]
    return left_out == [r.text for r in removals]
