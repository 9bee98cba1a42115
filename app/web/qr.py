"""The QR code that leads to a public page."""

from __future__ import annotations

from io import BytesIO

import segno

from app.web.urls import external

SCALE = 12  # pixels a module, in PNG: sharp on a poster in A3


def _made(name: str) -> segno.QRCode:
    """The code, with so much to spare that a quarter of it may be soiled."""
    return segno.make_qr(external("public.page", address=name), error="q")


def qr_svg(name: str) -> bytes:
    """The code as SVG, black on white also where the page is dark: not every telephone reads it the other way about."""
    made = BytesIO()
    _made(name).save(made, kind="svg", border=4, dark="#000", light="#fff", unit="", omitsize=True, xmldecl=False)
    return made.getvalue()


def qr_png(name: str) -> bytes:
    """The code as PNG."""
    made = BytesIO()
    _made(name).save(made, kind="png", border=4, scale=SCALE)
    return made.getvalue()
