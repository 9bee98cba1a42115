"""The answers file: there and back, and anything at all uploaded."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents import assemble, savefile
from app.pack.answers import standing
from app.pack.load import the_pack

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def file(**changes: Any) -> str:
    whole = {"format": "rusoff-answers", "version": 1, "pack": "rusoff", "edition": "2026.1", "language": "nn", "answers": {}}
    return json.dumps(whole | changes)


def test_there_and_back() -> None:
    answers = {"workplace_name": "Ås «Bygg» & Sønn", "own_values": None, "covers": [], "event_units": 3, "risk": {"gift": {"likelihood": "l2"}}}
    text = savefile.write(the_pack(), answers, "nn", b"\x89PNG")
    loaded = savefile.read(the_pack(), text)
    assert loaded.answers == answers
    assert (loaded.language, loaded.logo, loaded.changes) == ("nn", b"\x89PNG", ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_json"),
        ("[1]", "not_answers"),
        ("{}", "not_answers"),
        ("[" * 100_000, "not_json"),
        (file(version=2), "newer"),
        (file(version="1"), "newer"),
        (file(pack="other"), "other_pack"),
        (file(answers=[]), "not_answers"),
    ],
)
def test_what_is_no_answers_file(text: str, reason: str) -> None:
    with pytest.raises(savefile.SavefileError) as refused:
        savefile.read(the_pack(), text)
    assert refused.value.reason == reason


def test_an_older_edition_tells_what_changed() -> None:
    old = {
        "workplace_name": "Vik",
        "beer_taps": 3,
        "size": "n7",
        "covers": ["employees", "horses"],
        "event_from": "kveld",
        "review_date": "2027-02-30",
    }
    loaded = savefile.read(the_pack(), file(edition="2024.3", answers=old))
    said = {(change.key, change.kind) for change in loaded.changes}
    assert {
        ("beer_taps", "question"),
        ("size.n7", "option"),
        ("covers.horses", "option"),
        ("event_from", "value"),
        ("review_date", "value"),
        ("sector", "new"),
    } <= said
    assert loaded.answers["covers"] == ["employees"]
    assert loaded.edition == "2024.3"


# Drawing JSON is slow on a busy machine; how long it takes says nothing of the product.
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(the_pack().questions)), JSON, max_size=6))
def test_any_answers_at_all_still_give_a_document(answers: dict[str, Any]) -> None:
    loaded = savefile.read(the_pack(), file(answers=answers))
    assert savefile.read(the_pack(), savefile.write(the_pack(), loaded.answers, "nb")).answers == loaded.answers
    standing(the_pack(), loaded.answers)
    assert assemble.policy(the_pack(), loaded.answers, "nn").sections
