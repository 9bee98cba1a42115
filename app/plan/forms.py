"""The forms of the plan: one measure, what is taken in, and a spreadsheet."""

from __future__ import annotations

from app.models.measures import WHAT_LENGTH, WHO_LENGTH
from app.web.choices import Choices
from app.web.fields import Area, Day, Hidden, Line
from app.web.file_field import FileField
from app.web.forms import CardForm, Form

SHORT = {"class": "ds-input short"}


class MeasureForm(CardForm):
    """One measure."""

    what = Area("measures_what", WHAT_LENGTH, help="measures_what_help", missing="measures_what_missing", render_kw={"rows": 2})
    who = Line("measures_who", WHO_LENGTH, help="measures_who_help")
    due_on = Day("measures_due", help="field_date_hint", render_kw=SHORT)
    done_on = Day("measures_done", help="measures_done_help", render_kw=SHORT)
    mark = Hidden()


class TakeForm(Form):
    """What is taken into the list of measures."""

    taken = Choices("measures_take")


class SheetForm(Form):
    """A spreadsheet with measures."""

    file = FileField("measures_sheet_file", accept=".xlsx", help="measures_sheet_help")
