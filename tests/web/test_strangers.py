"""What somebody finds who is not, or is no longer, one of those who hold a draft; and what a holder can be made to do by others."""

from __future__ import annotations

import json
import re
import struct
import zlib
from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from app.clock import now
from app.documents.savefile import MAX_CHANGES, MAX_LOGO
from app.models.db import db
from app.models.policy import UNUSED, Continuation, Policy
from app.pack.load import the_pack
from tests.conftest import browser, start_policy
from tests.every_field import form_of, hidden, savefile, upload
from tests.unit.solve import full
from tests.web.test_routes import addresses, of_holders

ELSEWHERE = [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "check//evil.example",
    "\r\nLocation: https://evil.example",
]
OUTSIDE = [
    *["..%2f..%2fconfig.py", "%2e%2e%2f%2e%2e%2fapp%2fconfig.py", "....//config.py", "policy.docx%00.html"],
    *["policy.docx/../../x", "C:\\secret", "POLICY.DOCX"],
]


def statuses(client: Any, id: str) -> set[int]:
    """What every address of a draft answers, GET and POST with a right token."""
    asked = [(rule, method) for rule in of_holders(client.application) for method in ("GET", "POST") if method in rule.methods]
    with client.application.app_context():
        places = [(address, method) for rule, method in asked for address in addresses(client.application, rule, id)[:3]]
    return {client.open(place, method=method, data=signed(client) if method == "POST" else None).status_code for place, method in places}


def signed(client: Any) -> dict[str, str]:
    """A form with nothing but a right token."""
    return {"csrf_token": client.token()}


def test_a_draft_that_has_expired_is_not_found_even_before_it_is_deleted(client, policy_id) -> None:
    with time_machine.travel(now() + UNUSED + timedelta(seconds=1)):
        assert statuses(client, policy_id) == {404}


def test_a_draft_that_is_deleted_is_gone_for_everybody_who_held_it(app, client, policy_id) -> None:
    other = browser(app)
    other.post(f"/nb/continue/{link(client, policy_id)}")
    assert other.get(f"/nb/policies/{policy_id}/").status_code == 200
    assert other.post(f"/nb/policies/{policy_id}/delete").status_code == 303
    assert statuses(client, policy_id) == statuses(other, policy_id) == {404}


def link(client: Any, id: str) -> str:
    with client.application.app_context():
        token = db.session.get(Policy, id).link()
        db.session.commit()
        return str(token)


def test_a_stranger_cannot_tell_a_draft_from_none(client, policy_id, stranger) -> None:
    for view in ("", "check", "documents/policy.docx", "documents/no.such"):
        pages = [stranger.get(f"/nb/policies/{id}/{view}") for id in (policy_id, "a" * 26)]
        assert [page.status_code for page in pages] == [404, 404]
        assert pages[0].text.replace(policy_id, "a" * 26) == pages[1].text
        assert dict(pages[0].headers) == dict(pages[1].headers)


def test_a_link_is_used_up_by_its_button_alone_and_once(app, client, policy_id) -> None:
    token = link(client, policy_id)
    scanner, other, third = browser(app), browser(app), browser(app)
    for method in ("GET", "HEAD", "OPTIONS", "GET"):
        scanner.open(f"/nb/continue/{token}", method=method)
    assert scanner.get(f"/nb/policies/{policy_id}/").status_code == 404
    assert other.post(f"/nb/continue/{token}").status_code == 303
    assert third.post(f"/nb/continue/{token}").status_code == 404
    assert third.get(f"/nb/policies/{policy_id}/").status_code == 404


@pytest.mark.parametrize("gone", ["late", "expired", "deleted", "wrong"])
def test_a_link_that_is_no_longer_good_opens_nothing(app, client, policy_id, gone) -> None:
    token = link(client, policy_id)
    later = {"late": timedelta(hours=2), "expired": UNUSED + timedelta(days=1)}.get(gone, timedelta())
    if gone == "deleted":
        client.post(f"/nb/policies/{policy_id}/delete")
    other = browser(app)
    with time_machine.travel(now() + later):
        assert other.post(f"/nn/continue/{token[:-1] if gone == 'wrong' else token}").status_code == 404
        assert other.get(f"/nb/policies/{policy_id}/").status_code == 404


def test_neither_keys_nor_tokens_can_be_read_in_the_database(app, client, policy_id) -> None:
    token = link(client, policy_id)
    with client.session_transaction() as session:
        key = session["key"]
    with app.app_context():
        found = [str(db.session.execute(select(table)).all()) for table in (Continuation.__table__, *db.Model.metadata.sorted_tables)]
    assert not [rows for rows in found if token in rows or key in rows]


@pytest.mark.parametrize("secret", ["", "another secret that is long enough, really"])
def test_a_cookie_that_we_did_not_sign_opens_nothing(app, client, policy_id, secret) -> None:
    with client.session_transaction() as session:
        forged = URLSafeTimedSerializer(secret or "x", salt="cookie-session").dumps(dict(session))
    other = app.test_client()
    other.set_cookie(app.config["SESSION_COOKIE_NAME"], forged)
    assert statuses(other, policy_id) <= {404, 400}
    assert other.get(f"/nb/policies/{policy_id}/").status_code == 404


