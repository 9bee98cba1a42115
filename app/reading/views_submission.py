"""What the reader has said: sending it, being done, and what HR answers."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.mail.messages import write
from app.models.audit_log import record_event
from app.models.comments import AnsweredError, Comment
from app.models.db import db
from app.models.outbox import Letter
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.workplaces import Workplace
from app.services.reviews.changes import Changed
from app.web import limits
from app.web.forms import posted, said_by
from app.web.language import current_language, t
from app.web.limits import limited
from app.web.urls import external

from .blueprint import AT, bp
from .context import NotSavedError, ReaderContext
from .forms import ReplyForm
from .view_models import remark_card, summary_alert, summary_deeds, summary_lead, summary_picture
from .view_models_answers import answers_page, exchange
from .views_comments import section_address


@bp.get(f"{AT}/summary")
def summary(id: str) -> str:
    """All that the reader has said, and the buttons that send it."""
    desk = ReaderContext.of(id)
    places = [("", t("reading_whole_title")), *desk.titles.items()]
    cards = {section: [remark_card(one, id, desk.may_write, url_for) for one in desk.own(section)] for section, _ in places}
    said = [(section, title, cards[section]) for section, title in places if cards[section]]
    page = {
        "lead": summary_lead(desk),
        "picture": summary_picture(desk),
        "notice": summary_alert(desk, request.args.get("just", "")),
        "deeds": summary_deeds(desk),
    }
    return render_template("reading/summary.html", desk=desk, id=id, said=said, **page)


@bp.post(f"{AT}/summary")
@limited("comment")
def send(id: str) -> ResponseReturnValue:
    """Send what HR has not seen; be done; take it up again; or delete what was not sent. Being done writes to somebody, so it is counted."""
    desk, do = ReaderContext.of(id), said_by("do")
    if do == "finish":
        db.session.rollback()
        if limits.is_past("reading", f"finished {id}"):
            raise limits.limit_error("comment")
        desk = ReaderContext.of(id)
    if not desk.review.is_open and do != "forget":
        raise NotSavedError("closed", desk.reviewer.id)
    if do not in DEEDS:
        abort(400)
    DEEDS[do](desk)
    db.session.commit()
    return redirect(url_for("reading.summary", id=id, just=do), 303)


def _send(desk: ReaderContext) -> None:
    _log_sent(desk, desk.reviewer.send_all())


def _finish(desk: ReaderContext) -> None:
    """Only once until the reader has reopened it: a button pressed twice tells HR once."""
    if desk.reviewer.finished_at:
        return
    _log_sent(desk, desk.reviewer.finish())
    _log(desk, "reviewer_finished", role=desk.reviewer.role)
    _tell(desk)


def _reopen(desk: ReaderContext) -> None:
    desk.reviewer.reopen()
    _log(desk, "reviewer_reopened")
    Letter.withdraw(desk.reviewer.id)


def _forget(desk: ReaderContext) -> None:
    """What was not sent when the review was closed is theirs to delete at once."""
    if not desk.review.is_open:
        Reviewer.forget_unsent(Reviewer.id == desk.reviewer.id)


DEEDS = {"send": _send, "finish": _finish, "reopen": _reopen, "forget": _forget}


def _log_sent(desk: ReaderContext, count: int) -> None:
    if count:
        _log(desk, "comment_sent", count=count)


def _log(desk: ReaderContext, what: str, **about: int | str) -> None:
    record_event(what, desk.policy.workplace_id, desk.policy.id, None, desk.reviewer.id, review=desk.review.id, **about)


def _tell(desk: ReaderContext) -> None:
    """Write to whoever asked them, as long as that person belongs to the workplace."""
    place = db.session.get(Workplace, desk.policy.workplace_id) if desk.policy.workplace_id else None
    asker = db.session.get(Person, desk.review.opened_by) if desk.review.opened_by else None
    if place is None or asker is None or place.member(asker.id) is None:
        return
    link = external("start.start", language=asker.language) + f"policies/{desk.policy.id}/review"
    told: dict[str, Any] = {"reviewer_role": desk.reviewer.role, "workplace": place.name, "policy": desk.version.document["title"], "link": link}
    write("reviewer_finished", asker.email, asker.language, about=desk.reviewer.id, **told)


# ── what HR answers ──

ANSWERS_BACK = {"reply": "comment_replied", "stand": "disagreement_stands", "unstand": "disagreement_withdrawn"}


@bp.get(f"{AT}/answers")
def answers(id: str) -> str:
    """Each remark of theirs that was sent, with its answer beside it."""
    return _answers(ReaderContext.of(id))


def _answers(desk: ReaderContext, at: str = "", form: ReplyForm | None = None) -> str:
    """The answers. `form` is the reply to the remark `at` that has to be mended."""
    sent = [comment for comment in desk.comments if comment.sent_at]
    takes_replies, changed = desk.review.takes_replies(), Changed.of_round(desk.policy, desk.review.round)
    found = [exchange(one, desk, changed.is_broken(one, desk.version), takes_replies, current_language()) for one in sent]
    forms = {one.comment.id: form if form and one.comment.id == at else ReplyForm.to(one.comment.id) for one in found if one.may_reply}
    page: dict[str, Any] = {"exchanges": found, "at": at, "forms": forms, "form": form or ReplyForm.to(at), **answers_page(desk, sent, takes_replies)}
    return render_template("reading/answers.html", desk=desk, id=desk.reviewer.id, **page)


@bp.get(f"{AT}/answers/<policy:comment>")
def answer(id: str, comment: str) -> ResponseReturnValue:
    """One answer: where it stands among the others."""
    desk = ReaderContext.of(id)
    _hers(desk, comment)
    return redirect(url_for("reading.answers", id=id) + f"#c-{comment}")


def _hers(desk: ReaderContext, comment: str) -> Comment:
    found = desk.own_comment(comment)
    if found.sent_at is None:
        abort(404)
    return found


@bp.post(f"{AT}/answers/<policy:comment>")
@limited("comment")
def reply(id: str, comment: str) -> ResponseReturnValue:
    """Reply once, or say that the disagreement stands, until a version is made ready."""
    _hold_policy(id)
    desk = ReaderContext.of(id)
    found = _hers(desk, comment)
    if not desk.review.takes_replies():
        raise NotSavedError("settled", desk.reviewer.id)
    form = ReplyForm.to(comment, posted())
    if said_by("do") == "reply" and not form.validate():
        return _answers(desk, comment, form), 422
    try:
        _log(desk, _answer_back(found, form.reply.data), comment=found.id)
    except AnsweredError as problem:
        raise NotSavedError("replied", desk.reviewer.id) from problem
    db.session.commit()
    return redirect(url_for("reading.answers", id=id) + f"#c-{comment}", 303)


def _hold_policy(id: str) -> None:
    """Nobody makes a version ready while the reader replies: its record would lack the reply. Before the row of the reader, as in closing."""
    theirs = select(Review.policy_id).join(Reviewer).where(Reviewer.id == id)
    db.session.execute(select(Policy.id).where(Policy.id.in_(theirs)).with_for_update())


def _answer_back(found: Comment, words: str) -> str:
    """Do what the button says; how the log tells of it."""
    do = said_by("do")
    if do not in ANSWERS_BACK:
        abort(400)
    if do == "reply":
        found.reply_with(words)
    else:
        found.let_stand(do == "stand")
    return ANSWERS_BACK[do]


def about(desk: ReaderContext, comment: Comment) -> tuple[str, str]:
    """What a remark is about: the title of the section, and where it is read."""
    return desk.title(comment.section_id), section_address(desk.reviewer.id, comment.section_id)
