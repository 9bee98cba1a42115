"""What a question of the wizard says of colleagues who were asked it."""

from __future__ import annotations

from app.models.policy import Policy
from app.pack.answers import Standing
from app.services.delegations import Delegated, by_question, delegated
from app.web.language import current_language, t

from .compiled_page import ColleagueNote


def notes_of(policy: Policy, now: Standing) -> dict[str, ColleagueNote]:
    """What each question of a draft says."""
    return {id: _colleague_note(one, now) for id, one in by_question(delegated(policy)).items()}


def _colleague_note(one: Delegated, now: Standing) -> ColleagueNote:
    if one.state != "answered":
        return ColleagueNote(str(one.line))
    words = [*one.said(now, current_language()), *([one.note] if one.note else [])]
    return ColleagueNote(str(one.line), "\n".join(words) or t("field_undecided"), one.ref, one.has_answer)
