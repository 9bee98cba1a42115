"""The forms of the page of documents: the language that they are written in, and the logo on them."""

from __future__ import annotations

from app.pack.text import LANGUAGES
from app.web.choices import Choice, Option
from app.web.fields import Looks
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
