"""Articles a year and branch as a picture: PNG or SVG by matplotlib, or bars for a terminal.

It promises that a picture needs no display and no font of its own: in SVG the names stay text, and
where no font with Chinese characters is installed, PNG says so instead of drawing boxes.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import UsageError
from archive.store.overview import Tally

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BRANCHES = 9
"""Branches that have a colour of their own; the others are one."""

FORMATS = (".png", ".svg")
HEADROOM = 1.05
"""Height of the picture in heights of its longest bar."""
WIDTH = 40  # characters of the longest bar
EIGHTHS = " ▏▎▍▌▋▊▉"
_CHINESE = "党"
_BOXES = "Last Resort"
"""The font that has a box for every character; matplotlib brings it along."""
_CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
)


def bar(count: int, largest: int) -> str:
    """``count`` as a bar, ``WIDTH`` characters long for the ``largest``, to an eighth."""
    eighths = round(8 * WIDTH * count / largest) if largest else 0
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def years(tallies: Sequence[Tally]) -> dict[int, Counter[str | None]]:
    """For each year from the first to the last, articles by branch; undated ones are left out."""
    known = [one for one in tallies if one.year is not None]
    if not known:
        return {}
    numbers = [one.year for one in known if one.year is not None]
    found: dict[int, Counter[str | None]] = {
        year: Counter() for year in range(min(numbers), max(numbers) + 1)
    }
    for one in known:
        found[one.year or 0][one.branch] += one.articles
    return found


def leading(tallies: Sequence[Tally]) -> list[str | None]:
    """The branches with the most articles, at most ``BRANCHES``, the largest first."""
    totals: Counter[str | None] = Counter()
    for one in tallies:
        if one.year is not None:
            totals[one.branch] += one.articles
    ordered = sorted(totals, key=lambda name: (-totals[name], name or ""))
    return ordered[:BRANCHES]


def check_form(path: Path) -> str:
    """The suffix of ``path``, in lower case. Raises UsageError where no chart is such a file."""
    form = path.suffix.lower()
    if form not in FORMATS:
        raise UsageError(f"{path}: a chart is a .png or .svg file")
    return form


def draw(tallies: Sequence[Tally], path: Path, *, title: str, unknown: str, others: str) -> None:
    """Draw the stacked bars into ``path``, PNG or SVG by its name.

    ``unknown`` and ``others`` name the articles without a branch and those of small branches.
    Raises UsageError for another kind of file, or a PNG where no font can draw the names.
    """
    form = check_form(path)
    import matplotlib as mpl
    from matplotlib.figure import Figure

    labels = [name or unknown for name in leading(tallies)]
    fonts = _fonts()
    if form == ".png" and not fonts and any(not text.isascii() for text in (*labels, title)):
        raise UsageError(
            "no font with Chinese characters is installed for PNG: install one "
            "(fonts-noto-cjk), or write .svg"
        )
    # A fixed salt and no date: the same articles give the same file.
    options: Any = {
        "font.sans-serif": [*fonts, "DejaVu Sans"],
        "svg.fonttype": "none",
        "svg.hashsalt": "palimpsest",
    }
    with mpl.rc_context(options), warnings.catch_warnings():
        # In SVG the reader's fonts draw the names; that there are none here is no matter.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(10, 5), layout="constrained")
        _fill(figure, tallies, labels, title=title, others=others)
        metadata = {"Date": None} if form == ".svg" else None
        figure.savefig(path, format=form[1:], dpi=150, metadata=metadata)


def _fill(
    figure: Figure, tallies: Sequence[Tally], labels: Sequence[str], *, title: str, others: str
) -> None:
    by_year = years(tallies)
    names = leading(tallies)
    axes: Any = figure.subplots()
    bottom = [0] * len(by_year)
    rows = [[counts[name] for counts in by_year.values()] for name in names]
    rest = [
        counts.total() - sum(row[place] for row in rows)
        for place, counts in enumerate(by_year.values())
    ]
    for label, row in [*zip(labels, rows, strict=True), (others, rest)]:
        if any(row):
            # An underscore at the start would keep matplotlib from listing it.
            axes.bar(list(by_year), row, bottom=bottom, label=label.lstrip("_"))
            bottom = [low + high for low, high in zip(bottom, row, strict=True)]
    axes.set_title(title)
    for axis in (axes.xaxis, axes.yaxis):
        axis.get_major_locator().set_params(integer=True)
    if by_year:
        # Left to itself, the frame would end where the longest bar does.
        axes.set_ylim(0, HEADROOM * max(bottom))
        axes.legend(fontsize="small")


def _fonts() -> list[str]:
    from matplotlib import font_manager

    fonts = font_manager.fontManager.ttflist
    known = {font.name for font in fonts}
    named = [name for name in _CHINESE_FONTS if name in known]
    others = (font for font in fonts if not font.name.startswith(_BOXES))
    return named or [font.name for font in others if _draws_chinese(font.fname)][:1]


def _draws_chinese(file: str) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        return FT2Font(file).get_char_index(ord(_CHINESE)) != 0
    except (OSError, RuntimeError):
        return False
