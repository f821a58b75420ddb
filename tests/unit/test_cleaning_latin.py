"""Articles in Latin script lose their publisher's boxes and lines, and nothing else."""

from __future__ import annotations

from archive.cleaning import extract

FIRST = "The committee met on Tuesday to discuss the plan, and most of its members agreed to it."
SECOND = "Its chair said that the work would begin in spring, after the last questions are settled."
QUOTE = "A member of the public replied: we have waited for this for years, so please go on."


def page(inner: str) -> bytes:
    return (
        f"<html><head><title>Plan agreed</title></head><body><nav><a href=/>Home</a></nav>"
        f"<h1>Plan agreed</h1><div class='article-body'>{inner}</div>"
        f"<footer>Copyright 2020 All rights reserved</footer></body></html>"
    ).encode()


def test_boxes_between_paragraphs_are_left_out_and_logged() -> None:
    found = extract(
        page(
            f"<p>{FIRST}</p><aside class='newsletter-signup'><p>Get our stories in your inbox</p>"
            f"</aside><div class='ad-unit'>Advertisement</div><p>{SECOND}</p>"
            f"<p><a href='/1'>Read more: another plan that was made</a></p><p>{QUOTE}</p>"
        )
    )
    assert found.text.splitlines() == [FIRST, SECOND, QUOTE]
    assert found.conserved
    assert {removal.rule for removal in found.removals} >= {"box", "related"}


def test_lines_that_say_who_and_when_are_no_paragraphs() -> None:
    found = extract(
        page(
            f"<p>By Anna Smith</p><p>Updated Nov 19, 2019, 6:55 AM</p><p>{FIRST}</p><p>{SECOND}</p>"
            f"<p>Photo: Someone</p>"
        )
    )
    assert found.text.splitlines() == [FIRST, SECOND]


def test_an_article_in_an_element_named_like_a_box_is_kept() -> None:
    found = extract(page(f"<div class='share-enabled'><p>{FIRST}</p><p>{SECOND}</p></div>"))
    assert found.text.splitlines() == [FIRST, SECOND]


def test_a_data_table_is_kept_whatever_its_rows_are_named() -> None:
    rows = "".join(f"<tr class='share-{n}'><td>Member {n}</td><td>{n}</td></tr>" for n in range(4))
    found = extract(page(f"<p>{FIRST}</p><table>{rows}</table><p>{SECOND}</p>"))
    assert "Member 3\t3" in found.text.splitlines()


def test_chinese_pages_are_not_read_by_these_rules() -> None:
    words = "支部召开了学习会，与会党员进行了讨论，大家一致认为会议开得很好。"
    found = extract(page(f"<p>{words}</p><div class='share-note'>{words[:20]}</div><p>{words}</p>"))
    assert found.text.splitlines() == [words, words[:20], words]
