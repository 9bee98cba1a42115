"""The languages: those of the screen, the letters and every text, and how dates and Word call them; and the further ones that a pack may declare.

`Language` is closed: the screen speaks it, so the app's own words (app/translations) and every text of a pack have it. A further one is declared in
pack.yaml for what the employees read; Babel says all that is to be known of it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global

Language = Literal["nb", "nn", "en"]
DocumentLanguage = str  # a Language, or a further one that the pack declares
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
LOCALES: dict[Language, str] = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
TAGS: dict[Language, str] = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
ASKED_FOR: dict[str, Language] = {"nb": "nb", "nn": "nn", "en": "en", "no": "nb"}  # what a browser calls them
AND: dict[DocumentLanguage, re.Pattern[str]] = {"nb": re.compile(r"\bog\b"), "nn": re.compile(r"\bog\b"), "en": re.compile(r"\band\b")}
AS_WELL_AS: dict[DocumentLanguage, str] = {"nb": "samt", "nn": "samt", "en": "as well as"}

_CODE = re.compile(r"[a-z]{2,3}")


def locale_of(language: DocumentLanguage) -> str:
    """What Babel calls the language, for dates and lists: nb_NO; of a further language its code, as pl."""
    return next((LOCALES[known] for known in LANGUAGES if known == language), language)


@cache
def tag_of(language: DocumentLanguage) -> str:
    """What Word and HTML call the language: nb-NO; of a further language its code and the country where most speak it, as pl-PL."""
    known = next((TAGS[one] for one in LANGUAGES if one == language), "")
    return known or f"{language}-{get_global('likely_subtags')[language].rpartition('_')[2]}"


@cache
def own_name(language: DocumentLanguage) -> str:
    """What the language calls itself: polski, davvisámegiella."""
    return Locale.parse(language).get_display_name() or language


def further_fault(language: str) -> str:
    """Why a pack cannot declare the language as a further one; empty when it can."""
    if language in ASKED_FOR:
        return f"{language} is a language of the screen, which every text has"
    try:
        direction = Locale.parse(language).text_direction if _CODE.fullmatch(language) else ""
    except UnknownLocaleError:
        direction = ""
    if direction == "rtl":
        return f"{language} is written from right to left, which the documents cannot be"
    return "" if direction else f"{language} is not the code of a language that Babel knows"
