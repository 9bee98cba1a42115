"""Every page reads well in every language and every state, and every kind of question is drawn. The reading itself is in tests/reading.py."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import pytest

import app.steps as steps
from app.documents import assemble
from app.documents.draft import Draft
from app.documents.generated_lists import PAPER
from app.documents.render import plain
from app.documents.render.docx import draw
from app.pack.answers import standing
from app.pack.kinds import KINDS
from app.pack.load import the_pack
from app.pack.model import Page, Step
from app.pack.text import LANGUAGES, Language
from app.steps.kind_fields import FIELDS as KIND_FIELDS
from app.ui_texts import say
from app.web.security import HEADERS
from tests.conftest import browser, start_policy
from tests.every_field import form_of, hidden, savefile, upload
from tests.reading import words_of
from tests.unit.solve import full

FIELDS = Path(steps.__file__).parents[1] / "templates" / "fields"
VIEWS = ("", "check", "control", "preview", "documents", "continue", "delete")
PUBLIC = ("", "privacy", "accessibility", "no-such-page", f"continue/{'x' * 43}")
PAGES = [place for place in the_pack().pages.values() if any(q.kind in ("text", "number", "date", "grid", "rows") for q in place[1].questions)]
ASKING = full() | {"gambling_rule": "apart"}  # so that something is typed on its page


@pytest.fixture(params=LANGUAGES)
def language(request) -> Language:
    return request.param


def heading_and_title(html: str) -> tuple[str, str]:
    page = html5lib.parse(html, namespaceHTMLElements=False)
    return " ".join(words_of(next(page.iter("h1"))).split()), " ".join((page.findtext("head/title") or "").split())


def reads_well(response: Any, language: Language, status: int = 200, failed: bool = False) -> str:
    """The page, whose title begins with its heading, after the word for an error when there is one."""
    assert response.status_code == status
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    heading, title = heading_and_title(response.text)
    prefix = f"{say('page_error_prefix', language)} " if failed else ""
    assert title.startswith(prefix + heading), (title, heading)
    return response.text


@pytest.mark.parametrize("place", PUBLIC)
def test_every_page_for_everybody_reads_well(client, language, place) -> None:
    response = client.get(f"/{language}/{place}")
    reads_well(response, language, response.status_code)


@pytest.mark.parametrize("answers", [{}, full()], ids=["nothing", "everything"])
def test_every_page_of_a_draft_reads_well(client, language, answers) -> None:
    root = f"/{language}/policies/{start_policy(client, answers, language)}"
    for view in VIEWS:
        reads_well(client.get(f"{root}/{view}"), language)
    for step, page in the_pack().pages if answers else ():
        reads_well(client.get(f"{root}/{step}/{page}"), language)


def test_every_page_of_questions_says_what_is_wrong(client, language) -> None:
    id = start_policy(client, ASKING, language)
    for step, page in PAGES:
        text = reads_well(send(client, id, language, (step, page), wrongly(page)), language, 422, failed=True)
        for name in re.findall(r'id="error-([^"]+)"', text):
            assert f'href="#f-{name}"' in text
        assert text.count("ds-validation-message") == text.count('href="#f-') > 0


def wrongly(page: Page) -> dict[str, list[str]]:
    """The page filled in with too long words, and nonsense where there is a format."""
    typed = form_of(page, ASKING, lambda most: "x" * (most + 1))
    for question in page.questions:
        if question.kind in ("number", "date") or question.format:
            typed[question.id] = ["13.13.13 <b>"]
        for name in [name for name in typed if name.startswith(f"{question.id}-") and not name.endswith("-undecided")]:
            typed[name] = ["y" * 6000]
    return typed


def send(client: Any, id: str, language: Language, place: tuple[Step, Page], typed: dict[str, list[str]], **headers: str) -> Any:
    address = f"/{language}/policies/{id}/{place[0].id}/{place[1].id}"
    return client.post(address, data={**typed, **hidden(client.get(address).text)}, headers=headers)


def test_two_answers_to_one_question_are_shown_side_by_side(client, language) -> None:
    id = start_policy(client, full(), language)
    step, page = the_pack().place["workplace_name"]
    address = f"/{language}/policies/{id}/{step.id}/{page.id}"
    mine, other = form_of(page, full(), lambda most: "Mine <b> & co"), form_of(page, full(), lambda most: "Theirs")
    opened = hidden(client.get(address).text)
    assert send(client, id, language, (step, page), other).status_code == 303
    text = reads_well(client.post(address, data={**mine, **opened}), language, 409)
    assert "Mine &lt;b&gt; &amp; co" in text
    assert "Theirs" in text


@pytest.mark.parametrize("sent", ["", "nonsense", "[]", '{"format": "rusoff-answers", "answers": {}, "version": 99}'])
def test_an_upload_that_fails_says_so_on_the_start_page(client, language, sent) -> None:
    response = upload(client, f"/{language}/policies/from-file", "answers", sent.encode(), "svar.json" if sent else "")
    text = reads_well(response, language, 422, failed=True)
    assert 'aria-describedby="error-answers"' in text


def test_an_upload_says_what_no_longer_fits(client, language) -> None:
    old = savefile(edition="2020.1 <b>", answers={"<i>gone</i>": "x", "size": "<i>", "links": [{"address": "no"}]})
    response = upload(client, f"/{language}/policies/from-file", "answers", old, "a.json")
    assert "2020.1 &lt;b&gt;" in reads_well(response, language)


@pytest.mark.parametrize("logo", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"x" * (1024 * 1024 + 1)])
def test_a_logo_that_cannot_be_used_is_refused_on_the_download_page(client, language, logo) -> None:
    id = start_policy(client)
    response = upload(client, f"/{language}/policies/{id}/logo", "logo", logo, '<b>"logo".svg')
    reads_well(response, language, 422, failed=True)


def test_the_way_to_another_browser_reads_well(app, client, policy_id, language) -> None:
    text = reads_well(client.post(f"/{language}/policies/{policy_id}/continue"), language)
    link = re.search(r'value="https?://[^/]+(/[^"]+)"', text)
    assert link
    other = browser(app)
    reads_well(other.get(link[1]), language)
    assert other.post(link[1]).status_code == 303
    reads_well(other.post(link[1]), language, 404)
    assert client.post(f"/{language}/policies/{policy_id}/delete").headers["Location"] == f"/{language}/?deleted=1"
    reads_well(client.get(f"/{language}/?deleted=1"), language)


def test_every_kind_of_question_is_drawn_on_screen_and_on_paper() -> None:
    assert set(KINDS) == set(KIND_FIELDS), "app/steps/kind_fields.py: FIELDS"
    assert {kind.on_paper for kind in KINDS.values()} == set(PAPER), "app/documents/generated_lists.py: PAPER"


def test_every_question_is_on_its_page_and_on_paper(client, language) -> None:
    id = start_policy(client, full(), language)
    paper = " ".join(plain.draw(assemble.questions(Draft(the_pack(), {}, language))).split())
    assert draw(assemble.questions(Draft(the_pack(), {}, language)))
    asked = standing(the_pack(), full()).asked
    for (step, page), (_, its) in the_pack().pages.items():
        text = unescape(client.get(f"/{language}/policies/{id}/{step}/{page}").text)
        for question in its.questions:
            label = "".join(part.words for part in question.label.parts(language))
            assert f'id="q-{question.id}"' in text or question.id not in asked
            assert " ".join(label.split()) in paper, question.id


def test_no_template_takes_the_day_of_a_moment_in_another_zone() -> None:
    """A moment is stored in UTC; its date is the day in Norway, which `day` works out."""
    assert [str(path) for path in FIELDS.parent.rglob("*.html") if ".date()" in path.read_text("utf-8")] == []
