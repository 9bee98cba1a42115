"""HR's side: ask a colleague, see who was asked what, use an answer or not, and take a question back."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.models.db import db
from app.models.delegations import Delegation
from app.models.people import Person
from app.models.policy import Policy
from app.services import delegations
from app.services.standing_cache import standing_of
from app.steps.page_context import Sheet
from app.web.access import may_change, person_here, policy_for
from app.web.choices import Option
from app.web.forms import said_by
from app.web.language import current_language
from app.web.limits import limited
from app.web.refusals import LockedError
from app.web.rich_text import plain
from app.web.saving import is_stale

from .forms import AskForm
from .view_models import cards_of

bp = Blueprint("delegation", __name__, url_prefix="/<language:language>/policies/<policy:id>/colleagues")
ASK = "/ask/<step>/<page>"


@bp.get(ASK)
def ask(id: str, step: str, page: str) -> ResponseReturnValue:
    """The form: whom to ask, which of the questions of this page, and why."""
    policy = _changeable(id)
    sheet, form = _form(policy, step, page)
    return _ask_page(sheet, form)


@bp.post(ASK)
@limited("comment")
def send(id: str, step: str, page: str) -> ResponseReturnValue:
    """Ask, and show the link, this once."""
    policy = _changeable(id)
    sheet, form = _form(policy, step, page)
    asking = form.read(delegations.tally(delegations.delegated(policy)).waiting)
    if asking is None:
        return _ask_page(sheet, form), 422
    link = delegations.ask(policy, asking, _person(policy))
    policy.touch()
    db.session.commit()
    back = url_for("steps.page", id=id, step=step, page=page) + f"#q-{asking.questions[0]}"
    return render_template("delegation/link.html", id=id, here="", link=link, asking=asking, back=back)


def _changeable(id: str) -> Policy:
    """The policy, for whoever may change it, and not while somebody has signed for its text."""
    policy = policy_for(id, "edit")
    if policy.is_locked:
        raise LockedError(policy, "tasks")
    return policy


def _person(policy: Policy) -> Person | None:
    """Whoever answers for letters: nobody, for a draft without an account."""
    return person_here() if policy.workplace_id and g.role != "holder" else None


def _form(policy: Policy, step: str, page: str) -> tuple[Sheet, AskForm]:
    sheet, person = Sheet.of(policy, step, page), _person(policy)
    form = AskForm.here(question=request.args.getlist("question"), asked_by=person.name if person else "")
    asked = (one for one in sheet.asked if one.id in sheet.now.asked)  # what waits for a choice that is not stored would not be asked of them either
    form.offer([Option(one.id, plain(one.question.label)) for one in asked], person is not None)
    return sheet, form


def _ask_page(sheet: Sheet, form: AskForm) -> str:
    return render_template("delegation/ask.html", id=sheet.policy.id, here="", sheet=sheet, form=form)


@bp.get("/")
def overview(id: str) -> str:
    """Everybody who was asked something, and what has become of it."""
    return _overview(policy_for(id))


def _overview(policy: Policy, has_changed: bool = False) -> str:
    may_settle = may_change() and not policy.is_locked
    cards = cards_of(policy, delegations.delegated(policy), standing_of(policy), current_language(), url_for, may_settle)
    return render_template("delegation/overview.html", id=policy.id, here="", policy=policy, cards=cards, has_changed=has_changed)


@bp.post("/")
def settle(id: str) -> ResponseReturnValue:
    """Use one answer, set it aside, or take all that one colleague was asked back."""
    policy = policy_for(id)
    if gone := said_by("withdraw"):
        delegations.withdraw(Delegation.find(policy.id, gone) or abort(404))
    elif policy.is_locked:
        raise LockedError(policy, "tasks")
    elif not _settled(policy):
        return _overview(policy, has_changed=True), 409
    db.session.commit()
    return redirect(url_for("delegation.overview", id=id), 303)


def _settled(policy: Policy) -> bool:
    """Whether what the button says could be done: not when the answer, or what stands in the policy, is another than on the page."""
    use = said_by("use")
    answer = delegations.read_ref(policy, use or said_by("pass"))
    if answer is None:
        return False
    if not use:
        delegations.set_aside(answer)
        return True
    if is_stale(policy.fingerprint([answer.question])) or answer.question not in answer.delegation.answers:
        return False
    sheet = Sheet.of_questions(policy, [answer.question])
    if not sheet.asked:  # another answer has made the question needless since: there is nowhere to put this one
        return False
    policy.answer(sheet.merged(answer.delegation.answers))
    delegations.taken(policy, answer)
    return True
