"""Every field of the wizard in which one may write own words, and a form as a browser posts it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.pack.answer_parsing import CELL_MAX, LONG_MAX, TEXT_MAX
from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.model import Column, Page, Question
from app.steps.form import TypedIn, typed_in
from app.steps.visible_questions import Asked, asked_on, labels
from tests.reading import Browser

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')
_TEXT = re.compile(r'<input class="ds-input[^"]*" type="text" id="f-([^"]*)" name="[^"]*" value="([^"]*)"')
_LONG = re.compile(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?([^<]*)</textarea>')
_WHOLE = {"text": TEXT_MAX, "long_text": LONG_MAX}


def own_words(asked: tuple[Asked, ...]) -> Iterator[tuple[str, int]]:
    """The name of every field for own words, and how many letters it takes."""
    for one in asked:
        if one.question.kind in _WHOLE and one.question.format is None:
            yield one.id, one.question.max or _WHOLE[one.question.kind]
        yield from ((name, column.max or CELL_MAX) for _, name, column in one.cells() if column.kind == "text" and column.format is None)
        yield from ((name, CELL_MAX) for name in labels(one).values())


def form_of(page: Page, answers: dict[str, Any], fill: Callable[[int], str]) -> TypedIn:
    """What a browser posts from a page with these answers, when `fill` gives the words for a field that takes so many letters."""
    now = standing(the_pack(), answers)
    asked = asked_on(page, now)
    typed = typed_in(asked, now, "nb")
    typed |= {name: [fill(most)] for name, most in own_words(asked)}
    return typed | {"asked": [one.id for one in asked]}


def hidden(page: str) -> TypedIn:
    """The hidden fields of a page, but the list of what is asked."""
    found = {html.unescape(name): [html.unescape(value)] for name, value in _HIDDEN.findall(page)}
    return {name: value for name, value in found.items() if name != "asked"}


def shown(page: str) -> dict[str, str]:
    """What stands in every field for words on a page."""
    return {name: html.unescape(words) for name, words in [*_TEXT.findall(page), *_LONG.findall(page)]}


def upload(client: Browser, address: str, field: str, content: bytes, name: str) -> TestResponse:
    """Send one file, as a browser does."""
    fields = {"csrf_token": client.token(), field: FileStorage(BytesIO(content), filename=name)}
    boundary, body = encode_multipart(fields)
    return client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def savefile(**given: Any) -> bytes:
    """A file of answers as the wizard writes it, but for what is `given`."""
    return json.dumps(
        {"format": "rusoff-answers", "version": 1, "pack": "rusoff", "edition": the_pack().manifest.edition, "language": "nb", "answers": {}, **given}
    ).encode()


def put(answers: dict[str, Any], words: Callable[[int], str]) -> dict[str, Any]:
    """The answers with `words` in every place for own words, as stored."""
    return {id: _put(the_pack().questions[id], value, words) for id, value in answers.items()}


def _put(question: Question, value: Any, words: Callable[[int], str]) -> Any:
    if question.kind in _WHOLE and question.format is None:
        return words(question.max or _WHOLE[question.kind])
    if question.kind == "grid":
        return {row: _cells(question.columns, record, words) for row, record in value.items()}
    if question.kind == "rows":
        return [_cells(question.columns, record, words) for record in value]
    return value


def _cells(columns: list[Column], record: dict[str, str], words: Callable[[int], str]) -> dict[str, str]:
    own = {column.id for column in columns if column.kind == "text" and column.format is None}
    return {id: words(CELL_MAX) if id in own else value for id, value in record.items()}
