"""What the pages of a reader's workspace show: every choice of theirs, without a request and without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.documents.compare import Hunk, SectionChange
from app.documents.model import Paragraph, Run, Section
from app.pack.load import the_pack
from app.reading import view_models as vm
from app.reading import view_models_answers as vma
from app.reading import view_models_forms as vmf
from app.reading import view_models_ways as vmw
from app.reading.ways import next_of
from app.services.reviews.outcomes import Stage
from app.web.view_models import ContentWords, Day, Link, Notice, Tag, TimeOfDay, counted, message

AT, DAY = datetime(2026, 10, 1, 12, tzinfo=UTC), date(2026, 11, 2)
REVIEW = the_pack().review
SAID, READ = Tag(message("reading_mark_said"), "info"), Tag(message("reading_mark_read"), "success")


def address(endpoint: str, **values: Any) -> str:
    return f"{endpoint}({', '.join(str(value) for value in values.values())})"


ANSWERS = Link(message("reading_see_answers"), "reading.answers(r)")


def said(section: str = "a", **more: Any) -> Any:
    values = {"id": "c", "section_id": section, "kind": "question", "sent_at": AT, "outcome": "", "answer": "", "mended": "", "replied_at": None}
    return SimpleNamespace(**values | {"stands": False} | more)


def section(id: str, level: Any = 1, words: int = 0) -> Section:
    return Section(id, level, id.upper(), "body", (Paragraph((Run("ord " * words),)),))


def desk(*comments: Any, stage: str = "open", finished: bool = False, seen: Any = (), **more: Any) -> Any:
    """What a reader of the sections a and b has before them; `more` is about the review or the reader."""
    is_open = stage == "open"
    review = SimpleNamespace(is_open=is_open, closes_at=more.pop("closes_at", None), answer_by=DAY)
    asked_by, others = more.pop("asked_by", "Kari"), more.pop("others", ())
    short, changed = more.pop("short", []), more.pop("changed", {})
    reader = {"id": "r", "email": "r@example.no", "link_made_at": None, "finished_at": AT if finished else None, "seen": seen, "statement": ""}
    sections = more.pop("sections", [section("a"), section("b", 2)])
    return SimpleNamespace(
        reviewer=SimpleNamespace(**reader | more, unsent=lambda: [one for one in comments if not one.sent_at]),
        review=review,
        comments=list(comments),
        stage=Stage(stage, DAY if stage in ("in_force", "decided") else None),  # type: ignore[arg-type]
        version=SimpleNamespace(number=2, language="nn"),
        sections=sections,
        short=short,
        changed=changed,
        checked=3,
        path=lambda _: [*(one.id for one in sections), ""],
        next_to_read=lambda here: next_of({*short, *changed} - set(seen), [one.id for one in sections], here),
        may_write=is_open and not finished,
        title={"a": "A", "b": "B"}.get,
        asked_by=asked_by,
        others=lambda section: [(one, reader) for one, reader in others if one.section_id == section],
    )


# ── what has become of the text ──


def test_what_has_become_of_the_text_is_told_once_it_is_settled() -> None:
    assert vm.stage_alert(desk(), address) is vm.stage_alert(desk(stage="closed"), address) is None
    found = vm.stage_alert(desk(said(), stage="in_force"), address)
    assert found == vm.Alert("success", message("reading_stage_in_force", day=Day(DAY)), (message("reading_stage_text", number=2),), ANSWERS)
    sent_back = vm.stage_alert(desk(stage="sent_back"), address)
    assert sent_back == vm.Alert("info", message("reading_stage_sent_back", day=""), (message("reading_stage_text", number=2),))
    assert vm.stage_alert(desk(said(), stage="in_force"), address, has_link=False) == found._replace(link=None)


def test_until_when_what_is_written_can_be_sent() -> None:
    assert vm.closing_notice(desk(), address) is vm.closing_notice(desk(finished=True, closes_at=AT), address) is None
    found = vm.closing_notice(desk(closes_at=AT), address)
    link = Link(message("reading_nav_summary"), "reading.summary(r)")
    assert found == Notice("warning", (message("reading_closing", day=AT, time=TimeOfDay(AT)),), link)
    assert vm.closing_notice(desk(said(sent_at=None), stage="closed"), address) == Notice("warning", (message("reading_closed_unsent"),))
    assert vm.closing_notice(desk(said(), stage="closed"), address) is None


def test_a_reader_is_told_who_else_had_the_link_in_hand() -> None:
    assert vm.link_notice(desk()) is vm.link_notice(desk(email="", finished=True)) is None
    assert vm.link_notice(desk(email="")) == Notice("warning", (message("reading_link_given"),))
    assert vm.link_notice(desk(link_made_at=AT)) == Notice("warning", (message("reading_link_made", day=AT),))


# ── the first screen ──


def page(of: Any, left: int = 5) -> dict[str, Any]:
    return vm.overview_page(of, left, address)


@pytest.mark.parametrize(("left", "key"), [(5, "more"), (2, "more"), (1, "one"), (0, "today"), (-1, "past")])
def test_the_deadline_is_told_to_those_who_may_write(left, key) -> None:
    assert [one.key for one in page(desk(), left)["lead"]] == ["reading_overview_lead", "reading_deadline", f"reading_deadline_{key}"]
    assert page(desk(finished=True), left)["lead"] == page(desk(stage="closed"), left)["lead"] == []


def test_the_first_screen_says_that_the_review_is_closed_or_the_reader_done() -> None:
    assert page(desk())["standing"] is page(desk(stage="in_force"))["standing"] is None
    closed, done = page(desk(stage="closed"))["standing"], page(desk(finished=True))["standing"]
    assert (closed.title, closed.link, closed.link_class) == (message("reading_closed_title"), ANSWERS, "ds-button")
    assert (done.words[1], done.is_status) == (message("reading_told_by_mail"), False)
    assert page(desk(finished=True, email=""))["standing"].words[1] == message("reading_told_by_link")
    assert page(desk())["lead"][0] == message("reading_overview_lead", by="Kari")
    assert page(desk(asked_by=""))["lead"][0] == message("reading_overview_lead_unnamed")
    assert page(desk())["heading"].key == "reading_overview_title"
    assert page(desk(stage="closed"))["heading"].key == "reading_overview_title_over"


@pytest.mark.parametrize(
    ("of", "ways"),
    [
        (desk(), [("reading_way_all", "reading.section(r, a)", 2)]),
        (desk(seen=["a"]), [("reading_way_all_on", "reading.section(r, b)", 1)]),
        (desk(seen=["a", "b"]), [("reading_to_summary", "reading.summary(r)", None)]),
        (desk(seen=["a", "b"], finished=True), [("reading_read_again", "reading.section(r, a)", None)]),
        (desk(stage="closed"), [("reading_read_again", "reading.section(r, a)", None)]),
        (desk(short=["b"]), [("reading_way_short", "reading.section(r, b, short)", 1), ("reading_way_all", "reading.section(r, a)", 2)]),
        (
            desk(short=["a", "b"], seen=["a"]),
            [("reading_way_short_on", "reading.section(r, b, short)", 1), ("reading_way_all_on", "reading.section(r, b)", 1)],
        ),
        (desk(short=["b"], seen=["b"]), [("reading_way_rest", "reading.section(r, a)", 1)]),
    ],
)  # fmt: skip
def test_the_buttons_go_on_where_the_reader_stopped_and_say_how_much_is_left(of, ways) -> None:
    found = vmw.ways_in(of, address)
    assert [(one.link.words.key, one.link.address, one.about and one.about.count) for one in found] == ways  # type: ignore[attr-defined]
    assert [one.is_main for one in found] == [True, False][: len(found)] or not of.may_write


def test_the_minutes_are_those_of_the_words_that_are_left() -> None:
    long = desk(sections=[section("a", words=1990), section("b", words=990)], seen=["b"])
    (way,) = vmw.ways_in(long, address)
    assert way.about == counted("reading_way_time", 1, minutes=15)


def test_what_has_changed_and_what_matters_is_marked_and_what_changed_is_shown() -> None:
    changed = SectionChange("a", "A", "changed", (Hunk("før", "nå"),))
    of = desk(short=["a"], changed={"a": changed, "b": SectionChange("b", "B", "added", (Hunk("", "alt"),))}, seen=["a"])
    assert [[tag.words.key for tag in row.marks] for row in vm.section_rows(of, address)] == [  # type: ignore[attr-defined]
        ["reading_mark_changed", "reading_mark_matters", "reading_mark_read"], ["reading_mark_added"], [],
    ]  # fmt: skip
    assert vmw.change_note(of, "a") == vmw.ChangeNote(message("reading_changed_changed"), changed.hunks)
    assert vmw.change_note(of, "b") == vmw.ChangeNote(message("reading_changed_added"), ())
    assert vmw.change_note(of, "") is vmw.changed_words(desk()) is None
    assert vmw.changed_words(of) == counted("reading_changed", 2)


def test_one_skips_to_the_next_that_one_should_read_unless_that_comes_next_anyway() -> None:
    three = [section(id) for id in "abc"]
    assert vmw.jump_from(desk(sections=three, short=["c"]), "a") == message("reading_jump", title=None)
    assert vmw.jump_from(desk(sections=three, short=["b"]), "a") is None  # it is the next
    assert vmw.jump_from(desk(sections=three, short=["a"]), "c") is not None  # it was passed over
    assert vmw.jump_from(desk(sections=three, short=["c"], seen=["c"]), "a") is None
    assert vmw.jump_from(desk(sections=three, short=["c"], finished=True), "a") is None


def test_what_can_be_done_beside_reading_and_on_paper() -> None:
    found = vmw.todo(desk(finished=True, statement="Ja"), 10, address)
    assert [one.state.key for one in found] == ["reading_todo_checked", "reading_todo_stated", "reading_todo_done"]
    assert [one.link.address for one in found] == ["reading.process(r)", "reading.statement(r)", "reading.summary(r)"]
    assert [one.address for one in vmw.papers(desk(short=["a"]), address)] == ["reading.on_paper(r)", "reading.on_paper(r, short)"]
    assert len(vmw.papers(desk(), address)) == 1


def test_what_was_written_is_counted_and_answers_are_told_while_the_review_is_open() -> None:
    assert (page(desk())["written"], page(desk())["answered"], page(desk())["read"]) == (None, None, 0)
    assert page(desk(said(), seen=["a"]))["written"] == counted("reading_progress_said", 1)
    assert page(desk(said(), seen=["a"]))["read"] == 1
    assert page(desk(said(outcome="answered")))["answered"] == Notice("info", (message("reading_has_answers", count=1),), ANSWERS)
    assert page(desk(said(outcome="answered"), stage="closed"))["answered"] is None


def test_sections_are_marked_as_spoken_of_or_read() -> None:
    assert [row.marks for row in vm.section_rows(desk(said("a"), seen=["a", "b"]), address)] == [(SAID,), (READ,), ()]
    assert [row.marks for row in vm.section_rows(desk(said("")), address)] == [(), (), (SAID,)]
    rows = vm.section_rows(desk(), address)
    assert [(row.level, row.speaks, row.address) for row in rows[1:]] == [
        (2, {"lang": "nn-NO"}, "reading.section(r, b)"),
        (1, {}, "reading.whole(r)"),
    ]


# ── what the reader has said ──


def test_every_kind_has_its_own_colour() -> None:
    assert {vm.kind_tag(kind.id).color for kind in REVIEW.kinds} == {"info", "accent", "warning", "success"}
    assert vm.kind_tag("") == Tag(message("reading_kind_none"), "neutral")


@pytest.mark.parametrize(
    ("one", "may_write", "state", "links"),
    [
        (said(outcome="noted"), True, "answered", ["reading.answers(r)#c-c"]),
        (said(), True, "sent", ["reading.comment(r, c)", "reading.delete(r, c)"]),
        (said(sent_at=None), True, "unsent", ["reading.comment(r, c)", "reading.delete(r, c)"]),
        (said(), False, "sent", []),
        (said(sent_at=None), False, "unsent", ["reading.delete(r, c)"]),
    ],
)
def test_what_may_be_done_about_a_remark(one, may_write, state, links) -> None:
    card = vm.remark_card(one, "r", may_write, address)
    assert (card.state, [link.address for link in card.links]) == (message(f"reading_state_{state}"), links)


def test_the_summary_has_a_picture_before_anything_is_said_and_when_all_is_done() -> None:
    assert [vm.summary_picture(one) for one in (desk(), desk(said()))] == ["no_comments", ""]


def test_the_summary_says_how_much_is_not_sent() -> None:
    assert vm.summary_lead(desk()) == message("reading_summary_nothing")
    assert vm.summary_lead(desk(said())) == message("reading_summary_all_sent")
    assert vm.summary_lead(desk(said(), said(sent_at=None))) == counted("reading_summary_unsent", 1)


def test_the_summary_says_what_was_done_just_now() -> None:
    assert vm.summary_alert(desk(), "") is vm.summary_alert(desk(stage="in_force"), "send") is vm.summary_alert(desk(), "finish") is None
    assert vm.summary_alert(desk(), "send") == vm.Alert("success", None, (message("reading_sent_now"),), is_status=True)
    assert vm.summary_alert(desk(), "reopen") == vm.Alert("info", None, (message("reading_reopened"),), is_status=True)
    done, closed = vm.summary_alert(desk(finished=True), "finish"), vm.summary_alert(desk(stage="closed"), "")
    assert done is not None
    assert (done.title, done.is_status) == (message("reading_finished_title"), True)
    assert closed == vm.Alert("info", message("reading_closed_title"), (message("reading_closed_text"),), None, "ds-button")


@pytest.mark.parametrize(
    ("of", "deeds"),
    [
        (desk(), ["finish"]),
        (desk(said(sent_at=None)), ["finish", "send"]),
        (desk(said(), finished=True), ["reopen"]),
        (desk(said(sent_at=None), stage="closed"), ["forget"]),
        (desk(said(), stage="closed"), []),
    ],
)
def test_the_buttons_of_the_summary(of, deeds) -> None:
    assert [deed.id for deed in vm.summary_deeds(of)] == deeds
    assert [deed.id for deed in vm.summary_deeds(of) if deed.is_main] == [id for id in deeds if id == "finish"]
    assert [deed.id for deed in vm.summary_deeds(of) if deed.is_danger] == [id for id in deeds if id == "forget"]


# ── what HR answers ──


def test_what_was_not_answered_waits_unless_it_is_support() -> None:
    found = vma.exchange(said(), desk(), False, True, "nb")
    assert (found.answered, found.waiting, found.may_reply, found.may_stand) == (None, message("reading_not_answered_yet"), False, False)
    assert vma.exchange(said(kind="support"), desk(), False, True, "nb").waiting == message("reading_support_needs_none")


def test_the_title_is_in_the_language_of_the_text_or_of_the_screen() -> None:
    assert (vma.exchange(said("a"), desk(), False, True, "en").title, vma.exchange(said("a"), desk(), False, True, "en").language) == ("A", "nn")
    assert vma.exchange(said(""), desk(), False, True, "en").language == "en"


def test_an_answer_is_told_with_its_meaning_and_a_promise_as_a_promise() -> None:
    outcome, question = REVIEW.outcome("taken_in"), next(iter(the_pack().questions.values()))
    found = vma.exchange(said(outcome="taken_in", answer="Ja", mended=question.id), desk(), False, True, "nb").answered
    assert found == (Tag(ContentWords(outcome.label)), ContentWords(outcome.meaning), "Ja", (message("reading_mended"), ContentWords(question.label)))
    promised = vma.exchange(said(outcome="taken_in", mended=question.id), desk(), True, True, "nb").answered
    assert promised == (Tag(ContentWords(outcome.planned)), ContentWords(outcome.planned_meaning), "", ())  # type: ignore[arg-type]
    assert vma.exchange(said(outcome="noted", mended="gone"), desk(), False, True, "nb").answered[3] == ()  # type: ignore[index]


@pytest.mark.parametrize(
    ("one", "takes_replies", "expected"),
    [
        (said(outcome="answered"), True, (True, True, True)),
        (said(outcome="noted"), True, (True, True, False)),
        (said(outcome="answered", stands=True), True, (True, True, False)),
        (said(outcome="noted", replied_at=AT), True, (False, True, False)),
        (said(outcome="noted"), False, (False, False, False)),
    ],
)
def test_an_answer_may_be_replied_to_once_and_disagreed_with_until_all_is_settled(one, takes_replies, expected) -> None:
    found = vma.exchange(one, desk(), False, takes_replies, "nb")
    assert (found.may_reply, found.may_stand, found.is_stand_folded) == expected
    assert found.stands == (Notice("warning", (ContentWords(REVIEW.stands.said),)) if one.stands else None)


def test_what_is_said_above_the_answers() -> None:
    def told(of: Any, sent: Any, takes_replies: bool) -> tuple[list[str], bool]:
        found = vma.answers_page(of, sent, takes_replies)
        return [one.key for one in found["leads"]], found["settled"] is not None

    assert told(desk(), [said()], True) == ([], False)
    assert told(desk(), [], True) == (["reading_answers_none_sent"], False)
    assert told(desk(stage="closed"), [], True) == (["reading_closed_text", "reading_answers_none_sent"], False)
    assert told(desk(stage="ready"), [said()], False) == ([], True)
    assert told(desk(stage="ready"), [], False) == (["reading_answers_none_sent"], False)


# ── what the reader writes ──


def test_whoever_can_no_longer_write_is_told_why_and_where_to_take_it_up_again() -> None:
    assert vmf.over_notice(desk(), address) is None
    assert vmf.over_notice(desk(stage="closed", finished=True), address) == Notice("info", (message("reading_closed_short"),))
    done = Notice("info", (message("reading_done_short"),))
    assert vmf.over_notice(desk(finished=True)) == done
    assert vmf.over_notice(desk(finished=True), address) == done._replace(link=Link(message("reading_done_more"), "reading.summary(r)"))


def test_a_section_is_headed_by_its_place_and_the_whole_by_its_name() -> None:
    found = vmf.section_page(desk(), "b", 1, False, address)
    assert (found["heading"], found["respond"], found["over"]) == (
        message("reading_section_title", at=2, total=2),
        message("reading_respond_fold"),
        None,
    )
    whole = vmf.section_page(desk(finished=True), "", 2, False, address)
    assert (whole["heading"], whole["respond"]) == (message("reading_whole_title"), message("reading_respond_whole"))
    assert whole["over"] == vmf.over_notice(desk(finished=True), address)
    assert vmf.section_page(desk(), "", 2, True, address)["respond"] == message("reading_respond_again")


def test_what_others_said_is_told_with_who_they_are() -> None:
    theirs, elsewhere = said("a"), said("b")
    named, unnamed = SimpleNamespace(name="Truls", role="union_rep"), SimpleNamespace(name="", role="bht")
    found = vmf.section_page(desk(others=[(theirs, named), (theirs, unnamed), (elsewhere, named)]), "a", 0, False, address)["others"]
    assert [one.who for one in found] == [("Truls", message("role_union_rep")), (message("role_bht"),)]


def test_a_remark_that_was_sent_says_that_changes_are_seen() -> None:
    assert vmf.sent_notice(None) is None
    assert vmf.sent_notice(AT) == Notice("info", (message("reading_comment_sent"),))


def test_what_was_just_saved_is_told() -> None:
    assert vmf.saved_alert(False) is None
    assert vmf.saved_alert(True) == vm.Alert("success", None, (message("reading_saved_plain"),), is_status=True)


@pytest.mark.parametrize(
    ("of", "stored", "is_unsent"),
    [
        (desk(), "Ja", False),
        (desk(stage="closed"), "Ja", True),
        (desk(stage="closed"), "", False),
        (desk(stage="closed", finished=True), "Ja", False),
    ],
)
def test_a_statement_that_was_not_handed_over_in_time_says_so(of, stored, is_unsent) -> None:
    found = vmf.statement_page(of, stored, True, False, address)
    assert found["unsent"] == (Notice("warning", (message("reading_statement_unsent"),)) if is_unsent else None)
    assert (found["before"], found["after"]) == ("reading.process(r)", "reading.summary(r)")
    assert (found["is_overtaken"], found["others"], found["over"] is None) == (True, stored, of.may_write)


def test_what_another_device_answered_stands_beside_the_question() -> None:
    first, second, third = ("a", "b", "c")
    answer = REVIEW.process_answers[0]
    stored = {first: {"answer": answer.id, "note": "Alle"}, second: {"answer": "gone", "note": "Nei"}, third: {"answer": answer.id, "note": ""}}
    form = SimpleNamespace(asked=[SimpleNamespace(id=id) for id in stored], answer=str.upper, note=str.title)
    found = vmf.checklist_page(desk(checklist=stored), form, (first, second), False, address)  # type: ignore[arg-type]
    assert found["rows"] == [
        vmf.AskedRow("A", "A", (ContentWords(answer.label), "Alle")),  # type: ignore[arg-type]
        vmf.AskedRow("B", "B", ("Nei",)),  # type: ignore[arg-type]
        vmf.AskedRow("C", "C", ()),  # type: ignore[arg-type]
    ]
    assert found["is_overtaken"]
    assert not vmf.checklist_page(desk(checklist={}), form, (), True, address)["is_overtaken"]  # type: ignore[arg-type]
