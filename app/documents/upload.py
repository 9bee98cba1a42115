"""What may be uploaded as a logo, told by its content and never by its name."""

from __future__ import annotations

from typing import Literal

from . import docx, pdf
from .docx_logo import logo_of
from .model import Document
from .savefile import MAX_LOGO

Fault = Literal["missing", "large", "type"]
TYPES = {"png": "image/png", "jpg": "image/jpeg"}
PAGE = Document(kind="guide", language="nb", title="Logo", workplace="Logo", sections=())


def image_type(content: bytes) -> str | None:
    """image/png or image/jpeg, by what is in it; None for anything else.

    The picture is tried on a page, in Word and in PDF: a broken one must never break a document.
    """
    try:
        docx.draw(PAGE, content)
        pdf.draw(PAGE, content)
        return TYPES[logo_of(content).kind]
    except Exception:  # noqa: BLE001 - each library has errors of its own, and all mean the same: no picture that can be drawn
        return None


def logo_fault(content: bytes) -> Fault | None:
    """Why `content` cannot be a logo, or None when it can."""
    if not content:
        return "missing"
    if len(content) > MAX_LOGO:
        return "large"
    return None if image_type(content) else "type"
