"""What a workplace gives its documents to look like its own: a logo, a colour, and its own Word template."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """How the documents of one workplace look.

    `logo` is a PNG or JPEG for the top of page one; `colour` six hexadecimal digits as the workplace gave them, empty for ours;
    `template` a Word template as it is kept (`word_template`).
    """

    logo: bytes | None = None
    colour: str = ""
    template: bytes | None = None


OURS = Look()