@pytest.mark.parametrize("headers", [{"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "DELETE"}, {"X-HTTP-Method": "POST"}])
def test_no_method_passes_for_another(client, policy_id, headers) -> None:
    address = f"/nb/policies/{policy_id}/delete"
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"):
        body = None if method == "GET" else {"_method": "POST"}
        client.open(f"{address}?_method=POST&csrf_token={client.token()}", method=method, headers=headers, data=body)
    assert client.get(address).status_code == 200


def test_a_token_counts_in_the_form_alone(client, policy_id) -> None:
    address = f"/nb/policies/{policy_id}/delete"
    assert client.open(f"{address}?csrf_token={client.token()}", method="POST", data={}).status_code == 400
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("place", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client, place) -> None:
    id = start_policy(client, full())
    step, page = the_pack().place["workplace_name"]
    address = f"/nb/policies/{id}/{step.id}/{page.id}"
    opened = client.get(address, query_string={"return": place, "next": place, "to": place})
    assert "evil.example" not in opened.text.partition("<main")[2]
    typed = {**form_of(page, full(), lambda most: "Ord"), **hidden(opened.text), "return": place, "to": place, "next": place}
    assert client.post(address, data=typed).headers["Location"].startswith(f"/nb/policies/{id}/")
    assert client.post(f"/nb/policies/{id}/documents", data={"document_language": "nn", "to": place}).headers["Location"].startswith("/nb/policies/")


@pytest.mark.parametrize("path", ["//evil.example/nb", "/nb", "/\\evil.example", "///evil.example//", "/nb//evil.example/"])
def test_a_redirect_stays_here_whatever_the_host_claims_to_be(client, path) -> None:
    response = client.get(path, headers={"Host": "evil.example"})
    assert "evil.example" not in response.headers.get("Location", "").removeprefix("/nb/")
    assert not response.headers.get("Location", "/").startswith(("//", "http"))


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_document_has_no_other_name_than_its_own(client, policy_id, name) -> None:
    assert client.get(f"/nb/policies/{policy_id}/documents/{name}").status_code == 404


def png(across: int, down: int) -> bytes:
    """A black picture, a thousand times smaller than what it unfolds to."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + across * 3)) for _ in range(down)) + packer.flush()
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in chunks)


LOGOS = {
    "a bomb": png(6000, 6000),
    "a size that cannot be": png(1, 1)[:16] + b"\x7f\xff\xff\xff\x7f\xff\xff\xff" + png(1, 1)[24:],
    "no size": png(1, 1)[:16] + bytes(8) + png(1, 1)[24:],
    "cut off": png(40, 40)[:-20],
    "a JPEG cut off": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x11",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "HTML": b"<html><script>alert(1)</script>",
    "too large": png(1, 1) + bytes(MAX_LOGO),
}


@pytest.mark.parametrize("kind", LOGOS)
def test_a_logo_that_would_do_harm_is_refused(client, policy_id, kind) -> None:
    assert upload(client, f"/nb/policies/{policy_id}/logo", "logo", LOGOS[kind], "logo.png").status_code == 422
    carried = upload(client, "/nb/policies/from-file", "answers", savefile(logo=b64encode(LOGOS[kind]).decode()), "a.json")
    draft = re.search(r"/nb/policies/[a-z2-7]{26}/", carried.headers.get("Location") or carried.text)
    assert draft
    assert "logo" not in json.loads(client.get(f"{draft[0]}answers.json").text)


def test_an_upload_past_the_limit_is_a_page_that_says_so(client, policy_id) -> None:
    for address, field in ((f"/nb/policies/{policy_id}/logo", "logo"), ("/nb/policies/from-file", "answers")):
        assert upload(client, address, field, bytes(2 * 1024 * 1024 + 1), "x.png").status_code == 413


ANSWERS = b'{"format":"rusoff-answers","version":%s,"pack":"rusoff","answers":%s}'
DEEP = [b"[" * 10**6, b'{"a":' * 10**5 + b"1" + b"}" * 10**5, ANSWERS % (b"1", b"[" * 10**5 + b"]" * 10**5)]
ODD = [b"", b"\xff\xfe", b"NaN", b"9" * 10**5, ANSWERS % (b"NaN", b"{}"), ANSWERS % (b"1e999", b"{}"), b'{"format":["rusoff-answers"]}']


@pytest.mark.parametrize("content", [*DEEP, *ODD], ids=range(len(DEEP) + len(ODD)))
def test_a_file_that_holds_no_answers_is_refused(client, content) -> None:
    assert upload(client, "/nb/policies/from-file", "answers", content, "a.json").status_code == 422


def test_of_a_key_given_twice_the_last_counts(client) -> None:
    file = savefile(answers={"workplace_name": "First"}).replace(b'"First"', b'"First", "workplace_name": "Last"')
    response = upload(client, "/nb/policies/from-file", "answers", file, "a.json")
    assert b'"workplace_name": "Last"' in client.get(f"{response.headers['Location']}answers.json").data


def test_a_file_made_to_be_large_gives_a_short_page_soon(client) -> None:
    many = {"own_events": "x", "inclusion": [f"x{n}" for n in range(90_000)], **{f"k{n}": 1 for n in range(20_000)}}
    response = upload(client, "/nb/policies/from-file", "answers", savefile(answers=many), "a.json")
    assert response.status_code == 200
    assert response.text.count("<li><strong>") <= MAX_CHANGES
