"""Phrases sown into a lone mirror's sentences are known by where they stand, honest terms are not
touched."""

from __future__ import annotations

from random import Random

import pytest

from archive.cleaning.unmasking import once
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.once import Kin, standing_once
from archive.cleaning.unmasking.places import Texts
from archive.cleaning.unmasking.recurring import recurring_phrases
from benchmarks.corpus import corpus_directory
from benchmarks.mirrors.corpus_articles import corpus_originals
from tests.tampering import copied, originals
from tests.tampering.kinds import sown
from tests.unit.sown_texts import PAGES, SEEDS, TAG, sown_texts, texts_of


@pytest.mark.parametrize(("strength", "least"), [(0.3, 0.9), (0.6, 0.98), (1.0, 1.0)])
def test_most_sown_phrases_are_found_and_nothing_else(strength: float, least: float) -> None:
    found = expected = 0
    for seed in SEEDS:
        made, phrases, _ = texts_of(seed, strength)
        got = set(recurring_phrases(made, ()))
        assert got <= sown_texts(seed, strength)[1]
        found += len(got & phrases)
        expected += len(phrases)
    assert found >= least * expected


@pytest.mark.parametrize("seed", SEEDS)
def test_honest_texts_have_none(seed: int) -> None:
    _, _, clean = texts_of(seed, 0.0)
    assert recurring_phrases(clean, ()) == ()


@pytest.mark.parametrize("count", [5, 10, 25, 60])
def test_real_articles_have_none(count: int) -> None:
    if corpus_directory() is None:
        pytest.skip("no corpus here")
    for seed in range(5):
        _, pages = corpus_originals(Random(f"honest {count} {seed}"), count, None)
        assert recurring_phrases([plain(one.text) for one in pages], ()) == ()


def test_a_phrase_in_a_name_that_is_written_twice_is_among_what_recurs() -> None:
    phrase = "时时彩平台"
    named = f"临北光学{phrase}研究院离退休党总支"
    texts = [
        f"本报讯，{named}举行座谈。",
        f"近日，{named}组织参观。",
        f"就激光位移{phrase}测量作报告。",
    ]
    assert phrase in set(Texts([plain(text) for text in texts]).recurring())


def test_terms_that_are_explained_already_are_left_alone() -> None:
    made, phrases, _ = texts_of(1, 1.0)
    got = recurring_phrases(made, tuple(phrases))
    assert got == ()


def test_a_phrase_that_parts_the_name_is_known_by_one_place() -> None:
    rng = Random("parted")
    (name, _), pages = originals(rng, PAGES)
    disguise = copied(pages[:1], (name,), "plain", rng).disguise
    told = [plain(TAG.sub("\n", sown(f"<p>{one.text}</p>", disguise, rng, 1.0))) for one in pages]
    made = [text.replace(plain(name), "这里") for text in told]
    put_in = f"铂濠{plain(disguise.phrases[0])[-4:]}"
    parted = f"本报讯，{name[:4]}{put_in}{name[4:]}的同志们参加了活动。"
    assert put_in not in recurring_phrases([*made, plain(parted)], ())
    assert put_in in recurring_phrases([*made, plain(parted)], (), (), (plain(name),))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本报讯，海山光学研铂濠开户究所的同志们参加了活动。", ("铂濠开户",)),
        ("本报讯，海山光学仪器厂划归研究所的同志们参加了活动。", ()),
        ("本报讯，海山光学研究生和研究所的同志们参加了活动。", ()),
    ],
)
def test_only_what_parts_a_word_of_the_name_is_proven_by_it(
    text: str, found: tuple[str, ...]
) -> None:
    assert recurring_phrases([text], (), (), ("海山光学研究所",)) == found


SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林", "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂"


def name_list(rng: Random) -> str:
    """People's names one after another, as a text has them whose spaces are gone."""
    names = (rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2)) for _ in range(12))
    return "会议由研究所主持" + "".join(names) + "等参加了学术讨论会并就材料问题提出了意见"


