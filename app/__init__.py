"""The app, put together. Nobody imports anything else from `app` itself."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined

from app import accounts, decisions, delegation, downloads, launch, own_words, plan, publishing, reading, review, steps, workplaces
from app.accounts import flask_security_setup
from app.config import Config, make_instance
from app.models import audit_log
from app.models.db import db, engine_options, prepare
from app.models.versions import Version
from app.pack.load import the_pack
from app.web import cache_control, errors, health, illustrations, language, limits, render_queue, security, static_files
from app.web import outbox_page as mail

TABLES = (audit_log.Event, Version)  # named here, so that every table is known before the first migration is compared
FEATURES = (steps, delegation, downloads, launch, own_words, accounts, workplaces, decisions, review, reading, publishing, plan)


def create_app(config: Config | None = None) -> Flask:
    """The app, ready to serve. Raises ConfigError, WordsError or PackError when something is missing or wrong."""
    config = config or Config.from_environment()
    the_pack()
    make_instance(config)
    app = errors.QuietFlask(__name__, instance_path=str(config.instance))
    app.config.from_mapping(security.settings(config))
    _templates(app, config)
    _database(app, config)
    static_files.init_app(app)
    publishing.page_cache.init_app(app)
    illustrations.init_app(app)
    security.init_app(app, config)
    flask_security_setup.init_app(app, config)
    limits.init_app(app, config)
    steps.from_register.init_app(app, config)
    language.init_app(app)
    errors.init_app(app)
    health.init_app(app)
    render_queue.init_app(app)
    mail.init_app(app, config)
    cache_control.init_app(app)
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
    app.register_blueprint(health.bp)
    for feature in FEATURES:
        for blueprint in feature.BLUEPRINTS:
            app.register_blueprint(blueprint)
