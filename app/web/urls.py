"""Addresses of our own pages: those that go out in letters, those that a visitor wants to get back to, and those that several features lead to."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from app.documents.own_words import is_own_id
from app.pack.languages import LANGUAGES

from .language import current_language

LONGEST = 300
PATH = re.compile(rf"/(?:{'|'.join(LANGUAGES)})/((?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?)(\?[A-Za-z0-9=&._~-]*)?")


def external(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for a letter. Of the public address where one is set: whoever asks for a page can forge the Host header."""
    root = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    return str(root) + url_for(endpoint, **values)


def way_back() -> str | None:
    """The path of this page, for whoever signs in and wants to get back to it; none for a page that has a secret in its address."""
    rule = request.url_rule
    has_secret = rule is None or "token" in rule.arguments or rule.endpoint.startswith("accounts.")
    return None if has_secret or request.method != "GET" else request.path


def own_path(typed: str) -> str:
    """`typed`, if it is the path of a page of ours that one can go to, in the language of the screen; otherwise nothing."""
    found = PATH.fullmatch(typed) if len(typed) <= LONGEST else None
    if found is None:
        return ""
    path = f"/{current_language()}/{found[1]}"
    try:
        current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return ""
    return path + (found[2] or "")


def own_words_address(policy_id: str, section: str, address: Callable[..., str] = url_for, **query: str) -> str:
    """The page on which a workplace says a section in its own words, be it one of its own; made by `address`."""
    endpoint, name = ("own_words.own", "own") if is_own_id(section) else ("own_words.section", "section")
    return address(endpoint, id=policy_id, **{name: section}, **query)


def text_address(policy_id: str, section: str) -> str:
    """The place in the preview where a section is read."""
    return url_for("documents.preview", id=policy_id) + f"#part-{section}"
