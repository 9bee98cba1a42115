"""What somebody signed for changes only after an express step that says beforehand what it undoes; and nothing typed is lost."""

from __future__ import annotations

import html
import json
import re
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from app.pack.answers import standing
from app.pack.load import the_pack
from app.steps.form import typed_in
from app.steps.visible_questions import asked_on
from app.values.vocabulary import LOCKED_STATES
from tests.deciding import Scene, scene
from tests.every_field import hidden
from tests.unit.drawn import picture
from tests.web.test_routes import of_holders
from tests.web.test_wizard import ids_on

WORKPLACE = "map/workplace"
MAY_CHANGE = {"decisions.open_for_changes", "workplaces.discard", "steps.remove"}  # the express steps
ANYTHING = {
    "workplace_name": "Annet", "asked": "workplace_name", "document_language": "en", "remove": "yes", "decided_on": "1.1.2026", "reason": "x",
    "add": "x-1",
}  # fmt: skip
VOID = {"ready": "må merkes som klar på nytt", "decided": "gjelder ikke vedtaket for det dere skriver nå", "in_force": "fortsetter å gjelde"}


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


def frozen_part(play: Scene):
    policy = play.policy()
    return policy.answers, policy.language, policy.logo_type, policy.state, policy.round


def form_of(play: Scene, place: str = WORKPLACE, who=None, **typed: str):
    """What a browser posts from a page: all that stands in its fields, and over it what is `typed`."""
    page = (who or play.owner).get(play.address(place)).text
    fields = {name: words[0] for name, words in hidden(page).items()}
    now = standing(the_pack(), play.policy().answers)
    step, _, name = place.partition("/")
    shown = typed_in(asked_on(the_pack().places[(step, name)][1], now), now, "nb")
    return {**shown, **fields, "asked": ids_on(page), "to": "next", **typed}


