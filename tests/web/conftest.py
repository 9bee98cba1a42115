"""Whom the tests of the web have at hand: a workplace with its people, and anybody who signs in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.models.db import db
from tests import world
from tests.conftest import browser
from tests.places import Place
from tests.reading import Browser


@pytest.fixture
def place(app) -> Place:
    """A workplace with somebody signed in for each role."""
    return Place(app)


@pytest.fixture
def person(app) -> Callable[..., Browser]:
    """Signs somebody in, in a new browser."""

    def sign_in(email: str = "kari@example.no", client: Browser | None = None) -> Browser:
        with app.app_context():
            somebody = world.person(email)
            db.session.commit()
        return world.sign_in(client or browser(app), somebody)

    return sign_in
