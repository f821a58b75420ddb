"""The units of a whole text as arrays: every character of the archive goes through here when it is
indexed.

It promises to load the library for arrays only where a text is worked out: that takes long, and a
search needs none of it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CODE_POINTS = f"utf-32-{sys.byteorder[0]}e"
"""The encoding of text as an array of integers."""
_SPACE = ord(" ")


class Row:
    """The units of a text; ``text`` has them with a space between."""

    def __init__(self, units: Sequence[str]) -> None:
        self.units = units
        self.text = " ".join(units)

    @cached_property
    def _codes(self) -> NDArray[np.uint32]:
        import numpy as np

        return np.frombuffer(self.text.encode(CODE_POINTS), np.uint32)

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        import numpy as np

        behind = np.flatnonzero(self._codes == _SPACE) + 1
        return np.append(0, behind) if self.units else behind

    @cached_property
    def first(self) -> NDArray[np.uint32]:
        """The first code point of each unit."""
        return self._codes[self._starts]

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """The characters of each unit."""
        import numpy as np

        return np.diff(np.append(self._starts, len(self._codes) + 1)) - 1


def joined(codes: NDArray[np.integer]) -> str:
    """The characters of these code points with a space between."""
    import numpy as np

    spaced = np.full(2 * len(codes), _SPACE, np.uint32)
    spaced[::2] = codes
    return spaced.tobytes().decode(CODE_POINTS)
