"""A mail server on loopback: takes letters, over TLS and with a password where it is told to."""

from __future__ import annotations

import base64
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"


@dataclass
class Mailbox:
    """What came in: ``letters``, and for each who had logged in and whether under TLS. ``refuses``
    is the answer that every letter gets, if any."""

    port: int = 0
    refuses: str = ""
    login: tuple[str, str] | None = None
    letters: list[EmailMessage] = field(default_factory=list)
    senders: list[tuple[str | None, bool]] = field(default_factory=list)


class _Session(StreamRequestHandler):
    """One conversation (RFC 5321), with STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4954)."""

    box: Mailbox
    tls: ssl.SSLContext | None

    def setup(self) -> None:
        super().setup()
        self._user: str | None = None
        self._secure = False

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def handle(self) -> None:
        self._say("220 loopback")
        while line := self.rfile.readline(2000).decode().strip():
            verb, _, rest = line.partition(" ")
            if verb.upper() == "QUIT":
                return self._say("221 bye")
            self._answer(verb.upper(), rest)
        return None

    def _answer(self, verb: str, rest: str) -> None:
        if verb == "EHLO":
            self._say("250-loopback")
            if self.tls:
                self._say("250-AUTH PLAIN" if self._secure else "250-STARTTLS")
            self._say("250 8BITMIME")
        elif verb == "STARTTLS" and self.tls:
            self._say("220 go on")
            self.connection = self.tls.wrap_socket(self.connection, server_side=True)
            self._secure = True
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", buffering=0)
        elif verb == "AUTH":
            self._log_in(rest)
        elif verb == "MAIL" and self.box.login and self._user is None:
            self._say("530 log in first")
        elif verb == "DATA":
            self._take()
        else:
            self._say("250 ok")

    def _log_in(self, rest: str) -> None:
        _, user, password = base64.b64decode(rest.split(" ")[1]).decode().split("\0")
        if (user, password) == self.box.login:
            self._user = user
            self._say("235 welcome")
        else:
            self._say("535 who are you")

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        if self.box.refuses:
            return self._say(self.box.refuses)
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.box.letters.append(letter)
        self.box.senders.append((self._user, self._secure))
        return self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def mailbox(
    certificate: Path | None = None, login: tuple[str, str] | None = None
) -> Iterator[Mailbox]:
    """A mail server that listens; with ``certificate`` it offers TLS, with ``login`` it takes no
    letter from a stranger."""
    tls = None
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    box = Mailbox(login=login)
    with _Server((LOOPBACK, 0), type("Own", (_Session,), {"box": box, "tls": tls})) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


def make_certificate(path: Path) -> Path:
    """A certificate for loopback that nobody trusts but those who are told to, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, LOOPBACK)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    own = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(own + made.public_bytes(serialization.Encoding.PEM))
    return path
