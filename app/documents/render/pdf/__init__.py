"""A Document as a tagged PDF (PDF/UA-1), set by Typst. Words go in as data, never as markup. Same document, same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable

from app.documents.characters import shown
from app.documents.colours import MARKS, TONES, palette_of
from app.documents.logo import LogoError, logo_of
from app.documents.look import OURS, Look
from app.documents.model import Document

from .data import data_of
from .typesetting import Files, TypesettingError, typeset

_CM = 360000


def draw(document: Document, look: Look = OURS, by: Callable[[Files], bytes] = typeset) -> bytes:
    """The document as the bytes of a PDF file.

    Raises LogoError when the logo is no PNG or JPEG. `by` is what typesets: here, or on a press.
    """
    files = written(document, look)
    try:
        return by(files)
    except TypesettingError as fault:
        return _once_more(files, fault, by)


def _once_more(files: Files, fault: TypesettingError, by: Callable[[Files], bytes]) -> bytes:
    """With a sign in place of each letter that no font here can show; PDF/UA forbids a missing one."""
    if "could not be displayed" in str(fault):
        return by(files | {"document.json": shown(files["document.json"])})
    if "logo.json" in files and "image" in str(fault):
        raise LogoError("the logo cannot be read") from fault
    raise fault


def written(document: Document, look: Look = OURS) -> Files:
    """What Typst is given: the document, and the picture as a list of numbers, for files in memory are text. Raises LogoError."""
    mark = logo_of(look.logo) if look.logo else None
    place = {"logo": mark is not None, "logo_width": mark.width / _CM if mark else 0}
    words = json.dumps(data_of(document) | {"palette": colours(look.colour)} | place, ensure_ascii=False)
    return {"document.json": words} | ({"logo.json": str(list(mark.data))} if mark else {})


def colours(colour: str = "") -> dict[str, str]:
    """The colours of the documents of a workplace with this `colour`, by their names in the template; those of the bands end in "-mark"."""
    bands = {f"{tone}-mark": hue for tone, hue in MARKS.items()}
    return palette_of(colour)._asdict() | {str(tone): hue for tone, hue in TONES.items()} | bands
