"""A version to read and to download: always from what was frozen, whatever has become of content and code."""

from __future__ import annotations

from functools import partial

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.documents import annexes, savefile
from app.documents.frozen import FrozenError
from app.documents.model import Document
from app.documents.outputs import OutputFile, all_files_from
from app.documents.render import html
from app.documents.stamp import stage_of
from app.models.db import db, only_read
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.pack.load import the_pack
from app.services.versions.file_links import annex_rows, file_links
from app.services.versions.kept_outputs import frozen_of, kept_annexes
from app.services.versions.situation import History
from app.services.versions.stamping import document_of
from app.ui_texts import say
from app.web import render_queue
from app.web.access import policy_for
from app.web.files import attached, file_name, name_of
from app.web.limits import limited

from .blueprint import address_of, bp
from .view_models import decision_facts, version_sentences, version_tag


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
    try:
        document = document_of(found, decision)
    except FrozenError:
        return _unreadable(policy, found)
    values = {"version": found, "state": version_tag(found.state), "sentences": version_sentences(found, history)}
    values |= {"files": file_links(found, decision, address_of), "facts": decision_facts(decision) if decision else []}
    values["annexes"] = annex_rows(kept_annexes(found), partial(_address, id, number))
    drawn = {"front": html.front(document, 2), "pieces": list(zip(document.sections, html.sections(document, 2), strict=True))}
    return render_template("decisions/version.html", id=id, here="decisions.status", policy=policy, **values, **drawn)


def _address(id: str, number: int, name: str) -> str:
    return address_of("decisions.version_file", id=id, number=number, name=name)


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
    what = all_files_from(the_pack(), "version").get(name)
    decision = db.session.get(Decision, found.id)
    values = frozen_of(what.output, found, decision) if what else None
    if what is None or not values:
        abort(404)
    try:
        document = document_of(found, decision, values)
    except FrozenError:
        return _unreadable(policy, found)
    return _file(found, what, annexes.annex(the_pack(), what.output.annex, document) or document)


def _file(version: Version, what: OutputFile, document: Document) -> Response:
    is_policy = what.output.kind == "policy"
    stage = stage_of(the_pack(), document) if is_policy else ""
    called = name_of(what, version.answers, version.language, version.number, stage)
    look = version.look if is_policy or what.output.annex else version.look._replace(logo=None)
    drawn = render_queue.file(what, document, look, version.policy_id)
    return attached(drawn, what.type, called)


def _answers(version: Version) -> Response:
    """The answers behind the text, all of them, also those whose question is gone; as a file to begin anew from."""
    text = savefile.written(the_pack().manifest.id, version.edition, version.language, version.answers, version.look, version.own_words)
    name = file_name(version.answers, version.language, say("download_name_answers", version.language), "json", version.number)
    return attached(text, "application/json", name)
