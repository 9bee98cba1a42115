"""`make screens` finds every page of the access table, for a visitor who may see it."""

from __future__ import annotations

from app.pack.load import the_pack
from tests.conftest import browser, empty
from tests.screens import places, world
from tests.web.access import NOBODY, TABLE


def test_every_page_of_the_table_is_there_to_be_photographed(make_app) -> None:
    app = make_app()
    with app.app_context():
        ids, owner, reader = world.build()
    cookies = world.visitors(app, owner, reader)
    visitors = {name: browser(app) for name in cookies}
    for name, value in cookies.items():
        if value:
            visitors[name].set_cookie(app.config["SESSION_COOKIE_NAME"], value)
    found = places.places(app, ids)
    pages = {f"GET {place.name}" for place in found}
    wanted = {name for name, row in TABLE.items() if name.startswith("GET ") and row != NOBODY and name[4:] not in places.NO_PAGES}
    assert wanted <= pages
    assert {f"page.{step}.{page}" for step, page in the_pack().places} <= {place.name for place in found}
    lost = []
    for place in found:
        if not place.name.startswith("failure."):
            answer = visitors[place.visitor].get(place.address)
            if answer.status_code >= 400 or "/sign-in?" in answer.headers.get("Location", ""):
                lost.append((place.name, answer.status_code))
    empty(app)
    assert lost == []
