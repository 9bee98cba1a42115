"""Letters leave the outbox whole, once, and only when what they tell of was committed; with a real mail server, and without one."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app import server
from app.db import db, now
from app.mail import post as post_module
from app.mail.carriers import Server
from app.mail.letters import WRITTEN, write
from app.mail.models import KEPT, LEASE, SHOWN, Letter
from app.mail.post import WAITS, Post
from tests.web.test_start_up import free_port

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

    def __init__(self, fails: Exception | None = None) -> None:
        self.fails, self.carried, self.told = fails, list[str](), threading.Event()

    def carry(self, message: Any) -> None:
        self.told.set()
        if self.fails:
            raise self.fails
        self.carried.append(message["Message-ID"])


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@contextmanager
def serving(mailbox: Mailbox, port: int, **how: Any) -> Iterator[None]:
    """A mail server on this machine."""
    running = Controller(mailbox, hostname="127.0.0.1", port=port, **how)
    running.start()
    try:
        yield
    finally:
        running.stop()


@pytest.fixture
def post(app, mailbox, monkeypatch) -> Iterator[Post]:
    """A worker that sends to a mail server, which serves."""
    monkeypatch.setitem(app.extensions, "sender", "Rådgiver RusOff <rusoff@example.no>")
    port = free_port()
    with serving(mailbox, port):
        yield post_to(app, Server("127.0.0.1", port, security="none"))


def post_to(app, carrier: Any) -> Post:
    worker = Post(app)
    worker.carrier = carrier
    return worker


def put(app, many: int = 1, to: str = TO, **other: Any) -> list[str]:
    with app.app_context():
        letters = [write("sign_in", to, "nb", link=LINK, code=CODE, minutes=15, **other) for _ in range(many)]
        db.session.commit()
        return [letter.id for letter in letters]


def reminder(app, due_at: datetime | None = None, about: str | None = None) -> str:
    with app.app_context():
        values = {"name": "Åse", "workplace": "Bø skole", "policy": "Policy", "link": LINK, "answer_by": now().date(), "days": 3}
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
    assert mailbox.got[0]["Subject"] == "Påminning: Kva meiner du om Policy?"
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


def test_only_a_letter_wakes_the_worker(app, database) -> None:
    WRITTEN.clear()
    database.execute(text("DELETE FROM outbox"))
    database.commit()
    assert not WRITTEN.is_set()


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
    post = post_to(app, Server("127.0.0.1", port, security="none"))
    put(app)
    post.work_off()
    assert (one(app).fault, one(app).sent_at) == ("ConnectionRefusedError", None)
    with serving(mailbox, port), time_machine.travel(now() + WAITS[0]):
        post.work_off()
    assert len(mailbox.got) == 1
    assert one(app).fault is None


def test_after_two_days_it_is_given_up(app) -> None:
    carrier = Recorder(ConnectionRefusedError(111, f"no way to {TO}"))
    post, began, days = post_to(app, carrier), now(), 0.0
    reminder(app)
    while one(app).given_up_at is None:
        with time_machine.travel(max(one(app).due_at, began), tick=False):
            assert post.work_off() == 1
            days = (now() - began) / timedelta(days=1)
    assert 1.9 < days < 2.2
    assert (one(app).tries, one(app).fault, one(app).sealed) == (len(WAITS) + 1, "ConnectionRefusedError", None)


def test_a_link_that_is_over_is_not_sent(app) -> None:
    carrier = Recorder()
    put(app)
    with time_machine.travel(now() + timedelta(minutes=15)):
        post_to(app, carrier).work_off()
    assert (carrier.carried, one(app).fault) == ([], "late")


def test_a_letter_goes_when_it_is_due_and_can_be_withdrawn(app) -> None:
    carrier = Recorder()
    post, soon = post_to(app, carrier), now() + timedelta(days=3)
    kept, gone = reminder(app, soon, "a" * 26), reminder(app, soon, "b" * 26)
    assert post.work_off() == 0
    with app.app_context():
        Letter.withdraw("b" * 26)
        db.session.commit()
    with time_machine.travel(soon):
        assert post.work_off() == 1
    assert carrier.carried == [f"<{kept}@localhost>"] != [f"<{gone}@localhost>"]
    with app.app_context():
        Letter.withdraw("a" * 26)
        db.session.commit()
    assert one(app).sent_at is not None, "what was sent stays known"


def test_a_letter_withdrawn_while_it_is_carried_does_no_harm(app) -> None:
    reminder(app, about="a" * 26)

    class Slow(Recorder):
        def carry(self, message: Any) -> None:
            with app.app_context():
                Letter.withdraw("a" * 26)
                db.session.commit()
            raise ConnectionResetError

    assert post_to(app, Slow()).work_off() == 1
    assert rows(app) == []


def test_two_workers_deliver_each_letter_once(app) -> None:
    ids, carriers = put(app, 40), [Recorder(), Recorder(), Recorder()]
    workers = [threading.Thread(target=post_to(app, carrier).work_off) for carrier in carriers]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    while post_to(app, carriers[0]).work_off():  # a worker that came second to a letter goes home until the next look
        pass
    carried = [id for carrier in carriers for id in carrier.carried]
    assert sorted(carried) == sorted(f"<{id}@localhost>" for id in ids)


def test_a_letter_is_taken_by_one_worker_alone_until_its_lease_is_over(app) -> None:
    carrier = Recorder()
    post = post_to(app, carrier)
    put(app)
    with app.app_context():
        assert Letter.claim(now()) is not None
        db.session.commit()
        assert Letter.claim(now()) is None
        db.session.rollback()
    assert post.work_off() == 0
    with time_machine.travel(now() + LEASE):
        assert post.work_off() == 1
    assert len(carrier.carried) == 1


def test_who_was_too_slow_does_not_put_back_what_another_has_sent(app) -> None:
    put(app)
    with app.app_context():
        slow = Letter.claim(now())
        db.session.commit()
        with time_machine.travel(now() + LEASE):
            post_to(app, Recorder()).work_off()
            slow.put_back(now(), "late")
            slow.give_up(now(), "late")
            db.session.commit()
    assert (one(app).sent_at is not None, one(app).given_up_at, one(app).tries) == (True, None, 0)


def test_nor_does_he_put_back_what_another_has_in_hand(app) -> None:
    put(app)
    with app.app_context():
        slow = Letter.claim(now())
        db.session.commit()
        with time_machine.travel(now() + LEASE, tick=False):
            db.session.expunge(slow)
            assert Letter.claim(now()) is not None
            slow.put_back(now(), "late")
            slow.give_up(now(), "late")
            db.session.commit()
            assert not Letter.is_any_due(now())
    assert (one(app).given_up_at, one(app).tries, one(app).fault) == (None, 0, None)


def test_a_letter_that_cannot_be_opened_is_tried_and_the_next_goes(app) -> None:
    spoilt, carrier = put(app, 2)[0], Recorder()
    with app.app_context():
        db.session.get(Letter, spoilt).sealed = b"other key"
        db.session.commit()
    assert post_to(app, carrier).work_off() == 2
    assert len(carrier.carried) == 1
    assert {letter.fault for letter in rows(app)} == {"SealError", None}


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


def test_the_worker_wakes_at_once_outlives_failures_and_stops(app, monkeypatch) -> None:
    monkeypatch.setattr(post_module, "EVERY", 600.0)
    monkeypatch.setattr(post_module, "AFTER_A_FAULT", 0.0)
    failures = [OperationalError("SELECT", {}, Exception("gone")), RuntimeError("what now")]
    look = Letter.is_any_due
    monkeypatch.setattr(Letter, "is_any_due", lambda at: look(at) if not failures else (_ for _ in ()).throw(failures.pop()))
    carrier = Recorder()
    post = post_to(app, carrier)
    working = threading.Thread(target=post.work, daemon=True)
    working.start()
    try:
        put(app)
        assert carrier.told.wait(30)
    finally:
        post.stop()
        working.join(30)
    assert (working.is_alive(), failures, len(carrier.carried)) == (False, [], 1)


def test_old_letters_are_forgotten(app) -> None:
    put(app)
    post_to(app, Recorder()).work_off()
    for after, left in ((KEPT - timedelta(minutes=1), 1), (KEPT, 0)):
        with time_machine.travel(now() + after):
            server.tidy(app)
        assert len(rows(app)) == left


def test_without_a_mail_server_letters_are_shown_in_the_terminal_and_on_a_page(app, client, capsys) -> None:
    empty = client.get("/nn/outbox")
    assert "Ingen brev" in empty.text
    put(app)
    reminder(app)
    Post(app).work_off()
    printed = capsys.readouterr().out
    assert TO in printed
    assert LINK in printed.splitlines()
    page = client.get("/en/outbox").text
    assert page.count(f'href="{LINK}"') == 2
    assert page.index("Påminning") < page.index("Logg inn"), "newest first"
    assert CODE in page
    with time_machine.travel(now() + SHOWN):
        assert CODE not in client.get("/en/outbox").text
        server.tidy(app)
    assert [letter.sealed for letter in rows(app)] == [None, None]


def test_the_page_shows_the_last_twenty_and_none_of_another_key(app, client, monkeypatch, capsys) -> None:
    put(app, 21)
    Post(app).work_off()
    assert client.get("/nb/outbox").text.count(f'href="{LINK}"') == 20
    with app.app_context():
        db.session.execute(text("UPDATE outbox SET sealed = :other"), {"other": b"x"})
        db.session.commit()
    assert "Ingen brev" in client.get("/nb/outbox").text
    assert capsys.readouterr().out.count(LINK) == 21


@pytest.mark.parametrize(
    ("headers", "environ"),
    [
        ({"X-Forwarded-For": "10.0.0.1"}, {}), ({"Forwarded": "for=10.0.0.1"}, {}), ({"Host": "rusoff.example.no"}, {}),
        ({"Host": "localhost.example.no:8000"}, {}), ({}, {"REMOTE_ADDR": "10.0.0.1"}),
    ],
)  # fmt: skip
def test_whoever_comes_from_elsewhere_does_not_find_the_page(client, headers, environ) -> None:
    assert client.get("/nb/outbox", headers=headers, environ_overrides=environ).status_code == 404
    assert client.get("/nb/outbox", headers={"Host": "127.0.0.1:8000"}).status_code == 200


@pytest.mark.parametrize(
    "settings", [{"public_url": "https://rusoff.example.no"}, {"host": "0.0.0.0"}, {"smtp": "smtp://localhost:25", "mail_from": "a@b.no"}]
)
def test_the_page_exists_on_ones_own_machine_alone(make_app, settings) -> None:
    app = make_app(migrated=False, **settings)
    assert "mail.outbox" not in app.view_functions
