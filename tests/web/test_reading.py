"""What somebody invited to read sees: her link, the first screen, the sections, the answers; and that she reaches nothing else."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any, NamedTuple

import pytest
import time_machine
from sqlalchemy import select

from app.clock import now
from app.models.audit_log import Event
from app.models.comments import Comment
from app.models.db import db
from app.models.outbox import Letter
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer, ReviewerLink, ReviewerSitting
from app.models.versions import Version
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.web.access import READING
from tests import world
from tests.conftest import browser
from tests.reading import Browser
from tests.unit.solve import full

PAGES = ("", "process", "statement", "summary", "answers", "whole", "print")
CANARY = "Kanarifugl4711"


class Read(NamedTuple):
    """A review that is open, one who reads it, and the token of her link."""

    app: Any
    id: str
    token: str
    review: str
    policy: str
    sections: list[str]

    def at(self, path: str = "", language: str = "nb") -> str:
        return f"/{language}/readings/{self.id}/{path}"

    def link(self, language: str = "nb") -> str:
        return f"/{language}/read/{self.token}"


@pytest.fixture
def read(app) -> Read:
    return make(app)


def make(app: Any, answers: dict[str, Any] | None = None, **about: Any) -> Read:
    with app.app_context():
        owner = db.session.scalar(select(Person)) or world.person()
        policy = world.kept(world.workplace(owner), answers or full())
        review = world.review(policy, **about)
        review.opened_by, review.greeting = owner.id, "Ta den tiden du trenger."
        vera = world.reviewer(review)
        made = Read(app, vera.id, vera.link(review.answer_by), review.id, policy.id, list(review.sections))
        db.session.commit()
        return made


@pytest.fixture
def vera(app, read) -> Browser:
    """Her browser, after she has opened the link."""
    reader = browser(app)
    assert reader.post(read.link()).headers["Location"] == read.at()
    return reader


def remark(read: Read, section: str, kind: str = "disagreement", words: str = "Nei", sent: bool = True, outcome: str = "") -> str:
    """Something she has said; its id."""
    with read.app.app_context():
        comment = Comment.write(db.session.get_one(Reviewer, read.id), section, kind, words)
        comment.sent_at = now() if sent else None
        if outcome:
            comment.answer_with(outcome, "Fordi det må til.", "", None)
        db.session.commit()
        return comment.id


def change(read: Read, table: Any, id: str, **values: Any) -> None:
    with read.app.app_context():
        row = db.session.get_one(table, id)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


def stored(read: Read, table: Any, id: str) -> Any:
    with read.app.app_context():
        return db.session.get(table, id)


# ── the link ──


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_says_who_asks_and_opens_by_its_button(app, read, language) -> None:
    reader = browser(app)
    opened = reader.get(read.link(language))
    assert opened.status_code == 200
    assert "Fjordheimen" in opened.text
    assert "Kari Nordmann" in opened.text
    assert "hr@example.no" not in opened.text
    assert "Vera" not in opened.text
    assert reader.get(read.at("", language)).status_code == 404
    assert stored(read, Reviewer, read.id).opened_at is None
    assert reader.post(read.link(language)).headers["Location"] == read.at("", language)
    assert reader.get(read.at("", language)).status_code == 200
    assert stored(read, Reviewer, read.id).opened_at


def test_a_link_opens_again_and_on_another_device(app, read, vera) -> None:
    telephone = browser(app)
    assert telephone.post(read.link()).status_code == vera.post(read.link()).status_code == 303
    assert telephone.get(read.at()).status_code == vera.get(read.at()).status_code == 200
    with app.app_context():
        assert len(db.session.scalars(select(ReviewerSitting)).all()) == 2, "the same browser has one key"


def test_the_token_is_nowhere_but_in_the_link(app, read, vera) -> None:
    with vera.session_transaction() as session:
        assert read.token not in str(dict(session))
        assert set(session[READING]) == {read.id}
    for page in PAGES:
        assert read.token not in vera.get(read.at(page)).text
    opened = browser(app).get(read.link())
    assert opened.headers["Referrer-Policy"] == "strict-origin"
    assert read.token not in opened.text.partition("</title>")[0]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_link_that_is_no_longer_good_gives_the_same_page(app, read, method) -> None:
    others = make(app), make(app)
    with app.app_context():
        db.session.execute(ReviewerLink.__table__.update().where(ReviewerLink.reviewer_id == others[0].id).values(expires_at=now()))
        db.session.get_one(Reviewer, others[1].id).revoke()
        db.session.commit()
    tokens = ["x" * 43, others[0].token, others[1].token]
    pages = [getattr(browser(app), method.lower())(f"/nb/read/{token}") for token in tokens]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text.replace(token, "") for page, token in zip(pages, tokens, strict=True)}) == 1
    assert "Spør den som sendte" in pages[0].text


def test_done_on_this_device_and_open_again(app, read, vera) -> None:
    other = browser(app)
    other.post(read.link())
    left = vera.post(read.at("leave"))
    assert vera.get(left.headers["Location"]).status_code == 200
    assert vera.get(read.at()).status_code == 404
    with app.app_context():
        assert len(db.session.scalars(select(ReviewerSitting)).all()) == 1, "a cookie that was copied is of no use either"
    assert other.get(read.at()).status_code == 200
    vera.post(read.link())
    assert vera.get(read.at()).status_code == 200


def test_a_browser_reads_so_many_reviews_and_no_more(app) -> None:
    reader = browser(app)
    reads = [make(app) for _ in range(9)]
    for one in reads:
        reader.post(one.link())
    found = [reader.get(one.at()).status_code for one in reads]
    assert sorted(found) == [200] * 8 + [404]
    assert found[-1] == 200
    with app.app_context():
        assert len(db.session.scalars(select(ReviewerSitting)).all()) == 8


# ── she reaches her own review, and nothing else ──


def test_a_reader_reaches_nothing_else(app, read, vera) -> None:
    other = make(app)
    comment = remark(other, "purpose")
    kept = [
        f"policies/{read.policy}/",
        f"policies/{read.policy}/check",
        f"policies/{read.policy}/documents/answers.json",
        f"policies/{read.policy}/preview",
        f"policies/{read.policy}/review",
        f"policies/{read.policy}/status",
        f"readings/{other.id}/",
        f"readings/{other.id}/sections/purpose",
        f"readings/{read.id}/comments/{comment}",
        f"readings/{read.id}/comments/{comment}/delete",
        f"readings/{read.id}/answers/{comment}",
        f"readings/{read.id}/sections/no-such",
    ]
    for path in kept:
        for method in ("GET", "POST"):
            found = vera.open(f"/nb/{path}", method=method, data={"csrf_token": vera.token(), "comment": comment} if method == "POST" else None)
            assert found.status_code in (404, 405), path
    assert stored(other, Comment, comment)


def test_a_remark_of_somebody_else_is_not_overwritten(app, read, vera) -> None:
    comment = remark(make(app), "purpose")
    form = {"comment": comment, "kind": "question", "words": "Kuppet", "to": "save"}
    assert vera.post(read.at("sections/purpose"), data=form).status_code == 404
    assert stored(read, Comment, comment).words == "Nei"


def test_only_the_sections_she_was_asked_to_read(app) -> None:
    some = make(app, sections=["purpose", "medicines"])
    reader = browser(app)
    reader.post(some.link())
    assert reader.get(some.at("sections/purpose")).status_code == 200
    assert reader.get(some.at("sections/testing")).status_code == 404
    assert "av 2" in reader.get(some.at("sections/medicines")).text


def test_an_invitation_taken_back_ends_what_is_open(app, read, vera) -> None:
    with app.app_context():
        db.session.get_one(Reviewer, read.id).revoke()
        db.session.commit()
    assert {vera.get(read.at(page)).status_code for page in PAGES} == {404}


def test_no_page_leads_to_the_wizard(read, vera) -> None:
    for page in (*PAGES, "sections/purpose"):
        text = vera.get(read.at(page)).text
        assert "/policies/" not in text
        assert 'href="/nb/"' not in text


# ── what she sees ──


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_well(app, read, vera, language) -> None:
    comment, unsent = remark(read, "purpose", outcome="not_taken_in"), remark(read, "purpose", "proposal", sent=False)
    pages = [*PAGES, f"comments/{unsent}", f"comments/{unsent}/delete", *(f"sections/{section}" for section in read.sections)]
    for page in pages:
        assert vera.get(read.at(page, language)).status_code == 200, page
    assert vera.get(read.at(f"comments/{comment}", language)).headers["Location"].endswith(f"answers#c-{comment}")


@pytest.mark.parametrize("role", [role.id for role in the_pack().review.roles])
def test_the_first_screen_tells_her_role_and_rights(app, role) -> None:
    with app.app_context():
        review = world.review(world.kept(world.workplace(world.person()), full()))
        her = world.reviewer(review, role, email="")
        db.session.commit()
    reader = world.read_as(browser(app), her)
    page = reader.get(f"/nb/readings/{her.id}/").text
    words = the_pack().review.role(role)
    assert all(point.text.nb in page for point in [*words.rights, *words.expected, *words.not_expected])
    assert words.time.nb in page
    assert the_pack().review.expect.only_hr_sees.nb in page


@pytest.mark.parametrize(("role", "sees"), [("union_rep", True), ("manager", False)])
def test_those_who_speak_for_the_employees_see_what_is_often_asked(app, role, sees) -> None:
    with app.app_context():
        review = world.review(world.kept(world.workplace(world.person()), full() | {"sector": "kindergarten"}))
        her = world.reviewer(review, role, email="")
        db.session.commit()
    reader = world.read_as(browser(app), her)
    asks = [ask.nb for ask in the_pack().sectors["kindergarten"].safety_rep_asks]
    for place in ("", "whole"):
        page = unescape(reader.get(f"/nb/readings/{her.id}/{place}").text)
        assert all((ask in page) == sees for ask in asks), place


def test_the_first_screen_tells_the_date_the_greeting_and_how_far(read, vera) -> None:
    page = vera.get(read.at()).text
    assert "Ta den tiden du trenger." in page
    assert "Det er 14 dager til." in page
    assert f"0 av {len(read.sections)} avsnitt lest" in page
    vera.post(read.at(f"sections/{read.sections[0]}"), data={"comment": "a" * 26, "to": "next"})
    page = vera.get(read.at()).text
    assert f"1 av {len(read.sections)} avsnitt lest" in page
    assert f"sections/{read.sections[1]}" in page.partition("go-on")[2].partition("</div>")[0]
    with time_machine.travel(now() + timedelta(days=15)):
        assert "Fristen er ute" in vera.get(read.at()).text


def test_a_section_says_what_to_look_for_and_why_it_is_there(read, vera) -> None:
    page = vera.get(read.at("sections/purpose")).text
    assert the_pack().review.look("purpose")[0].text.nb in page
    with read.app.app_context():
        document = db.session.scalar(select(Version)).document
    asked = next(section for section in document["sections"] if section["id"] == "purpose")["answers"]
    assert the_pack().questions[asked[0]].label.nb in page


def test_a_text_from_another_content_still_opens(app) -> None:
    with app.app_context():
        policy = world.kept(world.workplace(world.person()), full())
        made = world.version(policy)
        document = {
            **made.document,
            "sections": [{**s, "id": f"gone-{s['id']}", "answers": ["no_such"], "sources": ["gone"]} for s in made.document["sections"]],
        }
        later = Version.freeze(policy, "closed", document, "0" * 64, "1999.1", None)
        db.session.flush()
        review = Review(
            id=world.new_id(), policy_id=policy.id, version_id=later.id, round=1, sections=["gone-purpose"], answer_by=now().date(), greeting="",
            sees_others=False, opened_at=now(), opened_by=None, closed_at=None,
        )  # fmt: skip
        db.session.add(review)
        db.session.flush()
        her = world.reviewer(review)
        db.session.commit()
    reader = world.read_as(browser(app), her)
    for page in ("", "sections/gone-purpose", "summary"):
        assert reader.get(f"/nn/readings/{her.id}/{page}").status_code == 200


def test_others_are_seen_only_when_the_review_says_so(app) -> None:
    for sees in (True, False):
        one = make(app, sees_others=sees)
        with app.app_context():
            other = world.reviewer(db.session.get_one(Review, one.review), "union_rep", "Truls Tillit", "")
            sent, draft = Comment.write(other, "purpose", "question", f"{CANARY} sendt"), Comment.write(other, "purpose", "question", "Utkast1")
            sent.sent_at = now()
            db.session.commit()
            assert draft.sent_at is None
        reader = browser(app)
        reader.post(one.link())
        page = reader.get(one.at("sections/purpose")).text
        assert (CANARY in page) is sees
        assert ("Truls Tillit" in page) is sees
        assert "Utkast1" not in page


# ── sending ──


def test_sending_being_done_and_taking_it_up_again(app, read, vera) -> None:
    first = remark(read, "purpose", sent=False)
    assert vera.post(read.at("summary"), data={"do": "send"}).status_code == 303
    assert stored(read, Comment, first).sent_at
    second = remark(read, "", "question", sent=False)
    vera.post(read.at("summary"), data={"do": "finish"})
    vera.post(read.at("summary"), data={"do": "finish"})
    assert stored(read, Comment, second).sent_at
    assert stored(read, Reviewer, read.id).finished_at
    assert "Du trenger ikke å gjøre noe mer" in vera.get(read.at()).text
    with app.app_context():
        events = [(event.what, event.reviewer_id, event.about) for event in db.session.scalars(select(Event).order_by(Event.id))]
        letters = db.session.scalars(select(Letter)).all()
    sent = {"review": read.review, "count": 1}
    finished = {"review": read.review, "role": "verneombud"}
    assert events == [("comment_sent", read.id, sent), ("comment_sent", read.id, sent), ("reviewer_finished", read.id, finished)]
    assert [letter.kind for letter in letters] == ["reviewer_finished"]
    vera.post(read.at("summary"), data={"do": "reopen"})
    with app.app_context():
        assert db.session.scalars(select(Event.what).order_by(Event.id.desc())).first() == "reviewer_reopened"
    assert stored(read, Reviewer, read.id).finished_at is None
    assert vera.post(read.at("summary"), data={"do": "other"}).status_code == 400


def test_nobody_is_told_who_left_the_workplace(app) -> None:
    with app.app_context():
        gone = world.person("gone@example.no", "Gone")
        review = world.review(world.kept(world.workplace(world.person())))
        review.opened_by = gone.id
        her = world.reviewer(review)
        db.session.commit()
    reader = world.read_as(browser(app), her)
    assert reader.post(f"/nb/readings/{her.id}/summary", data={"do": "finish"}).status_code == 303
    with app.app_context():
        assert not db.session.scalars(select(Letter)).all()


def test_a_review_that_is_over_is_read_and_not_written(read, vera) -> None:
    comment = remark(read, "purpose", outcome="not_taken_in")
    change(read, Review, read.review, closed_at=now())
    assert "Innspillsrunden er over" in vera.get(read.at()).text
    for path, form in WRITES(read, comment):
        refused = vera.post(read.at(path), data={**form, "to": "save"})
        assert refused.status_code == 409, path
        assert CANARY in refused.text or "do" in form, path
    assert vera.post(read.at("sections/purpose"), data={"comment": "a" * 26, "to": "next"}).status_code == 303
    with read.app.app_context():
        assert len(db.session.scalars(select(Comment)).all()) == 1


def WRITES(read: Read, comment: str) -> list[tuple[str, dict[str, str]]]:  # noqa: N802
    return [
        ("sections/purpose", {"comment": "b" * 26, "kind": "question", "words": CANARY}),
        ("whole", {"comment": "c" * 26, "kind": "question", "words": CANARY}),
        (f"comments/{comment}", {"kind": "question", "words": CANARY}),
        ("statement", {"statement": CANARY}),
        ("process", {f"note-{the_pack().review.process[0].id}": CANARY}),
        ("summary", {"do": "finish"}),
    ]


# ── answers ──


@pytest.mark.parametrize("outcome", [outcome.id for outcome in the_pack().review.outcomes])
def test_an_answer_stands_beside_what_she_wrote(read, vera, outcome) -> None:
    comment = remark(read, "purpose", words="Jeg er ikke enig", outcome=outcome)
    page = vera.get(read.at("answers")).text
    assert "Jeg er ikke enig" in page
    assert "Fordi det må til." in page
    found = the_pack().review.outcome(outcome)
    assert (found.planned_meaning or found.meaning).nb in page, "the text reads as before"
    assert vera.get(read.at(f"answers/{comment}")).headers["Location"].endswith(f"#c-{comment}")


def test_she_replies_once_and_lets_the_disagreement_stand(read, vera) -> None:
    comment = remark(read, "purpose", outcome="not_taken_in")
    change(read, Review, read.review, closed_at=now())
    address = read.at(f"answers/{comment}")
    assert vera.post(address, data={"do": "reply", "reply": "  "}).status_code == 422
    too_long = vera.post(address, data={"do": "reply", "reply": "æ" * 5001})
    assert too_long.status_code == 422
    assert "æ" * 5001 in too_long.text
    assert vera.post(address, data={"do": "reply", "reply": "Jeg står på mitt"}).status_code == 303
    again = vera.post(address, data={"do": "reply", "reply": CANARY})
    assert again.status_code == 409
    assert CANARY in again.text
    for do, stands in (("stand", True), ("unstand", False), ("stand", True)):
        vera.post(address, data={"do": do})
        assert stored(read, Comment, comment).stands is stands
    page = vera.get(read.at("answers")).text
    assert "Jeg står på mitt" in page
    assert the_pack().review.stands.said.nb in page
    assert vera.post(address, data={"do": "shout"}).status_code == 400
    with vera.application.app_context():
        told = [what for what in db.session.scalars(select(Event.what).order_by(Event.id)) if what != "comment_sent"]
    assert told == ["comment_replied", "disagreement_stands", "disagreement_withdrawn", "disagreement_stands"]


def test_once_a_version_is_ready_answers_stand_as_they_are(read, vera) -> None:
    comment = remark(read, "purpose", outcome="not_taken_in")
    change(read, Policy, read.policy, state="ready")
    refused = vera.post(read.at(f"answers/{comment}"), data={"do": "reply", "reply": CANARY})
    assert refused.status_code == 409
    assert CANARY in refused.text
    assert vera.post(read.at(f"answers/{comment}"), data={"do": "stand"}).status_code == 409
    assert "<form" not in vera.get(read.at("answers")).text


def test_what_is_not_sent_cannot_be_answered_back(read, vera) -> None:
    comment = remark(read, "purpose", sent=False)
    assert vera.post(read.at(f"answers/{comment}"), data={"do": "stand"}).status_code == 404
    unanswered = remark(read, "purpose")
    assert vera.post(read.at(f"answers/{unanswered}"), data={"do": "stand"}).status_code == 409


# ── nothing of it in logs or titles ──


def test_nothing_she_says_is_in_a_log_or_a_title(read, vera, caplog) -> None:
    caplog.set_level(0)
    comment = remark(read, "purpose", words=f"{CANARY} ord", sent=False)
    for path, form in WRITES(read, comment):
        vera.post(read.at(path), data=form)
    for page in (*PAGES, "sections/purpose", f"comments/{comment}"):
        title = vera.get(read.at(page)).text.partition("<title>")[2].partition("</title>")[0]
        assert not [secret for secret in (CANARY, "Vera", "Kari", read.token, "Fjordheimen") if secret in title]
    vera.get(read.link())
    assert not [secret for secret in (CANARY, read.token, "vera@example.no") if secret in caplog.text]
    with read.app.app_context():
        assert CANARY not in str([event.about for event in db.session.scalars(select(Event))])
