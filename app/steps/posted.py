"""What a page of questions posts: the fields as they were typed, and which questions they are about."""

from __future__ import annotations

from flask import request

from app.pack.text import clean_text

from .form import TypedIn


def typed() -> TypedIn:
    """What was posted, clean: a page that shows it again must be sound. A part of a multipart form may have no name."""
    return {_clean(name): [_clean(word) for word in words] for name, words in request.form.lists() if name}


def _clean(words: str) -> str:
    return words if words.isascii() and words.isprintable() else clean_text(words)  # most are ids, which need no cleaning


def settled() -> frozenset[str]:
    """The questions that were on the page, but those whose stored answer was kept on the page with two answers."""
    return frozenset(id for id in request.form.getlist("asked") if request.form.get(f"keep-{id}") != "stored")
