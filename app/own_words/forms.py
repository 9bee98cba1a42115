"""The forms of own words."""

from __future__ import annotations

from app.documents.own_words import TEXT_MAX, SectionWords
from app.web.fields import Area
from app.web.forms import Form


class SectionForm(Form):
    """What is added to a section, and how it is worded anew."""

    addition = Area("own_words_addition", TEXT_MAX, help="own_words_help", render_kw={"rows": 6})
    rewording = Area("own_words_rewording", TEXT_MAX, help="own_words_rewording_help", render_kw={"rows": 12})

    def says(self, words: SectionWords) -> bool:
        """Whether the form holds what is stored."""
        return (self.addition.data, self.rewording.data) == (words.addition, words.rewording)
