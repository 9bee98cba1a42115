"""What the task list, the page of documents, the log and the list of meetings show; and a text that is locked: every choice of theirs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask, g

from app.decisions.view_models_locked import locked_page
from app.documents.outputs import outputs_from
from app.downloads.view_models import cards_of, logo_words, readiness_of
from app.pack.load import the_pack
from app.review.view_models_meetings import done_words, meeting_cards
from app.services.reviews.meetings import Held
from app.steps.view_models import onward_of
from app.web.rich_text import cited
from app.web.view_models import ContentWords, Link, Notice, message
from app.workplaces.view_models import log_ways

TODAY = date(2026, 11, 20)
CONTROL = Link(message("download_to_control"), "/control")


def address(endpoint: str, **values: Any) -> str:
    return f"{endpoint}({', '.join(str(value) for value in values.values())})"


# ── the task list ──


def test_the_list_leads_to_what_is_not_answered_and_then_to_what_is_next() -> None:
    place = next(iter(the_pack().place.values()))
    step, page = place
    answer = Link(message("tasks_go_on", page=ContentWords(page.title)), f"steps.page(p, {step.id}, {page.id})")
    assert onward_of("p", place, True, False, address) == answer
    assert onward_of("p", place, False, False, address) is None
    assert onward_of("p", None, True, False, address) == Link(message("tasks_status_go_on"), "decisions.status(p)")
    assert onward_of("p", None, True, True, address) is None


# ── documents ──


def test_the_first_document_is_the_main_one_while_nothing_is_signed() -> None:
    outputs = outputs_from(the_pack(), "draft")
    drafts, signed = cards_of(outputs, False, "p", address), cards_of(outputs, True, "p", address)
    assert [card.is_main for card in drafts] == [True] + [False] * (len(outputs) - 1)
    assert drafts[0].files[0].address == f"documents.file(p, {outputs[0].files[0].name})"
    assert [card.output for card in signed] == [output for output in outputs if "version" not in output.sources]
    assert not [card for card in signed if card.is_main]


@pytest.mark.parametrize(
    ("is_draft", "is_signed", "notice"),
    [
        (True, False, Notice("warning", (message("download_draft", blocks=2, open=3),), CONTROL)),
        (True, True, Notice("warning", (message("download_draft", blocks=2, open=3),), CONTROL)),
        (False, False, Notice("success", (message("download_ready"),), CONTROL)),
        (False, True, None),
    ],
)
def test_how_ready_a_draft_is(is_draft, is_signed, notice) -> None:
    assert readiness_of(is_draft, is_signed, 2, 3, CONTROL) == notice


def test_whether_there_is_a_logo() -> None:
    assert (logo_words(True).key, logo_words(False).key) == ("download_logo_has", "download_logo_text")


# ── the log ──


@pytest.mark.parametrize(("page", "pages", "newer", "older"), [(1, 1, "", ""), (1, 3, "", "2"), (2, 3, "1", "3"), (3, 3, "2", "")])
def test_the_log_leads_to_the_pages_beside_this_one(page, pages, newer, older) -> None:
    found = log_ways(page, pages, "w", "p", address)
    addresses = {name: link.address if link else "" for name, link in found.items()}
    assert addresses == {name: f"workplaces.log(w, p, {at})" if at else "" for name, at in (("newer", newer), ("older", older))}


# ── meetings ──


def test_a_meeting_is_still_to_come_or_of_an_earlier_round_or_of_this_one() -> None:
    planned, earlier, undated = Held(date(2026, 11, 21), "", "", ""), Held(date(2026, 1, 1), "", "", ""), Held(None, "", "", "")
    found = meeting_cards([planned, earlier, undated], [undated], TODAY, "p", False, address)
    assert [card.note for card in found] == [message("review_meeting_planned"), message("review_meeting_earlier"), None]
    assert [card.at for card in found] == [0, 1, 2]
    assert meeting_cards([Held(TODAY, "", "", "")], [Held(TODAY, "", "", "")], TODAY, "p", False, address)[0].note is None


def test_a_meeting_is_changed_by_those_who_may() -> None:
    held = Held(TODAY, "", "", "")
    assert meeting_cards([held], [held], TODAY, "p", False, address)[0].deeds == ()
    deeds = meeting_cards([held], [held], TODAY, "p", True, address)[0].deeds
    assert [deed.address for deed in deeds] == ["review.change_meeting(p, 0)", "review.delete_meeting(p, 0)"]


def test_what_was_done_is_told_unless_something_is_wrong() -> None:
    assert done_words("added", False) == message("review_meeting_added")
    assert done_words("", False) is done_words("added", True) is None


# ── a text that is locked ──


def test_those_who_can_open_a_text_are_offered_to_and_others_told_whom_to_ask() -> None:
    can = locked_page("decided", 3, "language", True, True)
    assert (can["lead"], can["ask"]) == (message("reopen_does_decided", number=3), None)
    assert (can["button"].key, can["leave"].key, can["about_file"]) == ("locked_button", "locked_keep", None)
    assert locked_page("ready", None, "language", False, True)["ask"] == message("locked_ask_owner")
    others = locked_page("ready", None, "language", False, False)
    assert (others["lead"], others["ask"], others["leave"].key) == (
        message("reopen_does_ready", number=""), message("reopen_ask_owner"), "version_to_status",
    )  # fmt: skip


def test_a_logo_is_chosen_once_more_after_the_text_is_open() -> None:
    found = locked_page("ready", 1, "logo", True, False)
    assert (found["about_file"], found["button"]) == (message("locked_logo"), message("locked_button_file"))


# ── sources ──


def test_a_source_is_named_with_its_place_its_publisher_and_its_address() -> None:
    with Flask(__name__).test_request_context():
        g.language = "nb"
        assert cited("own").address == cited("own").rest == ""
        for id, source in the_pack().sources.items():
            found = cited(id)
            assert (found.title, found.address) == (source.title.nb, source.address or "")
            assert found.rest.endswith(f" ({source.publisher})")
            assert found.rest.startswith(", ") is bool(source.act or source.paragraph)
