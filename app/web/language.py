"""Which language the screen speaks: the first part of the address, and what the browser asks for when there is none."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask, current_app, g, redirect, request
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from app.clock import OSLO, day_of
from app.pack.languages import ASKED_FOR, LANGUAGES, LOCALES, TAGS, Language
from app.ui_texts import plural_key, say, the_words

QUERY = "=&%+:/?@!$,;-._~"  # what may stand in a query as it is


class LanguageConverter(BaseConverter):
    """`<language:language>` in an address: nb, nn or en."""

    regex = "|".join(LANGUAGES)


def init_app(app: Flask) -> None:
    """Read the words, take the language from every address, and put it into every address made."""
    the_words()
    app.url_map.converters["language"] = LanguageConverter
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.add_url_rule("/", "front_door", front_door)
    app.jinja_env.globals.update(
        t=t, t_n=t_n, current_language=current_language, language_tag=language_tag, languages=LANGUAGES, in_language=in_language,
        day=day, clock=clock, number=number,
    )  # fmt: skip


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.language = (values.pop("language", None) if values else None) or _language_of_path() or language_asked_for()


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = current_language()


def _language_of_path() -> Language | None:
    first = request.path.split("/", 2)[1] if request.path.startswith("/") else ""
    return next((language for language in LANGUAGES if language == first), None)


def language_asked_for() -> Language:
    """What the browser asks for; bokmål when it asks for nothing that we speak."""
    found = request.accept_languages.best_match(ASKED_FOR, default="nb")
    return ASKED_FOR[found]


def front_door() -> Response:
    """Send whoever comes without a language to the start page in theirs."""
    response = redirect(f"/{current_language()}/")
    response.vary.add("Accept-Language")
    return response


def current_language() -> Language:
    """The language of the screen."""
    language: Language = g.language
    return language


def t(key: str, **values: object) -> str:
    """The app's own words under `key`, in the language of the screen."""
    return say(key, current_language(), **values)


def t_n(key: str, count: int, **values: object) -> str:
    """The app's own words under `key` in the plural form that goes with `count`, which they may hold."""
    return t(plural_key(key, count, current_language()), count=count, **values)


def language_tag(language: Language | None = None) -> str:
    """What `lang` and `hreflang` say: nb-NO, nn-NO or en-GB."""
    return TAGS[language or current_language()]


def in_language(language: Language) -> str:
    """The address of this very page in another language; also of a page that does not exist."""
    rest = request.path.split("/", 2)[2:] if _language_of_path() else []
    query = request.query_string.decode("ascii", "ignore")
    return f"/{language}/{quote(rest[0]) if rest else ''}" + (f"?{quote(query, safe=QUERY)}" if query else "")


def day(value: date | datetime | str) -> str:
    """A date in words: 21. november 2026. Of a moment the day in Norway; takes the ISO text that is stored as well."""
    at = date.fromisoformat(value) if isinstance(value, str) else value
    at = day_of(at) if isinstance(at, datetime) else at
    return format_date(at, "long", locale=LOCALES[current_language()])


def clock(at: datetime) -> str:
    """A time of day in Norway, as it is written in running text: 14.02 in Norwegian, 14:02 in English."""
    return format_time(at, "HH:mm" if current_language() == "en" else "HH.mm", tzinfo=OSLO, locale=LOCALES[current_language()])


def number(value: int | float) -> str:
    """A number as it is written in the language of the screen."""
    return format_decimal(value, locale=LOCALES[current_language()])
