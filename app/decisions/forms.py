"""What somebody typed about a decision, read kindly. Knows nothing of the request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.models.versions import BODY_LENGTH, CASE_LENGTH, LONG
from app.pack.text import clean_text
from app.services.versions.transitions import Given
from app.values.parsing import date_fault, read_date
from app.values.vocabulary import RESULTS, Result
from app.web.fields import Fault

FIELDS = ("decided_on", "body", "body_name", "case_number", "present", "result", "changes", "dissent", "in_force_from")
LIMITS = {"body_name": BODY_LENGTH, "case_number": CASE_LENGTH, "present": LONG, "changes": LONG, "dissent": LONG}
NAMED = frozenset({"other", "political"})  # bodies that are not known before they have a name
ONE_LINE = frozenset({"decided_on", "body_name", "case_number", "in_force_on", "in_force_from"})
AHEAD = timedelta(days=730)


@dataclass(slots=True)
class Sheet:
    """What was typed, by field, and what is wrong with it."""

    typed: dict[str, str]
    faults: dict[str, Fault] = field(default_factory=dict)

    @classmethod
    def of(cls, posted: Mapping[str, str], names: Iterable[str]) -> Sheet:
        """What was posted in these fields, clean."""
        return cls({name: _one_line(words) if name in ONE_LINE else words for name in names for words in [clean_text(posted.get(name, "")).strip()]})

    def day(self, name: str) -> date | None:
        """The date in a field; None when it is blank or cannot be read, which is a fault."""
        words = self.typed[name]
        found = read_date(words) if words else None
        if words and found is None:
            self.wrong(name, date_fault(words))
        return date.fromisoformat(found) if found else None

    def wrong(self, name: str, key: str, **values: object) -> None:
        """Say what is wrong with a field; the first fault stands."""
        self.faults.setdefault(name, Fault(key, values))

    def fits(self) -> None:
        """Check how long the texts are."""
        for name, most in LIMITS.items():
            if len(self.typed.get(name, "")) > most:
                self.wrong(name, "error_too_long", more=len(self.typed[name]) - most, most=most)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def read_decision(sheet: Sheet, bodies: Iterable[str], earliest: date, today: date) -> Given | None:
    """The decision that was typed; None when something is missing or wrong, which is then among the faults of the sheet.

    `earliest` is the day on which the text was ready: nobody can have decided it before.
    """
    sheet.fits()
    on, ahead = sheet.day("decided_on"), sheet.day("in_force_from")
    _when(sheet, on, earliest, today)
    _who(sheet, bodies)
    result = _what(sheet)
    if on and ahead and not on <= ahead <= on + AHEAD:
        sheet.wrong("in_force_from", "decide_in_force_wrong")
    if sheet.faults or on is None or result is None:
        return None
    words = {name: sheet.typed[name] for name in ("body", "body_name", "case_number", "present", "changes", "dissent")}
    return Given(decided_on=on, result=result, in_force_from=ahead, **words)


def _when(sheet: Sheet, on: date | None, earliest: date, today: date) -> None:
    if not sheet.typed["decided_on"]:
        sheet.wrong("decided_on", "decide_date_missing")
    elif on and on > today:
        sheet.wrong("decided_on", "decide_date_future")
    elif on and on < earliest:
        sheet.wrong("decided_on", "decide_date_early", day=earliest)


def _who(sheet: Sheet, bodies: Iterable[str]) -> None:
    if sheet.typed["body"] not in bodies:
        sheet.wrong("body", "decide_body_missing")
    elif sheet.typed["body"] in NAMED and not sheet.typed["body_name"]:
        sheet.wrong("body_name", "decide_body_name_missing")
    if not sheet.typed["present"]:
        sheet.wrong("present", "decide_present_missing")


def _what(sheet: Sheet) -> Result | None:
    result = next((one for one in RESULTS if one == sheet.typed["result"]), None)
    if result is None:
        sheet.wrong("result", "decide_result_missing")
    elif result == "adopted_with_changes" and not sheet.typed["changes"]:
        sheet.wrong("changes", "decide_changes_missing")
    elif result == "adopted":
        sheet.typed["changes"] = ""  # nothing was changed; what stood in the field belonged to another choice
    return result


def read_in_force(sheet: Sheet, decided_on: date, today: date, fixed: date | None = None, after: date | None = None) -> date | None:
    """The day from which the policy is to apply: not before it was decided, and not so far ahead that it must be a slip.

    A decision that names the day has `fixed` it. The version in force applies from the day `after`, and no other can take over before that.
    """
    on = sheet.day("in_force_on")
    if not sheet.typed["in_force_on"]:
        sheet.wrong("in_force_on", "inforce_missing")
    elif on and fixed and on != fixed:
        sheet.wrong("in_force_on", "inforce_fixed", day=fixed)
    elif on and on < decided_on:
        sheet.wrong("in_force_on", "inforce_early", day=decided_on)
    elif on and after and on < after:
        sheet.wrong("in_force_on", "inforce_before_other", day=after)
    elif on and on > today + AHEAD:
        sheet.wrong("in_force_on", "inforce_late")
    return None if sheet.faults else on
