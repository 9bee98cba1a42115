"""The few colours of a drawn document: a spruce green-blue, ink, and three pale tones that stay apart in black and white by symbol and word."""

from __future__ import annotations

from app.values.vocabulary import Tone

ACCENT = "1D5A58"
INK = "1F2A2B"
QUIET = "53625F"
RULE = "B9C9C6"
PALE = "EFF4F2"
OPEN = "FFF1C9"
TONES: dict[Tone, str] = {"green": "DDEFE0", "yellow": "FFF0C7", "red": "F9DAD4"}
MARKS: dict[Tone, str] = {"green": "BFE3C7", "yellow": "FFDF86", "red": "F4AFA4"}
