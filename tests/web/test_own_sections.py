"""Sections that a workplace writes itself."""

from __future__ import annotations

from typing import Any

import pytest

from app.documents.own_words import MOST_OWN, OwnSection, OwnText, OwnWords
from app.models.db import db
from app.models.policy import Policy
from app.ui_texts import say
from tests import world
from tests.conftest import browser
from tests.every_field import hidden, shown
from tests.reading import Browser
from tests.web.test_own_words_pages import at, own_words, preview, section_of, signed

GUARDS = {"chapter": "ground-rules", "heading": "Vakter", "text": "Vakter drikker ikke.\n- Aldri"}


def write(client: Browser, id: str, view: str = "sections/new", **fields: str) -> Any:
    page = client.get(at(id, view) + f"?words_language={fields.get('words_language', '')}").text
    return client.post(at(id, view), data={**hidden(page), **GUARDS, **fields})


def order(app: Any, id: str) -> list[tuple[str, bool]]:
    return [(one["words"]["nb"]["heading"], one.get("is_out", False)) for one in own_words(app, id)["own"]]


def ids(app: Any, id: str) -> list[str]:
    return [one["id"] for one in own_words(app, id)["own"]]


def do(client: Browser, id: str, deed: str, own: str) -> Any:
    return client.post(at(id), data={"do": deed, "own": own})


def test_an_own_section_is_written_and_read(app, client, policy_id) -> None:
    answer = write(client, policy_id)
    (own,) = ids(app, policy_id)
    assert (answer.status_code, answer.location) == (303, f"/nb/policies/{policy_id}/preview#part-{own}")
    section = section_of(preview(client, policy_id), own)
    assert " Vakter" in section
    assert section.count("Vakter drikker ikke.") == 1
    assert say("own_words_part_whole", "nb") in section
    assert at(policy_id, f"sections/{own}") in section
    assert client.get(at(policy_id)).text.count("Vakter drikker ikke.") == 1


