"""A version never changes and opens for ever, whatever becomes of content and code."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from itertools import pairwise
from urllib.parse import unquote

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.clock import now
from app.documents import frozen, savefile
from app.documents.model import Document, Paragraph, Run, Section
from app.documents.outputs import files_from
from app.models.db import db
from app.models.policy import Policy
from app.models.versions import FROZEN, RECORDED, Decision, FrozenVersionError, Version
from app.pack.load import the_pack
from tests.deciding import Scene, scene
from tests.unit.drawn import picture

GONE = {"gone": ["x"], "workplace_name": "S"}
FILES = list(files_from(the_pack(), "version"))
CHANGED = {
    "id": "b" * 26, "policy_id": "c" * 26, "number": 99, "language": "en", "edition": "1999.1", "answers": {"a": 1}, "document": {"format": 1},
    "papers": {"x": {}}, "unread_because": "x", "text_hash": "0" * 64, "logo": b"x", "logo_type": "image/png", "colour": "7a1fa2", "template": b"x",
    "made_at": now(),
    "own_words": {"x": {}},
    "version_id": "d" * 26, "decided_on": date(2001, 1, 1), "body": "board", "body_name": "x", "case_number": "x", "present": "x",
    "result": "sent_back", "changes": "x", "dissent": "x", "in_force_from": date(2001, 1, 1), "paper": {"x": 1}, "recorded_at": now(),
}  # fmt: skip
COLUMNS = ", ".join(column.name for column in Version.__table__.c)
OTHERWISE = ", ".join(
    {"id": "'" + "b" * 26 + "'", "text_hash": "'" + "0" * 64 + "'"}.get(column.name, column.name) for column in Version.__table__.c
)  # under another id, as the same number


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


def test_the_list_of_what_is_frozen_forgets_no_column() -> None:
    moving = {"state", "changed_at", "in_force_on", "until", "made_by"}
    assert {column.name for column in Version.__table__.c} == set(FROZEN) | moving
    assert {column.name for column in Decision.__table__.c} == set(RECORDED) | {"recorded_by"}


@pytest.mark.parametrize(("model", "name"), [*((Version, name) for name in FROZEN), *((Decision, name) for name in RECORDED)])
def test_no_column_of_what_is_frozen_can_be_changed(app, play, model, name) -> None:
    play.until("decided")
    with app.app_context():
        row = db.session.scalars(select(model)).one()
        setattr(row, name, CHANGED[name])
        with pytest.raises(FrozenVersionError):
            db.session.flush()
        db.session.rollback()
        bound = model.__table__.update().values({name: CHANGED[name]})
        with pytest.raises(DatabaseError):
            db.session.execute(bound)
        db.session.rollback()
        with pytest.raises(DatabaseError):
            db.session.execute(text(f"UPDATE {model.__tablename__} SET {name} = {name}"))


@pytest.mark.parametrize("table", ["version", "decision"])
def test_nor_can_another_row_take_the_place_of_what_is_frozen(app, play, table) -> None:
    play.until("decided")
    with app.app_context():
        verb = "INSERT OR REPLACE" if db.engine.dialect.name == "sqlite" else "INSERT"
        with pytest.raises(DatabaseError):
            db.session.execute(text(f"{verb} INTO {table} SELECT * FROM {table}"))
        db.session.rollback()
        with pytest.raises(DatabaseError):
            db.session.execute(text(f"{verb} INTO version ({COLUMNS}) SELECT {OTHERWISE} FROM version"))


def test_what_moves_may_move(app, play) -> None:
    play.until("decided")
    with app.app_context():
        db.session.execute(text("UPDATE version SET made_by = NULL, changed_at = changed_at"))
        db.session.execute(text("UPDATE decision SET recorded_by = NULL"))
        db.session.commit()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_version_is_read_and_downloaded(app, language) -> None:
    play = scene(app, language=language).until("in_force")
    (version,) = play.versions()
    assert version.text_hash == frozen.text_hash(version.document)
    for screen in ("nb", "nn", "en"):
        page = play.reader.get(play.address("versions/1/", screen)).text
        assert " ".join(version.text_hash[at : at + 4] for at in range(0, 64, 4)) in page
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), "no level of headings is left out"
    for name in FILES:
        answer = play.reader.get(play.address(f"versions/1/{name}"))
        assert answer.status_code == 200, name
        called = unquote(answer.headers["Content-Disposition"])
        assert "Solbakken & Sønner" in called
        assert {"nb": "versjon 1", "nn": "versjon 1", "en": "version 1"}[language] in called


def test_a_frozen_policy_says_the_same_in_word_whatever_the_answers_say_later(play) -> None:
    play.until("ready")
    before = play.owner.get(play.address("versions/1/policy.docx")).data
    assert "Medvirkningsprotokoll" in zipfile.ZipFile(io.BytesIO(before)).read("word/document.xml").decode()
    play.reopen()
    play.owner.post(play.address("logo"), data={"remove": "yes"})
    play.owner.post(play.address("documents"), data={"document_language": "nn"})
    after = play.owner.get(play.address("versions/1/policy.docx")).data
    expected = _body(before).replace("\u00a0Forslag\u00a0", "\u00a0Utkast\u00a0").replace("SealProposal", "SealDraft")
    assert _body(after) == expected.replace("TIL VEDTAK", "UTKAST").replace("Forslag, ikke vedtatt ennå", "Ikke vedtatt")
    assert play.versions()[0].language == "nb"


def _body(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return "".join(archive.read(name).decode() for name in ("word/document.xml", "word/header.xml", "word/firstHeader.xml", "word/footer.xml"))


def test_the_logo_is_frozen_with_the_text(app, play) -> None:
    with app.app_context():
        db.session.get_one(Policy, play.id).show_logo(picture(), "image/png")
        db.session.commit()
    play.until("ready").reopen()
    play.owner.post(play.address("logo"), data={"remove": "yes"})
    names = zipfile.ZipFile(io.BytesIO(play.owner.get(play.address("versions/1/policy.docx")).data)).namelist()
    assert "word/media/logo.png" in names


def test_the_answers_of_a_version_begin_a_new_draft(app, play) -> None:
    play.until("ready")
    file = json.loads(play.reader.get(play.address("versions/1/answers.json")).text)
    assert file["answers"] == play.policy().answers
    loaded = savefile.read(the_pack(), json.dumps(file))
    assert loaded.answers == savefile.read(the_pack(), savefile.write(the_pack(), play.policy().answers, "nb")).answers


@pytest.mark.parametrize("name", ["nothing.docx", "policy.txt", "decision.docx", "questionnaire.docx"])
def test_a_file_that_is_not_there_is_not_found(play, name) -> None:
    play.until("ready")
    assert play.owner.get(play.address(f"versions/1/{name}")).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 2**31, 2**63, 2**200])
def test_a_version_that_is_not_there_is_not_found(play, number) -> None:
    play.until("ready")
    for rest in ("", "policy.docx"):
        assert play.owner.get(play.address(f"versions/{number}/{rest}")).status_code == 404


# ── as the years go by ──


def of_long_ago() -> dict:
    """A document of clauses, questions, blocks' fields and an edition that nobody knows any more."""
    section = Section("gone_clause", 1, "1 Formål", "body", (Paragraph((Run("Slik stod det."),)),), answers=("gone",), sources=("gone-law",))
    document = Document("policy", "nb", "Rusmiddelpolicy for Solbakken", "Solbakken", (section,), origin="RusOff 1999", edition="1999.1")
    made = frozen.freeze(document)
    made["sections"][0]["colour_of_that_time"] = "blue"
    made["sections"].append({**frozen.freeze(document)["sections"][0], "id": "record-top", "title": "Vedlegg 1: Medvirkningsprotokoll"})
    return made


