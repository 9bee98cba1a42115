"""The blueprint of the reader's workspace."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from .view_models import closing_notice, kind_tag, link_notice, stage_alert

bp = Blueprint("reading", __name__, url_prefix="/<language:language>")
AT = "/readings/<policy:id>"


@bp.record_once
def _globals(state: BlueprintSetupState) -> None:
    names = {"stage_alert": stage_alert, "closing_notice": closing_notice, "link_notice": link_notice, "kind_tag": kind_tag}
    cast("Flask", state.app).jinja_env.globals.update(names)
