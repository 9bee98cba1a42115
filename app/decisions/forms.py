"""The forms about a decision: why a text is ready, what was decided, from when the policy applies; and a file that is checked against it."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.versions import BODY_LENGTH, CASE_LENGTH, LONG
from app.services.versions.transitions import Given
from app.web.choices import Choice
from app.web.fields import Area, Day, Line
from app.web.file_field import FileField
from app.web.forms import CardForm, Form

NAMED = frozenset({"other", "political"})  # bodies that are not known before they have a name
AHEAD = timedelta(days=730)
SHORT = {"class": "ds-input short"}


class VerifyForm(Form):
    """A file to be checked."""

    file = FileField("verify_file", accept=".docx,.pdf,.html", help="verify_file_help")


class ReasonForm(CardForm):
    """Why a text is made ready although something stands in the way."""

    reason = Area("ready_reason", LONG, help="ready_reason_help")


class DecisionForm(CardForm):
    """What was decided about a version."""

    decided_on = Day("decide_date", help="field_date_hint", missing="decide_date_missing", render_kw=SHORT)
    body = Choice("decide_body", missing="decide_body_missing")
    body_name = Line("decide_body_name", BODY_LENGTH, help="decide_body_name_help")
    case_number = Line("decide_case_number", CASE_LENGTH, help="decide_case_number_help", render_kw=SHORT)
    present = Area("decide_present", LONG, help="decide_present_help", missing="decide_present_missing")
    result = Choice("decide_result", missing="decide_result_missing")
    changes = Area("decide_changes", LONG, help="decide_changes_help")
    dissent = Area("decide_dissent", LONG, help="decide_dissent_help")
    in_force_from = Day("decide_in_force_from", help="decide_in_force_from_help", render_kw=SHORT)

    def read(self, earliest: date, today: date) -> Given | None:
        """The decision; None when something is missing or wrong. `earliest` is when the text was ready: nobody can have decided it before."""
        self.validate()
        self._when(earliest, today)
        self._what()
        return None if self.faults else Given(**self.data)

    def _when(self, earliest: date, today: date) -> None:
        on, ahead = self.decided_on.data, self.in_force_from.data
        if on and on > today:
            self.decided_on.wrong("decide_date_future")
        elif on and on < earliest:
            self.decided_on.wrong("decide_date_early", day=earliest)
        if on and ahead and not on <= ahead <= on + AHEAD:
            self.in_force_from.wrong("decide_in_force_wrong")

    def _what(self) -> None:
        if self.body.data in NAMED and not self.body_name.data:
            self.body_name.wrong("decide_body_name_missing")
        if self.result.data == "adopted_with_changes" and not self.changes.data:
            self.changes.wrong("decide_changes_missing")
        elif self.result.data == "adopted":
            self.changes.data = self.changes.typed = ""  # nothing was changed; what stood in the field belonged to another choice


class InForceForm(CardForm):
    """The day from which a policy is to apply."""

    in_force_on = Day("inforce_label", help="inforce_help", missing="inforce_missing", render_kw=SHORT)

    def read(self, decided_on: date, today: date, fixed: date | None = None, after: date | None = None) -> date | None:
        """The day; None when it is before the decision, or so far ahead that it must be a slip.

        A decision that names the day has `fixed` it. The version in force applies from the day `after`, and no other can take over before that.
        """
        self.validate()
        on = self.in_force_on.data
        if on and fixed and on != fixed:
            self.in_force_on.wrong("inforce_fixed", day=fixed)
        elif on and on < decided_on:
            self.in_force_on.wrong("inforce_early", day=decided_on)
        elif on and after and on < after:
            self.in_force_on.wrong("inforce_before_other", day=after)
        elif on and on > today + AHEAD:
            self.in_force_on.wrong("inforce_late")
        return None if self.faults else on
