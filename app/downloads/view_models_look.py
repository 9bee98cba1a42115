"""What the page of documents says of how they look, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import NamedTuple

from app.documents.colours import LEAST_CONTRAST, contrast, palette_of
from app.web.language import current_language
from app.web.view_models import Message, message


@dataclass(frozen=True, slots=True)
class Ratio:
    """A contrast to white. It is rounded down, so that what is too little never looks like enough."""

    value: float

    def __str__(self) -> str:
        """The figure in the language of the screen: 4,5."""
        figure = f"{floor(self.value * 10) / 10:g}"
        return figure if current_language() == "en" else figure.replace(".", ",")


class ColourShown(NamedTuple):
    """The colour of a workplace: what is said of it, the colours to see (theirs, and the darker one that is drawn), and whether there is one."""

    words: Message
    shades: tuple[str, ...]
    drawn: str
    pale: str
    is_theirs: bool


def colour_of(given: str) -> ColourShown:
    """What becomes of a colour (six hexadecimal digits, or empty); where text in it could not be read, which shade is drawn, and why."""
    drawn = palette_of(given)
    accent = drawn.accent.lower()
    if not given:
        return ColourShown(message("appearance_colour_text"), (), accent, drawn.pale, is_theirs=False)
    values = {"colour": f"#{given}", "ratio": Ratio(contrast(given)), "drawn": f"#{accent}", "drawn_ratio": Ratio(contrast(accent))}
    if accent == given:
        return ColourShown(message("appearance_colour_has", **values), (given,), accent, drawn.pale, is_theirs=True)
    words = message("appearance_colour_darker", least=Ratio(LEAST_CONTRAST), **values)
    return ColourShown(words, (given, accent), accent, drawn.pale, is_theirs=True)


class TemplateShown(NamedTuple):
    """What is said of the template of a workplace, what it lacks with what stands there instead, and whether there is one."""

    words: Message
    lacks: tuple[Message, ...]
    about_lacks: Message | None
    is_theirs: bool


def template_of(lacks: Sequence[str] | None) -> TemplateShown:
    """The template that lacks the styles with these keys; None when there is no template."""
    if lacks is None:
        return TemplateShown(message("appearance_template_text"), (), None, is_theirs=False)
    missing = tuple(message(f"appearance_lacks_{key}") for key in lacks)
    return TemplateShown(message("appearance_template_has"), missing, message("appearance_lacks") if missing else None, is_theirs=True)
