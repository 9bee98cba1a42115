"""On the way into a draft one may look the organisation up. Nothing is sent before a search, and a register that is down holds nobody up."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from app.models.db import db
from app.models.policy import Policy
from app.pack.text import LANGUAGES
from app.registers.enhetsregisteret import KEPT_SECONDS, Enhetsregisteret
from app.registers.entity import Entity
from app.steps.from_register import EXTENSION, offer_in, token_for
from tests import register as made_up
from tests.conftest import browser, empty
from tests.every_field import hidden, shown
from tests.places import Place
from tests.reading import Browser
from tests.register import Reply, serving

OUTAGE = "Vi får ikke svar fra Enhetsregisteret akkurat nå."


@pytest.fixture(scope="module")
def asked_app(make_app) -> Flask:
    return make_app(enhetsregisteret="http://127.0.0.1:9/api", lookups_per_hour=40)


@pytest.fixture
def register(asked_app):
    with serving() as register:
        asked_app.extensions[EXTENSION] = Enhetsregisteret(register.base)
        yield register
    empty(asked_app)


@pytest.fixture
def visitor(asked_app, register) -> Browser:
    return browser(asked_app)


def search(visitor: Browser, words: str, language: str = "nb"):
    return visitor.post(f"/{language}/organisation/", data={"words": words})


def choose(visitor: Browser, number: str):
    return visitor.post("/nb/organisation/chosen", data={"number": number, "words": "nordvik"})


def fields_of(page: str) -> dict[str, object]:
    """What a browser would post from a page of the wizard."""
    chosen = dict(re.findall(r'<input class="ds-input" type="radio"[^>]* name="([^"]*)" value="([^"]*)"[^>]* checked>', page))
    return {**hidden(page), "asked": re.findall(r'name="asked" value="([^"]*)"', page), **shown(page), **chosen}


def policies(app: Flask) -> list[Policy]:
    with app.app_context():
        return list(db.session.scalars(db.select(Policy)))


def test_without_a_register_there_is_no_such_page_and_no_word_of_it(client) -> None:
    assert client.get("/nb/organisation/").status_code == 404
    assert "/organisation" not in client.get("/nb/").text
    assert "Brønnøysund" not in client.get("/nb/privacy").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_sent_before_somebody_searches(visitor, register, language) -> None:
    assert f"/{language}/organisation/" in visitor.get(f"/{language}/").text
    page = visitor.get(f"/{language}/organisation/")
    assert "Brønnøysund" in page.text
    assert f'action="/{language}/policies"' in page.text, "and there is a way past it"
    assert visitor.get(f"/{language}/organisation/chosen").location == f"/{language}/organisation/"
    assert register.asked == []


def test_hits_are_shown_with_what_one_knows_ones_own_by(visitor, register) -> None:
    page = unescape(search(visitor, " nordvik ").text)
    assert "<title>Hvem er dere? – 5 treff" in page
    assert "Nordvik & Sønner Bygg AS" in page
    assert "310 100 005 · Sandnes · 12 ansatte" in re.sub("<[^>]+>", "", page)
    assert 'value=" nordvik "' in page or 'value="nordvik"' in page
    assert len(register.asked) == 2
    assert "navn=nordvik&" in register.asked[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words", ["nordvik", "alle", "finnes ikke", made_up.FIRM, made_up.DELETED, made_up.REMOVED, made_up.UNKNOWN, made_up.SMALL, "x", "", "310100006"]
)
def test_every_reply_is_a_sound_page_in_every_language(visitor, language, words) -> None:
    assert search(visitor, words, language).status_code in (200, 422)


@pytest.mark.parametrize("typed", ["310 100 005", "NO 310100005 MVA", "Org.nr. 310.100.005"])
def test_a_number_is_read_however_it_is_written(visitor, register, typed) -> None:
    assert 'name="number" value="310100005"' in search(visitor, typed).text
    assert register.asked == ["/api/enheter/310100005"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Skriv navnet eller"),
        ("x", "Skriv minst to tegn"),
        ("310100006", "ikke et gyldig"),
        ("310 100 05", "ikke et gyldig"),
        ("n" * 121, "tegn"),
    ],
)
def test_what_cannot_be_looked_for_is_not_sent(visitor, register, typed, said) -> None:
    page = search(visitor, typed)
    assert page.status_code == 422
    assert said in unescape(page.text)
    assert register.asked == []


def test_a_firm_may_be_called_a_number(visitor, register) -> None:
    assert search(visitor, "3T").status_code == 200
    assert search(visitor, "4711").status_code == 200


def test_one_that_is_chosen_becomes_a_draft_with_suggestions(asked_app, visitor) -> None:
    search(visitor, "nordvik")
    led = choose(visitor, made_up.FIRM)
    assert led.status_code == 303
    (policy,) = policies(asked_app)
    assert policy.answers == {"workplace_name": "Nordvik & Sønner Bygg AS", "org_number": made_up.FIRM}, "what is suggested is not stored unseen"
    page = visitor.get(led.location)
    fields = fields_of(page.text)
    assert (fields["workplace_name"], fields["org_number"]) == ("Nordvik & Sønner Bygg AS", made_up.FIRM)
    assert (fields["sector"], fields["size"]) == ("construction", "n10_29")
    assert page.text.count(">Forslag<") == 2
    assert "er hentet fra Enhetsregisteret" in page.text
    assert "Det som er merket «Forslag»" in page.text
    assert led.location.replace("/nb/", "/nn/") in page.text, "changing the language keeps them"


def test_what_is_suggested_is_stored_with_the_page_and_can_be_changed(asked_app, visitor) -> None:
    led = choose(visitor, made_up.FIRM)
    fields = fields_of(visitor.get(led.location).text)
    address = led.location.partition("?")[0]
    assert visitor.post(address, data={**fields, "size": "n5_9", "to": "next"}).status_code == 303
    (policy,) = policies(asked_app)
    assert (policy.answers["sector"], policy.answers["size"]) == ("construction", "n5_9")
    page = visitor.get(led.location)
    assert fields_of(page.text)["size"] == "n5_9", "an answer stands over a suggestion"
    assert "Det som er merket «Forslag»" not in page.text


def test_one_of_whom_nothing_more_is_known(visitor) -> None:
    page = visitor.get(choose(visitor, made_up.UNCOUNTED).location)
    assert "size" not in fields_of(page.text)


def test_a_suggestion_is_good_for_its_draft_and_its_page_alone(asked_app, visitor) -> None:
    first, second = choose(visitor, made_up.FIRM).location, choose(visitor, made_up.SMALL).location
    token = first.partition("?register=")[2]
    page = visitor.get(f"{second.partition('?')[0]}?register={token}").text
    assert "hentet fra Enhetsregisteret" not in page
    assert "sector" not in fields_of(page)
    elsewhere = first.replace("/about?", "/together?")
    assert "hentet fra Enhetsregisteret" not in visitor.get(elsewhere, follow_redirects=True).text
    assert visitor.get(f"{first}x").status_code == 200
    with asked_app.test_request_context():
        entity = Entity.model_validate(made_up.BUILDERS)
        assert offer_in("a" * 26, token_for("a" * 26, entity)).options == {"size": "n10_29", "sector": "construction"}


@pytest.mark.parametrize("number", [made_up.DELETED, made_up.REMOVED, made_up.UNKNOWN])
def test_what_is_not_there_any_more_makes_no_draft(asked_app, visitor, number) -> None:
    assert choose(visitor, number).status_code == 200
    assert policies(asked_app) == []


@pytest.mark.parametrize("number", ["", "310100006", "../../admin", "1" * 5000])
def test_nonsense_is_refused_and_not_sent(visitor, register, number) -> None:
    assert choose(visitor, number).status_code == 400
    assert register.asked == []


@pytest.mark.parametrize("reply", [Reply(503), Reply(body=b"<html>"), Reply(302, location="http://127.0.0.1:9/")])
def test_a_register_that_is_down_is_told_calmly_and_one_goes_on(asked_app, visitor, register, reply) -> None:
    register.instead = reply
    page = search(visitor, "Nordvik bygg")
    assert (page.status_code, OUTAGE in page.text) == (200, True)
    assert 'value="Nordvik bygg"' in page.text, "what was typed stays"
    assert OUTAGE in choose(visitor, made_up.FIRM).text
    assert policies(asked_app) == []
    assert visitor.post("/nb/policies").status_code == 303


def test_look_ups_are_counted_by_browser(asked_app, visitor, register) -> None:
    answers = [search(visitor, "nordvik") for _ in range(41)]
    assert [answer.status_code for answer in answers] == [200] * 40 + [429]
    assert "slått opp svært mange virksomheter" in answers[-1].text
    assert search(browser(asked_app), "nordvik").status_code == 200
    assert len(register.asked) == 2, "and the same is asked once"


def test_no_log_holds_what_was_typed(visitor, register, caplog) -> None:
    register.instead = Reply(503)
    with caplog.at_level("DEBUG"):
        search(visitor, "Hemmelig firma")
    assert "Enhetsregisteret: status 503" in caplog.text
    assert "emmelig" not in caplog.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_page_says_so(visitor, language) -> None:
    page = unescape(visitor.get(f"/{language}/privacy").text)
    assert "Brønnøysund" in page
    assert {"nb": "i ti minutter", "nn": "i ti minutt", "en": "for ten minutes"}[language] in page
    assert KEPT_SECONDS == 600


def test_the_browser_itself_reaches_out_to_nobody(visitor) -> None:
    policy = visitor.get("/nb/organisation/").headers["Content-Security-Policy"]
    assert "brreg" not in policy
    assert policy == visitor.get("/nb/").headers["Content-Security-Policy"]


def test_a_policy_that_is_begun_in_a_workplace_is_filled_in_from_the_register(asked_app, register) -> None:
    place = Place(asked_app)
    begun = place.editor.post(place.address("/new"), data={"unit": "Lager", "example": "register"})
    assert begun.location.endswith("/organisation/")
    id = begun.location.split("/")[3]
    assert place.reader.get(begun.location).status_code == 403
    assert browser(asked_app).get(begun.location).status_code == 404
    assert "Hopp over og skriv selv" in place.editor.get(begun.location).text
    page = place.editor.post(begun.location, data={"words": made_up.FIRM})
    number = re.search(r'name="number" value="(\d+)"', page.text)
    assert number
    chosen = place.editor.post(f"{begun.location}chosen", data={"number": number[1]})
    assert f"/{id}/short/about?register=" in chosen.location
    [policy] = [one for one in policies(asked_app) if one.id == id]
    assert policy.answers["org_number"] == number[1]
    assert "Navnet og organisasjonsnummeret er hentet" in place.editor.get(chosen.location).text
    assert browser(asked_app).post(f"{begun.location}chosen", data={"number": number[1]}).status_code == 404


def test_without_a_register_a_workplace_is_not_offered_it(app) -> None:
    place = Place(app)
    assert "Enhetsregisteret" not in place.editor.get(place.address("/new")).text
