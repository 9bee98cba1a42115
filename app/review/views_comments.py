"""HR reads what was said beside the text it was said about, and answers each comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.documents import compare
from app.documents.model import Document, Section
from app.documents.render import html
from app.models.comments import Comment
from app.models.db import db
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Version
from app.pack.load import the_pack
from app.services.reviews import actions
from app.services.reviews.changes import Changed
from app.services.reviews.proposals import is_open
from app.services.reviews.record import Round, tally, titles_of
from app.values.vocabulary import CHANGING_OUTCOMES, StoredOutcome
from app.web.access import signed_in
from app.web.forms import posted, said_by
from app.web.saving import is_stale
from app.web.view_models import Words, message

from . import view_models_comments as models
from . import view_models_desk as desk
from .context import bp, changeable, kept, may_work, shown
from .forms import AnswerForm
from .view_models_comments import CommentCard, Item, comment_card

CHANGES: tuple[StoredOutcome, ...] = ("taken_in", "changed_otherwise", "noted", "not_taken_in")
OFFERED: dict[str, tuple[StoredOutcome, ...]] = {"question": ("answered",), "proposal": CHANGES, "disagreement": CHANGES, "support": ("answered",)}
FILTERS = ("show", "section", "reader")
DONE = ("answered", "told", "told_none")


@dataclass(frozen=True, slots=True)
class Group:
    """A section of what was read, with what was said about it; without `section` it is about the whole."""

    version: Version
    section: Section | None
    words: Markup
    base: str
    items: tuple[CommentCard, ...]

    @property
    def waiting(self) -> int:
        """How many of the comments wait for an answer."""
        return sum(item.comment.needs_answer for item in self.items)


# ── the page ──


@bp.get("/comments")
def comments(id: str) -> ResponseReturnValue:
    """Everything that was sent in this round, section by section; sections with open comments first."""
    return _page(kept(id))


@bp.get("/comments/<policy:comment>")
def comment(id: str, comment: str) -> ResponseReturnValue:
    """The address of one comment."""
    policy = kept(id)
    return redirect(url_for("review.comments", id=policy.id, answer=_found(policy, comment).id) + f"#comment-{comment}")


def _page(policy: Policy, form: AnswerForm | None = None, answering: str = "") -> ResponseReturnValue:
    found, changed = Round.of(policy), Changed.now(policy)
    groups = sorted(_groups(policy, found, changed), key=lambda group: not group.waiting)
    first = next((item.comment.id for group in groups for item in group.items if item.comment.needs_answer), "")
    broken = len(_broken(found, changed))
    page = _words_of_page(policy, found, broken) | _desk(policy, found, groups, broken)
    page |= {"forms": _forms(groups) | ({answering: form} if form else {}), "filters": _filters()}
    return shown("review/comments.html", policy, form, groups=groups, answering=answering or request.args.get("answer") or first, **page)


def _forms(groups: list[Group]) -> dict[str, AnswerForm]:
    """The form for the answer to each comment, with the answer that stands."""
    return {item.comment.id: _form(item.comment, item.questions) for group in groups for item in group.items}


def _form(found: Comment, questions: Sequence[str], posted: MultiDict[str, str] | None = None) -> AnswerForm:
    """The form for the answer to a comment, with what was posted, or with the answer that stands."""
    stored = {"outcome": found.outcome, "answer": found.answer, "mended": found.mended}
    form = AnswerForm(posted, data=stored, meta={"mark": f"{found.id}-"})
    form.offer(found.kind, OFFERED[found.kind], questions)
    return form


def _words_of_page(policy: Policy, found: Round, broken: int) -> dict[str, Any]:
    """What is said above the comments, and the ways to choose among them."""
    waiting, done = sum(said.needs_answer for said in found.comments), request.args.get("done", "")
    unsent = sum(part[1] for review in found.reviews for part in tally(review).values())
    return {
        "whole": bool(found.comments),
        "picture": "" if found.comments else "no_comments",
        "waiting": waiting,
        "lead": models.lead_of(len(found.comments), waiting),
        "done": models.done_of(done if done in DONE else "", waiting),
        "unsent": models.unsent_of(unsent, any(review.is_open for review in found.reviews)),
        "broken": models.broken_of(broken, policy.id, url_for),
        "untold": models.untold_of(actions.untold(found), policy.id, url_for) if may_work(policy) else None,
    }


def _desk(policy: Policy, found: Round, groups: list[Group], broken: int) -> dict[str, Any]:
    """What stands around the comments: the ways to choose among them, who has read how far, and the way from each to the next."""
    chosen, waiting = _filters(), sum(said.needs_answer for said in found.comments)
    shown_now = models.filters_of("show", models.shown_choices(waiting, broken, chosen), chosen, policy.id, url_for)
    offered: dict[str, list[tuple[str, Words]]] = {
        "reader": [("", message("review_filter_all_readers")), *((one.id, one.name) for one in _readers(found))],
        "section": [("", message("review_filter_all_sections")), *((id, title or message("review_whole")) for id, title in _titles(found).items())],
    }
    on_page = [item.comment for group in groups for item in group.items]
    return {
        "filters_shown": desk.filters(shown_now, offered, chosen),
        "readers": desk.reader_rows(found.reviews, found.reviewers.values(), found.comments, policy.id, url_for),
        "nexts": desk.next_ways(on_page, partial(_address, policy.id)),
        "first_open": desk.first_way(on_page, partial(_address, policy.id)),
    }


def _broken(found: Round, changed: Changed) -> list[Comment]:
    """The comments whose answer says that the text has changed, while it has not."""
    return [said for said in found.comments if changed.is_broken(said, found.version_of(said))]


def _filters() -> dict[str, str]:
    """What the reader of the page has chosen to see, as it stands in the address."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _address(id: str, **more: str) -> str:
    """The address of the page that shows what is shown now."""
    values: dict[str, Any] = {**_filters(), **more}
    return url_for("review.comments", id=id, **values)


