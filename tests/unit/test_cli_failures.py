"""Whatever goes wrong: one line that says what to do, a truthful exit code, no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from archive.cli import main
from archive.cli.group import BUILT_IN
from archive.runs.stopping import stoppable
from archive.store import open_archive
from tests import forkserver
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction

_ENVIRONMENT = os.environ | {"PALIMPSEST_LANG": "en", "PYTHONUTF8": "1"}
_PALIMPSEST = [sys.executable, "-c", "import sys; from archive.cli import main; sys.exit(main())"]
SECONDS = 180


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    monkeypatch.delenv("PALIMPSEST_DATA", raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    with open_archive(place, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        long = extraction("很长的正文。" * 2_000)
        archive.store.replace_articles(SITE, (article(f"{n:03d}", long) for n in range(60)))
    return place


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return forkserver.run([*_PALIMPSEST, *arguments], _ENVIRONMENT, timeout=SECONDS)


@pytest.mark.parametrize("address", ["mysql://a/b", "palimpsest.db"])
def test_what_is_no_address_of_a_database_is_not_asked(address: str) -> None:
    # In a process of its own: the option is for everything that the process does.
    done = run("search", "党", "--database", address)
    assert done.returncode == 78
    assert "write postgresql://" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["search", "党"], 73, "palimpsest crawl"),
        (["show", "x"], 73, "palimpsest crawl"),
        (["runs", "list"], 73, "palimpsest crawl"),
        (["nosuch"], 64, "nosuch"),
        (["search"], 64, "QUERY"),
        (["search", "党", "--limit", "-1"], 64, "--limit"),
        (["search", "党", "--from", "yesterday"], 64, "2010-12-09"),
        (["search", "党", "--from", "9" * 40], 64, "2010-12-09"),
        (["search", "党", "--limit", "many"], 64, "'many' is not a whole number."),
        (["search", "党", "--nosuch"], 64, "--nosuch"),
        (["search", "党", "--data", ""], 64, "the path is empty"),
        (["--data", "", "search", "党"], 64, "the path is empty"),
        (["crawl", "http://127.0.0.1:1/", "--data", ""], 64, "the path is empty"),
        (["backfill", "", "--site", "x"], 64, "the path is empty"),
        (["backfill", "x.warc", "--site", ""], 64, "'--site': nothing was given"),
        (["crawl", "http://127.0.0.1:1/", "--mirror", ""], 64, "'--mirror': nothing was given"),
        (["clean", "--site", ""], 64, "'--site': nothing was given"),
        (["search", "党", "--branch", ""], 64, "'--branch': nothing was given"),
        (["runs", "compare", "1", "2", "3"], 73, "palimpsest crawl"),
        (["clean", "--reindex", "--site", "x"], 64, "leave --site out"),
        (["serve", "--origin", "www.example.ac.cn"], 64, "write https://host"),
        (["serve", "--replay-origin", "https://x.cn/; script-src *"], 64, "write https://host"),
        (["serve", "--name", "http://archive.example.ac.cn/"], 64, "without http://"),
        (["serve", "--contact", "the archivist"], 64, "archive@example.ac.cn"),
        (["export", "--format", "xls"], 64, "xls"),
        (["runs", "show", "one"], 64, "one"),
        (["search", "a\udc80b"], 64, "'a\\udc80b' is not utf-8"),
        (["search", "a", "--branch", "\udcb5"], 64, "--branch"),
        (["export", "\udcb5"], 64, "QUERY"),
        (["show", "\udcb5"], 64, "ID|URL"),
        (["crawl", "http://\udcb5/"], 64, "URL"),
        (["mirrors", "show", "\udcb5"], 64, "utf-8"),
    ],
)
def test_a_failure_is_one_line_and_a_truthful_code(
    arguments: list[str],
    code: int,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    answer = capsys.readouterr()
    assert answer.out == ""
    assert answer.err.startswith("palimpsest: ")
    assert answer.err.count("\n") == 1
    assert words in answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "meant", "help"),
    [
        (["nigtly"], "Did you mean 'nightly'?", "palimpsest --help"),
        (["serch", "党"], "Did you mean 'search'?", "palimpsest --help"),
        (["runs", "lst"], "Did you mean 'list'?", "palimpsest runs --help"),
        (["search", "--branhc", "x", "党"], "Did you mean '--branch'?", "palimpsest search --help"),
    ],
)
def test_what_is_misspelt_gets_a_suggestion(
    typed: list[str],
    meant: str,
    help: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(typed) == 64
    said = capsys.readouterr().err
    assert meant in said
    assert f"`{help}`" in said
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    assert main(typed) == 64
    assert "是否要用" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_every_built_in_command_is_there(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert "--help" in capsys.readouterr().out


def test_the_unexpected_is_one_line_with_a_hint(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr("archive.search.search", broken)
    assert main(["search", "党", "--data", str(data)]) == 1
    plain = capsys.readouterr().err
    assert plain.count("\n") == 1
    assert "nobody thought of this" in plain
    assert "--debug" in plain
    assert main(["--debug", "search", "党", "--data", str(data)]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_has_had_enough_is_no_error(data: Path) -> None:
    with subprocess.Popen(
        [*_PALIMPSEST, "export", "--data", str(data)],
        env=_ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        said = child.stderr.read()
        assert child.wait(SECONDS) == 0
    assert said == b""


def test_an_interrupt_is_one_line_and_130(tmp_path: Path) -> None:
    code = textwrap.dedent(
        """
        import signal, sys, time
        import archive.store
        from archive.cli import main
        # Whoever starts the tests in the background has them start with the signal ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        def waiting(*_, **__):
            print("waiting", flush=True)
            time.sleep(60)
        archive.store.open_archive = waiting
        sys.exit(main(["runs", "list"]))
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env=_ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline() == b"waiting\n"
        child.send_signal(signal.SIGINT)
        said = child.stderr.read().decode()
        assert child.wait(SECONDS) == 130
    assert said.strip() == "palimpsest: stopped by the user"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_second_signal_ends_the_work_with_its_own_code(
    number: signal.Signals, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        with stoppable() as stop:
            signal.raise_signal(number)
            assert stop.signal is number
            signal.raise_signal(number)

    monkeypatch.setattr("archive.search.search", stopped)
    assert main(["search", "党", "--data", str(data)]) == 128 + number


def run_code(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        env=_ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.mark.parametrize("module", ["archive.cli.program", "click", "archive.cli.runs_command"])
def test_an_interrupt_while_the_program_is_loaded_is_one_line_and_130(module: str) -> None:
    code = f"""
        import os, signal, sys
        class Pressed:
            def find_spec(self, name, path=None, target=None):
                if name == {module!r}:
                    os.kill(os.getpid(), signal.SIGINT)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.meta_path.insert(0, Pressed())
        from archive.cli import main
        sys.exit(main())
        """
    done = run_code(code, "runs", "list")
    assert (done.returncode, done.stderr.strip()) == (130, "palimpsest: stopped by the user")


def test_an_interrupt_while_the_program_is_taken_down_says_nothing() -> None:
    code = """
        import atexit, os, signal, sys
        from archive.cli import main
        signal.signal(signal.SIGINT, signal.default_int_handler)
        atexit.register(os.kill, os.getpid(), signal.SIGINT)
        sys.exit(main())
        """
    done = run_code(code, "--version")
    assert (done.returncode, done.stderr) == (-signal.SIGINT, "")


@pytest.mark.parametrize("form", ["parquet", "warc", "wacz"])
def test_what_is_no_text_is_not_written_to_a_terminal(
    form: str, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["export", "--format", form, "--data", str(data)]) == 64
    answer = capsys.readouterr()
    assert (answer.out, answer.err.count("\n")) == ("", 1)
    assert "--output" in answer.err


def test_a_full_standard_output_is_a_full_disk(data: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*_PALIMPSEST, "search", "正文", "--data", str(data)],
            env=_ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    assert done.returncode == 74
    assert "no room left where standard output goes" in done.stderr.splitlines()[-1]


def test_searching_loads_no_crawler(data: Path) -> None:
    code = (
        "import sys; from archive.cli import main; code = main(sys.argv[1:])\n"
        "print([name for name in ('scrapy', 'twisted', 'alembic') if name in sys.modules])\n"
        "sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "search", "正文", "--limit", "1", "--data", str(data)]
    done = subprocess.run(
        command, env=_ENVIRONMENT, capture_output=True, text=True, timeout=SECONDS, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_store_that_is_none_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "palimpsest.db").write_bytes(b"not a database at all" * 50)
    done = run("runs", "list", "--data", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (76, "", 1)
    assert "not a store" in done.stderr
