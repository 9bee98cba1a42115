"""Letters leave the outbox whole, to a real mail server, and only when what they tell of was committed."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from app.clock import now
from app.mail import transports
from app.mail.messages import WRITTEN, write
from app.mail.transports import SmtpTransport
from app.mail.worker import WAITS, OutboxWorker
from app.models.db import db
from tests.mailing import CODE, LINK, SECRETS, TO, Mailbox, Recorder, one, post_to, put, reminder, rows, serving
from tests.web.test_start_up import free_port


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def post(app, mailbox, monkeypatch) -> Iterator[OutboxWorker]:
    """A worker that sends to a mail server, which serves."""
    monkeypatch.setitem(app.extensions, "sender", "Rådgiver RusOff <rusoff@example.no>")
    port = free_port()
    with serving(mailbox, port):
        yield post_to(app, SmtpTransport("127.0.0.1", port, security="none"))


def test_a_letter_arrives_whole(app, post, mailbox) -> None:
    id = put(app)[0]
    assert post.work_off() == 1
    got = mailbox.got[0]
    assert (got.envelope.mail_from, got.envelope.rcpt_tos) == ("rusoff@example.no", [TO])
    assert got["From"] == "Rådgiver RusOff <rusoff@example.no>"
    assert got["To"] == TO
    assert got["Message-ID"] == f"<{id}@example.no>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Content-Language"] == "nb-NO"
    assert abs(got["Date"].datetime - now()) < timedelta(minutes=1)
    assert got.get_content_charset() == "utf-8"
    assert LINK in got.get_content().splitlines()
    assert "Åpne lenken og trykk på knappen der, så er du inne:" in got.get_content()
    assert (one(app).sent_at is not None, one(app).sealed, one(app).fault) == (True, None, None)
    assert post.work_off() == 0


def test_a_subject_beyond_ascii_arrives_whole(app, post, mailbox) -> None:
    reminder(app)
    post.work_off()
    assert mailbox.got[0]["Subject"] == "Påminning: Kva meiner du om utkastet «Policy»?"
    assert mailbox.got[0]["Content-Language"] == "nn-NO"


def test_a_domain_beyond_ascii_is_reached(app, post, mailbox) -> None:
    put(app, to="ola@bø.no")
    post.work_off()
    assert mailbox.got[0].envelope.rcpt_tos == ["ola@xn--b-5ga.no"]


def test_what_is_rolled_back_was_never_written(app, post) -> None:
    WRITTEN.clear()
    with app.app_context():
        write("sign_in", TO, "nb", link=LINK, code=CODE, minutes=15)
        db.session.flush()
        db.session.rollback()
    assert (rows(app), post.work_off(), WRITTEN.is_set()) == ([], 0, False)
    put(app)
    assert WRITTEN.is_set()


@pytest.mark.parametrize("values", [{"link": LINK}, {"link": LINK, "code": CODE, "minutes": 15, "name": "x"}])
def test_a_value_too_few_or_too_many_is_refused(app, database, values) -> None:
    with pytest.raises(ValueError, match="sign_in takes"):
        write("sign_in", TO, "nb", **values)


def test_what_is_no_address_is_refused(app, database) -> None:
    with pytest.raises(ValueError, match="no e-mail address"):
        write("sign_in", "ola@example.no\r\nBcc: kari@example.no", "nb", link=LINK, code=CODE, minutes=15)


def test_the_database_holds_nothing_to_read(app) -> None:
    put(app)
    with app.app_context():
        stored = b" ".join(
            value if isinstance(value, bytes) else str(value).encode() for value in db.session.execute(text("SELECT * FROM outbox")).one()
        )
    assert stored
    for word in SECRETS:
        assert word.encode() not in stored
        assert word.encode().hex().encode() not in stored


def test_a_reader_who_does_not_exist_is_given_up_at_once(app, post, mailbox) -> None:
    mailbox.says["RCPT"] = f"550 no mailbox {TO}"
    put(app)
    post.work_off()
    assert (one(app).fault, one(app).sealed, one(app).kind) == ("SMTPRecipientsRefused 550", None, "sign_in")
    assert one(app).given_up_at is not None
    assert post.work_off() == 0


@pytest.mark.parametrize(("word", "answer", "fault"), [("RCPT", "451 later", "SMTPRecipientsRefused 451"), ("DATA", "452 full", "SMTPDataError 452")])
def test_a_reader_who_cannot_be_reached_now_is_tried_again(app, post, mailbox, word, answer, fault) -> None:
    mailbox.says[word] = answer
    put(app)
    assert (post.work_off(), post.work_off()) == (1, 0)
    assert (one(app).fault, one(app).given_up_at, one(app).tries) == (fault, None, 1)
    mailbox.says[word] = "250 OK"
    with time_machine.travel(now() + WAITS[0]):
        assert post.work_off() == 1
    assert len(mailbox.got) == 1


def test_a_letter_waits_for_a_server_that_is_down(app, mailbox) -> None:
    port = free_port()
    post = post_to(app, SmtpTransport("127.0.0.1", port, security="none"))
    put(app)
    post.work_off()
    assert (one(app).fault, one(app).sent_at) == ("ConnectionRefusedError", None)
    with serving(mailbox, port), time_machine.travel(now() + WAITS[0]):
        post.work_off()
    assert len(mailbox.got) == 1
    assert one(app).fault is None


def test_no_log_tells_what_was_written(app, post, mailbox, caplog, monkeypatch) -> None:
    monkeypatch.setattr(logging.getLogger("rusoff"), "propagate", True)
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "rusoff"):
        id = put(app)[0]
        for answer in ("450 later", f"550 no {TO}"):
            mailbox.says["RCPT"] = answer
            with time_machine.travel(now() + (WAITS[0] if answer.startswith("5") else timedelta())):
                post.work_off()
        post_to(app, Recorder(ValueError(TO, LINK))).work_off()
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("mail."))  # the rest is the mail server's
    assert f"letter {id} of the kind sign_in: given up, SMTPRecipientsRefused 550" in ours
    for word in SECRETS:
        assert word not in ours


@contextmanager
def dripping(port: int) -> Iterator[None]:
    """A mail server that begins to greet, word after word, and never gets to the end."""
    over = threading.Event()
    listening = socket.create_server(("127.0.0.1", port))

    def greet(line: socket.socket) -> None:
        with suppress(OSError), line:
            while not over.wait(0.05):
                line.sendall(b"220-one moment\r\n")

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=greet, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield
    over.set()
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def test_a_server_that_never_gets_to_the_end_keeps_no_other_letter_waiting(app, monkeypatch) -> None:
    monkeypatch.setattr(transports, "LONGEST", 0.5)
    put(app, 3)
    port, began = free_port(), time.monotonic()
    with dripping(port):
        assert post_to(app, SmtpTransport("127.0.0.1", port, security="none")).work_off() == 3
    assert time.monotonic() - began < 10
    assert [(letter.tries, letter.given_up_at) for letter in rows(app)] == [(1, None)] * 3
    assert all(letter.due_at <= now() + timedelta(minutes=1) for letter in rows(app))


def test_after_an_outage_letters_go_within_the_hour() -> None:
    assert max(WAITS) <= timedelta(hours=1)
    assert timedelta(days=2) <= sum(WAITS, timedelta()) < timedelta(days=2, hours=2)
