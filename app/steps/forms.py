"""The form of the front page: a file of answers to go on from."""

from __future__ import annotations

from app.web.fields import Looks
from app.web.file_field import FileField
from app.web.forms import Form


class AnswersForm(Form):
    """A file of answers."""

    answers = FileField("start_upload_file", accept=".json,application/json", focus=True, looks=Looks(box="stack-tight"))