def _is_chosen(said: Comment) -> bool:
    wanted, section = _filters(), said.section_id or "whole"
    is_there = wanted.get("section", section) == section and wanted.get("reader", said.reviewer_id) == said.reviewer_id
    return is_there and desk.is_shown(said, wanted.get("show", ""))


def _readers(found: Round) -> list[Reviewer]:
    """Those who have said something."""
    spoke = {said.reviewer_id for said in found.comments}
    return [reviewer for reviewer in found.reviewers.values() if reviewer.id in spoke]


def _titles(found: Round) -> dict[str, str]:
    """The sections that something was said about, by id."""
    titles = {id: title for version in found.versions.values() for id, title in titles_of(version).items()}
    return {said.section_id or "whole": titles.get(said.section_id, "") for said in found.comments}


def _groups(policy: Policy, found: Round, changed: Changed) -> list[Group]:
    """What was chosen, by section. Comments that stand together in the round are about the same section of the same version."""
    chosen = [said for said in (_broken(found, changed) if _filters().get("show") == "unchanged" else found.comments) if _is_chosen(said)]
    groups = []
    for (_, section_id), of_section in groupby(chosen, key=lambda said: (said.review_id, said.section_id)):
        said = list(of_section)
        version = found.version_of(said[0])
        section = version.thawed.section(section_id)
        items = sorted((_item(policy, version, section, one, found, changed) for one in said), key=lambda item: not item.comment.needs_answer)
        base = "\n".join(compare.body_of(section)) if section else ""
        groups.append(Group(version, section, _drawn(version.thawed, section, version.number), base, tuple(items)))
    return groups


def _item(policy: Policy, version: Version, section: Section | None, said: Comment, found: Round, changed: Changed) -> CommentCard:
    is_mended = bool(said.mended) and version.answers.get(said.mended) != policy.answers.get(said.mended)
    is_broken = changed.is_broken(said, version)
    is_done = said.outcome in CHANGING_OUTCOMES and not is_broken
    is_takeable = bool(said.wording) and not is_done and is_open(policy, said.section_id)
    item = Item(said, found.reviewers[said.reviewer_id], _questions(section), is_mended, is_broken, is_takeable)
    return comment_card(item, policy.id, url_for)


