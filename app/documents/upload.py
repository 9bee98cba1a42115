"""What may be uploaded as a logo, told by its content and never by its name."""

from __future__ import annotations

from typing import Literal

from .docx_logo import LogoError, logo_of
from .savefile import MAX_LOGO

Fault = Literal["missing", "large", "type"]
TYPES = {"png": "image/png", "jpg": "image/jpeg"}


def image_type(content: bytes) -> str | None:
    """image/png or image/jpeg, by what is in it; None for anything else."""
    try:
        return TYPES[logo_of(content).kind]
    except LogoError:
        return None


def logo_fault(content: bytes) -> Fault | None:
    """Why `content` cannot be a logo, or None when it can."""
    if not content:
        return "missing"
    if len(content) > MAX_LOGO:
        return "large"
    return None if image_type(content) else "type"
