"""Our own static files: addresses with a mark of their content, so that a browser keeps each for a year, and compressed on their way.

Only these are compressed. A page holds a secret of the browser beside words that somebody else may have chosen, and from how well the two go together
in a compressed answer the secret can be guessed (BREACH); a static file is the same for everybody.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

STATIC = Path(__file__).parents[1] / "static"
YEAR = 365 * 24 * 3600
TEXT = (".css", ".js", ".json", ".svg")  # fonts and pictures are compressed in themselves
GZIP = "gzip"


def init_app(app: Flask) -> None:
    """Let templates say `asset("rusoff.css")`."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_marked)
    app.after_request(_compress)


@lru_cache(maxsize=256)
def asset(name: str) -> str:
    """The address of a file in static/. Raises FileNotFoundError when there is none."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={mark}"


def _keep_marked(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def _compress(response: Response) -> Response:
    """A static file of text, whole, as gzip for whoever takes it."""
    if request.endpoint != "static" or not request.path.endswith(TEXT):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or not request.accept_encodings[GZIP]:
        return response
    name = (request.view_args or {})["filename"]
    response.close()  # the file, which is not read from
    response.direct_passthrough = False
    response.set_data(_gzipped(name, (STATIC / name).stat().st_mtime_ns))
    response.headers["Content-Encoding"] = GZIP
    tag, _ = response.get_etag()
    response.set_etag(f"{tag}-{GZIP}", weak=True)
    return response


@lru_cache(maxsize=64)
def _gzipped(name: str, _changed: int) -> bytes:
    return gzip.compress((STATIC / name).read_bytes(), 9, mtime=0)
