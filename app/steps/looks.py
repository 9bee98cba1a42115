"""The suggestions of one step, to be looked over together and confirmed as answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort

from app.models.policy import Policy
from app.pack.answers import Standing, default_of
from app.pack.model import Question, Step
from app.pack.text import Language
from app.services.standing_cache import standing_of
from app.values.fingerprint import fingerprint
from app.web.answer_text import said
from app.web.language import current_language

from . import progress


@dataclass(frozen=True, slots=True)
class Look:
    """What is suggested in `step` of `policy`, and nobody has confirmed; `open_steps` has what is suggested in every step."""

    policy: Policy
    now: Standing
    step: Step
    language: Language
    open_steps: dict[str, list[Question]]

    @classmethod
    def of(cls, policy: Policy, step: str) -> Look:
        """The suggestions in the step with this id; 404 when the content has none such."""
        now = standing_of(policy)
        found = next((one for one in now.pack.steps if one.id == step), None)
        if found is None:
            abort(404)
        return cls(policy, now, found, current_language(), progress.suggesting(now))

    @property
    def questions(self) -> list[Question]:
        """The questions of the step whose suggestions nobody has confirmed."""
        return self.open_steps.get(self.step.id, [])

    @property
    def answers(self) -> dict[str, Any]:
        """What is suggested, as it is stored, by question."""
        return {question.id: default_of(self.now, question, self.language) for question in self.questions}

    @property
    def mark(self) -> str:
        """What tells these suggestions from others: the form carries it, so that nobody confirms what they have not seen."""
        return fingerprint(self.answers)

    @property
    def lines(self) -> list[tuple[Question, list[str]]]:
        """Each question with its suggestion in words. One that suggests nothing now has no lines."""
        answers = self.answers
        return [(question, said(self.now, question, answers[question.id], self.language)) for question in self.questions]

    @property
    def unsaid(self) -> int:
        """How many questions of the step are asked and have neither answer nor suggestion."""
        return sum(q.id in self.now.asked and q.id not in self.now.values for page in self.step.pages for q in page.questions)

    @property
    def onward(self) -> Step | None:
        """The next step with something to look over, or None after the last."""
        later = self.now.pack.steps[self.now.pack.steps.index(self.step) + 1 :]
        return next((step for step in later if step.id in self.open_steps), None)
