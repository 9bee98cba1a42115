"""The colleague's page: the questions that their link is about, and nothing else of the draft. They need no account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import NotFound

from app.models.audit_log import record_event
from app.models.db import db
from app.models.delegations import Delegation
from app.models.policy import Policy
from app.pack.load import the_pack
from app.services import delegations
from app.steps.boards import face_of, risks_of
from app.steps.compiled_page import Shown, drawn_once
from app.steps.form import PageForm, TypedIn, filled
from app.steps.page_context import AT_A_ROW, FIELD_HELPERS, Sheet, names
from app.steps.visible_questions import Asked, counts_in
from app.web import limits
from app.web.access import is_saving
from app.web.answer_text import said
from app.web.fields import worded
from app.web.forms import Summary, posted
from app.web.kept_input import kept_input
from app.web.language import current_language
from app.web.limits import limited
from app.web.rich_text import plain

from .forms import NameForm, form_for

bp = Blueprint("colleague", __name__, url_prefix="/<language:language>/asked")
BLANK: tuple[object, ...] = ("", [], {})  # None says "not decided yet", which is an answer


class GoneError(NotFound):
    """A link that is unknown, past its time or withdrawn, or whose draft is deleted: nobody is told which."""


@dataclass
class Desk:
    """One link as a request sees it: who asks what, the questions that are still open, and who answers."""

    asked: Delegation
    policy: Policy
    sheet: Sheet
    form: NameForm

    @classmethod
    def of(cls, token: str, typed: TypedIn) -> Desk:
        """What a link is about. Where something is about to be saved, nobody else changes it. Raises GoneError."""
        asked = Delegation.with_token(token, lock=is_saving())
        if asked is None:
            db.session.rollback()
            limits.count("reading")
            raise GoneError
        policy = db.session.get_one(Policy, asked.policy_id)
        open_ones = asked.open_questions()
        sheet = Sheet.of_questions(policy, open_ones)
        sheet = sheet.counting(counts_in(sheet.page, typed) if typed else cls._stored_counts(asked))
        stored = {f"note-{id}": words for id, words in asked.notes.items()} | {"name": asked.answered_by or asked.name}
        return cls(asked, policy, sheet, form_for([a.id for a in sheet.asked]).here(**stored))

    @staticmethod
    def _stored_counts(asked: Delegation) -> dict[str, int]:
        return {id: len(value) for id, value in asked.answers.items() if isinstance(value, list)}

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be answered just now: somebody has signed for the text, or put it away."""
        return self.policy.is_locked or self.policy.archived_at is not None

    def value(self, asked: Asked) -> Any:
        """What stands in the fields: what the colleague has answered, else what the workplace has. A suggestion of ours does not."""
        stored = self.sheet.now.values.get(asked.id, "") if asked.id in self.sheet.now.confirmed else ""
        return self.asked.answers.get(asked.id, "") if self.asked.answered_at else stored

    @property
    def late(self) -> list[tuple[str, list[str]]]:
        """What was sent for questions that HR has settled meanwhile: their labels, and the answer in words."""
        ids = [id for id in posted().getlist("asked") if id in self.asked.settled]
        sheet = Sheet.of_questions(self.policy, ids)
        given = sheet.counting(counts_in(sheet.page, sent())).read(sheet.own_alone(sent())).answers(frozenset(ids))
        return [(plain(a.question.label), said(sheet.now, a.question, given.get(a.id), current_language())) for a in sheet.asked]


def sent() -> TypedIn:
    """What was posted, by the name of the field."""
    return posted().to_dict(flat=False)


@bp.get("/<token>")
def answer(token: str) -> str:
    """The questions, for whoever has the link. Opening it changes nothing: mail scanners open links too."""
    desk = Desk.of(token, {})
    return _page(desk, filled((a, desk.value(a)) for a in desk.sheet.asked))


@bp.post("/<token>")
@limited("comment")
def save(token: str) -> ResponseReturnValue:
    """Take the answers. What HR has settled meanwhile, or what cannot be read, is shown again, and nothing is stored."""
    typed = sent()
    desk = Desk.of(token, typed)
    typed = desk.sheet.own_alone(typed)
    if AT_A_ROW & typed.keys():
        desk.sheet, typed = desk.sheet.with_other_rows(typed)
        return _page(desk, typed)
    if desk.is_closed or desk.late or not desk.sheet.asked:
        return _page(desk, typed), 409
    page = desk.sheet.read(typed)
    given, notes = _given(desk, page)
    if page.faults() or desk.form.faults:
        return _page(desk, typed, page), 422
    desk.asked.answer(desk.form.name.data, given, notes, {a.id for a in desk.sheet.asked})
    record_event("colleague_answered", desk.policy.workplace_id, desk.policy.id, count=len({*given, *notes}))
    db.session.commit()
    return redirect(url_for("colleague.answer", token=token, sent=1), 303)


def _given(desk: Desk, page: PageForm) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers and the words that were sent; when there are neither, that is a fault."""
    ids = [a.id for a in desk.sheet.asked]
    desk.form.validate()
    given = {id: value for id, value in page.answers(frozenset(ids)).items() if value not in BLANK}
    notes = desk.form.notes(ids)
    if not (given or notes or page.faults()):
        desk.form.note(ids[0]).wrong("delegation_error_nothing")
    return given, notes


def _page(desk: Desk, typed: TypedIn, page: PageForm | None = None) -> str:
    wrong = {name: worded(fault) for name, fault in (page.faults() if page else {}).items()}
    lines = [Summary(f"f-{name}", label, wrong[name]) for name, label in names(desk.sheet.asked) if name in wrong]
    values: dict[str, Any] = {
        "desk": desk, "form": desk.form, "workplace": delegations.workplace_of(desk.policy), "summary": [*lines, *desk.form.summary],
        "late": desk.late if is_saving() else [], "is_sent": "sent" in request.args and not is_saving(),
        "settled": _labels(desk.asked), "may_send": bool(desk.sheet.asked) and not desk.is_closed, "language": current_language(),
        "step": desk.sheet.step, "page": desk.sheet.page, "spaced": frozenset(),
        "boards": {face_of(a.question) for a in desk.sheet.asked} & {"board", "risk"}, **FIELD_HELPERS,
    }  # fmt: skip
    risks = risks_of(desk.sheet.asked, typed, current_language())
    shown = Shown("", generate_csrf(), "", "", typed=typed, faults=wrong, is_colleague=True, risks=risks)
    return drawn_once("delegation/answer.html", shown, **values)


def _labels(asked: Delegation) -> list[str]:
    """The questions that HR has settled."""
    questions = the_pack().questions
    return [plain(questions[id].label) for id in asked.questions if id in asked.settled and id in questions]


@bp.errorhandler(GoneError)
def gone(error: GoneError) -> ResponseReturnValue:
    """The same page for every link that is not good, with what was typed."""
    return render_template("delegation/gone.html", kept=kept_input(error).shown), 404
