"""A save is stale when something else is stored than what its form was drawn from, and than what that very form led to."""

from __future__ import annotations

from flask import session

from app.web.saving import FORMS, FORMS_KEPT, form_id, is_stale, remember


def sent(app, **fields: str):
    return app.test_request_context("/nb/", method="POST", data=fields)


def test_the_mark_of_what_is_stored_is_not_stale(app) -> None:
    with sent(app, fingerprint="a", revision="7"):
        assert not is_stale("a")
        assert is_stale("b")
        assert not is_stale("7", "revision")
        assert is_stale("a", "revision")
    with sent(app):
        assert is_stale("a")


def test_what_this_very_form_led_to_is_not_stale(app) -> None:
    with sent(app, fingerprint="a", form="one"):
        assert remember("b") == "b"
        assert not is_stale("b")
        assert is_stale("c")
        kept = dict(session[FORMS])
    with sent(app, fingerprint="a", form="two"):
        session[FORMS] = kept
        assert is_stale("b"), "another form of the same browser knows nothing of that save"


def test_a_browser_remembers_its_last_forms(app) -> None:
    kept: dict[str, str] = {}
    for number in range(FORMS_KEPT + 2):
        with sent(app, form=f"form{number}"):
            session[FORMS] = kept
            remember("a")
            kept = dict(session[FORMS])
    assert list(kept) == [f"form{number}" for number in range(2, FORMS_KEPT + 2)]


def test_the_id_of_a_form_is_kept_or_made(app) -> None:
    with sent(app, form="x" * 40):
        assert form_id() == "x" * 16
    with sent(app, form=" \x00 "):
        assert form_id().strip()
    with sent(app):
        assert form_id() != form_id()
