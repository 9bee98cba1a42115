"""Models and migrations agree, and migrations go up and down with rows in the tables."""

import flask_migrate
import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import String, func, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from app.models.db import Base, db
from app.models.policy import Policy
from app.web.health import MIGRATIONS, newest_migration
from tests.world import fill_every_table

BEFORE_LENGTHS = "0015"


@pytest.fixture
def empty_app(make_app):
    app = make_app(migrated=False)
    with app.app_context():
        yield app
        db.session.remove()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_models_and_migrations_agree(app, database) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_constraints_have_the_names_of_the_models(app, database) -> None:
    found = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {c.name for c in table.constraints if c.name}
        there = {found.get_pk_constraint(table.name)["name"]}
        for reader in (found.get_foreign_keys, found.get_check_constraints, found.get_unique_constraints):
            there |= {constraint["name"] for constraint in reader(table.name)}
        assert wanted <= there


def test_up_down_and_up_again_with_rows(empty_app) -> None:
    flask_migrate.upgrade()
    fill_every_table()
    flask_migrate.downgrade(revision="base")
    assert tables() == set()
    flask_migrate.upgrade()
    assert tables() == {t.name for t in Base.metadata.sorted_tables}
    fill_every_table()


def test_a_draft_from_before_the_lengths_keeps_the_whole_policy(empty_app) -> None:
    flask_migrate.upgrade()
    fill_every_table()
    db.session.execute(update(Policy).values(answers={"size": "n1_4"}))
    db.session.commit()
    flask_migrate.downgrade(revision=BEFORE_LENGTHS)
    flask_migrate.upgrade()
    assert set(map(str, db.session.scalars(select(Policy.answers)))) == {str({"size": "n1_4", "length": "full"})}


def test_changing_a_parent_keeps_its_children(empty_app) -> None:
    """Batch mode copies and drops the table on SQLite. With foreign keys on, that would delete every row that points at it."""
    flask_migrate.upgrade()
    fill_every_table()
    before, guards = rows(), names_of_triggers()
    run_in_env(rebuild_policy)
    assert (rows(), names_of_triggers()) == (before, guards)
    edition = next(c for c in inspect(db.engine).get_columns("policy") if c["name"] == "edition")
    assert edition["type"].length == 30
    assert_foreign_keys_are_on()


def test_a_migration_that_leaves_orphans_is_undone(empty_app) -> None:
    flask_migrate.upgrade()
    fill_every_table()
    before = rows()
    with pytest.raises((RuntimeError, IntegrityError)):
        run_in_env(lambda: op.execute("DELETE FROM policy") if db.engine.dialect.name == "sqlite" else op.execute(ORPHAN))
    assert rows() == before
    assert_foreign_keys_are_on()


ORPHAN = "INSERT INTO holder (policy_id, key_hash) VALUES ('nobody', 'x')"


def assert_foreign_keys_are_on() -> None:
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text(ORPHAN))


def rows() -> dict[str, int]:
    """How many rows each table holds: at least one."""
    found = {table.name: db.session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables}
    db.session.remove()
    assert all(found.values()), found
    return found


def rebuild_policy() -> None:
    with op.batch_alter_table("policy") as batch:
        batch.alter_column("edition", type_=String(30))


def names_of_triggers() -> set[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if db.engine.dialect.name == "sqlite" else "SELECT tgname FROM pg_trigger"
    found = set(db.session.scalars(text(query)))
    db.session.remove()
    return found


def run_in_env(migration) -> None:
    """Run one more migration by our own env.py, as if it stood in the folder."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)

    def steps(revision, context):
        with Operations.context(context):
            migration()
        return []

    with EnvironmentContext(config, script, fn=steps):
        script.run_env()


def test_every_migration_has_a_number_and_a_way_back() -> None:
    files = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    assert [name[:4] for name in files] == [f"{n:04}" for n in range(1, len(files) + 1)]
    assert newest_migration() == files[-1][:4]
    for name in files:
        assert "def downgrade() -> None:\n    pass" not in (MIGRATIONS / "versions" / name).read_text("utf-8")


def test_a_database_without_migrations_is_not_ready(empty_app) -> None:
    client = empty_app.test_client()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    flask_migrate.upgrade()
    assert client.get("/readyz").status_code == 200
