"""Text of strangers in front of an operator: nothing in it is obeyed by a terminal.

A title may hold what moves the cursor, starts another line or turns the direction of one. It
promises that such characters are made visible, and that everything else is as it was.
"""

from __future__ import annotations

# C0 (as their pictures), DEL, C1, and the marks that turn the direction of a line.
_UNSAFE = (
    {code: 0x2400 + code for code in range(0x20)}
    | {0x7F: 0x2421}
    | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
    | dict.fromkeys(
        (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD
    )
    | {0x0A: 0x20, 0x0D: 0x20, 0x09: 0x20, 0x85: 0x20, 0x2028: 0x20, 0x2029: 0x20}
)


def printable(text: str) -> str:
    """``text`` as one line without anything a terminal would obey."""
    return text.translate(_UNSAFE).encode("utf-8", "replace").decode()


def printable_lines(text: str) -> str:
    """The same for several lines; tabs stay, too."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.split("\n"))
