"""What has stood on an institute's own pages from the first looks like a break-in: a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.evidence.texts import in_chinese
from archive.store import open_archive
from tests.unit.own_nights import ARTICLES, HOST, Institute, Kept

ENGLISH = re.compile(r"(?<![\w.])(?:hidden|links|script|stands|on|pages|readers|many)(?![\w.])")
WORDS = ("铂濠开户", "凯熠下载", "埭瀛登录")
NAMES = tuple(f"{one}研究所" for one in "甲乙丙丁戊己庚辛壬癸子丑")
END = re.compile(r"(?i)</body>")


def hidden(words: tuple[str, ...]) -> str:
    links = (
        f'<a href="http://www.s{n}xyz.com/">{words[n % len(words)]}</a>' for n in range(len(NAMES))
    )
    return f'<div style="display:none">{"".join(links)}</div></body>'


SENDING = (
    "<script>if (document.referrer.indexOf('search') > 0) location.href = 'http://x.com/'"
    "</script></body>"
)
ASKING = "<script>if (document.referrer.indexOf('search') > 0) count += 1</script></body>"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield Kept(archive, HOST)


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (hidden(WORDS), "hidden links to many strangers under few words"),
        (SENDING, "a script that sends readers on by where they come from"),
    ],
)
def test_it_is_noted_on_the_first_night_and_as_long_as_it_stands(
    kept: Kept, put: str, said: str
) -> None:
    own = Institute().own()
    hacked = {path: END.sub(lambda _: put, html) for path, html in own.items()}
    for day in (0, 1):
        report = kept.walked(day, hacked)
        assert report.notes == (f"{HOST}: {said} stands on {ARTICLES} pages",)
        assert not ENGLISH.search(in_chinese(report.notes[0]))
        assert len(kept.said()) == ARTICLES
    assert kept.walked(2, own).notes == ()


def test_on_the_night_on_which_it_comes_the_alarm_says_so_alone(kept: Kept) -> None:
    own = Institute().own()
    kept.walked(0, own)
    report = kept.walked(1, {path: END.sub(lambda _: SENDING, html) for path, html in own.items()})
    assert (len(report.alarms), report.notes) == (1, ())


@pytest.mark.parametrize("put", [hidden(NAMES), ASKING])
def test_what_honest_pages_have_is_not_noted(kept: Kept, put: str) -> None:
    own = Institute().own()
    report = kept.walked(0, {path: END.sub(lambda _: put, html) for path, html in own.items()})
    assert (report.alarms, report.notes) == ((), ())
