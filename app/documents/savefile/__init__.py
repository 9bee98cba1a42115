"""The answers as a file: to keep, to move to another machine, and to continue from, also when the content has moved on."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any, Literal

from app.documents.look import OURS, Look
from app.documents.own_words import OwnWords, Stored
from app.pack.answers import Answers, brought_up, given_as
from app.pack.model import Pack
from app.pack.text import LANGUAGES, Language, clean_text
from app.values.colour import read_colour
from app.values.parsing import read_number

from .encodings import picture_bytes, text_of
from .fitting import KEY_MAX, FromFile, as_typed, said
from .own_words import KEY, read_own_words

FORMAT = "rusoff-answers"
VERSION = 2  # from 2 on, own words may stand in it; a file without any is still a 1, which every program can read
MAX_LOGO = 1024 * 1024
MAX_CHANGES = 200  # more than any edition of the content can change; a file made to be large could hold 150,000


Kind = Literal["question", "option", "value", "long", "logo", "colour", "new", "later", "moved", "retired"]


class SavefileError(Exception):
    """The file cannot be read at all. `reason` is one of: encoding, not_json, not_answers, newer, other_pack."""

    def __init__(self, reason: Literal["encoding", "not_json", "not_answers", "newer", "other_pack"]) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class LoadChange:
    """Something in the file that did not come along as it was: the key, why, what stood there, and by how many characters it is too long."""

    key: str
    kind: Kind
    words: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file held. `edition` is the content edition that it was written with; `changes` says what did not fit this one.

    There may be more changes than anybody can use, in a file made to be large: `untold` of them are not among `changes`.
    """

    answers: dict[str, Any]
    language: Language
    edition: str
    look: Look
    changes: tuple[LoadChange, ...]
    untold: int = 0
    own_words: OwnWords = field(default_factory=OwnWords)


def write(pack: Pack, answers: Answers, language: Language, look: Look = OURS, own_words: Stored | None = None) -> str:
    """The answers as JSON text, in the order of the questions; the same answers give the same text."""
    given = {id: answers[given_as(question, answers)] for id, question in pack.questions.items() if given_as(question, answers) in answers}
    return written(pack.manifest.id, pack.manifest.edition, language, given, look, own_words)


def written(pack_id: str, edition: str, language: Language, answers: Answers, look: Look = OURS, own_words: Stored | None = None) -> str:
    """The same for answers to any edition of the content, as they are."""
    file: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION if own_words else 1,
        "pack": pack_id,
        "edition": edition,
        "language": language,
        "answers": dict(answers),
    }
    if own_words:
        file[KEY] = dict(own_words)
    if look.logo:
        file["logo"] = base64.b64encode(look.logo).decode("ascii")
    if look.colour:
        file["colour"] = f"#{look.colour}"
    return json.dumps(file, ensure_ascii=False, indent=2) + "\n"


def load(pack: Pack, content: bytes) -> Loaded:
    """Read the bytes of a file, in any encoding that can be told for sure. Raises SavefileError when it is no such file."""
    text = text_of(content)
    if text is None:
        raise SavefileError("encoding")
    return read(pack, text)


def read(pack: Pack, text: str) -> Loaded:
    """Read a file, keeping all that this content edition still knows, and saying what it does not.

    Raises SavefileError when it is no such file.
    """
    file = _parsed(text)
    _check(pack, file)
    edition = tidy_edition(file.get("edition"))
    language = file.get("language")
    changes = _Changes()
    given = brought_up(pack, file["answers"], edition) if file["answers"] else {}
    changes += [LoadChange(id, "later") for id in given if id not in file["answers"]]
    answers = _answers(pack, given, changes)
    if edition != pack.manifest.edition:
        changes += [LoadChange(id, "new") for id, q in pack.questions.items() if q.required and id not in file["answers"]]
    look, own_words = Look(_logo(file.get("logo"), changes), _colour(file.get("colour"), changes)), read_own_words(file.get(KEY), changes.note)
    return Loaded(answers, language if language in LANGUAGES else "nb", edition, look, tuple(changes), changes.untold, own_words)


def _check(pack: Pack, file: dict[str, Any]) -> None:
    version = read_number(as_typed(file.get("version")) or "")
    if file.get("format") != FORMAT or not isinstance(file.get("answers"), dict) or version is None or version < 1:
        raise SavefileError("not_answers")
    if version > VERSION:
        raise SavefileError("newer")
    if file.get("pack") != pack.manifest.id:
        raise SavefileError("other_pack")


class _Changes(list[LoadChange]):
    """What has changed, each said once, and no more than a reader can use."""

    def __init__(self) -> None:
        super().__init__()
        self.told: set[LoadChange] = set()
        self.untold = 0

    def note(self, key: str, kind: Kind, words: str = "", more: int = 0) -> None:
        change = LoadChange(clean_text(key[:KEY_MAX]), kind, words, more)
        if change in self.told:
            return
        if len(self) < MAX_CHANGES:
            self.told.add(change)
            self.append(change)
        else:
            self.untold += 1


def tidy_edition(edition: object) -> str:
    """A content edition as it may be shown."""
    return clean_text(edition)[:20] if isinstance(edition, str) else ""


def _parsed(text: str) -> dict[str, Any]:
    try:
        file = json.loads(text, parse_constant=lambda name: None)
    except (ValueError, RecursionError):
        raise SavefileError("not_json") from None
    if not isinstance(file, dict):
        raise SavefileError("not_answers")
    return file


def _logo(encoded: object, changes: _Changes) -> bytes | None:
    """The picture as it came; what it is, and whether it can be used, is not told here."""
    logo = picture_bytes(encoded) if isinstance(encoded, str) else None
    if logo is None and encoded not in (None, ""):
        changes.note("logo", "logo")
    return logo


def _colour(said: object, changes: _Changes) -> str:
    """The colour, however it is written. Programs from before there were any pass over it."""
    colour = read_colour(said) if isinstance(said, str) else None
    if colour is None and said not in (None, ""):
        changes.note("colour", "colour")
    return colour or ""


def _answers(pack: Pack, given: dict[str, Any], changes: _Changes) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for id, value in _moved(pack, given, changes).items():
        question = pack.questions.get(id)
        if question is None:
            changes.note(id, "question", said(value))
        elif value is None:
            answers[id] = None
        else:
            fit = FromFile(pack, question, changes.note).answer(value)
            if fit is not None:
                answers[id] = fit
    return answers


def _moved(pack: Pack, given: dict[str, Any], changes: _Changes) -> dict[str, Any]:
    """The same answers without those of questions that are asked no more; where another question takes them over, under its id. Each is told."""
    found = {id: value for id, value in given.items() if id not in pack.retired}
    for id in (id for id in pack.retired if id in given):
        heir = pack.retired[id].becomes
        if given[id] not in ("", None):
            changes.note(id, "moved" if heir else "retired", said(given[id]))
        if heir:
            found.setdefault(heir, given[id])
    return found
