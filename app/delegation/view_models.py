"""What HR's page about colleagues shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from app.models.policy import Policy
from app.pack.answers import Standing
from app.pack.load import the_pack
from app.pack.text import Language
from app.services.delegations import Delegated, State
from app.web.answer_text import said
from app.web.view_models import AddressOf, Color, ContentWords, Link, Message, Tag, Words, message

COLORS: dict[State, Color] = {"answered": "success", "waiting": "info", "taken": "neutral", "done": "neutral"}


class QuestionRow(NamedTuple):
    """One question: what has become of it, what was answered, and what stands in the draft. Without `ref` there is nothing to do.

    `has_answer`: there is one that can be used, for the question is still asked.
    """

    link: Link
    tag: Tag
    line: Words
    said: Sequence[Words]
    note: str
    stands: Sequence[str]
    ref: str
    has_answer: bool
    fingerprint: str


class Card(NamedTuple):
    """One colleague, and what they were asked together. `deletes`: taking it back loses answers."""

    id: str
    name: str
    about: Message
    message: str
    undelivered: Message | None
    rows: Sequence[QuestionRow]
    may_withdraw: bool
    deletes: bool


def cards_of(policy: Policy, found: Iterable[Delegated], now: Standing, language: Language, address: AddressOf, may_settle: bool) -> list[Card]:
    """A card for each time that somebody was asked, the last first."""
    cards = []
    for _, group in groupby(found, key=lambda one: one.delegation.id):
        rows = list(group)
        asked = rows[0].delegation
        cards.append(Card(
            asked.id, asked.name, message("delegation_card_about", by=asked.asked_by, day=asked.asked_at, until=asked.expires_at), asked.message,
            message("delegation_undelivered") if asked.undelivered_at and not asked.answered_at else None,
            [_row(policy, one, now, language, address, may_settle) for one in rows], may_settle, bool(asked.answered_at),
        ))  # fmt: skip
    return cards


def _row(policy: Policy, one: Delegated, now: Standing, language: Language, address: AddressOf, may_settle: bool) -> QuestionRow:
    question, is_answered = one.question, one.state == "answered"
    step, page = the_pack().place[question.id]
    link = Link(ContentWords(question.label), f"{address('steps.page', id=policy.id, step=step.id, page=page.id)}#q-{question.id}")
    words, may_use = _said(one, now, language), one.has_answer and question.id in now.asked
    stands = said(now, question, now.values.get(question.id), language) if is_answered and question.id in now.confirmed else []
    return QuestionRow(
        link, Tag(message(f"delegation_state_{one.state}"), COLORS[one.state]), one.line if words or one.note else "",
        words, one.note, [] if stands == words else stands, one.ref if is_answered and may_settle else "", may_use,
        policy.fingerprint([question.id]),
    )  # fmt: skip


def _said(one: Delegated, now: Standing, language: Language) -> Sequence[Words]:
    """The answer in words, also one that says that it is not decided yet."""
    return one.said(now, language) or ([message("field_undecided")] if one.has_answer else [])
