"""What the task list, the page of documents, the log and the list of meetings show; and a text that is locked: every choice of theirs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask, g

from app.decisions.view_models_locked import locked_page
from app.documents.outputs import outputs_from
from app.downloads.lengths import Length
from app.downloads.view_models import length_cards, logo_words, output_rows, readiness_of, sheet_is_shown
from app.pack.engine import LENGTHS
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


OUTPUTS = outputs_from(the_pack(), "draft")


def length(id: str, chosen: str = "policy", is_draft: bool = True) -> Length:
    option = the_pack().questions["length"].option(id)
    assert option
    return Length(id, option.label, option.help, 971, 4, id == chosen, is_draft)


def test_each_length_has_a_card_with_its_first_page_and_its_files() -> None:
    rules, policy, full = length_cards([length(one) for one in LENGTHS], OUTPUTS, "p", address)
    assert [card.picture for card in (rules, policy, full)] == [f"documents.picture(p, {one})" for one in LENGTHS]
    assert policy.figures == message("download_length_figures", pages=4, words=971)
    assert [file.address for file in policy.files] == [f"documents.file(p, policy.{one})" for one in ("docx", "pdf", "html")]
    assert [file.address for file in full.files] == [f"documents.at_length(p, full, {one})" for one in ("docx", "pdf")]
    assert [file.address for file in rules.files] == [f"documents.file(p, rules.{one})" for one in ("docx", "pdf")], "the sheet that there always is"
    assert [card.is_chosen for card in (rules, policy, full)] == [False, True, False]


def test_who_has_chosen_the_sheet_gets_the_policy_as_one() -> None:
    cards = length_cards([length(one, "rules") for one in LENGTHS], OUTPUTS, "p", address)
    assert cards[0].files[0].address == "documents.file(p, policy.docx)"
    assert not sheet_is_shown(cards)
    assert sheet_is_shown(length_cards([length(one) for one in LENGTHS], OUTPUTS, "p", address))


def test_a_card_says_that_it_is_chosen_and_whether_it_is_a_draft() -> None:
    found = length_cards([length("policy"), length("full", is_draft=False)], OUTPUTS, "p", address)
    assert [[tag.words for tag in card.tags] for card in found] == [
        [message("download_chosen"), message("download_is_draft")],
        [message("download_is_proposal")],
    ]


def test_the_other_documents_are_rows_and_what_a_version_keeps_is_none_of_them() -> None:
    def names(is_signed: bool, sheet: bool) -> list[str]:
        rows = output_rows(OUTPUTS, is_signed, sheet, "p", address)
        return [row.files[0].address for row in rows]

    with_sheet, without = names(False, False), names(False, True)
    assert with_sheet[0] == "documents.file(p, rules.docx)"
    assert with_sheet[1:] == without
    assert "documents.file(p, policy.docx)" not in with_sheet
    assert names(True, False) == with_sheet


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
