"""A version to read and to download: always from what was frozen, whatever has become of content and code."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.documents import savefile
from app.documents.frozen import FrozenError
from app.documents.model import Document
from app.documents.render import html
from app.documents.stamp import stage_of
from app.models.db import db, only_read
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.pack.load import the_pack
from app.services.versions.situation import History
from app.services.versions.stamping import document_of
from app.web import render_queue
from app.web.access import policy_for
from app.web.files import DOCX, file_name, sent
from app.web.limits import limited

from .blueprint import bp


class File(NamedTuple):
    """One file of a version: which frozen document, how it is drawn, the key of its name, and its type."""

    paper: str
    draw: Any
    name: str
    type: str


FILES = {
    "policy.docx": File("policy", render_queue.word, "policy", DOCX),
    "policy.pdf": File("policy", render_queue.portable, "policy", "application/pdf"),
    "policy.html": File("policy", render_queue.page, "policy", "text/html"),
    "record.docx": File("record", render_queue.word, "record", DOCX),
    "case-paper.docx": File("case_paper", render_queue.word, "case_paper", DOCX),
    "decision.docx": File("decision", render_queue.word, "decision", DOCX),
}


def _version(policy: Policy, number: int) -> Version:
    only_read()
    version = Version.numbered(policy.id, number) if number < 2**31 else None
    if version is None:
        abort(404)
    return version


@bp.get("/versions/<int:number>/")
def version(id: str, number: int) -> ResponseReturnValue:
    """One version, as it was frozen."""
    policy = policy_for(id)
    found = _version(policy, number)
    history = History.of(policy)
    decision = history.decisions.get(found.id)
    values = {"version": found, "history": history, "decision": decision, "papers": found.papers or {}}
    try:
        document = document_of(found, decision)
    except FrozenError:
        return _unreadable(policy, found)
    drawn = {"front": html.front(document, 2), "pieces": list(zip(document.sections, html.sections(document, 2), strict=True))}
    return render_template("decisions/version.html", id=id, here="decisions.status", policy=policy, draft=document.draft, **values, **drawn)


def _unreadable(policy: Policy, version: Version) -> ResponseReturnValue:
    """A newer program froze this text. It is safe, and what to do is said."""
    return render_template("decisions/unreadable.html", id=policy.id, here="decisions.status", version=version), 409


@bp.get("/versions/<int:number>/<name>")
@limited("document")
def version_file(id: str, number: int, name: str) -> ResponseReturnValue:
    """One file of a version."""
    policy = policy_for(id)
    found = _version(policy, number)
    if name == "answers.json":
        return _answers(found)
    what = FILES.get(name)
    values = _frozen(found, what.paper) if what else None
    if what is None or not values:
        abort(404)
    try:
        document = document_of(found, db.session.get(Decision, found.id), values)
    except FrozenError:
        return _unreadable(policy, found)
    return _file(found, what, document, name)


def _file(version: Version, what: File, document: Document, name: str) -> Response:
    is_policy = what.paper == "policy"
    stage = stage_of(the_pack(), document) if is_policy else ""
    called = file_name(version.answers, version.language, what.name, name, version.number, stage)
    return sent(what.draw(document, version.logo if is_policy else None, version.policy_id), what.type, called)


def _frozen(version: Version, paper: str) -> Any:
    """The frozen document, or nothing when this version has none of the kind."""
    if paper == "policy":
        return version.document
    if paper == "decision":
        decision = db.session.get(Decision, version.id)
        return decision.paper if decision else None
    return (version.papers or {}).get(paper)


def _answers(version: Version) -> Response:
    """The answers behind the text, all of them, also those whose question is gone; as a file to begin anew from."""
    text = savefile.written(the_pack().manifest.id, version.edition, version.language, version.answers, version.logo)
    return sent(text, "application/json", file_name(version.answers, version.language, "answers", ".json", version.number))
