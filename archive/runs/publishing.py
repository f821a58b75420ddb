"""Where a run's report goes: files beside the archive, and whoever wants to be told.

Secrets come from the environment alone, so that no file of the archive holds one. It promises that
a report file is whole or not there, and that neither a full disk nor somebody who cannot be reached
undoes the run or keeps the others from being told: it is a line to the operator.
"""

from __future__ import annotations

import email.utils
import json
import os
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from archive.cli.language import say
from archive.errors import DataDirectoryError
from archive.runs.facts import Facts
from archive.runs.rendering import as_html, as_json, as_metrics, as_text
from archive.warc.naming import safe_prefix
from archive.warc.storage import storage_errors

FOLDER = "runs"
METRICS_NAME = "palimpsest.prom"
TIMEOUT_SECONDS = 20.0
WEBHOOK = "PALIMPSEST_WEBHOOK"
WEBHOOK_TOKEN = "PALIMPSEST_WEBHOOK_TOKEN"
MAIL_TO = "PALIMPSEST_MAIL_TO"
MAIL_FROM = "PALIMPSEST_MAIL_FROM"
SMTP = "PALIMPSEST_SMTP"
SMTP_USER = "PALIMPSEST_SMTP_USER"
SMTP_PASSWORD = "PALIMPSEST_SMTP_PASSWORD"
NOTIFY = "PALIMPSEST_NOTIFY"
"""When to send."""
ALWAYS, FAILURES = "always", "failures"
SMTPS_PORT = 465


def publish(data: Path, facts: Facts, environment: Mapping[str, str] = os.environ) -> list[str]:
    """Write the record's files into ``data/runs`` and tell whom the environment names; returns a
    line for each that could not be told or written."""
    problems = []
    try:
        write_files(data, facts)
    except DataDirectoryError as error:
        # Of a disk that ended the night its own line tells.
        if error.exit_code != facts["exit_code"]:
            problems.append(f"the report could not be written: {error}")
    wish = environment.get(NOTIFY) or ALWAYS
    if wish not in (ALWAYS, FAILURES):
        problems.append(f"{NOTIFY} is {wish[:40]!r}; write {ALWAYS} or {FAILURES}")
    if wish == FAILURES and facts["exit_code"] == 0:
        return problems
    for name, tell in ((WEBHOOK, _post), (MAIL_TO, _mail)):
        if environment.get(name):
            try:
                tell(facts, environment)
            except (OSError, ValueError, smtplib.SMTPException) as error:
                # Not the address: a webhook's may be a secret.
                problems.append(f"{name}: not told: {type(error).__name__}: {error}"[:300])
    return problems


def write_files(data: Path, facts: Facts) -> list[Path]:
    """JSON, text, HTML and metrics of a run, the last alone where there was none; returns their
    paths. Raises DataDirectoryError (DiskFullError)."""
    folder = data / FOLDER
    site = safe_prefix(str(facts["site"]))
    # One file a site, written over: the collector wants the present state.
    texts = {f"{site}-{METRICS_NAME}": as_metrics(facts)}
    if facts["run"] is not None:
        stem = f"{facts['run']:06d}-{site}"
        texts |= {
            f"{stem}.json": as_json(facts),
            f"{stem}.txt": as_text(facts),
            f"{stem}.html": as_html(facts),
        }
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            partial = folder / f"{name}.part"
            partial.write_text(text, encoding="utf-8")
            partial.replace(folder / name)
    return [folder / name for name in texts]


def _post(facts: Facts, environment: Mapping[str, str]) -> None:
    url = environment[WEBHOOK]
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("not an http or https address")
    headers = {"Content-Type": "application/json"}
    if token := environment.get(WEBHOOK_TOKEN):
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps(facts, ensure_ascii=False).encode()
    request = urllib.request.Request(url, body, headers)
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
        answer.read(1)


def _mail(facts: Facts, environment: Mapping[str, str]) -> None:
    message = EmailMessage()
    message["To"] = environment[MAIL_TO]
    message["From"] = environment.get(MAIL_FROM, environment[MAIL_TO])
    code = facts["exit_code"]
    state = say("mail.complete") if code == 0 else say("mail.exit_code", code=code)
    message["Date"] = email.utils.localtime()
    message["Message-ID"] = email.utils.make_msgid()
    message["Auto-Submitted"] = "auto-generated"
    message["Subject"] = f"Palimpsest: {' '.join(str(facts['site']).split())}: {state}"
    message.set_content(as_text(facts))
    host, _, port = environment.get(SMTP, "localhost:25").partition(":")
    number = int(port or 25)
    context = ssl.create_default_context()
    if number == SMTPS_PORT:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, number, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, number, timeout=TIMEOUT_SECONDS)
    with server:
        if user := environment.get(SMTP_USER):
            if number != SMTPS_PORT:
                server.starttls(context=context)
            server.login(user, environment.get(SMTP_PASSWORD, ""))
        server.send_message(message)
