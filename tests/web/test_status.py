"""Where a policy stands: the page says it in three languages, to everybody who may read it, and offers each what they may do."""

import pytest
from sqlalchemy import select

from app.clock import now
from app.models.audit_log import Event
from app.models.comments import Comment
from app.models.db import db
from app.models.keys import new_id
from app.models.policy import Policy
from app.services.versions.situation import Situation, facts_of
from tests import world
from tests.conftest import start_policy
from tests.deciding import ANSWERS, scene

WORDS = {"ready": "Klar til vedtak", "decided": "Vedtatt", "in_force": "I kraft"}


@pytest.fixture
def play(app):
    return scene(app)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("state", ["draft", "ready", "decided", "in_force"])
def test_every_state_is_told_in_every_language_to_everybody(play, state, language) -> None:
    play.until(state)
    for who in (play.owner, play.editor, play.reader):
        page = who.get(play.address("status", language))
        assert page.status_code == 200
        assert page.text.count('aria-current="step"') == 1
    for rest in ("ready", "decide", "in-force", "reopen", "", "documents"):
        assert play.owner.get(play.address(rest, language), follow_redirects=True).status_code == 200


@pytest.mark.parametrize("state", ["draft", "ready", "decided", "in_force"])
def test_what_is_known_of_a_policy_in_each_state(app, play, state) -> None:
    play.until(state)
    with app.app_context():
        facts = facts_of(Situation.load(db.session.get_one(Policy, play.id)), "nb")
    assert (facts.state, facts.kept, facts.took_part, facts.decided) == (state, True, True, state == "decided")
    assert not facts.scheduled, "no day was set that lies ahead"
    assert not facts.carries_out, "nothing was adopted with changes"
    assert (facts.open_questions, facts.blocking, facts.review_open, facts.unanswered, facts.unchanged) == ((), (), False, 0, 0)


def test_a_meeting_of_the_round_before_is_no_part_in_the_new_one(app, play) -> None:
    play.until("in_force").reopen()
    with app.app_context():
        assert not facts_of(Situation.load(db.session.get_one(Policy, play.id)), "nb").took_part


def test_who_was_asked_in_an_earlier_round_had_no_part_in_this_one(app) -> None:
    play = scene(app, met=False)
    with app.app_context():
        policy = db.session.get_one(Policy, play.id)
        assert not facts_of(Situation.load(policy), "nb").took_part
        world.reviewer(world.review(policy))
        assert facts_of(Situation.load(policy), "nb").took_part
        policy.round += 1
        assert not facts_of(Situation.load(policy), "nb").took_part


@pytest.mark.parametrize("state", ["draft", "ready", "decided", "in_force"])
def test_whoever_only_looks_waits_for_nobody_who_saves(app, play, state) -> None:
    play.until(state)
    pages = ("status", "ready", "decide", "in-force", "reopen", "documents", *(["versions/1/"] if state != "draft" else []))
    before = [play.owner.get(play.address(rest)).status_code for rest in pages]
    with app.app_context():
        engine = db.engine
    with engine.begin() as saving:
        saving.execute(select(Policy.id).with_for_update())
        assert [play.owner.get(play.address(rest)).status_code for rest in pages] == before


def test_the_place_on_the_way_is_told_in_words(play) -> None:
    for state, words in WORDS.items():
        page = play.until(state).owner.get(play.address("status")).text
        current = page[page.index('class="current"') :]
        assert words in current[: current.index("</li>")]
        assert "(her er dere nå)" in current[: current.index("</li>")]


def test_the_button_is_the_next_step_for_those_who_may_take_it(play) -> None:
    for state, rest in (("ready", "decide"), ("decided", "in-force")):
        play.until(state)
        link = f'href="{play.address(rest)}"'
        assert link in play.owner.get(play.address("status")).text
        assert link not in play.editor.get(play.address("status")).text
        assert "En eier av virksomheten gjør dette." in play.editor.get(play.address("status")).text


@pytest.mark.parametrize(
    ("state", "steps"), [("draft", {"ready"}), ("ready", {"decide", "reopen"}), ("decided", {"in-force", "reopen"}), ("in_force", {"reopen"})]
)
def test_a_step_that_cannot_be_taken_now_leads_to_where_the_policy_stands(play, state, steps) -> None:
    play.until(state)
    for rest in ("ready", "decide", "in-force", "reopen"):
        answer = play.owner.get(play.address(rest))
        assert (answer.status_code, answer.location) == ((200, None) if rest in steps else (302, play.address("status"))), rest


