"""The command line speaks both languages, whole."""

from __future__ import annotations

import ast
import errno
import re
from pathlib import Path

import pytest

import archive.cli
from archive.cli import main
from archive.errors import DataDirectoryError
from archive.messages.catalogue import ANYWHERE, MESSAGES
from archive.messages.column_texts import COLUMNS
from archive.messages.help_texts import HELP
from archive.messages.language import explained, language, said, say, translate
from archive.messages.reading_texts import READING
from archive.messages.serving_texts import SERVING
from archive.messages.wording import ONE
from archive.messages.working_texts import WORKING
from archive.model import Capture
from archive.store import open_archive
from archive.warc import WarcWriter
from archive.warc.storage import storage_errors
from crawler.language import CHINESE
from tests.unit.error_shapes import sentences
from tests.unit.store_sample import INSTITUTE, NOON

_FIELDS = re.compile(r"\{[^{}]*\}")
_ROOT = Path(archive.cli.__file__).parents[2]


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_a_message_is_there_in_both_languages_with_the_same_values(key: str) -> None:
    message = MESSAGES[key]
    assert set(message) - {ONE} == {"en", "zh"}
    values = _values(message["en"])
    assert all(_values(message[form]) == values for form in (ONE, "zh") if form in message)
    chosen = re.findall(r"\{(\w+):[^{}]*\|", message["en"])
    assert all(any(one.startswith(f"{{{name}") for one in values) for name in chosen)
    assert message["en"].strip()
    assert re.search("[\u4e00-\u9fff：]", message["zh"])


def _values(text: str) -> list[str]:
    """The values that a text wants, without the words that a count chooses."""
    return sorted(field for field in _FIELDS.findall(text) if "|" not in field)


