"""What stands once is told by the host's own words without it, and by the word that it parts."""

import pytest

from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.once_alike import Sower, alike_once, stretches
from archive.cleaning.unmasking.places import MOST_TOLD, TOLD, Texts
from archive.cleaning.unmasking.recurring import recurring_phrases
from archive.cleaning.unmasking.resembling import DENSE, LONG, Makeup, likeness
from tests.unit.sown_texts import texts_of

PROVEN = ("铂濠霆官网下载", "埭瀛官网登录", "铂凯登录入口")
TERM = "濠凯瀛开户"
NAME = "金属陶瓷复合涂层制备平台"
SENTENCE = "会上代表们参观了金属陶瓷复合{}涂层制备平台,并且进行了座谈。"


def odds(*elsewhere: str) -> float:
    _, _, clean = texts_of(1, 0.0)
    text = plain(SENTENCE.format(TERM))
    texts = Texts([*clean, *elsewhere, text])
    some = stretches(text, texts, Sower(PROVEN, DENSE))
    return next(one.odds for one in some if text[one.start : one.end] == TERM)


def test_a_phrase_within_a_name_that_stands_elsewhere_is_likelier() -> None:
    assert odds(NAME) > odds("".join(reversed(NAME))) + MOST_TOLD


@pytest.mark.parametrize(
    ("elsewhere", "beyond"),
    [
        ("瓷复合涂层制", 0.0),
        ("瓷复合涂层制备", 1.0),
        (NAME, MOST_TOLD),
        ("复合工艺与涂层制备平台", 0.0),
    ],
)
def test_only_runs_longer_than_two_words_tell(elsewhere: str, beyond: float) -> None:
    texts = Texts([plain(SENTENCE.format(TERM)), elsewhere])
    assert texts.again(TERM, "属陶瓷复合", "涂层制备平台") == beyond
    assert len("瓷复合涂层制") == TOLD


def test_what_may_as_well_be_cut_beside_tells_nothing() -> None:
    texts = Texts([NAME])
    assert texts.again("涂装开户", "陶瓷复合", "涂层制备平台") == 0.0
    assert texts.again("开户贴合", "陶瓷复合", "涂层制备平台") == 0.0


def test_a_phrase_whose_end_makes_a_word_with_what_follows_is_looked_at() -> None:
    text = plain(
        "由省交通运输委员会提供的新资料显示,交通运输委六合彩资料员会联合多个单位开展检查。"
    )
    some = stretches(text, Texts([text]), Sower(PROVEN, DENSE))
    assert "六合彩资料" in {text[one.start : one.end] for one in some}


def test_what_begins_with_a_number_is_counted_or_dated_and_never_taken() -> None:
    texts = [plain(f"本报消息，{where}1月官网下载{what}。") for where, what in PLACES]
    found = Texts(texts)
    term = "1月官网下载"
    assert likeness(term, found.places(term), found, 30.0, Makeup(PROVEN)) == -LONG


PLACES = (
    ("我们走进图书馆", "借阅新到的杂志"),
    ("老师带领学生", "参观科技展览"),
    ("大家讨论方案", "提出许多建议"),
    ("专家介绍情况", "回答听众提问"),
)


def test_a_brand_in_titles_shields_no_phrase_that_begins_with_it() -> None:
    made, phrases, _ = texts_of(1, 1.0)
    term, brand = "铂瀛濠官网登录", "铂瀛濠"
    texts = [*made, *(plain(f"本报消息，{before}{term}{after}。") for before, after in PLACES)]
    aside = [plain(f"通知公告_{brand}。工作动态_{brand}。学术交流_{brand}。")]
    assert phrases
    assert term in recurring_phrases(texts, [brand], (), (), aside)


def test_a_heading_between_two_lines_that_are_one_elsewhere_stays() -> None:
    _, _, clean = texts_of(1, 0.0)
    text = plain("他们反映的问题得到答复订票电话加价相关图片订票电话加价被指不妥有关方面作了答复。")
    texts = Texts([*clean, text, "订票电话加价订票电话加价被指不妥"])
    assert list(alike_once(text, texts, Sower(PROVEN, 2.0))) == []
