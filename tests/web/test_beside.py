"""What the policy says at a question, as the form is just now: the same as the document, for whoever may save the form, and nothing is stored."""

from __future__ import annotations

import html
import re
from random import Random

import pytest

from app.documents import assemble
from app.documents.render import html as drawn
from app.models.db import db
from app.models.policy import Policy
from app.pack.answers import standing
from app.pack.languages import TAGS
from app.pack.load import the_pack
from app.steps.form import typed_in
from app.steps.visible_questions import asked_on
from tests.conftest import start_policy
from tests.deciding import Scene, scene
from tests.every_field import hidden
from tests.unit.any_answers import any_answers
from tests.web.test_locked import form_of
from tests.web.test_wizard import address, ids_on, stored


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


def place_of(question: str) -> str:
    step, page = the_pack().place[question]
    return f"{step.id}/{page.id}"


def posted(client, id: str, question: str, typed=None, language: str = "nb"):
    """Ask as the script does, from the page of the question."""
    place = place_of(question)
    page = client.get(address(id, place, language)).text
    now = standing(the_pack(), stored(client.application, id))
    fields = {name: words[0] for name, words in hidden(page).items()}
    shown = typed_in(asked_on(the_pack().place[question][1], now), now, language)
    body = {**shown, **fields, "asked": ids_on(page), **(typed or {})}
    return client.post(f"{address(id, place, language)}/section?question={question}", data=body)


def beside(client, id: str, question: str, typed=None, language: str = "nb") -> str:
    answer = posted(client, id, question, typed, language)
    assert answer.status_code == 200
    return str(answer.json["html"])


def pieces_in(said: str) -> list[str]:
    return re.findall(r'data-piece="([^"]+)"', said)


def test_it_says_what_the_form_would_make_and_stores_nothing(app, client) -> None:
    id = start_policy(client, {"length": "full", "hangover": "counts"})
    with app.app_context():
        before = db.session.get(Policy, id)
        seen = (before.revision, before.used_at, before.saves_in_minute)
    said = {answer: beside(client, id, "hangover", {"hangover": answer}) for answer in [o.id for o in the_pack().questions["hangover"].options]}
    assert len(set(said.values())) > 1
    assert {pieces_in(one)[0] for one in said.values()} == {"working-hours"}
    with app.app_context():
        db.session.remove()
        after = db.session.get(Policy, id)
        assert (after.revision, after.used_at, after.saves_in_minute) == seen
    assert stored(app, id)["hangover"] == "counts"


@pytest.mark.parametrize(("seed", "language"), [(1, "nb"), (2, "nn"), (3, "en")])
def test_it_says_the_same_as_the_document(app, client, seed: int, language: str) -> None:
    answers = any_answers(Random(seed), blanks=0)
    id = start_policy(client, answers)
    with app.app_context():
        policy = db.session.get(Policy, id)
        policy.language = language
        db.session.commit()
        document = assemble.policy(policy.draft())
    for section in Random(seed).sample(document.sections, 6):
        asks = [q for q in section.answers if q in the_pack().place and q in answers and q != "length"]
        shown = next((said for q in asks if f'data-piece="{section.id}"' in (said := beside(client, id, q))), None)
        if asks and shown:
            assert str(drawn.section(section, 3 - section.level)).strip() in shown
            assert f'lang="{TAGS[language]}"' in shown


def test_the_nearest_comes_first_and_the_others_are_named(client) -> None:
    id = start_policy(client, {"length": "full", "substances": ["alcohol", "medicines"], "medicines_rule": "must"})
    said = beside(client, id, "substances")
    pieces = pieces_in(said)
    assert pieces[0] == "what-we-mean"
    assert "medicines" in pieces
    assert "gambling" not in pieces
    assert re.findall(r'data-piece="[^"]+"( hidden)?', said.replace('=""', "")) == ["", *[" hidden"] * (len(pieces) - 1)]
    named = dict(re.findall(r'data-section="([^"]+)">([^<]+)<', said))
    assert list(named) == pieces
    assert named["medicines"].split(" ")[0].count(".") == 1


def test_where_it_shows_instead(client) -> None:
    id = start_policy(client, {"length": "rules"})
    said = beside(client, id, "indicators")
    assert "står det ikke noe om dette" in said
    assert pieces_in(said) == []
    assert "avgjør hvilke avsnitt" in beside(client, id, "length")
    assert "kjørereglene" in beside(client, id, "length")


