"""The forms of the app, alone: what is read, what is said of what cannot be, that nothing typed is lost, and who still reads by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, g
from werkzeug.datastructures import MultiDict

from app.pack.text import LANGUAGES, Text
from app.ui_texts import say
from app.web.choices import Choice, ChoiceOrNone, Choices, Option
from app.web.counted_area import CountedArea
from app.web.fields import Area, Day, Email, Line, Tick
from app.web.file_field import FileField
from app.web.forms import Form, Rows

HOSTILE = '"><script>alert(1)</script>\u202e\x00'
APP = Path(__file__).parents[2] / "app"
# Modules that read what was posted without a form. The list may only shrink.
BY_HAND = {
    "app/steps/posted.py", "app/steps/views_start.py", "app/web/forms.py", "app/web/kept_input.py", "app/web/saving.py",
    "app/web/security.py",
}  # fmt: skip


class One(Form):
    """A row."""

    name = Line("review_field_name", 5, missing="review_error_name")


class Counted(Form):
    """What tells how much room is left, and a choice that may be left."""

    note = CountedArea("review_field_said", 100, rows=2, highest=4, help="review_said_help")
    kind = ChoiceOrNone(Text(nb="Hvem?", nn="Kven?", en="Who?"), help=Text(nb="Alle", nn="Alle", en="All"))


class Whole(Form):
    """A field of every kind."""

    name = Line("accounts_me_name", 10, missing="review_error_name")
    words = Area("review_field_said", 20)
    day = Day("review_field_held_on", missing="review_error_held_on")
    email = Email("accounts_email", unfit="accounts_error_email")
    kind = Choice("review_field_kind", missing="review_error_meeting_kind")
    several = Choices("review_field_section", missing="review_error_sections")
    meant = Tick("workplaces_lasting_meant", missing="workplaces_error_meant")
    reader = Rows(One, "review_reader_number", 3)


GOOD = {
    "name": " Kari \n Lund ",
    "words": " Én\nlinje ",
    "day": "1. desember 2026",
    "email": "Kari <kari@example.no>",
    "kind": "a",
    "several": "b",
    "meant": "y",
}


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request) -> Iterator[str]:
    with Flask(__name__).test_request_context():
        g.language = request.param
        yield request.param


def form(**typed: str) -> Whole:
    found = Whole(MultiDict({**GOOD, **typed}))
    found.kind.options = found.several.options = [Option("a", "A"), Option("b", "B")]
    return found


def test_what_is_fine_is_read_as_it_is_stored() -> None:
    found = form(**{"reader-0-name": "Ola"})
    assert found.validate()
    assert found.faults == {}
    assert (found.name.data, found.words.data, found.day.data) == ("Kari Lund", "Én\nlinje", date(2026, 12, 1))
    assert (found.email.data, found.kind.data, found.several.data, found.meant.data) == ("kari@example.no", "a", ["b"], True)
    assert found.reader.data == [{"name": "Ola"}]


def test_every_fault_is_said_in_the_language_of_the_screen_in_the_order_of_the_form(language) -> None:
    found = form(name="x" * 12, words="x" * 21, day="i morgen", email="kari@", kind="c", several="c", **{"reader-1-name": "for lang"})
    assert not found.validate()
    assert list(found.faults) == ["name", "words", "day", "email", "kind", "several", "reader-0-name"]
    assert found.faults["name"].values == {"most": 10, "more": 2}
    assert found.name.fault == say("error_too_long", language, most=10, more=2)
    assert [line.id for line in found.summary] == [f"f-{name}" for name in found.faults]
    assert found.summary[-1].title == f"{say('review_reader_number', language, number=1)} – {say('review_field_name', language)}"


def test_nothing_typed_is_lost_with_a_fault() -> None:
    found = form(name="x" * 12, words="x" * 21, day="i morgen", email="kari@", **{"reader-0-name": "for lang"})
    assert not found.validate()
    assert found.typed == ["x" * 12, "x" * 21, "i morgen", "kari@", "for lang"]
    assert 'value="i morgen"' in found.day()
    assert 'aria-invalid="true"' in found.day()


def test_hostile_text_is_sound_and_escaped() -> None:
    found = form(name=HOSTILE[:8], words=HOSTILE)
    assert "\x00" not in found.words.typed
    assert "<script>" not in found.words()
    assert "\u202e" not in found.words.typed


@pytest.mark.parametrize(("length", "is_fine"), [(10, True), (11, False)])
def test_the_longest_is_taken_and_one_more_is_not(length, is_fine) -> None:
    assert form(name="x" * length).validate() is is_fine


@pytest.mark.parametrize("name", ["reader-²-name", "reader-" + "9" * 5000 + "-name", "reader--name", "reader-x", "readers-0-name"])
def test_rows_of_strange_names_are_none(name) -> None:
    assert len(form(**{name: "Ola"}).reader) == 0


def test_what_stands_at_first_has_no_faults() -> None:
    found = Whole(data={"day": date(2026, 12, 1), "name": "Kari"})
    assert found.faults == {}
    assert 'value="01.12.2026"' in found.day()


# ── what tells how much room is left ──


def counted(note: str, kind: str = "") -> Counted:
    found = Counted(MultiDict({"note": note, "kind": kind}), meta={"mark": "a-"})
    found.kind.options = [Option("all", "Alle")]
    return found


def test_an_area_tells_how_much_room_is_left_where_its_label_and_its_script_look_for_it(language) -> None:
    drawn = counted("Ja").note()
    assert 'id="f-a-note" name="note" rows="2"' in drawn
    assert f'data-most="100" data-left="{say("field_left", language)}" data-over="{say("field_over", language)}"' in drawn
    assert 'aria-describedby="help-a-note left-a-note"' in drawn
    assert drawn.endswith('<p class="left quiet" id="left-a-note"></p>')
    wrong = counted("x" * 101)
    assert not wrong.validate()
    assert 'aria-describedby="help-a-note error-a-note left-a-note" aria-invalid="true"' in wrong.note()


@pytest.mark.parametrize(("words", "rows"), [("", 2), ("x" * 39, 2), ("x" * 80, 3), ("a\nb\nc", 3), ("x" * 99 + "\n" * 9 + "x", 4)])
def test_an_area_is_as_high_as_its_words_need_within_its_bounds(words, rows) -> None:
    assert counted(words).note.height == rows


def test_an_area_has_the_focus_where_the_view_says_so() -> None:
    found = counted("Ja")
    assert " autofocus" not in found.note()
    found.note.has_focus = True
    assert " autofocus" in found.note()


@pytest.mark.parametrize(("typed", "taken"), [("all", "all"), ("", ""), ("perhaps", "")])
def test_a_choice_that_may_be_left_refuses_nothing(typed, taken) -> None:
    found = counted("Ja", typed)
    assert found.kind.chosen == taken
    assert found.validate()
    assert found.kind.data == taken


def test_a_field_may_be_called_what_the_content_calls_it(language) -> None:
    assert counted("").kind.title == {"nb": "Hvem?", "nn": "Kven?", "en": "Who?"}[language]
    assert counted("").kind.hint == {"nb": "Alle", "nn": "Alle", "en": "All"}[language]


# ── a file ──


class Filed(Form):
    """A file to choose."""

    file = FileField("verify_file", accept=".docx", help="verify_file_help", focus=True)


def test_a_file_is_asked_for_and_what_is_wrong_with_it_is_said_where_it_is(language) -> None:
    assert 'class="file" type="file" id="f-file" name="file" accept=".docx" aria-describedby="help-file"' in Filed().file()
    found = Filed(MultiDict({"file": "C:/words"}))
    found.file.wrong("verify_missing")
    assert found.summary == [("f-file", say("verify_file", language), say("verify_missing", language))]
    assert ' autofocus aria-describedby="help-file error-file" aria-invalid="true"' in found.file()
    assert "words" not in found.file()


def test_no_other_module_reads_a_form_by_hand() -> None:
    found = {str(path.relative_to(APP.parent)) for path in APP.rglob("*.py") if "request.form" in path.read_text("utf-8")}
    assert found == BY_HAND
