"""Where the institute's page was tampered with and says the same without it, the capture from
before is what an article is read and cited from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from archive.model import Article
from archive.store import open_archive
from tests.unit.own_nights import ARTICLES, FIRST_DAY, Institute, Kept, broken_into, newest

EDIT = "本通知自公布之日起施行，原办法同时废止。"


@pytest.fixture
def institute() -> Institute:
    return Institute()


@pytest.fixture
def kept(tmp_path: Path, institute: Institute) -> Iterator[Kept]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield Kept(archive, institute.host)


def articles(kept: Kept) -> list[Article]:
    found = [*kept.archive.store.articles("s")]
    assert len(found) == ARTICLES
    return found


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_article_is_read_from_the_capture_to_which_nothing_had_been_done(
    institute: Institute, kept: Kept, order: Sequence[int]
) -> None:
    nights = (institute.own(), broken_into(institute))
    for night in order:
        kept.taken_in(night, nights[night])
    for one in articles(kept):
        read = one.witnesses[one.reading_of]
        assert read.captured_at.date() == FIRST_DAY.date()
        assert one.reading == read.clean == read.raw
        assert one.last_seen == newest(one).captured_at > read.captured_at
        assert newest(one).clean.repairs
        assert one.versions == 1


def test_an_article_that_was_edited_meanwhile_is_read_from_the_capture_that_has_the_edit(
    institute: Institute, kept: Kept
) -> None:
    edited = institute.pages[0]
    line = max(edited.text.split("\n"), key=len)
    kept.walked(0, institute.own())
    hacked = broken_into(institute)
    hacked[edited.path] = hacked[edited.path].replace("</p>", f"</p><p>{EDIT}</p>", 1)
    assert EDIT in hacked[edited.path]
    kept.walked(1, hacked)
    (article,) = [one for one in articles(kept) if one.url.endswith(edited.path)]
    assert EDIT in article.reading.text
    assert line in article.reading.text
    assert article.witnesses[article.reading_of] == newest(article)
    assert article.reading.repairs
    assert article.versions == 2
