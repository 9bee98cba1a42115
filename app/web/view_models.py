"""What the view models of several features are made of: messages, links, tags and notices.

A view model knows no request. Its messages are said when a template prints them, in the language of the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from app.documents.outputs import Output, OutputFile, Place
from app.pack.text import Text

from .language import clock, current_language, day, t, t_n
from .rich_text import plain

Color = Literal["neutral", "info", "success", "warning", "danger", "accent"]
AddressOf = Callable[..., str]  # makes the address of an endpoint, as flask.url_for does; empty for a page that the app does not have

# The states of policies and of versions; every other state of a version is neutral.
STATE_COLORS: Mapping[str, Color] = {"in_review": "info", "ready": "warning", "decided": "success", "in_force": "success"}


@dataclass(frozen=True, slots=True)
class Message:
    """One of the app's own sentences by its key, with the values that it holds. `count` chooses the plural form, where it is given."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    count: int | None = None

    def __str__(self) -> str:
        """The sentence in the language of the screen. Dates are written out."""
        values = {name: _written(value) for name, value in self.values.items()}
        return t(self.key, **values) if self.count is None else t_n(self.key, self.count, **values)


@dataclass(frozen=True, slots=True)
class ContentWords:
    """A text of the content, in the language of the screen when it is printed."""

    text: Text

    def __str__(self) -> str:
        """The words, without marks."""
        return plain(self.text)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, written out when it is printed."""

    on: date

    def __str__(self) -> str:
        """The day in the language of the screen."""
        return day(self.on)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day in Norway."""

    at: datetime

    def __str__(self) -> str:
        """The time as the language of the screen writes it."""
        return clock(self.at)


@dataclass(frozen=True, slots=True)
class OutputButton:
    """What the button for a file says."""

    file: OutputFile

    def __str__(self) -> str:
        """The words in the language of the screen."""
        return self.file.output.say("button", current_language(), format=self.file.label)


@dataclass(frozen=True, slots=True)
class OutputWords:
    """What a page calls a document, or says of it."""

    output: Output
    place: Place

    def __str__(self) -> str:
        """The words in the language of the screen."""
        return self.output.say(self.place, current_language())


Words = object  # whatever says itself in the language of the screen when it is printed: a Message, the words of the content, a day, a name


def message(key: str, /, **values: object) -> Message:
    """The sentence under `key`."""
    return Message(key, values)


def counted(key: str, count: int, /, **values: object) -> Message:
    """The sentence under `key` in the plural form that goes with `count`."""
    return Message(key, values, count)


def _written(value: object) -> object:
    return day(value) if isinstance(value, date) else value


class Link(NamedTuple):
    """Words that lead to an address. `about` is heard by those who do not see what stands around it."""

    words: Words
    address: str
    about: Words = ""


class Tag(NamedTuple):
    """A word or two on a colour."""

    words: Words
    color: Color = "neutral"


class Notice(NamedTuple):
    """Sentences in a coloured box, with a link that follows them, and words that somebody else wrote."""

    color: Color
    words: tuple[Words, ...]
    link: Link | None = None
    quoted: str = ""


def state_color(state: str) -> Color:
    """The colour of a state of a policy or a version, the same on every page."""
    return STATE_COLORS.get(state, "neutral")
