"""What the body of a Word file must know of the frame that it goes into: ours, or one made of a workplace's own template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from .styles import TEXT_WIDTH
from .xml import escaped

_NAMED = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")(\w+)"')


class Sheet(NamedTuple):
    """`width` of the text in twentieths of a point; the numbers of the lists that begin anew, from `first_list`, of the kind `numbers`.

    `levels` are those of the headings in the contents, `ids` the template's styles by the ids of ours. `room` is how much goes on a page, beside
    ours. `has_picture` says that the header of page one shows one already.
    """

    width: int = TEXT_WIDTH
    first_list: int = 10
    numbers: int = 1
    levels: str = "2-3"
    ids: Mapping[str, str] = {}
    room: float = 1.0
    has_picture: bool = False

    def restyled(self, words: str) -> str:
        """XML of ours with the styles of the template; no words of a document can look like a style, for their quotes are escaped."""
        if not self.ids:
            return words
        return _NAMED.sub(lambda found: f'{found[1]}{escaped(self.ids.get(found[2], found[2]))}"', words)


OURS = Sheet()
