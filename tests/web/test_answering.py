"""Every comment stands beside its text and gets an answer; nobody's words are written over unseen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from sqlalchemy import select

from app.clock import now
from app.models.audit_log import Event
from app.models.comments import Comment
from app.models.policy import Policy
from app.models.reviews import Reviewer
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, clean_text
from app.services.reviews.record import Round
from app.ui_texts import say
from tests import world
from tests.web.hr import Desk, desk, invited, letters, opened, said, within
from tests.web.test_hostile_text import HOSTILE, Reader

SECTION = "ground-rules"


@pytest.fixture
def place(app: Any) -> Desk:
    found = desk(app)
    opened(found)
    return found


@pytest.fixture
def vera(place: Desk) -> str:
    return invited(place)


def form(place: Desk, comment: str, **words: str) -> dict[str, str]:
    """The form of one comment as the page has it now, filled in."""
    page = place.editor.get(place.at("comments")).text
    start = page.index(f'id="comment-{comment}"')
    return {"revision": re.search(r'name="revision" value="(\d+)"', page[start:])[1], **words}


def answer(place: Desk, comment: str, who: Any = None, **words: str) -> Any:
    return (who or place.editor).post(place.at(f"comments/{comment}"), data=form(place, comment, **words))


def stored(place: Desk, comment: str) -> tuple[str, str, str]:
    with within(place.app) as session:
        found = session.get(Comment, comment)
        return found.outcome, found.answer, found.mended


def section_of(place: Desk) -> tuple[str, list[str]]:
    """A section with questions behind it."""
    from app.documents import assemble

    with within(place.app) as session:
        policy = session.get(Policy, place.id)
        found = assemble.policy(policy.draft("nb")).sections
    section = next(s for s in found if len([a for a in s.answers if a in the_pack().place]) > 1)
    return section.id, [a for a in section.answers if a in the_pack().place]


def test_before_anything_was_sent_the_page_says_so_and_shows_no_words(place, vera) -> None:
    said(place, vera, words="Hemmelig ennå", sent=False)
    for language in LANGUAGES:
        page = place.editor.get(place.at("comments", language)).text
        assert say("review_comments_unsent_one", language) in page
        assert "Hemmelig" not in page


def test_a_comment_stands_beside_the_text_it_is_about_and_open_ones_first(place, vera) -> None:
    with within(place.app) as session:
        sections = [s["id"] for s in session.query(world.Version).one().document["sections"]]
    done = said(place, vera, section=sections[0], words="Alt svart")
    still = said(place, vera, section=sections[5], words="Ikke svart")
    whole = said(place, vera, section="", words="Om alt", kind="support")
    answer(place, done, outcome="taken_in")
    page = place.editor.get(place.at("comments")).text
    found = html5lib.parse(page, namespaceHTMLElements=False)
    assert [e.get("id") for e in found.iter("article")] == [f"comment-{id}" for id in (still, whole, done)]
    order = [f'id="section-{sections[5]}-1"', "Ikke svart", f'id="section-{sections[0]}-1"', "Alt svart"]
    assert sorted(order, key=page.index) == order


def test_the_filters_are_links(place, vera) -> None:
    ola = invited(place, "Ola", "")
    mine, his = said(place, vera, words="Fra Vera"), said(place, ola, words="Fra Ola", section="")
    answer(place, mine, outcome="taken_in")
    both, one, other = ["Ola", "Vera"], ["Ola"], ["Vera"]
    for query, shown in (("", both), ("show=open", one), (f"reader={vera}", other), ("section=whole", one), ("section=purpose", other)):
        page = place.reader.get(place.at("comments") + "?" + query).text
        assert [name for name in ("Ola", "Vera") if f"Fra {name}" in page] == shown, query
    nothing = place.reader.get(place.at("comments") + f"?reader={vera}&show=open").text
    assert say("review_comments_filtered", "nb") in nothing
    assert his


def test_each_comment_has_an_address(place, vera) -> None:
    comment = said(place, vera)
    found = place.reader.get(place.at(f"comments/{comment}"))
    assert found.headers["Location"].endswith(f"#comment-{comment}")
    assert place.reader.get(place.at(f"comments/{'a' * 26}")).status_code == 404
    unsent = said(place, vera, sent=False)
    assert place.editor.get(place.at(f"comments/{unsent}")).status_code == 404
    assert place.editor.post(place.at(f"comments/{unsent}"), data={"answer": "x", "outcome": "taken_in"}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("question", ""), ("proposal", "taken_in"), ("proposal", "not_taken_in"), ("disagreement", "changed_otherwise"), ("support", "")],
)
def test_an_answer_is_stored_and_the_next_open_comment_comes_up(place, vera, kind, outcome) -> None:
    comment, following = said(place, vera, kind), said(place, vera)
    found = answer(place, comment, outcome=outcome, answer="Takk, fordi …")
    assert (found.status_code, found.headers["Location"].rpartition("#")[2]) == (303, f"comment-{following}")
    assert stored(place, comment) == (outcome or "answered", "Takk, fordi …", "")
    with within(place.app) as session:
        event = session.scalar(select(Event).where(Event.what == "comment_answered"))
        assert event.about == {"comment": comment, "outcome": outcome or "answered"}
        assert Round.of(session.get(Policy, place.id)).unanswered == 1
    page = place.editor.get(found.headers["Location"]).text
    assert re.search(rf'id="comment-{following}".*?<details class="answer-box" open>', page, re.DOTALL)


WRONG = [
    ("question", {"answer": " "}, "answer"),
    ("proposal", {"answer": "Ja"}, "outcome"),
    ("proposal", {"answer": "", "outcome": "not_taken_in"}, "answer"),
    ("disagreement", {"outcome": "answered", "answer": "x"}, "outcome"),
    ("disagreement", {"outcome": "taken_in", "answer": "x" * 5001}, "answer"),
    ("proposal", {"outcome": "taken_in", "mended": "workplace_name_no"}, "mended"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "words", "field"), WRONG)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(place, vera, language, kind, words, field) -> None:
    section, _ = section_of(place)
    comment, other = said(place, vera, kind, section=section), said(place, vera, kind, section=section)
    found = place.editor.post(place.at(f"comments/{comment}", language), data=form(place, comment, **words))
    assert found.status_code == 422
    name = f"{comment}-{field}"
    assert f'href="#f-{name}"' in found.text
    assert f'id="f-{name}"' in found.text
    assert found.text.count("ds-validation-message") == 1
    assert words.get("answer", "").strip() in found.text
    assert f"<title>{say('page_error_prefix', language)} " in found.text
    assert stored(place, comment) == ("", "", "")
    assert f'id="f-{other}-answer"' in found.text


def test_a_changed_answer_of_the_wizard_is_linked_and_it_shows_whether_it_has_changed(place, vera) -> None:
    section, questions = section_of(place)
    comment = said(place, vera, section=section)
    found = answer(place, comment, outcome="taken_in", mended=questions[0], to="change")
    step, page = the_pack().place[questions[0]]
    assert found.headers["Location"] == f"/nb/policies/{place.id}/{step.id}/{page.id}?return=review#q-{questions[0]}"
    assert say("review_mended_no", "nb") in place.editor.get(place.at("comments")).text
    with within(place.app) as session:
        session.get(Policy, place.id).answer({questions[0]: None})
    assert say("review_mended_yes", "nb") in place.editor.get(place.at("comments")).text


def test_whoever_answers_on_top_of_a_colleague_sees_both_first(place, vera) -> None:
    comment = said(place, vera)
    mine = form(place, comment, outcome="not_taken_in", answer="Det jeg skrev")
    answer(place, comment, place.owner, outcome="taken_in", answer="Det hun skrev")
    found = place.editor.post(place.at(f"comments/{comment}"), data=mine)
    assert found.status_code == 409
    assert "Det jeg skrev" in found.text
    assert "Det hun skrev" in found.text
    assert stored(place, comment)[1] == "Det hun skrev"
    revision = re.search(r'name="revision" value="(\d+)"', found.text)[1]
    assert place.editor.post(place.at(f"comments/{comment}"), data={**mine, "revision": revision}).status_code == 303
    assert stored(place, comment)[:2] == ("not_taken_in", "Det jeg skrev")


def test_whoever_answers_what_was_rewritten_meanwhile_reads_it_first(place, vera) -> None:
    comment = said(place, vera, words="Først")
    mine = form(place, comment, outcome="taken_in", answer="Ja")
    with within(place.app) as session:
        session.get(Comment, comment).rewrite("disagreement", "Nå mener jeg noe annet", "")
    found = place.editor.post(place.at(f"comments/{comment}"), data=mine)
    assert found.status_code == 409
    assert "Nå mener jeg noe annet" in found.text
    assert stored(place, comment) == ("", "", "")


def test_the_same_answer_twice_is_one(place, vera) -> None:
    comment = said(place, vera)
    twice = form(place, comment, outcome="taken_in", answer="Ja")
    assert [place.editor.post(place.at(f"comments/{comment}"), data=twice).status_code for _ in range(2)] == [303, 303]
    with within(place.app) as session:
        assert len(session.scalars(select(Event).where(Event.what == "comment_answered")).all()) == 1


def test_an_answer_may_be_changed_until_somebody_signs(place, vera) -> None:
    comment = said(place, vera)
    answer(place, comment, outcome="taken_in", answer="Ja")
    assert answer(place, comment, outcome="not_taken_in", answer="Likevel ikke, fordi …").status_code == 303
    late = form(place, comment, outcome="taken_in", answer="Skrevet for sent")
    with within(place.app) as session:
        session.get(Policy, place.id).state = "ready"
    found = place.editor.post(place.at(f"comments/{comment}"), data=late)
    assert found.status_code == 409
    assert "Skrevet for sent" in found.text
    assert stored(place, comment)[0] == "not_taken_in"
    assert "answer-form" not in place.editor.get(place.at("comments")).text


def test_readers_are_told_once_for_a_batch(place, vera) -> None:
    ola = invited(place, "Ola", "")
    comments = [said(place, vera), said(place, vera), said(place, ola)]
    for comment in comments:
        answer(place, comment, outcome="taken_in")
    page = place.editor.get(place.at("comments")).text
    assert say("review_untold", "nb", count=2) in page
    assert say("review_untold_by_link", "nb", name="Ola") in page
    assert place.editor.post(place.at("comments/tell")).status_code == 303
    assert place.editor.post(place.at("comments/tell")).headers["Location"].endswith("told_none")
    assert [(kind, letter.to) for kind, letter in letters(place.app)] == [("review_answered", "vera@example.no")]
    answer(place, comments[0], outcome="not_taken_in", answer="Likevel ikke")
    place.editor.post(place.at("comments/tell"))
    assert len(letters(place.app)) == 2


def test_what_the_reader_says_to_the_answer_stands_beside_it(place, vera) -> None:
    comment = said(place, vera, "disagreement")
    answer(place, comment, outcome="not_taken_in", answer="Fordi")
    with within(place.app) as session:
        found = session.get(Comment, comment)
        found.reply_with("Jeg er ikke enig")
        found.let_stand(True)
    page = place.reader.get(place.at("comments")).text
    assert "Jeg er ikke enig" in page
    assert the_pack().review.stands.said.in_("nb") in page


def test_comments_of_an_earlier_review_of_the_round_are_still_answered(place, vera) -> None:
    comment = said(place, vera, section="purpose")
    place.editor.post(place.at("close"))
    opened(place)
    again = said(place, invited(place, "Per", "per@example.no"), section="purpose")
    page = place.editor.get(place.at("comments")).text
    assert 'id="section-purpose-1"' in page
    assert 'id="section-purpose-2"' in page
    assert answer(place, comment, outcome="taken_in").status_code == answer(place, again, outcome="taken_in").status_code == 303
    with within(place.app) as session:
        session.get(Policy, place.id).round = 2
    assert place.editor.post(place.at(f"comments/{comment}"), data={"answer": "x"}).status_code == 404


def test_hostile_words_are_shown_as_they_are(place, vera, app, monkeypatch) -> None:
    monkeypatch.setattr(app, "test_client_class", Reader)
    with within(app) as session:
        editor = session.scalar(select(world.Person).where(world.Person.email == "editor@example.no"))
    raw = world.sign_in(app.test_client(), editor)
    for name, words in HOSTILE.items():
        words = words.encode("utf-8", "ignore").decode()
        comment = said(place, vera, words=clean_text(words))  # as the pages of readers store it
        found = raw.post(place.at(f"comments/{comment}"), data={"revision": "1", "outcome": "not_taken_in", "answer": words[:5000]})
        assert found.status_code in (303, 422), name
    page = raw.get(place.at("comments"))
    html5lib.HTMLParser(strict=True).parse(page.text)
    assert "<script>alert" not in page.text
    assert (
        raw.get(place.at("record")).status_code == raw.get(place.at("record.docx")).status_code == raw.get(place.at("record.pdf")).status_code == 200
    )


# ── papers ──


def test_the_record_and_the_statements_are_files(place, vera) -> None:
    said(place, vera, words="Om nattevakter")
    word = place.reader.get(place.at("record.docx"))
    assert word.headers["Content-Disposition"].startswith("attachment; filename=")
    assert place.reader.get(place.at("record.pdf")).data.startswith(b"%PDF")
    assert "Om nattevakter" in place.reader.get(place.at("record", "nn")).text
    assert place.editor.get(place.at(f"statements/{vera}.docx")).status_code == 404, "it is the reader's until they are done"
    with within(place.app) as session:
        session.get(Reviewer, vera).finish()
        session.get(Reviewer, vera).finished_at = now() - timedelta(days=1)
    assert place.editor.get(place.at(f"statements/{vera}.docx")).data.startswith(b"PK")
    assert f"statements/{vera}.docx" in place.editor.get(place.at()).text


def test_from_an_answer_to_the_wizard_and_back(place) -> None:
    step, page = the_pack().place["workplace_name"]
    root = f"/nb/policies/{place.id}/{step.id}/{page.id}"
    opened_page = place.editor.get(f"{root}?return=review").text
    assert say("review_page_return", "nb") in opened_page
    assert say("page_return", "nb") not in opened_page
    assert f'href="/nn/policies/{place.id}/{step.id}/{page.id}?return=review"' in opened_page
    hidden = dict(re.findall(r'<input type="hidden" name="(fingerprint|form|return)" value="([^"]*)"', opened_page))
    saved = place.editor.post(root, data={**hidden, "workplace_name": "Fjordheimen", "asked": "workplace_name", "to": "next"})
    assert (saved.status_code, saved.headers["Location"]) == (303, f"/nb/policies/{place.id}/review/comments")
