"""Whatever somebody writes in a field for own words stands in page, Word, PDF, HTML and answers file, and breaks none of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode
from zipfile import ZipFile

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader
from werkzeug.test import TestResponse

from app.models.db import db
from app.models.policy import Policy
from app.pack.answers import free_texts, standing
from app.pack.load import the_pack
from app.pack.text import clean_text
from app.steps.visible_questions import asked_on
from tests.conftest import browser, start_policy
from tests.every_field import form_of, hidden, own_words, put, savefile, shown, upload
from tests.reading import Browser, words_of
from tests.unit.drawn import docx_text, html_text
from tests.unit.solve import full

HOSTILE = {
    "controls": "a\x00b\x01c\x0bd\x0ce\x1bf\x1fg\x7fh\x85i",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)> &amp; & ]]> <!-- --> <![CDATA[ </w:t></w:r></textarea>",
    "quotes": "\"><b onmouseover='x'> ' \" ` « » „“ ”",
    "templates": "{{ 7*7 }} {% raw %} {# #} ${7*7} $x$ %(a)s %s {0} {workplace_name} @workplace@",
    "typst": '#read("/etc/passwd") #sys.inputs *b* _i_ `r` @ref <label> \\ // /* = - + $x^2$ ~',
    "surrogates": "a\ud800b\udfffc\ufffed\uffff\U0001ffff\ufdd0e",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "formulas": "+1 -1 @SUM(A1) \t=1|cmd",
    "direction": "\u202egnp.exe\u202c \u2066abc\u2069 שלום مرحبا \u200f!",
    "emoji": "👩‍👩‍👧‍👦 🇳🇴 🏳️‍🌈 ☕️ 𝔘𝔫𝔦 日本語",
    "combining": "z\u0301\u0302\u0303 >\u0338 <\u0338 e\u0301",
    "nordic": "Blåbær & Sønner «Ålesund» \"AS\" O'Hara Šábmi čáhci ŧ",
    "break": "a\r\nSet-Cookie: x=1\r\n\r\n<b>\rc\u2028d\u2029e",
    "sql": "'; DROP TABLE policy; --",
    "path": "../../etc/passwd\\..\\con|nul:*?\x00.exe",
    "nothing": "None null undefined NaN undecided",
    "invisible": "\u200b\u200c\u200d\ufeff\u00ad\u2060x\u00a0",
    "word": "w" * 60,
    "address": "https://evil.example/\"><script> javascript:alert(1) https://a\\b{c}",
    "long": "svært lang tekst " * 300,
}  # fmt: skip


class Reader(Browser):
    """A browser that does not judge the page: here, somebody writes {{ }} on purpose."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return FlaskClient.open(self, *args, buffered=True, **kwargs)


@pytest.fixture
def raw(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setattr(app, "test_client_class", Reader)
    return browser(app)


TEXTS = list(HOSTILE.values())
# Every field gets another text in every turn. With TEST_THOROUGHLY, as in `make check`, every field gets every text.
TURNS = range(0, len(TEXTS), 1 if "TEST_THOROUGHLY" in os.environ else 7)


@pytest.fixture(params=TURNS)
def words(request: pytest.FixtureRequest) -> Callable[[int], str]:
    """Gives the next field its text, as much as the field takes."""
    turn = count(request.param)
    return lambda most: TEXTS[next(turn) % len(TEXTS)][:most]


def squeezed(words: str) -> str:
    """Words as they are compared: without space of any kind, or what only says where a line may break."""
    return "".join(words.replace("\u200b", "").replace("\u00ad", "").split())


def test_every_field_keeps_what_was_written(raw: Any, words: Callable[[int], str]) -> None:
    id = start_policy(raw, full())
    filled = 0
    for (step, page), (_, its) in the_pack().pages.items():
        address = f"/nb/policies/{id}/{step}/{page}"
        asked = asked_on(its, standing(the_pack(), stored(raw, id)))
        typed = form_of(its, stored(raw, id), words)
        response = post(raw, address, typed)
        assert response.status_code == 303, (page, response.text)
        again = shown(raw.get(address).text)
        for name in {name for name, _ in own_words(asked)} & set(again):
            sent = typed[name][0].encode("utf-8", "replace").decode()
            assert squeezed(again[name]) == squeezed(clean_text(sent)), name
            filled += 1
    assert filled > 30
    is_sound(stored(raw, id))


def post(raw: Any, address: str, typed: dict[str, list[str]]) -> Any:
    """Post as a browser does: half of a letter cannot be sent, though it may stand in a file of answers."""
    fields = {**hidden(raw.get(address).text), **typed, "csrf_token": [raw.token()]}
    body = urlencode([(name, value.encode("utf-8", "replace")) for name, values in fields.items() for value in values])
    return raw.post(address, data=body, content_type="application/x-www-form-urlencoded")


def stored(raw: Any, id: str) -> dict[str, Any]:
    with raw.application.app_context():
        policy = db.session.get(Policy, id)
        assert policy
        return dict(policy.answers)


def is_sound(answers: Any) -> None:
    """Nothing in it that JSON, PostgreSQL or Word refuses."""
    written = json.dumps(answers, ensure_ascii=False)
    assert written.encode("utf-8")
    assert written == clean_text(written)


def test_every_page_about_the_answers_shows_it_as_text(raw: Any, words: Callable[[int], str]) -> None:
    answers = put(full(), lambda most: clean_text(words(most)).strip())
    id = start_policy(raw, answers)
    for view in ("", "check", "control", "preview", "documents"):
        response = raw.get(f"/nn/policies/{id}/{view}")
        assert response.status_code == 200
        page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.text)
        assert not [e for e in page.iter("script") if not e.get("src")]
        assert not [name for e in page.iter() if isinstance(e.tag, str) for name, _ in e.items() if name.startswith("on") or name == "style"]
        assert not [e for e in page.iter("a") if (e.get("href") or "").lower().startswith("javascript:")]
        assert squeezed(answers["workplace_name"]) in squeezed(words_of(page)) or view in ("control", "documents")
        if view == "check":
            found = squeezed(words_of(page))
            assert not [text for text in texts_of(answers) if squeezed(text) not in found]


