"""A Document as a tagged PDF (PDF/UA-1), set by Typst. Words go in as data, never as markup. Same document, same bytes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from . import palette
from .docx_logo import Logo, LogoError, logo_of
from .letters import FONTS, shown
from .model import Document
from .pdf_data import data_of

_TYP = Path(__file__).resolve().parent / "policy.typ"
_CM = 360000


def draw(document: Document, logo: bytes | None = None) -> bytes:
    """The document as the bytes of a PDF file.

    `logo` is a PNG or JPEG for the top of page one; raises LogoError when it is no such picture.
    """
    mark = logo_of(logo) if logo else None
    words = json.dumps(data_of(document) | {"palette": _colours()} | _place(mark), ensure_ascii=False)
    try:
        return _set(words)
    except typst.TypstError as fault:
        return _set_again(words, fault, logo is not None)


def _set_again(words: str, fault: typst.TypstError, with_logo: bool) -> bytes:
    """Once more, with a sign in place of each letter that no font here can show; PDF/UA forbids a missing one."""
    if "could not be displayed" in str(fault):
        return _set(shown(words))
    if with_logo and "image" in str(fault):
        raise LogoError("the logo cannot be read") from fault
    raise fault


def _set(words: str) -> bytes:
    return typst.compile(
        _source(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": words},
        pdf_standards=["ua-1"],
        timestamp=0,
    )


@cache
def _source() -> bytes:
    return _TYP.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@cache
def _colours() -> dict[str, str]:
    named = {name: getattr(palette, name.upper()) for name in ("accent", "ink", "quiet", "rule", "pale", "open")}
    return named | {str(tone): colour for tone, colour in palette.TONES.items()}


def _place(mark: Logo | None) -> dict[str, Any]:
    return {"logo": list(mark.data) if mark else [], "logo_width": mark.width / _CM if mark else 0}
