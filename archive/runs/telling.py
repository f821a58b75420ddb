"""Who is told of a run: a webhook, and a letter.

The environment says whom, with what secrets. It promises that nothing that goes wrong with it ends
the work that is told of or holds it up for long, that no secret stands in what is said of it, and
that a webhook's token goes to the address that was named and to no other one.
"""

from __future__ import annotations

import email.utils
import smtplib
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from functools import partial
from http.client import HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from archive.messages.language import say
from archive.runs.facts import Facts
from archive.runs.patience import Patience
from archive.runs.rendering import as_json_text, as_text
from archive.steady import elapsed

TIMEOUT_SECONDS = 20.0
"""Without a byte of the other side."""
WHOLE_SECONDS = 60.0
"""For all that is said to it: one that sends a byte now and then would keep a night, and the lock
it holds, for ever."""
ANSWERED = 0.2
"""The share of the time it took that counts of whoever was told in the end: less than two seconds
are none."""
WEBHOOK = "PALIMPSEST_WEBHOOK"
WEBHOOK_TOKEN = "PALIMPSEST_WEBHOOK_TOKEN"
MAIL_TO = "PALIMPSEST_MAIL_TO"
MAIL_FROM = "PALIMPSEST_MAIL_FROM"
SMTP = "PALIMPSEST_SMTP"
SMTP_USER = "PALIMPSEST_SMTP_USER"
SMTP_PASSWORD = "PALIMPSEST_SMTP_PASSWORD"
SMTP_PORT, SMTPS_PORT = 25, 465
TOO_OFTEN = "the night has waited for it long enough"
MAX_WHY = 300
"""Characters of a line on why somebody was not told."""


class WishError(ValueError):
    """What the environment asks for cannot be done; its words hold no secret."""


def tell(
    facts: Facts, environment: Mapping[str, str], patience: Patience | None = None
) -> list[str]:
    """Tell everybody the ``environment`` names, as long as there is ``patience`` with them; returns
    a line for each that could not be told."""
    problems = []
    for name, told in ((WEBHOOK, _post), (MAIL_TO, _mail)):
        if not environment.get(name):
            continue
        if patience is not None and not patience.left(name):
            problems.append(f"{name}: not told: {TOO_OFTEN}")
            continue
        began = elapsed()
        error = _in_time(partial(told, facts, environment))
        took = elapsed() - began
        if error is not None:
            problems.append(f"{name}: not told: {_why(error)}"[:MAX_WHY])
        if patience is not None:
            patience.spend(name, took if error is not None else took * ANSWERED)
    return problems


def _in_time(tell: Callable[[], None]) -> Exception | None:
    """What kept ``tell`` from its end; when its time is over, it is left behind with its thread,
    which keeps no process alive."""
    errors: list[Exception] = []

    def run() -> None:
        try:
            tell()
        except Exception as error:  # of many libraries, whatever the other side sends
            errors.append(error)

    thread = threading.Thread(target=run, name="telling", daemon=True)
    thread.start()
    thread.join(WHOLE_SECONDS)
    if thread.is_alive():
        return TimeoutError(f"no end of it within {WHOLE_SECONDS:g} seconds")
    return errors[0] if errors else None


def _why(error: Exception) -> str:
    """What went wrong. Only errors of the network and of mail servers are cited: others say what
    they were given, which may be a secret."""
    if isinstance(error, OSError | smtplib.SMTPException | WishError):
        return f"{type(error).__name__}: {error}"
    return f"{type(error).__name__}: the other side, or a variable, is not as it should be"


class _Nowhere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token would go along."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def _post(facts: Facts, environment: Mapping[str, str]) -> None:
    url = environment[WEBHOOK].strip()
    if urlsplit(url).scheme not in ("http", "https"):
        raise WishError("not an http or https address")
    headers = {"Content-Type": "application/json"}
    if token := environment.get(WEBHOOK_TOKEN, "").strip():
        headers["Authorization"] = f"Bearer {token}"
    body = as_json_text(facts).encode()
    request = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.build_opener(_Nowhere).open(request, timeout=TIMEOUT_SECONDS) as answer:
            answer.read(1)
    except urllib.error.HTTPError as error:
        error.close()
        raise


def _mail(facts: Facts, environment: Mapping[str, str]) -> None:
    message = _letter(facts, environment)
    host, number = _server(environment.get(SMTP) or "localhost")
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


def _server(text: str) -> tuple[str, int]:
    """Host and port of ``host``, ``host:port`` or ``[2001:db8::1]:port``."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or "/" in text or "@" in text:
        raise WishError(f"{SMTP} is {text[:40]!r}; write host:port")
    return host, SMTP_PORT if port is None else port


def _letter(facts: Facts, environment: Mapping[str, str]) -> EmailMessage:
    message = EmailMessage()
    message["To"] = environment[MAIL_TO]
    message["From"] = environment.get(MAIL_FROM, environment[MAIL_TO])
    code = facts["exit_code"]
    state = say("mail.complete") if code == 0 else say("mail.exit_code", code=code)
    if facts.get("alarms"):
        state = f"{say('mail.alarm')}, {state}"
    message["Date"] = email.utils.localtime()
    message["Message-ID"] = email.utils.make_msgid()
    message["Auto-Submitted"] = "auto-generated"
    message["Subject"] = f"Palimpsest: {' '.join(str(facts['site']).split())}: {state}"
    message.set_content(as_text(facts))
    return message
