"""What is stored about somebody, as a page that they can keep: all of it in words, in their language, with nothing fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import render_template
from sqlalchemy import inspect

from app.models.db import Base
from app.pack.load import the_pack
from app.ui_texts import the_words

from .language import clock, current_language, day, t

Facts = dict[str, Any]  # by what they are called; a value may be facts again, or a list of them


def row(one: Base, *but: str) -> Facts:
    """All that a row says, `but` what lets somebody in, or points to another row: a new column is told of until somebody decides otherwise."""
    return {column.key: getattr(one, column.key) for column in inspect(type(one)).column_attrs if column.key not in but}


def page(facts: Facts, title: str) -> str:
    """The whole page."""
    return render_template("stored.html", facts=facts, title=title, named=named, said=said, is_rows=is_rows)


def is_rows(value: object) -> bool:
    """Whether it is a list of facts."""
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def named(key: str) -> str:
    """What a value is called."""
    words = f"stored_{key}"
    return t(words) if words in the_words() else key.replace("_", " ")


def said(key: str, value: object) -> str:
    """A value in words."""
    if value is None or value in ("", []):
        return t("stored_none")
    if isinstance(value, bool):
        return t("stored_yes" if value else "stored_no")
    if isinstance(value, datetime):
        return f"{day(value)}, {clock(value)}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return CODED[key](str(value)) if key in CODED else str(value)


def _word(prefix: str) -> Callable[[str], str]:
    return lambda code: t(prefix + code) if prefix + code in the_words() else code


def _kind(code: str) -> str:
    return next((one.label.in_(current_language()) for one in the_pack().review.kinds if one.id == code), code)


def _outcome(code: str) -> str:
    return next((one.label.in_(current_language()) for one in the_pack().review.outcomes if one.id == code), code)


def _result(code: str) -> str:
    return next((one.label.in_(current_language()) for one in the_pack().papers.results if one.id == code), code)


def _question(code: str) -> str:
    found = the_pack().questions.get(code)
    return found.label.in_(current_language()) if found else code


CODED: dict[str, Callable[[str], str]] = {
    "role": _word("role_"), "language": _word("nav_language_"), "what": _word("event_"), "letter": _word("stored_letter_"), "mended": _question,
    "kind": _kind, "outcome": _outcome, "result": _result,
}  # fmt: skip
