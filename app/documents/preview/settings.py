"""The other answers against which a question is looked at: as few as show every passage that it can bring about."""

from __future__ import annotations

from typing import Any, NamedTuple

from app.pack.answers import Answers, Standing, standing
from app.pack.kinds import kind_of
from app.pack.model import Pack, Question, When

from .alternatives import Alternative, alternatives
from .conditions import Passage, passages
from .sample_answers import answer_with, answers_for, some


class Setting(NamedTuple):
    """The other answers, how they differ from those of the first setting, and the answers of the question that are possible with them.

    `clauses` are those of the policy to look at; None stands for all.
    """

    answers: dict[str, Any]
    differs: str
    tried: list[Alternative]
    clauses: set[str] | None


def settings(pack: Pack, question: Question, base: Answers) -> tuple[list[Setting], list[Passage]]:
    """Settings in which every option of `question` applies, and every passage that names it stands; and the passages for which none was found."""
    answers = answers_for(pack, question.when, base)
    if question.rows_from:
        source = pack.questions[question.rows_from]
        answers[source.id] = some(source, standing(pack, answers))
    named = [passage for passage in passages(pack) if question.id in passage.named]
    search = _Search(pack, question, answers)
    for option in question.options:
        if all(option.id not in [one.name for one in setting.tried] for setting in search.found):
            search.keep(answers_for(pack, option.when, answers), {passage.clause for passage in named})
    unseen = [passage for passage in named if not search.shows(passage)]
    return search.found, unseen


class _Search:
    def __init__(self, pack: Pack, question: Question, answers: dict[str, Any]) -> None:
        self.pack = pack
        self.question = question
        self.found: list[Setting] = []
        self.standing: list[list[Standing]] = []
        self.keep(answers, None)

    def shows(self, passage: Passage) -> bool:
        """Whether the passage stands with one of the answers in one of the settings; one more is looked for when it does not."""
        for setting, standings in zip(self.found, self.standing, strict=True):
            if any(map(passage.stands, standings)):
                if setting.clauses is not None:
                    setting.clauses.add(passage.clause)
                return True
        answers = self._answers(passage)
        is_found = any(map(passage.stands, self._standings(answers)))
        if is_found:
            self.keep(answers, {passage.clause})
        return is_found

    def _answers(self, passage: Passage) -> dict[str, Any]:
        """Other answers with which the passage should stand."""
        answers = answers_for(self.pack, passage.needs(but=self.question.id), self.found[0].answers)
        unless = passage.check.unless if passage.check else {}
        return answers | _without(self.pack, answers, {key: wanted for key, wanted in unless.items() if key != self.question.id})

    def keep(self, answers: dict[str, Any], clauses: set[str] | None) -> None:
        """One more setting."""
        first = self.found[0].answers if self.found else answers
        self.found.append(Setting(answers, _differs(first, answers, self.question.id), self._tried(answers), clauses))
        self.standing.append(self._standings(answers))

    def _tried(self, answers: dict[str, Any]) -> list[Alternative]:
        return alternatives(self.pack, self.question, standing(self.pack, answers))

    def _standings(self, answers: dict[str, Any]) -> list[Standing]:
        return [standing(self.pack, answers | {self.question.id: one.answer}) for one in self._tried(answers)]


def _without(pack: Pack, answers: Answers, unless: When) -> dict[str, Any]:
    """Other answers to the questions for which an `unless` holds, as near to these as can be."""
    now = standing(pack, answers)
    return {
        question.id: _but(pack, question, now, wanted)
        for key, wanted in unless.items()
        if now.holds({key: wanted}) and not (question := pack.questions[key.partition(".")[0]]).columns
    }


def _but(pack: Pack, question: Question, now: Standing, wanted: list[str]) -> Any:
    """An answer that is none of `wanted`."""
    free = [option.id for option in now.options(question) if option.id not in wanted and "given" not in wanted]
    if not free:
        return answer_with(pack, question, "undecided" if "blank" in wanted else "blank")
    if not kind_of(question).takes_several:
        return free[0]
    return [id for id in free if id in now.values[question.id]] or free[:1]


def _differs(one: Answers, other: Answers, but: str) -> str:
    """The answers of `other` that are not those of `one`, in words, without the question `but`."""
    changed = ((id, value) for id, value in other.items() if id != but and (id not in one or one[id] != value))
    return "; ".join(f"{id} is {_in_words(value)}" for id, value in changed)


def _in_words(value: Any) -> str:
    if value is None:
        return "undecided"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    return str(value or "blank") if not isinstance(value, list | dict) else "filled in" if value else "blank"
