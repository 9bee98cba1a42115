"""How a letter leaves the house: by a mail server. Where there is none it is kept for an hour, and shown to one who asked for that at the start."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import unquote, urlsplit

from app.config import Config, is_loopback
from app.pack.text import TAGS, Language
from app.values.email_address import sender_of

from .encryption import Contents

WHOLE = SMTP.clone(max_line_length=998)  # of a header over 77 characters the other policy makes encoded words, and no mail program finds the address
TIMEOUT = 15.0  # seconds for each word of the server
LONGEST = 60.0  # seconds for a letter in all, well within a lease: a server that drips its words keeps no other letter waiting
NOBODY = "RusOff <rusoff@localhost>"
PORTS = {"smtp": 587, "smtps": 465}


class Transport(Protocol):
    """Whoever takes a letter to its reader."""

    @property
    def keeps(self) -> bool:
        """Whether the words are still to be read when the letter has been sent."""

    @property
    def did(self) -> str:
        """What became of a letter that was sent, for the log."""

    def send(self, message: EmailMessage) -> None:
        """Deliver, or raise."""


def transport_for(config: Config) -> Transport:
    """A mail server where one is set; else the terminal, if somebody asked to be shown letters, which let people in."""
    return SmtpTransport.at(config.smtp) if config.smtp else ConsoleTransport() if config.show_letters else KeepingTransport()


def message(id: str, contents: Contents, language: Language, sender: str, at: datetime) -> EmailMessage:
    """The letter as mail. Its Message-ID is made from its id, so that whoever gets it twice after a crash can see that it is the same."""
    sent_by = sender_of(sender or NOBODY)
    made = EmailMessage(policy=WHOLE if contents.unsubscribe else SMTP)
    made.set_content(contents.text, cte="quoted-printable")  # long lines stay whole, and every server can carry it
    made["From"] = sent_by
    made["To"] = contents.to
    made["Subject"] = contents.subject
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{id}@{sent_by.domain}>"
    made["Content-Language"] = TAGS[language]
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office reply, please
    if contents.unsubscribe:
        made["List-Unsubscribe"] = f"<{contents.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058: the mail program may press the button itself
    return made


def shown(to: str, subject: str, text: str) -> str:
    """A letter to be read in a terminal."""
    return f"\n──── {to} ────\n{subject}\n\n{text}────"


class ConsoleTransport:
    """Shows letters where the app was started."""

    keeps = True
    did = "shown"

    def send(self, message: EmailMessage) -> None:
        """Print it."""
        print(shown(message["To"], message["Subject"], message.get_content()), flush=True)


class KeepingTransport:
    """Leaves letters sealed in the database. What a service prints is kept in logs, and a letter lets somebody in."""

    keeps = True
    did = "kept for an hour, for RUSOFF_SMTP is not set; `rusoff letters` shows it"

    def send(self, message: EmailMessage) -> None:
        """Nothing to do: the outbox keeps it."""


@dataclass(frozen=True, slots=True)
class SmtpTransport:
    """A mail server. Without encryption it is used on this very machine alone."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"  # or "tls" from the first byte, or "none"
    keeps: bool = False
    did: str = "sent"

    @classmethod
    def at(cls, address: str) -> SmtpTransport:
        """The server that RUSOFF_SMTP names."""
        parts = urlsplit(address)
        host = parts.hostname or ""
        security = "tls" if parts.scheme == "smtps" else "none" if is_loopback(host) else "starttls"
        return cls(host, parts.port or PORTS[parts.scheme], unquote(parts.username or ""), unquote(parts.password or ""), security)

    def send(self, message: EmailMessage) -> None:
        """Hand it over. Raises what smtplib raises, OSError, and ssl.SSLError for a certificate that nobody vouches for."""
        trusted = ssl.create_default_context()
        server = smtplib.SMTP_SSL(timeout=TIMEOUT, context=trusted) if self.security == "tls" else smtplib.SMTP(timeout=TIMEOUT)
        server._host = self.host  # type: ignore[attr-defined]  # whose certificate it must be; smtplib learns it only where nobody can cut it off
        watch = threading.Timer(LONGEST, _cut_off, [server])
        watch.daemon = True
        watch.start()
        try:
            self._hand_over(server, message, trusted)
        finally:
            watch.cancel()
            server.close()

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage, trusted: ssl.SSLContext) -> None:
        server.connect(self.host, self.port)
        if self.security == "starttls":
            server.starttls(context=trusted)
        if self.user:
            server.login(self.user, self.password)
        server.send_message(message)
        with suppress(smtplib.SMTPException, OSError):  # what counts is that the server took it; whether it says goodbye does not
            server.quit()


def _cut_off(server: smtplib.SMTP) -> None:
    """End a conversation that takes too long: whoever waits for the server's next word finds the line dead."""
    with suppress(OSError):
        if server.sock:
            server.sock.shutdown(socket.SHUT_RDWR)


def fault_of(problem: BaseException) -> str:
    """The kind of failure, with the server's number where it gave one. Never its words: they may quote the address."""
    code = _code(problem)
    return f"{type(problem).__name__} {code}" if code else type(problem).__name__


def is_final(problem: BaseException) -> bool:
    """Whether the server refused this reader or this letter for good, so that trying again would only annoy it."""
    return isinstance(problem, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) and 500 <= _code(problem) < 600


def _code(problem: BaseException) -> int:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return max(code for code, _words in problem.recipients.values())
    return problem.smtp_code if isinstance(problem, smtplib.SMTPResponseException) else 0
