"""The blueprint of the reader's workspace."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("reading", __name__, url_prefix="/<language:language>")
AT = "/readings/<policy:id>"
