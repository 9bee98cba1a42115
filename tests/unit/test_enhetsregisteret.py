"""The register is asked as it is documented, and nothing that it says or leaves unsaid makes us fall."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Iterator

import pytest

from app.registers import bounded_get
from app.registers.bounded_get import LARGEST, RegisterError, SilentError
from app.registers.enhetsregisteret import AT_ONCE, KEPT_SECONDS, PAUSE, SHOWN, Absent, Enhetsregisteret
from app.registers.entity import Entity
from app.registers.lately import Lately
from tests import register as made_up
from tests.register import Register, Reply, entity, page, serving, sub_entity


class Clock:
    """A clock that stands until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def register() -> Iterator[Register]:
    with serving() as register:
        yield register


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(register: Register, clock: Clock) -> Enhetsregisteret:
    return Enhetsregisteret(register.base, clock)


def test_a_name_is_looked_for_among_units_and_sub_entities(client, register) -> None:
    found = client.named("nordvik")
    assert [one.name for one in found.entities] == ["NORDVIK & SØNNER BYGG AS", "NORDVIK KOMMUNE", "NORDVIK HOLDING AS"]
    assert [one.name for one in found.sub_entities] == ["NORDVIK BYGG AVD ELVEGATA", "NORDVIK BARNEHAGE"], (
        "the place of work of a hit is no other hit"
    )
    assert not found.is_more
    assert register.asked == [f"/api/enheter?navn=nordvik&size={SHOWN}", f"/api/underenheter?navn=nordvik&size={SHOWN}"]
    assert set(register.accepted) == {"application/json"}


def test_what_is_read_of_a_entity(client) -> None:
    firm = client.numbered(made_up.FIRM)
    assert isinstance(firm, Entity)
    assert (firm.number, firm.name, firm.form, firm.industry, firm.institution) == (made_up.FIRM, "NORDVIK & SØNNER BYGG AS", "AS", "41.200", "2100")
    assert (firm.counted, firm.is_under_five, firm.municipality, firm.is_sub_entity, firm.deleted) == (12, False, "SANDNES", False, None)


def test_a_sub_entity_is_found_by_its_number_after_the_units(client, register) -> None:
    site = client.numbered(made_up.KINDERGARTEN)
    assert isinstance(site, Entity)
    assert (site.is_sub_entity, site.parent, site.municipality, site.form, site.institution) == (True, made_up.MUNICIPALITY, "SANDNES", "BEDR", "")
    assert register.asked == [f"/api/enheter/{made_up.KINDERGARTEN}", f"/api/underenheter/{made_up.KINDERGARTEN}"]


@pytest.mark.parametrize(
    ("number", "counted", "has_counted", "is_under_five"),
    [(made_up.FIRM, 12, True, False), (made_up.SMALL, None, True, True), (made_up.UNCOUNTED, None, False, False)],
)
def test_one_to_four_is_not_told_and_is_not_nobody(client, number, counted, has_counted, is_under_five) -> None:
    found = client.numbered(number)
    assert (found.counted, found.has_counted, found.is_under_five) == (counted, has_counted, is_under_five)


def test_a_deleted_unit_is_told_with_its_day(client) -> None:
    assert str(client.numbered(made_up.DELETED).deleted) == "2024-05-31"


def test_a_number_that_was_removed_and_one_that_never_was(client, register) -> None:
    assert client.numbered(made_up.REMOVED) == Absent(is_removed=True)
    assert client.numbered(made_up.UNKNOWN) == Absent(is_removed=False)
    assert len(register.asked) == 3, "what was removed is not looked for among the sub-entities"


def test_no_hits_and_many(client) -> None:
    assert client.named("finnes ikke") == ((), (), False)
    assert client.named("alle").is_more


def test_a_name_that_the_register_cannot_search_for_finds_nothing(client, register) -> None:
    register.instead = Reply(400, b'{"feilmelding": "Feilaktig foresporsel"}')
    assert client.named("???") == ((), (), False)


def test_more_hits_than_asked_for_are_cut(client, register) -> None:
    register.instead = Reply(body=json.dumps(page("enheter", [entity(made_up.FIRM, f"FIRMA {n}") for n in range(40)])).encode())
    assert len(client.named("firma").entities) == SHOWN


@pytest.mark.parametrize(
    "odd",
    [
        None, "x", [], {}, entity("310100006", "GALT SIFFER AS"), entity("", "UTEN NUMMER"), entity(made_up.FIRM, ""), entity(made_up.FIRM, "\u200b"),
        entity(made_up.FIRM, "N" * 400), entity(made_up.FIRM, "FIRMA", navn=["x"]), entity(made_up.FIRM, "FIRMA", antallAnsatte=-1),
        entity(made_up.FIRM, "FIRMA", slettedato="i fjor"), entity(made_up.FIRM, "FIRMA", organisasjonsform={"kode": "X" * 30}),
    ],
)  # fmt: skip
def test_a_hit_of_another_shape_is_left_out_and_the_rest_stand(client, register, odd) -> None:
    register.instead = Reply(body=json.dumps(page("enheter", [odd, made_up.TOWN])).encode())
    assert [one.name for one in client.named("nordvik").entities] == ["NORDVIK KOMMUNE"]


@pytest.mark.parametrize(
    "field", ["organisasjonsform", "naeringskode1", "institusjonellSektorkode", "forretningsadresse", "antallAnsatte", "overordnetEnhet"]
)
@pytest.mark.parametrize("missing", [True, False])
def test_what_a_unit_leaves_unsaid_is_blank(client, register, field, missing) -> None:
    told = entity(made_up.FIRM, "FIRMA AS")
    told[field] = None
    if missing:
        del told[field]
    register.instead = Reply(body=json.dumps(told).encode())
    assert client.numbered(made_up.FIRM).name == "FIRMA AS"


