"""The weights of the likelihood can be fitted again, and the same blocks give the same weights."""

from __future__ import annotations

from archive.cleaning import read_page
from archive.cleaning.body import likelihood
from benchmarks.fit_likelihood import (
    COLUMNS,
    FOLDS,
    Example,
    fit,
    fold_of,
    in_use,
    labels,
)

PROSE, LINKED = COLUMNS.index("sentence"), COLUMNS.index("all_linked")
BLOCKS = [
    Example([(0, 1.0), (PROSE, 1.0)], True, 3.0),
    Example([(0, 1.0), (LINKED, 1.0)], False, 2.0),
]


def test_what_marks_the_body_gets_weight_and_what_marks_the_frame_loses_it() -> None:
    weights = fit(BLOCKS * 20)
    assert weights["sentence"] > 0 > weights["all_linked"]
    assert set(weights) == set(likelihood.WEIGHTS)
    assert fit(BLOCKS * 20) == weights


def test_a_host_is_always_in_the_same_fold_of_a_split() -> None:
    hosts = [f"www.example{n}.ac.cn" for n in range(200)]
    folds = [fold_of(host, 1) for host in hosts]
    assert folds == [fold_of(host, 1) for host in hosts]
    assert all(20 < folds.count(fold) < 60 for fold in range(FOLDS))
    assert folds != [fold_of(host, 2) for host in hosts]


def test_a_short_line_far_from_the_text_is_not_of_it_though_the_text_has_the_words() -> None:
    menu = "".join(f"<li>{word}" for word in ("会议", "党建", "科研", "人才", "院地"))
    text = "支部召开了学习会议，会议由支部书记主持，与会党员进行了讨论。"
    page = read_page(f"<body><ul>{menu}</ul><p>{text}<p>会议</body>".encode())
    assert labels(page.flow.blocks, text) == [False] * 5 + [True, True]


def test_other_weights_are_in_use_for_a_while_only() -> None:
    page = "<title>会</title><p>支部召开了学习会，与会党员进行了讨论，大家认为很好。</p>".encode()
    before = read_page(page).weights
    with in_use(dict.fromkeys(likelihood.WEIGHTS, 0.0)):
        assert read_page(page).weights != before
    assert read_page(page).weights == before
