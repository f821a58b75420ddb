"""One article of the institute's own that somebody broke into: told of, and undone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.repairs import revert
from archive.cleaning.unmasking.words import cut
from archive.evidence.texts import in_chinese
from archive.profiles import add_profile
from archive.sitepass.derive import derive
from archive.sitepass.midst import put_into_midst, taken_out
from archive.sitepass.report import DeriveReport
from archive.store import open_archive
from tests.unit.own_nights import HOST, Institute, Kept, newest

ENGLISH = re.compile(
    r"(?<![\w.])(?:put|of|words|place|look|at|the|that|in|and|undone|read|it|pages|none)(?![\w.])"
)
BRAND = "鎏岳博万k8"
PHRASES = ("鎏岳k8官网登录", "珑彩注册送金", "骏铂手机版下载")
FIRST, SECOND = "本届职工运动会由青年代表负责。", "研究人员认为实验结果十分可靠。"
SOWN = (
    f"本届职工运{PHRASES[0]}动会由青年代{PHRASES[1]}表负责。",
    f"研究人员认{PHRASES[2]}为实验结果十分可靠。",
)


class One(Institute):
    """An institute one of whose articles has two sentences more, which name it."""

    def __init__(self) -> None:
        super().__init__()
        self.path = max(self.pages, key=lambda page: len(page.text)).path
        self.url = f"http://{HOST}{self.path}"

    def saying(self, *sentences: str, with_own: bool = True) -> dict[str, str]:
        """What its pages are when the article has these ``sentences`` at its end."""
        pages = self.own()
        more = "".join(sentences)
        if with_own:
            more = f"{self.names[0]}感谢各位来宾，{self.names[0]}希望常来。{more}"
        at = pages[self.path].rindex("。") + 1
        pages[self.path] = pages[self.path][:at] + more + pages[self.path][at:]
        return pages

    def tampered(self, recipe: str) -> dict[str, str]:
        """The article as a mirror of this recipe has it; all else as it is."""
        return self.own() | {self.path: self.copied(recipe)[self.path]}

    def branded(self, places: int) -> dict[str, str]:
        pages = self.saying(FIRST, SECOND)
        for words in ("希望常来", "感谢各位来宾")[:places]:
            html = pages[self.path].replace(f"{self.names[0]}{words}", f"{BRAND}{words}")
            pages[self.path] = html
        return pages


@pytest.fixture
def institute() -> One:
    return One()


@pytest.fixture
def kept(tmp_path: Path, institute: One) -> Iterator[Kept]:
    with open_archive(tmp_path / "data", create=True) as archive:
        yield Kept(archive, institute.host)


def texts(kept: Kept) -> dict[str, str]:
    return {url: text for url, _, text, _ in kept.said().values()}


def told(report: DeriveReport) -> str:
    """The one line that is told, which has Chinese for all of it."""
    (line,) = (*report.alarms, *report.notes)
    assert not ENGLISH.search(in_chinese(line).replace("emoji", "")), in_chinese(line)
    return line


def test_an_article_stays_the_same_while_phrases_part_its_words_and_afterwards(
    institute: One, kept: Kept
) -> None:
    own = institute.saying(FIRST, SECOND)
    kept.walked(0, own)
    before = kept.said()
    for day in (1, 2):
        report = kept.walked(day, institute.saying(*SOWN))
        assert kept.said() == before
        assert not report.notes
        line = told(report)
        assert line.startswith(f"{HOST}: put into the midst of words in 1 articles, and undone: ")
        assert f"; look at {institute.url}; if the institute has made them, write " in line
        assert line.endswith("relaunched = [2026-05-02] into the site's profile")
    report = kept.walked(3, own)
    assert kept.said() == before
    assert (report.alarms, report.notes) == ((), ())
    assert {one.versions for one in kept.archive.store.articles("s")} == {1}


def test_a_brand_at_several_places_of_one_article_is_exchanged_back(
    institute: One, kept: Kept
) -> None:
    kept.walked(0, institute.saying(FIRST, SECOND))
    before = kept.said()
    report = kept.walked(1, institute.branded(2))
    assert kept.said() == before
    assert f"name in 1 articles, and undone: {BRAND.lower()}" in told(report)
    assert report.alarms


def test_a_brand_at_one_place_is_noted_and_read_as_it_stands(institute: One, kept: Kept) -> None:
    kept.walked(0, institute.saying(FIRST, SECOND))
    report = kept.walked(1, institute.branded(1))
    assert "and read as it stands" in told(report)
    assert not report.alarms
    assert BRAND in texts(kept)[institute.url]


def test_a_brand_at_one_place_of_two_articles_is_exchanged_back(institute: One, kept: Kept) -> None:
    other = next(page for page in institute.pages if page.path != institute.path)
    name = institute.names[0]

    def beside(pages: dict[str, str], word: str) -> dict[str, str]:
        at = pages[other.path].rindex("。") + 1
        html = f"{pages[other.path][:at]}{word}另有通知。{pages[other.path][at:]}"
        return pages | {other.path: html}

    kept.walked(0, beside(institute.saying(FIRST), name))
    before = kept.said()
    hacked = institute.saying(FIRST)
    hacked[institute.path] = hacked[institute.path].replace(f"{name}希望", f"{BRAND}希望")
    report = kept.walked(1, beside(hacked, BRAND))
    assert kept.said() == before
    assert "in 2 articles, and undone" in told(report)


@pytest.mark.parametrize(
    ("recipe", "sign"), [("emoji", "emoji"), ("pinyin", "readings in brackets")]
)
def test_what_a_program_does_to_one_article_is_no_part_of_its_text(
    institute: One, kept: Kept, recipe: str, sign: str
) -> None:
    kept.walked(0, institute.own())
    before = "".join(texts(kept)[institute.url].split())
    report = kept.walked(1, institute.tampered(recipe))
    assert "".join(texts(kept)[institute.url].split()) == before
    assert report.changes["changed"] == 0
    assert f"{HOST}: {sign} on 1 pages that had none; look at {institute.url}" in told(report)
    assert kept.walked(2, institute.own()).alarms == ()


def test_traditional_characters_of_one_article_are_noted(institute: One, kept: Kept) -> None:
    kept.walked(0, institute.own())
    report = kept.walked(1, institute.tampered("traditional"))
    (note,) = report.notes
    assert f"{HOST}: traditional characters on 1 pages that had none" in note
    assert not ENGLISH.search(in_chinese(note))


def test_a_strange_word_for_the_name_in_the_window_title_of_one_page_is_told(
    institute: One, kept: Kept
) -> None:
    own = institute.own()
    (page,) = (one for one in institute.pages if one.path == institute.path)
    title = f"<title>{page.title}_{institute.names[0]}</title>"
    own[institute.path] = re.sub(r"(?is)<title.*?</title>", title, own[institute.path])
    kept.walked(0, own)
    before = kept.said()
    html = own[institute.path].replace(title, title.replace(institute.names[0], BRAND))
    report = kept.walked(1, own | {institute.path: html})
    assert kept.said() == before
    assert "strange word for an institution's name in the window title on 1 pages" in told(report)


def test_what_is_undone_is_a_repair_that_gives_back_what_the_page_had(
    institute: One, kept: Kept
) -> None:
    kept.walked(0, institute.saying(FIRST, SECOND))
    kept.walked(1, institute.saying(*SOWN))
    (article,) = (a for a in kept.archive.store.articles("s") if a.url == institute.url)
    witness = newest(article)
    made = [repair for repair in witness.clean.repairs if repair.field == "text"]
    assert sorted(repair.before for repair in made) == sorted(PHRASES)
    assert revert(witness.clean.text, made) == witness.raw.text
    assert all(not re.search("[a-z]{4}", in_chinese(repair.evidence)) for repair in made)


def test_an_edit_of_the_institutes_own_is_read_beside_what_was_put_in(
    institute: One, kept: Kept
) -> None:
    kept.walked(0, institute.saying(FIRST, SECOND))
    kept.walked(1, institute.saying(*SOWN, "报名延至五月十日。"))
    text = texts(kept)[institute.url]
    assert f"{FIRST}{SECOND}报名延至五月十日。" in text
    kept.walked(2, institute.saying(*SOWN, "报名延至六月十日。"))
    assert f"{FIRST}{SECOND}报名延至六月十日。" in texts(kept)[institute.url]
    report = kept.walked(3, institute.saying(FIRST, SECOND, "报名延至六月十日。"))
    assert (report.alarms, report.notes, report.changes["changed"]) == ((), (), 0)


def test_what_the_operator_calls_the_institutes_own_is_read_as_it_stands(
    institute: One, kept: Kept
) -> None:
    kept.walked(0, institute.saying(FIRST, SECOND))
    kept.walked(1, institute.saying(*SOWN))
    report = kept.walked(2, institute.saying(*SOWN, "报名延至五月十日。"))
    found = re.search(r"relaunched = (\[.+\])", told(report))
    assert found is not None
    path = add_profile(kept.archive.data, [f"http://{HOST}/"], name="s")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("relaunched = []", found[0]), encoding="utf-8")
    report = derive(kept.archive, "s")
    assert (report.alarms, report.notes) == ((), ())
    assert "".join(SOWN) in texts(kept)[institute.url]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_the_order_in_which_files_come_does_not_show(
    institute: One, kept: Kept, order: Sequence[int]
) -> None:
    own = institute.saying(FIRST, SECOND)
    days = {0: own, 1: institute.saying(*SOWN), 2: own}
    for day in order:
        kept.taken_in(30 * day, days[day])
    assert f"。{FIRST}{SECOND}\n" in texts(kept)[institute.url]
    assert {one.versions for one in kept.archive.store.articles("s")} == {1}


HONEST = {
    "a sentence": (FIRST, FIRST + "会后合影留念。"),
    "people in a row": (FIRST, "本届职工运动会由王海燕李若曦欧阳建国等青年代表负责。"),
    "foreign names": (FIRST, "本届德罗巴马职工运动会由斯坦尼维奇青年代表克里弗贝尔负责。"),
    "words between words": (FIRST, "本届春季职工趣味运动会依然由全体青年代表分工负责。"),
    "the longer word": ("请研究所参加。", "请研究员和研究所参加。"),
    "another house": ("感谢各位来宾", "感谢兄弟单位各位来宾"),
    "a firm": ("FULL", "青松岭科技集团"),
    "the short name": ("FULL", "SHORT"),
    "a house in the making": ("FULL", "FULL（筹）"),
    "what stands for it": ("FULL", "我单位"),
    "another style": ("，", "；"),
    "words written anew": ("研究人员认为", "研制并探究人员一致认定为"),
}


@pytest.mark.parametrize("what", HONEST)
def test_what_the_institute_edits_in_one_article_is_read_without_a_word(
    institute: One, kept: Kept, what: str
) -> None:
    own = institute.saying(FIRST, SECOND, "请研究所参加。")
    full, short = institute.names
    was, now = (s.replace("SHORT", short).replace("FULL", full) for s in HONEST[what])
    at = own[institute.path].rindex(f"{full}感谢")
    html = own[institute.path]
    kept.walked(0, own)
    edited = html[:at] + html[at:].replace(was, now)
    assert edited != html
    report = kept.walked(1, own | {institute.path: edited})
    assert (report.alarms, report.notes) == ((), ())
    assert now in texts(kept)[institute.url]
    for said in kept.archive.store.articles("s"):
        assert not newest(said).clean.repairs


def test_another_text_in_the_place_of_one_is_no_phrase_in_its_midst(institute: One) -> None:
    texts = [page.text for page in institute.pages]
    for before, after in permutations(texts, 2):
        assert not put_into_midst(((before, after),), set).phrases


TEXTS = st.text("研究所职工运动会代表负责青年本届实验结果可靠", min_size=1, max_size=80)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 80), st.sampled_from(PHRASES)), max_size=6))
def test_what_is_taken_out_leaves_what_was_there(
    text: str, places: Sequence[tuple[int, str]]
) -> None:
    after = text
    for at, phrase in places:
        after = after[:at] + phrase + after[at:]
    edits = list(taken_out(text, after, {*PHRASES}))
    said = "".join(c for at, c in enumerate(after) if not any(e.start <= at < e.end for e in edits))
    assert len(said) >= len(text)
    if len(places) == 1:
        assert said == text


@given(TEXTS, st.data())
def test_what_stands_between_words_parts_none(text: str, data: st.DataObject) -> None:
    words = cut(text)
    at = len("".join(words[: data.draw(st.integers(0, len(words)))]))
    after = text[:at] + data.draw(st.sampled_from(PHRASES)) + text[at:]
    assert not put_into_midst(((text, after),), set).is_proven
