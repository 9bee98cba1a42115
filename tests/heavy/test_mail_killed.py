"""A worker that is killed in the middle of its letters loses none; what arrives twice was in hand at that moment, and has the same Message-ID."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller

from app.mail.messages import write
from app.models.db import db
from app.models.outbox import Letter
from tests.web.test_start_up import ROOT, environment, free_port

MANY = 100
KILLS = {10: "before", 35: "after", 36: "after", 70: "before", 98: "before"}  # at which letter, and whether the server has taken it by then
LEASE_SECONDS = 1.0
WORKER = f"""
import sys
from datetime import timedelta
from app.models import outbox
outbox.LEASE = timedelta(seconds={LEASE_SECONDS})
from app.cli import main
sys.exit(main(["worker"]))
"""


class Killer:
    """A mail server that kills the worker in the middle of handing over a letter."""

    def __init__(self) -> None:
        self.worker: subprocess.Popen[bytes] | None = None
        self.got: list[str] = []
        self.killed: list[str] = []
        self.asked = 0
        self.all_here = threading.Event()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        self.asked += 1
        id = str(message_from_bytes(envelope.original_content)["Message-ID"])
        when = KILLS.get(self.asked)
        if when != "before":
            self.got.append(id)
        if when:
            self.killed.append(id)
            os.kill(self.worker.pid, signal.SIGKILL)
            await asyncio.sleep(0.2)
        if len(set(self.got)) == MANY:
            self.all_here.set()
        return "250 OK"


def work(given: dict[str, str]) -> subprocess.Popen[bytes]:
    with Path(os.devnull).open("w") as nowhere:
        return subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=given, stdout=nowhere, stderr=nowhere)


def put_letters(app) -> set[str]:
    with app.app_context():
        letters = [write("sign_in", f"reader{n}@example.no", "nb", link=f"https://x.no/{n}", code="1", minutes=15) for n in range(MANY)]
        db.session.commit()
        return {f"<{letter.id}@example.no>" for letter in letters}


def unsent(app) -> int:
    with app.app_context():
        return db.session.query(Letter).filter(Letter.sent_at.is_(None)).count()


def test_kill_9_loses_no_letter(make_app) -> None:
    app = make_app()
    ids, server, port = put_letters(app), Killer(), free_port()
    given = environment(
        RUSOFF_INSTANCE=app.instance_path, DATABASE_URL=app.config["SQLALCHEMY_DATABASE_URI"], HOME="",
        RUSOFF_SMTP=f"smtp://127.0.0.1:{port}", RUSOFF_MAIL_FROM="RusOff <rusoff@example.no>", RUSOFF_PUBLIC_URL="http://localhost",
    )  # fmt: skip
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        for _ in KILLS:
            server.worker = work(given)
            assert server.worker.wait(60) == -signal.SIGKILL
        server.worker = work(given)
        assert server.all_here.wait(60)
        server.worker.terminate()
        assert server.worker.wait(60) == 0, "a wish to stop is heard, and the letter in hand is finished"
    finally:
        server.worker.kill()
        server.worker.wait(60)
        controller.stop()
    assert set(server.got) == ids
    taken = {id for id, when in zip(server.killed, KILLS.values(), strict=True) if when == "after"}
    assert {id for id, times in Counter(server.got).items() if times > 1} == taken
    assert len(server.got) == MANY + [*KILLS.values()].count("after")
    assert unsent(app) == 0
