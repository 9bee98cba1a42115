"""How texts of the content look on the screen, and the other things that every template may use."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from flask import Flask
from markupsafe import Markup, escape

from app.documents.model import SYMBOLS
from app.pack.load import the_pack
from app.pack.text import Text, parts_of

from .language import current_language, t


def init_app(app: Flask) -> None:
    """Put the content and what shows it within reach of every template."""
    app.jinja_env.globals.update(pack=the_pack(), rich=rich, plain=plain, cited=cited, symbols=SYMBOLS)


class Cited(NamedTuple):
    """A source as it is named in a list: its title, where it can be read, and what follows."""

    title: str
    address: str
    rest: str


def cited(id: str) -> Cited:
    """The source with this id, in the language of the screen; `own` is what the workplace decides itself."""
    if id == "own":
        return Cited(t("source_own"), "", "")
    found, language = the_pack().sources[id], current_language()
    place = f", {found.cited(language)}" if found.act or found.paragraph else ""
    return Cited(found.title.in_(language), found.address or "", f"{place} ({found.publisher})")


def rich(text: Text | str) -> Markup:
    """The words of a text in the language of the screen, its strong words marked up."""
    return _rich(text if isinstance(text, str) else text.in_(current_language()))


@lru_cache(maxsize=4096)
def _rich(words: str) -> Markup:
    parts = (Markup("<strong>{}</strong>").format(p.words) if p.kind == "strong" else escape(p.words) for p in parts_of(words))
    return Markup("").join(parts)


def plain(text: Text) -> str:
    """The words of a text in the language of the screen, without marks."""
    return "".join(part.words for part in text.parts(current_language()))