def _questions(section: Section | None) -> tuple[str, ...]:
    """The questions whose answers made the section."""
    return tuple(id for id in section.answers if id in the_pack().place) if section else ()


def _drawn(document: Document, section: Section | None, number: int) -> Markup:
    """The section as it was read, its heading one below the page's; the id of the heading tells versions apart."""
    if section is None:
        return Markup("")
    drawn = str(html.sections(replace(document, sections=(replace(section, level=1),)), 1)[0])  # as str, for Markup escapes what it puts in
    return Markup(drawn.replace(f'id="section-{section.id}"', f'id="section-{section.id}-{number}"'))  # noqa: S704 (it is markup already)


# ── answering ──


@bp.post("/comments/<policy:comment>")
def answer(id: str, comment: str) -> ResponseReturnValue:
    """Answer a comment, or answer it anew. Refused when its writer, or a colleague, changed it since the page was opened."""
    policy = changeable(id)
    found = _found(policy, comment, lock=True)
    form = _form(found, _questions_behind(found), posted())
    given = form.read()
    if is_stale(str(found.revision), "revision") and given != _stored(found):
        return _overtaken(policy, found, form)
    if form.faults:
        return _page(policy, form, found.id)
    if given != _stored(found):
        found.answer_with(*given, signed_in().id)
        actions.log(policy, "comment_answered", signed_in(), comment=found.id, outcome=given[0])
        db.session.commit()
    return redirect(_onward(policy, found), 303)


def _found(policy: Policy, id: str, lock: bool = False) -> Comment:
    """A comment of this round that was sent. With `lock`, its writer cannot change it before this transaction ends."""
    wanted = (Comment.id == id, Comment.sent_at.is_not(None), Review.policy_id == policy.id, Review.round == policy.round)
    query = select(Comment).join(Review).where(*wanted)
    found = db.session.scalar(query.with_for_update(of=Comment).execution_options(populate_existing=True) if lock else query)
    if found is None:
        abort(404)
    return found


def _questions_behind(found: Comment) -> tuple[str, ...]:
    """The questions whose answers made the section that the comment is about."""
    version = db.session.scalars(select(Version).join(Review, Review.version_id == Version.id).where(Review.id == found.review_id)).one()
    return _questions(version.thawed.section(found.section_id))


def _stored(found: Comment) -> tuple[StoredOutcome, str, str]:
    return found.outcome, found.answer, found.mended


def _overtaken(policy: Policy, found: Comment, form: AnswerForm) -> ResponseReturnValue:
    """Both texts side by side: what was typed here, and what stands now. Nothing is lost, and the next save knows of both."""
    reviewer = db.session.get_one(Reviewer, found.reviewer_id)
    typed = {"outcome": form.outcome.data, "answer": form.answer.typed, "mended": form.mended.data, "to": said_by("to")}
    page = {"comment": found, "reviewer": reviewer, "typed": typed, "offered": OFFERED[found.kind], "filters": _filters()}
    return render_template("review/overtaken.html", id=policy.id, here="review.overview", policy=policy, **page), 409


def _onward(policy: Policy, found: Comment) -> str:
    """Where HR goes after an answer: to the question whose answer is to be changed, or to the next comment that is open."""
    if said_by("to") == "change" and found.mended:
        step, page = the_pack().place[found.mended]
        return url_for("steps.page", id=policy.id, step=step.id, page=page.id) + f"?return=review#q-{found.mended}"
    chosen = [said for said in Round.of(policy).comments if _is_chosen(said) or said.id == found.id]
    at = next(at for at, said in enumerate(chosen) if said.id == found.id)
    following = next((said for said in [*chosen[at + 1 :], *chosen[:at]] if said.needs_answer), None)
    to = following.id if following else found.id
    return _address(policy.id, answer=to, done="answered") + f"#comment-{to}"


@bp.post("/comments/tell")
def tell(id: str) -> ResponseReturnValue:
    """Write to the readers who have new answers, once to each."""
    policy = changeable(id)
    told = actions.tell(policy, Round.of(policy), signed_in())
    db.session.commit()
    return redirect(url_for("review.comments", id=id, done="told" if told else "told_none"), 303)
