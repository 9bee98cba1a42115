"""No log holds an answer, an id or a key: neither of what goes well nor of what fails."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from typing import Any

import pytest
from sqlalchemy import text

from app.documents import assemble, findings, savefile
from app.documents.render import docx
from app.models.db import db
from app.models.people import SignIn
from app.pack.load import the_pack
from app.pack.model import Page
from app.server import serve
from app.steps import page_context
from tests.conftest import start_policy
from tests.every_field import form_of, hidden, put, upload
from tests.every_field import savefile as file_of
from tests.unit.solve import full
from tests.web.test_sign_in import mailed
from tests.web.test_start_up import ROOT, environment, free_port

CANARY = "Kanarifugl Ødegård 4711"
FIRST = next(iter(the_pack().pages))
FAILS = [(assemble, "policy"), (docx, "_filled"), (savefile, "write"), (findings, "applies"), (page_context, "fill"), (page_context, "read")]


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that anything says to any log, down to the last detail."""
    ours = logging.getLogger("rusoff")
    before = ours.propagate, ours.level
    ours.propagate = True
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "rusoff"):
        yield caplog
    ours.propagate, ours.level = before


def walk(client: Any, id: str, *places: tuple[str, str]) -> set[int]:
    """Do everything that can be done with a draft, on these pages of questions; what it answered."""
    root, found = f"/nb/policies/{id}", set()
    for place in places:
        found |= fill_in(client, f"{root}/{'/'.join(place)}", the_pack().pages[place][1])
    views = ("", "check", "control", "preview", "documents", "answers.json", "documents/policy.docx", f"documents/{CANARY}", f"?q={CANARY}")
    found |= {client.get(f"{root}/{view}").status_code for view in views}
    broken = file_of(answers={"workplace_name": CANARY, CANARY: CANARY, "size": CANARY}, logo=CANARY)
    return found | {upload(client, "/nb/policies/from-file", "answers", content, CANARY).status_code for content in (broken, broken[:-1])}


def fill_in(client: Any, address: str, page: Page) -> set[int]:
    """Save a page as it should be, from an old form, without the token, and by itself."""
    opened = client.get(address)
    typed = {**form_of(page, full(), lambda most: CANARY[:most]), **hidden(opened.text), "csrf_token": client.token()}
    other = {name: [f"{CANARY} 2"] if words == [CANARY] else words for name, words in typed.items()}
    sent = (typed, {**other, "fingerprint": "old", "form": "other"}, {**typed, "csrf_token": CANARY}, {**typed, "org_number": CANARY})
    found = {opened.status_code, *(client.post(address, data=one).status_code for one in sent)}
    return found | {client.post(address, data=typed, headers={"X-Autosave": "1"}).status_code}


def silent_about(log: str, *words: str) -> None:
    for word in (CANARY, "Kanarifugl", "4711", "Odegard", *words):
        assert word not in log, next(line for line in log.splitlines() if word in line)


def test_no_log_holds_what_was_written(app, client, logged) -> None:
    app.testing = True
    id = start_policy(client, put(full(), lambda most: CANARY[:most]))
    found = walk(client, id, *the_pack().pages)
    assert {200, 303, 400, 404, 409, 422} <= set(found)
    silent_about(logged.text, id)


@pytest.mark.parametrize(("module", "name"), FAILS)
def test_nor_does_it_when_the_app_itself_fails(app, client, logged, monkeypatch, module, name) -> None:
    def fail(*given: Any, **_named: Any) -> None:
        raise ValueError(f"cannot take {CANARY}", CANARY) from KeyError(CANARY)

    id = start_policy(client, put(full(), lambda most: CANARY[:most]))
    monkeypatch.setattr(module, name, fail)
    monkeypatch.setattr(app, "testing", False)
    assert 500 in walk(client, id, FIRST)
    assert "ValueError" in logged.text
    silent_about(logged.text, id)


def test_nor_does_it_when_the_database_fails(app, client, logged, monkeypatch) -> None:
    id = start_policy(client, full())
    monkeypatch.setattr(app, "testing", False)
    step, page = the_pack().place["workplace_name"]
    address = f"/nb/policies/{id}/{step.id}/{page.id}"
    typed = {**form_of(page, full(), lambda most: CANARY[:most]), **hidden(client.get(address).text), "csrf_token": client.token()}
    change("ALTER TABLE policy RENAME COLUMN minute TO moment", app)
    try:
        assert client.post(address, data=typed).status_code in (500, 503)
    finally:
        change("ALTER TABLE policy RENAME COLUMN moment TO minute", app)
    assert logged.text
    silent_about(logged.text, id)


def test_nor_who_signs_in_and_by_what(app, client, logged, monkeypatch) -> None:
    app.testing = True
    email = "kanarifugl4711@example.no"
    path, code = mailed(client, email, next="/nb/privacy")
    name = app.config["SESSION_COOKIE_NAME"]
    said = [client.post("/nb/sign-in", data={"email": f"{CANARY}@x"}), client.get(path), client.post("/nb/sign-in/code", data={"code": "4711"})]
    said += [client.post(path), client.post("/nb/me", data={"name": CANARY, "mail_language": "nb"}), client.get("/nb/me/export"), client.post(path)]
    said += [client.post("/nb/sign-in/passkey", data={"answer": CANARY}), client.get(f"/nb/sign-in?next=/{CANARY}")]
    cookie = client.get_cookie(name).value
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setattr(SignIn, "ask", lambda *given: int(str(given)))
    said.append(client.post("/nb/sign-in", data={"email": email}))
    assert {200, 303, 422, 500} <= {page.status_code for page in said}
    silent_about(logged.text, path.rpartition("/")[2], code, cookie, "example.no")


def change(statement: str, app: Any) -> None:
    """Change a table, on a new connection: SQLite finds no column by its new name on one that has read the old shape."""
    with app.app_context():
        db.engine.dispose()
        with db.engine.begin() as connection:
            connection.execute(text(statement))


def test_the_server_writes_neither_answers_nor_ids(tmp_path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "app.cli", "run"]
    settings = environment(RUSOFF_INSTANCE=str(tmp_path / "instance"), PORT=str(port), HOME="")
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert "http://" in running.stdout.readline()
            id = visit(f"http://127.0.0.1:{port}")
        finally:
            running.send_signal(signal.SIGTERM)
            said, log = running.communicate(timeout=30)
    assert "POST /<language:language>/policies/<policy:id>/<step>/<page> 303" in log
    silent_about(said + log, id, "csrf", "session")
    assert serve.access.name.startswith("rusoff")


def visit(root: str) -> str:
    """Begin a draft, write in it, and ask for what is not there; the id of the draft."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    start = browser.open(f"{root}/nb/")
    token = hidden(start.read().decode())["csrf_token"]
    page = browser.open(f"{root}/nb/policies", urllib.parse.urlencode({"csrf_token": token[0]}).encode())
    form = hidden(page.read().decode())
    typed = {**form, "asked": ["workplace_name"], "workplace_name": [CANARY]}
    browser.open(page.geturl(), urllib.parse.urlencode(typed, doseq=True).encode()).read()
    for bad in (f"/nb/policies/{urllib.parse.quote(CANARY)}/", f"/nb/?q={urllib.parse.quote(CANARY)}", "/%00%ff"):
        try:
            browser.open(root + bad).read()
        except urllib.error.HTTPError as refused:
            refused.read()
    return page.geturl().split("/policies/")[1].split("/")[0]
