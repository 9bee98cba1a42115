"""What view models are made of says itself in the language of the screen, and in the plural form that the count asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask, g

from app.pack.text import LANGUAGES, Text
from app.ui_texts import plural_key
from app.values.vocabulary import POLICY_STATES, VERSION_STATES
from app.web.language import t_n
from app.web.view_models import STATE_COLORS, ContentWords, Day, counted, message, state_color


@pytest.fixture(params=LANGUAGES)
def language(request) -> Iterator[str]:
    with Flask(__name__).app_context():
        g.language = request.param
        yield request.param


def test_a_message_writes_its_dates_out_and_says_what_stands_in_it(language) -> None:
    words = str(message("status_plan_in_force", day=date(2026, 5, 1)))
    assert {"nb": "1. mai 2026", "nn": "1. mai 2026", "en": "1 May 2026"}[language] in words
    assert str(Day(date(2026, 5, 1))) in words
    text = Text(nb="på **bokmål**", nn="på **nynorsk**", en="in **English**")
    assert str(ContentWords(text)) == {"nb": "på bokmål", "nn": "på nynorsk", "en": "in English"}[language]
    assert str(message("status_decided", result=ContentWords(text), body="B", day=date(2026, 5, 1))).count(str(ContentWords(text))) == 1


def test_one_is_said_as_one_and_everything_else_as_many(language) -> None:
    for count in (0, 1, 2, 21):
        one = t_n("status_stop_comments", count)
        assert one == str(counted("status_stop_comments", count))
        assert (str(count) in one) == (count != 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_without_a_form_for_one_is_said_as_it_is(language) -> None:
    assert plural_key("status_stop_comments", 1, language) == "status_stop_comments_one"
    assert plural_key("status_stop_comments", 2, language) == "status_stop_comments"
    assert plural_key("status_stop_participation", 1, language) == "status_stop_participation"


def test_a_state_has_one_colour_whatever_it_is_a_state_of() -> None:
    assert STATE_COLORS.keys() <= {*POLICY_STATES, *VERSION_STATES}
    assert [state_color(state) for state in POLICY_STATES] == ["neutral", "info", "warning", "success", "success"]
    assert {state_color(state) for state in ("closed", "void", "replaced")} == {"neutral"}
