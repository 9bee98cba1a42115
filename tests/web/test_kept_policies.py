"""The policies that a workplace keeps: begun, copied, archived and deleted; and what a reader may do with them."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from app.models.db import db
from app.models.outbox import Letter
from app.models.policy import Policy
from tests import world


def test_a_policy_is_begun_for_a_unit(app, place) -> None:
    blank = place.editor.post(place.address("/new"), data={"unit": "Lager", "example": ""}).location
    assert json.loads(place.editor.get(f"{blank}answers.json").text)["answers"] == {"workplace_name": "Fjordheimen"}
    example = place.editor.post(place.address("/new"), data={"unit": "Kontor", "example": "consultancy"}).location
    assert len(json.loads(place.owner.get(f"{example}answers.json").text)["answers"]) > 20
    again = place.editor.post(place.address("/new"), data={"unit": "lager"})
    assert again.status_code == 422
    assert "Det finnes allerede en policy" in again.text
    assert place.events() == ["policy_made", "policy_made"]


def test_a_copy_has_the_answers_the_logo_and_the_language_and_nothing_that_was_said_or_decided(app, place) -> None:
    with app.app_context():
        policy = db.session.get(Policy, place.policy)
        policy.language, policy.state = "nn", "in_force"
        policy.show_logo(b"logo", "image/png")
        world.version(policy, "in_force")
        db.session.commit()
    assert 'name="copy" value=""' in place.editor.get(place.of_policy("/manage")).text
    assert place.editor.post(place.of_policy("/manage"), data={"do": "copy", "copy": ""}).status_code == 422, "the same unit"
    assert place.editor.post(place.of_policy("/manage"), data={"do": "copy", "copy": "Natt"}).location == place.address()
    with app.app_context():
        copied = db.session.scalar(select(Policy).where(Policy.unit == "Natt"))
        assert copied.id != place.policy
        assert (copied.workplace_id, copied.state, copied.round, copied.archived_at) == (place.id, "draft", 1, None)
        assert (copied.language, copied.logo, copied.logo_type) == ("nn", b"logo", "image/png")
        assert copied.answers == {"workplace_name": "Fjordheimen", "purpose": "x"}


@pytest.mark.parametrize("state", ["ready", "decided", "in_force"])
def test_what_a_text_is_for_is_signed_for_with_it(app, place, state) -> None:
    with app.app_context():
        db.session.get(Policy, place.policy).state = state
        db.session.commit()
    page = place.owner.get(place.of_policy("/manage")).text
    assert "Teksten er låst" in page
    assert 'name="unit"' not in page
    refused = place.owner.post(place.of_policy("/manage"), data={"do": "unit", "unit": "Natt"})
    assert refused.status_code == 422
    assert "Natt" in refused.text
    assert place.stored().unit == ""


def test_what_is_archived_is_read_and_not_changed_until_it_is_restored(app, place) -> None:
    place.editor.post(place.of_policy("/manage"), data={"do": "archive"})
    assert "policyer: 0" in place.owner.get("/nb/workplaces").text
    assert "Arkivet" in place.owner.get(place.address()).text
    for rest in ("/", "/check", "/control", "/preview", "/documents", "/documents/policy.html", "/answers.json", "/manage"):
        assert place.owner.get(place.of_policy(rest)).status_code == 200, rest
    assert "arkivet og kan bare leses" in place.owner.get(place.of_policy("/preview")).text
    assert place.owner.get(place.of_policy("/map/workplace")).location.endswith("/check#workplace")
    changes = {"/map/workplace": {}, "/documents": {"document_language": "nn"}, "/logo": {"remove": "yes"}, "/manage": {"do": "unit", "unit": "x"}}
    for rest, form in changes.items():
        refused = place.owner.post(place.of_policy(rest), data=form)
        assert refused.status_code == 409, rest
        assert "ligger i arkivet" in refused.text
        assert "/manage" in refused.text
    before = place.stored()
    assert (before.language, before.unit) == ("nb", "")
    place.editor.post(place.of_policy("/manage"), data={"do": "restore"})
    assert place.owner.post(place.of_policy("/documents"), data={"document_language": "nn"}).status_code == 303
    assert place.events() == ["policy_archived", "policy_restored"]


def test_a_policy_in_review_is_not_archived(app, place) -> None:
    with app.app_context():
        world.review(db.session.get(Policy, place.policy))
        db.session.commit()
    refused = place.editor.post(place.of_policy("/manage"), data={"do": "archive"})
    assert refused.status_code == 422
    assert "Avslutt innspillsrunden først" in refused.text
    assert place.stored().archived_at is None


def test_a_deed_that_does_not_exist_is_refused(place) -> None:
    assert place.owner.post(place.of_policy("/manage"), data={"do": "burn"}).status_code == 400


def test_a_policy_is_deleted_by_an_owner_who_writes_its_name(app, place) -> None:
    assert place.editor.get(place.of_policy("/discard")).status_code == 403
    assert place.editor.post(place.of_policy("/delete")).status_code == 403
    assert place.owner.get(place.of_policy("/delete")).location == place.of_policy("/discard")
    assert place.owner.post(place.of_policy("/delete")).location == place.of_policy("/discard")
    assert place.owner.post(place.of_policy("/discard"), data={"confirm": "Noe annet"}).status_code == 422
    assert place.stored() is not None
    gone = place.owner.post(place.of_policy("/discard"), data={"confirm": " hele  virksomheten "})
    assert gone.location == place.address("?deleted=1")
    assert "Policyen er slettet" in place.owner.get(gone.location).text
    assert place.stored() is None
    assert place.events() == ["policy_deleted"]


def test_no_letter_goes_to_the_readers_of_a_policy_that_is_deleted(app, place) -> None:
    with app.app_context():
        invited = world.reviewer(world.review(db.session.get(Policy, place.policy)))
        letter = Letter(
            id=world.new_id(), kind="x", about=invited.id, language="nb", sealed=b"x", created_at=world.now(), due_at=world.now(), tries=0
        )
        db.session.add(letter)
        db.session.commit()
    place.owner.post(place.of_policy("/discard"), data={"confirm": "Hele virksomheten"})
    with app.app_context():
        assert db.session.scalar(select(Letter)) is None


def test_a_kept_policy_is_not_handed_over_by_a_link(place) -> None:
    for answer in (place.owner.get(place.of_policy("/continue")), place.editor.post(place.of_policy("/continue"))):
        assert answer.location == place.address("/people?instead=1")
    assert "åpnes ikke med en lenke" in place.owner.get(place.address("/people?instead=1")).text


def test_a_reader_reads_everything_and_changes_nothing(place) -> None:
    before = place.stored()
    for rest in ("/", "/check", "/control", "/preview", "/documents", "/documents/policy.docx", "/answers.json"):
        page = place.reader.get(place.of_policy(rest))
        assert page.status_code == 200, rest
        assert page.mimetype != "text/html" or "Du er observatør her" in page.text
        assert page.mimetype != "text/html" or 'method="post"' not in page.text.partition("<main")[2], f"{rest} offers what is refused"
    assert place.reader.get(place.of_policy("/map/workplace")).location.endswith("/check#workplace")
    for rest in ("/map/workplace", "/documents", "/logo", "/manage", "/discard", "/delete", "/continue", "/keep"):
        answer = place.reader.post(place.of_policy(rest), data={"do": "archive"})
        assert answer.status_code == 403, rest
        assert "rollen din gir ikke tilgang" in answer.text
    assert place.stored().revision == before.revision


def test_a_draft_of_a_browser_has_no_pages_of_a_workplace(client, policy_id) -> None:
    for rest in ("/manage", "/discard"):
        assert client.get(f"/nb/policies/{policy_id}{rest}").status_code == 404
        assert client.post(f"/nb/policies/{policy_id}{rest}", data={"do": "archive"}).status_code == 404
