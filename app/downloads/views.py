"""The documents of a draft: to look at, to download, and what goes on them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import Literal, cast

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.documents import annexes, assemble, savefile
from app.documents.draft import Draft
from app.documents.frozen import FrozenError
from app.documents.model import Document
from app.documents.outputs import OutputFile, all_files_from, files_from, outputs_from
from app.documents.render import html
from app.documents.stamp import Stage, stage_of
from app.models.db import db
from app.models.policy import Policy
from app.pack.engine import LENGTH
from app.pack.load import the_pack
from app.pack.text import Language
from app.services.delegations import by_question, delegated
from app.services.versions.file_links import annex_rows, file_links
from app.services.versions.situation import signed_files
from app.services.versions.stamping import signed_document
from app.ui_texts import say
from app.web import render_queue
from app.web.access import policy_for
from app.web.files import attached, file_name, name_of
from app.web.forms import said_by
from app.web.language import current_language
from app.web.limits import limited
from app.web.refusals import LockedError
from app.web.view_models import Link, message

from .forms import ColourForm, LanguageForm, LogoForm, TemplateForm
from .lengths import lengths_of
from .view_models import length_cards, logo_words, output_rows, readiness_of, sheet_is_shown
from .view_models_look import colour_of, template_of
from .view_models_preview import own_marks, way_back

bp = Blueprint("documents", __name__, url_prefix="/<language:language>")
DRAFT = "/policies/<policy:id>"


def policy_document(policy: Policy) -> Document:
    """The text that was signed for, as it is drawn now; of a draft, what the answers give. So no file calls a decided text a proposal."""
    try:
        signed = signed_document(policy)
    except FrozenError:  # a newer program froze it: where the versions are, that is said
        abort(redirect(url_for("decisions.status", id=policy.id)))
    return signed[1] if signed else assemble.policy(policy.draft())


def document_of(file: OutputFile, policy: Policy) -> Document | None:
    """The document of a file; none when the policy has no such annex."""
    return _annex(file, policy) if file.output.annex else _document(file, policy)


def stage_in_name(document: Document) -> Stage | Literal[""]:
    """What the name of a file says of its text: that it is a draft, say. Nothing of a document that bears no mark."""
    return stage_of(the_pack(), document) if document.seal else ""


def _document(file: OutputFile, policy: Policy) -> Document:
    """The document of a file that is made from a draft. What a version keeps is given as it was signed for, and the ground rules bear its mark."""
    if file.output.assemble is None or "version" in file.output.sources:
        return policy_document(policy)
    draft = policy.draft()
    made = file.output.assemble(replace(draft, language=file.language or draft.language))
    if made.kind not in ("rules", "poster"):
        return made
    whole = policy_document(policy)
    return replace(made, draft=whole.draft, seal=whole.seal)


def _annex(file: OutputFile, policy: Policy) -> Document | None:
    """An annex of the text that was signed for; what does not stand there is made of the answers."""
    draft = policy.draft()
    whole = annexes.whole(draft)
    return annexes.annex(draft.pack, file.output.annex, policy_document(policy) if policy.is_locked else whole, whole)


@bp.get(f"{DRAFT}/preview")
def preview(id: str) -> str:
    """The policy as it reads now, with why each section is there."""
    policy = policy_for(id)
    document, form = policy_document(policy), LanguageForm.now(policy.language)
    drawn = {"front": html.front(document, 2), "pieces": list(zip(document.sections, html.sections(document, 2), strict=True))}
    own = own_marks(policy.draft(), document, id, url_for)
    answered = by_question(one for one in delegated(policy) if one.state == "taken")
    question, place, onward = (request.args.get(name, "") for name in ("question", "page", "return"))
    back = way_back(the_pack(), question, place, onward, id, url_for)
    page = {"policy": policy, "form": form, "own": own, "colleagues": answered, "back": back}
    return render_template("downloads/preview.html", id=id, here="documents.preview", **page, **drawn)


@bp.get(f"{DRAFT}/documents")
def download(id: str) -> str:
    """The download page: what there is, in which language, and how ready it is."""
    return download_page(policy_for(id))


def download_page(policy: Policy, logo: LogoForm | None = None, colour: ColourForm | None = None, template: TemplateForm | None = None) -> str:
    """The page; with a form of the look in which something has to be mended."""
    draft, found = policy.draft(), signed_files(policy)
    signed, outputs = found["signed"], outputs_from(the_pack(), "draft")
    cards = [] if signed else length_cards(lengths_of(policy), outputs, policy.id, url_for)
    link = Link(message("download_to_control"), url_for("steps.control", id=policy.id))
    page = {
        "signed": signed,
        "files": file_links(signed, found["decision"], url_for) if signed else (),
        "readiness": readiness_of(draft.is_unfinished, bool(signed), len(draft.blocking), len(draft.open_questions), link),
        "cards": cards,
        "rows": output_rows(outputs, bool(signed), sheet_is_shown(cards), policy.id, url_for),
        "picture": url_for("documents.picture", id=policy.id, length=draft.length) if signed else "",
        "annexes": annex_rows(annexes.offered(draft), partial(_address, policy.id)),
        "language_form": LanguageForm.now(policy.language),
        "logo_form": logo or LogoForm(),
        "logo": logo_words(policy.logo_type is not None),
        "colour_form": colour or ColourForm.now(policy.colour or ""),
        "colour": colour_of(policy.colour or ""),
        "template_form": template or TemplateForm(),
        "template": template_of(policy.template_lacks),
        "form": colour or logo or template or LogoForm(),
        "where": the_pack().place[LENGTH],
    }
    return render_template("downloads/download.html", id=policy.id, here="documents.download", policy=policy, **page)


def _address(id: str, name: str) -> str:
    return url_for("documents.file", id=id, name=name)


@bp.post(f"{DRAFT}/documents")
def speak(id: str) -> ResponseReturnValue:
    """Choose the language of the documents, whatever the screen speaks."""
    policy = policy_for(id)
    form = LanguageForm.now(policy.language)
    if not form.validate():
        abort(400)
    chosen = form.document_language.data
    if policy.is_locked:
        raise LockedError(policy, "language", {"document_language": [chosen], "to": [said_by("to")]})
    policy.language = cast("Language", chosen)
    db.session.commit()
    back = "documents.preview" if said_by("to") == "preview" else "documents.download"
    return redirect(url_for(back, id=id), 303)


@bp.get(f"{DRAFT}/documents/<name>")
@limited("document")
def file(id: str, name: str) -> Response:
    """One document as a file."""
    policy = policy_for(id)
    what = all_files_from(the_pack(), "draft").get(name)
    document = what and document_of(what, policy)
    if what is None or document is None:
        abort(404)
    drawn = render_queue.file(what, document, policy.look, policy.id)
    return attached(drawn, what.type, name_of(what, policy.answers, policy.language, stage=stage_in_name(document)))


@bp.get(f"{DRAFT}/answers.json")
def answers(id: str) -> Response:
    """The answers as a file, to continue from."""
    policy = policy_for(id)
    text = savefile.write(the_pack(), policy.answers, policy.language, policy.look, policy.own_words)
    return attached(text, "application/json", file_name(policy.answers, policy.language, say("download_name_answers", policy.language), "json"))


@bp.get("/questions.docx")
def questions() -> Response:
    """All questions on paper, to prepare a meeting. The same for everybody, so it costs nothing and is not counted."""
    file = files_from(the_pack(), "nothing")["questions.docx"]
    return attached(_questions(current_language()), file.type, f"{file.output.say('name', current_language())}.{file.format}")


@cache
def _questions(language: Language) -> bytes:
    return files_from(the_pack(), "nothing")["questions.docx"].draw(assemble.questions(Draft(the_pack(), {}, language)))
