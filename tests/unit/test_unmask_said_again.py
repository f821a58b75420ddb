"""Phrases are known by what a host says twice, with them and without; honest strings are left."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from lxml import html

from archive.cleaning import extract, read_page
from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmasking.asides import MAX_STRINGS, asides
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.host import MAX_SAID, HostSurvey, seen_on
from archive.cleaning.unmasking.phrases import AGAIN
from archive.cleaning.unmasking.said_again import put_in_again
from archive.cleaning.unmasking.slots import slots_of
from benchmarks.corpus import corpus_directory, corpus_pages
from tests.tampering import Original, copied, originals
from tests.unit.mirror_hosts import MIRROR, surveyed

HEADLINES = ("海山光学研究所举行离退休职工座谈会", "海山光学研究所召开学术委员会第三次会议")
PHRASE = "铂濠霆注册"


def put(text: str, phrase: str, at: int) -> str:
    return text[:at] + phrase + text[at:]


def sown_lines(seed: int) -> tuple[list[str], set[str]]:
    """Headlines that stand in a list of each page and over their texts, phrases dropped anywhere;
    and the phrases."""
    rng = Random(f"said again {seed}")
    names, pages = originals(rng, 6)
    phrases = copied(pages[:1], names, "plain", rng).disguise.phrases
    lines = []
    for one in pages:
        own = [o.title for o in pages] + one.text.split("\n")
        for _ in range(6):
            at = rng.choice([n for n, line in enumerate(own) if len(line) > 16])
            own[at] = put(own[at], rng.choice(phrases), rng.randrange(6, len(own[at]) - 6))
        lines += own
    return [plain(line) for line in lines], {plain(phrase) for phrase in phrases}


def test_a_phrase_is_known_by_two_places_one_of_which_is_told_again_without_it() -> None:
    lines = [*HEADLINES, put(HEADLINES[0], PHRASE, 8), f"今天上午就激光{PHRASE}位移测量作了报告"]
    assert put_in_again(lines, ()) == (PHRASE,)


def test_one_place_alone_proves_nothing() -> None:
    assert put_in_again([*HEADLINES, put(HEADLINES[0], PHRASE, 8)], ()) == ()


@pytest.mark.parametrize("word", ["老年大学", "青年职工", "第一届"])
def test_a_word_that_stands_beside_stops_or_between_the_same_characters_is_none(word: str) -> None:
    told = [*HEADLINES, put(HEADLINES[0], word, 7), put(HEADLINES[1], word, 9)]
    assert put_in_again([*told, f"{word}开学", f"昨天,{word}开学,全所{word}"], ()) == ()
    same = [HEADLINES[0], put(HEADLINES[0], word, 7), f"昨天举行{put(HEADLINES[0], word, 7)}"]
    assert put_in_again(same, ()) == ()


def test_what_is_said_over_and_over_is_no_phrase() -> None:
    lines = ["全部收听全部收听全部收听", "全部收听注册微博全部收听", "点击全部收听全部收听注册"]
    assert put_in_again(lines, ()) == ()


def test_brands_are_left_to_who_knows_brands() -> None:
    lines = [*HEADLINES, put(HEADLINES[0], PHRASE, 8), f"今天上午就激光{PHRASE}位移测量作了报告"]
    assert put_in_again(lines, (PHRASE,)) == ()


@pytest.mark.parametrize("seed", range(5))
def test_dropped_phrases_are_found_and_nothing_else(seed: int) -> None:
    lines, phrases = sown_lines(seed)
    found = set(put_in_again(lines, ()))
    assert found <= phrases
    assert len(found) >= len(phrases) / 2


def test_a_host_tells_its_phrases_by_its_lists_and_pointers() -> None:
    rng = Random("a host that says things twice")
    names, pages = originals(rng, 6)
    phrases = copied(pages[:1], names, "plain", rng).disguise.phrases[:2]
    survey = surveyed(FrameSurvey(), MIRROR, _with_lists(pages, phrases))
    marks = survey.marks(MIRROR, (), ("named by the operator",))
    assert {plain(phrase) for phrase in phrases} <= set(marks.phrases)
    assert AGAIN in marks.phrases_known
    clean = surveyed(FrameSurvey(), MIRROR, _with_lists(pages, ()))
    assert clean.marks(MIRROR, (), ("named by the operator",)).phrases == ()


def _with_lists(pages: tuple[Original, ...], phrases: tuple[str, ...]) -> list[tuple[str, str]]:
    """Pages that list the others, what a pointer shows over each link without phrases."""
    made = []
    for one in pages:
        links = []
        for n, other in enumerate(o for o in pages if len(o.title) > 16):
            words = other.title
            if phrases and other is not one:
                words = put(words, phrases[n % len(phrases)], 7 + n % 3)
            links.append(f'<li><a href="{other.path}" title="{other.title}">{words}</a></li>')
        made.append((one.path, one.html.replace("</body>", f"<ul>{''.join(links)}</ul></body>")))
    return made


def test_no_page_of_the_corpus_has_any() -> None:
    folder = corpus_directory()
    if folder is None:
        pytest.skip("no corpus here")
    lines: set[str] = set()
    for number, one in enumerate(p for p in corpus_pages(folder) if p.kind != "spam"):
        page = read_page(one.body, f"http://{one.host}{one.path}")
        found, said = slots_of(page.tree), extract(one.body, page.url)
        own = {*found.short_texts, *found.asides, said.title or "", *said.text.split("\n")}
        lines |= {plain(line) for line in own}
        if number % 20 == 19:
            assert put_in_again(lines, ()) == ()
            lines = set()


def test_asides_are_what_no_line_says() -> None:
    title = "海山光学研究所召开学术委员会会议"
    tree = html.fromstring(
        f"<html><head><title>{title}</title><meta name=description content='{title}，全文如下'>"
        "<meta name=keywords content='光学研究所,学术委员会,会议'></head><body>"
        f"<a title='{title}的通知'>{title}…</a><img alt='座谈会'><a title='{title}'>{title}</a>"
    )
    assert asides(tree, title, {title}) == (
        f"{title},全文如下".replace(",", "，"),
        f"{title}的通知",
    )


def test_asides_of_a_page_have_a_limit() -> None:
    links = "".join(f"<a title='光学研究所第{n}次学术委员会会议'>会议</a>" for n in range(500))
    assert len(asides(html.fromstring(f"<body>{links}</body>"), "", ())) == MAX_STRINGS


def test_what_a_host_says_is_kept_of_some_pages_whatever_their_order() -> None:
    pages = [
        seen_on(read_page(f"<p>光学研究所通知第{n}号</p>".encode(), f"http://a.cn/{n}.html"))
        for n in range(MAX_SAID + 5)
    ]
    kept = []
    for order in (pages, pages[::-1]):
        survey = HostSurvey()
        for page in order:
            survey.add(page)
        kept.append(survey.said)
    assert len(kept[0]) == MAX_SAID
    assert kept[0] == kept[1]


def test_the_order_of_lines_does_not_matter() -> None:
    lines = [HEADLINES[0], put(HEADLINES[0], PHRASE, 8), f"今天上午就激光{PHRASE}位移测量作报告"]
    assert {put_in_again(some, ()) for some in permutations(lines)} == {(PHRASE,)}
