"""The workplace's logo, fitted into a corner of page one; the same size in Word, PDF and HTML."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from .images import TALLEST, WIDEST, PictureError, measured, taken

CM = 360000
_ENDINGS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg"}


class Logo(NamedTuple):
    """A logo ready to place: its bytes, "png" or "jpg", and its drawn size in Word's units."""

    data: bytes
    kind: str
    width: int
    height: int


class LogoError(ValueError):
    """The bytes are no picture that can be placed."""


@lru_cache(maxsize=16)
def logo_of(data: bytes) -> Logo:
    """Measure a kept logo; raises LogoError when it is neither PNG nor JPEG, or broken.

    One that came in before pictures were written anew (in an old draft, in a frozen version) is written anew here; where that cannot be done,
    it is placed as it is, for it could be drawn when it came.
    """
    try:
        image, is_ours = measured(data)
        if not is_ours:
            data = _anew(data)
            image, _ = measured(data)
    except PictureError as fault:
        raise LogoError("the logo is not a picture that can be drawn") from fault
    if image.format not in _ENDINGS:
        raise LogoError("the logo is not a PNG or JPEG picture")
    scale = min(WIDEST * CM / image.width, TALLEST * CM / image.height)
    return Logo(data, _ENDINGS[image.format], max(1, int(image.width * scale)), max(1, int(image.height * scale)))


def _anew(data: bytes) -> bytes:
    try:
        return taken(data).data
    except PictureError:
        return data
