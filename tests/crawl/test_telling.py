"""Who is told of a run: by a letter through a mail server that is really there."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from archive.cli import main
from archive.model import Site
from archive.profiles import add_profile
from archive.runs import telling
from archive.runs.facts import Facts, facts_of
from archive.runs.publishing import publish
from archive.store import open_archive
from tests.crawl.hook import webhook
from tests.crawl.mailbox import LOOPBACK, Mailbox, mailbox, make_certificate
from tests.crawl.reports import REPORT
from tests.crawl.server import links, served
from tests.unit.backfill_samples import html

LONG_SECONDS = 15.0
"""Less than the silence that is waited for."""
PASSWORD = "only-in-the-environment"


def problems(data: Path, facts: Facts, environment: dict[str, str]) -> tuple[str, ...]:
    return publish(data, facts, environment).problems


def environment(box: Mailbox, **more: str) -> dict[str, str]:
    return {
        "PALIMPSEST_MAIL_TO": "archivist@example.ac.cn",
        "PALIMPSEST_MAIL_FROM": "palimpsest@example.ac.cn",
        "PALIMPSEST_SMTP": f"{LOOPBACK}:{box.port}",
        **more,
    }


def test_a_night_is_told_by_a_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {f"/zhxw/t2012030{n + 1}_{n}.html": html(n) for n in range(3)}
    with served({"/": links(*pages), **pages}) as site, mailbox() as box:
        add_profile(tmp_path, [site.url], name="s")
        for name, value in environment(box).items():
            monkeypatch.setenv(name, value)
        assert main(["nightly", "--data", str(tmp_path)]) == 0
    (letter,) = box.letters
    assert letter["Subject"] == "Palimpsest: s: complete"
    assert (letter["To"], letter["From"]) == ("archivist@example.ac.cn", "palimpsest@example.ac.cn")
    assert "changes: new: 3" in letter.get_content().splitlines()


def test_a_letter_says_what_the_files_say_in_whatever_script(tmp_path: Path) -> None:
    with mailbox() as box:
        assert problems(tmp_path, facts_of(replace(REPORT, exit_code=2)), environment(box)) == ()
    (letter,) = box.letters
    assert letter["Subject"] == "Palimpsest: 研究所: exit code 2"
    (text,) = (tmp_path / "runs").glob("*.txt")
    assert letter.get_content().splitlines() == text.read_text(encoding="utf-8").splitlines()


def test_a_login_is_sent_under_tls_only_and_is_in_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path / "server.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    login = {"PALIMPSEST_SMTP_USER": "crawler", "PALIMPSEST_SMTP_PASSWORD": PASSWORD}
    with mailbox(certificate, ("crawler", PASSWORD)) as box:
        assert problems(tmp_path / "data", facts_of(REPORT), environment(box, **login)) == ()
        (problem,) = problems(
            tmp_path / "data",
            facts_of(REPORT),
            environment(box, PALIMPSEST_SMTP_USER="crawler", PALIMPSEST_SMTP_PASSWORD="wrong"),
        )
    assert box.senders == [("crawler", True)]
    assert problem.startswith("PALIMPSEST_MAIL_TO: not told: SMTPAuthenticationError")
    with mailbox() as plain:
        (refused,) = problems(tmp_path / "data", facts_of(REPORT), environment(plain, **login))
    assert "STARTTLS" in refused
    assert plain.letters == []
    for path in (tmp_path / "data").rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes()


def test_a_night_that_never_began_is_told_as_what_it_was_not_as_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add_profile(tmp_path, ["http://127.0.0.1:9/"], name="s")
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(Site("s", ("127.0.0.1:9",)))
        run = archive.store.begin_run("s", "nightly")
        archive.store.end_run(replace(REPORT, run=run, site="s"))
    monkeypatch.setenv("PALIMPSEST_LOW_WATER_MB", "999999999")
    with webhook() as (url, heard), mailbox() as box:
        for name, value in (environment(box) | {"PALIMPSEST_WEBHOOK": url}).items():
            monkeypatch.setenv(name, value)
        assert main(["nightly", "--data", str(tmp_path)]) == 74
    [(_, facts)] = heard
    assert (facts["run"], facts["exit_code"]) == (None, 74)
    assert "low-water mark" in str(facts["outcome"])
    (letter,) = box.letters
    assert letter["Subject"] == "Palimpsest: s: exit code 74"
    assert "finished" not in capsys.readouterr().out + letter.get_content()
    (metrics,) = (tmp_path / "runs").iterdir()
    assert 'palimpsest_exit_code{site="s"} 74\n' in metrics.read_text()
    assert "palimpsest_articles" not in metrics.read_text()


def test_a_letter_has_what_mail_servers_ask_of_one_that_a_program_wrote(tmp_path: Path) -> None:
    with mailbox() as box:
        problems(tmp_path, facts_of(REPORT), environment(box))
    (letter,) = box.letters
    assert parsedate_to_datetime(letter["Date"]).tzinfo is not None
    assert "@" in letter["Message-ID"]
    assert letter["Auto-Submitted"] == "auto-generated"


SECRETS = ("very-secret", PASSWORD)


@pytest.mark.parametrize(
    ("address", "token", "answer"),
    [
        ("http://127.0.0.1:9/very-secret with spaces", PASSWORD, b""),
        ("http://127.0.0.1:very-secret/", PASSWORD, b""),
        ("very-secret", PASSWORD, b""),
        ("{url}", f"{PASSWORD}\nX: y", b""),
        ("{url}", f"{PASSWORD}钥匙", b""),
        ("{url}very-secret", PASSWORD, b"garbage\r\n\r\n"),
        ("{url}very-secret", PASSWORD, b"HTTP/1.0 200 OK\r\nA: " + b"a" * 70_000),
        ("{url}very-secret", PASSWORD, b"HTTP/1.0 302 Found\r\nLocation: /trap\r\n\r\n"),
    ],
)
def test_whatever_is_wrong_with_a_webhook_is_a_line_without_secrets_and_the_letter_comes(
    address: str, token: str, answer: bytes, tmp_path: Path
) -> None:
    with webhook(answer) as (url, heard), mailbox() as box:
        hook = {
            "PALIMPSEST_WEBHOOK": address.replace("{url}", url),
            "PALIMPSEST_WEBHOOK_TOKEN": token,
        }
        (problem,) = problems(tmp_path, facts_of(REPORT), environment(box, **hook))
    # The token goes no further than to the address that was named.
    assert len(heard) == bool(answer)
    assert problem.startswith("PALIMPSEST_WEBHOOK: not told: ")
    assert not any(secret in problem for secret in SECRETS)
    assert len(box.letters) == 1


@pytest.mark.parametrize("text", ["[::1", "host:port", "http://host/", ""])
def test_a_mail_server_that_is_none_is_said(text: str, tmp_path: Path) -> None:
    wish = {"PALIMPSEST_MAIL_TO": "a@b.cn", "PALIMPSEST_SMTP": text or "user@host"}
    (problem,) = problems(tmp_path, facts_of(REPORT), wish)
    assert problem.endswith("write host:port")


def test_a_wish_that_is_none_is_said_and_everybody_told(tmp_path: Path) -> None:
    with mailbox() as box:
        (problem,) = problems(
            tmp_path, facts_of(REPORT), environment(box, PALIMPSEST_NOTIFY="failure")
        )
    assert problem == "PALIMPSEST_NOTIFY is 'failure'; write always or failures"
    assert len(box.letters) == 1


def test_a_report_that_cannot_be_written_is_told_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be")
    with mailbox() as box:
        (problem,) = problems(tmp_path, facts_of(REPORT), environment(box))
    assert problem.startswith("the report could not be written")
    assert len(box.letters) == 1


def test_who_asks_for_failures_only_gets_no_letter_of_a_good_night_without_an_alarm(
    tmp_path: Path,
) -> None:
    with mailbox() as box:
        told = environment(box, PALIMPSEST_NOTIFY="failures")
        problems(tmp_path, facts_of(REPORT), told)
        problems(tmp_path, facts_of(replace(REPORT, exit_code=69, outcome="no page")), told)
        problems(tmp_path, facts_of(replace(REPORT, alarms=("hidden links on www.a.cn",))), told)
    assert [one["Subject"] for one in box.letters] == [
        "Palimpsest: 研究所: exit code 69",
        "Palimpsest: 研究所: ALARM, complete",
    ]


def test_a_server_that_refuses_or_is_not_there_is_a_line_and_no_more(tmp_path: Path) -> None:
    with mailbox() as box:
        box.refuses = "452 the disk is full"
        (full,) = problems(tmp_path, facts_of(REPORT), environment(box))
    (gone,) = problems(tmp_path, facts_of(REPORT), environment(box))
    assert "the disk is full" in full
    assert gone.startswith("PALIMPSEST_MAIL_TO: not told: ConnectionRefusedError")
    assert len(list((tmp_path / "runs").iterdir())) == 4


def test_a_webhook_that_answers_a_byte_at_a_time_holds_up_no_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "WHOLE_SECONDS", 1.0)
    over = threading.Event()

    def trickle(connection: socket.socket) -> None:
        connection.recv(1 << 16)
        with suppress(OSError):
            connection.sendall(b"HTTP/1.1 204 No Content\r\nX: ")
            while not over.wait(0.1):
                connection.sendall(b"x")
            connection.sendall(b"\r\n\r\n")

    with socket.create_server((LOOPBACK, 0)) as server:

        def answer() -> None:
            with server.accept()[0] as connection:
                trickle(connection)

        thread = threading.Thread(target=answer)
        thread.start()
        hook = {"PALIMPSEST_WEBHOOK": f"http://{LOOPBACK}:{server.getsockname()[1]}/"}
        began = time.monotonic()
        try:
            (problem,) = problems(tmp_path, facts_of(REPORT), hook)
            took = time.monotonic() - began
        finally:
            over.set()
            thread.join()
    assert problem.startswith("PALIMPSEST_WEBHOOK: not told: TimeoutError: no end of it")
    assert took < LONG_SECONDS
    assert (tmp_path / "runs").exists()
