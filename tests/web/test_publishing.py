"""The page that everybody can read: opened by owners, and never more on it than the version in force."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from threading import Event as Event_
from threading import Thread
from types import SimpleNamespace

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from app.clock import now
from app.models.audit_log import Event
from app.models.comments import Comment
from app.models.db import db
from app.models.policy import Policy
from app.models.workplaces import Workplace
from app.pack.text import LANGUAGES
from app.publishing.forms import origin_of, suggested
from app.publishing.page_cache import FRESH, Kept, PageCache
from app.services.publications import Published
from tests import world
from tests.deciding import Scene, scene

NAME = "solbakken"
PAGE = f"/p/{NAME}"


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


@pytest.fixture
def nobody(app):
    """A browser that came from nowhere: it takes no cookies."""
    return app.test_client(use_cookies=False)


def publish(play: Scene, **typed: str):
    return play.owner.post(play.address("public/"), data={"name": NAME, "frames": "", **typed})


def test_it_shows_the_version_in_force_and_never_a_draft(play, nobody) -> None:
    assert publish(play).status_code == 303
    assert nobody.get(PAGE).status_code == 404, "nothing is in force"
    play.until("decided")
    publish(play)
    assert nobody.get(PAGE).status_code == 404, "decided is not in force"
    play.until("in_force")
    publish(play)
    text = nobody.get(PAGE).text
    for words in (
        "Solbakken &amp; Sønner",
        "Kort fortalt",
        "Hvem kan jeg gå til?",
        "Virker noen påvirket nå?",
        "Hele policyen",
        "Gjelder fra",
        "Versjon 1",
    ):
        assert words in text, words
    assert (
        text.index("Kort fortalt")
        < text.index("Grønt, gult og rødt</h2>")
        < text.index("Virker noen påvirket nå?</h2>")
        < text.index("Hele policyen")
    )
    play.reopen()
    with play.app.app_context():
        policy = db.session.get_one(Policy, play.id)
        policy.answer({"workplace_name": "Et helt annet navn"})
        db.session.commit()
    publish(play)
    assert "Et helt annet navn" not in nobody.get(PAGE).text, "the version in force stays while the next one is a draft"


def test_nothing_of_who_took_part_or_of_the_reader(play, nobody) -> None:
    play.until("in_force")
    publish(play)
    addresses = [
        PAGE,
        *(f"{PAGE}/{language}" for language in LANGUAGES),
        *(f"{PAGE}/nb/policy.{ending}" for ending in ("json", "html", "docx", "pdf")),
    ]
    for address in [*addresses, f"{PAGE}/qr.svg", f"{PAGE}/qr.png"]:
        answer = nobody.get(address)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", ""), f"{address} is the same for everybody"
        assert answer.headers["Cache-Control"] == "public, no-cache"
    for address in addresses[:6]:
        text = nobody.get(address).text
        assert "Medvirkning og vedtak" not in text
        assert "csrf" not in text
        assert "<form" not in text
    assert 'name="robots" content="noindex"' in nobody.get(PAGE).text


def test_what_readers_said_is_for_the_workplace_alone(app, play, nobody) -> None:
    with app.app_context():
        policy = db.session.get_one(Policy, play.id)
        review = world.review(policy)
        reader = world.reviewer(review, name="Kanari Fugl")
        comment = Comment.write(reader, "purpose", "disagreement", "Kanarimerknad")
        comment.sent_at = review.closed_at = now()
        comment.answer_with("noted", "Kanarisvar", "", None)
        db.session.commit()
    play.until("in_force")
    publish(play)
    with app.app_context():
        assert "Kanarimerknad" in str(play.versions()[0].document), "it is in the record, which is frozen with the text"
    for address in [PAGE, *(f"{PAGE}/nb/policy.{ending}" for ending in ("json", "html", "docx", "pdf"))]:
        answer = nobody.get(address)
        assert answer.status_code == 200
        told = pdf_words(answer.data) if address.endswith("pdf") else docx_words(answer.data) if address.endswith("docx") else answer.text
        assert "Grønt, gult og rødt" in told
        for canary in ("Kanari", "Eva Eier"):
            assert canary not in told, address


def pdf_words(file: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


def docx_words(file: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()


def test_the_managers_pages_say_what_the_appendices_say(play, nobody) -> None:
    play.until("in_force")
    publish(play)
    whole, text = nobody.get(PAGE).text, nobody.get(f"{PAGE}/nb/now").text
    for words in (
        "Er det fare for liv?",
        "hvis det er fare for liv.",
        "Avgjør om den ansatte kan arbeide videre.",
        'href="tel:116117"',
        "Gjelder fra",
        "Versjon 1",
    ):
        assert words in text, words
    assert text.count('class="public-step" data-number=') == 5
    assert "Er det noen utenfra?" in text
    assert "Hvordan ser du selv på dette?" in nobody.get(f"{PAGE}/nb/talk").text
    assert f"{PAGE}/nb/now" in whole
    assert "Setningar som verkar" in nobody.get(f"{PAGE}/nn/talk").text
    answer = nobody.get(f"{PAGE}/worker.js")
    assert answer.content_type.startswith("text/javascript")
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Content-Disposition" not in answer.headers
    for address in (f"{PAGE}/nb/now", f"{PAGE}/worker.js"):
        assert "Set-Cookie" not in nobody.get(address).headers
    publish(play, close="yes")
    assert [nobody.get(f"{PAGE}/{rest}").status_code for rest in ("nb/now", "worker.js")] == [404, 404]


def test_what_is_the_same_is_not_sent_again(play, nobody) -> None:
    play.until("in_force")
    publish(play)
    first = nobody.get(PAGE)
    assert nobody.get(PAGE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    publish(play, frames="https://intranett.example.no")
    assert nobody.get(PAGE, headers={"If-None-Match": '"x"'}).status_code == 200


def test_what_was_just_sent_is_sent_again_before_flask_hears_of_it(play, nobody, monkeypatch) -> None:
    play.until("in_force")
    publish(play)
    first = nobody.get(PAGE)
    monkeypatch.setattr(play.app, "full_dispatch_request", None)
    again = nobody.get(PAGE)
    assert again.data == first.data
    assert dict(again.headers) == {name: value for name, value in first.headers if name != "Date"}, "which the server adds"
    known = nobody.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")
    assert known.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert nobody.get(PAGE, headers={"If-None-Match": '"other"'}).status_code == 200


def test_it_is_closed_at_once_and_keeps_its_name(play, nobody) -> None:
    play.until("in_force")
    publish(play)
    assert nobody.get(PAGE).status_code == 200
    assert publish(play, close="yes").status_code == 303
    assert nobody.get(PAGE).status_code == 404
    assert f'value="{NAME}"' in play.owner.get(play.address("public/")).text
    publish(play)
    assert nobody.get(PAGE).status_code == 200
    with play.app.app_context():
        whats = [event.what for event in Event.of(play.workplace_id)]
    assert whats[:3] == ["publication_opened", "publication_closed", "publication_opened"]


def test_what_is_put_away_is_not_read(play, nobody) -> None:
    play.until("in_force")
    publish(play)
    with play.app.app_context():
        policy = db.session.get_one(Policy, play.id)
        policy.archived_at = policy.created_at
        db.session.commit()
        play.app.extensions["public_pages"].forget()
    assert nobody.get(PAGE).status_code == 404


def test_other_languages_say_that_they_were_not_decided(play, nobody) -> None:
    play.until("in_force")
    publish(play)
    text = nobody.get(f"{PAGE}/nn").text
    assert "vedteken på bokmål" in text
    assert "Kven kan eg gå til?" in text
    assert "vedteken på" not in nobody.get(PAGE).text
    assert "adopted in Norwegian (bokmål)" in nobody.get(f"{PAGE}/en").text


def test_a_language_that_would_say_something_else_is_not_offered(play, nobody, monkeypatch) -> None:
    play.until("in_force")
    publish(play)
    with play.app.app_context():
        found = Published.at(NAME)
        assert found
        assert tuple(found.documents) == LANGUAGES
        found.version.thawed = replace(found.version.thawed, sections=())
        del found.__dict__["documents"]
        assert tuple(found.documents) == ("nb",)


def test_the_files_are_for_other_programs(play, nobody) -> None:
    play.until("in_force")
    publish(play, frames="https://intranett.example.no/hms/\nportal.example.no")
    told = json.loads(nobody.get(f"{PAGE}/nb/policy.json").text)
    assert (told["format"], told["version"]) == ("rusoff-public", 1)
    assert told["document"]["title"].startswith("Rusmiddelpolicy")
    assert nobody.get(f"{PAGE}/nb/policy.json").headers["Access-Control-Allow-Origin"] == "*"
    for address in (PAGE, f"{PAGE}/nb/policy.html"):
        headers = nobody.get(address).headers
        policies = headers.getlist("Content-Security-Policy")
        assert len(policies) == 1
        assert policies[0].endswith("frame-ancestors https://intranett.example.no https://portal.example.no")
        assert "X-Frame-Options" not in headers
    assert "script-src" not in nobody.get(f"{PAGE}/nb/policy.html").headers["Content-Security-Policy"]
    assert "script-src 'self'; worker-src 'self'; " in nobody.get(PAGE).headers["Content-Security-Policy"]
    assert "sha256-" in nobody.get(f"{PAGE}/nb/policy.html").headers["Content-Security-Policy"]
    assert nobody.get("/nb/").headers["X-Frame-Options"] == "DENY", "all other pages are framed by nobody"
    publish(play)
    assert "frame-ancestors 'none'" in nobody.get(PAGE).headers["Content-Security-Policy"]


def test_the_code_leads_to_the_page(play, nobody) -> None:
    play.until("in_force")
    publish(play)
    picture = Image.open(io.BytesIO(nobody.get(f"{PAGE}/qr.png").data))
    assert picture.width == picture.height >= 300
    assert zxingcpp.read_barcode(picture.convert("L")).text == f"http://localhost{PAGE}"
    assert nobody.get(f"{PAGE}/qr.svg").text.startswith("<svg")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Skriv hva adressen skal slutte med"),
        ({"name": "ab"}, "Bruk 3 til 40"),
        ({"name": "Høyt og lavt"}, "Bruk 3 til 40"),
        ({"name": "a" * 41}, "Bruk 3 til 40"),
        ({"frames": "javascript:x"}, "må begynne med https"),
        ({"frames": "http://intranett.example.no"}, "må begynne med https"),
        ({"frames": "*"}, "må begynne med https"),
        ({"frames": "\n".join(f"https://{n}.example.no" for n in range(6))}, "høyst 5"),
    ],
)
def test_what_is_wrong_is_said_and_stays_as_it_was_typed(play, typed, words) -> None:
    answer = publish(play, **typed)
    assert answer.status_code == 422
    assert words in answer.text
    for value in typed.values():
        assert value.splitlines()[0] in answer.text if value else True


def test_a_name_belongs_to_one(app, play) -> None:
    publish(play)
    with app.app_context():
        other = world.kept(db.session.get_one(Workplace, play.workplace_id), {"workplace_name": "En annen"}).id
        db.session.commit()
    for closed in ({}, {"close": "yes"}):
        publish(play, **closed)
        answer = play.owner.post(f"/nb/policies/{other}/public/", data={"name": NAME, "frames": ""})
        assert answer.status_code == 422, "a closed page keeps its name"
        assert "Den adressen er i bruk" in answer.text


def test_origins_and_names_are_made_of_what_people_type() -> None:
    assert origin_of("Intranett.Example.no/hms") == "https://intranett.example.no"
    assert origin_of("https://a.example.no:8443/x?y") == "https://a.example.no:8443"
    for wrong in ("https://", "ftp://a.no", "https://user@a.no", "https://*.example.no", "intranett", "'self'"):
        assert origin_of(wrong) == "", wrong
    assert suggested("Bø & Åsnes Sjukeheim AS") == "bo-asnes-sjukeheim-as"
    assert suggested("!!!") == ""


def test_a_file_that_takes_long_holds_no_other_path() -> None:
    cache, begun, done, found = PageCache(), Event_(), Event_(), SimpleNamespace(revision="1")
    made = []

    def slowly(_found) -> Kept:
        begun.set()
        assert done.wait(5)
        made.append(1)
        return Kept.of(b"%PDF", "application/pdf")

    waiting = [Thread(target=lambda: cache.get("/p/x/policy.pdf", lambda: found, slowly)) for _ in range(3)]
    for one in waiting:
        one.start()
    assert begun.wait(5)
    assert cache.get("/p/x", lambda: found, lambda _found: Kept.of(b"words", "text/html")), "which would wait for ever"
    done.set()
    for one in waiting:
        one.join(5)
    assert made == [1], "made once for all who waited"
    assert not cache._turns, "no path that somebody guessed is remembered"


def test_many_who_ask_at_once_ask_the_database_once() -> None:
    now, asked = [0.0], []
    cache = PageCache(clock=lambda: now[0])

    class Found:
        revision = "1"

    def find():
        asked.append(now[0])
        return Found()

    def get() -> Kept | None:
        return cache.get("/p/x", find, lambda _found: Kept.of(b"words", "text/html"))

    first = get()
    assert all(get() is first for _ in range(100))
    assert len(asked) == 1
    now[0] += FRESH + 1
    assert get() is first, "asked again, and nothing has changed"
    Found.revision = "2"
    now[0] += FRESH + 1
    assert get() is not first
    assert len(asked) == 3
