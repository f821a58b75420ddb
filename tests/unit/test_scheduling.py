"""The timer: units that systemd takes, written for the user, shown and taken away again."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.cli import main
from archive.cli.options import DATABASE_VARIABLE
from archive.cli.schedule_command import EXIT_NOT_STARTED
from archive.errors import UsageError
from archive.scheduling.units import Schedule, cron_line, units

ROOT = Path(__file__).resolve().parents[2]
MOST_EXPOSED = 15
"""Of 100: where systemd says "OK" up to about 40."""
PROGRAM = Path(sys.executable).with_name("palimpsest")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    # No test may touch the timers of whoever runs it.
    monkeypatch.setenv("PATH", str(tmp_path / "no programs"))
    return tmp_path / "config" / "systemd" / "user"


@pytest.mark.parametrize("for_machine", [False, True])
def test_systemd_finds_nothing_wrong_with_the_units(
    for_machine: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("there is no systemd-analyze")
    data = tmp_path / "with 50%z $HOME and space"
    data.mkdir()
    made = units(Schedule(PROGRAM, data, "23:45", for_machine))
    for name, text in made.items():
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        [analyze, "verify", "--man=no", *(str(tmp_path / name) for name in made)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "palimpsest" in line]
    assert ours == []


def test_systemd_rates_the_service_of_the_machine_as_hardly_exposed() -> None:
    analyze = shutil.which("systemd-analyze", path=os.defpath)
    if analyze is None:
        pytest.skip("there is no systemd-analyze")
    service = ROOT / "scripts" / "systemd" / "palimpsest.service"
    done = subprocess.run(
        [analyze, "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", str(service)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze rates only what runs")
    assert done.returncode == 0, done.stdout[-300:] + done.stderr


def test_a_folder_of_any_name_is_the_same_one_in_every_line_of_the_unit(tmp_path: Path) -> None:
    data = Path("/srv/50%z $HOME")
    lines = units(Schedule(PROGRAM, data))["palimpsest.service"].splitlines()
    escaped = "/srv/50%%z "
    assert f'ReadWritePaths="-{escaped}$HOME"' in lines
    assert f"EnvironmentFile=-{escaped}$HOME/environment" in lines
    assert f'ExecStart={PROGRAM} nightly --data "{escaped}$$HOME"' in lines


def test_the_service_may_write_nowhere_else_and_makes_up_for_a_missed_night() -> None:
    made = units(Schedule(PROGRAM, Path("/srv/archive"), "02:00"))
    service = made["palimpsest.service"].splitlines()
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        # ProtectSystem leaves homes out, and is nothing in a user's service without PrivateUsers.
        "ProtectHome=read-only",
        "PrivateUsers=yes",
        "ReadWritePaths=-/srv/archive",
        "OnFailure=palimpsest-failure.service",
    ):
        assert line in service
    assert "Persistent=true" in made["palimpsest.timer"].splitlines()


def test_night_and_notice_of_the_machine_are_one_user_who_stays() -> None:
    made = units(Schedule(PROGRAM, Path("/var/lib/palimpsest"), "02:00", True))
    for name in ("palimpsest.service", "palimpsest-failure.service"):
        lines = made[name].splitlines()
        assert "User=palimpsest" in lines
        assert "StateDirectory=palimpsest" in lines
        assert not any(line.startswith("DynamicUser") for line in lines)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("/tmp/archive", "BindPaths=-/tmp/archive"),
        ("/var/tmp/archive", "BindPaths=-/var/tmp/archive"),
        ("/tmpfiles/archive", "ReadWritePaths=-/tmpfiles/archive"),
    ],
)
def test_an_archive_in_a_folder_that_services_have_for_themselves_is_shown_to_it(
    data: str, line: str
) -> None:
    assert line in units(Schedule(PROGRAM, Path(data)))["palimpsest.service"].splitlines()


def test_the_units_of_the_machine_are_in_the_repository_as_they_are_made() -> None:
    made = units(
        Schedule(Path("/opt/palimpsest/bin/palimpsest"), Path("/var/lib/palimpsest"), "02:00", True)
    )
    folder = ROOT / "scripts" / "systemd"
    assert {path.name: path.read_text() for path in folder.iterdir()} == made


@pytest.mark.parametrize("at", ["24:00", "2", "02:60", "02:00\nExecStart=/bin/sh"])
def test_what_is_no_time_of_day_is_refused(at: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="02:00"):
        Schedule(PROGRAM, tmp_path, at)


@pytest.mark.parametrize("name", ["a\nExecStartPre=evil", "a\rb", "\udcb5"])
def test_a_path_that_a_unit_cannot_hold_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="plain path"):
        Schedule(tmp_path / "palimpsest", tmp_path / name)
    assert Schedule(tmp_path / "palimpsest", tmp_path / "全\u3000角")


def test_the_cron_line_is_one_that_a_shell_understands(tmp_path: Path) -> None:
    line = cron_line(Schedule(PROGRAM, tmp_path / "a b%", "2:05"))
    assert line.startswith("5 2 * * * ")
    assert "\\%" in line
    words = shlex.split(line.replace("\\%", "%"))
    assert words[5:9] == [str(PROGRAM), "nightly", "--data", str(tmp_path / "a b%")]


def test_so_many_sites_at_a_time_are_asked_for_wherever_the_night_is() -> None:
    for jobs, words in ((1, "nightly --data /srv/a"), (8, "nightly --jobs 8 --data /srv/a")):
        schedule = Schedule(PROGRAM, Path("/srv/a"), jobs=jobs)
        assert f"ExecStart={PROGRAM} {words}\n" in units(schedule)["palimpsest.service"]
        assert f"{PROGRAM} {words} >>" in cron_line(schedule)


def test_install_show_and_remove(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(tmp_path / "data")
    assert main(["schedule", "install", "--at", "03:30", "--data", data]) == EXIT_NOT_STARTED
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 3
    assert "30 3 * * *" in said.err
    assert "OnCalendar=*-*-* 03:30:00" in (home / "palimpsest.timer").read_text()
    assert main(["schedule", "show", "--data", data]) == 0
    assert str(home / "palimpsest.timer") in capsys.readouterr().err
    assert main(["schedule", "remove", "--data", data]) == 0
    assert list(home.iterdir()) == []
    assert main(["schedule", "remove", "--data", data]) == 66
    assert not (tmp_path / "data").exists()


def test_the_timer_of_another_archive_is_not_overwritten(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = str(tmp_path / "one %"), str(tmp_path / "two")
    assert main(["schedule", "install", "--data", one]) == EXIT_NOT_STARTED
    again = ["schedule", "install", "--data", one, "--at", "04:00"]
    assert main(again) == EXIT_NOT_STARTED
    capsys.readouterr()
    assert main(["schedule", "install", "--data", two]) == 64
    assert "the timer of another archive is installed" in capsys.readouterr().err
    assert "one %%" in (home / "palimpsest.service").read_text()
    assert "OnCalendar=*-*-* 04:00:00" in (home / "palimpsest.timer").read_text()
    assert main(["schedule", "remove", "--data", two]) == 0
    assert main(["schedule", "install", "--data", two]) == EXIT_NOT_STARTED


def test_the_timer_asks_the_database_that_the_archive_has(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "postgresql://reader@db.example/50%25"
    monkeypatch.setenv(DATABASE_VARIABLE, url)
    assert main(["schedule", "install", "--data", str(tmp_path / "data")]) == EXIT_NOT_STARTED
    line = f"Environment={DATABASE_VARIABLE}={url.replace('%', '%%')}"
    for name in ("palimpsest.service", "palimpsest-failure.service"):
        assert line in (home / name).read_text().splitlines()
    words = shlex.split(capsys.readouterr().err.split("for cron: ")[1].replace("\\%", "%"))
    assert f"{DATABASE_VARIABLE}={url}" in words[5:]


@pytest.mark.parametrize("query", ["reader:secret@db.example/x", "/x?host=db&password=secret"])
def test_a_password_gets_into_no_unit(
    query: str,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, f"postgresql://{query}")
    command = ["schedule", "install", "--data", str(tmp_path)]
    assert main(command) == 64
    said = capsys.readouterr().err
    assert str(tmp_path / "environment") in said
    assert "secret" not in said
    assert not home.exists()
    (tmp_path / "environment").write_text(f"{DATABASE_VARIABLE}=postgresql://{query}\n")
    assert main(command) == EXIT_NOT_STARTED
    assert "secret" not in (home / "palimpsest.service").read_text()


def _systemd(folder: Path, monkeypatch: pytest.MonkeyPatch, refused: str) -> None:
    """A systemd that takes everything, and runs nothing that has ``refused`` in its command."""
    folder.mkdir()
    for name in ("systemctl", "systemd-run"):
        program = folder / name
        program.write_text(f'#!/bin/sh\ncase "$*" in *{refused}*) exit 226;; esac\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(
    ("refused", "confined"),
    [("PrivateUsers=yes", False), ("--version", True), ("nothing-of-this", True)],
)
def test_a_machine_that_gives_no_view_of_its_own_gets_units_that_run(
    refused: str,
    confined: bool,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _systemd(tmp_path / "bin", monkeypatch, refused)
    assert main(["schedule", "install", "--data", str(tmp_path / "data")]) == 0
    lines = (home / "palimpsest.service").read_text().splitlines()
    assert ("PrivateUsers=yes" in lines) is confined
    assert ("ProtectSystem=strict" in lines) is confined
    assert "NoNewPrivileges=yes" in lines
    assert ("no view of the files" in capsys.readouterr().err) is not confined


def test_a_timer_that_systemd_started_is_0(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr("archive.cli.schedule_command.systemctl", lambda *a: asked.append(a))
    assert main(["schedule", "install", "--data", str(tmp_path / "data")]) == 0
    assert asked == [("daemon-reload",), ("enable", "--now", "palimpsest.timer")]
    assert len(list(home.iterdir())) == 3
