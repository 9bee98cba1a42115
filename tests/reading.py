"""A client that reads every page it is given. House style is checked here, so that nobody has to remember it."""

from __future__ import annotations

import hashlib
import os
import re
import xml.etree.ElementTree as ET
from typing import Any

import html5lib
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

LANGUAGE_OF_PATH = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
REDIRECTS = {301, 302, 303, 307, 308}
UNSEEN = {"script", "style", "template"}
FIELDS = {"input", "select", "textarea"}
HOLES = re.compile(r"\{\w*\}|\{\{|\{%|\bUndefined\b")
NOTHING = re.compile(r"\bNone\b")  # an English word, but not a Norwegian one
BY_CHANCE = re.compile(r'(?<=name="csrf_token" value=")[^"]*|\b[a-z2-7]{26}\b|\b[\w-]{43}\b|\b[0-9a-f]{64}\b')  # tokens, ids, keys, fingerprints
ON_POSTGRES = bool(os.environ.get("TEST_DATABASE_URL"))  # the same tests read the same pages on SQLite: there they are judged
_sound: set[tuple[bytes, str]] = set()


class Browser(FlaskClient):
    """Sends the CSRF token with every form, and checks every page that comes back."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)  # read to the end and close, as a browser does
        response = super().open(*args, **kwargs)
        response.request.environ["wsgi.input"].close()  # a large form is a file, which werkzeug's client leaves open
        assert response.headers.get("Content-Security-Policy"), f"{response.request.path} has no content policy"
        is_page = response.mimetype == "text/html" and response.status_code not in REDIRECTS and "Content-Disposition" not in response.headers
        is_ours = "'sha256-" not in response.headers["Content-Security-Policy"]  # a document as a file brings a style along, which its hash lets in
        if is_page and is_ours and response.data and not ON_POSTGRES:
            check_page(response.text, response.request.path)
        return response

    def post(self, *args: Any, **kwargs: Any) -> TestResponse:
        data = kwargs.get("data")
        if data is None or isinstance(data, dict):
            kwargs["data"] = {"csrf_token": self.token(), **(data or {})}
        return super().post(*args, **kwargs)

    def token(self) -> str:
        """What a form of this browser carries."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", hashlib.sha1(os.urandom(64)).hexdigest())
        return str(URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(raw))


def check_page(html: str, path: str) -> None:
    """House style, on any page in any language. A page that differs from a sound one by nothing but chance is sound too, and is not read again."""
    key = (hashlib.sha256(without_chance(html).encode()).digest(), path.split("/")[1])
    if key not in _sound:
        _check_page(html, path)
        _sound.add(key)


def without_chance(html: str) -> str:
    """The page with its chance values numbered as they come: values that differ stay different."""
    numbers: dict[str, str] = {}
    return BY_CHANCE.sub(lambda found: numbers.setdefault(found[0], f"\0{len(numbers)}"), html)


def _check_page(html: str, path: str) -> None:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    faults = [*_of_head(page, path), *_of_ids(page), *_of_fields(page), *_of_attributes(page), *_of_words(page)]
    assert not faults, f"{path}: " + "; ".join(faults)


def words_of(element: ET.Element) -> str:
    """What a reader sees in `element`."""
    own = [element.text or ""] if element.tag not in UNSEEN else []
    inner = [] if element.tag in UNSEEN else [words_of(child) + (child.tail or "") for child in element]
    return "".join(own + inner)


def _of_head(page: ET.Element, path: str) -> list[str]:
    faults = []
    wanted = LANGUAGE_OF_PATH.get(path.split("/")[1])
    if wanted and page.get("lang") != wanted:
        faults.append(f"lang is {page.get('lang')}, not {wanted}")
    heads = [" ".join(words_of(h).split()) for h in page.iter("h1")]
    title = " ".join((page.findtext("head/title") or "").split())
    if len(heads) != 1 or not heads[0]:
        faults.append(f"there are {len(heads)} h1")
    elif heads[0] not in title:
        faults.append(f"the title {title!r} does not hold the heading {heads[0]!r}")
    return faults


def _of_ids(page: ET.Element) -> list[str]:
    ids = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
    faults = [f"the id {id} stands twice" for id in {i for i in ids if ids.count(i) > 1}]
    for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        named = [id for e in page.iter() if isinstance(e.tag, str) for id in (e.get(name) or "").split()]
        faults += [f"{name} names {id}, which is not there" for id in named if id not in ids]
    return faults


def _of_fields(page: ET.Element) -> list[str]:
    labelled = {e.get("for") for e in page.iter("label")}
    inside = {id(field) for label in page.iter("label") for field in label.iter() if field.tag in FIELDS}
    return [
        f"the field {e.get('name')} has no label"
        for e in page.iter()
        if e.tag in FIELDS
        and e.get("type") not in ("hidden", "submit")
        and not (e.get("id") in labelled or id(e) in inside or e.get("aria-label") or e.get("aria-labelledby"))
    ]


def _of_attributes(page: ET.Element) -> list[str]:
    faults = []
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            faults.append(f"inline {element.tag}")
        faults += [f"{element.tag} has {name}" for name in sorted(element.attrib) if name == "style" or name.startswith("on")]
        faults += [f"{element.tag} reaches out to {element.get('src')}" for _ in [0] if re.match(r"(https?:)?//", element.get("src") or "")]
    return faults


def _of_words(page: ET.Element) -> list[str]:
    words = words_of(page.find("body"))
    found = HOLES.search(words) or (NOTHING.search(words) if page.get("lang") != "en-GB" else None)
    return [f"visible text holds {found.group()!r}"] if found else []
