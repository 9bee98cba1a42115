"""What a workplace gives its documents to look like its own: a logo and a colour."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """How the documents of one workplace look.

    `logo` is a PNG or JPEG for the top of page one; `colour` six hexadecimal digits as the workplace gave them, empty for ours.
    """

    logo: bytes | None = None
    colour: str = ""


OURS = Look()
