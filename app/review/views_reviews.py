"""HR's side of a review: send the draft, see how far the readers have come, follow up, and close."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clock import day_of, today
from app.documents import assemble
from app.documents.model import Section
from app.models.db import db, only_read
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.services.reviews import actions, closing, reminders
from app.services.reviews.actions import LockedPolicyError, ReviewOpenError
from app.services.reviews.delivery import is_unreached
from app.services.reviews.meetings import meetings_of
from app.services.reviews.record import Round, tally
from app.services.standing_cache import standing_of
from app.web.access import policy_for, signed_in
from app.web.choices import Option
from app.web.language import current_language

from .context import NotPossibleError, bp, changeable, kept, may_work, open_one, origin, readers_let_in, reviewer_of, shown, visit_of
from .forms import DateForm, ReadersForm, SendForm, to_judge
from .view_models_reviews import EarlierReader, Progress, closing_page, earlier_reader, more_links, reader_card, review_summary

DONE = ("closed", "closing", "invited", "moved", "reminded", "revoked", "sent")


# ── sending ──


@bp.get("")
def overview(id: str) -> ResponseReturnValue:
    """How far the readers have come; before anybody was asked, the form that sends the draft."""
    policy = policy_for(id)
    if policy.workplace_id is None:
        return render_template("review/keep_first.html", id=id, here="review.overview")
    only_read()
    found = Round.of(policy)
    if not found.reviews and may_work(policy):
        return _form(policy, _send_form(policy))
    return _overview(policy, found)


def _overview(policy: Policy, found: Round) -> ResponseReturnValue:
    review, visit, meetings = found.reviews[-1] if found.reviews else None, visit_of(policy), meetings_of(policy)
    progress = _progress(review) if review else []
    summary = review_summary(review, found.versions[review.version_id].number, progress, found.comments, visit) if review else None
    done = request.args.get("done", "")
    return shown(
        "review/overview.html", policy, review=summary, readers=[reader_card(one, visit) for one in progress],
        earlier_readers=_earlier_readers(policy, review), more=more_links(review, len(meetings), visit), done=done if done in DONE else "",
    )  # fmt: skip


def _earlier_readers(policy: Policy, but: Review | None) -> list[EarlierReader]:
    """Those whose links to another review of the policy are still good, for whoever may take them back."""
    visit = visit_of(policy)
    return [earlier_reader(one, visit) for one in readers_let_in(policy, but.id if but else "")] if visit.may_revoke else []


def _progress(review: Review) -> list[Progress]:
    counts = tally(review)
    readers = [(one, *counts.get(one.id, (0, 0))) for one in review.reviewers()]
    may_remind = review.is_open and review.answer_by >= today()
    return [Progress(one, sent, unsent if review.is_open else 0, may_remind and _is_due(one), review.sections) for one, sent, unsent in readers]


def _is_due(reviewer: Reviewer) -> bool:
    """Whether they may be reminded today."""
    still = reviewer.email and not reviewer.finished_at and not reviewer.revoked_at and not is_unreached(reviewer)
    return bool(still) and (reviewer.reminded_at is None or day_of(reviewer.reminded_at) < today())


@bp.get("/new")
def new(id: str) -> ResponseReturnValue:
    """The form that sends the draft, also after an earlier review."""
    policy = changeable(id)
    if Review.open_of(policy.id):
        return redirect(url_for("review.overview", id=id))
    return _form(policy, _send_form(policy))


@bp.post("")
def send(id: str) -> ResponseReturnValue:
    """Freeze the draft, open the review, write to the readers. Links to copy are shown now, and never again."""
    policy = policy_for(id)
    if policy.workplace_id is None:
        return render_template("review/keep_first.html", id=id, here="review.overview"), 409
    form = _send_form(policy)
    if form.with_other_rows(current_language()):
        return _form(policy, form)
    sent = form.read(today())
    if sent is None:
        return _form(policy, form)
    try:
        links = actions.open_review(policy, sent, signed_in(), origin())
        db.session.commit()
    except (ReviewOpenError, LockedPolicyError) as problem:
        raise NotPossibleError("open" if isinstance(problem, ReviewOpenError) else "locked") from problem
    return _after_inviting(policy, links, "sent")


def _after_inviting(policy: Policy, links: actions.Links, done: str) -> ResponseReturnValue:
    """The links that are to be copied; back to the overview when there are none."""
    to_copy = [(reviewer, actions.address_of(origin(), reviewer.language, token)) for reviewer, token in links if not reviewer.email]
    if not to_copy:
        return redirect(url_for("review.overview", id=policy.id, done=done), 303)
    return render_template("review/links.html", id=policy.id, here="review.overview", links=to_copy, done=done, mailed=len(links) - len(to_copy))


def _sections(policy: Policy) -> tuple[Section, ...]:
    return assemble.policy(policy.draft()).sections


def _send_form(policy: Policy) -> SendForm:
    """What this request posted, or the form before anybody types."""
    sections = _sections(policy)
    form = SendForm.here(**SendForm.new([one.id for one in sections], today(), current_language()))
    form.offer([Option(one.id, one.title) for one in sections])
    return form


def _form(policy: Policy, form: SendForm) -> ResponseReturnValue:
    sections = _sections(policy)
    levels = [section.level for section in sections]
    is_by_hand = set(form.section.data or []) != set(to_judge([section.id for section in sections]))
    sector = standing_of(policy).sector
    asks = sector.safety_rep_asks if sector else []
    return shown("review/send.html", policy, form, levels=levels, is_by_hand=is_by_hand, asks=asks, earlier_readers=_earlier_readers(policy, None))


# ── while readers read ──


@bp.route("/invite", methods=["GET", "POST"])
def invite(id: str) -> ResponseReturnValue:
    """Invite more readers to the review that is open."""
    policy = changeable(id)
    review = open_one(policy)
    if review.answer_by < today():
        raise NotPossibleError("late")
    form = ReadersForm.here(**ReadersForm.first(("other",), current_language()))
    if request.method == "POST" and not form.with_other_rows(current_language()):
        form.validate()
        readers = form.readers([one.email for one in review.reviewers() if not one.revoked_at])
        if not form.faults:
            links = actions.invite(policy, review, readers, signed_in())
            db.session.commit()
            return _after_inviting(policy, links, "invited")
    return shown("review/invite.html", policy, form, review=review)


@bp.route("/date", methods=["GET", "POST"])
def move(id: str) -> ResponseReturnValue:
    """Another date to answer by."""
    policy = changeable(id)
    review = open_one(policy)
    form = DateForm.here(answer_by=review.answer_by)
    if request.method == "POST":
        day = form.read_date(today())
        if day:
            review.move(day)
            actions.log(policy, "review_moved", signed_in(), review=review.id, answer_by=day.isoformat())
            db.session.commit()
            return redirect(url_for("review.overview", id=id, done="moved"), 303)
    return shown("review/date.html", policy, form, review=review)


@bp.route("/close", methods=["GET", "POST"])
def close(id: str) -> ResponseReturnValue:
    """Ask, then close the review; a day later when somebody has words that they have not sent."""
    policy = changeable(id)
    review = open_one(policy)
    if request.method == "POST":
        is_closed = closing.close(policy, review, signed_in())
        db.session.commit()
        return redirect(url_for("review.overview", id=id, done="closed" if is_closed else "closing"), 303)
    return shown("review/close.html", policy, **closing_page(review, review.reviewers(), closing.waiting_in(review)))


@bp.post("/readers/<policy:reviewer>/remind")
def remind(id: str, reviewer: str) -> ResponseReturnValue:
    """Write to a reader once more, at most once a day."""
    policy = changeable(id)
    review = open_one(policy)
    reader = reviewer_of(policy, reviewer)
    if is_unreached(reader):
        raise NotPossibleError("undelivered")
    if reader.review_id != review.id or not reminders.remind_now(reader, review):
        raise NotPossibleError("reminded")
    actions.count_letters(policy, [reader], signed_in())
    actions.log(policy, "reviewer_reminded", signed_in(), reviewer=reader.id)
    db.session.commit()
    return redirect(url_for("review.overview", id=id, done="reminded") + f"#reader-{reader.id}", 303)


@bp.get("/readers/<policy:reviewer>/remind")
@bp.get("/comments/tell")
def back(id: str, reviewer: str = "") -> ResponseReturnValue:
    """The address of a button without the button, reached by changing the language: back to where it is."""
    return redirect(url_for("review.overview", id=kept(id).id, _anchor=f"reader-{reviewer}" if reviewer else None))


@bp.route("/readers/<policy:reviewer>/link", methods=["GET", "POST"])
def link(id: str, reviewer: str) -> ResponseReturnValue:
    """A new link to copy. It is shown once; those made before stay good."""
    policy = changeable(id)
    reader = reviewer_of(policy, reviewer)
    if reader.revoked_at:
        raise NotPossibleError("over")
    if request.method != "POST":
        return shown("review/link.html", policy, reader=reader)
    token = actions.link_by_hand(policy, reader, signed_in())
    db.session.commit()
    return _after_link(policy, reader, token)


def _after_link(policy: Policy, reader: Reviewer, token: str) -> str:
    links = [(reader, actions.address_of(origin(), reader.language, token))]
    return render_template("review/links.html", id=policy.id, here="review.overview", links=links, done="link", mailed=0)


@bp.route("/readers/<policy:reviewer>/revoke", methods=["GET", "POST"])
def revoke(id: str, reviewer: str) -> ResponseReturnValue:
    """Ask, then take the invitation back. Also when the text is signed for or in the archive: a link that went astray must be stopped."""
    policy = kept(id, "edit", archived=True)
    reader = reviewer_of(policy, reviewer)
    if request.method == "POST":
        if not reader.revoked_at:
            actions.revoke(policy, reader, signed_in())
            db.session.commit()
        return redirect(url_for("review.overview", id=id, done="revoked"), 303)
    review = db.session.get_one(Review, reader.review_id)
    sent, _ = tally(review).get(reader.id, (0, 0))
    return shown("review/revoke.html", policy, reader=reader, sent=sent, late=not review.is_open)
