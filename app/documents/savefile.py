"""The answers as a file: to keep, to move to another machine, and to continue from, also when the content has moved on."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Literal

from app.pack.answers import LABEL, OWN_ROW, Answers
from app.pack.model import Column, Pack, Question
from app.pack.text import LANGUAGES, Language, clean_text
from app.pack.values import fits, is_date

FORMAT = "rusoff-answers"
VERSION = 1
LIMITS = {"text": 200, "long_text": 5000}
MAX_RECORDS = 40
MAX_LOGO = 1024 * 1024
MAX_CHANGES = 200  # more than any edition of the content can change; a file made to be large could hold 150,000


class SavefileError(Exception):
    """The file cannot be read at all. `reason` is one of: not_json, not_answers, newer, other_pack."""

    def __init__(self, reason: Literal["not_json", "not_answers", "newer", "other_pack"]) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Change:
    """Something in the file that did not come along: the key, and why (question, option, value or new)."""

    key: str
    kind: Literal["question", "option", "value", "new"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file held. `edition` is the content edition that it was written with; `changes` says what did not fit this one."""

    answers: dict[str, Any]
    language: Language
    edition: str
    logo: bytes | None
    changes: tuple[Change, ...]


def write(pack: Pack, answers: Answers, language: Language, logo: bytes | None = None) -> str:
    """The answers as JSON text, in the order of the questions; the same answers give the same text."""
    return written(pack.manifest.id, pack.manifest.edition, language, {id: answers[id] for id in pack.questions if id in answers}, logo)


def written(pack_id: str, edition: str, language: Language, answers: Answers, logo: bytes | None = None) -> str:
    """The same for answers to any edition of the content, as they are."""
    file: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "pack": pack_id,
        "edition": edition,
        "language": language,
        "answers": dict(answers),
    }
    if logo:
        file["logo"] = base64.b64encode(logo).decode("ascii")
    return json.dumps(file, ensure_ascii=False, indent=2) + "\n"


def read(pack: Pack, text: str) -> Loaded:
    """Read a file, keeping all that this content edition still knows, and saying what it does not.

    Raises SavefileError when it is no such file.
    """
    file = _parsed(text)
    if file.get("format") != FORMAT or not isinstance(file.get("answers"), dict):
        raise SavefileError("not_answers")
    if not isinstance(file.get("version"), int) or file["version"] > VERSION:
        raise SavefileError("newer")
    if file.get("pack") != pack.manifest.id:
        raise SavefileError("other_pack")
    edition = tidy_edition(file.get("edition"))
    language = file.get("language")
    changes = _Changes()
    answers = _answers(pack, file["answers"], changes)
    if edition != pack.manifest.edition:
        changes += [Change(id, "new") for id, q in pack.questions.items() if q.required and id not in file["answers"]]
    return Loaded(answers, language if language in LANGUAGES else "nb", edition, _logo(file.get("logo")), tuple(changes))


class _Changes(list[Change]):
    """What has changed, each said once, and no more than a reader can use."""

    def note(self, key: str, kind: Literal["question", "option", "value"]) -> None:
        if len(self) < MAX_CHANGES and (change := Change(clean_text(key[:80]), kind)) not in self:
            self.append(change)


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


def _logo(encoded: object) -> bytes | None:
    try:
        logo = base64.b64decode(encoded, validate=True) if isinstance(encoded, str) else b""
    except (binascii.Error, ValueError):
        return None
    return logo if 0 < len(logo) <= MAX_LOGO else None


def _answers(pack: Pack, given: dict[str, Any], changes: _Changes) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for id, value in given.items():
        question = pack.questions.get(id)
        if question is None:
            changes.note(id, "question")
        elif value is None:
            answers[id] = None
        else:
            fit = _Fit(pack, question, changes).value(value)
            if fit is not None:
                answers[id] = fit
    return answers


class _Fit:
    """Makes one uploaded value fit its question, noting what had to go."""

    def __init__(self, pack: Pack, question: Question, changes: _Changes) -> None:
        self.pack = pack
        self.question = question
        self.changes = changes

    def value(self, value: Any) -> Any:
        return getattr(self, f"_{self.question.kind}")(value)

    def _lost(self, kind: Literal["option", "value"], key: str = "") -> None:
        self.changes.note(f"{self.question.id}.{key[:80]}" if key else self.question.id, kind)

    def _string(self, value: Any, limit: int, key: str = "") -> str:
        if not isinstance(value, str):
            self._lost("value", key)
            return ""
        return clean_text(value)[:limit]

    def _text(self, value: Any) -> str:
        words = self._string(value, self.question.max or LIMITS["text"])
        return words if fits(self.question.format, words) else self._bad()

    def _long_text(self, value: Any) -> str:
        return self._string(value, self.question.max or LIMITS["long_text"])

    def _date(self, value: Any) -> str:
        words = self._string(value, 10)
        return words if not words or is_date(words) else self._bad()

    def _bad(self, key: str = "") -> str:
        self._lost("value", key)
        return ""

    def _number(self, value: Any) -> int | str | None:
        if isinstance(value, int) and not isinstance(value, bool) and (self.question.min or 0) <= value <= (self.question.max or 10**6):
            return value
        if value != "":
            self._lost("value")
            return None
        return ""

    def _choice(self, value: Any) -> str | None:
        if value == "" or self.question.option(value) is not None:
            return str(value)
        self._lost("option", value if isinstance(value, str) else "")
        return None

    def _choices(self, value: Any) -> list[str] | None:
        if not isinstance(value, list):
            self._lost("value")
            return None
        known = [o.id for o in self.question.options if o.id in value]
        for id in value:
            if id not in known:
                self._lost("option", str(id))
        return known

    def _grid(self, value: Any) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            self._lost("value")
            return None
        rows = self._row_ids()
        for id in value:
            if id not in rows:
                self._lost("option", id)
        return {id: self._record(record, id) for id, record in value.items() if id in rows}

    def _rows(self, value: Any) -> list[dict[str, str]] | None:
        if not isinstance(value, list):
            self._lost("value")
            return None
        if len(value) > MAX_RECORDS:
            self._lost("value")
        return [self._record(record, str(at)) for at, record in enumerate(value[:MAX_RECORDS], start=1)]

    def _row_ids(self) -> set[str]:
        source = self.pack.questions.get(self.question.rows_from or "")
        own = {f"{OWN_ROW}{n}" for n in range(1, self.question.own_rows + 1)}
        return own | {row.id for row in self.question.rows} | ({o.id for o in source.options} if source else set())

    def _record(self, record: Any, key: str) -> dict[str, str]:
        if not isinstance(record, dict):
            self._lost("value", key)
            return {}
        fit = {column.id: self._cell(column, record[column.id], key) for column in self.question.columns if column.id in record}
        if self.question.own_rows and LABEL in record:
            fit[LABEL] = self._string(record[LABEL], LIMITS["text"], key)
        return fit

    def _cell(self, column: Column, value: Any, key: str) -> str:
        words = self._string(value, LIMITS["text"], f"{key}.{column.id}")
        if column.kind == "choice" and words and column.option(words) is None:
            self._lost("option", f"{key}.{column.id}.{words}")
            return ""
        fine = is_date(words) if column.kind == "date" and words else fits(column.format, words)
        return words if fine else self._bad(f"{key}.{column.id}")