def texts_of(answers: dict[str, Any]) -> Iterator[str]:
    """Every line of own words in the answers."""
    for id, value in answers.items():
        yield from (line for text in free_texts(the_pack().questions[id], value) for line in text.splitlines())


def test_every_document_says_it_and_opens(raw: Any, words: Callable[[int], str], tmp_path: Path) -> None:
    answers = put(full(), lambda most: clean_text(words(most)).strip())
    id = start_policy(raw, answers)
    files = {name: raw.get(f"/en/policies/{id}/documents/{name}") for name in ("policy.docx", "policy.html", "policy.pdf")}
    for name, response in files.items():
        assert response.status_code == 200, name
        assert name_of_file(response).endswith(f".{name.rpartition('.')[2]}")
    word = files["policy.docx"].data
    for id in ("workplace_name", "own_values", "mapping_notes"):
        assert squeezed(answers[id].splitlines()[0]) in squeezed(docx_text(word)), id
        assert squeezed(answers[id].splitlines()[0]) in squeezed(html_text(files["policy.html"].text)), id
    assert faults_of(word, tmp_path) == []
    html5lib.HTMLParser(strict=True).parse(files["policy.html"].text)
    assert len(PdfReader(BytesIO(files["policy.pdf"].data)).pages) > 3


def name_of_file(response: Any) -> str:
    """What the browser calls the file: one name, without a path, a line break or a turn of the direction of reading."""
    header = response.headers["Content-Disposition"]
    name = unquote(header.partition("filename*=UTF-8''")[2]) or header.partition("filename=")[2].strip('"')
    assert not set(name) & set('/\\:*?"<>|\r\n\x00\u202e\u2066\u200f'), name
    assert header.isascii()
    return name


def faults_of(file: bytes, folder: Path) -> list[str]:
    """What is wrong with a Word file: parts that are no XML, and what the validator says."""
    with ZipFile(BytesIO(file)) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(part))
    path = folder / "document.docx"
    path.write_bytes(file)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def test_the_answers_file_takes_it_there_and_back(raw: Any, words: Callable[[int], str]) -> None:
    before = put(full(), words)
    response = upload(raw, "/nb/policies/from-file", "answers", savefile(answers=before), "svar.json")
    assert response.status_code == 303, response.text
    first = raw.get(f"{response.headers['Location']}answers.json")
    again = upload(raw, "/nb/policies/from-file", "answers", first.data, "svar.json")
    assert raw.get(f"{again.headers['Location']}answers.json").data == first.data
    is_sound(json.loads(first.data)["answers"])


@pytest.mark.parametrize("text", TEXTS, ids=list(HOSTILE))
def test_both_answers_to_a_question_are_shown_as_text(raw: Any, text: str) -> None:
    id = start_policy(raw, full())
    step, page = the_pack().place["mapping_notes"]
    address = f"/nb/policies/{id}/{step.id}/{page.id}"
    typed = form_of(page, full(), lambda most: text[:most])
    response = post(raw, address, {**typed, "fingerprint": ["another"], '"><script>': [text]})
    assert response.status_code == 409
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.text)
    assert not [e for e in tree.iter("script") if not e.get("src")]
    assert stored(raw, id) == full()
