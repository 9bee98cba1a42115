"""The PDF of release 0.1, kept as a peer: its template, its data and how it called Typst."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from app.documents.model import Document
from app.documents.render.pdf import colours
from app.documents.render.pdf.typesetting import FONTS

from .data import data_of

TEMPLATE = Path(__file__).with_name("policy.typ").read_bytes()
_FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def draw(document: Document) -> bytes:
    """The document as release 0.1 drew it, without a logo."""
    words = json.dumps(data_of(document) | {"palette": colours(), "logo": [], "logo_width": 0}, ensure_ascii=False)
    return typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=_FONTS,
        ignore_system_fonts=True,
        sys_inputs={"document": words},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
