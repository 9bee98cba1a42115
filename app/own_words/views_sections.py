"""Sections of one's own: written, moved within their chapter, taken out of the policy and put in again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.documents.own_words import OwnSection, OwnWords
from app.models.db import db
from app.services.standing_cache import standing_of
from app.web.access import policy_for
from app.web.forms import said_by
from app.web.saving import form_id, is_stale, remember
from app.web.urls import own_words_address, text_address

from .blueprint import bp, locked, taken_in
from .context import OwnPlace, proposal_asked, proposal_for
from .forms import OwnSectionForm
from .view_models_section import own_page_of


@bp.get("/sections/new")
def new(id: str) -> str:
    """The form for a new section."""
    place = OwnPlace.new(policy_for(id, "edit"))
    return _page(place, OwnSectionForm(data=_stored(place)), "own_words.make")


@bp.get("/sections/<own>")
def own(id: str, own: str) -> str:
    """A section that the workplace wrote itself."""
    policy = policy_for(id, "edit")
    proposal = proposal_for(policy, own)
    place = OwnPlace.of(policy, own, proposal.language if proposal else None)
    proposed = asdict(proposal.said) if proposal else {}
    return _page(place, OwnSectionForm(data=_stored(place) | proposed), "own_words.change", own=own)


def _stored(place: OwnPlace) -> dict[str, str]:
    return {"chapter": place.section.chapter, "heading": place.words.heading, "text": place.words.text}


def _page(place: OwnPlace, form: OwnSectionForm, endpoint: str, stale: bool = False, **more: Any) -> str:
    form.offer(place.chapters)
    action = url_for(endpoint, id=place.policy.id, **more)
    return render_template(
        "own_words/own.html", id=place.policy.id, here="documents.preview", place=place, form=form, form_id=form_id(), action=action,
        page=own_page_of(place, stale, url_for), proposal=proposal_asked(),
    )  # fmt: skip


def _sent(place: OwnPlace) -> OwnSectionForm:
    form = OwnSectionForm.here()
    form.offer(place.chapters)
    form.validate()
    return form


@bp.post("/sections/new")
def make(id: str) -> ResponseReturnValue:
    """Store a new section, once, also when the button is pressed twice."""
    policy = policy_for(id)
    place = OwnPlace.new(policy)
    form = _sent(place)
    if policy.is_locked:
        raise locked(policy, "own-sections/new", form)
    if policy.draft().own_words.section(place.section.id):
        return redirect(own_words_address(id, place.section.id), 303)
    if place.is_full:
        form.heading.wrong("own_words_error_full")
    if form.faults:
        return _page(place, form, "own_words.make"), 422
    return _store(place, form)


@bp.post("/sections/<own>")
def change(id: str, own: str) -> ResponseReturnValue:
    """Store what a section says now. A save on top of a colleague's shows both first."""
    place = OwnPlace.of(policy_for(id), own)
    form = _sent(place)
    is_same = form.words == place.words and form.chapter.data == place.section.chapter
    if place.policy.is_locked and not is_same:
        raise locked(place.policy, f"own-sections/{own}", form)
    if is_stale(place.mark) and not is_same:
        form.forgive()
        return _page(place, form, "own_words.change", stale=True, own=own), 409
    if form.faults:
        return _page(place, form, "own_words.change", own=own), 422
    return _store(place, form) if not is_same else redirect(_in_text(place), 303)


def _store(place: OwnPlace, form: OwnSectionForm) -> ResponseReturnValue:
    proposal = proposal_for(place.policy, place.section.id)
    saved = place.store(form.chapter.data, form.words)
    onward = taken_in(place.policy, proposal) if proposal else _in_text(saved)
    db.session.commit()
    remember(saved.mark)
    return redirect(onward, 303)


def _in_text(place: OwnPlace) -> str:
    """Where the section is read; on the list, when it does not stand in the policy."""
    chapter = next((one for one in place.chapters if one.id == place.section.chapter), None)
    if chapter is None or place.section.is_out or not standing_of(place.policy).holds(chapter.when):
        return url_for("own_words.overview", id=place.policy.id)
    return text_address(place.policy.id, place.section.id)


# ── their order, and whether they stand ──


@bp.post("")
def arrange(id: str) -> ResponseReturnValue:
    """Move a section, take it out of the policy, put it in again, or delete one that is out."""
    policy = policy_for(id)
    own_words, do = policy.draft().own_words, said_by("do")
    section = own_words.section(said_by("own"))
    if do not in DEEDS:
        abort(400)
    if policy.is_locked:
        raise locked(policy, "own-sections/")
    if section:
        policy.say(DEEDS[do](own_words, section))
        db.session.commit()
    return redirect(url_for("own_words.overview", id=id), 303)


def _gone(own_words: OwnWords, section: OwnSection) -> OwnWords:
    return own_words.without(section.id) if section.is_out else own_words


DEEDS: dict[str, Callable[[OwnWords, OwnSection], OwnWords]] = {
    "up": lambda own_words, section: own_words.moved(section.id, -1),
    "down": lambda own_words, section: own_words.moved(section.id, 1),
    "out": lambda own_words, section: own_words.with_section(replace(section, is_out=True)),
    "in": lambda own_words, section: own_words.with_section(replace(section, is_out=False)),
    "gone": _gone,
}