def opened(play: Scene, refused, who=None):
    """Press the button of the page that refused, as a browser does; and follow to where it leads."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', refused.text.partition("/reopen")[2]):
        fields.setdefault(name, []).append(html.unescape(value))
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden[^>]*>\n([^<]*)</textarea>', refused.text):
        fields.setdefault(name, []).append(html.unescape(value))
    return (who or play.owner).post(play.address("reopen"), data=fields, follow_redirects=False), fields


@pytest.mark.parametrize("state", sorted(LOCKED_STATES))
def test_no_route_changes_what_is_signed_for(app, play, state) -> None:
    play.until(state)
    before = frozen_part(play)
    tried = 0
    adapter = app.url_map.bind("localhost")
    for rule in of_holders(app):
        if "POST" not in rule.methods or rule.endpoint in MAY_CHANGE:
            continue
        values = dict.fromkeys(rule.arguments, "a" * 26) | {"id": play.id, "language": "nb", "step": "map", "page": "workplace", "meeting": 1}
        address = adapter.build(rule.endpoint, {k: v for k, v in values.items() if k in rule.arguments}, method="POST")
        typed = {
            "workplace_name": "Annet",
            "asked": "workplace_name",
            "document_language": "en",
            "remove": "yes",
            "decided_on": "1.1.2026",
            "reason": "x",
            "add": "x-1",
        }
        answer = play.owner.post(address, data=typed)
        assert answer.status_code < 500, address
        assert frozen_part(play) == before, (address, answer.status_code)
        tried += 1
    assert tried > 8


@pytest.mark.parametrize("state", sorted(LOCKED_STATES))
def test_the_refusal_says_what_a_change_would_undo_and_keeps_what_was_typed(play, state) -> None:
    play.until(state)
    before = frozen_part(play)
    answer = play.owner.post(play.address(WORKPLACE), data=form_of(play, workplace_name="Nytt & <navn>"))
    assert answer.status_code == 409
    assert VOID[state] in answer.text
    assert "Nytt &amp; &lt;navn&gt;" in answer.text
    assert frozen_part(play) == before


@pytest.mark.parametrize("state", sorted(LOCKED_STATES))
def test_opening_the_text_saves_what_was_typed(play, state) -> None:
    play.until(state)
    refused = play.owner.post(play.address(WORKPLACE), data=form_of(play, workplace_name="Nytt & <navn>"))
    answer, fields = opened(play, refused)
    assert (answer.status_code, answer.location) == (307, play.address(WORKPLACE))
    assert play.owner.post(answer.location, data=fields).status_code == 303
    policy = play.policy()
    assert (policy.answers["workplace_name"], policy.state) == ("Nytt & <navn>", "draft")
    assert policy.round == (2 if state == "in_force" else 1)
    assert [version.state for version in play.versions()] == ["in_force" if state == "in_force" else "void"]


def test_an_answer_that_cannot_be_read_is_kept_and_told_after_the_text_is_open(play) -> None:
    play.until("ready")
    refused = play.owner.post(play.address(WORKPLACE), data=form_of(play, org_number="123"))
    assert refused.status_code == 409
    assert "123" in refused.text
    answer, fields = opened(play, refused)
    again = play.owner.post(answer.location, data=fields)
    assert again.status_code == 422
    assert 'value="123"' in again.text


def test_whoever_changed_nothing_goes_on(play) -> None:
    play.until("ready")
    before = frozen_part(play)
    answer = play.owner.post(play.address(WORKPLACE), data=form_of(play))
    assert (answer.status_code, answer.location) == (303, play.address("map/work"))
    assert frozen_part(play) == before


def test_a_row_more_is_a_change(play) -> None:
    play.until("ready")
    answer = play.owner.post(play.address(WORKPLACE), data=form_of(play, add="x-1"))
    assert answer.status_code == 409


def test_autosave_is_told_in_words(play) -> None:
    play.until("decided")
    before = frozen_part(play)
    answer = play.owner.post(play.address(WORKPLACE), data=form_of(play, workplace_name="Nytt"), headers={"X-Autosave": "1"})
    assert answer.status_code == 409
    assert "Ikke lagret: Teksten er låst" in json.loads(answer.text)["message"]
    assert frozen_part(play) == before


def test_the_short_path_leads_back_to_itself_once_the_text_is_open(play) -> None:
    play.until("ready")
    refused = play.owner.post(play.address("short/about"), data=form_of(play, "short/about", workplace_name="Nytt"))
    assert refused.status_code == 409
    answer, fields = opened(play, refused)
    assert (answer.status_code, answer.location) == (307, play.address("short/about"))
    assert play.owner.post(answer.location, data=fields).status_code == 303
    assert play.policy().answers["workplace_name"] == "Nytt"


def test_suggestions_behind_a_signed_text_are_read_and_not_confirmed(play) -> None:
    play.until("ready")
    page = play.owner.get(play.address("look/scope")).text
    assert "locked-notice" in page
    assert "Ser riktig ut</button>" not in page
    before = frozen_part(play)
    assert play.owner.post(play.address("look/scope"), data={name: words[0] for name, words in hidden(page).items()}).status_code == 409
    assert frozen_part(play) == before


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_notice_stands_on_every_wizard_page_of_a_locked_policy(play, language) -> None:
    link = f'href="{play.address("reopen", language)}"'
    assert link not in play.owner.get(play.address(WORKPLACE, language)).text
    seen = set()
    for state in ("ready", "decided", "in_force"):
        play.until(state)
        page = play.owner.get(play.address(WORKPLACE, language)).text
        assert page.count(link) == 1
        seen.add(page[page.index("locked-notice") :].partition("</div>")[0])
        assert link in play.owner.get(play.address("", language)).text
    assert len(seen) == 3, "each state has its own words"


def test_an_editor_opens_what_is_ready_and_not_what_is_decided(play) -> None:
    play.until("ready")
    refused = play.editor.post(play.address(WORKPLACE), data=form_of(play, who=play.editor, workplace_name="Nytt"))
    answer, fields = opened(play, refused, play.editor)
    assert answer.status_code == 307
    assert play.editor.post(answer.location, data=fields).status_code == 303
    play.until("decided")
    refused = play.editor.post(play.address(WORKPLACE), data=form_of(play, who=play.editor, workplace_name="Enda et"))
    assert refused.status_code == 409
    assert "Enda et" in refused.text
    assert "Bare en eier" in refused.text
    assert 'action="' not in refused.text.partition("<main")[2]
    assert play.reopen(play.editor, about="2-decided").status_code == 403
    assert play.policy().state == "decided"


def test_a_reader_cannot_open_anything(play) -> None:
    play.until("ready")
    assert play.reader.get(play.address("reopen")).status_code == 403
    assert play.reader.post(play.address("reopen"), data={"about": "1-ready"}).status_code == 403


def test_the_language_of_the_documents_is_part_of_the_text(play) -> None:
    play.until("ready")
    refused = play.owner.post(play.address("documents"), data={"document_language": "nn", "to": "preview"})
    assert refused.status_code == 409
    assert play.policy().language == "nb"
    answer, fields = opened(play, refused)
    assert (answer.status_code, answer.location) == (307, play.address("documents"))
    assert play.owner.post(answer.location, data=fields).location == play.address("preview")
    assert play.policy().language == "nn"


def test_the_logo_is_part_of_the_text(play) -> None:
    play.until("ready")
    logo = FileStorage(BytesIO(picture()), filename="logo.png")
    refused = play.owner.post(play.address("logo"), data={"logo": logo})
    assert refused.status_code == 409
    assert "velger du logoen på nytt" in refused.text
    answer, _ = opened(play, refused)
    assert answer.location == play.address("documents") + "#logo"
    assert play.policy().state == "draft"


def test_what_was_said_about_one_state_does_not_open_another(play) -> None:
    """The page said that a sign-off would be void. Meanwhile the text was decided: that is more, and is asked about again."""
    play.until("ready")
    refused = play.owner.post(play.address(WORKPLACE), data=form_of(play, workplace_name="Nytt"))
    play.until("decided")
    answer, _ = opened(play, refused)
    assert answer.status_code == 409
    assert play.policy().state == "decided"


def test_opening_twice_opens_once(play) -> None:
    play.until("in_force")
    page = play.owner.get(play.address("reopen")).text
    for _ in range(2):
        play.owner.post(play.address("reopen"), data=play.fields(page))
    assert (play.policy().state, play.policy().round) == ("draft", 2)


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "map/nothing", "../x", "language/x"])
def test_opening_leads_nowhere_else(play, then) -> None:
    play.until("ready")
    answer = play.owner.post(play.address("reopen"), data={"about": "1-ready", "then": then})
    assert answer.location == play.address("status")