@pytest.mark.parametrize("seed", SEEDS)
def test_names_in_a_row_stay_where_phrases_are_sown(seed: int) -> None:
    rng = Random(f"names {seed}")
    made, _, _ = texts_of(seed, 1.0)
    listed = [name_list(rng) for _ in range(PAGES)]
    found = recurring_phrases([*made, *listed], ())
    assert found
    assert not any(phrase in text for phrase in found for text in listed)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_honest_is_taken_for_kin_of_a_sown_phrase(seed: int) -> None:
    made, phrases, clean = texts_of(seed, 0.6)
    kin = Kin(recurring_phrases(made, ()))
    assert phrases
    assert not [found for text in clean for found in standing_once(text, kin)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我所进一步加强创铂濠霆官网下载新能力建设", ["铂濠霆官网下载"]),
        ("我所进一步加强铂濠霆官网下载创新能力建设", []),
        ("我所进一步加强创，铂濠霆官网下载新能力建设", []),
        ("我所进一步加强创铂濠霆的官网下载新能力建设", []),
        ("请从本所主页的官网下载新版表格后填写", []),
    ],
)
def test_a_phrase_at_one_place_needs_a_word_that_it_parts(text: str, found: list[str]) -> None:
    assert [one.phrase for one in standing_once(text, Kin(["凯熠博官网下载"]))] == found
    assert [one.phrase for one in standing_once(text, Kin([]))] == found


def test_nothing_is_looked_for_in_characters_that_make_no_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def asked(left: str, right: str) -> float:
        raise AssertionError(left + right)

    monkeypatch.setattr(once, "closing", asked)
    rng = Random(3)
    drawn = "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(2_000))
    assert list(standing_once(drawn, Kin([]))) == []
    with pytest.raises(AssertionError):
        list(standing_once("我所进一步加强创铂濠霆官网下载新能力建设", Kin([])))


def test_what_a_proven_phrase_has_too_makes_another_likelier() -> None:
    text = "我所进一步加强创铂濠霆官网下载新能力建设"
    strange, kin = (next(standing_once(text, Kin(known))) for known in ([], ["凯熠博官网下载"]))
    assert kin.weight > strange.weight


def test_terms_that_part_no_page_from_another_are_no_phrases() -> None:
    made, _, _ = texts_of(2, 1.0)
    term = "铂濠瀛埭"
    about = f"对管理{term}创新的认识，由学习{term}材料开始，论文{term}发表以前请{term}同志审阅。"
    assert recurring_phrases(made, ())
    assert term not in recurring_phrases([*made, plain(about)], ())


def test_two_clear_places_on_two_pages_prove_a_host_that_nothing_else_does() -> None:
    texts = (
        "我所进一步加强创铂濠霆官网下载新能力建设，大家反响热烈。",
        "他在学术报告会上介绍了研埭瀛彩注册送究成果，会后合影留念。",
    )
    assert recurring_phrases(texts, ()) == ("埭瀛彩注册送", "铂濠霆官网下载")
    assert recurring_phrases(texts[:1], ()) == ()


def test_a_character_that_stands_beside_a_phrase_twice_by_chance_stays() -> None:
    texts = [
        "医务室安排罗振琴等人辉虎达88最新网址一对一照顾老同志，大家表示感谢。",
        "会议肯定了江宁等科研人辉虎达88最新网址员的工作，希望再接再厉。",
        "光电测控研究室辉虎达88最新网址在中波红外探测器方面取得进展，通过了验收。",
    ]
    found = recurring_phrases(texts, (), ("赢豪沙星体育最新网址", "冠旺宝最新网址"))
    assert not [one for one in found if one.startswith("人")]


def test_a_character_that_ends_the_parted_word_twice_stays() -> None:
    texts = [
        "今天我只回答熊猫放养和野易利旺沙k8技巧生动物保护方面的问题。",
        "厅长带头开微博，还发动全省卫易利旺沙k8技巧生系统上万人参加活动。",
        "会议听取了课题组的工作汇报，专家们认为完成了任务书规定的内容。",
    ]
    found = recurring_phrases(texts, (), ("星川博技巧", "璟豪万亚k8技巧"))
    assert not [one for one in found if one.endswith("生")]


WIDE = ["濠凯官网入口", "贝登k8下载"]
"""Phrases whose joints prove them."""
SOWN_BESIDE = (("管理", "创新", "工作"), ("科学", "研究", "成果"), ("领导", "干部", "会议"))


def sentences(phrase: str) -> list[str]:
    """Sentences of different pages, each with the phrase in one of its words."""
    return [
        f"今年以来，全所{one[0][0]}{phrase}{one[0][1:]}{one[1]}{one[2]}取得了新的进展。"
        for one in SOWN_BESIDE
    ]


def test_words_on_either_side_of_a_phrase_that_stands_at_one_place_twice_stay() -> None:
    first, second = sentences(WIDE[0]), sentences(WIDE[1])
    texts = [plain("\n".join(some)) for some in zip(first, second, strict=True)]
    other = "宏易尊泽4官网下载"
    texts[0] += plain(f"是邵海鹏留给学{other}生们的第一印象。")
    texts[1] += plain(f"是屈婷留给学{other}生们说不完的话。")
    found = recurring_phrases(texts, ())
    assert all(one in (*map(plain, WIDE), plain(other)) for one in found)
