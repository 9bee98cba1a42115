"""A register on this machine that answers as Enhetsregisteret does. Without pytest: the served app of the browser tests asks it too.

The answers have the documented shape (https://data.brreg.no/enhetsregisteret/api/dokumentasjon/no/index.html). The organisations are made up; their
numbers begin with 3, as those of made-up organisations do in Norwegian test registers, and have sound check digits.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

FIRM, FIRM_SITE, OTHER_SITE, KINDERGARTEN, MUNICIPALITY, SMALL, UNCOUNTED, DELETED, REMOVED, UNKNOWN = (
    "310100005", "310100013", "310100021", "310100048", "310100056", "310100064", "310100072", "310100080", "310100099", "310100102",
)  # fmt: skip


class Reply(NamedTuple):
    """What the register answers: a body, after a while, byte by byte or not; or a way to elsewhere."""

    status: int = 200
    body: bytes = b""
    wait: float = 0.0
    drip: float = 0.0
    location: str = ""


def entity(number: str, name: str, *, form: str = "AS", industry: str = "41.200", counted: int | None = 12, **more: Any) -> dict[str, Any]:
    """A main entity. With `counted` 0 nobody has counted; with None there are one to four, which the register does not tell."""
    return {
        "respons_klasse": "Enhet",
        "organisasjonsnummer": number,
        "navn": name,
        "organisasjonsform": {"kode": form, "beskrivelse": form, "_links": {"self": {"href": "https://register.example/organisasjonsformer"}}},
        "registreringsdatoEnhetsregisteret": "2011-03-04",
        "registrertIMvaregisteret": True,
        "naeringskode1": {"kode": industry, "beskrivelse": "Det den driver med"},
        **({"antallAnsatte": counted} if counted else {}),
        "harRegistrertAntallAnsatte": counted != 0,
        "forretningsadresse": {
            "land": "Norge", "landkode": "NO", "postnummer": "4306", "poststed": "SANDNES", "adresse": ["Elvegata 1"],
            "kommune": "SANDNES", "kommunenummer": "1108",
        },
        "stiftelsesdato": "2011-02-14",
        "institusjonellSektorkode": {"kode": "2100", "beskrivelse": "Private aksjeselskaper mv."},
        "registrertIForetaksregisteret": True,
        "konkurs": False,
        "underAvvikling": False,
        "underTvangsavviklingEllerTvangsopplosning": False,
        "maalform": "Bokmål",
        "_links": {"self": {"href": f"https://register.example/enheter/{number}"}},
        **more,
    }  # fmt: skip


def sub_entity(number: str, name: str, parent: str, *, industry: str = "41.200", counted: int | None = 12, **more: Any) -> dict[str, Any]:
    """A sub-entity, which has a place where it lies instead of a seat."""
    told = entity(number, name, form="BEDR", industry=industry, counted=counted)
    told["beliggenhetsadresse"] = told.pop("forretningsadresse")
    del told["institusjonellSektorkode"]
    return told | {"respons_klasse": "Underenhet", "overordnetEnhet": parent, "oppstartsdato": "2011-03-01"} | more


def page(kind: str, hits: list[Any], total: int | None = None) -> dict[str, Any]:
    """A page of hits. One without any has no `_embedded`."""
    size = {"size": 10, "totalElements": len(hits) if total is None else total, "totalPages": 1, "number": 0}
    return ({"_embedded": {kind: hits}} if hits else {}) | {"_links": {"self": {"href": "https://register.example"}}, "page": size}


BUILDERS = entity(FIRM, "NORDVIK & SØNNER BYGG AS")
BUILDERS_SITE = sub_entity(FIRM_SITE, "NORDVIK & SØNNER BYGG AS", FIRM)
BUILDERS_DEPARTMENT = sub_entity(OTHER_SITE, "NORDVIK BYGG AVD ELVEGATA", FIRM, counted=7)
TOWN = entity(MUNICIPALITY, "NORDVIK KOMMUNE", form="KOMM", industry="84.110", counted=1430, institusjonellSektorkode={"kode": "6500"})
CHILDREN = sub_entity(KINDERGARTEN, "NORDVIK BARNEHAGE", MUNICIPALITY, industry="88.911", counted=24)
CAFE = entity(SMALL, "KAFÉ FJORD AS", industry="56.101", counted=None)
SHELL = entity(UNCOUNTED, "NORDVIK HOLDING AS", industry="64.200", counted=0)
GONE = {
    "respons_klasse": "SlettetEnhet", "organisasjonsnummer": DELETED, "navn": "NORDVIK TAK AS",
    "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap"}, "slettedato": "2024-05-31",
}  # fmt: skip
KNOWN = {"enheter": [BUILDERS, TOWN, CAFE, SHELL, GONE], "underenheter": [BUILDERS_SITE, BUILDERS_DEPARTMENT, CHILDREN]}


class Register:
    """What it answers, and what it was asked. `instead` is answered to everything, while it is set."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.accepted: list[str] = []
        self.instead: Reply | None = None
        self.base = ""

    def reply(self, path: str) -> Reply:
        """The answer to a path with its query."""
        self.asked.append(path)
        if self.instead:
            return self.instead
        parts = urlsplit(path)
        kind, _, number = parts.path.removeprefix("/api/").partition("/")
        return _found(kind, number) if number else Reply(body=_bytes(_search(kind, parse_qs(parts.query)["navn"][0])))


def _found(kind: str, number: str) -> Reply:
    if number == REMOVED:
        return Reply(410, _bytes({"organisasjonsnummer": number, "slettedato": "2025-01-15"}))
    told = next((one for one in KNOWN[kind] if one["organisasjonsnummer"] == number), None)
    return Reply(body=_bytes(told)) if told else Reply(404)


def _search(kind: str, name: str) -> dict[str, Any]:
    if name.lower() == "alle":
        return page(kind, KNOWN[kind][:1], total=312)
    return page(kind, [one for one in KNOWN[kind] if name.lower() in one["navn"].lower() and "slettedato" not in one])


def _bytes(told: Any) -> bytes:
    return json.dumps(told).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers for the register that the server belongs to."""

    def do_GET(self) -> None:
        register: Register = self.server.register  # type: ignore[attr-defined]
        register.accepted.append(self.headers.get("Accept", ""))
        reply = register.reply(self.path)
        time.sleep(reply.wait)
        with suppress(OSError):  # nobody may wait for it any more
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/hal+json")
        if reply.location:
            self.send_header("Location", reply.location)
        self.end_headers()
        size = 1 if reply.drip else len(reply.body) or 1
        for at in range(0, len(reply.body), size):
            self.wfile.write(reply.body[at : at + size])
            time.sleep(reply.drip)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Register]:
    """The register, on a port of this machine."""
    register = Register()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.register = register  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    register.base = f"http://127.0.0.1:{server.server_port}/api"
    try:
        yield register
    finally:
        server.shutdown()
        server.server_close()
