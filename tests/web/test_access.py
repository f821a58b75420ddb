"""Who may enter: a secret of the file opens the room, nothing else does, and none is kept."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner

from archive.cli import main
from archive.cli.access_command import access
from archive.errors import ConfigurationError, UsageError
from archive.store import Archive
from archive.web import Settings
from archive.web.access import FAILURES_PER_MINUTE, AccessList, add_token, add_user
from archive.web.counting import WINDOW_S, Counters
from tests.web.serving import Served, serving

PASSWORD = "读者的 密码:1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "access"
    add_user(path, "reader", PASSWORD)
    return path


@pytest.fixture
def clock() -> list[float]:
    """One number: the seconds since the epoch."""
    return [0.0]


@pytest.fixture
def closed(archive: Archive, file: Path, clock: list[float]) -> Iterator[tuple[Served, str]]:
    token = add_token(file, "harvester")
    counters = Counters(clock=lambda: clock[0])
    settings = Settings(rate=0, access=AccessList.read(file), counters=counters)
    with serving(archive, settings) as served:
        yield served, token


def _basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}


def test_a_password_or_a_token_opens_every_page(closed: tuple[Served, str]) -> None:
    room, token = closed
    for headers in (_basic("reader", PASSWORD), {"Authorization": f"Bearer {token}"}):
        for path in ("/", "/article/a1", "/oai?verb=Identify", "/static/style.css"):
            assert room.get(path, headers).status == 200
    assert room.get("/", _basic("reader", PASSWORD)).status == 200


def test_without_a_right_secret_nothing_is_told(closed: tuple[Served, str]) -> None:
    room, token = closed
    for path in ("/", "/article/a1", "/api/v1/articles", "/kept?site=institute", "/nothing"):
        answer = room.get(path)
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Basic")
        assert answer.headers["x-frame-options"] == "DENY"
    wrong = (
        _basic("reader", "x"),
        _basic("nobody", PASSWORD),
        _basic("", ""),
        {"Authorization": "Basic %%%"},
        {"Authorization": "Basic"},
        {"Authorization": f"Bearer {token}x"},
        {"Authorization": f"Digest {token}"},
    )
    assert [room.get("/", headers).status for headers in wrong] == [401] * len(wrong)


def test_a_guesser_is_stopped_and_the_right_secret_waits_with_him(
    closed: tuple[Served, str], clock: list[float]
) -> None:
    room, token = closed
    right = {"Authorization": f"Bearer {token}"}
    many = FAILURES_PER_MINUTE + 5
    tries = [room.get("/", {"Authorization": f"Bearer {n}"}).status for n in range(many)]
    assert tries == [401] * FAILURES_PER_MINUTE + [429] * 5
    assert room.get("/", right).status == 429
    clock[0] += WINDOW_S
    assert room.get("/", right).status == 200


def test_the_file_keeps_hashes_only_and_is_its_owners(file: Path) -> None:
    token = add_token(file, "one")
    text = file.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert token not in text
    assert file.stat().st_mode & 0o077 == 0
    add_user(file, "reader", "another")
    assert file.read_text(encoding="utf-8").count("user reader ") == 1


@pytest.mark.parametrize("line", ["user reader plain", "token t sha256:zz", "hello", "user a"])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "access"
    path.write_text(f"# who\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="line 2"):
        AccessList.read(path)


def test_a_file_that_lets_nobody_in_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "access"
    with pytest.raises(ConfigurationError, match="cannot be read"):
        AccessList.read(path)
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="nobody"):
        AccessList.read(path)
    with pytest.raises(UsageError, match="no name"):
        add_user(path, "a b", "x")


@pytest.mark.parametrize("kind", ["user", "token"])
def test_what_is_no_name_is_refused_before_a_password_is_asked_for(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "access"
    assert main(["access", kind, "", "--file", str(file)]) == UsageError.exit_code
    assert "1 to 64 letters" in capsys.readouterr().err
    assert not file.exists()


def test_only_the_file_that_was_named_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "access"
    with pytest.raises(ConfigurationError) as refused:
        add_token(path, "t")
    line = f"the access file {path} cannot be written: No such file or directory"
    assert str(refused.value) == line
    binary = tmp_path / "access"
    binary.write_bytes(b"\xff\xfe")
    for ask in (lambda: AccessList.read(binary), lambda: add_token(binary, "t")):
        with pytest.raises(ConfigurationError, match="not UTF-8 text"):
            ask()
    assert list(tmp_path.iterdir()) == [binary]


@pytest.mark.parametrize("content", ["hello\n", "alias ll='ls -l'\n"])
def test_what_is_no_access_file_is_left_as_it_is(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes"
    file.write_text(content, encoding="utf-8")
    assert main(["access", "token", "t", "--file", str(file)]) == 78
    assert "line 1: neither a user nor a token" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == content
    assert list(tmp_path.iterdir()) == [file]


def test_a_device_is_no_access_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["access", "token", "t", "--file", "/dev/zero"]) == 78
    assert "/dev/zero cannot be written: not a file" in capsys.readouterr().err


@pytest.mark.parametrize(("typed", "code"), [("se cret\r\nmore\n", 0), ("", 64), ("\n", 64)])
def test_a_password_may_be_handed_on_without_a_terminal(
    typed: str, code: int, tmp_path: Path
) -> None:
    path = tmp_path / "access"
    program = "import sys; from archive.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "access", "user", "reader", "--file", str(path)],
        input=typed,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (code, 1)
    assert "Warning" not in done.stderr
    if code == 0:
        PasswordHasher().verify(AccessList.read(path).users["reader"], "se cret")


def test_a_room_others_can_reach_asks_for_the_file(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["serve", "--data", str(archive.data), "--host", "0.0.0.0", "--port", "0"])
    assert code == 64
    assert "--access" in capsys.readouterr().err


def test_the_commands_make_a_file_that_opens_the_room(tmp_path: Path) -> None:
    path = tmp_path / "access"
    asked = CliRunner().invoke(
        access, ["user", "reader", "--file", str(path)], input=f"{PASSWORD}\n{PASSWORD}\n"
    )
    assert asked.exit_code == 0
    made = CliRunner().invoke(access, ["token", "t", "--file", str(path)])
    allowed = AccessList.read(path)
    assert set(allowed.users) == {"reader"}
    assert len(allowed.tokens) == 1
    assert len(made.stdout.split()[0]) > 40


def test_another_name_for_the_room_must_be_given(archive: Archive) -> None:
    with serving(archive, Settings(hosts=("archive.a.cn",), rate=0)) as served:
        assert served.get("/", {"Host": "archive.a.cn"}).status == 200
        assert served.get("/", {"Host": "other.a.cn"}).status == 421
