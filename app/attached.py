"""Files to be saved, under a name that every browser can show."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from urllib.parse import quote

from flask import send_file
from werkzeug.wrappers import Response

PLAIN = {
    "æ": "ae",
    "ø": "o",
    "å": "a",
    "ß": "ss",
    "đ": "d",
    "ŋ": "n",
    "ŧ": "t",
    "ł": "l",
    "þ": "th",
    "ð": "d",
    "œ": "oe",
    "–": "-",
    "—": "-",
    "’": "'",
}
LETTERS = str.maketrans(PLAIN | {one.upper(): other.capitalize() for one, other in PLAIN.items() if one.isalpha() and one != "ß"})
UNSAFE = str.maketrans({'"': "'", "\\": "_"})


def attached(content: bytes, type: str, name: str) -> Response:
    """The file, to be saved as `name`. An old program that takes ASCII alone gets the letters that come nearest, and not a name with holes."""
    response = send_file(BytesIO(content), mimetype=type, as_attachment=True, download_name=name, max_age=0)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{in_ascii(name)}\"; filename*=UTF-8''{quote(name, safe='')}"
    return response


def in_ascii(name: str) -> str:
    """The name in ASCII: ø is o, æ is ae; accents go, and what has no likeness becomes a line below."""
    words = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(one if one.isascii() and one.isprintable() else "" if unicodedata.combining(one) else "_" for one in words).translate(UNSAFE)
