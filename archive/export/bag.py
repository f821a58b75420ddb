"""Articles with their evidence as a bag (RFC 8493): for handing over, and for keeping elsewhere.

    data/articles.jsonl     one record an article
    data/articles.csv       the same to look at
    data/mets.xml           what all this is: METS with PREMIS (archive.export.mets)
    data/warc/…             every WARC file that holds a witness of these articles, as it is

It promises that every pointer in ``articles.jsonl`` leads into the bag, that the bag appears whole
or not at all, and that its manifest is SHA-256.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archive.errors import UsageError
from archive.export.mets import write_mets
from archive.export.record import record
from archive.export.renamed import with_files
from archive.export.spreadsheet import write_csv
from archive.model import Article
from archive.warc.originals import path_of

SOFTWARE = "Palimpsest"


def write_bag(articles: Iterable[Article], warc_dir: Path, path: Path) -> int:
    """Make the bag ``path``, which must not be there; returns how many articles are in it.

    Raises UsageError when something is at ``path``, OSError as the file system does.
    """
    import bagit

    if path.exists():
        raise UsageError(f"{path} is there already: a bag is made anew, name another --output")
    made = Path(tempfile.mkdtemp(prefix=f".{path.name[:100]}.", dir=path.parent))
    try:
        count = _fill(articles, warc_dir, made)
        bagit.make_bag(str(made), _facts(count), checksums=["sha256"])
        # What is temporary is nobody else's to read, and the payload was made within.
        for folder in (made, made / "data"):
            folder.chmod(0o755)
        made.replace(path)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return count


def _facts(count: int) -> dict[str, str]:
    return {
        "Bag-Software-Agent": SOFTWARE,
        "External-Description": f"{count} articles with the WARC files they were made of",
    }


def _fill(articles: Iterable[Article], warc_dir: Path, made: Path) -> int:
    names = _Names(warc_dir)
    count = 0
    with (made / "articles.jsonl").open("wb") as lines, (made / "articles.csv").open("wb") as table:

        def rows() -> Iterable[Article]:
            for article in articles:
                moved = names.moved(article)
                line: dict[str, Any] = record(moved)
                lines.write(json.dumps(line, ensure_ascii=False, allow_nan=False).encode() + b"\n")
                yield moved

        count = write_csv(rows(), table)
    (made / "warc").mkdir()
    for source, name in names.files():
        target = made / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
    write_mets(made)
    return count


class _Names:
    """What each WARC file is called in the bag: as in the archive, or, if it lies elsewhere, by its
    name alone (with a number where two are called alike)."""

    def __init__(self, warc_dir: Path) -> None:
        self._warc_dir = warc_dir
        self._named: dict[str, str] = {}

    def moved(self, article: Article) -> Article:
        """The article with pointers into the bag."""
        return with_files(article, self._name)

    def files(self) -> Iterable[tuple[Path, str]]:
        """Every file that was named: where it is, and where in the bag's ``data`` it goes."""
        for file, name in self._named.items():
            yield path_of(self._warc_dir, file), name

    def _name(self, file: str) -> str:
        if file not in self._named:
            inside = not Path(file).is_absolute() and ".." not in Path(file).parts
            wanted = f"warc/{file if inside else Path(file).name}"
            taken = set(self._named.values())
            name, number = wanted, 1
            while name in taken:
                number += 1
                name = wanted.replace("warc/", f"warc/{number}-", 1)
            self._named[file] = name
        return self._named[file]