def test_an_address_abroad_has_no_municipality(client, register) -> None:
    told = entity(made_up.FIRM, "FIRMA NUF", forretningsadresse={"land": "Sverige", "poststed": "STOCKHOLM"}, postadresse={"kommune": "OSLO"})
    register.instead = Reply(body=json.dumps(told).encode())
    assert client.numbered(made_up.FIRM).municipality == "OSLO"


def test_a_name_is_one_clean_line(client, register) -> None:
    register.instead = Reply(body=json.dumps(entity(made_up.FIRM, " FIRMA \n\u202e MED\x00  LUFT ")).encode())
    assert client.numbered(made_up.FIRM).name == "FIRMA MED LUFT"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"<html>Vedlikehold</html>"), Reply(body=b""), Reply(body=b"[1"), Reply(body=b"\xff\xfe"), Reply(body=b"[" * 100_000),
        Reply(body=b"9" * 5000), Reply(500), Reply(503, b"nede"), Reply(429), Reply(204), Reply(302, location="http://127.0.0.1:9/elsewhere"),
        Reply(body=b" " * (LARGEST + 1)),
    ],
)  # fmt: skip
def test_whatever_else_comes_is_one_kind_of_error(client, register, reply) -> None:
    register.instead = reply
    with pytest.raises(RegisterError):
        client.named("nordvik")
    with pytest.raises(RegisterError):
        client.numbered(made_up.FIRM)
    assert len(register.asked) == 2, "and it is asked no more than once, and nowhere else"


def test_an_answer_as_large_as_may_be_is_read(client, register) -> None:
    body = json.dumps(made_up.BUILDERS).encode()
    register.instead = Reply(body=body + b" " * (LARGEST - len(body)))
    assert client.numbered(made_up.FIRM).name == "NORDVIK & SØNNER BYGG AS"


@pytest.mark.parametrize("reply", [Reply(wait=3.0, body=b"{}"), Reply(drip=0.1, body=b"x" * 30)])
def test_who_is_slow_or_drips_is_not_waited_for(client, register, monkeypatch, reply) -> None:
    monkeypatch.setattr(bounded_get, "WHOLE", 0.3)
    register.instead = reply
    began = time.monotonic()
    with pytest.raises(RegisterError):
        client.named("nordvik")
    assert time.monotonic() - began < 2.5


def test_a_connection_that_is_refused(clock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        client = Enhetsregisteret(f"http://127.0.0.1:{taken.getsockname()[1]}/api", clock)
        with pytest.raises(SilentError):
            client.named("nordvik")


def test_a_server_without_encryption_is_no_https_server(register, clock) -> None:
    with pytest.raises(SilentError):
        Enhetsregisteret(register.base.replace("http:", "https:"), clock).named("nordvik")


def test_after_silence_nobody_waits_for_a_while(client, register, clock, monkeypatch, caplog) -> None:
    monkeypatch.setattr(bounded_get, "WHOLE", 0.1)
    register.instead = Reply(wait=0.5)
    with caplog.at_level(logging.WARNING), pytest.raises(SilentError):
        client.named("hemmelig navn")
    register.instead = None
    asked = len(register.asked)
    with pytest.raises(RegisterError):
        client.named("nordvik")
    assert len(register.asked) == asked
    clock.now += PAUSE
    assert client.named("nordvik").entities
    assert "Enhetsregisteret: no answer" in caplog.text
    assert "hemmelig" not in caplog.text


def test_no_more_than_some_ask_at_once(client, register, monkeypatch) -> None:
    monkeypatch.setattr("app.registers.enhetsregisteret.CONNECT", 0.01)
    for _ in range(AT_ONCE):
        client._lanes.acquire()
    with pytest.raises(RegisterError):
        client.named("nordvik")
    client._lanes.release()
    assert client.named("nordvik").entities


def test_the_same_is_asked_once_in_some_minutes(client, register, clock) -> None:
    for _ in range(3):
        client.named("nordvik")
        client.numbered(made_up.FIRM)
    assert len(register.asked) == 3
    clock.now += KEPT_SECONDS
    client.numbered(made_up.FIRM)
    assert len(register.asked) == 4


def test_the_oldest_make_room_and_no_failure_is_kept(clock) -> None:
    lately: Lately[str] = Lately(2, 60, clock)
    asked: list[str] = []

    def ask(what: str) -> str:
        asked.append(what)
        if what == "feil":
            raise RegisterError
        return what.upper()

    assert [lately.get(what, ask) for what in "abacb"] == ["A", "B", "A", "C", "B"]
    assert asked == ["a", "b", "c"]
    assert lately.get("a", ask) == "A"
    assert asked[-1] == "a"
    for _ in range(2):
        with pytest.raises(RegisterError):
            lately.get("feil", ask)
    assert asked.count("feil") == 2


def test_a_place_of_work_of_the_same_name_that_belongs_to_somebody_else_is_a_hit_of_its_own(client, register) -> None:
    other = sub_entity(made_up.OTHER_SITE, "NORDVIK & SØNNER BYGG AS", made_up.SMALL)
    both = {"enheter": [made_up.BUILDERS], "underenheter": [made_up.BUILDERS_SITE, other]}
    register.instead = Reply(body=json.dumps({"_embedded": both}).encode())
    assert [one.number for one in client.named("nordvik").sub_entities] == [made_up.OTHER_SITE]
