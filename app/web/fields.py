"""The fields of a page, for WTForms: they read what was posted and say what is wrong with it. Drawing is the template's work.

A field's `data` is the answer as it is stored. What cannot be read raises ValueError with a `Fault`, whose key is one of the app's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field

from app.pack.answer_parsing import NONE, Fault, Reader
from app.pack.text import clean_text

UNDECIDED = "undecided"


class Typed(Field):
    """A field that one types in. `read` makes the stored answer of the words."""

    def __init__(self, read: Reader, **rest: Any) -> None:
        super().__init__(**rest)
        self.read = read
        self.data = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the first value posted; blank stays blank, whatever the kind."""
        words = clean_text(str(valuelist[0])) if valuelist else ""
        self.data = self.read(words) if words.strip() else ""


class One(Field):
    """One option of several; "not decided yet" is None."""

    def __init__(self, offered: frozenset[str], **rest: Any) -> None:
        super().__init__(**rest)
        self.offered = offered
        self.data = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the option posted, if it is one of those offered."""
        chosen = str(valuelist[0]) if valuelist else ""
        if chosen and chosen not in self.offered:
            raise ValueError(Fault("error_choice"))
        self.data = None if chosen == UNDECIDED else chosen


class Several(Field):
    """Any number of options up to `most`; "not decided yet" is None and wins over the rest, `none` stands alone."""

    def __init__(self, offered: Sequence[str], most: int | None, **rest: Any) -> None:
        super().__init__(**rest)
        self.offered = list(offered)
        self.most = most
        self.data: list[str] | None = []

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the options posted, in the order they are offered."""
        if not set(valuelist) <= {*self.offered, UNDECIDED}:
            raise ValueError(Fault("error_choice"))
        chosen = [id for id in self.offered if id in valuelist]
        if UNDECIDED in valuelist:
            self.data = None
        elif NONE in chosen and len(chosen) > 1:
            raise ValueError(Fault("error_none_and_more"))
        elif self.most and len(chosen) > self.most:
            raise ValueError(Fault("error_too_many", {"most": self.most}))
        else:
            self.data = chosen


class Tick(Field):
    """A box ticked or not."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Anything posted is a tick."""
        self.data = bool(valuelist)


__all__ = ["UNDECIDED", "Fault", "One", "Several", "Tick", "Typed"]