def test_a_message_stands_in_one_table_alone() -> None:
    tables = (HELP, COLUMNS, ANYWHERE, READING, WORKING, SERVING)
    assert sum(map(len, tables)) == len(MESSAGES)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "PALIMPSEST_LANG": "zh"}, "zh"),
        ({"LANG": "zh_TW", "LC_ALL": ""}, "zh"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_the_language_is_that_of_the_environment(
    environment: dict[str, str], expected: str
) -> None:
    assert language(environment) == expected


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [("en", 1, "1 run"), ("en", 0, "0 runs"), ("en", 21, "21 runs"), ("zh", 1, "共 1 次运行")],
)
def test_one_is_said_in_the_singular(
    monkeypatch: pytest.MonkeyPatch, language: str, count: int, expected: str
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", language)
    assert say("runs.count", count=count) == expected


def test_messages_are_said_in_the_language_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert say("runs.count", count=3) == "共 3 次运行"
    assert said("option.site") == "只限此网站。"
    assert said("not a key") == "not a key"
    assert translate("Try next:") == "接下来可试："
    assert translate("never heard of") == "never heard of"
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    assert translate("Try next:") == "Try next:"


def _spoken() -> list[tuple[str, str, str]]:
    """Every literal that any room hands to ``say``, ``_`` (translate) or an option's help."""
    found = []
    for room in ("archive", "crawler"):
        for path in sorted((_ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                    first = node.args[0]
                    if (
                        node.func.id in ("say", "_")
                        and isinstance(first, ast.Constant)
                        and isinstance(first.value, str)
                    ):
                        found.append((path.name, node.func.id, first.value))
    return found


def test_everything_that_is_said_is_in_the_table() -> None:
    english = {message["en"] for message in MESSAGES.values()} | set(CHINESE)
    spoken = _spoken()
    missing = [
        (where, text)
        for where, how, text in spoken
        if text not in (MESSAGES if how == "say" else english)
    ]
    assert len(spoken) > 20
    assert missing == []


@pytest.mark.parametrize(("text", "where"), sorted(sentences().items()))
def test_whatever_goes_wrong_is_said_in_chinese_too(
    text: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    said = explained(text.replace("{}", "X1"))
    assert re.search("[\u4e00-\u9fff]", said), where
    assert said.count("X1") == text.count("{}"), where
    assert not re.search("[a-z]{3,} [a-z]{3,} [a-z]{3,}", re.sub(r"`[^`]*`|'[^']*'", "", said))


def test_a_reason_within_a_sentence_is_said_in_the_same_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = "/a b/x.warc.gz at byte 7: the gzip member is cut short"
    assert explained(line) == line
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert explained(line) == "/a b/x.warc.gz 第 7 字节处：gzip 成员不完整"
    assert explained("cannot write in /d: Permission denied") == "无法写入 /d：权限不足"
    with pytest.raises(DataDirectoryError) as failed, storage_errors(Path("/d")):
        raise PermissionError(errno.EACCES, "Permission denied")
    assert explained(str(failed.value)) == (
        "无法写入 /d：权限不足；请检查其权限和所在磁盘，再次运行即可继续"
    )
    assert explained("whatever {} a page says") == "whatever {} a page says"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["serch"], "没有名为 'serch' 的命令"),
        (["search"], "缺少参数 'QUERY'"),
        (["search", "党", "--limit", "-1"], "'--limit' 的值不对：-1 不在 x>=0 之内"),
        (["search", "党", "--limit", "x"], "'--limit' 的值不对：'x' 不是整数"),
        (["search", "党", "--limit"], "选项 '--limit' 需要一个值"),
        (["search", "党", "--formt", "x"], "没有名为 '--formt' 的选项"),
        (["runs", "show", "1", "b"], "多余的参数：b"),
        (["runs"], "列出、查看"),
        (["runs", "--nosuch"], "没有名为 '--nosuch' 的选项"),
    ],
)
def test_what_was_typed_wrongly_is_said_in_chinese(
    typed: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert main(typed) == 64
    told = capsys.readouterr().err
    assert said in told
    assert "Usage" not in told


def test_each_count_of_a_line_has_its_own_singular(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    one = say("verify.done", records=1, files="1", captures=1_000)
    assert one == "1 record of 1 file and 1000 captures of the store agree"
    many = say("verify.done", records="1,001", files=0, captures=2)
    assert many == "1,001 records of 0 files and 2 captures of the store agree"
    assert say("search.total", shown=1, total=1) == "1 of 1 article"
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert "|" not in say("verify.done", records=1, files=1, captures=1)


def _advices() -> list[str]:
    """What is told beside an error of either database, and of an index that differs."""
    rooms = ("postgres", "engine", "index/embedded", "index/database")
    paths = (_ROOT / f"archive/store/{name}.py" for name in rooms)
    tables = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    found = []
    for node in (one for table in tables for one in ast.walk(table)):
        if isinstance(node, ast.Tuple) and len(node.elts) > 1:
            found.append(node.elts[-1])
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Difference":
            found.append(node.args[-1])
    texts = {one.value for one in found if isinstance(one, ast.Constant)}
    return sorted(one for one in texts if isinstance(one, str) and one.count(" ") > 1)


@pytest.mark.parametrize("advice", _advices())
def test_what_to_do_about_a_database_is_said_in_chinese_too(
    advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert re.search("[\u4e00-\u9fff]", explained(advice)), advice


def test_a_site_that_is_not_there_is_named_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
    assert main(["search", "党", "--site", "nosuch", "--data", str(tmp_path / "data")]) == 66
    assert "没有名为 'nosuch' 的网站；已有：institute" in capsys.readouterr().err


def test_captures_that_no_file_gives_are_named_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n"
    data, answer = str(tmp_path / "data"), head + b"<p>ok</p>"
    with WarcWriter(tmp_path / "old", prefix="t") as writer:
        writer.write(Capture("http://www.a.cn/1", NOON, b"", answer))
    assert main(["backfill", str(tmp_path / "old"), "--site", "institute", "--data", data]) == 0
    for file in (tmp_path / "old").glob("*.gz"):
        file.unlink()
    capsys.readouterr()
    output = ["--format", "warc", "-o", str(tmp_path / "out.warc.gz")]
    for command in (["export", *output], ["clean"]):
        assert main([*command, "--data", data]) == 65
        told = capsys.readouterr().err.splitlines()
        assert told
        assert all(re.search("[\u4e00-\u9fff]", line) for line in told), told
