"""The bytes of a file as words, where it can be told for sure which letters they stand for; and the bytes of a picture kept in words."""

from __future__ import annotations

import base64
import binascii
import json
import re

_OURS = frozenset("æøåÆØÅ")
_BESIDE = frozenset("äöüÄÖÜéèêóòôáàíúÉÓčđŋšŧžČĐŊŠŦŽ«»“”„’–—…•·§°½€ \u00a0")  # what may stand in a Norwegian text beside them
_ONE_BYTE = ("cp1252", "mac_roman")
_AS_BYTE = {chr(code): bytes([code]) for code in (*range(128), 0x81, 0x8D, 0x8F, 0x90, 0x9D)}  # the last five have no letter in Windows-1252
_DATA_URI = re.compile(r"data:[^,]{0,100},")


def text_of(content: bytes) -> str | None:
    """`content` as words: UTF-8, UTF-16 or UTF-32; Windows-1252 or MacRoman when it alone gives a Norwegian text. None when nobody can tell."""
    encoding = json.detect_encoding(content)  # by its mark, or by where its first letters hold noughts
    whole = _decoded(content, encoding)
    if encoding == "utf-8" and whole is None:
        return _by_letters(content)
    return whole and (_taken_twice(whole) or whole)


def _taken_twice(words: str) -> str | None:
    """What `words` were before a program took UTF-8 for Windows-1252 and wrote it anew: Ã¸ was ø. None when they never were."""
    if words.isascii():
        return None
    try:
        return b"".join(_AS_BYTE.get(c) or c.encode("cp1252") for c in words).decode("utf-8")
    except UnicodeError:
        return None


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _by_letters(content: bytes) -> str | None:
    """An æ in the one encoding is a sign that no Norwegian text holds in the other."""
    possible = [words for words in (_decoded(content, encoding) for encoding in _ONE_BYTE) if words is not None and _is_norwegian(words)]
    return possible[0] if len(possible) == 1 else None


def _is_norwegian(words: str) -> bool:
    beyond = {c for c in words if not c.isascii()}
    return bool(beyond & _OURS) and beyond <= _OURS | _BESIDE


def picture_bytes(words: str) -> bytes | None:
    """The bytes that base64 `words` stand for: also in lines, as a data-URI, without padding, or in letters made for addresses. Else None."""
    found = _DATA_URI.match(words)
    encoded = "".join(words[found.end() if found else 0 :].split()).rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True) or None
    except (binascii.Error, ValueError):
        return None
