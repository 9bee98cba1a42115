"""The board and the risk picture as the wizard shows them: a sentence for each light, numbers and bands, order, and rows of one's own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.documents.risk_bands import BANDS, band_of
from app.pack.answers import Standing, standing
from app.pack.load import the_pack
from app.pack.standards import standard_of
from app.steps.boards import bands, emptied, face_of, is_absent, next_own, own_alone, risks_of, says, standard_again
from app.steps.visible_questions import Asked, asked_on

LIGHTS, RISK = the_pack().questions["lights"], the_pack().questions["risk"]
SITUATIONS = ["workday", "client_lunch", "gift"]


def now(**answers: Any) -> Standing:
    return standing(the_pack(), {"situations": SITUATIONS, **answers})


def asked(id: str, **answers: Any) -> Asked:
    page = the_pack().place[id][1]
    return next(one for one in asked_on(page, now(**answers)) if one.id == id)


def said(row: str, **answers: Any) -> dict[str, str | None]:
    return {say.light.id: say.words.nb if say.words else None for say in says(asked("lights", **answers), row)}


def test_only_these_two_have_a_look_of_their_own() -> None:
    faces = {id: face_of(question) for id, question in the_pack().questions.items()}
    assert {id: face for id, face in faces.items() if face != the_pack().questions[id].kind} == {"lights": "board", "risk": "risk"}


# ── the sentence for a light ──


def test_each_light_has_the_sentence_that_the_policy_prints() -> None:
    found = said("client_lunch", length="full")
    assert found["red"] == "Lunsj i arbeidstiden er alkoholfri, også når den andre parten betaler."
    assert found["green"] == "Greit å drikke med måte. Alle skal kunne velge alkoholfritt uten å forklare seg.", "that of the light"
    assert said("own_1", length="full")["red"] == "Vi er upåvirket og drikker ikke alkohol."


def test_the_short_policy_has_its_short_sentences_and_says_when_it_has_none() -> None:
    assert said("client_lunch", length="policy") == {
        "green": None, "yellow": "Ett glass til maten når lederen vet om det, og ikke før krevende oppgaver.", "red": None,
    }  # fmt: skip
    assert said("client_lunch", length="rules") == {"green": None, "yellow": None, "red": None}


@pytest.mark.parametrize("lights", [None, {}, {"workday": {"light": "red"}}])
def test_the_sentences_do_not_hang_on_what_is_answered(lights) -> None:
    assert standard_of(LIGHTS, now(length="full", lights=lights)) == standard_of(LIGHTS, now(length="full"))


def test_pages_with_other_sentences_are_drawn_apart() -> None:
    assert asked("lights", length="full").key != asked("lights", length="policy").key
    assert asked("lights", length="full").key == asked("lights", length="full", size="n100").key


@pytest.mark.parametrize(
    ("row", "typed", "stays"),
    [
        ("client_lunch", "Lunsj i arbeidstiden er alkoholfri, også når den andre parten betaler.", ""),
        ("client_lunch", " Lunsj i arbeidstiden er alkoholfri,\r\nogså når den andre parten betaler. ", ""),
        ("client_lunch", "Greit å drikke med måte. Alle skal kunne velge alkoholfritt uten å forklare seg.", ""),  # that of another light
        ("client_lunch", "Ett glass til maten når lederen vet om det, og ikke før krevende oppgaver.", ""),  # that of the short policy
        ("client_lunch", "Lunsj i arbeidstida er alkoholfri, også når den andre parten betaler.", ""),  # that of another language
        ("workday", "Lunsj i arbeidstiden er alkoholfri, også når den andre parten betaler.", "same"),  # that of another row
        ("client_lunch", "Lunsj er alkoholfri.", "same"),
        ("own_1", "Vi er upåvirket og drikker ikke alkohol.", ""),
        ("client_lunch", "", ""),
    ],
)
def test_a_sentence_of_ours_is_nobodys_own(row, typed, stays) -> None:
    name, light = f"lights-{row}-rule", f"lights-{row}-light"
    found = own_alone([asked("lights"), asked("risk")], {name: [typed], light: ["red"], "to": ["next"]})
    assert found == {name: [typed if stays else ""], light: ["red"], "to": ["next"]}


def test_a_row_says_again_what_the_policy_says_of_itself() -> None:
    typed = {"lights-gift-rule": ["Aldri"], "lights-gift-light": ["red"], "lights-workday-rule": ["Nei"], "risk-gift-measure": ["Vert"]}
    assert standard_again(typed, "lights-gift") == typed | {"lights-gift-rule": [""]}
    for other in ("risk-gift", "nothing", "", "lights"):
        assert standard_again(typed, other) == typed


# ── a row that follows another answer ──


@pytest.mark.parametrize(("gifts", "light"), [("occasion", "yellow"), ("no_alcohol", "red"), ("silent", "red"), (None, "red"), (["x"], "red")])
def test_the_row_of_gifts_follows_what_was_answered_before_it_was_a_row(gifts, light) -> None:
    assert now(gifts=gifts).values["lights"]["gift"] == {"light": light}


def test_what_was_saved_in_the_row_stands_over_what_it_followed() -> None:
    assert now(gifts="occasion", lights={"gift": {"light": "green"}}).values["lights"]["gift"]["light"] == "green"


# ── rows of one's own ──


def test_a_row_of_ones_own_is_there_once_something_stands_in_it_or_it_was_asked_for() -> None:
    assert is_absent({}, "lights", "own_1")
    assert is_absent({"lights-own_1-label": [""]}, "lights", "own_1")
    assert not is_absent({"lights-own_1-light": ["red"]}, "lights", "own_1")
    asked_for = {"add": ["lights-own_2"]}
    assert [is_absent(asked_for, "lights", row) for row in ("own_1", "own_2", "own_3")] == [False, False, True]
    assert is_absent({"add": ["roles-own_2"]}, "lights", "own_1")


def test_the_next_row_is_the_first_that_is_not_there() -> None:
    rows = ("own_1", "own_2")
    assert next_own({"lights-own_1-label": ["Tur"]}, "lights", *rows) == "lights-own_2"
    assert next_own({"lights-own_2-label": ["Tur"]}, "lights", *rows) == "lights-own_1"
    assert next_own({"add": ["lights-own_2"]}, "lights", *rows) == ""
    typed = {"lights-own_1-label": ["Tur"], "lights-own_10-label": ["x"], "to": ["next"]}
    assert emptied(typed, "lights", "own_1").keys() == {"lights-own_10-label", "to"}


# ── the risk picture ──


def test_the_bands_cover_every_risk_and_begin_where_they_say() -> None:
    assert [band_of(score).tone for score in (1, 7, 8, 14, 15, 25)] == ["green", "green", "yellow", "yellow", "red", "red"]
    told = json.loads(bands("nb"))
    assert [band["least"] for band in told["bands"]] == [band.least for band in BANDS]
    assert {*told["field"]} == {"left", "bottom", "across", "up", "largest"}


def test_risks_are_numbered_by_row_and_ranked_by_number() -> None:
    typed = {
        "risk-workday-likelihood": ["l2"], "risk-workday-consequence": ["c2"], "risk-client_lunch-likelihood": ["l5"],
        "risk-gift-likelihood": ["l4"], "risk-gift-consequence": ["c4"],
    }  # fmt: skip
    risks = risks_of([asked("risk"), asked("lights")], typed, "nb")
    assert risks.keys() == {"risk"}
    found = risks["risk"]
    assert {at: (risk.title, risk.reckoned, risk.score, risk.band.tone) for at, risk in found.by_rank.items()} == {
        "1": ("3. Alkohol som gave", "4 × 4", 16, "red"), "2": ("1. En vanlig arbeidsdag", "2 × 2", 4, "green"),
    }  # fmt: skip
    assert (found.is_grave("gift"), found.is_grave("workday"), found.is_grave("client_lunch")) == (True, False, False)
    assert found.picture.count("<circle") == 1
    assert ">3</text>" in found.picture


@pytest.mark.parametrize("typed", [{}, {"risk-workday-likelihood": ["l9"], "risk-workday-consequence": ["c1"]}])
def test_what_cannot_be_reckoned_has_no_mark(typed) -> None:
    assert not risks_of([asked("risk")], typed, "nb")["risk"].by_row
