"""HR sends a draft, follows up and closes: once, to those who were meant, and never behind anybody's back."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from app.clock import now
from app.documents import frozen
from app.models.audit_log import Event
from app.models.comments import Comment
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer, ReviewerLink
from app.models.versions import Version
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.services.reviews.record import record_of
from app.ui_texts import say
from tests import world
from tests.conftest import browser, start_policy
from tests.web.hr import Desk, desk, in_days, invited, letters, opened, said, sending, within

VERA = ("Vera Lund", "vera@example.no", "verneombud")
OLA = ("Ola Dahl", "", "union_rep")


@pytest.fixture
def place(app: Any) -> Desk:
    return desk(app)


def test_an_anonymous_draft_is_to_be_kept_first(client, policy_id) -> None:
    for language in LANGUAGES:
        page = client.get(f"/{language}/policies/{policy_id}/review")
        assert page.status_code == 200
        assert f'href="/{language}/policies/{policy_id}/keep"' in page.text
    assert client.post(f"/nb/policies/{policy_id}/review", data=sending(VERA)).status_code == 409
    for view in ("new", "invite", "close", "comments", "meetings", "record", "record.docx", "date"):
        assert client.get(f"/nb/policies/{policy_id}/review/{view}").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_says_what_sending_means_and_has_chosen_all_that_is_to_be_judged(place, language) -> None:
    page = place.editor.get(place.at(language=language)).text
    assert say("review_means_1", language) in page
    boxes = re.findall(r'<input[^>]*name="section"[^>]*>', page)
    assert len(boxes) > 20
    left = [re.findall(r'value="([^"]+)"', box)[0] for box in boxes if "checked" not in box]
    assert left == [id for id in left if id in the_pack().review.not_to_judge] != []
    assert in_days(21) in page


def test_sending_freezes_the_draft_and_writes_to_those_with_an_address(place) -> None:
    answer = place.editor.post(place.at(), data=sending(VERA, OLA, greeting="Les gjerne kapittel 4."))
    assert answer.status_code == 200
    with within(place.app) as session:
        policy, review, version = session.get(Policy, place.id), Review.open_of(place.id), session.scalar(select(Version))
        assert (policy.state, version.state, review.version_id, review.round) == ("in_review", "in_review", version.id, 1)
        assert version.text_hash == frozen.text_hash(version.document)
        assert review.origin == "http://localhost"
        assert [(r.name, r.email, r.role) for r in review.reviewers()] == [VERA, OLA]
        assert session.scalars(select(Event.what).order_by(Event.id)).all() == ["review_opened", "reviewer_invited", "reviewer_invited"]
        policy.answer({"workplace_name": "Noe annet"})
        assert frozen.thaw(version.document).workplace == "Fjordheimen"
    [(kind, letter)] = letters(place.app)
    assert (kind, letter.to) == ("review_invited", "vera@example.no")
    assert "> Les gjerne kapittel 4." in letter.text
    assert "Kari" not in letter.subject


def test_each_link_opens_the_review_of_its_reader_and_is_shown_once(place) -> None:
    page = place.editor.post(place.at(), data=sending(VERA, OLA)).text
    [shown] = re.findall(r'value="http://localhost/nb/read/([\w-]{43})"', page)
    [mailed] = re.findall(r"http://localhost/nb/read/([\w-]{43})", letters(place.app)[0][1].text)
    with within(place.app) as session:
        assert ReviewerLink.reviewer_with(shown).name == "Ola Dahl"
        assert ReviewerLink.reviewer_with(mailed).name == "Vera Lund"
        assert not [row for row in session.execute(select(ReviewerLink.token_hash)) if row[0] in (shown, mailed)]
    assert "/read/" not in place.editor.get(place.at()).text


def test_with_addresses_alone_it_goes_straight_to_the_overview(place) -> None:
    answer = place.owner.post(place.at(), data=sending(VERA))
    assert (answer.status_code, answer.headers["Location"]) == (303, place.at() + "?done=sent")
    page = place.reader.get(answer.headers["Location"]).text
    assert "Vera Lund" in page
    assert "<form" not in page.partition("<main")[2], "whoever only reads is offered nothing to do"


WRONG = {
    "no readers": (sending(), "reader-0-name"),
    "no name": (sending(("", "x@example.no", "bht")), "reader-0-name"),
    "no role": (sending(("Vera", "", "")), "reader-0-role"),
    "no such role": (sending(("Vera", "", "king")), "reader-0-role"),
    "no address": (sending(("Vera", "vera@", "bht")), "reader-0-email"),
    "two of one": (sending(VERA, ("Igjen", "VERA@example.no", "bht")), "reader-1-email"),
    "a header": (sending(("Vera", "vera@example.no\r\nBcc: x@example.no", "bht")), "reader-0-email"),
    "no such language": (sending(VERA, **{"reader-0-language": "de"}), "reader-0-language"),
    "a long name": (sending(("V" * 121, "", "bht")), "reader-0-name"),
    "no date": (sending(VERA, answer_by=""), "answer_by"),
    "no such date": (sending(VERA, answer_by="31.2.2027"), "answer_by"),
    "a past date": (sending(VERA, answer_by="1.1.2020"), "answer_by"),
    "a far date": (sending(VERA, answer_by="1.1.2190"), "answer_by"),
    "no sections": (sending(VERA, section=[]), "section"),
    "other sections": (sending(VERA, section=["nothing"]), "section"),
    "a long greeting": (sending(VERA, greeting="x" * 1001), "greeting"),
    "no choice": (sending(VERA, sees_others=None), "sees_others"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_sent_is_said_and_nothing_typed_is_lost(place, what, language) -> None:
    form, field = WRONG[what]
    answer = place.editor.post(place.at(language=language), data={"greeting": "Hei på dere", **form} if "greeting" not in form else form)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert f'id="error-{field}"' in answer.text
    assert answer.text.count("<h1") == 1
    assert f"<title>{say('page_error_prefix', language)} " in answer.text
    for words in (form["greeting"], form.get("reader-0-name", ""), form["answer_by"]):
        assert words in answer.text
    with within(place.app) as session:
        assert session.scalar(select(func.count()).select_from(Version)) == 0
    assert letters(place.app) == []


def test_today_is_too_soon_and_tomorrow_is_not(place) -> None:
    assert place.editor.post(place.at(), data=sending(VERA, answer_by=in_days(0))).status_code == 422
    assert place.editor.post(place.at(), data=sending(VERA, answer_by=in_days(366))).status_code == 422
    assert place.editor.post(place.at(), data=sending(VERA, answer_by=in_days(1))).status_code == 303


def test_rows_come_and_go_and_the_rest_stays(place) -> None:
    more = place.editor.post(place.at(), data=sending(VERA, OLA, add="reader", greeting="Hei", section=["purpose"])).text
    assert 'name="reader-2-name"' in more
    assert "Vera Lund" in more
    assert len(re.findall(r'name="section"[^>]*checked', more)) == 1
    fewer = place.editor.post(place.at(), data=sending(VERA, OLA, remove="0")).text
    assert 'name="reader-0-name" value="Ola Dahl"' in fewer
    assert "Vera Lund" not in fewer
    for odd in ("99", "-1", "x", "²", ""):
        assert place.editor.post(place.at(), data=sending(VERA, OLA, remove=odd)).text.count('class="record"') == 2


def test_two_who_send_at_once_open_one_review(place) -> None:
    if place.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        place.editor.get(place.at())
    found, ready = [], Barrier(2)

    def send(who: Any) -> None:
        form = {"csrf_token": who.token(), **sending(VERA)}
        ready.wait()
        found.append(who.post(place.at(), data=form).status_code)

    threads = [Thread(target=send, args=(who,)) for who in (place.owner, place.editor)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(found) == [303, 409]
    with within(place.app) as session:
        assert session.scalar(select(func.count()).select_from(Review)) == 1
        assert session.scalar(select(func.count()).select_from(Version)) == 1
    assert len(letters(place.app)) == 1


def test_the_database_itself_keeps_a_second_review_from_opening(place, monkeypatch) -> None:
    opened(place)
    monkeypatch.setattr(Review, "open_of", lambda *_: None)
    answer = place.editor.post(place.at(), data=sending(VERA))
    assert answer.status_code == 409
    assert say("review_stop_open_title", "nb") in answer.text


def test_who_only_reads_sees_and_changes_nothing(place) -> None:
    assert place.reader.get(place.at()).status_code == 200
    assert place.reader.post(place.at(), data=sending(VERA)).status_code == 403
    opened(place)
    vera = invited(place)
    comment = said(place, vera)
    for view in ("", "comments", "meetings", "record", "record.docx", "record.pdf"):
        page = place.reader.get(place.at(view))
        assert page.status_code == 200
        assert b'method="post"' not in page.data.partition(b"<main id")[2]
    for view in ("invite", "date", "close", f"readers/{vera}/link", f"readers/{vera}/revoke", "new"):
        assert place.reader.get(place.at(view)).status_code == 403
    for view in (
        "invite",
        "date",
        "close",
        f"readers/{vera}/link",
        f"readers/{vera}/revoke",
        f"readers/{vera}/remind",
        f"comments/{comment}",
        "comments/tell",
    ):
        assert place.reader.post(place.at(view)).status_code == 403


def test_what_belongs_to_another_policy_is_not_here(place, app) -> None:
    opened(place)
    vera, other = invited(place), None
    comment = said(place, vera)
    with within(app) as session:
        elsewhere = world.kept(world.workplace(session.scalar(select(world.Person).where(world.Person.email == "hr@example.no")), "Annet sted"))
        world.review(elsewhere)
        other = elsewhere.id
    root = f"/nb/policies/{other}/review"
    for view in (f"readers/{vera}/link", f"readers/{vera}/revoke", f"comments/{comment}", f"statements/{vera}.docx"):
        assert place.owner.get(f"{root}/{view}").status_code == 404, view
    for view in (f"readers/{vera}/link", f"readers/{vera}/revoke", f"readers/{vera}/remind", f"comments/{comment}"):
        assert place.owner.post(f"{root}/{view}").status_code == 404, view


def test_more_are_invited_but_nobody_twice(place) -> None:
    place.editor.post(place.at(), data=sending(VERA))
    again = place.editor.post(place.at("invite"), data=sending(("Vera to", "Vera@Example.no", "bht")))
    assert again.status_code == 422
    assert place.editor.post(place.at("invite"), data=sending(OLA)).status_code == 200
    assert place.editor.post(place.at("invite"), data=sending(("Per", "per@example.no", "bht"))).status_code == 303
    assert 'name="reader-1-name"' in place.editor.post(place.at("invite"), data=sending(OLA, add="reader")).text
    assert [letter.to for _, letter in letters(place.app)] == ["vera@example.no", "per@example.no"]
    with time_machine.travel(now() + timedelta(days=22)):
        late = place.editor.post(place.at("invite"), data=sending(("Siv", "", "bht")))
    assert late.status_code == 409
    assert place.at("date") in late.text


def test_a_new_date_is_good_for_the_links_as_well(place) -> None:
    place.editor.post(place.at(), data=sending(VERA))
    assert place.editor.post(place.at("date"), data={"answer_by": "i går"}).status_code == 422
    assert place.editor.post(place.at("date"), data={"answer_by": in_days(100)}).status_code == 303
    with within(place.app) as session:
        [expires] = session.scalars(select(ReviewerLink.expires_at)).all()
        assert expires > now() + timedelta(days=155)


def test_a_reader_is_reminded_once_a_day(place) -> None:
    opened(place)
    vera, ola = invited(place), invited(place, "Ola", "")
    assert place.editor.post(place.at(f"readers/{vera}/remind")).status_code == 303
    assert place.editor.post(place.at(f"readers/{vera}/remind")).status_code == 409
    assert place.editor.post(place.at(f"readers/{ola}/remind")).status_code == 409
    assert f"readers/{vera}/remind" not in place.editor.get(place.at()).text
    with time_machine.travel(now() + timedelta(days=1)):
        assert place.editor.post(place.at(f"readers/{vera}/remind")).status_code == 303
    assert [kind for kind, _ in letters(place.app)] == ["review_reminder"] * 2


def test_a_new_link_is_made_by_the_button_alone(place) -> None:
    opened(place)
    vera = invited(place)
    for method in ("GET", "HEAD"):
        place.editor.open(place.at(f"readers/{vera}/link"), method=method)
    with within(place.app) as session:
        assert session.scalar(select(func.count()).select_from(ReviewerLink)) == 0
    page = place.editor.post(place.at(f"readers/{vera}/link")).text
    [token] = re.findall(r"/nb/read/([\w-]{43})", page)
    with within(place.app):
        assert ReviewerLink.reviewer_with(token).id == vera


def test_an_invitation_taken_back_opens_nothing_but_what_was_said_stays(place, app) -> None:
    opened(place)
    vera = invited(place)
    comment = said(place, vera, words="Dette må vi svare på")
    with within(app) as session:
        token = session.get(Reviewer, vera).link(now().date())
    place.editor.get(place.at(f"readers/{vera}/revoke"))
    assert place.editor.post(place.at(f"readers/{vera}/revoke")).status_code == 303
    assert place.editor.post(place.at(f"readers/{vera}/link")).status_code == 409
    with within(app) as session:
        assert ReviewerLink.reviewer_with(token) is None
        assert session.get(Comment, comment).needs_answer
    assert "Dette må vi svare på" in place.editor.get(place.at("comments")).text


@pytest.mark.parametrize("state", ["in_review", "ready", "decided", "in_force", "archived"])
def test_a_link_that_went_astray_is_stopped_whatever_was_signed_for(place, app, state) -> None:
    opened(place)
    vera = invited(place)
    with within(app) as session:
        session.get(Reviewer, vera).link(now().date())
        Review.open_of(place.id).closed_at = now()
        policy = session.get(Policy, place.id)
        policy.state, policy.archived_at = (state, None) if state != "archived" else ("in_force", now())
    address = place.at(f"readers/{vera}/revoke")
    assert address in place.editor.get(place.at()).text
    assert say("review_revoke_2_late", "nb") in place.editor.get(address).text
    assert place.editor.post(address).status_code == 303
    with within(app) as session:
        assert session.scalar(select(func.count()).select_from(ReviewerLink)) == 0
        assert [voice.id for voice in record_of(session.get(Policy, place.id)).voices] == [vera], "the reader was asked, and had the time"
    assert address not in place.editor.get(place.at()).text


@pytest.mark.parametrize("round", [1, 2])
def test_a_link_to_an_earlier_review_can_be_found_and_stopped(place, app, round) -> None:
    opened(place)
    vera = invited(place)
    with within(app) as session:
        session.get(Reviewer, vera).link(now().date())
        Review.open_of(place.id).closed_at = now()
        session.get(Policy, place.id).round = round
    address = place.at(f"readers/{vera}/revoke")
    pages = [place.at("new")] if round == 1 else [place.at(), place.at("new")]
    assert all(say("review_earlier_title", "nb") in place.editor.get(page).text for page in pages)
    if round == 1:
        opened(place)
        invited(place, "Ola", "ola@example.no")
        assert say("review_earlier_title", "nb") in place.editor.get(place.at()).text
    assert address in place.editor.get(pages[0] if round == 2 else place.at()).text
    assert address not in place.reader.get(place.at()).text
    assert place.editor.post(address).status_code == 303
    assert say("review_earlier_title", "nb") not in place.editor.get(place.at()).text


def test_a_letter_not_yet_sent_is_taken_back_with_the_invitation(place) -> None:
    place.editor.post(place.at(), data=sending(VERA, ("Per", "per@example.no", "bht")))
    with within(place.app) as session:
        vera = session.scalar(select(Reviewer.id).where(Reviewer.email == "vera@example.no"))
    place.editor.post(place.at(f"readers/{vera}/revoke"))
    assert [letter.to for _, letter in letters(place.app)] == ["per@example.no"]


def test_closing_tells_those_who_have_been_there(place, app) -> None:
    opened(place)
    vera, ola, siv = invited(place), invited(place, "Ola", "ola@example.no"), invited(place, "Siv", "siv@example.no")
    kept = said(place, vera)
    with within(app) as session:
        session.get(Reviewer, vera).sit_down()
        session.get(Reviewer, siv).sit_down()
        session.get(Reviewer, siv).revoke()
    page = place.editor.get(place.at("close")).text
    assert say("review_close_2_none", "nb") in page
    assert "Ola" in page
    assert place.editor.post(place.at("close")).status_code == 303
    assert place.editor.post(place.at("close")).status_code == 409
    with within(app) as session:
        assert Review.open_of(place.id) is None
        assert session.get(Comment, kept).needs_answer
        assert session.scalar(select(Version.state)) == "closed"
        about = session.scalar(select(Event.about).where(Event.what == "review_closed"))
        assert about["comments"] == 1
    assert [(kind, letter.to) for kind, letter in letters(app)] == [("review_over", "vera@example.no")]
    assert ola


def test_after_one_review_another_may_be_opened(place) -> None:
    opened(place)
    assert place.editor.get(place.at("new")).status_code == 302
    assert place.editor.post(place.at(), data=sending(VERA)).status_code == 409
    place.editor.post(place.at("close"))
    assert place.editor.get(place.at("new")).status_code == 200
    assert place.editor.post(place.at(), data=sending(VERA)).status_code == 303
    with within(place.app) as session:
        assert session.scalars(select(Version.number).order_by(Version.number)).all() == [1, 2]


@pytest.mark.parametrize("state", ["ready", "decided", "in_force"])
def test_what_somebody_signed_for_is_not_sent_anew(place, state) -> None:
    with within(place.app) as session:
        session.get(Policy, place.id).state = state
    assert "<form" not in place.editor.get(place.at()).text.partition("<main")[2].partition("</main")[0]
    for view in ("", "close", "comments/tell", "meetings"):
        assert place.editor.post(place.at(view), data=sending(VERA)).status_code == 409
    with within(place.app) as session:
        assert session.scalar(select(func.count()).select_from(Review)) == 0


def test_an_archived_policy_is_only_read(place) -> None:
    opened(place)
    with within(place.app) as session:
        session.get(Policy, place.id).archive()
    page = place.editor.get(place.at()).text
    assert place.at("close") not in page
    assert place.editor.post(place.at("close")).status_code == 409


HOSTILE = "<script>alert(1)</script>\x00\u202e'\" &amp; Bcc:"


def test_whatever_a_name_or_a_greeting_holds_is_shown_as_it_is(place) -> None:
    place.editor.post(place.at(), data=sending((HOSTILE, "vera@example.no", "bht"), greeting=HOSTILE))
    page = place.editor.get(place.at()).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\r" not in letters(place.app)[0][1].subject


def test_a_line_of_the_log_holds_no_words(place) -> None:
    place.editor.post(place.at(), data=sending(("Kanari Navn", "kanari@example.no", "bht"), greeting="Kanari hilsen"))
    vera = invited(place, "Kanari To", "kanari2@example.no")
    said(place, vera, words="Kanari ord")
    place.editor.post(place.at("meetings"), data={"held_on": "1.11.2026", "kind": "amu", "present": "Kanari", "said": "Kanari"})
    place.editor.post(place.at(f"readers/{vera}/remind"))
    place.editor.post(place.at("close"))
    with within(place.app) as session:
        assert "anari" not in str(session.execute(select(Event.what, Event.about)).all())


def test_letters_count_towards_the_limit(make_app) -> None:
    place = desk(make_app(letters_per_hour=2))
    per = ("Per", "per@example.no", "bht")
    assert place.editor.post(place.at(), data=sending(VERA, per, ("Siv", "siv@example.no", "bht"))).status_code == 429
    with within(place.app) as session:
        assert session.scalar(select(func.count()).select_from(Review)) == 0


def test_a_stranger_finds_nothing(place, app, client) -> None:
    opened(place)
    vera = invited(place)
    start_policy(client)
    for view in ("", "new", "comments", f"readers/{vera}/link"):
        assert client.get(place.at(view)).status_code == browser(app).get(place.at(view)).status_code == 404
