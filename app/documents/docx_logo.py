"""The workplace's logo: PNG or JPEG, measured by python-docx and fitted into a corner of page one."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from docx.image.image import Image

_CM = 360000
_WIDEST, _TALLEST = 5.0 * _CM, 1.9 * _CM
_MOST_PIXELS = 25_000_000  # a picture of a few kilobytes can unfold to gigabytes when it is drawn


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
    """Measure a logo; raises LogoError when it is neither PNG nor JPEG, or broken."""
    try:
        image = Image.from_blob(data)
        across, down = image.px_width, image.px_height
    except Exception as fault:  # python-docx raises whatever the bytes lead to, a bare Exception too
        raise LogoError("the logo is not a PNG or JPEG picture") from fault
    if image.ext not in ("png", "jpg") or not 0 < across * down <= _MOST_PIXELS:
        raise LogoError("the logo is not a PNG or JPEG picture")
    scale = min(_WIDEST / across, _TALLEST / down)
    return Logo(data, image.ext, max(1, int(across * scale)), max(1, int(down * scale)))
