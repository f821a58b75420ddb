"""Who wrote a page in Latin script, and when: as its lines and its head say it, or not at all."""

from __future__ import annotations

import json
from datetime import date

import pytest

from archive.cleaning import extract
from archive.model import Extraction

BODY = (
    "<p>The committee met on Tuesday to discuss the plan, and most of its members agreed to it.</p>"
    "<p>Its chair said that the work would begin in spring, after a last round of questions.</p>"
)


def read(line: str = "", head: str = "") -> Extraction:
    page = f"<title>Plan agreed</title>{head}<body><h1>Plan agreed</h1>{line}{BODY}</body>"
    return extract(page.encode(), "http://www.example.ac.cn/english/1.html")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("By Jane Roe and John van der Doe | May 3, 2012", "Jane Roe and John van der Doe"),
        ("Written by J. R. O'Neil, The Daily", "J. R. O'Neil"),
        ("by Jane McRoe Published May 3, 2012", None),
        ("By Staff Writer", None),
        ("By Tuesday the plan was agreed", None),
        ("By Jane RoeTwitter", None),
        ("By Jane Roe Tuesday, Aug. 17, 2010", "Jane Roe"),
        ("By Jane Roe posted Aug 18th 2010 7:30PM", "Jane Roe"),
        ("Par Jeanne Dupont", "Jeanne Dupont"),
        ("Por Juana Pérez García | 3 de mayo de 2012", "Juana Pérez García"),
        ("Auteur : Jeanne Dupont", "Jeanne Dupont"),
        ("Автор: Иван Петров", "Иван Петров"),
        ("Por eso el Instituto Nacional pidió ayuda", None),
        ("Par ailleurs Jeanne Dupont préside", None),
        ("Author: Journalist", None),
    ],
)
def test_the_names_behind_by_are_the_authors(line: str, names: str | None) -> None:
    assert read(f"<p>{line}</p>").author == names


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Jane Roe", "Jane Roe"),
        ("Institute Press Office", None),
        ("admin", None),
        ("dede58.com", None),
        ("Ediciones El Valle", None),
        ("Details Magazine", None),
        ("Political Commentator", None),
        ("Super User", None),
    ],
)
def test_the_head_names_people_as_authors_or_nobody(said: str, names: str | None) -> None:
    assert read(head=f'<meta name="author" content="{said}">').author == names


def test_who_put_a_chinese_page_in_is_not_its_author() -> None:
    page = (
        '<title>会议</title><meta name="author" content="王小伟"><body><h1>会议</h1>'
        "<p>支部召开了学习会，与会党员进行了讨论，大家一致认为这次会议开得很好。</p></body>"
    )
    assert extract(page.encode()).author is None


def linked(*things: object) -> str:
    said = json.dumps(things[0] if len(things) == 1 else things)
    return f'<script type="application/ld+json">{said}</script>'


@pytest.mark.parametrize("wrapped", [False, True])
def test_json_ld_says_the_day_and_the_authors(wrapped: bool) -> None:
    thing = {
        "@type": "NewsArticle",
        "datePublished": "2012-05-03T22:30:00+08:00",
        "author": [{"@type": "Person", "name": "Jane Roe"}, {"name": "The Daily"}],
    }
    found = read(head=linked({"@graph": [{"@type": "WebSite"}, thing]} if wrapped else thing))
    assert (found.published, found.published_evidence) == (date(2012, 5, 3), "meta JSON-LD")
    assert found.author == "Jane Roe"


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "null", '{"datePublished": 3}', "[1, [2]]"])
def test_json_that_says_nothing_is_passed_over(text: str) -> None:
    found = read(head=f'<script type="application/ld+json">{text}</script>')
    assert (found.published, found.author) == (None, None)


def test_the_tools_of_a_byline_are_no_authors() -> None:
    tools = (
        "<ul class=byline><li class=byline-email>email</li><li class=byline-print>print</li></ul>"
    )
    assert read(tools).author is None


def test_the_name_of_the_site_is_no_authors() -> None:
    head = '<meta property="og:site_name" content="Jane Roe"><meta name=author content="Jane Roe">'
    assert read(head=head).author is None
