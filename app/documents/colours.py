"""The few colours of a drawn document: a spruce green-blue, ink, and three pale tones that stay apart in black and white by symbol and word.

A workplace may put its own colour in the place of the accent; the tones of the board, and what is open, never change.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from app.values.vocabulary import Tone

ACCENT = "1D5A58"
INK = "1F2A2B"
QUIET = "53625F"
RULE = "B9C9C6"
PALE = "EFF4F2"
OPEN = "FFF1C9"
TONES: dict[Tone, str] = {"green": "DDEFE0", "yellow": "FFF0C7", "red": "F9DAD4"}
MARKS: dict[Tone, str] = {"green": "BFE3C7", "yellow": "FFDF86", "red": "F4AFA4"}
LEAST_CONTRAST = 4.5  # of text on white, by WCAG 2.2, 1.4.3
WHITE = "FFFFFF"
_TINTS = (0.07, 0.05, 0.03, 0.015, 0.0)  # of the accent in the pale fill


class Palette(NamedTuple):
    """The colours that a document is drawn in, but for the tones."""

    accent: str = ACCENT
    ink: str = INK
    quiet: str = QUIET
    rule: str = RULE
    pale: str = PALE
    open: str = OPEN


@lru_cache(maxsize=256)
def palette_of(colour: str) -> Palette:
    """The palette of a workplace with this colour (six hexadecimal digits), or ours when it is empty. Words in it can be read, on the fill too."""
    if not colour:
        return Palette()
    accent = readable(colour)
    fills = (_hex(tuple(255 - (255 - part) * tint for part in _parts(accent))) for tint in _TINTS)
    return Palette(accent=accent, pale=next(fill for fill in fills if contrast(accent, fill) >= LEAST_CONTRAST))


def contrast(colour: str, ground: str = WHITE) -> float:
    """The contrast of a colour to a lighter ground: to white paper, from 1 (white) to 21 (black)."""
    return (_luminance(ground) + 0.05) / (_luminance(colour) + 0.05)


def readable(colour: str) -> str:
    """The colour itself, where text in it can be read on white; else the nearest darker shade of the same hue in which it can."""
    parts = _parts(colour)
    shades = (_hex(tuple(part * share / 255 for part in parts)) for share in range(255, -1, -1))
    return next(shade for shade in shades if contrast(shade) >= LEAST_CONTRAST)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour))


def _hex(parts: tuple[float, ...]) -> str:
    return bytes(int(part) for part in parts).hex().upper()


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
