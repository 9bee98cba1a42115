"""What the page of HR's answers shows, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.models.comments import Comment
from app.pack.load import the_pack
from app.values.vocabulary import StoredOutcome
from app.web.view_models import ContentWords, Message, Notice, Tag, Words, message

from .context import ReaderContext

DISPUTED: frozenset[StoredOutcome] = frozenset({"noted", "not_taken_in", "changed_otherwise"})  # outcomes after which many still disagree


class Answered(NamedTuple):
    """What HR answered: the outcome and what it means, in HR's words, and which question has another answer for it, if one has."""

    outcome: Tag
    meaning: Words
    words: str
    mended: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One remark that was sent, with HR's answer beside it. `waiting` is said while there is none; `language` is that of the title.

    `stands` says that the disagreement is on record. `may_reply`, `may_stand`: whether a reply may be written, and the disagreement put there;
    `is_stand_folded` hides the button for it.
    """

    comment: Comment
    title: str
    language: str
    answered: Answered | None
    waiting: Message
    stands: Notice | None
    may_reply: bool
    may_stand: bool
    is_stand_folded: bool


def exchange(comment: Comment, desk: ReaderContext, is_broken: bool, takes_replies: bool, screen: str) -> Exchange:
    """The exchange about a remark. `is_broken`: the answer says that the text has changed, and it has not. `screen` is the language of the page."""
    can = bool(comment.outcome) and takes_replies
    return Exchange(
        comment=comment,
        title=desk.title(comment.section_id),
        language=desk.version.language if comment.section_id else screen,
        answered=_answered(comment, is_broken) if comment.outcome else None,
        waiting=message("reading_support_needs_none" if comment.kind == "support" else "reading_not_answered_yet"),
        stands=Notice("warning", (ContentWords(the_pack().review.stands.said),)) if comment.stands else None,
        may_reply=can and not comment.replied_at,
        may_stand=can,
        is_stand_folded=not comment.stands and comment.outcome not in DISPUTED,
    )


def _answered(comment: Comment, is_broken: bool) -> Answered:
    outcome, questions = the_pack().review.outcome(comment.outcome), the_pack().questions
    words, meaning = (outcome.planned, outcome.planned_meaning) if is_broken else (outcome.label, outcome.meaning)
    mended = questions.get(comment.mended) if not is_broken else None
    return Answered(
        Tag(ContentWords(words or outcome.label)),
        ContentWords(meaning or outcome.meaning),
        comment.answer,
        (message("reading_mended"), ContentWords(mended.label)) if mended else (),
    )


def answers_page(desk: ReaderContext, sent: Sequence[Comment], takes_replies: bool) -> dict[str, Any]:
    """What is said above the answers: sentences, and that all is settled where no reply is taken any more."""
    leads = [(desk.stage.id == "closed", "reading_closed_text"), (not sent, "reading_answers_none_sent")]
    is_settled = bool(sent) and not takes_replies and desk.stage.id == "ready"
    return {
        "leads": [message(key) for is_so, key in leads if is_so],
        "settled": Notice("info", (message("reading_settled_short"),)) if is_settled else None,
    }
