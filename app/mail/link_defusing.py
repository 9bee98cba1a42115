"""Somebody else's words in a letter of ours must not lead elsewhere: finds and breaks what a mail program would make into a link."""

from __future__ import annotations

import re

_DOTS = ".\uff0e\u3002\uff61"  # an address may be written with any of these
_TOKEN = re.compile(r"[^\s()<>\"'«»“”,;!]+")  # what stands between spaces, brackets and quotation marks
_BEFORE_PATH = re.compile("[/:?#]")
_LABEL = re.compile(r"[\w-]+")
_NO_LETTER = ".-*_\uff0e\u3002\uff61"  # what may stand before or after an address, and is no part of its host
_OPEN = re.compile(rf"://|www[{_DOTS}]|[{_DOTS}][^\W\d_]+[/:?#]\S", re.IGNORECASE)


def address_in(words: str) -> str:
    """The first thing in `words` that looks like the address of a page; empty when nothing does. The address of a letter box is none.

    `Hei.Vi` is a space that was forgotten: what stands after the last dot begins with a capital and goes on small.
    """
    return next((found[0] for found in _TOKEN.finditer(words) if _is_address(found[0]) and not _is_slip(found[0])), "")


def _is_address(token: str) -> bool:
    """Whether a mail program might make a link of the token: it names a scheme, or holds a host such as `finn.no` or `www.finn`."""
    return "://" in token or any(map(_is_host, _hosts(token)))


def _is_host(labels: list[str]) -> bool:
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return False
    return labels[0].lower() == "www" or (len(labels[-2]) > 1 and labels[-1].isalpha() and 2 <= len(labels[-1]) <= 24)


def _hosts(token: str) -> list[list[str]]:
    """What may be hosts in the token, as their parts between the dots; none with a letter box."""
    found = (part.strip(_NO_LETTER) for part in _BEFORE_PATH.split(token))
    return [re.split(f"[{_DOTS}]", part) for part in found if "@" not in part]


def _is_slip(found: str) -> bool:
    last = next((labels[-1] for labels in _hosts(found) if _is_host(labels)), "")
    return not _OPEN.search(found) and last[:1].isupper() and last[1:].islower()


def harmless(words: str) -> str:
    """The words, with a space in each address, so that no program makes it a link."""
    return _TOKEN.sub(lambda found: _broken(found[0]) if _is_address(found[0]) else found[0], words)


def harmless_name(words: str) -> str:
    """The same for a name: only where it is an address without doubt, for workplaces are called Finn.no."""
    return harmless(words) if _OPEN.search(words) else words


def _broken(address: str) -> str:
    return re.sub(rf"[{_DOTS}/]+(?=\w)", lambda found: f"{found[0]} ", address)