def test_the_front_is_a_section_too(client) -> None:
    id = start_policy(client, {"workplace_name": "Solbakken"})
    assert "999 999 999" not in beside(client, id, "org_number")
    said = beside(client, id, "org_number", {"org_number": "974760673"})
    assert pieces_in(said) == ["front"]
    assert "974 760 673" in said or "974760673" in said


def test_an_answer_that_cannot_be_read_leaves_what_is_stored(client) -> None:
    id = start_policy(client, {"org_number": "974760673"})
    assert beside(client, id, "org_number", {"org_number": "12"}) == beside(client, id, "org_number")


def test_hostile_words_stay_words(client, policy_id) -> None:
    said = beside(client, policy_id, "workplace_name", {"workplace_name": "<script>alert(1)</script>"})
    assert "<script>" not in said
    assert "&lt;script&gt;" in said


def test_unknown_questions_and_pages(client, policy_id) -> None:
    page = client.get(address(policy_id, "map/workplace")).text
    body = {name: words[0] for name, words in hidden(page).items()}
    unknown = client.post(f"{address(policy_id, 'map/workplace')}/section?question=nothing", data=body)
    assert "kommer ikke inn i teksten" in unknown.json["html"]
    assert client.post(f"{address(policy_id, 'map/nowhere')}/section?question=size", data=body).status_code == 404
    for place, question in (("map/nowhere", "size"), ("map/workplace", "nothing")):
        assert client.get(f"{address(policy_id, place)}/section?question={question}").status_code == 404


def test_without_a_token_nothing_is_said(client, policy_id) -> None:
    answer = client.post(f"{address(policy_id, 'map/workplace')}/section?question=size", data={"csrf_token": "", "size": "n100"})
    assert answer.status_code == 400


def test_it_is_limited(make_app) -> None:
    client = make_app(sections_per_hour=2).test_client()
    client.get("/nb/")
    id = start_policy(client, {})
    assert [posted(client, id, "size").status_code for _ in range(3)] == [200, 200, 429]


def test_the_way_there_and_back_without_a_script(client) -> None:
    id = start_policy(client, {"length": "full"})
    page = client.get(address(id, place_of("hangover"))).text
    link = re.search(r'<a class="see" href="([^"]*question=hangover)"', page)
    assert link
    there = client.get(html.unescape(link[1]))
    assert there.status_code == 302
    assert there.location.endswith("#part-working-hours")
    whole = client.get(there.location.partition("#")[0]).text
    assert whole.count("Tilbake til spørsmålet") >= 2
    assert f'href="{address(id, place_of("hangover"))}#q-hangover"' in whole
    assert 'id="part-working-hours"' in whole


def test_the_way_back_leads_to_the_page_somebody_came_from(client, policy_id) -> None:
    back = client.get(f"{address(policy_id, 'preview')}?question=sector&page=short/about").text
    assert "/short/about#q-sector" in back
    assert "Tilbake til spørsmålet" not in client.get(f"{address(policy_id, 'preview')}?question=nothing").text
    assert place_of("size") in client.get(f"{address(policy_id, 'preview')}?question=size&page=made/up").text


def test_whoever_came_from_the_look_back_gets_there_again(client, policy_id) -> None:
    page = client.get(f"{address(policy_id, place_of('size'))}?return=check").text
    link = re.search(r'<a class="see" href="([^"]*question=size[^"]*)"', page)
    assert link
    there = client.get(client.get(html.unescape(link[1])).location.partition("#")[0]).text
    assert f'href="{address(policy_id, place_of("size"))}?return=check#q-size"' in there
    assert "return=check" in beside(client, policy_id, "size", {"return": "check"})


def test_a_signed_text_stands_whatever_the_form_says(play: Scene) -> None:
    assert play.make_ready().status_code == 303
    place = place_of("size")
    body = form_of(play, place)
    asked = f"{play.address(place)}/section?question=size"
    before = play.owner.post(asked, data=body).json["html"]
    assert pieces_in(before)
    other = next(o.id for o in the_pack().questions["size"].options if o.id not in body["size"])
    assert play.owner.post(asked, data=body | {"size": other}).json["html"] == before
    assert play.owner.get(f"{play.address(place)}/section?question=size").status_code == 302


def test_a_policy_in_the_archive_is_not_asked(app, place) -> None:
    with app.app_context():
        policy = db.session.get(Policy, place.policy)
        policy.archive()
        db.session.commit()
    answer = place.owner.post(f"/nb/policies/{place.policy}/map/workplace/section?question=size", data={})
    assert answer.status_code == 409
