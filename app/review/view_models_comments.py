"""What HR's page of comments shows, as plain values: the ways to choose among them, and each comment with its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.models.comments import Comment
from app.models.reviews import Reviewer
from app.pack.load import the_pack
from app.values.vocabulary import StoredOutcome
from app.web.urls import own_words_address
from app.web.view_models import AddressOf, Color, ContentWords, Link, Message, Notice, Tag, Words, counted, message

from .view_models_reviews import role_of

DECLINED: frozenset[StoredOutcome] = frozenset({"noted", "not_taken_in"})  # outcomes after which the text stays as it was


class Filter(NamedTuple):
    """One way to choose among the comments: its words, the address that shows those chosen, and whether they are shown now."""

    words: Words
    address: str
    is_chosen: bool


def filters_of(name: str, choices: Iterable[tuple[str, Words]], chosen: Mapping[str, str], id: str, address: AddressOf) -> list[Filter]:
    """The values that the filter `name` may have, each with its words; "" takes the filter away, and keeps the others that are `chosen`."""
    return [_filter(name, value, words, chosen, id, address) for value, words in choices]


def _filter(name: str, value: str, words: Words, chosen: Mapping[str, str], id: str, address: AddressOf) -> Filter:
    others = {**chosen, name: value}
    if not value:
        del others[name]
    return Filter(words, address("review.comments", id=id, **others), chosen.get(name, "") == value)


def shown_choices(waiting: int, broken: int, chosen: Mapping[str, str]) -> Iterator[tuple[str, Words]]:
    """What the filter `show` offers: everything, what waits for an answer, two kinds, and, where there is any, what was promised and is not done."""
    yield "", message("review_filter_all")
    yield "open", message("review_filter_open", count=waiting)
    yield "disagreement", message("review_filter_disagreement")
    yield "proposals", message("review_filter_proposals")
    if broken or chosen.get("show") == "unchanged":
        yield "unchanged", message("review_filter_unchanged", count=broken)


def lead_of(whole: int, waiting: int) -> Message:
    """How many comments there are in the round, and how many wait for an answer."""
    if not whole:
        return message("review_comments_none")
    return message("review_comments_lead", count=whole, waiting=waiting) if waiting else message("review_comments_lead_done", count=whole)


def done_of(done: str, waiting: int) -> list[Message]:
    """What was done just now; after the last answer also that all are answered."""
    if not done:
        return []
    all_answered = [message("review_done_all")] if done == "answered" and not waiting else []
    return [message(f"review_done_{done}"), *all_answered]


@dataclass(frozen=True, slots=True)
class Untold:
    """The readers who have answers that they were not told of: how many, whether there are letters to write, and who has but a link."""

    text: Message
    has_letters: bool
    by_hand: tuple[Link, ...]


def untold_of(readers: list[Reviewer], id: str, address: AddressOf) -> Untold | None:
    """Whom to tell of new answers; nobody, when all know."""
    if not readers:
        return None
    by_hand = [reader for reader in readers if not reader.email]
    return Untold(
        text=Message("review_untold", {"name": readers[0].name}, len(readers)),
        has_letters=len(by_hand) < len(readers),
        by_hand=tuple(Link(message("review_link_title"), address("review.link", id=id, reviewer=one.id), one.name) for one in by_hand),
    )


# ── one comment ──


@dataclass(frozen=True, slots=True)
class Item:
    """One comment with what is known about it. `questions` are those behind its section; `is_mended`: the answer that HR named has changed since.

    `is_broken`: HR's answer says that the text has changed, and it has not. `is_takeable`: it proposes a text that the section can take in.
    """

    comment: Comment
    reviewer: Reviewer
    questions: tuple[str, ...]
    is_mended: bool
    is_broken: bool
    is_takeable: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What HR answered: in words (`quoted`) or else the name of the outcome; a promise that is not kept; and the question that was changed."""

    outcome: Words
    quoted: str
    broken: Message | None
    mended: Link | None
    mended_state: Tag
    reply: str


