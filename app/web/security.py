"""What every request must be, and what every response says to the browser. Who gets what: see access.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from flask import Flask, current_app, g, request, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter

from app.config import Config
from app.models.keys import new_key

from .cookies import KEY as KEY
from .cookies import LASTS, Sessions
from .proxies import Clients, HealthByAnyName

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
MEBIBYTE = 1024 * 1024
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CSP = "Content-Security-Policy"
HEADERS = {
    CSP: CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin",  # no path: it may hold a token. Not no-referrer: the CSRF check by https compares the origin
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS_ALONE = ("Strict-Transport-Security", "max-age=31536000")  # not the neighbours under the same name: they may not have https
# Not no-store: with it the browser cannot keep the page for "back", and what was typed there would be lost.
FRESH = ("Cache-Control", "private, no-cache")
csrf = CSRFProtect()
ONE_CLICK = "is_one_click"
P = ParamSpec("P")
R = TypeVar("R")


class PublicConverter(BaseConverter):
    """`<public:address>` in an address: the name that a workplace gave its public page."""

    regex = "[a-z0-9][a-z0-9-]{1,38}[a-z0-9]"


class IdConverter(BaseConverter):
    """`<policy:id>` in an address. Anything else (NUL, 2^70, another alphabet) is a 404 before the database hears of it."""

    regex = "[a-z2-7]{26}"


def settings(config: Config) -> dict[str, object]:
    """Flask's own settings that keep the app safe."""
    return {
        "SECRET_KEY": config.secret(),
        "SESSION_COOKIE_NAME": "__Host-rusoff" if config.is_https else "rusoff",
        "SESSION_COOKIE_SECURE": config.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,  # signing a cookie for every page costs time; access.policy_for renews it once a day
        "PERMANENT_SESSION_LIFETIME": LASTS,
        "WTF_CSRF_CHECK_DEFAULT": False,  # _check_form calls it, after looking at the type
        "WTF_CSRF_TIME_LIMIT": None,  # a wizard stays open for hours
        "WTF_I18N_ENABLED": False,  # WTForms has no nynorsk and would answer in English
        "MAX_CONTENT_LENGTH": 2 * MEBIBYTE,
        "MAX_FORM_MEMORY_SIZE": MEBIBYTE,
        "MAX_FORM_PARTS": 2000,
    }


def init_app(app: Flask, config: Config) -> None:
    """Refuse what is no form, check CSRF, and put the headers on every response. In this order: Flask-WTF fails on a JSON body of `0`."""
    app.url_map.converters |= {"policy": IdConverter, "public": PublicConverter}
    app.session_interface = Sessions()
    app.wsgi_app = _Headers(app.wsgi_app, [*HEADERS.items(), *([HTTPS_ALONE] if config.is_https else [])])  # type: ignore[method-assign]
    csrf.init_app(app)
    app.before_request(_check_form)
    if config.public_url:
        scheme, _, host = config.public_url.partition("://")
        app.config["TRUSTED_HOSTS"] = [host, "127.0.0.1", "localhost"]
        app.wsgi_app = HealthByAnyName(_Public(app.wsgi_app, scheme), host)  # type: ignore[method-assign]
    app.wsgi_app = Clients(app.wsgi_app, config.trusted_proxies)  # type: ignore[method-assign]
    if config.trusted_proxies:
        n = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]


class _Headers:
    """Puts the headers on every response, whoever made it: outside of Flask, so that nothing can fail in between."""

    def __init__(self, inner: WSGIApplication, always: list[tuple[str, str]]) -> None:
        self.inner, self.always, self.always_fresh = inner, always, [*always, FRESH]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            own = {name for name, _ in headers}
            more = self.always if "Cache-Control" in own else self.always_fresh
            if CSP in own:  # a public page, which says itself who may frame it
                more = [one for one in more if one[0] not in (CSP, "X-Frame-Options")]
            return start_response(status, headers + more, *rest)

        return self.inner(environ, start)


class _Public:
    """Says that requests came by the scheme of the public address, so that links shown are right also behind a proxy that tells us nothing."""

    def __init__(self, inner: WSGIApplication, scheme: str) -> None:
        self.inner, self.scheme = inner, scheme

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.url_scheme"] = self.scheme
        return self.inner(environ, start_response)


def one_click(view: Callable[P, R]) -> Callable[P, R]:
    """Decorate a view whose address is the key to all that it does: a mail program may send its form, without a cookie or a token of ours."""
    setattr(view, ONE_CLICK, True)
    return view


def _check_form() -> None:
    """Refuse what is no form of ours. A page that is not there, or a method that it does not know, is told so first."""
    if request.method in SAFE or request.routing_exception:
        return
    if request.content_length and request.mimetype not in FORMS:
        raise UnsupportedMediaType
    if None in request.form or None in request.files:  # a part without a name is of no form of ours, and the check of the token falls over it
        raise BadRequest
    if getattr(current_app.view_functions.get(request.endpoint or ""), ONE_CLICK, False):
        return
    try:
        csrf.protect()
    except ValueError:  # a Referer that is no address
        raise CSRFError("The referrer cannot be read.") from None
    g.is_our_form = True


def browser_key() -> str:
    """This browser's own random key, made on first use. It lives in the signed, HttpOnly session cookie; the database knows its hash alone."""
    if KEY not in session:
        session[KEY] = new_key()
    if not session.permanent:
        session.permanent = True
    key: str = session[KEY]
    return key
