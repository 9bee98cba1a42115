"""A workplace says in its own words what its rule is."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.models.db import db
from app.models.policy import Policy
from app.models.versions import Version
from app.pack.load import the_pack
from app.services.versions.transitions import Frozen, make_ready
from app.ui_texts import say
from tests import world
from tests.conftest import start_policy
from tests.every_field import hidden, shown, upload
from tests.places import Place
from tests.reading import Browser

RULE = "Hos oss serverer vi aldri brennevin."
FIXED = next(clause.id for clause in the_pack().clauses if clause.fixed)


def at(id: str, view: str = "", language: str = "nb") -> str:
    return f"/{language}/policies/{id}/own-words{'/' + view if view else ''}"


def write(client: Browser, id: str, section: str = "purpose", **fields: str) -> Any:
    """The form of a section, filled in and sent."""
    page = client.get(at(id, section) + f"?words_language={fields.get('words_language', '')}").text
    stands = {name: re.sub(r"\r?\n", "", words) for name, words in shown(page).items()} if "do" in fields else {}
    return client.post(at(id, section), data={**stands, **hidden(page), **fields})


def own_words(app: Any, id: str) -> Any:
    with app.app_context():
        return db.session.get_one(Policy, id).own_words


def preview(client: Browser, id: str) -> str:
    return client.get(f"/nb/policies/{id}/preview").text


def section_of(page: str, id: str) -> str:
    """A section of the text as it stands on the page."""
    found = re.search(rf'id="part-{id}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_an_addition_stands_after_the_standard_text(client, policy_id) -> None:
    before = section_of(preview(client, policy_id), "purpose")
    answer = write(client, policy_id, addition=f"{RULE}\n- Vin\n- **Øl**")
    assert (answer.status_code, answer.location) == (303, f"/nb/policies/{policy_id}/preview#part-purpose")
    after = section_of(preview(client, policy_id), "purpose")
    assert before.count("<p>") < after.count("<p>")
    assert after.count(RULE) == 1
    assert "<strong>Øl</strong>" in after
    assert say("own_words_part_added", "nb") in after


def test_a_rewording_stands_in_place_of_the_standard_text(client, policy_id) -> None:
    form = client.get(at(policy_id, "early-talk")).text
    begun = client.post(at(policy_id, "early-talk"), data={**hidden(form), "do": "begin"}).text
    standard = re.search(r'<textarea[^>]*name="rewording"[^>]*>\s*(.*?)</textarea>', begun, re.DOTALL)[1]
    assert len(standard) > 100
    write(client, policy_id, "early-talk", rewording=RULE)
    after = section_of(preview(client, policy_id), "early-talk")
    assert after.count(RULE) == 1
    assert standard.split("\n")[0] not in after
    assert say("own_words_part_reworded", "nb") in after


def test_what_the_law_says_can_be_added_to_and_not_reworded(app, client, policy_id) -> None:
    page = client.get(at(policy_id, FIXED)).text
    assert 'name="rewording"' not in page
    assert say("own_words_fixed", "nb") in page
    write(client, policy_id, FIXED, addition="a", rewording="b")
    assert own_words(app, policy_id)["sections"][FIXED] == {"nb": {"addition": "a"}}


def test_back_to_the_standard_text_keeps_the_rewording(app, client, policy_id) -> None:
    write(client, policy_id, rewording=RULE)
    write(client, policy_id, rewording=RULE, do="standard")
    assert own_words(app, policy_id)["sections"]["purpose"]["nb"] == {"aside": RULE}
    assert RULE not in preview(client, policy_id)
    assert RULE in client.get(at(policy_id, "purpose")).text
    write(client, policy_id, do="restore")
    assert RULE in section_of(preview(client, policy_id), "purpose")


def test_a_blank_rewording_is_the_standard_text_again(app, client, policy_id) -> None:
    write(client, policy_id, rewording=RULE)
    write(client, policy_id, rewording="")
    assert own_words(app, policy_id)["sections"]["purpose"]["nb"] == {"aside": RULE}


def test_a_standard_text_that_has_changed_is_shown_and_one_chooses(app, client) -> None:
    id = start_policy(client, {"workplace_name": "Fjordheimen"})
    write(client, id, rewording=RULE)
    with app.app_context():
        policy = db.session.get_one(Policy, id)
        policy.own_words = {"sections": {"purpose": {"nb": {"rewording": RULE, "standard": "Slik sto det før."}}}}
        db.session.commit()
    page = client.get(at(id, "purpose")).text
    assert say("own_words_moved_on_title", "nb") in page
    assert "Slik sto det før." in page
    assert say("own_words_moved_on", "nb") in client.get(at(id)).text
    section = section_of(preview(client, id), "purpose")
    assert RULE in section
    assert say("own_words_moved_on", "nb") in section
    assert say("own_words_moved_on_title", "nb") in client.get(f"/nb/policies/{id}/control").text
    write(client, id, rewording=RULE)
    for page in (at(id, "purpose"), f"/nb/policies/{id}/control", f"/nb/policies/{id}/preview"):
        assert say("own_words_moved_on", "nb") not in client.get(page).text


def test_nothing_typed_is_lost_when_a_colleague_saved_meanwhile(app, client, policy_id) -> None:
    opened = hidden(client.get(at(policy_id, "purpose")).text)
    write(client, policy_id, addition="Kollegaens")
    page = client.post(at(policy_id, "purpose"), data={**opened, "addition": "Mitt"})
    assert page.status_code == 409
    assert "Kollegaens" in page.text
    assert ">\nMitt</textarea>" in page.text.replace("\r", "")
    assert own_words(app, policy_id)["sections"]["purpose"]["nb"] == {"addition": "Kollegaens"}
    client.post(at(policy_id, "purpose"), data={**hidden(page.text), "addition": "Mitt"})
    assert own_words(app, policy_id)["sections"]["purpose"]["nb"] == {"addition": "Mitt"}


def test_what_is_too_long_is_named_and_kept_in_the_form(app, client, policy_id) -> None:
    page = write(client, policy_id, addition="x" * 5001)
    assert page.status_code == 422
    assert "x" * 5001 in page.text
    assert own_words(app, policy_id) is None


def test_words_in_another_language_stand_in_the_text_and_say_so(app, client, policy_id) -> None:
    write(client, policy_id, addition="Ikkje hos oss.", words_language="nn")
    section = section_of(preview(client, policy_id), "purpose")
    assert "Ikkje hos oss." in section
    assert "På nynorsk:" in section
    assert own_words(app, policy_id)["sections"]["purpose"] == {"nn": {"addition": "Ikkje hos oss."}}
    assert say("own_words_see_nn", "nb") in client.get(at(policy_id, "purpose")).text


def test_words_of_a_section_that_is_not_in_the_policy_are_kept_and_listed(client) -> None:
    id = start_policy(client, {"substances": ["alcohol"]})
    write(client, id, "medicines", addition=RULE)
    assert RULE not in preview(client, id)
    page = client.get(at(id)).text
    assert page.index(say("own_words_do_not_stand", "nb")) < page.index(RULE)


@pytest.mark.parametrize("section", ["nothing", "open-points", "../purpose"])
def test_what_can_have_no_own_words_does_not_exist(client, policy_id, section) -> None:
    assert client.get(at(policy_id, section)).status_code == 404


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_pages_are_sound_in_every_language(client, policy_id, language) -> None:
    write(client, policy_id, addition="<b>x</b>", rewording=RULE)
    write(client, policy_id, "consequences", addition=RULE, words_language="en")
    for view in ("", "purpose", "purpose?words_language=en", FIXED):
        assert client.get(at(policy_id, view, language)).status_code == 200


def signed(place: Place) -> None:
    with place.app.app_context():
        policy = db.session.get_one(Policy, place.policy)
        document = world.version(policy).document
        make_ready(policy, Frozen(document, "0" * 64, {}, the_pack().manifest.edition), None)
        db.session.commit()


def test_a_signed_text_changes_only_when_it_is_opened(place) -> None:
    write(place.editor, place.policy, addition="Før")
    signed(place)
    page = write(place.editor, place.policy, addition="Etter")
    assert page.status_code == 409
    assert "Etter" in page.text
    assert own_words(place.app, place.policy)["sections"]["purpose"]["nb"] == {"addition": "Før"}
    kept = hidden(page.text) | shown(page.text)
    opened = place.editor.post(place.of_policy("/reopen"), data=kept)
    assert (opened.status_code, opened.location) == (307, at(place.policy, "purpose"))
    again = place.editor.post(opened.location, data=kept)
    assert again.status_code == 303
    assert own_words(place.app, place.policy)["sections"]["purpose"]["nb"] == {"addition": "Etter"}


def test_whoever_changed_nothing_in_a_signed_text_goes_on(place) -> None:
    write(place.editor, place.policy, addition="Før")
    signed(place)
    assert write(place.editor, place.policy, addition="Før").status_code == 303


def test_a_version_keeps_the_words_it_was_made_with(place) -> None:
    write(place.editor, place.policy, addition="Før")
    signed(place)
    with place.app.app_context():
        version = Version.one_in(place.policy, "ready")
        assert version.own_words == {"sections": {"purpose": {"nb": {"addition": "Før"}}}}
        assert "Før" in str(version.draft("en").own_words)


def test_own_words_go_along_with_the_answers(app, client, policy_id) -> None:
    write(client, policy_id, addition=RULE)
    file = client.get(f"/nb/policies/{policy_id}/answers.json").data
    other = upload(client, "/nb/policies/from-file", "answers", file, "svar.json").location.split("/")[3]
    assert own_words(app, other) == own_words(app, policy_id) == {"sections": {"purpose": {"nb": {"addition": RULE}}}}


def test_the_policy_check_looks_at_own_words_and_leads_there(client, policy_id) -> None:
    write(client, policy_id, addition="En fyllik")
    page = client.get(f"/nb/policies/{policy_id}/control").text
    assert f'href="{at(policy_id, "purpose")}">{say("control_mend_own_words", "nb")}' in page


def test_what_blocks_in_own_words_is_named_where_the_policy_stands(place) -> None:
    write(place.editor, place.policy, addition="[ikke bestemt ennå]")
    page = place.editor.get(place.of_policy("/ready")).text
    assert f'href="{at(place.policy, "purpose")}">{say("status_mend_own_words", "nb")}' in page
