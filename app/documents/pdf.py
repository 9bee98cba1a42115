"""A Document as a tagged PDF (PDF/UA-1), set by Typst. Words go in as data, never as markup. Same document, same bytes."""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from . import palette
from .docx_logo import LogoError, logo_of
from .letters import FONTS, shown
from .model import Document
from .pdf_data import data_of

TEMPLATE = Path(__file__).resolve().parent / "policy.typ"
_CM = 360000
_here = threading.local()
Files = dict[str, str]  # their names and what is in them


def draw(document: Document, logo: bytes | None = None) -> bytes:
    """The document as the bytes of a PDF file.

    `logo` is a PNG or JPEG for the top of page one; raises LogoError when it is no such picture.
    """
    return typeset(written(document, logo))


def written(document: Document, logo: bytes | None = None) -> Files:
    """What Typst is given: the document, and the picture as a list of numbers, for files in memory are text. Raises LogoError."""
    mark = logo_of(logo) if logo else None
    place = {"logo": mark is not None, "logo_width": mark.width / _CM if mark else 0}
    words = json.dumps(data_of(document) | {"palette": _colours()} | place, ensure_ascii=False)
    return {"document.json": words} | ({"logo.json": str(list(mark.data))} if mark else {})


def typeset(files: Files) -> bytes:
    """The PDF of what `written` gave. Raises LogoError when the picture cannot be read after all."""
    try:
        return _set(files)
    except typst.TypstError as fault:
        return _set_again(files, fault)


def _set_again(files: Files, fault: typst.TypstError) -> bytes:
    """Once more, with a sign in place of each letter that no font here can show; PDF/UA forbids a missing one."""
    if "could not be displayed" in str(fault):
        return _set(files | {"document.json": shown(files["document.json"])})
    if "logo.json" in files and "image" in str(fault):
        raise LogoError("the logo cannot be read") from fault
    raise fault


def _set(files: Files) -> bytes:
    """Typst reads files (these are in memory), so that what it laid out for the last documents and did not change is not laid out again."""
    read: Any = {"main.typ": _source()} | {name: words.encode() for name, words in files.items()}
    drawn = _compiler().compile(input=read, format="pdf", pdf_standards=["ua-1"], timestamp=0)
    return cast("bytes", drawn)


def _compiler() -> typst.Compiler:
    """The compiler of this thread: one that two threads share raises."""
    if not hasattr(_here, "compiler"):
        _here.compiler = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)
    return cast("typst.Compiler", _here.compiler)


@cache
def _source() -> bytes:
    return TEMPLATE.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@cache
def _colours() -> dict[str, str]:
    named = {name: getattr(palette, name.upper()) for name in ("accent", "ink", "quiet", "rule", "pale", "open")}
    return named | {str(tone): colour for tone, colour in palette.TONES.items()}
