"""Addresses of our own static files, with a mark of their content: a browser keeps each for a year, and fetches a changed one at once."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

STATIC = Path(__file__).parents[1] / "static"
YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Let templates say `asset("rusoff.css")`."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_marked)


@lru_cache(maxsize=256)
def asset(name: str) -> str:
    """The address of a file in static/. Raises FileNotFoundError when there is none."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={mark}"


def _keep_marked(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
