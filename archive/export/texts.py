"""Articles as plain texts, one file each, for programs that read a corpus (Voyant, AntConc, stylo).

It promises names that begin with the day, so that a list of the files is in order of time, and end
with the article's id, by which the other exports tell the rest of it; and that equal archives give
equal files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from archive.model import Article

UNDATED = "undated"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first there is; that of the export would tell nothing
_PLAIN_FILE = 0o644 << 16


def write_texts(articles: Iterable[Article], target: BinaryIO) -> int:
    """Write a ZIP file with a text (UTF-8: the title, an empty line, the text) of each article;
    returns how many there were."""
    count = 0
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for article in articles:
            reading = article.reading
            entry = ZipInfo(text_name(article), _NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = _PLAIN_FILE
            package.writestr(entry, f"{reading.title or ''}\n\n{reading.text}\n".lstrip("\n"))
            count += 1
    return count


def text_name(article: Article) -> str:
    """What the article's file is called."""
    day = article.reading.published
    # Ids are the program's own, but a name is never a path, whatever a store says.
    name = "".join(c if c.isalnum() else "-" for c in article.id)
    return f"{UNDATED if day is None else day.isoformat()}_{name}.txt"
