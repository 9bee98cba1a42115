"""Who wants a file waits for a turn without keeping anybody from a page, and is told when too many wait."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from app.documents.look import OURS
from app.documents.render import docx, pdf
from app.documents.render.pdf.process import ProcessError
from app.models.db import db
from app.server import listener
from app.web import render_queue


@pytest.fixture
def lanes(app, monkeypatch):
    """The app with lanes and a store of its own."""
    own = render_queue.Drawing()
    monkeypatch.setitem(app.extensions, "drawing", own)
    yield own
    own.press.close()


def begin(client) -> str:
    """A draft made from an example."""
    return client.post("/nb/policies", data={"example": "consultancy"}).location.split("/")[3]


def fill(lane) -> None:
    for _ in range(render_queue.PLACES):
        assert lane._places.acquire(blocking=False)


@pytest.mark.parametrize(("name", "lane"), [("policy.pdf", "for_pdf"), ("policy.docx", "for_word"), ("questionnaire.docx", "for_word")])
@pytest.mark.parametrize(("language", "words"), [("nb", "Mange henter dokumenter"), ("nn", "Mange hentar dokument"), ("en", "Many people")])
def test_a_full_lane_is_told_in_words(client, lanes, name, lane, language, words) -> None:
    policy = begin(client)
    fill(getattr(lanes, lane))
    address = f"/{language}/policies/{policy}/documents/{name}"
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(render_queue.LATER))
    assert words in answer.text
    assert f'href="{address}"' in answer.text
    assert client.get(f"/{language}/policies/{policy}/documents").status_code == 200, "pages go on"
    assert client.get(f"/{language}/policies/{policy}/documents/policy.html").status_code == 200


def test_a_turn_that_never_comes_is_given_up(client, lanes) -> None:
    policy = begin(client)
    lanes.for_pdf.patience = 0.01
    with lanes.for_pdf._turn:
        assert client.get(f"/nb/policies/{policy}/documents/policy.pdf").status_code == 503
    assert client.get(f"/nb/policies/{policy}/documents/policy.pdf").status_code == 200, "and the place is free again"


def test_what_did_not_change_is_not_drawn_again(client, lanes, monkeypatch) -> None:
    policy, other = begin(client), begin(client)
    drawn = []
    real = pdf.draw
    monkeypatch.setattr(pdf, "draw", lambda *given: drawn.append(1) or real(*given))
    files = [client.get(f"/nb/policies/{id}/documents/policy.pdf").data for id in (policy, policy, other)]
    assert len(drawn) == 2, "never across policies, though the words are the same"
    assert files[0] == files[1] == files[2]
    client.post(f"/nb/policies/{policy}/documents", data={"document_language": "nn"})
    assert client.get(f"/nb/policies/{policy}/documents/policy.pdf").data != files[0]
    assert len(drawn) == 3


def test_no_connection_is_held_while_a_file_is_drawn(client, lanes, monkeypatch) -> None:
    policy = begin(client)
    held = []
    for module, real in ((pdf, pdf.draw), (docx, docx.draw)):
        monkeypatch.setattr(module, "draw", lambda *given, real=real: held.append(db.engine.pool.checkedout()) or real(*given))
    for name in ("policy.pdf", "policy.docx"):
        assert client.get(f"/nb/policies/{policy}/documents/{name}").status_code == 200
    assert held == [0, 0]


def test_a_document_that_is_too_much_is_told(client, lanes, monkeypatch) -> None:
    policy = begin(client)

    def broken(_files):
        raise ProcessError

    monkeypatch.setattr(lanes.press, "typeset", broken)
    answer = client.get(f"/nn/policies/{policy}/documents/policy.pdf")
    assert answer.status_code == 503
    assert "for stort for PDF" in answer.text
    assert "Word" in answer.text


def test_one_at_a_time_and_two_who_want_the_same_get_one(app, lanes, monkeypatch) -> None:
    drawn = []
    begun = threading.Event()

    def slow(*_given):
        drawn.append(1)
        begun.wait(5)
        return b"%PDF"

    monkeypatch.setattr(pdf, "draw", slow)
    got = []

    def want() -> None:
        with app.app_context():
            got.append(render_queue.portable(PAGE, OURS, "a" * 26))

    threads = [threading.Thread(target=want) for _ in range(render_queue.PLACES)]
    for thread in threads:
        thread.start()
    begun.set()
    for thread in threads:
        thread.join(10)
    assert got == [b"%PDF"] * render_queue.PLACES
    assert drawn == [1]


PAGE = render_queue.Document(kind="guide", language="nb", title="Side", workplace="", sections=())


def test_files_wait_apart_from_pages() -> None:
    lanes = listener.Lanes(2)
    channel = SimpleNamespace
    try:
        assert lanes._lane_for("/nb/policies/x/documents/policy.pdf") is lanes.files
        assert lanes._lane_for("/nb/policies/x/documents/policy.docx") is lanes.files
        assert lanes._lane_for("/nb/policies/x/documents") is lanes.others
        lanes.files.queue.extend(channel() for _ in range(listener.QUEUE))
        assert lanes._lane_for("/nb/policies/x/documents/policy.pdf") is lanes.others, "where it is told to come again"
        lanes.files.queue.clear()
    finally:
        lanes.shutdown(timeout=1)
