"""A walk through the whole wizard in this process: every page looked at and saved, as a browser without JavaScript would."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import html5lib

from app import create_app
from app.config import Config
from app.server import serve

_NS = {"h": "http://www.w3.org/1999/xhtml"}


class Walk:
    """An app of its own with a draft made from an example, walked as often as one likes."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        app = create_app(Config(instance=Path(self.folder.name), saves_per_minute=10**6, starts_per_hour=10**6))
        serve.migrate(app)
        self.client = app.test_client()
        token = _token(self.client.get("/nb/").text)
        made = self.client.post("/nb/policies", data={"csrf_token": token, "example": "building_firm"})
        self.address = made.location.rstrip("/")
        self.pages = [(place, self._body(place)) for place in self._places()]

    def through(self) -> None:
        """Look at every page and save it."""
        for place, body in self.pages:
            assert self.client.get(place).status_code == 200
            saved = self.client.post(place, data=body)
            assert saved.status_code == 303, (place, saved.status_code)

    def _places(self) -> list[str]:
        found = re.findall(rf'href="({re.escape(self.address)}/[a-z_]+/[a-z_]+)[?#"]', self.client.get(f"{self.address}/check").text)
        return list(dict.fromkeys(found))

    def _body(self, place: str) -> dict[str, list[str]]:
        """What the form on the page posts when nobody changes anything."""
        page = html5lib.parse(self.client.get(place).text)
        body: dict[str, list[str]] = {}
        for field in page.iterfind(".//h:main//h:form//*[@name]", _NS):
            kind = field.get("type", "")
            if field.tag.endswith("}button") or (kind in ("radio", "checkbox") and field.get("checked") is None):
                continue
            body.setdefault(str(field.get("name")), []).append(_value(field))
        return body


def _value(field: object) -> str:
    tag = str(getattr(field, "tag", "")).rpartition("}")[2]
    if tag == "select":
        chosen = field.find("h:option[@selected]", _NS)  # type: ignore[attr-defined]
        return chosen.get("value", "") if chosen is not None else ""
    if tag == "textarea":
        return str(getattr(field, "text", "") or "").strip()
    return str(field.get("value", ""))  # type: ignore[attr-defined]


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]
