"""The forms before there is a draft: a file of answers to go on from, and the search for an organisation."""

from __future__ import annotations

from app.pack.answer_parsing import Fault, read_words
from app.values.parsing import read_orgnr
from app.web.fields import Looks, Typed, one_line
from app.web.file_field import FileField
from app.web.forms import Form

LONGEST, SHORTEST = 120, 2
_read_name = read_words(LONGEST)


class AnswersForm(Form):
    """A file of answers."""

    answers = FileField("start_upload_file", accept=".json,application/json", focus=True, looks=Looks(box="stack-tight"))


def _read(words: str) -> str:
    """What to search for: a name, or an organisation number however it is written."""
    name: str = _read_name(one_line(words))
    if len(name) < SHORTEST:
        raise ValueError(Fault("organisation_error_short"))
    if _is_meant_as_number(name) and not read_orgnr(name):
        raise ValueError(Fault("error_orgnr"))
    return name


def _is_meant_as_number(name: str) -> bool:
    """Whether it is nothing but digits, and about as many as an organisation number has: firms may be called 3T or 4711."""
    digits = name.replace(" ", "")
    return digits.isdecimal() and len(digits) >= 8


class SearchForm(Form):
    """One field, for a name or a number."""

    class Meta(Form.Meta):
        """The classes."""

        looks = Looks(box="stack-tight")

    words = Typed(
        _read,
        "organisation_label",
        help="organisation_help",
        missing="organisation_error_missing",
        render_kw={"type": "search", "autocomplete": "organization"},
    )

    @property
    def number(self) -> str:
        """The organisation number that was typed; empty when it is a name."""
        return read_orgnr(self.words.data) or ""
