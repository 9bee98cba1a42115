"""Delegated questions: asking, what has become of each, using an answer, and taking a question back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import update

from app.clock import now
from app.mail.delivery import on_delivery
from app.mail.messages import write
from app.models.audit_log import record_event
from app.models.db import db
from app.models.delegations import SET_ASIDE, Delegation
from app.models.outbox import Letter
from app.models.people import Person
from app.models.policy import Policy
from app.models.workplaces import Workplace
from app.pack.answers import Standing
from app.pack.engine import WORKPLACE_NAME
from app.pack.load import the_pack
from app.pack.question import Question
from app.pack.text import Language
from app.web import limits
from app.web.answer_text import said
from app.web.language import current_language
from app.web.urls import external
from app.web.view_models import Message, message

State = Literal["answered", "waiting", "taken", "done"]
TOLD: tuple[State, ...] = ("answered", "waiting", "taken")  # what a question shows of several, the first first


@dataclass(frozen=True, slots=True)
class Delegated:
    """One question that somebody was asked, and what has become of it."""

    delegation: Delegation
    question: Question
    state: State

    @property
    def ref(self) -> str:
        """What a button says that uses this very answer, or sets it aside."""
        return f"{self.delegation.id}.{self.question.id}.{self.delegation.mark(self.question.id)}"

    @property
    def line(self) -> Message:
        """Who was asked, or has answered, and when; of an answer that HR has not looked at, that it is new."""
        if self.state == "waiting":
            return message("delegation_waiting", name=self.delegation.name, day=self.delegation.asked_at)
        key = "delegation_answered" if self.state == "answered" else "delegation_answer_of"
        return message(key, name=self.delegation.answered_by, day=self.delegation.answered_at)

    @property
    def has_answer(self) -> bool:
        """Whether there is an answer to use, and not words alone."""
        return self.question.id in self.delegation.answers

    @property
    def note(self) -> str:
        """What they wrote instead of an answer, or beside it."""
        return self.delegation.notes.get(self.question.id, "")

    def said(self, now: Standing, language: Language) -> list[str]:
        """The answer in words."""
        return said(now, self.question, self.delegation.answers.get(self.question.id), language)


def delegated(policy: Policy) -> list[Delegated]:
    """Every question of the policy that somebody was asked, the last asked first. What the content no longer asks is passed over."""
    pack = the_pack()
    asked = ((one, id) for one in Delegation.of(policy.id) for id in one.questions if id in pack.questions)
    return [Delegated(one, pack.questions[id], _state(one, id, policy)) for one, id in asked]


def _state(one: Delegation, question: str, policy: Policy) -> State:
    if question in one.settled:
        return "taken" if one.settled[question] == policy.fingerprint([question]) else "done"
    return "answered" if question in one.answers or question in one.notes else "waiting"


def by_question(found: Iterable[Delegated]) -> dict[str, Delegated]:
    """What each question shows: an answer to look at, else who is asked, else whose answer stands."""
    told = sorted((one for one in found if one.state in TOLD), key=lambda one: TOLD.index(one.state), reverse=True)
    return {one.question.id: one for one in told}


class Tally(NamedTuple):
    """How many questions wait for a colleague, how many of those in vain, how many answers wait for HR, and how many were asked in all."""

    waiting: int
    unreached: int
    answered: int
    asked: int


def tally(found: Sequence[Delegated]) -> Tally:
    """Count what there is to wait for, and to do."""
    states = Counter(one.state for one in found)
    unreached = sum(one.state == "waiting" and one.delegation.undelivered_at is not None for one in found)
    return Tally(states["waiting"], unreached, states["answered"], len(found))


class Asking(NamedTuple):
    """Who is asked what, by whom. Without `email` they get a link that is copied by hand."""

    questions: list[str]
    name: str
    asked_by: str
    email: str
    message: str


def ask(policy: Policy, asking: Asking, person: Person | None) -> str:
    """Ask a colleague; the address of their page. Whoever is signed in may have it sent. Raises LimitError for too many letters."""
    email = asking.email if person and policy.workplace_id else ""
    asked, token = Delegation.ask(policy, asking.questions, asking.name, asking.asked_by, email, asking.message, current_language())
    link = external("colleague.answer", token=token)
    if email and person:
        limits.check_letters([email], person.id, person.is_new(), str(policy.workplace_id))
        told: dict[str, Any] = {"name": asked.name, "workplace": workplace_of(policy), "by": asked.asked_by, "greeting": asked.message, "link": link}
        write("colleague_asked", email, asked.language, about=asked.id, **told)
    record_event("colleague_asked", policy.workplace_id, policy.id, person.id if person else None, count=len(asked.questions))
    return link


def workplace_of(policy: Policy) -> str:
    """What the workplace is called; empty when nobody has said."""
    place = db.session.get(Workplace, policy.workplace_id) if policy.workplace_id else None
    name = policy.answers.get(WORKPLACE_NAME)
    return place.name if place else name if isinstance(name, str) else ""


@on_delivery
def mark_colleague(letter: Letter, has_gone: bool) -> None:
    """Remember that the letter with a colleague's link did not arrive, so that whoever asked is told."""
    if letter.kind == "colleague_asked" and not has_gone:
        theirs = update(Delegation).where(Delegation.id == letter.about).values(undelivered_at=now())
        db.session.execute(theirs.execution_options(synchronize_session=False))


class Answer(NamedTuple):
    """A colleague's answer to one question, held until the transaction ends."""

    delegation: Delegation
    question: str


def read_ref(policy: Policy, ref: str) -> Answer | None:
    """The answer that a button is about; None when another one has taken its place, or it is settled."""
    id, _, rest = ref.partition(".")
    question, _, mark = rest.partition(".")
    found = Delegation.find(policy.id, id)
    is_good = found is not None and question in found.open_questions() and mark == found.mark(question)
    return Answer(found, question) if found and is_good else None


def taken(policy: Policy, answer: Answer) -> None:
    """HR uses the answer, which is stored in the policy by now."""
    answer.delegation.settle(answer.question, policy.fingerprint([answer.question]))


def set_aside(answer: Answer) -> None:
    """HR does not use the answer."""
    answer.delegation.settle(answer.question, SET_ASIDE)


def withdraw(found: Delegation) -> None:
    """Take the questions back: link, names and answers go. What HR has used of them stays in the policy, unmarked."""
    Letter.withdraw(found.id)
    db.session.delete(found)
