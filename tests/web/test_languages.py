"""The reading room speaks both languages, whole."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import nodes

import archive.cleaning
import archive.web
from archive.evidence.texts import in_chinese
from archive.web.language import Speech, accepted
from archive.web.render import TEMPLATES, environment
from archive.web.texts import TEXTS
from archive.web.tongue import tongue
from tests.web.holdings import KEPT
from tests.web.serving import Served

_FIELDS = re.compile(r"\{[^{}]*\}")
_WORDS = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]")
# Names that are the same in every language.
_NAMES = {"Palimpsest", "GB", "BibTeX", "CSL", "RIS", "JSON", "OpenAPI"}
_NAMES |= {"Memento", "OAI", "PMH", "Atom", "CDX"}
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_PAGES = ("/", "/?q=学习", f"/article/{KEPT}", f"/article/{KEPT}/witnesses", "/nothing")


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_a_text_is_there_in_both_languages_with_the_same_values(key: str) -> None:
    english, chinese = TEXTS[key]
    assert english.strip()
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert not re.search("[\u4e00-\u9fff]", english)
    assert sorted(_FIELDS.findall(english)) == sorted(_FIELDS.findall(chinese))


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", source, flags=re.DOTALL)
    bare = re.sub("<code>.*?</code>", "", bare, flags=re.DOTALL)
    words = set(_WORDS.findall(_TAG.sub(" ", bare)))
    assert words <= _NAMES
    spoken = re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]*)"', source)
    for text in spoken:
        assert not _WORDS.search(re.sub(r"\{\{.*?\}\}", "", text)), text


def test_every_text_a_template_or_page_asks_for_is_there() -> None:
    asked: set[str] = set()
    for path in TEMPLATES.glob("*.html"):
        tree = environment().parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t" and call.args:
                first = call.args[0]
                if isinstance(first, nodes.Const):
                    asked.add(str(first.value))
        asked |= set(re.findall(r'parts\.fact\("([^"]+)"', path.read_text(encoding="utf-8")))
    for path in Path(archive.web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first_argument = node.args[0] if node.args else None
                if node.func.id == "speech" and isinstance(first_argument, ast.Constant):
                    asked.add(str(first_argument.value))
    assert len(asked) > 60
    assert asked - set(TEXTS) == set()


@pytest.mark.parametrize("path", _PAGES)
def test_the_browsers_language_the_switch_and_the_cookie_choose(room: Served, path: str) -> None:
    chinese = room.get(path, headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert chinese.page.get("lang") == "zh"
    (switch,) = chinese.page.xpath("//header//a[@lang='en']/@href")
    english = room.ask("GET", switch, {"Accept-Language": "zh"})
    assert english.page.get("lang") == "en"
    cookie = english.headers["set-cookie"].partition(";")[0]
    again = room.get(path, headers={"Accept-Language": "zh", "Cookie": cookie})
    assert again.page.get("lang") == "en"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "en"),
        ("zh", "zh"),
        ("zh-TW;q=0.4, en;q=0.5", "en"),
        ("de, zh;q=0.1", "zh"),
        ("en;q=x, zh;q=0.2", "zh"),
        (",,;;=", "en"),
    ],
)
def test_the_language_a_browser_likes_best_is_taken(header: str, expected: str) -> None:
    assert accepted(header) == expected


def test_numbers_and_sizes_are_written_as_the_language_does() -> None:
    assert Speech("en").number(1234567) == "1,234,567"
    assert Speech("en").bytes(1_234_000) == "1.2 MB"
    assert Speech("zh").percent(0.98) == "98%"
    assert Speech("zh").choice("status", "gone") == "已消失"
    assert Speech("en").choice("branch", None) == "unknown"


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        (
            "label above the body: 2010-12-09; signature agrees",
            "正文上方的标注：“2010-12-09”；与落款日期一致",
        ),
        ("it was a Sunday, the text says 星期三", "当天是星期日，文中则为星期三"),
        ("12 of 14 articles are those of www.a.cn", "14 篇文章中有 12 篇与 www.a.cn 相同"),
        ("某某体育 stands in the frame", "“某某体育”见于框架"),
        (
            "127.0.0.1:81 is a mirror of www.a.cn: all texts are those of www.a.cn",
            "127.0.0.1:81 是 www.a.cn 的镜像：all texts are those of www.a.cn",
        ),
        ("something nobody foresaw", "something nobody foresaw"),
    ],
)
def test_evidence_is_kept_in_english_and_read_in_the_readers_language(kept: str, read: str) -> None:
    assert Speech("zh").evidence(kept) == read
    assert re.sub("[“”]", "", Speech("en").evidence(kept) or "") == re.sub("[“”]", "", kept)
    assert Speech("zh").evidence(None) is None


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("complete", "完成"),
        ("finished", "完成"),
        ("complete with problems", "完成，但有问题"),
        ("stopped at 5 pages; run the same command to go on", "已达到 5 pages 的上限"),
        (None, "未结束"),
        ("<b>something else</b>", "<b>something else</b>"),
    ],
)
def test_how_a_run_ended_is_read_in_the_readers_language(kept: str | None, read: str) -> None:
    assert Speech("zh").outcome(kept).startswith(read)
    assert Speech("en").outcome(kept) == (kept or "not ended")


def test_values_in_a_text_are_escaped() -> None:
    assert "<b>" not in Speech("en")("sentence.words", value="<b>")


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ("gone-since:2024-01-02", "2024-01-02"),
        ("several-pages", ""),
        ("told-by-frame", ""),
        ("pages-missing:2, 3 / 4", "2, 3 / 4"),
        ("mirror: 银河 may stand for a name in text", "银河"),
        ("official host: www.a.cn (named by the copyright line)", "www.a.cn"),
    ],
)
def test_what_should_be_looked_at_is_said_in_either_language(flag: str, words: str) -> None:
    english, chinese = Speech("en").flag(flag), Speech("zh").flag(flag)
    assert words in english
    assert words in chinese
    assert re.search("[\u4e00-\u9fff]", chinese.replace(words, ""))
    assert " " in english


def test_a_language_is_called_by_its_name() -> None:
    assert Speech("en").tongue("zh") == "Chinese"
    assert Speech("zh").tongue("zh") == "中文"
    assert Speech("zh").tongue("??") == "??"
    assert Speech("en").tongue(None) is None


def _reasons() -> set[tuple[str, str]]:
    """Every rule with its evidence by which the program's own text says that lines are left out."""
    found: set[tuple[str, str]] = set()
    for path in Path(archive.cleaning.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = node.elts if isinstance(node, ast.Tuple) else []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                parts = node.args[1:] if node.func.attr == "remove" else []
            told = [part.value for part in parts if isinstance(part, ast.Constant)]
            if len(told) == len(parts) == 2 and re.fullmatch("[a-z]+(-[a-z]+)*", str(told[0])):
                found.add((str(told[0]), str(told[1])))
    return {(rule, why) for rule, why in found if " " in why and rule != "icp"}


def test_every_reason_for_leaving_out_a_line_has_words_in_both_languages() -> None:
    reasons = _reasons()
    assert len(reasons) > 25
    assert {rule for rule, _ in reasons if f"rule.{rule}" not in TEXTS} == set()
    assert {why for _, why in reasons if re.search("[A-Za-z]", in_chinese(why))} == set()
    assert in_chinese("in an element named newsletter") == "在名为 newsletter 的元素中"


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("通知", None, "zh"),
        ("", None, ""),
        (None, None, ""),
        ("The annual meeting was held in May in Guangzhou", None, "en"),
        ("ندوة علمية حول الرواسب العميقة", None, ""),
        ("ندوة علمية", "ar", "ar"),
    ],
)
def test_no_language_is_claimed_that_is_not_told(
    text: str | None, known: str | None, expected: str
) -> None:
    assert tongue(text, known) == expected
