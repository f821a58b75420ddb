"""The articles that one host shows on one night, in the order its lists have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tests.site.articles import Draft
from tests.site.institute import BRANCHES, Branch, Generation


@dataclass(frozen=True)
class Snapshot:
    """A host's view of the institute. ``stranger`` is the authority of a host that pages link to
    and nobody may visit; ``written_paging`` puts list paging that is a script into links, as a
    kit has it that saved the rendered page."""

    drafts: tuple[Draft, ...]
    stranger: str
    written_paging: bool = False

    @cached_property
    def _by_branch(self) -> dict[str, list[Draft]]:
        ordered = sorted(self.drafts, key=lambda d: (d.published, d.number), reverse=True)
        shown: dict[str, list[Draft]] = {branch.name: [] for branch in BRANCHES}
        for draft in ordered:
            shown[draft.branch.name].append(draft)
        return shown

    def of(self, branch: Branch) -> list[Draft]:
        """A branch's articles, newest first."""
        return self._by_branch[branch.name]

    def of_generation(self, generation: Generation) -> list[Draft]:
        """The articles of one generation of templates, newest first."""
        return [d for branch in branches_of(generation) for d in self.of(branch)]

    def neighbours(self, draft: Draft) -> tuple[Draft | None, Draft | None]:
        """The newer and the older article of the same branch."""
        shown = self.of(draft.branch)
        place = shown.index(draft)
        newer = shown[place - 1] if place else None
        older = shown[place + 1] if place + 1 < len(shown) else None
        return newer, older


def branches_of(generation: Generation) -> list[Branch]:
    """The branches that use one generation of templates."""
    return [branch for branch in BRANCHES if branch.generation is generation]


def in_pages(drafts: Sequence[Draft], size: int) -> list[list[Draft]]:
    """A list cut into list pages; at least one."""
    return [list(drafts[at : at + size]) for at in range(0, max(len(drafts), 1), size)]
