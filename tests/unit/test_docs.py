"""What the READMEs tell people to type exists."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from archive import errors
from archive.cli import main

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ("runs", "sites", "mirrors", "schedule", "replay-assets", "selftest", "access", "queries")
DOCS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md"))
DECISIONS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs/adr").glob("*.md"))
READMES = ("README.md", "README.zh-CN.md")


def commands(page: str) -> list[list[str]]:
    """The command lines of the sh blocks, without comments."""
    text = (ROOT / page).read_text(encoding="utf-8").replace("\\\n", " ")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


@pytest.mark.parametrize("page", READMES)
def test_a_script_that_is_named_can_be_run(page: str) -> None:
    scripts = {words[0] for words in commands(page) if words[0].startswith("./")}
    assert {"./scripts/crawl", "./scripts/test"} <= scripts
    assert [s for s in scripts if not (ROOT / s).stat().st_mode & 0o111] == []


@pytest.mark.parametrize("page", [*READMES, *DOCS])
def test_a_command_that_is_named_has_the_options_it_is_given(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    named = [words[1:] for words in commands(page) if words[0].endswith("palimpsest")]
    assert page in DOCS or len(named) > 5
    for words in named:
        command = words[:2] if words[0] in GROUPS else words[:1]
        assert main([*command, "--help"]) == 0, words
        told = capsys.readouterr().out
        for option in (word.partition("=")[0] for word in words if word.startswith("--")):
            assert option in told, (words, option)


def test_both_readmes_have_the_same_commands_in_the_same_order() -> None:
    assert commands(READMES[0]) == commands(READMES[1])


def links(page: str) -> list[Path]:
    """What the page links to in this repository."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    return [((ROOT / page).parent / one).resolve() for one in found if "://" not in one]


MEASURED = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("benchmarks/*/MEASURED.md"))
LINKING = (*READMES, "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md", *DOCS, *DECISIONS, *MEASURED)


@pytest.mark.parametrize("page", LINKING)
def test_a_page_that_is_linked_is_there(page: str) -> None:
    assert [link for link in links(page) if not link.exists()] == []


def test_every_decision_is_listed_once_with_its_state() -> None:
    listed = re.findall(
        r"(?m)^\| \[(\d+)\]\((\d{4}-[a-z0-9-]+\.md)\) \| [^|]+ \| \S[^|]+ \|$",
        (ROOT / "docs/adr/README.md").read_text(encoding="utf-8"),
    )
    assert sorted(f"docs/adr/{page}" for _, page in listed) == [
        page for page in DECISIONS if not page.endswith("README.md")
    ]
    assert [page for number, page in listed if int(number) != int(page[:4])] == []


def test_each_invariant_names_tests_that_are_there() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = page.partition("## Invariants")[2].partition("\n## ")[0]
    stated = re.findall(r"(?m)^(\d)\. \*\*", section)
    held = dict(re.findall(r"(?m)^\| (\d) \| (.*) \|$", section))
    assert list(held) == stated
    for tests in held.values():
        named = re.findall(r"`(tests/[a-z_/]+\.py)::(test_\w+)`", tests)
        assert named
        for path, test in named:
            assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), test


def test_what_the_map_of_the_program_names_is_there() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(
        re.findall(r"`((?:\./)?(?:archive|crawler|docs|scripts|spiders|tests)/[^`: ]*)`", page)
    )
    assert len(named) > 50
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
    inside = set(re.findall(r"\b(archive(?:\.[a-z_]+)+)\b", page))
    assert len(inside) > 4
    assert sorted(name for name in inside if not _is_there(name)) == []


def _is_there(name: str) -> bool:
    """Whether it is a module, or something in one."""
    try:
        import_module(name)
    except ModuleNotFoundError:
        module, _, member = name.rpartition(".")
        return hasattr(import_module(module), member)
    return True


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_leads_to_every_page_of_the_docs(readme: str) -> None:
    assert {ROOT / page for page in DOCS} - set(links(readme)) == set()


def test_the_tree_of_errors_is_drawn_whole() -> None:
    raised = {name for name in vars(errors) if name.endswith("Error")}
    assert len(raised) > 15
    assert [name for name in sorted(raised) if name not in (errors.__doc__ or "").split()] == []
