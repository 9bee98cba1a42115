"""To make a text ready, record what was decided about it, and put it in force: only in order, only what is meant, and only once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.clock import day_of, now
from app.documents.frozen import text_hash
from app.models.comments import Comment
from app.models.db import db
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Decision, Version
from app.models.workplaces import Workplace
from app.services.versions.situation import signed
from app.services.versions.transitions import Given, NotNowError, decide, put_in_force, reopen
from tests import world
from tests.conftest import browser
from tests.deciding import ANSWERS, Scene, decision, scene, today
from tests.world import together

FUTURE = timedelta(days=40)


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


def decisions(play: Scene) -> list[Decision]:
    with play.app.app_context():
        found = list(db.session.scalars(select(Decision)))
        _ = [one.paper for one in found]
        db.session.expunge_all()
        return found


# ── ready ──


def test_ready_freezes_the_text_with_its_record(play) -> None:
    assert play.make_ready(play.editor).location == play.address("status")
    (version,) = play.versions()
    assert (version.state, version.number, version.answers) == ("ready", 1, play.policy().answers)
    assert version.text_hash == text_hash(version.document)
    assert version.document["draft"] == "Forslag"
    assert [label for label, _ in version.document["status"]] == ["Skal vedtas av", "Planlagt vedtatt"]
    last = [section for section in version.document["sections"] if section["level"] == 1 and section["part"] != "back"][-1]
    assert last["part"] == "appendix"
    assert "Medvirkningsprotokoll" in last["title"]
    assert set(version.papers) == {"record", "case_paper"}


def test_the_button_pressed_twice_freezes_once(play) -> None:
    for _ in range(2):
        assert play.make_ready().status_code == 303
    assert len(play.versions()) == 1


@pytest.mark.parametrize(
    ("broken", "told"),
    [({"decides": None}, "ikke bestemt ennå"), ({"workplace_name": ""}, "ikke bestemt ennå"), ({"substances": ["medicines", "illegal"]}, "alkohol")],
)
def test_what_is_open_stops_it(app, broken, told) -> None:
    play = scene(app, ANSWERS | broken)
    answer = play.make_ready()
    assert answer.status_code == 422
    assert told in answer.text
    assert play.versions() == []


def a_review(play: Scene, comment: bool = False) -> str:
    with play.app.app_context():
        policy = db.session.get_one(Policy, play.id)
        review = world.review(policy)
        reader = world.reviewer(review)
        if comment:
            Comment.write(reader, "purpose", "question", "Hvorfor?").sent_at = now()
        db.session.commit()
        return review.id


def test_an_open_review_and_a_comment_without_an_answer_stop_it(app, play) -> None:
    id = a_review(play, comment=True)
    answer = play.make_ready()
    assert answer.status_code == 422
    assert "Innspillsrunden er ikke avsluttet" in answer.text
    assert "Én merknad venter på svar" in answer.text
    assert f'href="{play.address("review/comments")}"' in answer.text
    with app.app_context():
        db.session.get_one(Review, id).closed_at = now()
        db.session.commit()
    assert play.make_ready().status_code == 422
    with app.app_context():
        db.session.scalars(select(Comment)).one().answer_with("answered", "Fordi", "", None)
        db.session.commit()
    assert play.make_ready().status_code == 303
    assert [version.state for version in play.versions()] == ["ready", "closed"]


def test_nobody_was_asked_is_confirmed_with_a_reason_that_goes_into_the_record(app) -> None:
    play = scene(app, met=False)
    page = play.owner.get(play.address("ready")).text
    assert "Loven krever" in page
    assert f'href="{play.address("review/meetings")}"' in page
    answer = play.make_ready(reason="  ")
    assert answer.status_code == 422
    assert re.search("<title>Feil:", answer.text)
    assert play.make_ready(reason="Vi var <fem> i en arbeidsgruppe.").status_code == 303
    (version,) = play.versions()
    assert version.unread_because == "Vi var <fem> i en arbeidsgruppe."
    assert "Vi var <fem> i en arbeidsgruppe." in str(version.document)
    assert "Vi var &lt;fem&gt;" in play.owner.get(play.address("decide")).text


def test_the_reason_that_was_given_last_is_suggested_for_this_policy_and_no_other(app) -> None:
    play = scene(app, met=False)
    play.make_ready(reason="Vi var fem")
    play.reopen()
    with app.app_context():
        other = world.kept(db.session.get_one(Workplace, play.workplace_id)).id
        db.session.commit()
    assert "Vi var fem</textarea>" in play.owner.get(play.address("ready")).text
    assert "Vi var fem" not in play.owner.get(f"/nb/policies/{other}/ready").text


def test_a_reason_that_nobody_needed_is_not_kept(play) -> None:
    play.make_ready(reason="Overflødig")
    assert play.versions()[0].unread_because == ""


def test_the_longest_reason_is_taken(app) -> None:
    play = scene(app, met=False)
    assert play.make_ready(reason="æ" * 5000).status_code == 303
    assert play.versions()[0].unread_because == "æ" * 5000


def test_an_endless_reason_is_refused_and_kept(app) -> None:
    play = scene(app, met=False)
    answer = play.make_ready(reason="æ" * 5001)
    assert answer.status_code == 422
    assert "æ" * 5001 in answer.text
    assert answer.text.count("1 tegn for lang") == 2, "in the summary and at the field"


# ── decide ──


def test_a_decision_is_bound_to_the_text(play) -> None:
    play.until("ready")
    assert play.decide(dissent="Én stemte mot.", in_force_from=today()).status_code == 303
    (made,), (version,) = decisions(play), play.versions()
    assert (made.text_hash, made.version_id) == (version.text_hash, version.id)
    assert (version.state, play.policy().state) == ("decided", "decided")
    assert (made.body, made.case_number, made.dissent) == ("amu", "4/26", "Én stemte mot.")
    assert made.paper
    assert "Én stemte mot." in play.reader.get(play.address("versions/1/")).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"decided_on": ""}, "Skriv datoen for vedtaket"),
        ({"decided_on": "31.2.2026"}, "Skriv en dato som finnes"),
        ({"decided_on": "1.1.2199"}, "ligger fram i tid"),
        ({"decided_on": "1.1.2020"}, "kan ikke være eldre enn teksten"),
        ({"body": ""}, "Velg hvem som vedtok"),
        ({"body": "kongen"}, "Velg hvem som vedtok"),
        ({"body": "political", "body_name": ""}, "Skriv hva organet heter"),
        ({"present": " "}, "Skriv hvem som var med"),
        ({"result": ""}, "Velg hva resultatet ble"),
        ({"result": "adopted_with_changes"}, "Skriv hva som skal være annerledes"),
        ({"case_number": "x" * 61}, "1 tegn for lang"),
        ({"dissent": "x" * 5001}, "1 tegn for lang"),
        ({"in_force_from": "1.1.2020"}, "kan ikke gjelde fra før"),
        ({"in_force_from": "1.1.2199"}, "to år"),
    ],
)
def test_what_is_missing_is_told_at_the_field_and_nothing_is_lost(play, typed, told) -> None:
    play.until("ready")
    answer = play.decide(body_name="AMU & co" if "body_name" not in typed else "", **{k: v for k, v in typed.items() if k != "body_name"})
    assert answer.status_code == 422
    assert answer.text.count(told) == 2, "in the summary and at the field"
    assert re.search("<title>Feil:", answer.text)
    assert "Verneombud\nDaglig leder" in answer.text or "present" in typed
    assert play.policy().state == "ready"
    assert decisions(play) == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_faults_are_told_in_every_language(play, language) -> None:
    play.until("ready")
    assert play.decide(language=language, decided_on="1.1.2020", present="", result="").status_code == 422


def test_another_text_than_the_form_was_about_is_refused_with_all_that_was_typed(play) -> None:
    play.until("ready")
    page = play.owner.get(play.address("decide")).text
    assert "Teksten er en annen" not in page
    play.reopen()
    play.owner.post(play.address("documents"), data={"document_language": "nn"})
    play.until("ready")
    answer = play.owner.post(play.address("decide"), data={**play.fields(page), **decision(), "dissent": "Én var & uenig"})
    assert answer.status_code == 409
    assert "Teksten er en annen" in answer.text
    assert "Én var &amp; uenig" in answer.text
    assert decisions(play) == []
    new = play.versions()[0].text_hash
    assert play.fields(answer.text)["text_hash"] == new


def test_a_text_that_was_opened_meanwhile_is_not_decided_and_what_was_typed_is_shown(play) -> None:
    play.until("ready")
    page = play.owner.get(play.address("decide")).text
    play.reopen()
    answer = play.owner.post(play.address("decide"), data={**play.fields(page), **decision(), "dissent": "Én var & uenig"})
    assert answer.status_code == 409
    assert "Én var &amp; uenig" in answer.text
    assert play.policy().state == "draft"


def test_sent_back_opens_the_draft_and_keeps_the_decision(play) -> None:
    play.until("ready")
    assert play.decide(result="sent_back", changes="Mer om fritid").status_code == 303
    assert play.policy().state == "draft"
    assert [version.state for version in play.versions()] == ["void"]
    page = play.owner.get(play.address("status")).text
    assert "sendte policyen tilbake" in page
    assert "Mer om fritid" in page


def test_adopted_with_changes_is_recorded_again_about_the_changed_text(play) -> None:
    play.until("ready")
    then = now()
    assert play.decide(result="adopted_with_changes", changes="Alkoholfritt alltid", case_number="7/26", in_force_from=today()).status_code == 303
    assert [version.state for version in play.versions()] == ["void"]
    assert "Alkoholfritt alltid" in play.owner.get(play.address("status")).text
    with time_machine.travel(then + timedelta(days=3), tick=False):
        play.owner.post(play.address("documents"), data={"document_language": "nn"})
        play.make_ready()
        page = play.owner.get(play.address("decide")).text
        assert "Alkoholfritt alltid" in page
        assert 'value="7/26"' in page
        assert f'value="{day_of(then):%d.%m.%Y}"' in page
        assert re.search(r'value="adopted" checked', page)
        assert play.decide(decided_on=f"{day_of(then):%d.%m.%Y}", case_number="7/26").status_code == 303
    assert [version.state for version in play.versions()] == ["decided", "void"]
    assert [(made.result, made.decided_on) for made in decisions(play)].count(("adopted", day_of(then))) == 1


@pytest.mark.parametrize("who", ["editor", "reader"])
def test_only_an_owner_records_what_binds(play, who) -> None:
    play.until("ready")
    one = getattr(play, who)
    hash = play.versions()[0].text_hash
    assert one.get(play.address("decide")).status_code == 403
    assert one.post(play.address("decide"), data={"text_hash": hash, **decision()}).status_code == 403
    play.until("decided")
    assert one.get(play.address("in-force")).status_code == 403
    assert one.post(play.address("in-force"), data={"about": "1-decided", "in_force_on": today()}).status_code == 403
    assert play.policy().state == "decided"


# ── in force ──


def test_the_version_before_is_replaced(play) -> None:
    play.until("in_force").reopen()
    play.until("decided")
    assert [version.state for version in play.versions()] == ["decided", "in_force"], "until the next one takes over"
    assert "Det dere arbeider med nå, er et nytt utkast" in play.reader.get(play.address("status")).text
    play.until("in_force")
    assert [version.state for version in play.versions()] == ["in_force", "replaced"]
    assert "erstattet fra" in play.reader.get(play.address("status")).text


@pytest.mark.parametrize(
    ("on", "told"), [("", "Skriv dagen"), ("tull", "Skriv en dato"), ("1.1.2020", "kan ikke gjelde fra før"), ("1.1.2199", "to år")]
)
def test_a_day_that_cannot_be_is_refused(play, on, told) -> None:
    play.until("decided")
    page = play.owner.get(play.address("in-force")).text
    answer = play.owner.post(play.address("in-force"), data={**play.fields(page), "in_force_on": on})
    assert answer.status_code == 422
    assert answer.text.count(told) == 2
    assert play.policy().state == "decided"


def test_a_planned_day_is_suggested_and_told_as_planned(play) -> None:
    later = f"{day_of(now() + FUTURE):%d.%m.%Y}"
    play.until("ready").decide(in_force_from=later)
    assert f'value="{later}"' in play.owner.get(play.address("in-force")).text
    play.put_in_force(later)
    assert "skal gjelde fra" in play.reader.get(play.address("status")).text


def test_the_database_lets_only_one_be_in_force(app, play) -> None:
    play.until("in_force").reopen()
    play.until("ready")
    with app.app_context():
        Version.one_in(play.id, "ready").become("in_force")
        with pytest.raises(IntegrityError):
            db.session.commit()


# ── the verbs by themselves ──


def test_the_verbs_refuse_what_is_out_of_order(app, play) -> None:
    play.until("ready")
    with app.app_context():
        policy = db.session.get_one(Policy, play.id)
        version = signed(policy)
        with pytest.raises(NotNowError):
            put_in_force(policy, version, now().date(), None)
        given = Given(now().date(), "amu", "", "", "Alle", "adopted", "", "", None)
        reopen(policy, None)
        for verb in (lambda: decide(policy, version, given, None), lambda: reopen(policy, None)):
            with pytest.raises(NotNowError):
                verb()


# ── two at once ──


@pytest.mark.parametrize("_round", range(4))
def test_ready_and_a_save_at_once(app, play, _round) -> None:
    """Whoever comes first, the text that is ready is the one that the answers give."""
    asked = {"asked": "workplace_name", "workplace_name": "Nytt navn", "fingerprint": "", "keep-workplace_name": "mine", "to": "next"}
    page = play.editor.get(play.address("map/workplace")).text
    asked["fingerprint"] = play.fields(page)["fingerprint"]
    ready, saved = together(play.make_ready, lambda: play.editor.post(play.address("map/workplace"), data=asked))
    policy, (version, *_) = play.policy(), play.versions()
    assert ready == 303
    assert saved in (303, 409)
    assert version.answers == policy.answers
    assert (policy.answers["workplace_name"] == "Nytt navn") == (saved == 303)


@pytest.mark.parametrize("_round", range(4))
def test_decide_and_reopen_at_once(app, play, _round) -> None:
    play.until("ready")
    hash = play.versions()[0].text_hash
    decided, opened = together(
        lambda: play.owner.post(play.address("decide"), data={"text_hash": hash, **decision()}),
        lambda: play.editor.post(play.address("reopen"), data={"about": "1-ready"}),
    )
    state = (play.policy().state, play.versions()[0].state, len(decisions(play)))
    assert state in {("decided", "decided", 1), ("draft", "void", 0)}
    assert (decided, opened) == ((303, 403) if state[0] == "decided" else (409, 303))


@pytest.mark.parametrize("_round", range(4))
def test_ready_and_a_comment_at_once(app, play, _round) -> None:
    """A comment that is sent while the review is open is never passed over."""
    a_review(play)
    with app.app_context():
        reader = db.session.scalars(select(Reviewer)).one()
        Comment.write(reader, "purpose", "question", "Hvorfor?")
        db.session.commit()
        reading = world.read_as(browser(app), reader)
        db.session.remove()
    sent, _, _ = together(
        lambda: reading.post(f"/nb/readings/{reader.id}/summary", data={"do": "send"}),
        lambda: play.owner.post(play.address("review/close")),
        lambda: play.make_ready(play.editor),
    )
    with app.app_context():
        comment = db.session.scalars(select(Comment)).one()
        state = db.session.get_one(Policy, play.id).state
    assert sent in (303, 409)
    assert comment.outcome == ""
    assert state != "ready"
    play.make_ready()
    assert play.policy().state != "ready"
