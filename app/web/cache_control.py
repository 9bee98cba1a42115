"""What a browser may keep of a page: nothing that shows names to who comes after, but what somebody was typing."""

from __future__ import annotations

import re

from flask import Flask, request, session
from werkzeug.wrappers import Response

from .access import PERSON, READING

NOBODY_KEEPS = "private, no-store"
ONLY_FOR_BACK = "private, no-cache"
_TYPED = re.compile(rb'<textarea|<select|<input(?![^>]*type="(?:hidden|submit)")')


def init_app(app: Flask) -> None:
    """Say so on every answer but our own static files and public pages, which are the same for everybody."""
    app.after_request(_keep)


def _keep(response: Response) -> Response:
    if request.endpoint in (None, "static") or response.cache_control.public:
        return response
    if _shows_names() and not _is_typed_in(response):
        response.headers["Cache-Control"] = NOBODY_KEEPS
    elif "Content-Disposition" in response.headers:
        response.headers["Cache-Control"] = ONLY_FOR_BACK
    return response


def _shows_names() -> bool:
    """Whether whoever asks is signed in, reads a review, or came by a link that lets somebody in."""
    return PERSON in session or READING in session or "token" in (request.view_args or {})


def _is_typed_in(response: Response) -> bool:
    """Whether there is something to fill in, which "back" would lose if the browser kept nothing. Not in a file: a server may hand it on unread."""
    is_page = response.mimetype == "text/html" and not response.direct_passthrough and not response.is_streamed
    return is_page and _TYPED.search(response.get_data()) is not None
