"""Pages for what went wrong, in the reader's language, that say what to do. And logs that never hold an answer."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Mapping
from math import ceil
from types import TracebackType
from typing import Any, NamedTuple, NoReturn

from flask import Flask, Request, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Conflict, HTTPException, SecurityError, ServiceUnavailable
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from app.models.db import name_of

from .kept_input import kept_input
from .language import language_asked_for, t
from .limits import LimitError
from .security import SAFE
from .urls import own_path

KNOWN = frozenset({400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 503})
log = logging.getLogger("rusoff")
_SITE = re.compile(r"^\w+://[^/]*")


class QuietFlask(Flask):
    """Flask that logs where something failed and of which kind, but not the message: a message may quote an answer."""

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """Log the rule, the kinds of error and the places in the code."""
        rule = request.url_rule.rule if request.url_rule else "no such page"
        log.error("%s %s failed\n%s", request.method, rule, "".join(_places(exc_info[1])))

    def raise_routing_exception(self, request: Request) -> NoReturn:
        """Send on, to the address with its slash, within this site: werkzeug writes the Host header there, which anybody can forge."""
        if isinstance(request.routing_exception, RequestRedirect):
            request.routing_exception.new_url = "/" + _SITE.sub("", request.routing_exception.new_url).lstrip("/")
        super().raise_routing_exception(request)


def _places(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    while error is not None:
        lines += [*traceback.format_tb(error.__traceback__), f"{type(error).__module__}.{type(error).__qualname__}\n"]
        error = error.__cause__
    return lines


def init_app(app: Flask) -> None:
    """Register one page for every kind of error."""
    app.register_error_handler(CSRFError, csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(PoolTimeoutError, _busy)
    app.register_error_handler(DatabaseError, _damaged)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 401 and request.method in SAFE:
        return redirect(url_for("accounts.sign_in", next=own_path(request.full_path.rstrip("?")) or None), 303)
    return _page(error, getattr(error, "page", "") or (str(error.code) if error.code in KNOWN else _nearest(error.code)))


def _nearest(code: int) -> str:
    return "400" if code < 500 else "500"


def csrf(error: CSRFError) -> ResponseReturnValue:
    """The page about a form whose token is not good."""
    return _page(error, "csrf")


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    return _page(Conflict(), "409")


def _busy(error: SQLAlchemyError) -> ResponseReturnValue:
    log.error("the database does not answer: %s", name_of(error))
    return _page(ServiceUnavailable(retry_after=5), "503")


def _damaged(error: DatabaseError) -> ResponseReturnValue:
    """A damaged file or a read-only server has no class of its own; everything else in this one is a fault of ours."""
    if name_of(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "ReadOnly")):
        return _busy(error)
    raise error


def _page(error: HTTPException, kind: str) -> Response:
    """The page, with the headers that belong to the error (Allow, Retry-After)."""
    response = error.get_response()
    response.set_data(_drawn(error, kind))
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    return response


def _drawn(error: HTTPException, kind: str) -> str:
    if isinstance(error, SecurityError):  # under a name that is not ours there are no addresses to write on a page
        return PLAIN
    if "language" not in g:  # the address itself was refused, before anybody read the language from it
        g.language = language_asked_for()
    values: dict[str, Any] = {"code": error.code, "kind": kind, "title_key": f"error_{kind}_title", "kept": kept_input(error)}
    try:
        return render_template("error.html", text=_what_to_do(error, kind), ways=_ways_on(kind, values["kept"].may_send), **values)
    except Exception as problem:  # noqa: BLE001 – the page about the failure must not fail: whatever is broken, these words are not
        log.error("the error page failed\n%s", "".join(_places(problem)))
        return PLAIN


def _what_to_do(error: HTTPException, kind: str) -> str:
    if isinstance(error, LimitError):
        return t(f"limit_{error.deed}", minutes=ceil(error.left / 60), **error.values)
    return t(f"error_{kind}_text")


class WayOn(NamedTuple):
    """One button of the page: what it says, where it leads, and the other attributes that it has."""

    words: str
    address: str
    attributes: Mapping[str, str]


def _ways_on(kind: str, may_send: bool) -> list[WayOn]:
    """Where to go from here, the best way first. The start page is the second choice where the form can be sent again, or the page tried anew."""
    if kind == "403":
        return [WayOn(t("workplaces_to_mine"), url_for("workplaces.mine"), {})]
    first = {
        "files_busy": lambda: WayOn(t("error_files_again"), request.path, {}),
        "401": lambda: WayOn(t("accounts_sign_in_new"), url_for("accounts.sign_in"), {"target": "_blank"}),
    }
    better = [first[kind]()] if kind in first else []
    return [*better, WayOn(t("error_to_start"), url_for("start.start"), {"data-variant": "secondary"} if better or may_send else {})]


PLAIN = (
    '<!doctype html><html lang="nb-NO"><head><meta charset="utf-8"><title>Noe gikk galt</title></head><body><h1>Noe gikk galt</h1>'
    "<p>Svarene som er lagret, er trygge. Vent litt og last siden på nytt.</p></body></html>"
)
