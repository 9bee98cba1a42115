"""For those who watch over the app."""

from sqlalchemy import text

from app.db import db


def test_it_lives(client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text, response.mimetype) == (200, "ok\n", "text/plain")


def test_it_is_ready(client) -> None:
    assert client.get("/readyz").status_code == 200


def test_it_is_not_ready_with_another_migration(make_app) -> None:
    app = make_app()
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert "rusoff migrate" in response.text


def test_it_lives_but_is_not_ready_without_a_database(make_app, tmp_path) -> None:
    app = make_app(migrated=False, database_url=f"sqlite:///{tmp_path / 'no' / 'folder' / 'x.sqlite3'}")
    assert app.test_client().get("/readyz").status_code == 503
    assert app.test_client().get("/healthz").status_code == 200
