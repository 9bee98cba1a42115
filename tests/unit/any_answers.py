"""Answers of a workplace that chance plays: any answer to any question, in the order of the questions."""

from __future__ import annotations

from random import Random
from typing import Any

from app.documents.own_words import OwnWords
from app.documents.preview.alternatives import alternatives
from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.model import Question

PACK = the_pack()


def any_answers(chance: Random, blanks: float = 0.1) -> dict[str, Any]:
    """An answer to nearly every question that is asked. `blanks` is the share of those that nobody looks at."""
    found: dict[str, Any] = {}
    now = standing(PACK, found)
    for question in PACK.questions.values():
        if question.when:
            now = standing(PACK, found)
        if question.id in now.asked and chance.random() >= blanks:
            found[question.id] = any_answer(chance, question, found)
    return found


def any_answer(chance: Random, question: Question, answers: dict[str, Any]) -> Any:
    """One of the answers that the others allow; of several options any number."""
    now = standing(PACK, answers)
    if question.rows_from and not any(row.label for row in now.rows(question)):
        return {}
    offered = alternatives(PACK, question, now)
    if question.kind == "choices" and chance.random() < 0.8:
        options = [one.name for one in offered if one.is_option and not question.option(one.name).stands_alone]  # type: ignore[union-attr]
        return [id for id in options if chance.random() < 0.5]
    return chance.choice(offered).answer


def any_own_words(chance: Random) -> OwnWords:
    """Additions, rewordings and sections of one's own, here and there."""
    texts = ["Vi sier fra.", "- ett\n- to", "> Husk **dette**."]
    sections = {
        clause.id: {"nb": {chance.choice(("addition", "rewording")): chance.choice(texts)}} for clause in PACK.clauses if chance.random() < 0.3
    }
    chapters = [clause.id for clause in PACK.clauses if clause.level == 1 and clause.part == "body"]
    own = [
        {"id": f"own-{n}", "chapter": chance.choice(chapters), "words": {"nb": {"heading": f"Eget {n}", "text": "Vårt."}}, "is_out": n == 3}
        for n in range(1, 5)
    ]
    return OwnWords.of({"sections": sections, "own": own})
