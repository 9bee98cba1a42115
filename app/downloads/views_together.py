"""The policy at each of its lengths, with a picture of its first page; and several files as one."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from app.documents import assemble
from app.documents.model import Document
from app.documents.outputs import OutputFile, all_files_from, annex_files, files_from
from app.models.policy import Policy
from app.pack.load import the_pack
from app.ui_texts import say
from app.web import limits, render_queue
from app.web.access import policy_for
from app.web.files import attached, file_name, name_of
from app.web.limits import limited

from .lengths import label_of
from .view_models import RULES
from .views import DRAFT, bp, document_of, policy_document, stage_in_name

LENGTHS = "<any(rules, policy, full):length>"


def _at_length(policy: Policy, length: str) -> Document:
    """The policy at a length. What was signed for has one alone."""
    draft = policy.draft()
    if length == draft.length:
        return policy_document(policy)
    if policy.is_locked:
        abort(404)
    return assemble.policy(draft.at_length(length))


@bp.get(f"{DRAFT}/documents/{LENGTHS}/page-one.png")
def picture(id: str, length: str) -> ResponseReturnValue:
    """The first page of the policy at one length, as small as the page of documents shows it; of the shortest, the sheet that there always is."""
    policy = policy_for(id)
    sheet = document_of(files_from(the_pack(), "draft")["rules.pdf"], policy) if length == RULES != policy.draft().length else None
    drawn = Response(render_queue.page_one(sheet or _at_length(policy, length), policy.look, policy.id), mimetype="image/png")
    drawn.add_etag()
    return drawn.make_conditional(request)


@bp.get(f"{DRAFT}/documents/{LENGTHS}/policy.<any(docx, pdf, html):format>")
@limited("document")
def at_length(id: str, length: str, format: str) -> ResponseReturnValue:
    """The policy as a file at another length than the one that is chosen."""
    policy = policy_for(id)
    what = files_from(the_pack(), "draft")[f"policy.{format}"]
    document, language = _at_length(policy, length), policy.language
    called = f"{what.saved_as(language)} ({label_of(length).in_(language)})"
    named = file_name(policy.answers, language, called, what.format, stage=stage_in_name(document))
    return attached(render_queue.file(what, document, policy.look, policy.id), what.type, named)


@bp.get(f"{DRAFT}/documents/<any(annexes, all):what>.zip")
def together(id: str, what: str) -> ResponseReturnValue:
    """The annexes, or every file in the language of the policy, as one file. Counted as the files that are in it."""
    policy = policy_for(id)
    files = [(file, document) for file in _wanted(what) if (document := document_of(file, policy))]
    answers, language, look = policy.answers, policy.language, policy.look
    for _ in files:
        limits.count_document()
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as packed:
        for file, document in files:
            drawn = render_queue.file(file, document, look, id)
            packed.writestr(ZipInfo(name_of(file, answers, language, stage=stage_in_name(document))), drawn, ZIP_DEFLATED)
    name = file_name(answers, language, say(f"download_name_{what}", language), "zip")
    return attached(content.getvalue(), "application/zip", name)


def _wanted(what: str) -> Iterator[OutputFile]:
    found = all_files_from(the_pack(), "draft") if what == "all" else annex_files(the_pack())
    return (file for file in found.values() if not file.language)
