"""Who belongs to a workplace: invitations, roles that change at once, and the owner who must stay."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import select

from app.mail.encryption import decrypt
from app.models.db import db
from app.models.outbox import Letter
from app.models.policy import Policy
from app.models.workplaces import Expected, LastOwnerError, Member, Workplace
from tests import world
from tests.conftest import browser
from tests.places import Place


def letters(app: Any) -> list[tuple[str, str]]:
    """To whom, and what: the letters that wait."""
    with app.app_context():
        found = [decrypt(letter.sealed, str(app.secret_key)) for letter in db.session.scalars(select(Letter).order_by(Letter.created_at))]
        return [(contents.to, contents.text) for contents in found]


def invite(place: Place, email: str = "ny@example.no", role: str = "editor", **more: str) -> Any:
    return place.owner.post(place.address("/people"), data={"email": email, "role": role, **more})


def newcomer(app: Any, email: str = "ny@example.no") -> Any:
    with app.app_context():
        somebody = world.person(email, "Nina")
        db.session.commit()
    return world.sign_in(browser(app), somebody)


def role_of(place: Place, role: str) -> str | None:
    with place.app.app_context():
        return db.session.scalar(select(Member.role).where(Member.workplace_id == place.id, Member.person_id == place.people[role].id))


def test_whoever_is_invited_gets_a_letter_and_says_yes(app, place) -> None:
    assert invite(place, " Ny@Example.no ").location == place.address("/people?done=invited")
    (to, text), *rest = letters(app)
    assert to == "ny@example.no"
    assert not rest
    assert "/nb/workplaces" in text
    assert "Fjordheimen" in text
    assert "medforfatter" in text
    nina = newcomer(app)
    page = nina.get("/nb/workplaces").text
    assert f"/nb/workplaces/{place.id}/accept" in page
    assert nina.get(place.address()).status_code == 404, "not before they say yes"
    assert nina.post(place.address("/accept")).location == place.address()
    assert nina.get(place.of_policy()).status_code == 200
    assert nina.post(place.address("/accept")).location == place.address(), "of two clicks one sees the second answer"
    assert place.events() == ["member_invited", "member_joined"]


def test_whoever_says_no_is_expected_no_more(app, place) -> None:
    invite(place)
    nina = newcomer(app)
    assert nina.post(place.address("/decline")).location == "/nb/workplaces?done=declined"
    assert nina.post(place.address("/accept")).status_code == 404
    assert "ny@example.no" not in place.owner.get(place.address("/people")).text
    page = place.owner.get(place.address("/log")).text
    assert "den som var invitert" in page
    assert "Nina" not in page


def test_an_invitation_is_for_its_address_alone(app, place) -> None:
    invite(place)
    assert newcomer(app, "en.annen@example.no").post(place.address("/accept")).status_code == 404
    assert browser(app).post(place.address("/accept")).status_code == 401


def test_an_invitation_is_taken_back_with_its_letter(app, place) -> None:
    invite(place)
    assert place.owner.post(place.address("/people/withdraw"), data={"email": "ny@example.no"}).location == place.address("/people?done=withdrawn")
    assert letters(app) == []
    assert newcomer(app).post(place.address("/accept")).status_code == 404
    assert place.owner.post(place.address("/people/withdraw"), data={"email": "ny@example.no"}).status_code == 404


def test_to_invite_again_changes_the_role_and_sends_one_letter(app, place) -> None:
    invite(place, role="reader")
    invite(place, role="editor")
    assert len(letters(app)) == 1
    with app.app_context():
        assert [expected.role for expected in Expected.of(place.id)] == ["editor"]


@pytest.mark.parametrize(
    ("email", "role", "field"),
    [("", "editor", "email"), ("nobody", "editor", "email"), ("a@b.no\nBcc: c@d.no", "editor", "email"), ("ny@example.no", "king", "role"),
     ("reader@example.no", "owner", "email"), ("x" * 250 + "@example.no", "editor", "email")],
)  # fmt: skip
def test_an_invitation_that_cannot_be_sent_says_why(app, place, email, role, field) -> None:
    answer = invite(place, email, role)
    assert answer.status_code == 422
    assert "<title>Feil: " in answer.text
    assert f'id="error-{field}"' in answer.text
    assert letters(app) == []
    assert place.events() == []


def test_a_member_who_is_expected_as_well_keeps_her_role(app, place) -> None:
    with app.app_context():
        Expected.at(db.session.get(Workplace, place.id), "owner@example.no", "reader")
        db.session.commit()
    place.owner.post(place.address("/accept"))
    assert role_of(place, "owner") == "owner"


def test_invitations_are_counted(make_app) -> None:
    place = Place(make_app(letters_per_hour=2))
    assert [invite(place, f"n{number}@example.no").status_code for number in range(3)] == [303, 303, 429]


def test_owners_see_addresses_and_other_members_do_not(app, place) -> None:
    invite(place)
    with app.app_context():
        world.person("uten@example.no", "")
        db.session.get(Workplace, place.id).take_in(world.Person.with_email("uten@example.no"), "reader")
        db.session.commit()
    shown = {"owner": place.owner, "editor": place.editor, "reader": place.reader}
    for role, member in shown.items():
        page = member.get(place.address("/people")).text
        assert "Olga" in page
        assert ("@example.no" in page) == (role == "owner")
        assert ("Medlem uten navn" in page) == (role != "owner")


@pytest.mark.parametrize("role", ["reader", "removed"])
def test_a_role_holds_at_the_next_request_also_in_a_browser_elsewhere(app, place, role) -> None:
    elsewhere = world.sign_in(browser(app), place.people["editor"])
    editors = (place.editor, elsewhere)
    for browser_ in editors:
        assert browser_.post(place.of_policy("/documents"), data={"document_language": "nb"}).status_code == 303
    form = {"person": place.people["editor"].id, **({"remove": "yes"} if role == "removed" else {"role": role})}
    assert place.owner.post(place.address("/people/change"), data=form).status_code == 303
    wanted = (404, 404, 404) if role == "removed" else (200, 403, 403)
    for browser_ in editors:
        read = browser_.get(place.of_policy())
        write = browser_.post(place.of_policy("/documents"), data={"document_language": "nn"})
        new = browser_.post(place.address("/new"), data={"unit": "x"})
        assert (read.status_code, write.status_code, new.status_code) == wanted
    assert place.events() == ["member_removed" if role == "removed" else "member_role"]


def test_a_member_of_another_workplace_cannot_be_changed_from_here(app, place) -> None:
    other = Place(app, "Other", ".other")
    for person in (other.people["editor"].id, "", "\x00", "x" * 5000):
        assert place.owner.post(place.address("/people/change"), data={"person": person, "role": "reader"}).status_code == 404
    assert place.owner.post(place.address("/people/change"), data={"person": place.people["editor"].id, "role": "king"}).status_code == 400
    assert role_of(other, "editor") == "editor"


def test_the_last_owner_stays(place) -> None:
    me = place.people["owner"].id
    for refused in (
        place.owner.post(place.address("/leave")),
        place.owner.post(place.address("/people/change"), data={"person": me, "role": "editor"}),
    ):
        assert refused.status_code == 409
        assert "må ha en eier" in refused.text
    assert role_of(place, "owner") == "owner"
    assert place.events() == []


def test_an_owner_leaves_when_there_is_another(app, place) -> None:
    editor = place.people["editor"].id
    place.owner.post(place.address("/people/change"), data={"person": editor, "role": "owner"})
    removing = place.owner.post(place.address("/people/change"), data={"person": place.people["owner"].id, "remove": "yes"})
    assert removing.location == place.address("/leave"), "one leaves by oneself"
    left = place.owner.post(place.address("/leave"))
    assert "ikke lenger med" in place.owner.get(left.location).text
    assert place.owner.get(place.of_policy()).status_code == 404
    assert place.editor.get(place.address("/log")).status_code == 200
    assert place.events() == ["member_role", "member_left"]


def test_every_member_may_leave(place) -> None:
    assert place.reader.get(place.address("/leave")).status_code == 200
    place.reader.post(place.address("/leave"))
    assert place.reader.get(place.address()).status_code == 404


def test_of_two_owners_who_leave_at_once_one_stays(app, place) -> None:
    """On two connections: the second waits for the first to be done, and then sees that nobody else is left."""
    with app.app_context():
        db.session.get(Workplace, place.id).take_in(db.session.get(world.Person, place.people["editor"].id), "owner")
        db.session.commit()
    outcomes: list[str] = []

    def leave() -> None:
        with app.app_context():
            try:
                db.session.get(Workplace, place.id).member(place.people["editor"].id).leave()
                db.session.commit()
                outcomes.append("left")
            except LastOwnerError:
                outcomes.append("stayed")

    second = threading.Thread(target=leave)
    with app.app_context():
        db.session.get(Workplace, place.id).member(place.people["owner"].id).leave()
        db.session.flush()
        second.start()
        second.join(0.4)
        assert second.is_alive(), "nothing held the second one up"
        db.session.commit()
    second.join()
    assert outcomes == ["stayed"]
    assert (role_of(place, "owner"), role_of(place, "editor")) == (None, "owner")


def test_two_owners_who_remove_each_other_at_once_leave_one(app, place) -> None:
    with app.app_context():
        db.session.get(Workplace, place.id).take_in(db.session.get(world.Person, place.people["editor"].id), "owner")
        db.session.commit()
    deeds = [(place.owner, "editor"), (place.editor, "owner")]
    ready, met = threading.Barrier(2), []

    def remove(who: Any, whom: str) -> None:
        form = {"csrf_token": who.token(), "person": place.people[whom].id, "role": "reader"}
        ready.wait()
        met.append(who.post(place.address("/people/change"), data=form).status_code)

    both = [threading.Thread(target=remove, args=deed) for deed in deeds]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(met) == [303, 403], "the slower one is no owner any more when their turn comes"
    assert [role_of(place, "owner"), role_of(place, "editor")].count("owner") == 1


def test_an_editor_who_is_removed_while_she_saves_loses_nothing_of_others(app, place) -> None:
    place.owner.post(place.address("/people/change"), data={"person": place.people["editor"].id, "remove": "yes"})
    assert place.editor.post(place.of_policy("/map/workplace"), data={"workplace_name": "Kapret"}).status_code == 404
    with app.app_context():
        assert db.session.get(Policy, place.policy).answers["workplace_name"] == "Fjordheimen"
