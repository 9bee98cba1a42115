"""The field for a file that somebody chooses. The view reads what is in it, and whether it can be used; no page can show it again."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from .fields import AppField, attributes


def _file(field: AppField, **_kw: object) -> Markup:
    return Markup("<input{}>").format(field.control("file"))


class FileField(AppField):
    """A file of the types that `accept` names. With `focus`, the page comes to the field when something is wrong with the file."""

    widget = staticmethod(_file)

    def __init__(self, label: str, *, accept: str, focus: bool = False, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.accept, self.focus = accept, focus

    def process_formdata(self, valuelist: Any) -> None:
        """Take nothing: the file does not come with the words of the form."""

    def control(self, type: str = "", **more: object) -> Markup:
        """The attributes of the control."""
        own = {"class": "file", "type": type, "id": f"f-{self.key}", "name": self.name, "accept": self.accept}
        return attributes(own | more | {"autofocus": self.focus and bool(self.fault)} | self.described)
