"""What a reader writes is saved as she types, without a script too; two devices lose nothing; and whatever was typed is always shown again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
import time_machine
from docx import Document
from sqlalchemy import event, select

from app.clock import now
from app.documents.frozen import thaw
from app.models import versions
from app.models.comments import Comment
from app.models.db import db
from app.models.reviews import SITTING_LASTS, Review, Reviewer
from app.models.versions import Version
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.reading import forms, views_comments
from app.reading.forms import LONGEST, LONGEST_NOTE, LONGEST_STATEMENT
from tests import world
from tests.conftest import browser
from tests.reading import Browser
from tests.unit.solve import full

HIDDEN = re.compile(r'<input type="hidden" name="(fingerprint|form|comment)" value="([^"]*)"')
AUTOSAVE = {"X-Autosave": "1"}
HOSTILE = '<script>alert(1)</script> ${7*7} %s "&amp;" ’ 👩‍🚒 \n\n **ikke**'
QUESTION = the_pack().review.process[0].id


@pytest.fixture
def vera(app) -> Reviewer:
    with app.app_context():
        invited = world.reviewer(world.review(world.kept(world.workplace(world.person()), full())))
        db.session.commit()
        return invited


@pytest.fixture
def reader(app, vera) -> Browser:
    return world.read_as(browser(app), vera)


@pytest.fixture
def telephone(app, vera) -> Browser:
    return world.read_as(browser(app), vera)


def at(vera: Reviewer, path: str = "sections/purpose") -> str:
    return f"/nb/readings/{vera.id}/{path}"


def form(client: Browser, address: str, **typed: str) -> dict[str, str]:
    """The form that stands on a page, filled in."""
    return {**dict(HIDDEN.findall(client.get(address).text)), **typed}


def said(app) -> list[tuple[str, str, str]]:
    with app.app_context():
        return [(one.kind, one.words, one.wording) for one in db.session.scalars(select(Comment).order_by(Comment.created_at))]


@contextmanager
def watched(app) -> Iterator[list[str]]:
    """Every statement that is sent to the database meanwhile."""
    statements: list[str] = []
    with app.app_context():
        engine = db.engine

    def seen(*given: Any) -> None:
        statements.append(given[2])

    event.listen(engine, "before_cursor_execute", seen)
    yield statements
    event.remove(engine, "before_cursor_execute", seen)


def her(app, vera) -> Reviewer:
    with app.app_context():
        return db.session.get_one(Reviewer, vera.id)


# ── remarks ──


def test_a_save_by_the_script_does_not_read_the_text(app, vera, reader, monkeypatch) -> None:
    """It comes every few seconds: the ids of what is read are enough for it."""
    sent = form(reader, at(vera), kind="question")
    monkeypatch.setattr(Version, "thawed", property(lambda _: pytest.fail("the text was thawed")))
    with watched(app) as statements:
        for words in ("Hvorfor", "Hvorfor det?"):
            mark = reader.post(at(vera), data={**sent, "words": words}, headers=AUTOSAVE).json["fingerprint"]
            sent["fingerprint"] = mark
    assert not [one for one in statements if "version.document" in one]
    assert said(app) == [("question", "Hvorfor det?", "")]


def test_a_page_thaws_the_text_once(app, vera, reader, monkeypatch) -> None:
    times = []
    monkeypatch.setattr(versions, "thaw", lambda values: times.append(1) or thaw(values))
    for path in ("", "sections/purpose", "whole", "process", "statement", "summary", "answers"):
        times.clear()
        assert reader.get(at(vera, path)).status_code == 200
        assert len(times) <= 1, path


def test_a_remark_is_saved_without_a_script(app, vera, reader) -> None:
    sent = form(reader, at(vera), kind="disagreement", words=" Nei\r\ntakk ", to="save")
    done = reader.post(at(vera), data=sent)
    assert done.headers["Location"] == f"{at(vera)}#c-{sent['comment']}"
    assert said(app) == [("disagreement", "Nei\ntakk", "")]
    page = reader.get(at(vera)).text
    assert "Nei\ntakk" in page
    assert "Ikke sendt" in page


def test_a_remark_is_saved_while_she_types_and_once(app, vera, reader) -> None:
    typed = form(reader, at(vera), words="Jeg lu")
    first = reader.post(at(vera), data=typed, headers=AUTOSAVE)
    assert re.fullmatch(r"Lagret kl\. \d\d\.\d\d\. HR ser det ikke før du sender\.", first.json["message"])
    typed |= {"words": "Jeg lurer", "kind": "question", "fingerprint": first.json["fingerprint"]}
    assert reader.post(at(vera), data=typed, headers=AUTOSAVE).status_code == 200
    assert said(app) == [("question", "Jeg lurer", "")]
    assert reader.post(at(vera), data={**typed, "to": "next"}).status_code == 303
    assert said(app) == [("question", "Jeg lurer", "")]


def test_going_on_saves_what_was_typed_even_without_a_kind(app, vera, reader) -> None:
    reader.post(at(vera), data=form(reader, at(vera), words="Uten slag", to="next"))
    assert said(app) == [("", "Uten slag", "")]
    page = reader.get(at(vera, "summary")).text
    assert "Ikke valgt ennå" in page
    assert "sendes den som et spørsmål" in page
    assert her(app, vera).seen == ["purpose"]


def test_saving_without_a_kind_keeps_the_words_and_asks(app, vera, reader) -> None:
    asked = reader.post(at(vera), data=form(reader, at(vera), words="Uten slag", to="save"))
    assert asked.status_code == 422
    assert "Velg hva slags merknad" in asked.text
    assert asked.text.partition("<title>")[2].startswith("Feil: ")
    assert said(app) == [("", "Uten slag", "")]


@pytest.mark.parametrize("to", ["next", "before", "save"])
def test_an_empty_remark_is_no_remark(app, vera, reader, to) -> None:
    done = reader.post(at(vera), data=form(reader, at(vera), kind="question", words="  ", to=to))
    assert done.status_code == (422 if to == "save" else 303)
    assert reader.post(at(vera), data=form(reader, at(vera), words=""), headers=AUTOSAVE).json["message"] == "Ingenting å lagre ennå."
    assert said(app) == []


def test_support_needs_no_words(app, vera, reader) -> None:
    reader.post(at(vera), data=form(reader, at(vera), kind="support", to="next"))
    assert said(app) == [("support", "Dette er bra. Behold det.", "")]


def test_a_proposal_may_begin_with_the_text_as_it_stands(app, vera, reader) -> None:
    fetched = reader.post(at(vera), data=form(reader, at(vera), words="Fordi", to="text"))
    assert fetched.status_code == 200
    wording = fetched.text.partition('name="wording"')[2].partition(">\n")[2].partition("</textarea>")[0]
    assert len(wording) > 50
    bare = {**form(reader, at(vera)), "kind": "proposal", "wording": unescape(wording).replace("\n", "\r\n"), "to": "next"}
    assert reader.post(at(vera), data=bare).status_code == 303, "the text as it stands is no proposal"
    assert not wording.startswith(("#", "|", "&gt;"))
    assert said(app) == [("", "Fordi", "")]
    again = {**dict(HIDDEN.findall(fetched.text)), "kind": "proposal", "words": "Fordi", "wording": "Ny ordlyd", "to": "save"}
    assert reader.post(at(vera), data=again).status_code == 303
    assert said(app) == [("proposal", "Fordi", "Ny ordlyd")]
    kept = reader.post(at(vera), data={**again, "to": "text", "comment": "q" * 26, "fingerprint": ""})
    assert "Ny ordlyd" in kept.text, "what she has written is left alone"


def test_several_remarks_and_the_whole(app, vera, reader) -> None:
    for words in ("En", "To"):
        reader.post(at(vera), data=form(reader, at(vera), kind="question", words=words, to="save"))
    reader.post(at(vera, "whole"), data=form(reader, at(vera, "whole"), kind="support", words="Alt i alt", to="save"))
    assert [words for _, words, _ in said(app)] == ["En", "To", "Alt i alt"]
    with app.app_context():
        assert [one.section_id for one in db.session.scalars(select(Comment).order_by(Comment.created_at))] == ["purpose", "purpose", ""]


def test_a_remark_is_changed_and_deleted(app, vera, reader) -> None:
    reader.post(at(vera), data=form(reader, at(vera), kind="question", words="En", to="save"))
    with app.app_context():
        id = db.session.scalar(select(Comment)).id
    address = at(vera, f"comments/{id}")
    assert reader.post(address, data=form(reader, address, kind="disagreement", words="To", to="save")).status_code == 303
    assert said(app) == [("disagreement", "To", "")]
    emptied = reader.post(address, data=form(reader, address, kind="disagreement", words="", to="save"))
    assert emptied.status_code == 422
    assert said(app) == [("disagreement", "To", "")]
    assert reader.get(f"{address}/delete").status_code == 200
    assert said(app)
    assert reader.post(f"{address}/delete").status_code == 303
    assert said(app) == []
    assert reader.get(address).status_code == 404


def test_a_change_to_what_is_sent_says_that_it_is_seen(app, vera, reader) -> None:
    reader.post(at(vera), data=form(reader, at(vera), kind="question", words="En", to="save"))
    reader.post(at(vera, "summary"), data={"do": "send"})
    with app.app_context():
        id = db.session.scalar(select(Comment)).id
    address = at(vera, f"comments/{id}")
    told = reader.post(address, data=form(reader, address, kind="question", words="To"), headers=AUTOSAVE)
    assert "HR ser det du endrar" in told.json["message"] or "HR ser det du endrer" in told.json["message"]


@pytest.mark.parametrize("path", ["sections/purpose", "whole", "statement", "process"])
def test_hostile_text_comes_back_as_it_was(app, vera, reader, path) -> None:
    names = {"statement": "statement", "process": f"note-{QUESTION}"}
    typed = form(reader, at(vera, path), **{names.get(path, "words"): HOSTILE + "\x00\ufffe\u202e", "kind": "question", "to": "save"})
    assert reader.post(at(vera, path), data=typed).status_code == 303
    stored = {"statement": her(app, vera).statement, "process": her(app, vera).checklist.get(QUESTION, {}).get("note")}
    assert (stored.get(path) or said(app)[0][1]) == HOSTILE
    for page in (path, "summary", ""):
        assert "<script>alert" not in reader.get(at(vera, page)).text


# ── too long ──


def test_too_long_is_told_and_kept_on_the_page(app, vera, reader) -> None:
    long = "æ" * (LONGEST + 3)
    typed = form(reader, at(vera), kind="question", words=long)
    told = reader.post(at(vera), data=typed, headers=AUTOSAVE)
    assert (told.status_code, said(app)) == (422, [])
    assert "3 tegn for lang" in told.json["message"]
    refused = reader.post(at(vera), data={**typed, "to": "next"})
    assert refused.status_code == 422
    assert long in refused.text
    assert 'href="#f-words"' in refused.text
    assert reader.post(at(vera), data={**typed, "words": long[:LONGEST], "to": "save"}).status_code == 303


@pytest.mark.parametrize(("path", "name", "most"), [("statement", "statement", LONGEST_STATEMENT), ("process", f"note-{QUESTION}", LONGEST_NOTE)])
def test_so_is_a_statement_or_a_note(app, vera, reader, path, name, most) -> None:
    typed = form(reader, at(vera, path), **{name: "ø" * (most + 1), "to": "save"})
    refused = reader.post(at(vera, path), data=typed)
    assert refused.status_code == 422
    assert "ø" * (most + 1) in refused.text
    assert f'href="#f-{name}"' in refused.text
    assert "1 tegn for lang" in reader.post(at(vera, path), data=typed, headers=AUTOSAVE).json["message"]
    assert (her(app, vera).statement, her(app, vera).checklist) == ("", {})
    assert reader.post(at(vera, path), data={**typed, name: "ø" * most}).status_code == 303


# ── two devices ──


def test_two_devices_lose_nothing_of_a_remark(app, vera, reader, telephone) -> None:
    reader.post(at(vera), data=form(reader, at(vera), kind="question", words="Først", to="save"))
    with app.app_context():
        address = at(vera, f"comments/{db.session.scalar(select(Comment)).id}")
    stale = form(telephone, address, kind="proposal", words="Fra telefonen", wording="Slik")
    reader.post(address, data=form(reader, address, kind="question", words="Fra pc-en", to="save"))
    assert telephone.post(address, data=stale, headers=AUTOSAVE).status_code == 409
    both = telephone.post(address, data={**stale, "to": "save"})
    assert both.status_code == 409
    assert "Fra telefonen" in both.text
    assert "Fra pc-en" in both.text
    assert said(app)[0][1] == "Fra pc-en"
    chosen = {**dict(HIDDEN.findall(both.text)), "kind": "proposal", "words": "Fra telefonen", "wording": "Slik", "to": "save"}
    assert telephone.post(address, data=chosen).status_code == 303
    assert said(app) == [("proposal", "Fra telefonen", "Slik")]


def test_the_same_words_on_two_devices_are_no_conflict(app, vera, reader, telephone) -> None:
    address = at(vera, "statement")
    stale = form(telephone, address, statement="Likt", to="save")
    for device in (reader, telephone):
        assert device.post(address, data=stale if device is telephone else form(reader, address, statement="Likt")).status_code == 303
    assert her(app, vera).statement == "Likt"


def test_two_devices_lose_nothing_of_a_statement(app, vera, reader, telephone) -> None:
    address = at(vera, "statement")
    stale = form(telephone, address, statement="Fra telefonen")
    reader.post(address, data=form(reader, address, statement="Fra pc-en", to="save"))
    assert telephone.post(address, data=stale, headers=AUTOSAVE).status_code == 409
    both = telephone.post(address, data={**stale, "to": "next"})
    assert both.status_code == 409
    assert "Fra pc-en" in both.text
    assert "Fra telefonen" in both.text
    assert telephone.post(address, data={**dict(HIDDEN.findall(both.text)), "statement": "Begge"}).status_code == 303
    assert her(app, vera).statement == "Begge"


def test_two_devices_answer_the_checklist_together(app, vera, reader, telephone) -> None:
    address, other = at(vera, "process"), the_pack().review.process[1].id
    stale = form(telephone, address, **{f"answer-{other}": "no"})
    reader.post(address, data=form(reader, address, **{f"answer-{QUESTION}": "yes", f"note-{QUESTION}": "Alle"}))
    assert telephone.post(address, data={**stale, "to": "save"}).status_code == 303
    assert her(app, vera).checklist == {QUESTION: {"answer": "yes", "note": "Alle"}, other: {"answer": "no", "note": ""}}
    both = telephone.post(address, data={**stale, f"answer-{QUESTION}": "no", f"note-{QUESTION}": "Ikke alle", "form": "another"})
    assert both.status_code == 409
    assert "Alle" in both.text
    assert "Ikke alle" in both.text


def test_her_own_save_is_no_strangers_when_she_goes_back(app, vera, reader) -> None:
    typed = form(reader, at(vera), kind="question", words="En", to="save")
    reader.post(at(vera), data=typed)
    assert reader.post(at(vera), data={**typed, "words": "En til"}).status_code == 303
    assert [words for _, words, _ in said(app)] == ["En til"]


def test_a_remark_deleted_on_another_device_is_not_lost_here(app, vera, reader, telephone) -> None:
    reader.post(at(vera), data=(typed := form(reader, at(vera), kind="question", words="En", to="save")))
    reader.post(at(vera, f"comments/{typed['comment']}/delete"))
    again = telephone.post(at(vera), data={**typed, "words": "En, og mer", "fingerprint": "gammel", "form": "annen"})
    assert again.status_code == 409
    assert "En, og mer" in again.text
    assert "slettet der" in again.text


# ── nothing typed is lost ──


@pytest.mark.parametrize("path", ["sections/purpose", "statement", "process", "whole"])
def test_an_expired_sitting_still_shows_what_was_typed(app, vera, reader, path) -> None:
    names = {"statement": "statement", "process": f"note-{QUESTION}"}
    typed = form(reader, at(vera, path), **{names.get(path, "words"): "Dette skrev jeg <b>", "kind": "question", "to": "next"})
    with time_machine.travel(now() + SITTING_LASTS + timedelta(minutes=1)):
        lost = reader.post(at(vera, path), data=typed)
        assert lost.status_code == 404
        assert "Dette skrev jeg &lt;b&gt;" in lost.text
        assert reader.get(at(vera, path)).status_code == 404
        told = reader.post(at(vera, path), data=typed, headers=AUTOSAVE)
        assert (told.status_code, "Ikke lagret" in told.json["message"]) == (404, True)


def test_an_answered_remark_stays_and_what_she_typed_is_shown(app, vera, reader) -> None:
    reader.post(at(vera), data=(typed := form(reader, at(vera), kind="question", words="Hvorfor?", to="save")))
    with app.app_context():
        comment = db.session.scalar(select(Comment))
        comment.sent_at = now()
        comment.answer_with("answered", "Derfor", "", None)
        db.session.commit()
    for address, more in ((at(vera, f"comments/{typed['comment']}"), {}), (at(vera), {})):
        refused = reader.post(address, data={**typed, "words": "Men hvorfor?", **more})
        assert refused.status_code == 409
        assert "Men hvorfor?" in refused.text
    assert reader.post(at(vera, f"comments/{typed['comment']}/delete")).status_code == 409
    assert [words for _, words, _ in said(app)] == ["Hvorfor?"]


def test_after_being_done_she_opens_it_again_to_write(app, vera, reader) -> None:
    typed = form(reader, at(vera), kind="question", words="For sent", to="save")
    reader.post(at(vera, "summary"), data={"do": "finish"})
    refused = reader.post(at(vera), data=typed)
    assert refused.status_code == 409
    assert "For sent" in refused.text
    assert 'name="words"' not in reader.get(at(vera)).text
    reader.post(at(vera, "summary"), data={"do": "reopen"})
    assert reader.post(at(vera), data=typed).status_code == 303


# ── the process and the statement ──


def test_the_checklist_keeps_answers_to_questions_that_are_no_longer_asked(app, vera, reader) -> None:
    with app.app_context():
        db.session.get_one(Reviewer, vera.id).checklist = {"gone": {"answer": "yes", "note": "Før"}}
        db.session.commit()
    address = at(vera, "process")
    reader.post(address, data=form(reader, address, **{f"answer-{QUESTION}": "not_sure", "answer-other": "yes", "to": "save"}))
    reader.post(address, data=form(reader, address, **{f"answer-{QUESTION}": "perhaps", f"note-{QUESTION}": "Vet ikke", "to": "save"}))
    assert her(app, vera).checklist == {"gone": {"answer": "yes", "note": "Før"}, QUESTION: {"answer": "", "note": "Vet ikke"}}


def test_the_way_goes_from_the_first_section_to_the_end(app, vera, reader) -> None:
    address, seen = at(vera, "sections/purpose"), []
    for _ in range(80):
        seen.append(address)
        if address.endswith("/summary"):
            break
        address = reader.post(address, data=form(reader, address, to="next")).headers["Location"]
    assert [place.rpartition("/")[2] for place in seen[-4:]] == ["whole", "process", "statement", "summary"]
    for there, here in zip(seen[-3::-1], seen[-2:0:-1], strict=False):
        back = reader.post(here, data=form(reader, here, to="before")).headers["Location"]
        assert back == there


def test_a_statement_is_saved_as_she_types(app, vera, reader) -> None:
    told = reader.post(at(vera, "statement"), data=form(reader, at(vera, "statement"), statement="Vi mener"), headers=AUTOSAVE)
    assert "HR ser det ikke før du er ferdig" in told.json["message"]
    assert her(app, vera).statement == "Vi mener"
    assert "Vi mener" in reader.get(at(vera, "statement")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statement_is_a_word_file(app, vera, reader, language) -> None:
    reader.post(at(vera, "statement"), data=form(reader, at(vera, "statement"), statement="Vi mener at hjelp må komme først."))
    reader.post(at(vera), data=form(reader, at(vera), kind="proposal", words="Fordi", wording="Nattevakten ringer vaktleder.", to="save"))
    file = reader.get(f"/{language}/readings/{vera.id}/statement.docx")
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(file.data)).element.iter() if paragraph.text)
    assert "Vi mener at hjelp må komme først." in words
    assert "Nattevakten ringer vaktleder." in words
    assert "Vera" in words
    assert "docx" in file.headers["Content-Disposition"]
    assert "Vera" not in file.headers["Content-Disposition"]


def test_a_statement_that_was_not_handed_over_says_so(app, vera, reader) -> None:
    reader.post(at(vera, "statement"), data=form(reader, at(vera, "statement"), statement="Vi mener"))
    with app.app_context():
        db.session.get_one(Review, vera.review_id).closed_at = now()
        db.session.commit()
    page = reader.get(at(vera, "statement")).text
    assert "HR har ikke fått uttalelsen" in page
    assert "Vi mener" in page
    assert reader.get(at(vera, "statement.docx")).status_code == 200


def test_a_reader_has_room_for_so_many_remarks_and_loses_none_of_her_words(app, vera, reader, monkeypatch) -> None:
    monkeypatch.setattr(views_comments, "MOST", 2)
    monkeypatch.setattr(forms, "MOST", 2)
    for n in range(2):
        assert reader.post(at(vera), data=form(reader, at(vera), kind="question", words=f"Nummer {n}", to="save")).status_code == 303
    third = form(reader, at(vera), kind="question", words="Den tredje", to="save")
    page = reader.post(at(vera), data=third)
    assert page.status_code == 422
    assert "Den tredje" in page.text
    assert "2 merknader" in page.text
    assert reader.post(at(vera), data=third, headers=AUTOSAVE).status_code == 422
    assert len(said(app)) == 2
    own = next(one.id for one in comments(app) if one.words == "Nummer 0")
    changed = form(reader, at(vera, f"comments/{own}"), kind="question", words="Nummer null", to="save")
    assert reader.post(at(vera, f"comments/{own}"), data=changed).status_code == 303, "what is there can still be changed"


def comments(app) -> list[Comment]:
    with app.app_context():
        return list(db.session.scalars(select(Comment)))
