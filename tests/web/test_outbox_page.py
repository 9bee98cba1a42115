"""Without a mail server letters are shown: in the terminal, and on a page to whoever sits at the machine."""

from __future__ import annotations

import http.client
import re
import subprocess

import pytest
import time_machine
from sqlalchemy import text

from app.clock import now
from app.config import Config, ConfigError
from app.mail.worker import OutboxWorker
from app.models.db import db
from app.models.outbox import SHOWN
from app.server import serve
from tests.conftest import browser
from tests.heavy.serving import Server
from tests.mailing import CODE, LINK, TO, put, reminder, rows
from tests.web.test_start_up import ROOT, environment


def test_without_a_mail_server_letters_are_shown_in_the_terminal_and_on_a_page(app, client, capsys) -> None:
    empty = client.get("/nn/outbox")
    assert "Ingen e-post" in empty.text
    put(app)
    reminder(app)
    OutboxWorker(app).work_off()
    printed = capsys.readouterr().out
    assert TO in printed
    assert LINK in printed.splitlines()
    page = client.get("/en/outbox").text
    assert page.count(f'href="{LINK}"') == 2
    assert page.index("Påminning") < page.index("Logg inn"), "newest first"
    assert CODE in page
    assert re.search(r"kl\. \d\d\.\d\d\b", client.get("/nb/outbox").text), "as times are written in Norwegian"
    with time_machine.travel(now() + SHOWN):
        assert CODE not in client.get("/en/outbox").text
        serve.tidy(app)
    assert [letter.sealed for letter in rows(app)] == [None, None]


def test_the_page_shows_the_last_twenty_and_none_of_another_key(app, client, monkeypatch, capsys) -> None:
    put(app, 21)
    OutboxWorker(app).work_off()
    assert client.get("/nb/outbox").text.count(f'href="{LINK}"') == 20
    with app.app_context():
        db.session.execute(text("UPDATE outbox SET sealed = :other"), {"other": b"x"})
        db.session.commit()
    assert "Ingen e-post" in client.get("/nb/outbox").text
    assert capsys.readouterr().out.count(LINK) == 21


@pytest.mark.parametrize(
    ("headers", "environ"),
    [
        ({"X-Forwarded-For": "10.0.0.1"}, {}), ({"Forwarded": "for=10.0.0.1"}, {}), ({"Host": "rusoff.example.no"}, {}),
        ({"Host": "localhost.example.no:8000"}, {}), ({}, {"REMOTE_ADDR": "10.0.0.1"}), ({"X-Forwarded-Proto": "https"}, {}),
        ({"Via": "1.1 proxy"}, {}), ({"X-Real-IP": "10.0.0.1"}, {}), ({"CF-Connecting-IP": "10.0.0.1"}, {}), ({}, {"SERVER_PROTOCOL": "HTTP/1.0"}),
    ],
)  # fmt: skip
def test_whoever_comes_from_elsewhere_does_not_find_the_page(client, headers, environ) -> None:
    assert client.get("/nb/outbox", headers=headers, environ_overrides=environ).status_code == 404
    assert client.get("/nb/outbox", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_nor_does_the_real_server_hide_that_a_proxy_brought_them(tmp_path) -> None:
    served = Server(tmp_path, f"sqlite:///{tmp_path / 'rusoff.sqlite3'}")
    try:
        traces = [{}, {"X-Forwarded-For": "10.0.0.1"}, {"Forwarded": "for=10.0.0.1"}, {"Via": "1.1 proxy"}]
        assert [asked(served.port, headers) for headers in traces] == [200, 404, 404, 404]
    finally:
        served.stop()


def asked(port: int, headers: dict[str, str]) -> int:
    """What the page answers on a connection of its own."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    asking.request("GET", "/nb/outbox", headers=headers)
    status = asking.getresponse().status
    asking.close()
    return status


def asked_to_show(**settings: str) -> Config:
    return Config.from_environment({"RUSOFF_SHOW_LETTERS": "yes", **settings})


@pytest.mark.parametrize(
    "settings",
    [
        {"RUSOFF_PUBLIC_URL": "https://rusoff.example.no"}, {"HOST": "0.0.0.0"}, {"RUSOFF_TRUSTED_PROXIES": "1"},
        {"RUSOFF_SMTP": "smtp://localhost:25", "RUSOFF_MAIL_FROM": "a@b.no", "RUSOFF_PUBLIC_URL": "http://b.no"},
    ],
)  # fmt: skip
def test_whoever_serves_others_cannot_ask_for_the_page(settings) -> None:
    assert asked_to_show().show_letters
    with pytest.raises(ConfigError, match="RUSOFF_SHOW_LETTERS"):
        asked_to_show(**settings)


def test_unless_somebody_asks_for_it_there_is_no_page_and_no_log_lets_anybody_in(make_app, capsys, caplog) -> None:
    app = make_app(show_letters=False)
    client = browser(app)
    assert client.get("/nb/outbox").status_code == 404
    assert client.get("/nb/outbox", headers={"Host": "localhost"}, environ_overrides={"REMOTE_ADDR": "127.0.0.1"}).status_code == 404
    put(app)
    with caplog.at_level("DEBUG", "rusoff"):
        OutboxWorker(app).work_off()
    told = capsys.readouterr()
    assert not [secret for secret in (TO, LINK, CODE) if secret in told.out + told.err + caplog.text]
    assert [LINK in letter and CODE in letter for letter in serve.letters(app)] == [True], "the operator can read it, and nobody else"
    client.post("/nb/sign-in", data={"email": TO})
    assert "Spør den som driver tjenesten" in client.get("/nb/sign-in/code").text
    assert "outbox" not in client.get("/nb/sign-in/code").text
    with time_machine.travel(now() + SHOWN):
        assert serve.letters(app) == []


@pytest.mark.parametrize(("given", "shows"), [({}, True), ({"RUSOFF_TRUSTED_PROXIES": "1"}, False), ({"RUSOFF_SHOW_LETTERS": "no"}, False)])
def test_make_run_asks_for_it_on_ones_own_machine_alone(tmp_path, given, shows) -> None:
    rusoff = tmp_path / "rusoff"
    rusoff.write_text('#!/bin/sh\necho "$@"\n')
    rusoff.chmod(0o755)
    done = tmp_path / ".installed"
    done.touch()
    told = ["make", "-s", "-f", str(ROOT / "Makefile"), "run", f"BIN={tmp_path}", f"INSTALLED={done}", "-o", str(done)]
    said = subprocess.run(told, cwd=ROOT, env=environment(**given), capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout.split() == ["run", *(["--show-letters"] if shows else [])]
