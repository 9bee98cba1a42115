"""What is in order: the checks that concern this workplace and find nothing, as far as the content has words for it."""

from __future__ import annotations

from app.pack.answers import Standing
from app.pack.base import When
from app.pack.model import Check

from .findings import applies

UNSAID = frozenset({"blank", "undecided"})


def met_checks(now: Standing) -> list[Check]:
    """The checks that are met, in the order of the questions that met them."""
    place = {id: at for at, id in enumerate(now.pack.questions)}
    return sorted((check for check in now.pack.checks if is_met(check, now)), key=lambda check: place[check.mend])


def is_met(check: Check, now: Standing) -> bool:
    """Whether a check finds nothing because of what somebody answered to the question that mends it. What is only suggested, or not decided, meets
    nothing; nor does what spares a workplace the check.
    """
    if check.met is None or check.mend not in now.asked or check.mend not in now.confirmed:
        return False
    keys = [check.mend, *(key for key in check.when if key.startswith(f"{check.mend}."))]
    return all(map(now.tokens, keys)) and not any(now.tokens(key) & UNSAID for key in keys) and _concerns(check, now) and not applies(check, now)


def _concerns(check: Check, now: Standing) -> bool:
    """Whether it is about such a workplace, whatever was answered to the question that mends it."""
    is_spared = any(now.holds({key: wanted}) for key, wanted in _beside(check.unless, check.mend).items())
    has_days = check.later is None or all(now.values.get(id) for id in (check.later.than, check.later.question))
    return has_days and not is_spared and now.holds(_beside(check.when, check.mend))


def _beside(when: When, mend: str) -> When:
    return {key: wanted for key, wanted in when.items() if key.partition(".")[0] != mend}
