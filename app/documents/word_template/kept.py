"""A template as it is kept: the parts that a document is drawn with, with what they lead to, and the page. Written by us, so read without doubt."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

FORMAT = 1
_ABOUT = "template.json"


class Side(NamedTuple):
    """A header or footer: the name of its part, "header" or "footer", and on which pages it stands."""

    part: str
    kind: str
    pages: str


class Kept(NamedTuple):
    """What is kept of a template.

    `parts` are those of the Word file to come, by their names there. `page` holds sizes in twentieths of a point: width, height, top, right, bottom,
    left, header, footer, gutter. `table` is the id of the style of the first table, or empty. `titled` and `even` say whether the first and the even
    pages have sides of their own.
    """

    parts: dict[str, bytes]
    types: dict[str, str]
    sides: tuple[Side, ...]
    page: dict[str, int]
    table: str
    titled: bool
    even: bool

    def tree(self, part: str) -> etree._Element | None:
        """A part as a tree of its own; None when there is no such part."""
        return etree.fromstring(self.parts[part]) if part in self.parts else None

    def packed(self) -> bytes:
        """As bytes; the same template gives the same ones."""
        about: dict[str, Any] = self._asdict() | {"format": FORMAT, "sides": [list(side) for side in self.sides]}
        del about["parts"]
        package = BytesIO()
        with ZipFile(package, "w") as archive:
            for name, data in ((_ABOUT, json.dumps(about, sort_keys=True).encode()), *sorted(self.parts.items())):
                info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type, info.create_system = ZIP_DEFLATED, 0
                archive.writestr(info, data)
        return package.getvalue()


def opened(data: bytes) -> Kept:
    """What `packed` wrote."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    about = json.loads(parts.pop(_ABOUT))
    del about["format"]
    return Kept(parts=parts, **(about | {"sides": tuple(Side(*side) for side in about["sides"])}))
