"""The grammar of content/rusoff/review: what those who read a draft, and those who answer them, see around the text."""

from __future__ import annotations

from typing import Literal

from app.values.vocabulary import CommentKind, Outcome, ReviewerRole

from .base import Id, Model
from .text import Text

AdviceId = Literal["inviting", "answering", "dissent", "ready"]


class Point(Model):
    """One short thing said, with where it comes from."""

    text: Text
    sources: list[Id]


class Role(Model):
    """What it means to read a draft as one of these, and the rights that come with it."""

    id: ReviewerRole
    label: Text
    meaning: Text
    rights: list[Point]
    expected: list[Point]
    not_expected: list[Point]
    time: Text


class Expect(Model):
    """The first screen: what this is, who sees what one writes (one of two), and what never to write."""

    points: list[Text]
    others_see: Text
    only_hr_sees: Text
    record: Text
    never_write: list[Text]


class LookFor(Model):
    """What to look for in one clause of the policy."""

    clause: Id
    points: list[Point]


class ProcessQuestion(Model):
    """A question about how the policy came to be, answered by one of `process_answers`."""

    id: Id
    text: Text
    help: Text
    sources: list[Id]


class Named(Model):
    """One thing to choose, with the words for the inside of a sentence where they differ from the label."""

    id: Id
    label: Text
    text: Text | None = None
    help: Text | None = None

    @property
    def words(self) -> Text:
        """The words for the inside of a sentence."""
        return self.text or self.label


class CommentKindWords(Model):
    """One of the ways to respond."""

    id: CommentKind
    label: Text
    help: Text
    example: Text


class OutcomeWords(Model):
    """One of the answers HR may give: and what it means to whoever wrote.

    One that says that the text has changed also has the words for as long as it has not: `planned`, and what that means.
    """

    id: Outcome
    label: Text
    meaning: Text
    planned: Text | None = None
    planned_meaning: Text | None = None


class Stands(Model):
    """The words for a disagreement that stands: to choose it, what it does, and as the record says it."""

    label: Text
    help: Text
    said: Text


class Advice(Model):
    """Guidance for HR at one point of the way."""

    id: AdviceId
    title: Text
    points: list[Point]


class Readers(Model):
    """review/readers.yaml."""

    expect: Expect
    roles: list[Role]


class Looking(Model):
    """review/look-for.yaml. Every clause of the policy stands in one of the two lists."""

    look_for: list[LookFor]
    nothing_to_look_for: list[Id]


class Process(Model):
    """review/process.yaml."""

    process: list[ProcessQuestion]
    process_answers: list[Named]


class Responses(Model):
    """review/words.yaml."""

    kinds: list[CommentKindWords]
    outcomes: list[OutcomeWords]
    stands: Stands
    bodies: list[Named]


class ForHr(Model):
    """review/hr.yaml."""

    hr_advice: list[Advice]


class ShortWay(Model):
    """The clauses that matter most to somebody in one role, the most important first."""

    role: ReviewerRole
    clauses: list[Id]


class Ways(Model):
    """review/ways.yaml. What is `not_to_judge` is left out of what is sent, unless HR chooses it."""

    short_way: list[ShortWay]
    not_to_judge: list[Id]


class ReviewWords(Readers, Looking, Process, Responses, ForHr, Ways):
    """Everything in content/rusoff/review, as `pack.review`. What is looked up by id raises KeyError when it is not there."""

    def role(self, id: str) -> Role:
        """What reading means for somebody in this role."""
        return {str(item.id): item for item in self.roles}[id]

    def look(self, clause: str) -> list[Point]:
        """What to look for in a clause; empty for those that have nothing to look for, and for a section that is no clause."""
        return next((item.points for item in self.look_for if item.clause == clause), [])

    def short_way_of(self, role: str) -> list[Id]:
        """The clauses that matter most to somebody in this role."""
        return {str(item.role): item.clauses for item in self.short_way}[role]

    def question(self, id: str) -> ProcessQuestion:
        """One question of the checklist for the process."""
        return {item.id: item for item in self.process}[id]

    def kind(self, id: str) -> CommentKindWords:
        """One way to respond."""
        return {str(item.id): item for item in self.kinds}[id]

    def outcome(self, id: str) -> OutcomeWords:
        """One kind of answer from HR."""
        return {str(item.id): item for item in self.outcomes}[id]

    def body(self, id: str) -> Named:
        """One body that decides."""
        return {item.id: item for item in self.bodies}[id]

    def advice(self, id: str) -> Advice:
        """The guidance for HR at one point of the way."""
        return {str(item.id): item for item in self.hr_advice}[id]
