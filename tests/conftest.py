"""The real app on a real database: SQLite, or the PostgreSQL that TEST_DATABASE_URL names. All rows are deleted between tests."""

from __future__ import annotations

import gc
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask, Response, request
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app import create_app
from app.config import Config
from app.models.db import Base, db
from app.models.keys import new_key
from app.models.policy import Policy
from app.web.access import policy_for
from app.web.limits import limited
from app.web.security import KEY, browser_key
from tests.reading import Browser
from tests.unlimited import UNLIMITED


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass by what stays to the end, and come seldom: else every eighth second of the tests is its own."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Makes a database, empty or a copy of `like`, which nobody may be connected to; gives its address. All are gone when the tests are over."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    made: list[str] = []

    def make(like: str = "") -> str:
        copied = make_url(like).database if like else None
        if not server:
            path = tmp_path_factory.mktemp("database") / "test.sqlite3"
            if copied:
                shutil.copyfile(copied, path)
            return f"sqlite:///{path}"
        made.append(f"rusoff_test_{secrets.token_hex(6)}")
        _on_server(server, f"CREATE DATABASE {made[-1]} TEMPLATE {copied or 'template0'}")  # the other template must not be in use by a neighbour
        return make_url(server).set(database=made[-1]).render_as_string(hide_password=False)

    yield make
    for name in made:
        _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(address: str, statement: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_database(new_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database without rows, to be copied: that is quicker than migrating."""
    address = new_database()
    app = create_app(Config(instance=tmp_path_factory.mktemp("instance"), database_url=address))
    with app.app_context():
        flask_migrate.upgrade()
    close(app)
    return address


@pytest.fixture(scope="session")
def make_app(new_database: Callable[..., str], migrated_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Flask]]:
    """Makes an app with its own instance folder and migrated database; settings of Config may be given by name."""
    made: list[Flask] = []

    def make(migrated: bool = True, **settings: Any) -> Flask:
        is_tried_out = not settings.keys() & {"host", "smtp", "public_url", "trusted_proxies"}
        given = {"instance": tmp_path_factory.mktemp("instance"), "show_letters": is_tried_out, **UNLIMITED, **settings}
        is_copy = migrated and "database_url" not in given
        given.setdefault("database_url", new_database(like=migrated_database if is_copy else ""))
        app = create_app(Config(**given))
        app.testing = True
        app.test_client_class = Browser
        made.append(app)
        if migrated and not is_copy:
            with app.app_context():
                flask_migrate.upgrade()
        return app

    yield make
    for app in made:
        close(app)


def close(app: Flask) -> None:
    """Let go of the database, and of the press."""
    app.extensions["drawing"].press.close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def the_app(make_app: Callable[..., Flask]) -> Flask:
    """One app for all tests: made once, for it takes a while."""
    return make_app()


@pytest.fixture
def app(the_app: Flask) -> Iterator[Flask]:
    """The app, with an empty database."""
    yield the_app
    empty(the_app)


def empty(app: Flask) -> None:
    """Delete all rows, parents first, for the log goes with its workplace alone. No savepoint trick: that leaks, and this takes a millisecond."""
    with app.app_context():
        db.session.remove()
        with db.engine.begin() as connection:
            for table in Base.metadata.sorted_tables:
                connection.execute(table.delete())


@pytest.fixture
def database(app: Flask) -> Iterator[Any]:
    """The session of the database, for tests of models."""
    with app.app_context():
        yield db.session
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser."""
    return browser(app)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """Another browser, which holds a draft of its own."""
    other = browser(app)
    start_policy(other)
    return other


def browser(app: Flask) -> Browser:
    """A new browser with a key of its own."""
    client = app.test_client()
    with client.session_transaction() as session:
        session[KEY] = new_key()
        session.permanent = True
    return client


@pytest.fixture
def policy_id(client: Browser) -> str:
    """A draft without answers, held by `client`."""
    return start_policy(client)


def start_policy(client: Browser, answers: dict[str, Any] | None = None, language: str = "nb") -> str:
    """A new draft, held by `client`; its id."""
    with client.session_transaction() as session:
        key = session[KEY]
    with client.application.app_context():
        policy = Policy.start(language, answers or {})
        db.session.add(policy)
        policy.held_by(key)
        db.session.commit()
        return policy.id


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """A folder for an app's own files."""
    return tmp_path / "instance"


@pytest.fixture(scope="session")
def probe(make_app: Callable[..., Flask]) -> Flask:
    """An app with low limits and a few views of the smallest kind, for what holds whatever a view does."""
    app = make_app(saves_per_minute=3, starts_per_hour=2)

    @app.route("/<language:language>/probe/<policy:id>", methods=["GET", "POST"], endpoint="probe")
    def view(id: str) -> Response:
        policy = policy_for(id)
        if request.method == "POST":
            policy.answer({"n": policy.answers.get("n", 0) + 1})
            db.session.commit()
        return Response(str(policy.answers.get("n", 0)), mimetype="text/plain")

    @app.post("/<language:language>/probe/start", endpoint="probe_start")
    @limited("start")
    def start() -> Response:
        return Response(browser_key(), mimetype="text/plain")

    @app.get("/<language:language>/probe/fail", endpoint="probe_fail")
    def fail() -> str:
        raise RuntimeError("the secret answer")

    return app


@pytest.fixture
def probing(probe: Flask) -> Iterator[Browser]:
    """A browser at the probe."""
    yield browser(probe)
    probe.testing = True
    empty(probe)
