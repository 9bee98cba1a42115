"""A section in the workplace's own words, and all own words on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.documents.own_words import OwnText, SectionWords, reworded, set_aside
from app.documents.render import html
from app.models.db import db
from app.web.access import policy_for
from app.web.forms import said_by
from app.web.saving import form_id, is_stale, remember
from app.web.urls import own_words_address, text_address

from .blueprint import bp, locked, taken_in
from .context import Place, proposal_asked, proposal_for
from .forms import SectionForm
from .view_models import groups_of
from .view_models_section import page_of


@bp.get("")
def overview(id: str) -> str:
    """Everything that the workplace says in its own words, and whether it stands in the policy."""
    policy = policy_for(id)
    return render_template("own_words/overview.html", id=id, here="documents.preview", groups=groups_of(policy.draft(), id, url_for))


@bp.get("/<section>")
def section(id: str, section: str) -> ResponseReturnValue:
    """The standard text of a section, and what the workplace says beside it."""
    policy = policy_for(id, "edit")
    proposal = proposal_for(policy, section)
    place = Place.of(policy, section, proposal.language if proposal else None)
    return _page(place, SectionForm(data=_shown(place.words if proposal is None else proposal.said)))


def _shown(words: SectionWords | OwnText) -> dict[str, str]:
    return asdict(words)


def _page(place: Place, form: SectionForm, stale: bool = False) -> str:
    if not place.may_reword:
        del form.rewording
    is_begun = place.may_reword and bool(form.rewording.typed)
    return render_template(
        "own_words/section.html", id=place.policy.id, here="documents.preview", place=place, form=form, form_id=form_id(),
        page=page_of(place, is_begun, stale, url_for), standard=html.section(place.standard.section, 2), title=place.standard.section.title,
        back=text_address(place.policy.id, place.clause.id), proposal=proposal_asked(),
    )  # fmt: skip


@bp.post("/<section>")
def save(id: str, section: str) -> ResponseReturnValue:
    """Store what is said of a section. A save on top of a colleague's shows both first."""
    place = Place.of(policy_for(id), section)
    form = SectionForm.here()
    is_fine = form.validate()
    if place.policy.is_locked:
        return _locked(place, form)
    if is_stale(place.mark) and not form.says(place.words):
        form.forgive()
        return _page(place, form, stale=True), 409
    if said_by("do") == "begin":
        return _begun(place, form)
    if not is_fine:
        return _page(place, form), 422
    return _stored_now(place, form)


def _begun(place: Place, form: SectionForm) -> str:
    """The page with the standard text to begin from, and all that was typed kept."""
    form.forgive()
    if not form.rewording.typed:
        form.rewording.typed = place.standard.text
    return _page(place, form)


def _stored_now(place: Place, form: SectionForm) -> ResponseReturnValue:
    do = said_by("do")
    typed = SectionWords(form.addition.data, place.words.rewording, place.words.standard, place.words.aside)
    new = DEEDS.get(do, _reword)(typed, form.rewording.data, place.standard.text)
    proposal = proposal_for(place.policy, place.clause.id) if new != place.words else None
    saved = place.store(new)
    onward = taken_in(place.policy, proposal) if proposal else _onward(saved, do)
    db.session.commit()
    remember(saved.mark)
    return redirect(onward, 303)


def _reword(words: SectionWords, rewording: str, standard: str) -> SectionWords:
    return reworded(words, rewording, standard) if standard else words


def _to_standard(words: SectionWords, rewording: str, standard: str) -> SectionWords:
    return set_aside(reworded(words, rewording, standard))


def _restored(words: SectionWords, rewording: str, standard: str) -> SectionWords:
    return replace(reworded(words, words.aside, standard), aside="" if rewording == words.aside else rewording)


DEEDS: dict[str, Callable[[SectionWords, str, str], SectionWords]] = {"standard": _to_standard, "restore": _restored}


def _onward(place: Place, do: str) -> str:
    """Where the reader goes after a save: to the section in the text, where it can be read there."""
    if do in DEEDS:
        return own_words_address(place.policy.id, place.clause.id, words_language=place.language)
    if place.stands and place.language == place.policy.language:
        return text_address(place.policy.id, place.clause.id)
    return url_for("own_words.overview", id=place.policy.id)


def _locked(place: Place, form: SectionForm) -> ResponseReturnValue:
    """Somebody signed for this text: whoever changed nothing goes on, everybody else is told first what a change would undo."""
    if form.says(place.words) and said_by("do") not in DEEDS:
        return redirect(_onward(place, ""), 303)
    raise locked(place.policy, f"own-words/{place.clause.id}", form)
