"""A text area that tells how much room is left before it comes to an end. Without a script it is a text area like any other."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from .fields import AppField, Area
from .language import t

_LINE = 40  # characters that stand in a line on a telephone


def _counted(field: AppField, **_kw: object) -> Markup:
    """A text area, and the line in which the script counts."""
    return Markup('{}\n<p class="left quiet" id="left-{}"></p>').format(Area.widget(field), field.key)


def room_for(most: int) -> dict[str, object]:
    """The attributes of a box that the script counts in."""
    return {"data-most": most, "data-left": t("field_left"), "data-over": t("field_over")}


class CountedArea(Area):
    """Own words, of which at most `most` characters fit. The box is as high as they need, from `rows` lines to `highest`.

    `over` is a key of the app's words: what is said of too many characters, with a % for how many.
    """

    widget = staticmethod(_counted)

    def __init__(self, label: str, most: int, *, rows: int, highest: int = 0, over: str = "field_over", **rest: Any) -> None:
        super().__init__(label, most, **rest)
        self.rows, self.highest, self.over = rows, highest, over
        self.has_focus = False

    @property
    def height(self) -> int:
        """How many lines the box shows."""
        return max(self.rows, min(self.highest, len(self.typed) // _LINE + self.typed.count("\n") + 1))

    @property
    def described(self) -> dict[str, object]:
        """Hint and fault, and how much room is left."""
        found = super().described
        ids = [*str(found.get("aria-describedby", "")).split(), f"left-{self.key}"]
        return found | {"aria-describedby": " ".join(ids)}

    def control(self, type: str = "", **more: object) -> Markup:
        """The attributes of a text area, and what the script needs to count."""
        room = room_for(self.most) | {"data-over": t(self.over)}
        return super().control(type, rows=self.height, autocomplete="off", autofocus=self.has_focus, placeholder=" ", **room, **more)
