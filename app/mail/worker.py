"""The worker: takes letters that are due out of the outbox, and has them sent. It may be killed at any moment, and run as often as one likes."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from flask import Flask

from app.clock import now
from app.models.db import db, name_of
from app.models.outbox import Beat, Letter

from .delivery import notify
from .encryption import decrypt
from .messages import WRITTEN
from .transports import Transport, fault_of, is_final, message

EVERY = 2.0  # seconds between two looks into the outbox; a letter written in this process is taken at once
AFTER_A_FAULT = 10.0
BEAT_EVERY = 60.0
MINUTES = (1, 2, 5, 10, 15, 30, *[60] * 47)  # how long to wait after the first, second … failure: two days in all, and an hour after an outage
WAITS = tuple(timedelta(minutes=n) for n in MINUTES)
log = logging.getLogger("rusoff")


class OutboxWorker:
    """Works the outbox of one app off."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.transport: Transport = app.extensions["transport"]
        self.stopping = False
        self.beat_at = -BEAT_EVERY

    def work(self) -> None:
        """Send letters until somebody says stop. Survives whatever happens: the database or the mail server may be back in a minute."""
        while not self.stopping:
            WRITTEN.clear()
            try:
                self.work_off()
                pause = EVERY
            except Exception as problem:  # noqa: BLE001 – the worker must live on
                log.error("the outbox failed: %s", name_of(problem))
                pause = AFTER_A_FAULT
            if not self.stopping:
                WRITTEN.wait(pause)

    def stop(self) -> None:
        """Finish the letter in hand, and no other. For another thread."""
        self.stopping = True
        WRITTEN.set()

    def stop_soon(self) -> None:
        """The same for a signal, which may come while this very thread holds the event's lock: so it is noticed at the next look."""
        self.stopping = True

    def _beat(self) -> None:
        """Once a minute, write that somebody looks after the letters."""
        if time.monotonic() - self.beat_at >= BEAT_EVERY:
            Beat.mark(now())
            self.beat_at = time.monotonic()

    def work_off(self) -> int:
        """Take every letter that is due, one after the other; how many were taken."""
        taken = 0
        with self.app.app_context():
            self._beat()
            while not self.stopping and self._take_one():
                taken += 1
                self._beat()
        return taken

    def _take_one(self) -> bool:
        """Claim, commit, carry, commit: while the mail server thinks, nobody waits for the database."""
        if not Letter.is_any_due(now()):
            return False
        letter = Letter.claim(now())
        db.session.commit()
        if letter is None:  # another worker was quicker
            return False
        self._deliver(letter)
        db.session.commit()
        return True

    def _deliver(self, letter: Letter) -> None:
        if letter.good_until and letter.good_until <= now():
            return self._give_up(letter, "late")
        try:
            self._carry(letter)
        except Exception as problem:  # noqa: BLE001 – whatever went wrong with this letter, the next one waits
            return self._failed(letter, problem)
        letter.mark_sent(now(), wipe=not self.transport.keeps)
        notify(letter, has_gone=True)
        return log.info("letter %s of the kind %s: %s", letter.id, letter.kind, self.transport.did)

    def _carry(self, letter: Letter) -> None:
        contents = decrypt(letter.sealed or b"", str(self.app.secret_key))
        self.transport.send(message(letter.id, contents, letter.language, self.app.extensions["sender"], now()))

    def _failed(self, letter: Letter, problem: Exception) -> None:
        fault = fault_of(problem)
        if is_final(problem) or letter.tries >= len(WAITS):
            return self._give_up(letter, fault)
        letter.put_back(now() + WAITS[letter.tries], fault)
        return log.warning("letter %s of the kind %s: not sent yet, %s", letter.id, letter.kind, fault)

    def _give_up(self, letter: Letter, fault: str) -> None:
        letter.give_up(now(), fault)
        notify(letter, has_gone=False)
        log.error("letter %s of the kind %s: given up, %s", letter.id, letter.kind, fault)
