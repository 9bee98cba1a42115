"""The event log: in words, for owners alone, to take away, and without anything that somebody wrote."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

import app as the_package
from app.models.audit_log import WORD_LENGTH, record_event
from app.models.comments import Comment
from app.models.db import db
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review
from app.pack.text import LANGUAGES
from app.ui_texts import the_words
from app.workplaces.views_log import A_PAGE, harmless
from tests import world
from tests.places import HOSTILE, Place

CODES = {
    "workplace_made", "workplace_renamed", "policy_kept", "policy_made", "policy_copied", "policy_renamed", "policy_archived", "policy_restored",
    "policy_deleted", "member_invited", "member_joined", "member_role", "member_removed", "member_left",
    "invitation_withdrawn", "invitation_declined",
    "review_opened", "reviewer_invited", "reviewer_reminded", "reviewer_revoked", "reviewer_opened", "reviewer_finished", "comment_sent",
    "comment_answered", "comment_replied", "review_closed", "made_ready", "decided", "put_in_force", "reopened", "revision_begun",
    "disagreement_stands", "disagreement_withdrawn", "reviewer_reopened",
}  # fmt: skip
RECORDED = re.compile(r"(?<!changes\.)\b_?(?:record_event|note|log)\((?:[\w.]+, )?\"([a-z_]+)\"")


def write(place: Place, *codes: str, **about: Any) -> None:
    with place.app.app_context():
        for code in codes:
            record_event(code, place.id, place.policy, place.people["owner"].id, **about)
        db.session.commit()


def rows_of(place: Place, query: str = "") -> list[list[str]]:
    text = place.owner.get(place.address(f"/log.csv{query}")).data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_everything_that_is_recorded_has_words() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(the_package.__file__).parent.rglob("*.py"))
    recorded = set(RECORDED.findall(source))
    assert {"policy_kept", "member_left", "decided", "review_opened", "comment_sent"} <= recorded, "the pattern no longer finds them"
    assert not [code for code in recorded | CODES if f"event_{code}" not in the_words()]
    assert not [code for code in recorded | CODES if len(code) > WORD_LENGTH]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_speaks_the_readers_language(place, language) -> None:
    write(place, *sorted(CODES), role="owner", number=3)
    page = place.owner.get(f"/{language}/workplaces/{place.id}/log").text
    for code in CODES:
        assert the_words()[f"event_{code}"][language] in page, code
    assert "Olga" in page
    assert the_words()["role_owner"][language] in page


def test_a_code_without_words_is_shown_as_it_is(place) -> None:
    write(place, "something_new")
    assert "something_new" in place.owner.get(place.address("/log")).text


def test_the_newest_stand_first_a_page_at_a_time(place) -> None:
    write(place, *[f"code_{number}" for number in range(A_PAGE + 3)])
    first, second = (place.owner.get(place.address(f"/log?page={page}")).text for page in (1, 2))
    assert re.findall(r"code_\d+", first) == [f"code_{number}" for number in range(A_PAGE + 2, 2, -1)]
    assert re.findall(r"code_\d+", second) == ["code_2", "code_1", "code_0"]
    assert "Side 1 av 2" in first
    assert "page=1" in second
    for odd in ("0", "-1", "x", "9" * 30, "²", "", "\x00"):
        assert place.owner.get(place.address("/log"), query_string={"page": odd}).status_code == 200


def test_the_log_of_one_policy_can_be_chosen_also_when_it_is_deleted(place) -> None:
    place.owner.post(place.address("/new"), data={"unit": "Natt"})
    place.owner.post(place.of_policy("/discard"), data={"confirm": "Hele virksomheten"})
    page = place.owner.get(place.address(f"/log?policy={place.policy}")).text
    assert "Slettet policyen" in page
    assert "Begynte på en ny policy" not in page
    assert "en slettet policy" in page
    assert [row[2] for row in rows_of(place, f"?policy={place.policy}")[1:]] == ["Slettet policyen"]
    assert len(rows_of(place, "?policy=nonsense")) == 3, "all of it, when no such policy is known"


def test_whoever_deleted_her_account_has_no_name_in_the_log(app, place) -> None:
    place.editor.post(place.of_policy("/manage"), data={"do": "archive"})
    assert "editor" in rows_of(place)[1][1]
    with app.app_context():
        db.session.execute(delete(Person).where(Person.id == place.people["editor"].id))
        db.session.commit()
    assert rows_of(place)[1][1] == "en slettet konto"
    write(place, "reviewer_reminded", automatic=1)
    with app.app_context():
        record_event("reviewer_reminded", place.id, place.policy, automatic=1)
        db.session.commit()
    assert rows_of(place)[1][1] == "veiviseren selv"


def test_of_somebody_who_has_left_the_log_shows_no_address(app, place) -> None:
    with app.app_context():
        db.session.get(Person, place.people["editor"].id).name = ""
        db.session.commit()
    place.editor.post(place.of_policy("/manage"), data={"do": "archive"})
    assert rows_of(place)[1][1] == "editor@example.no"
    place.editor.post(place.address("/leave"))
    assert "editor@example.no" not in place.owner.get(place.address("/log")).text
    assert rows_of(place)[1][1] == "et tidligere medlem uten navn"


def test_a_reader_of_a_review_is_named_by_name_and_role(app, place) -> None:
    with app.app_context():
        vera = world.reviewer(world.review(db.session.get(Policy, place.policy)))
        record_event("reviewer_opened", place.id, place.policy, reviewer_id=vera.id)
        db.session.commit()
    assert rows_of(place)[1][1] == "Vera (verneombud)"
    write(place, "reviewer_revoked", reviewer=vera.id, role="verneombud")
    assert rows_of(place)[1][3] == "Vera (verneombud)"
    place.owner.post(place.of_policy("/discard"), data={"confirm": "Hele virksomheten"})
    assert rows_of(place)[3][1] == rows_of(place)[2][3] == "en invitert leser"


def test_the_log_opens_in_a_spreadsheet(place) -> None:
    write(place, "policy_archived", role="editor")
    file = place.owner.get(place.address("/log.csv"))
    assert file.data.startswith(b"\xef\xbb\xbf")
    assert file.mimetype == "text/csv"
    assert "Hendelseslogg.csv" in file.headers["Content-Disposition"]
    heading, row = rows_of(place)
    assert heading == ["Når (norsk tid)", "Hvem", "Hva", "Mer om det", "Policy"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row[0])
    assert row[1:] == ["Olga", "Arkiverte policyen", "rolle: medforfatter", "Hele virksomheten"]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "|x", "%0A", *HOSTILE])
def test_no_name_becomes_a_formula(app, place, name) -> None:
    with app.app_context():
        db.session.get(Person, place.people["owner"].id).name = name
        db.session.commit()
    place.owner.post(place.of_policy("/manage"), data={"do": "unit", "unit": name})
    row = rows_of(place)[1]
    assert row[1] == row[4] == harmless(name)
    assert row[1][0] not in "=+-@|%"


@pytest.mark.parametrize("name", ["Per,=1+1", "Per; =1+1", "Per\t@SUM(A1)", "Per,  -1", "＝1+1", "＠SUM(A1)", "Per;＋1"])
def test_nor_where_a_spreadsheet_cuts_at_another_sign(app, place, name) -> None:
    with app.app_context():
        db.session.get(Person, place.people["owner"].id).name = name
        db.session.commit()
    place.owner.post(place.of_policy("/manage"), data={"do": "archive"})
    cells = re.split("[,;\t]", rows_of(place)[1][1])
    assert not [cell for cell in cells if cell.strip()[0] in "=+-@＝＋－＠"]


def test_the_log_is_read_by_programs(place) -> None:
    write(place, "decided", number=2)
    whole = json.loads(place.owner.get(place.address("/log.json")).text)
    assert whole["workplace"] == "Fjordheimen"
    (event,) = whole["events"]
    assert event.pop("at").endswith("+00:00")
    assert (event["code"], event["about"], event["policy_id"]) == ("decided", {"number": 2}, place.policy)
    assert (event["who"], event["what"], event["policy"]) == ("Olga", "Registrerte vedtaket", "Hele virksomheten")


def test_nothing_that_somebody_wrote_is_in_the_log(app, place) -> None:
    canary = "kanarifugl7"
    step = {"do": "unit", "unit": "Natt"}
    with app.app_context():
        policy = db.session.get(Policy, place.policy)
        policy.answers = {"workplace_name": canary}
        vera = world.reviewer(world.review(policy), name="Vera")
        Comment.write(vera, "purpose", "question", canary)
        db.session.get(Review, vera.review_id).greeting = canary
        record_event("comment_sent", place.id, place.policy, reviewer_id=vera.id, count=1)
        db.session.commit()
    place.owner.post(place.of_policy("/manage"), data=step)
    place.owner.post(place.of_policy("/manage"), data={"do": "copy", "copy": "Dag"})
    place.owner.post(place.address("/people"), data={"email": f"{canary}@example.no", "role": "reader"})
    place.owner.post(place.address("/people/withdraw"), data={"email": f"{canary}@example.no"})
    for address in ("/log", "/log.csv", "/log.json"):
        found = place.owner.get(place.address(address)).data.decode()
        assert canary not in found
        assert len(found) > 100
