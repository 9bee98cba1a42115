"""The forms of own words."""

from __future__ import annotations

from collections.abc import Iterable

from app.documents.own_words import HEADING_MAX, TEXT_MAX, OwnText, SectionWords
from app.pack.clause import Clause
from app.web.choices import Choice, Option
from app.web.fields import Area, Line
from app.web.forms import Form
from app.web.rich_text import plain


class SectionForm(Form):
    """What is added to a section, and how it is worded anew."""

    addition = Area("own_words_addition", TEXT_MAX, help="own_words_help", render_kw={"rows": 6})
    rewording = Area("own_words_rewording", TEXT_MAX, help="own_words_rewording_help", render_kw={"rows": 12})

    def says(self, words: SectionWords) -> bool:
        """Whether the form holds what is stored."""
        return (self.addition.data, self.rewording.data) == (words.addition, words.rewording)


class OwnSectionForm(Form):
    """A section of one's own: the chapter it stands in, its heading and its text."""

    chapter = Choice("own_words_chapter", missing="own_words_error_chapter", empty="field_choose")
    heading = Line("own_words_heading", HEADING_MAX, missing="own_words_error_heading")
    text = Area("own_words_text", TEXT_MAX, help="own_words_help", missing="own_words_error_text", render_kw={"rows": 12})

    def offer(self, chapters: Iterable[Clause]) -> None:
        """Offer these chapters."""
        self.chapter.options = [Option(chapter.id, plain(chapter.heading)) for chapter in chapters]

    @property
    def words(self) -> OwnText:
        """Heading and text."""
        return OwnText(self.heading.data, self.text.data)