def test_a_button_that_is_pressed_twice_writes_one_section(app, client, policy_id) -> None:
    form = hidden(client.get(at(policy_id, "sections/new")).text) | GUARDS
    answers = [client.post(at(policy_id, "sections/new"), data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(ids(app, policy_id)) == 1


@pytest.mark.parametrize(
    ("fields", "fault"),
    [({"heading": " "}, "own_words_error_heading"), ({"text": ""}, "own_words_error_text"), ({"chapter": "help-me"}, "own_words_error_chapter")],
)
def test_what_is_missing_is_said_and_the_rest_kept(app, client, policy_id, fields, fault) -> None:
    page = write(client, policy_id, **fields)
    assert page.status_code == 422
    assert say(fault, "nb") in page.text
    assert own_words(app, policy_id) is None
    assert "Vakter" in page.text


def test_sections_are_moved_taken_out_put_in_again_and_deleted(app, client, policy_id) -> None:
    write(client, policy_id)
    write(client, policy_id, heading="Gjester")
    guards, guests = ids(app, policy_id)
    page = client.get(at(policy_id)).text
    assert [page.count(f'value="{deed}"') for deed in ("up", "down", "out", "in")] == [1, 1, 2, 0]
    do(client, policy_id, "up", guests)
    assert order(app, policy_id) == [("Gjester", False), ("Vakter", False)]
    do(client, policy_id, "out", guests)
    assert "Gjester" not in preview(client, policy_id)
    page = client.get(at(policy_id)).text
    assert page.index(say("own_words_do_not_stand", "nb")) < page.index(say("own_words_do_gone", "nb"))
    do(client, policy_id, "in", guests)
    assert "Gjester" in preview(client, policy_id)
    do(client, policy_id, "gone", guests)
    assert len(ids(app, policy_id)) == 2, "what stands in the policy is first taken out"
    do(client, policy_id, "out", guests)
    do(client, policy_id, "gone", guests)
    assert ids(app, policy_id) == [guards]
    assert do(client, policy_id, "up", guests).status_code == 303
    assert do(client, policy_id, "burn", guards).status_code == 400


def test_a_section_is_changed_in_each_language(app, client, policy_id) -> None:
    write(client, policy_id)
    (own,) = ids(app, policy_id)
    answer = write(client, policy_id, f"sections/{own}", words_language="en", heading="Guards", text="Guards do not drink.", chapter="help")
    assert answer.status_code == 303
    assert own_words(app, policy_id)["own"][0]["chapter"] == "help"
    assert set(own_words(app, policy_id)["own"][0]["words"]) == {"nb", "en"}
    assert "Vakter drikker ikke." in preview(client, policy_id)
    assert "Guards" in client.get(at(policy_id, f"sections/{own}?words_language=en")).text


def test_nothing_typed_is_lost_when_a_colleague_saved_meanwhile(app, client, policy_id) -> None:
    write(client, policy_id)
    (own,) = ids(app, policy_id)
    opened = hidden(client.get(at(policy_id, f"sections/{own}")).text)
    write(client, policy_id, f"sections/{own}", text="Kollegaens")
    page = client.post(at(policy_id, f"sections/{own}"), data={**opened, **GUARDS, "text": "Mitt"})
    assert page.status_code == 409
    assert "Kollegaens" in page.text
    assert "Mitt" in page.text
    again = client.post(at(policy_id, f"sections/{own}"), data={**hidden(page.text), **GUARDS, "text": "Mitt"})
    assert again.status_code == 303
    assert own_words(app, policy_id)["own"][0]["words"]["nb"]["text"] == "Mitt"


def test_there_are_no_more_than_there_may_be(app, client, policy_id) -> None:
    with app.app_context():
        many = tuple(OwnSection(f"own-{n}", "help", {"nb": OwnText(f"{n}", "x")}) for n in range(MOST_OWN))
        db.session.get_one(Policy, policy_id).say(OwnWords(own=many))
        db.session.commit()
    page = write(client, policy_id)
    assert page.status_code == 422
    assert say("own_words_error_full", "nb") in page.text


def test_own_sections_of_a_signed_text_change_only_when_it_is_opened(place) -> None:
    write(place.editor, place.policy)
    (own,) = ids(place.app, place.policy)
    signed(place)
    assert write(place.editor, place.policy, f"sections/{own}").status_code == 303, "nothing was changed"
    for change, there in (
        (lambda: write(place.editor, place.policy, text="Etter"), "sections/new"),
        (lambda: write(place.editor, place.policy, f"sections/{own}", text="Etter"), f"sections/{own}"),
        (lambda: do(place.editor, place.policy, "out", own), ""),
    ):
        answer = change()
        assert answer.status_code == 409
        kept = hidden(answer.text) | shown(answer.text)
        opened = place.editor.post(place.of_policy("/reopen"), data=kept)
        assert (opened.status_code, opened.location) == (307, at(place.policy, there))
        assert place.editor.post(opened.location, data=kept).status_code == 303
        signed(place)
    assert len(ids(place.app, place.policy)) == 2


def test_no_page_says_that_every_policy_has_an_own_section(app, client, policy_id) -> None:
    write(client, policy_id)
    (own,) = ids(app, policy_id)
    section = section_of(preview(client, policy_id), own)
    assert say("preview_no_answers", "nb") not in section
    assert say("source_title", "nb") not in section


def test_a_reader_sees_what_the_workplace_wrote_itself(place) -> None:
    write(place.editor, place.policy)
    (own,) = ids(place.app, place.policy)
    with place.app.app_context():
        review = world.review(db.session.get_one(Policy, place.policy))
        reader = world.reviewer(review)
        db.session.commit()
    page = world.read_as(browser(place.app), reader).get(f"/nb/readings/{reader.id}/sections/{own}").text
    assert say("reading_own_whole", "nb") in page
    assert say("reading_why_none", "nb") not in page
    assert page.count("Vakter drikker ikke.") >= 1


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_pages_are_sound_in_every_language(app, client, policy_id, language) -> None:
    write(client, policy_id)
    for view in ("", "sections/new", f"sections/{ids(app, policy_id)[0]}", f"sections/{ids(app, policy_id)[0]}?words_language=en"):
        assert client.get(at(policy_id, view, language)).status_code == 200
    assert client.get(at(policy_id, "sections/own-9")).status_code == 404
