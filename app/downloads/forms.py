"""The forms of the page of documents: the language that they are written in, and how they look."""

from __future__ import annotations

from typing import Any

from app.documents.colours import ACCENT
from app.pack.answer_parsing import Fault
from app.pack.text import LANGUAGES
from app.values.colour import read_colour
from app.web.choices import Choice, Option
from app.web.fields import Looks, Typed
from app.web.file_field import FileField
from app.web.forms import Form
from app.web.language import t


class DocumentsForm(Form):
    """A form of documents, in their looks."""

    class Meta(Form.Meta):
        """The classes."""

        looks = Looks(box="stack-tight")


class LanguageForm(DocumentsForm):
    """The language of the documents, whatever the screen speaks."""

    document_language = Choice("download_language", missing="error_choice", render_kw={"class": "ds-input short"})

    @classmethod
    def now(cls, language: str) -> LanguageForm:
        """The form, with what was sent or else the `language` as it is."""
        form = cls.here(document_language=language)
        form.document_language.options = [Option(one, t(f"nav_language_{one}")) for one in LANGUAGES]
        return form


class LogoForm(DocumentsForm):
    """The picture to put on the documents."""

    logo = FileField("download_logo_file", accept="image/png,image/jpeg,image/webp,image/gif", focus=True)


class TemplateForm(DocumentsForm):
    """The Word template to draw with."""

    template = FileField("appearance_template_file", accept=".docx,.dotx", focus=True)


class Colour(Typed):
    """A colour, kept as six hexadecimal digits."""

    data: str

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(_colour, label, **rest)

    def written(self, value: str) -> str:
        """As it is typed, and as a browser sends it: #00594f."""
        return f"#{value}"


def _colour(words: str) -> str:
    found = read_colour(words)
    if found is None:
        raise ValueError(Fault("error_colour"))
    return found


class ColourForm(DocumentsForm):
    """The colour of headings and rules: its digits, or chosen among the browser's colours, which needs no script."""

    colour = Colour("appearance_colour_digits", help="appearance_colour_help", render_kw={"spellcheck": "false", "class": "ds-input short"})
    picked = Colour("appearance_colour_picked", render_kw={"type": "color", "class": "ds-input colour-picker"})
    stored = ""

    @classmethod
    def now(cls, stored: str) -> ColourForm:
        """The form, with what was sent or else the colour that is `stored`; empty for none."""
        form = cls.here(colour=stored, picked=stored or ACCENT.lower())
        form.stored = stored
        return form

    @property
    def chosen(self) -> str:
        """What was typed, where that is something new; else what was picked, where that is."""
        is_picked = self.picked.data not in ("", self.stored or ACCENT.lower())
        return self.picked.data if is_picked and self.colour.data in ("", self.stored) else self.colour.data

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether there is a colour; a browser's own field cannot be wrong."""
        self.picked.forgive()
        if not super().validate(extra_validators) or self.chosen:
            return not self.faults
        self.colour.wrong("error_colour_missing")
        return False
