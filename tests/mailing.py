"""Letters for tests, transports that remember, and a real mail server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import select

from app.clock import now
from app.mail.messages import write
from app.mail.worker import OutboxWorker
from app.models.db import db
from app.models.outbox import Letter

TO = "ola.kanarifugl@example.no"
LINK = "http://localhost/nb/sign-in/Kanarilenke4711"
CODE = "471 147"
SECRETS = (TO, "kanarifugl", "Kanarilenke", CODE, "nettleseren", "Åpne")


class Mailbox:
    """What a mail server does with what it is given."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.says = {"RCPT": "250 OK", "DATA": "250 OK"}

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        if self.says["RCPT"].startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.says["RCPT"]

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        if self.says["DATA"].startswith("2"):
            self.got.append(message_from_bytes(envelope.original_content, policy=SMTP))
            self.got[-1].envelope = envelope
        return self.says["DATA"]


class Recorder:
    """Carries letters to a list, or fails as it is told."""

    keeps = False
    did = "sent"

    def __init__(self, fails: Exception | None = None) -> None:
        self.fails, self.sent, self.told = fails, list[str](), threading.Event()

    def send(self, message: Any) -> None:
        self.told.set()
        if self.fails:
            raise self.fails
        self.sent.append(message["Message-ID"])


@contextmanager
def serving(mailbox: Mailbox, port: int, **how: Any) -> Iterator[None]:
    """A mail server on this machine."""
    running = Controller(mailbox, hostname="127.0.0.1", port=port, **how)
    running.start()
    try:
        yield
    finally:
        running.stop()


def post_to(app, transport: Any) -> OutboxWorker:
    worker = OutboxWorker(app)
    worker.transport = transport
    return worker


def put(app, many: int = 1, to: str = TO, **other: Any) -> list[str]:
    with app.app_context():
        letters = [write("sign_in", to, "nb", link=LINK, code=CODE, minutes=15, **other) for _ in range(many)]
        db.session.commit()
        return [letter.id for letter in letters]


def reminder(app, due_at: datetime | None = None, about: str | None = None) -> str:
    with app.app_context():
        values = {"name": "Åse", "workplace": "Bø skole", "policy": "Policy", "link": LINK, "answer_by": now().date(), "days": 3, "unsent": 0}
        letter = write("review_reminder", TO, "nn", due_at=due_at, about=about, **values)
        db.session.commit()
        return letter.id


def rows(app) -> list[Letter]:
    with app.app_context():
        return list(db.session.scalars(select(Letter).order_by(Letter.created_at, Letter.id)))


def one(app) -> Letter:
    found = rows(app)
    assert len(found) == 1
    return found[0]
