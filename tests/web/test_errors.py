"""What went wrong is a page that says what to do, in the reader's language; and no log quotes an answer."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import abort

from app.pack.text import LANGUAGES
from app.ui_texts import say
from app.web import errors
from tests.conftest import start_policy

CODES = [400, 403, 404, 405, 409, 413, 415, 429, 500, 503]


@pytest.fixture(scope="module")
def failing(make_app):
    """An app with a view that fails as it is told."""
    app = make_app()
    app.add_url_rule("/<language:language>/fail/<int:code>", "fail_code", refuse)
    app.add_url_rule("/<language:language>/stale", "stale", raising(StaleDataError("the secret answer")))
    app.add_url_rule("/<language:language>/busy", "busy", raising(OperationalError("UPDATE", {}, Exception("the secret answer"))))
    app.add_url_rule("/<language:language>/broken", "broken", raising(ValueError("the secret answer")))
    app.testing = False
    return app


def refuse(code):
    abort(code)


CAUSE = KeyError("another secret answer")


def raising(error):
    def view():
        raise error from CAUSE

    return view


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_error_is_a_page_that_says_what_to_do(failing, language, code) -> None:
    response = failing.test_client().get(f"/{language}/fail/{code}")
    assert response.status_code == code
    assert say(f"error_{code}_title", language) in response.text
    assert say(f"error_{code}_text", language) in response.text.replace("&#39;", "'")
    assert f'href="/{language}/"' in response.text


@pytest.mark.parametrize(("place", "code"), [("stale", 409), ("busy", 503), ("broken", 500)])
def test_what_the_database_says_becomes_a_page_and_no_log_quotes_it(failing, caplog, place, code) -> None:
    response = failing.test_client().get(f"/en/{place}")
    assert response.status_code == code
    assert "secret answer" not in response.text + caplog.text


def test_the_log_of_a_failure_says_where_and_what_kind(failing, caplog) -> None:
    failing.test_client().get("/en/broken")
    assert "GET /<language:language>/broken failed" in caplog.text
    assert "builtins.ValueError" in caplog.text
    assert "builtins.KeyError" in caplog.text
    assert "test_errors.py" in caplog.text


def test_a_code_without_a_page_of_its_own_gets_the_nearest(failing) -> None:
    for code, nearest in ((410, 400), (418, 400), (501, 500)):
        response = failing.test_client().get(f"/en/fail/{code}")
        assert response.status_code == code
        assert say(f"error_{nearest}_title", "en") in response.text


def test_a_form_without_its_token_is_told_so(app) -> None:
    response = app.test_client().open("/nn/policies", method="POST", data={"a": "b"})
    assert response.status_code == 400
    assert say("error_csrf_title", "nn") in response.text


def test_a_wrong_method_names_the_right_ones(client) -> None:
    response = client.open("/healthz", method="PUT")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    ("asked", "tag"),
    [("no", "nb-NO"), ("nn", "nn-NO"), ("en-US,en", "en-GB"), ("sv", "nb-NO"), ("", "nb-NO"), ("nb;q=0.1,nn", "nn-NO")],
)
def test_without_a_language_in_the_address_the_browser_decides(client, asked, tag) -> None:
    assert f'<html lang="{tag}"' in client.get("/no-such-page", headers={"Accept-Language": asked}).text
    assert client.get("/", headers={"Accept-Language": asked}).headers["Location"] == f"/{tag[:2]}/"


def test_the_page_about_the_failure_does_not_fail(failing, monkeypatch) -> None:
    monkeypatch.setattr(errors, "render_template", raising(RuntimeError("the secret answer")))
    response = failing.test_client().get("/nb/fail/404")
    assert response.status_code == 404
    assert "Noe gikk galt" in response.text


def test_every_kind_of_error_has_words() -> None:
    for kind in [*errors.KNOWN, "csrf"]:
        for language in LANGUAGES:
            assert say(f"error_{kind}_title", language)
            assert say(f"error_{kind}_text", language)


def test_a_draft_survives_an_error(probing) -> None:
    probing.application.testing = False
    id = start_policy(probing, {"n": 4})
    assert probing.get("/nb/probe/fail").status_code == 500
    assert probing.get(f"/nb/probe/{id}").text == "4"
