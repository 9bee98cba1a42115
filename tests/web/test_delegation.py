"""A question is handed to a colleague by a link: what they see and say, what HR makes of it, and what nobody else gets."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from sqlalchemy import select, update

from app.clock import now
from app.models.db import db
from app.models.delegations import LINK_LASTS, MOST, Delegation
from app.models.policy import Policy
from app.server.serve import tidy
from tests.conftest import browser, start_policy
from tests.deciding import scene
from tests.every_field import hidden
from tests.mailing import Recorder, post_to
from tests.reading import Browser
from tests.web.hr import Desk, desk, letters, within
from tests.web.test_wizard import address, ids_on, send, stored
from tests.world import together

BODIES = "map/workplace"
TOGETHER = "short/together"
LINK = re.compile(r'id="link" value="https?://[^/]+(/[^"]+)"')


def ask(client: Browser, id: str, place: str = TOGETHER, **form: Any) -> str:
    """Ask Kari; the path of her link."""
    typed = {"question": ["bodies"], "name": "Kari", "asked_by": "Ola", **form}
    found = LINK.search(client.post(address(id, f"colleagues/ask/{place}"), data=typed).text)
    assert found
    return html.unescape(found[1])


def reply(colleague: Browser, link: str, **typed: Any) -> Any:
    page = colleague.get(link).text
    return colleague.post(link, data={"asked": ids_on(page), "name": "Kari Nordmann", **typed})


def button(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"there is no button {name}"
    return found[1]


@pytest.fixture
def kari(app) -> Browser:
    return browser(app)


def test_a_colleague_answers_and_hr_uses_it_on_the_page_of_the_question(app, client, kari) -> None:
    id = start_policy(client, {"workplace_name": "Fjordheimen", "ohs": "yes"})
    page = client.get(address(id, TOGETHER)).text
    assert f"{address(id, f'colleagues/ask/{TOGETHER}')}?question=bodies" in page
    link = ask(client, id, message="Du sitter jo i AMU")
    assert "Spurt: Kari, " in client.get(address(id, TOGETHER)).text
    asked = kari.get(link).text
    assert ids_on(asked) == ["bodies"], "they see the questions that they are asked, and no other"
    assert all(words in asked for words in ("Fjordheimen", "Ola", "Du sitter jo i AMU", "Hvorfor spør vi?"))
    assert id not in asked
    sent = reply(kari, link, bodies=["safety_rep", "amu"])
    assert (sent.status_code, sent.location) == (303, f"{link}?sent=1")
    assert "Takk!" in kari.get(sent.location).text
    assert "bodies" not in stored(app, id), "nothing gets in before HR has seen it"
    page = client.get(address(id, TOGETHER)).text
    assert "Nytt svar fra Kari Nordmann" in page
    used = send(client, id, TOGETHER, {"ohs": "yes", "use": button(page, "use")}, page=page)
    assert used.status_code == 200
    assert stored(app, id)["bodies"] == ["safety_rep", "amu"]
    assert "Svar fra Kari Nordmann" in client.get(address(id, "check")).text
    assert 'name="use"' not in used.text
    assert "Svar fra Kari Nordmann" in client.get(address(id, "preview")).text, "also where it is told why a section stands"
    send(client, id, TOGETHER, {"ohs": "yes", "bodies": ["safety_rep"]})
    assert "Svar fra Kari" not in client.get(address(id, "check")).text, "the mark goes with the answer that it is about"


def test_what_was_typed_on_the_page_stays_when_an_answer_is_set_aside(app, client, kari) -> None:
    id = start_policy(client)
    reply(kari, ask(client, id), bodies=["amu"])
    page = client.get(address(id, TOGETHER)).text
    answer = send(client, id, TOGETHER, {"bodies": ["union_reps"], "ohs": "no", "pass": button(page, "pass")}, page=page)
    assert answer.status_code == 200
    assert (stored(app, id)["bodies"], stored(app, id)["ohs"]) == (["union_reps"], "no")
    assert "Svar fra Kari" not in answer.text


def test_an_answer_that_has_changed_since_is_shown_and_not_used(app, client, kari) -> None:
    id = start_policy(client)
    link = ask(client, id)
    reply(kari, link, bodies=["amu"])
    page = client.get(address(id, TOGETHER)).text
    reply(kari, link, bodies=["safety_rep"])
    send(client, id, TOGETHER, {"use": button(page, "use")}, page=page)
    assert not stored(app, id).get("bodies")


def test_hr_uses_an_answer_from_the_list_and_never_over_a_newer_one(app, client, kari) -> None:
    id = start_policy(client, {"bodies": ["union_reps"]})
    link = ask(client, id, question=["bodies", "ohs"])
    reply(kari, link, bodies=["amu"], **{"note-ohs": "Spør heller Per <i> på lager"})
    place = address(id, "colleagues/")
    page = client.get(place).text
    assert "Dette står i policyen nå" in page
    assert "Per &lt;i&gt; på lager" in page
    form = {"use": button(page, "use"), "fingerprint": hidden(page)["fingerprint"][0]}
    with app.app_context():
        db.session.get_one(Policy, id).answer({"bodies": ["safety_rep"]})
        db.session.commit()
    assert client.post(place, data=form).status_code == 409
    assert stored(app, id)["bodies"] == ["safety_rep"]
    page = client.get(place).text
    form = {"use": button(page, "use"), "fingerprint": re.findall(r'name="fingerprint" value="([^"]+)"', page)[0]}
    assert client.post(place, data=form).status_code == 303
    assert stored(app, id)["bodies"] == ["amu"]
    client.post(place, data={"pass": button(client.get(place).text, "pass")})
    assert 'name="pass"' not in client.get(place).text


def test_the_task_list_tells_of_what_is_open(client, kari) -> None:
    id = start_policy(client)
    assert "colleagues" not in client.get(address(id, "")).text
    link = ask(client, id, question=["bodies", "ohs"])
    assert "2 spørsmål venter på svar fra kolleger." in client.get(address(id, "")).text
    assert client.get(address(id, "control")).text.count("Spurt: Kari, ") == 2, "beside what is open"
    reply(kari, link, bodies=["amu"])
    page = client.get(address(id, "")).text
    assert "En kollega har svart på ett spørsmål." in page
    assert "Ett spørsmål venter på svar" in page


def test_opening_the_link_changes_nothing_and_the_draft_stays_closed(app, client, kari) -> None:
    id = start_policy(client, {"bodies": ["union_reps"]})
    link = ask(client, id)
    with app.app_context():
        before = db.session.execute(select(Delegation.__table__)).all()
    page = kari.get(link)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert 'value="union_reps" checked' in page.text, "what the workplace has answered stands there"
    with app.app_context():
        assert db.session.execute(select(Delegation.__table__)).all() == before
    assert kari.get(address(id, "")).status_code == 404
    assert link.rpartition("/")[2] not in str(before), "only the hash is stored"


@pytest.mark.parametrize("how", ["unknown", "expired", "withdrawn", "deleted", "unused"])
def test_every_link_that_is_not_good_looks_the_same(app, client, kari, how) -> None:
    id = start_policy(client)
    link = ask(client, id)
    assert kari.get(link).status_code == 200
    if how == "expired":
        move(app, Delegation, expires_at=now() - timedelta(seconds=1))
    elif how == "withdrawn":
        place = address(id, "colleagues/")
        assert client.post(place, data={"withdraw": button(client.get(place).text, "withdraw")}).status_code == 303
    elif how == "deleted":
        client.post(address(id, "delete"))
    elif how == "unused":
        move(app, Policy, used_at=now() - timedelta(days=31))
    link = "/nb/asked/" + "x" * 43 if how == "unknown" else link
    shown = kari.get(link)
    assert (shown.status_code, "Denne lenken virker ikke lenger" in shown.text) == (404, True)
    sent = kari.post(link, data={"note-bodies": "Det jeg skrev"})
    assert (sent.status_code, "Det jeg skrev" in sent.text) == (404, True), "nothing typed is lost"


def move(app, table: Any, **values: Any) -> None:
    with app.app_context():
        db.session.execute(update(table).values(**values))
        db.session.commit()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, kari) -> None:
    id = start_policy(client)
    wrong = client.post(address(id, f"colleagues/ask/{TOGETHER}"), data={"message": "Se www.example.no"})
    assert wrong.status_code == 422
    assert all(words in wrong.text for words in ("Skriv hvem du vil spørre.", "Velg minst ett spørsmål.", "www.example.no"))
    link = ask(client, id, place=BODIES, question=["org_number"])
    sent = reply(kari, link, org_number="12", **{"note-org_number": "Per vet det", "name": ""})
    assert sent.status_code == 422
    assert all(words in sent.text for words in ('value="12"', "Per vet det", 'href="#f-org_number"', "Skriv navnet ditt"))
    assert reply(kari, link).status_code == 422, "there must be something in it"


def test_records_get_more_rows_without_a_script(app, client, kari) -> None:
    id = start_policy(client)
    link = ask(client, id, place="anchor/decision", question=["consulted"])
    page = reply(kari, link, **{"consulted-0-who": "Alle", "add": "consulted"}).text
    assert 'name="consulted-1-who"' in page
    reply(kari, link, **{"consulted-0-who": "Alle", "consulted-1-who": "AMU"})
    with app.app_context():
        assert [one["who"] for one in db.session.scalar(select(Delegation)).answers["consulted"]] == ["Alle", "AMU"]
    assert 'name="consulted-1-who"' in kari.get(link).text


def test_what_hr_has_settled_can_no_longer_be_changed(app, client, kari) -> None:
    id = start_policy(client)
    link = ask(client, id, question=["bodies", "ohs"])
    reply(kari, link, bodies=["amu"])
    page = kari.get(link).text
    place = address(id, "colleagues/")
    client.post(place, data={"pass": button(client.get(place).text, "pass")})
    late = kari.post(link, data={"asked": ids_on(page), "name": "Kari", "bodies": ["union_reps"], "ohs": "yes"})
    assert late.status_code == 409
    assert "denne endringen ble ikke lagret" in late.text
    assert ids_on(late.text) == ["ohs"]
    assert reply(kari, link, ohs="yes").status_code == 303


def test_an_answer_to_what_is_no_longer_asked_is_neither_used_nor_lost(app, client, kari) -> None:
    id = start_policy(client, {"own_events": "limited"})
    link = ask(client, id, place="scope/events", question=["event_limits"])
    reply(kari, link, event_limits=["max_units"])
    list_, page = address(id, "colleagues/"), kari.get(link).text
    old = client.get(list_).text
    with app.app_context():
        db.session.get_one(Policy, id).answer({"own_events": "alcohol_free"})
        db.session.commit()
    assert 'name="use"' not in client.get(list_).text
    form = {"use": button(old, "use"), "fingerprint": hidden(old)["fingerprint"][0]}
    assert client.post(list_, data=form).status_code == 409
    sent = kari.post(link, data={"asked": ids_on(page), "name": "Kari", "event_limits": ["food"]})
    assert sent.status_code == 409, "there is no question left to answer"
    with app.app_context():
        db.session.get_one(Policy, id).answer({"own_events": "limited"})
        db.session.commit()
    assert client.post(list_, data=form).status_code == 303
    assert stored(app, id)["event_limits"] == ["max_units"]


def test_an_answer_stays_while_its_question_is_not_asked(app, client, kari) -> None:
    id = start_policy(client, {"own_events": "limited"})
    link = ask(client, id, place="scope/events", question=["own_events", "event_limits"])
    reply(kari, link, event_limits=["max_units"])
    with app.app_context():
        db.session.get_one(Policy, id).answer({"own_events": "alcohol_free"})
        db.session.commit()
    assert ids_on(kari.get(link).text) == ["own_events"]
    assert reply(kari, link, own_events="limited").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(Delegation.answers)) == {"own_events": "limited", "event_limits": ["max_units"]}


def test_what_waits_for_a_choice_is_not_offered(client) -> None:
    id = start_policy(client, {"own_events": "limited", "event_limits": ["food"]})
    offered = client.get(address(id, "colleagues/ask/scope/events")).text
    assert 'value="event_limits"' in offered
    assert 'value="event_units"' not in offered, "it would not be asked of them either"


def test_a_text_that_is_signed_for_refuses_kindly(app) -> None:
    play = scene(app)
    kari = browser(app)
    link = ask(play.owner, play.id)
    reply(kari, link, bodies=["amu"])
    move(app, Policy, stored_state="ready")
    assert "tar ikke imot svar akkurat nå" in kari.get(link).text
    assert reply(kari, link, bodies=["union_reps"]).status_code == 409
    assert "Spør en kollega" not in play.owner.get(address(play.id, TOGETHER)).text
    assert play.owner.get(address(play.id, f"colleagues/ask/{TOGETHER}")).status_code == 409
    assert 'name="use"' not in play.owner.get(address(play.id, "colleagues/")).text


def test_a_member_may_have_the_link_sent_and_a_draft_without_account_may_not(app, client) -> None:
    place: Desk = desk(app)
    link = ask(place.editor, place.id, email="kari@example.no", message="Hei du")
    [(kind, letter)] = letters(app)
    assert (kind, letter.to) == ("colleague_asked", "kari@example.no")
    assert link in letter.text
    assert "> Hei du" in letter.text
    with within(app):
        db.session.delete(db.session.get_one(Policy, place.id))
    id = start_policy(client)
    assert 'name="email"' not in client.get(address(id, f"colleagues/ask/{TOGETHER}")).text
    ask(client, id, email="kari@example.no")
    assert len(letters(app)) == 1


def test_taking_a_question_back_takes_its_letter_back(app) -> None:
    place = desk(app)
    ask(place.editor, place.id, email="kari@example.no")
    page = place.editor.get(address(place.id, "colleagues/")).text
    place.editor.post(address(place.id, "colleagues/"), data={"withdraw": button(page, "withdraw")})
    assert letters(app) == []


def test_whoever_asked_is_told_that_the_letter_did_not_arrive(app) -> None:
    place = desk(app)
    link = ask(place.editor, place.id, email="kari@example.no")
    post_to(app, Recorder(SMTPRecipientsRefused({"kari@example.no": (550, b"no such user")}))).work_off()
    assert "En e-post med lenken kom ikke fram." in place.editor.get(address(place.id, "")).text
    assert "E-posten kom ikke fram." in place.editor.get(address(place.id, "colleagues/")).text
    reply(browser(app), link, bodies=["amu"])
    assert "kom ikke fram" not in place.editor.get(address(place.id, "colleagues/")).text, "they got the link by another way"


def test_what_was_asked_comes_along_when_a_draft_is_kept_in_a_workplace(app, client, kari, person) -> None:
    id = start_policy(client)
    link, later = ask(client, id), ask(client, id, name="Per", question=["ohs"])
    reply(kari, link, bodies=["amu"])
    person(client=client)
    assert client.post(address(id, "keep"), data={"name": "Fjordheimen", "unit": ""}).status_code == 303
    page = client.get(address(id, TOGETHER)).text
    assert "Nytt svar fra Kari Nordmann" in page, "an answer that came before"
    assert reply(browser(app), later, ohs="yes").status_code == 303, "a link that was given before"
    send(client, id, TOGETHER, {"use": button(client.get(address(id, TOGETHER)).text, "use")}, page=page)
    assert stored(app, id)["bodies"] == ["amu"]


@pytest.mark.parametrize("_round", range(4))
def test_a_colleague_and_hr_at_the_same_moment(app, client, kari, _round) -> None:
    """Kari changes her answer while HR uses the one that the page showed: HR gets that very answer, or is told that there is another."""
    id = start_policy(client)
    link = ask(client, id)
    reply(kari, link, bodies=["amu"])
    overview = client.get(address(id, "colleagues/")).text
    use = {"use": button(overview, "use"), **hidden(overview)}
    sent, used = together(lambda: reply(kari, link, bodies=["safety_rep"]), lambda: client.post(address(id, "colleagues/"), data=use))
    assert stored(app, id).get("bodies") == (["amu"] if used == 303 else None)
    with app.app_context():
        [asked] = db.session.scalars(select(Delegation))
        assert (used == 303) == ("bodies" in asked.settled)
        assert asked.answers["bodies"] == (["amu"] if used == 303 else ["safety_rep"])
    assert sent in (303, 409), "she is told when she came too late"


def test_whoever_has_an_account_takes_along_what_they_were_asked(app, person) -> None:
    place, kari = desk(app), person("kari@example.no")
    link = ask(place.editor, place.id, email="Kari@example.no", message="Hei du")
    reply(browser(app), link, bodies=["amu"], **{"note-bodies": "Siden i fjor"})
    [told] = json.loads(kari.get("/nb/me/export").text)["questions_asked"]
    assert (told["name"], told["asked_by"], told["greeting"]) == ("Kari", "Ola", "Hei du")
    assert told["answers"] == [{"question": "Hva av dette har dere?", "answer": "Arbeidsmiljøutvalg (AMU)", "note": "Siden i fjor"}]
    assert "Spørsmål du har fått fra kolleger" in kari.get("/nb/me/export.html").text


def test_names_are_gone_in_time(app, client, kari) -> None:
    id = start_policy(client)
    link = ask(client, id, message="Hei")
    ask(client, id, name="Per")
    reply(kari, link, bodies=["amu"])
    move(app, Policy, used_at=now() + LINK_LASTS)
    move(app, Delegation, expires_at=now())
    tidy(app)
    with app.app_context():
        [left] = db.session.scalars(select(Delegation))
        assert (left.name, left.message) == ("Kari", "")


def test_there_is_an_end_to_how_many_are_asked(app, client) -> None:
    id = start_policy(client)
    with app.app_context():
        policy = db.session.get_one(Policy, id)
        for _ in range(MOST):
            Delegation.ask(policy, ["bodies"], "Kari", "Ola")
        db.session.commit()
    full = client.post(address(id, f"colleagues/ask/{TOGETHER}"), data={"question": "bodies", "name": "Kari", "asked_by": "Ola"})
    assert full.status_code == 422
    assert f"høyst {MOST} spørsmål" in full.text


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_pages_speak_every_language(client, kari, language) -> None:
    id = start_policy(client, language=language)
    link = ask(client, id, question=["bodies", "ohs"]).replace("/nb/", f"/{language}/")
    assert reply(kari, link, bodies=["amu"]).status_code == 303
    for page in ("", "check", TOGETHER, "colleagues/", f"colleagues/ask/{TOGETHER}", "look/map"):
        assert client.get(address(id, page, language)).status_code == 200
    assert kari.get(f"{link}?sent=1").status_code == 200
