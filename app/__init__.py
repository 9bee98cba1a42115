"""The app, put together. Nobody imports anything else from `app` itself."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined

from app import assets, drawing, errors, events, health, keeping, language, limits, security
from app.accounts import engine, passkeys
from app.config import Config, make_instance
from app.db import db, engine_options, prepare
from app.decisions import verify
from app.decisions import views as decisions
from app.decisions.models import Version
from app.documents import views as documents
from app.mail import views as mail
from app.pack.load import the_pack
from app.review import views as review
from app.review.reading import views as reading
from app.steps import start
from app.steps import views as steps
from app.workplaces import views as workplaces

TABLES = (events.Event, Version)  # named here, so that every table is known before the first migration is compared
BLUEPRINTS = (health.bp, start.bp, steps.bp, documents.bp, passkeys.bp, workplaces.bp, decisions.bp, verify.bp, review.bp, reading.bp)


def create_app(config: Config | None = None) -> Flask:
    """The app, ready to serve. Raises ConfigError, WordsError or PackError when something is missing or wrong."""
    config = config or Config.from_environment()
    the_pack()
    make_instance(config)
    app = errors.QuietFlask(__name__, instance_path=str(config.instance))
    app.config.from_mapping(security.settings(config))
    _templates(app, config)
    _database(app, config)
    assets.init_app(app)
    security.init_app(app, config)
    engine.init_app(app, config)
    limits.init_app(app, config)
    language.init_app(app)
    errors.init_app(app)
    health.init_app(app)
    drawing.init_app(app)
    mail.init_app(app, config)
    keeping.init_app(app)
    _blueprints(app)
    return app


def _templates(app: Flask, config: Config) -> None:
    """A missing value is an error, never an empty place on a page."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["contact"] = config.contact


def _database(app: Flask, config: Config) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = config.database
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(config.database)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    Migrate(app, db, directory=str(health.MIGRATIONS))


def _blueprints(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