@dataclass(frozen=True, slots=True)
class CommentCard:
    """One comment as the page shows it. `questions` are those behind its section, for the form that answers it."""

    comment: Comment
    reviewer: Reviewer
    questions: tuple[str, ...]
    kind: Words
    role: Words
    tags: tuple[Tag, ...]
    answered: Answered | None
    to_answer: Message
    take_in: tuple[TakeIn, ...]


@dataclass(frozen=True, slots=True)
class TakeIn:
    """The ways to take a proposal into the text: as it stands, or edited first."""

    address: str
    edit: Link


def comment_card(item: Item, id: str, address: AddressOf) -> CommentCard:
    """The card of one comment on the policy `id`."""
    comment = item.comment
    return CommentCard(
        comment=comment,
        reviewer=item.reviewer,
        questions=item.questions,
        kind=ContentWords(the_pack().review.kind(comment.kind).label),
        role=role_of(item.reviewer),
        tags=tuple(_tags(comment, item.is_broken)),
        answered=_answered(item, id, address) if comment.outcome else None,
        to_answer=_to_answer(comment),
        take_in=(_take_in(item, id, address),) if item.is_takeable else (),
    )


def _take_in(item: Item, id: str, address: AddressOf) -> TakeIn:
    comment = item.comment
    edit = own_words_address(id, comment.section_id, address, proposal=comment.id)
    return TakeIn(address("review.take_proposal_in", id=id, comment=comment.id), Link(message("review_take_in_edit"), edit, item.reviewer.name))


def _tags(comment: Comment, is_broken: bool) -> Iterator[Tag]:
    if comment.needs_answer:
        yield Tag(message("review_tag_open"), "warning")
    elif comment.outcome:
        yield Tag(outcome_of(comment, is_broken), _outcome_color(comment, is_broken))
    if comment.stands:
        yield Tag(ContentWords(the_pack().review.stands.said), "danger")


def outcome_of(comment: Comment, is_broken: bool) -> Words:
    """What became of the comment; what is promised, as long as it is not done."""
    outcome = the_pack().review.outcome(comment.outcome)
    return ContentWords(outcome.planned if is_broken and outcome.planned else outcome.label)


def _outcome_color(comment: Comment, is_broken: bool) -> Color:
    if is_broken:
        return "warning"
    return "neutral" if comment.outcome in DECLINED else "success"


def _answered(item: Item, id: str, address: AddressOf) -> Answered:
    comment = item.comment
    return Answered(
        outcome=outcome_of(comment, item.is_broken),
        quoted=comment.answer,
        broken=message("review_broken_here" if comment.section_id else "review_broken_whole") if item.is_broken else None,
        mended=_question(comment.mended, id, address) if comment.mended in the_pack().place else None,
        mended_state=Tag(message("review_mended_yes"), "success") if item.is_mended else Tag(message("review_mended_no"), "warning"),
        reply=comment.reply,
    )


def _question(question: str, id: str, address: AddressOf) -> Link:
    """The way to a question, and back to the comments from there."""
    step, page = the_pack().place[question]
    place = address("steps.page", id=id, step=step.id, page=page.id, **{"return": "review"})
    return Link(ContentWords(the_pack().questions[question].label), f"{place}#q-{question}")


def _to_answer(comment: Comment) -> Message:
    if comment.outcome:
        return message("review_answer_change")
    return message("review_answer_thank" if comment.kind == "support" else "review_answer_open")


def unsent_of(unsent: int, is_open: bool) -> Message | None:
    """How many comments the readers of an open review are still working on."""
    return counted("review_comments_unsent", unsent) if unsent and is_open else None


def broken_of(broken: int, id: str, address: AddressOf) -> Notice | None:
    """How many answers say that the text has changed, while it has not; and the way to them."""
    link = Link(message("review_broken_show"), address("review.comments", id=id, show="unchanged"))
    return Notice("warning", (counted("review_broken", broken),), link) if broken else None
