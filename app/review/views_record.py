"""The record of participation, to read and to take along, and the statement of each reader who is done."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.documents import papers
from app.documents.model import Document
from app.documents.outputs import FORMATS
from app.documents.render import html
from app.models.policy import Policy
from app.pack.load import the_pack
from app.services.reviews.record import record_of
from app.ui_texts import say
from app.values.vocabulary import Format
from app.web import render_queue
from app.web.files import attached, personal_name
from app.web.limits import limited

from .context import bp, kept, reviewer_of, shown


@bp.get("/record")
def read_record(id: str) -> ResponseReturnValue:
    """The record as it stands now."""
    policy = kept(id)
    document = _record(policy)
    return shown("review/record.html", policy, front=html.front(document, 2), pieces=html.sections(document, 2))


def _record(policy: Policy) -> Document:
    return papers.record(the_pack(), record_of(policy), policy.language)


@bp.get("/record.docx")
@limited("document")
def record_docx(id: str) -> Response:
    """The record for Word."""
    return _file(id, "docx")


@bp.get("/record.pdf")
@limited("document")
def record_pdf(id: str) -> Response:
    """The record as PDF."""
    return _file(id, "pdf")


def _file(id: str, format: Format) -> Response:
    policy = kept(id)
    drawn = render_queue.DRAW[format](_record(policy), policy.look, policy.id)
    return attached(drawn, FORMATS[format].media_type, _name(policy, "record", format))


@bp.get("/statements/<policy:reviewer>.docx")
@limited("document")
def statement(id: str, reviewer: str) -> Response:
    """The statement of one reader. Until they have said that they are done, it is theirs alone."""
    policy = kept(id)
    reader = reviewer_of(policy, reviewer)
    said = record_of(policy)
    if reader.finished_at is None or said.voice(reader.id) not in said.voices:
        abort(404)
    document = papers.statement(the_pack(), said, reader.id, reader.language)
    called = _name(policy, "statement", "docx", reader.name)
    return attached(render_queue.word(document, policy.look, policy.id), FORMATS["docx"].media_type, called)


def _name(policy: Policy, what: str, ending: str, whose: str = "") -> str:
    return personal_name(policy.answers, say(f"review_file_{what}", policy.language), ending, whose)
