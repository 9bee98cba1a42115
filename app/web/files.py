"""Files that are sent to be saved: what they are called, under a name that every browser can show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from io import BytesIO
from typing import Literal
from urllib.parse import quote

from flask import send_file
from werkzeug.wrappers import Response

from app.documents.outputs import OutputFile
from app.documents.stamp import Stage
from app.pack.answers import Answers
from app.pack.engine import WORKPLACE_NAME
from app.pack.text import Language
from app.ui_texts import say

UNFIT = re.compile(r'[\x00-\x1f/\\:*?"<>|\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+')  # also what turns the direction of reading
LONGEST_PART = 80
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


def attached(content: bytes | str, type: str, name: str) -> Response:
    """The file, to be saved as `name`; text is sent as UTF-8.

    An old program that takes ASCII alone gets the letters that come nearest, and not a name with holes.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    response = send_file(BytesIO(data), mimetype=type, as_attachment=True, download_name=name, max_age=0)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{in_ascii(name)}\"; filename*=UTF-8''{quote(name, safe='')}"
    return response


def in_ascii(name: str) -> str:
    """The name in ASCII: ø is o, æ is ae; accents go, and what has no likeness becomes a line below."""
    words = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(one if one.isascii() and one.isprintable() else "" if unicodedata.combining(one) else "_" for one in words).translate(UNSAFE)


def name_of(file: OutputFile, answers: Answers, language: Language, version: int = 0, stage: Stage | Literal[""] = "") -> str:
    """What a file is called when it is saved, in the language of the documents."""
    return file_name(answers, language, file.saved_as(language), file.format, version, stage)


def file_name(answers: Answers, language: Language, what: str, ending: str, version: int = 0, stage: Stage | Literal[""] = "") -> str:
    """The name of a file: what it is, for whom, which version and whether it is decided."""
    of_version = say("version_in_name", language, number=version) if version else ""
    return joined([what, _workplace(answers), of_version, say(f"stage_in_name_{stage}", language) if stage else ""], ending)


def personal_name(answers: Answers, what: str, ending: str, whose: str) -> str:
    """The name of a file that belongs to one person: what it is, for which workplace, and whose."""
    return joined([what, _workplace(answers), whose], ending)


def joined(parts: Iterable[str], ending: str) -> str:
    """The name of a file from its parts; what no file system can hold, and an empty part, is left out."""
    tidy = (" ".join(UNFIT.sub(" ", part).split())[:LONGEST_PART].strip(" .") for part in parts)
    return f"{' - '.join(part for part in tidy if part)}.{ending}"


def _workplace(answers: Answers) -> str:
    return str(answers.get(WORKPLACE_NAME) or "")
