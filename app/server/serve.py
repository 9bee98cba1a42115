"""Serving: migrate, tidy, listen. One process and a few threads, on every operating system."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import flask_migrate
from flask import Flask, Response, g, request
from sqlalchemy import delete

from app import create_app
from app.clock import now
from app.config import Config
from app.mail.recent import recent_letters
from app.mail.transports import shown
from app.mail.worker import OutboxWorker
from app.models.counters import Hit
from app.models.db import db, name_of
from app.models.delegations import Delegation
from app.models.outbox import Letter
from app.models.people import Sitting
from app.models.policy import Policy
from app.models.reviews import ReviewerSitting
from app.models.workplaces import Expected
from app.services.plan.reminders import remind as remind_of_plans
from app.services.reviews import closing, outcomes, reminders
from app.services.versions.transitions import settle_all
from app.web.health import is_migrated

from . import listener
from .database_check import check_database

TIDY_EVERY = 3600.0
SWITCH = 0.0005  # seconds that a thread keeps the others waiting for their turn in Python: a page beside files is done in a few of these
LAST_LETTER = 5.0  # seconds that a letter in hand may still take when the server is stopped
access = logging.getLogger("rusoff.access")
log = logging.getLogger("rusoff")


def migrate(app: Flask) -> None:
    """Bring the database up to the code, after a look whether it is sound. Does nothing, and quickly, when it is there already.

    Raises ConfigError when the database cannot be used.
    """
    look_at(app)
    with app.app_context():
        if not is_migrated(app.extensions["newest_migration"]):
            flask_migrate.upgrade()


def look_at(app: Flask) -> None:
    """Look whether the database can be used. Raises ConfigError, with a sentence, when it cannot."""
    with app.app_context():
        check_database(db.engine)


@contextmanager
def opened(config: Config | None = None) -> Iterator[Flask]:
    """The app for one command, which leaves no connection to the database open, whatever happens. Raises what `create_app` raises."""
    app = create_app(config)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def tidy(app: Flask) -> int:
    """Delete drafts that nobody has used for 30 days, questions to colleagues whose link is over, counters and old letters; remind; close.

    Policies whose day has come are written down as in force. How many drafts went.
    """
    at = now()
    with app.app_context():
        gone = Policy.purge(at)
        Sitting.purge(at)
        ReviewerSitting.purge(at)
        Expected.purge(at)
        Delegation.purge(at)
        db.session.execute(delete(Hit).where(Hit.hour < at.replace(minute=0, second=0, microsecond=0)))
        Letter.purge(at)
        db.session.commit()
        closing.close_due(at)
        settle_all()
        reminders.remind(at)
        outcomes.tell_due(at)
        remind_of_plans(at)
    return gone


def serve(config: Config) -> None:
    """Serve until somebody stops it. Raises ConfigError when the address is taken or not ours."""
    with opened(config) as app:
        migrate(app)
        _log_requests(app)
        sys.setswitchinterval(SWITCH)
        server = listener.HttpServer(app, config.host, config.port, config.threads)
        threading.Thread(target=_tidy_for_ever, args=(app,), daemon=True, name="tidy").start()
        post = OutboxWorker(app)
        worker = threading.Thread(target=post.work, daemon=True, name="post")
        worker.start()
        print(f"RusOff is at {_address(config)}  (stop with Ctrl+C)\n{_where_letters_go(config)}", flush=True)
        server.obey_signals()
        server.run()
        post.stop()
        worker.join(LAST_LETTER)


def work(config: Config) -> None:
    """Send letters until somebody stops it, and tidy beside it; then finish the one in hand."""
    with opened(config) as app:
        look_at(app)
        _log_to_stderr()
        threading.Thread(target=_tidy_for_ever, args=(app,), daemon=True, name="tidy").start()
        post = OutboxWorker(app)
        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, lambda *_: post.stop_soon())
        print(f"{_where_letters_go(config)}  (stop with Ctrl+C)", flush=True)
        post.work()


def _where_letters_go(config: Config) -> str:
    """What the operator must know about letters: they let people in."""
    if config.smtp:
        return "Letters are sent."
    if config.show_letters:
        return f"Letters are shown here and, to whoever reaches this port, at {_address(config)}/nb/outbox. They let people in: only to try it out."
    return "RUSOFF_SMTP is not set: letters are kept for an hour, and `rusoff letters` shows them. To try it out, start `rusoff run --show-letters`."


def letters(app: Flask) -> list[str]:
    """The letters of the last hour in words, newest last, where no mail server takes them."""
    with app.app_context():
        return [shown(contents.to, contents.subject, contents.text) for _, contents in reversed(list(recent_letters()))]


def _address(config: Config) -> str:
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"http://{host}:{config.port}"


def _tidy_for_ever(app: Flask) -> None:
    while True:
        try:
            tidy(app)
        except Exception as problem:  # noqa: BLE001 – the thread must live on: the database may be back in an hour
            log.error("tidying failed: %s", name_of(problem))
        time.sleep(TIDY_EVERY)


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _log_requests(app: Flask) -> None:
    """Log rule, status and time. The rule and not the address: ids, tokens and query strings belong to the user."""
    _log_to_stderr()
    app.before_request(_start_clock)
    app.after_request(_log_request)


def _start_clock() -> None:
    g.began = time.perf_counter()


def _log_request(response: Response) -> Response:
    rule = request.url_rule.rule if request.url_rule else "-"
    spent = 1000 * (time.perf_counter() - g.get("began", time.perf_counter()))
    access.info("%s %s %s %.0f ms", request.method, rule, response.status_code, spent)
    return response
