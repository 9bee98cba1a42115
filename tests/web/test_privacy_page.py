"""The privacy page says how long things are kept; the code decides it. Both must say the same."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from app.documents.render.file_cache import KEEP
from app.models.delegations import LINK_LASTS as DELEGATED_FOR
from app.models.outbox import KEPT
from app.models.people import SIGN_IN_LASTS, SITTING_LASTS
from app.models.policy import UNUSED
from app.models.reviews import LINK_LASTS_AFTER
from app.models.reviews import SITTING_LASTS as READING_LASTS
from app.models.workplaces import EXPECTED_FOR
from app.pack.text import LANGUAGES
from app.ui_texts import say

DAYS = {"nb": "dager", "nn": "dagar", "en": "days"}
WEEK = {"nb": "sju dager", "nn": "sju dagar", "en": "seven days"}


def days(span: timedelta, language: str) -> str:
    return f"{span.days} {DAYS[language]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_is_what_is_done(client, app, language) -> None:
    rows = rows_of(client.get(f"/{language}/privacy").text)
    assert days(UNUSED, language) in rows["draft"]
    assert days(SITTING_LASTS, language) in rows["sitting"]
    assert f"{SIGN_IN_LASTS.seconds // 60} minut" in rows["mail_in"]
    assert days(LINK_LASTS_AFTER, language) in rows["reviewer"]
    assert days(READING_LASTS, language) in rows["reviewer"]
    assert days(DELEGATED_FOR, language) in rows["delegation"]
    assert days(DELEGATED_FOR, language) in say("delegation_ask_sees", language)
    assert days(DELEGATED_FOR, language) in say("mail_colleague_asked_text", language)
    assert WEEK[language] in rows["outbox"]
    assert days(EXPECTED_FOR, language) in rows["workplace"]
    assert KEPT.days == 7
    assert days(app.permanent_session_lifetime, language) in say("privacy_cookie_text", language)


def rows_of(page: str) -> dict[str, str]:
    """What each row of the table says."""
    names = ("draft", "account", "sitting", "mail_in", "passkey", "workplace", "policy", "delegation", "reviewer", "log", "outbox", "counter")
    rows = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', page, re.DOTALL)
    assert len(rows) == len(names)
    return dict(zip(names, map(unescape, rows), strict=True))


def test_how_long_a_pdf_stays_in_memory(client) -> None:
    for language, words in (("nb", "inntil en time"), ("nn", "inntil ein time"), ("en", "for up to an hour")):
        assert words in client.get(f"/{language}/privacy").text
    assert KEEP == 3600


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_who_read_are_told_who_sees_what_they_write(client, language) -> None:
    page = unescape(client.get(f"/{language}/privacy").text)
    for number in (1, 2, 3, 4):
        assert say(f"privacy_reading_{number}", language).rpartition("**")[2].strip() in page


def test_who_answers_is_named_when_the_setting_says_it(client, app) -> None:
    app.jinja_env.globals["contact"] = "personvern@example.no"
    assert "personvern@example.no" in client.get("/nb/privacy").text