def test_a_reader_is_offered_nothing_to_do(play) -> None:
    for state in ("draft", "ready", "decided", "in_force"):
        page = play.until(state).reader.get(play.address("status")).text
        for rest in ("ready", "decide", "in-force", "reopen"):
            assert f'href="{play.address(rest)}"' not in page, (state, rest)


def test_an_anonymous_draft_is_told_what_keeping_it_means(client) -> None:
    id = start_policy(client, ANSWERS)
    page = client.get(f"/nb/policies/{id}/status").text
    assert "Lagre utkastet i en virksomhet" in page
    assert "anonym" in page
    assert client.post(f"/nb/policies/{id}/ready", data={"reason": "Fordi"}).status_code == 422


def test_what_stops_is_told_with_the_address_that_mends_it(app, client) -> None:
    id = start_policy(client, {k: v for k, v in ANSWERS.items() if k != "decides"})
    page = client.get(f"/nb/policies/{id}/status").text
    assert f'href="/nb/policies/{id}/anchor/' in page
    assert "#q-decides" in page
    assert "ikke bestemt ennå" in page


def test_the_history_tells_number_state_and_fingerprint(play) -> None:
    play.until("ready").reopen()
    play.until("ready")
    page = play.reader.get(play.address("status")).text
    assert "Falt bort" in page
    assert "Eva Eier" in page
    for version in play.versions():
        groups = [version.text_hash[at : at + 4] for at in range(0, 64, 4)]
        assert " ".join(groups) in page
    assert [version.number for version in play.versions()] == [2, 1]


def test_a_version_whose_maker_is_gone_is_still_told(app, play) -> None:
    play.until("ready")
    with app.app_context():
        db.session.execute(db.text("UPDATE version SET made_by = NULL"))
        db.session.commit()
    assert "Eva Eier" not in play.reader.get(play.address("status")).text


def test_the_task_list_leads_on_when_everything_is_answered(play) -> None:
    page = play.owner.get(play.address("")).text
    assert "Nå: Utkast" in page
    assert f'href="{play.address("status")}"' in page
    assert "Teksten er klar til vedtak, og svarene er låst" in play.until("ready").owner.get(play.address("")).text


def test_every_step_is_in_the_log_without_a_word_of_the_text(app, play) -> None:
    play.until("in_force").reopen()
    play.until("ready").reopen()
    with app.app_context():
        lines = [(line.what, line.about) for line in db.session.query(Event).order_by(Event.id)]
    assert [what for what, _ in lines] == ["made_ready", "decided", "put_in_force", "revision_begun", "made_ready", "reopened"]
    allowed = {"number", "text_hash", "result", "state"}
    assert all(set(about) <= allowed for _, about in lines)


def test_a_stranger_and_a_member_of_another_workplace_find_nothing(app, play, stranger) -> None:
    with app.app_context():
        other = world.person("x@example.no")
        world.workplace(other, "Annet")
        db.session.commit()
        world.sign_in(stranger, other)
        db.session.remove()
    play.until("ready")
    for rest in ("status", "ready", "decide", "in-force", "reopen", "versions/1/", "versions/1/policy.docx", "versions/1/answers.json"):
        assert stranger.get(play.address(rest)).status_code == 404
        assert stranger.post(play.address(rest)).status_code in (404, 405)
    assert play.policy().state == "ready"


def test_the_numbers_of_versions_belong_to_one_policy(app, play) -> None:
    play.until("ready")
    with app.app_context():
        policy = Policy.start("nb", {}, "")
        policy.id, policy.workplace_id = new_id(), play.workplace_id
        db.session.add(policy)
        db.session.commit()
        id = policy.id
    assert play.owner.get(f"/nb/policies/{id}/versions/1/").status_code == 404


def test_a_review_that_is_over_is_not_told_as_going_on(app, play) -> None:
    with app.app_context():
        review = world.review(db.session.get_one(Policy, play.id))
        db.session.commit()
        assert "mens andre leser" in play.owner.get(play.address("status")).text
        Comment.write(world.reviewer(review), "purpose", "question", "Hvorfor?").sent_at = now()
        review.closed_at = now()
        db.session.commit()
    page = play.owner.get(play.address("status")).text
    assert "Innspillsrunden er avsluttet. Dere kan endre utkastet" in page
    assert f'href="{play.address("review/comments")}">Svar på merknadene' in page
    assert "mens andre leser" not in page
    assert "(her er dere nå)" not in page


def test_in_the_archive_there_is_no_next_step(app, play) -> None:
    with app.app_context():
        db.session.get_one(Policy, play.id).archive()
        db.session.commit()
    page = play.owner.get(play.address("status")).text
    assert "Policyen ligger i arkivet" in page
    assert "Neste steg" not in page
