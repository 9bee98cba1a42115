"""What everybody reads, without an account: the page, the files, the QR code. Nothing here reads or sets a cookie, or counts who comes."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from app.documents import frozen
from app.documents.manager import steps_of
from app.documents.model import Document
from app.documents.outputs import files_from
from app.documents.public import public, shared
from app.documents.render import html
from app.pack.load import the_pack
from app.pack.text import Language
from app.services.publications import Published
from app.web import render_queue
from app.web.language import current_language
from app.web.qr import qr_png, qr_svg
from app.web.urls import external

from .page_cache import Kept, the_cache
from .view_models_public import page_of

bp = Blueprint("public", __name__, url_prefix="/p")
HTML = "text/html; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"
WORKER = Path(__file__).resolve().parents[1] / "static" / "worker.js"
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'{}; {}img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {}"
)
SCRIPTS = "script-src 'self'; worker-src 'self'; "  # of a page of ours: the button that prints
FETCHES = "connect-src 'self'; "  # of the worker, which asks the net for a page before it gives what it kept
Make = Callable[[Published], Kept | None]


@bp.get("/<public:address>")
def page(address: str) -> Response:
    """The policy in the language in which it was decided."""
    return _answer(address, _page(None))


@bp.get("/<public:address>/<language:language>")
def page_in(address: str) -> Response:
    """The policy in one language."""
    return _answer(address, _page(current_language()))


@bp.get("/<public:address>/<language:language>/<any(now, talk):which>")
def steps(address: str, which: str) -> Response:
    """What a manager does now, or the conversation: step by step, for a telephone."""
    language = current_language()
    return _answer(address, lambda found: _steps(found, language, which))


@bp.get("/<public:address>/worker.js")
def worker(address: str) -> Response:
    """What keeps the pages for managers for when there is no net. It stands at the address itself, and reaches no page of another."""
    return _answer(address, lambda _found: Kept.of(WORKER.read_bytes(), SCRIPT))


@bp.get("/<public:address>/qr.<any(svg, png):ending>")
def code(address: str, ending: str) -> Response:
    """The QR code that leads to the page."""
    return _answer(address, lambda found: _code(found, ending))


@bp.get("/<public:address>/<language:language>/<any('policy.json', 'policy.html', 'policy.docx', 'policy.pdf'):file>")
def file(address: str, file: str) -> Response:
    """The policy in one language as a file: for a program, for another page, for Word, or to print."""
    language = current_language()
    return _answer(address, lambda found: _file(found, language, file))


def _answer(address: str, make: Make) -> Response:
    kept = the_cache().get(request.path, lambda: Published.at(address), make)
    if kept is None:
        abort(404)
    response = Response(kept.body, content_type=kept.type)
    response.set_etag(kept.etag)
    response.headers["Cache-Control"] = "public, no-cache"  # kept by anybody, and asked for each time: closing it works at once
    scripts, frames = FETCHES if kept.type == SCRIPT else SCRIPTS if kept.scripts else "", " ".join(kept.frames) or "'none'"
    response.headers["Content-Security-Policy"] = CONTENT_POLICY.format(kept.style, scripts, frames)
    if kept.type == "application/json":
        response.headers["Access-Control-Allow-Origin"] = "*"
    elif kept.type not in (HTML, SCRIPT) and not kept.type.startswith("image/"):
        response.headers["Content-Disposition"] = f"attachment; filename={address}.{request.path.rpartition('.')[2]}"
    the_cache().remember(request.path, response)
    return response.make_conditional(request)


# ── what is made once ──


def _page(language: Language | None) -> Make:
    def make(found: Published) -> Kept | None:
        spoken = g.language = language or found.version.language
        document = found.documents.get(spoken)
        if document is None:
            return None
        text = public(found.draft(spoken), document)
        drawn = {
            "first": [(one, html.section(one, 1)) for one in text.first],
            "now": html.section(text.now, 1),
            "pieces": [(one, html.section(one, 2)) for one in text.rest],
            "folded": [(chapter[0].title, [html.section(one, 2) for one in chapter]) for chapter in text.folded],
        }
        values = page_of(found, document, spoken)
        return Kept.of(render_template("publishing/public.html", page=values, **drawn).encode(), HTML, tuple(found.publication.frames), scripts=True)

    return make


def _steps(found: Published, language: Language, which: str) -> Kept | None:
    document = found.document(language)
    if document is None:
        return None
    source = next(page for page in the_pack().manager.pages if page.id == which)
    made = steps_of(found.draft(language), shared(found.draft(language), document), source)
    values = page_of(found, document, language)
    drawn = [(step, html.section(step.section, 1)) for step in made.steps]
    other = external("public.steps", address=found.publication.name, language=language, which="talk" if which == "now" else "now")
    page = render_template("publishing/steps.html", page=values, made=made, drawn=drawn, other=other)
    return Kept.of(page.encode(), HTML, tuple(found.publication.frames), scripts=True)


def _code(found: Published, ending: str) -> Kept | None:
    if found.document(found.version.language) is None:
        return None
    return Kept.of(qr_svg(found.publication.name), "image/svg+xml") if ending == "svg" else Kept.of(qr_png(found.publication.name), "image/png")


def _file(found: Published, language: Language, name: str) -> Kept | None:
    document = found.document(language)
    if document is None:
        return None
    whole = shared(found.draft(language), document)
    if name == "policy.json":
        return Kept.of(_json(found, whole), "application/json")
    what = files_from(the_pack(), "version")[name]
    drawn = render_queue.file(what, whole, found.version.look, found.version.policy_id)
    body = drawn.encode() if isinstance(drawn, str) else drawn
    if name == "policy.html":
        return Kept.of(body, HTML, tuple(found.publication.frames), f" {_style_of(body)}")
    return Kept.of(body, what.type)


def _style_of(page: bytes) -> str:
    """What the content policy must say for the style that a file brings along: its hash, and nothing else is let in."""
    style = page.partition(b"<style>")[2].partition(b"</style>")[0]
    return f"'sha256-{b64encode(sha256(style).digest()).decode()}'"


def _json(found: Published, document: Document) -> bytes:
    """The text for a program: what it is, since when it applies, and its sections."""
    since = found.version.in_force_on
    about = {"format": "rusoff-public", "version": found.version.number, "in_force_from": since.isoformat() if since else None}
    return json.dumps(about | {"languages": list(found.documents), "document": frozen.freeze(document)}, ensure_ascii=False).encode()
