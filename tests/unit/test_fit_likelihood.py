"""The weights of the likelihood can be fitted again, and the same blocks give the same weights."""

from __future__ import annotations

from archive.cleaning import likelihood, read_page
from benchmarks.fit_likelihood import COLUMNS, Example, fit, half_of, in_use

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


def test_a_host_is_always_in_the_same_half() -> None:
    hosts = [f"www.example{n}.ac.cn" for n in range(100)]
    assert [half_of(host) for host in hosts] == [half_of(host) for host in hosts]
    assert 30 < sum(map(half_of, hosts)) < 70


def test_other_weights_are_in_use_for_a_while_only() -> None:
    page = "<title>会</title><p>支部召开了学习会，与会党员进行了讨论，大家认为很好。</p>".encode()
    before = read_page(page).weights
    with in_use(dict.fromkeys(likelihood.WEIGHTS, 0.0)):
        assert read_page(page).weights != before
    assert read_page(page).weights == before