def put(play: Scene, document: dict, number: int = 1, state: str = "replaced") -> None:
    with play.app.app_context():
        at = now()
        papers = {"record": document, "case_paper": document}
        db.session.add(
            Version(
                id="z" * 26, policy_id=play.id, number=number, state=state, language="nb", edition="1999.1", answers=GONE,
                document=document, papers=papers, unread_because="", text_hash=frozen.text_hash(document), logo=None, logo_type=None,
                colour=None, template=None,
                made_at=at,
                made_by=None, changed_at=at, in_force_on=at.date(),
            )
        )  # fmt: skip
        db.session.commit()


def test_a_version_opens_when_its_content_is_long_gone(play) -> None:
    put(play, of_long_ago())
    page = play.reader.get(play.address("versions/1/")).text
    assert "Slik stod det." in page
    assert "1999.1" in page
    for name in FILES[:-1]:
        assert play.reader.get(play.address(f"versions/1/{name}")).status_code == 200
    file = json.loads(play.reader.get(play.address("versions/1/answers.json")).text)
    assert (file["answers"]["gone"], file["edition"]) == (["x"], "1999.1")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_version_of_a_newer_program_gets_a_clear_page(play, language) -> None:
    put(play, of_long_ago() | {"format": frozen.FORMAT + 1}, state="ready")
    with play.app.app_context():
        db.session.execute(text("UPDATE policy SET state = 'ready'"))
        db.session.commit()
    for rest in ("versions/1/", *(f"versions/1/{name}" for name in FILES[:-1])):
        answer = play.owner.get(play.address(rest, language))
        assert answer.status_code == 409
        assert "1" in answer.text
    for rest in ("status", "decide", "documents", "reopen", "", "versions/1/answers.json"):
        assert play.owner.get(play.address(rest, language)).status_code == 200, rest
    assert play.decide(language=language).status_code == 303, "a decision is recorded even so"


# ── downloads ──


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_download_page_leads_with_what_is_signed_for(play, language) -> None:
    for state in ("ready", "decided", "in_force"):
        page = play.until(state).reader.get(play.address("documents", language)).text
        first = play.address("versions/1/policy.docx", language)
        assert page.index(f'href="{first}"') < page.index("questionnaire.docx")
        assert play.address("documents/policy.docx", language) not in page, "one text, not two"
        assert (play.address("versions/1/decision.docx", language) in page) == (state != "ready")
    play.reopen()
    assert "versions/" not in play.reader.get(play.address("documents")).text
