"""Somebody else's words in a letter of ours must not lead elsewhere: finds and breaks what a mail program would make into a link."""

from __future__ import annotations

import re

_DOTS = ".\uff0e\u3002\uff61"  # an address may be written with any of these
_HOST = rf"(?<![\w@{_DOTS}-])(?:[\w-]{{1,63}}[{_DOTS}])*[\w-]{{2,63}}[{_DOTS}][^\W\d_]{{2,24}}(?![\w@])"
_ADDRESS = re.compile(rf"\w{{1,20}}://\S*|www[{_DOTS}]\S+|{_HOST}(?:[/:?#]\S*)?", re.IGNORECASE)
_OPEN = re.compile(rf"://|www[{_DOTS}]|[{_DOTS}][^\W\d_]+[/:?#]\S", re.IGNORECASE)


def address_in(words: str) -> str:
    """The first thing in `words` that looks like the address of a page; empty when nothing does. The address of a letter box is none.

    `Hei.Vi` is a space that was forgotten: what stands after the last dot begins with a capital and goes on small.
    """
    return next((found[0] for found in _ADDRESS.finditer(words) if not _is_slip(found[0])), "")


def _is_slip(found: str) -> bool:
    last = re.split(f"[{_DOTS}]", found)[-1]
    return not _OPEN.search(found) and last[:1].isupper() and last[1:].islower()


def harmless(words: str) -> str:
    """The words, with a space in each address, so that no program makes it a link."""
    return _ADDRESS.sub(lambda found: _broken(found[0]), words)


def harmless_name(words: str) -> str:
    """The same for a name: only where it is an address without doubt, for workplaces are called Finn.no."""
    return harmless(words) if _OPEN.search(words) else words


def _broken(address: str) -> str:
    return re.sub(rf"[{_DOTS}/]+(?=\w)", lambda found: f"{found[0]} ", address)
