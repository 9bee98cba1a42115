"""One section after the other: the text, what to look for, why it is there, and what the reader has to say about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models.comments import Comment
from app.models.db import db
from app.models.keys import new_id
from app.pack.load import the_pack
from app.pack.text import clean_text
from app.values.fingerprint import fingerprint
from app.values.vocabulary import CommentKind
from app.web.forms import said_by
from app.web.language import t
from app.web.limits import limited
from app.web.saving import is_autosave, remember
from app.web.security import IdConverter

from .blueprint import AT, bp
from .context import NotSavedError, ReaderContext, carried, is_overtaken, known_sources, overtaken, saved, to_mend, typed
from .forms import LONGEST, MOST, Remark, RemarkForm
from .view_models import remark_card
from .view_models_forms import section_page, sent_notice
from .view_models_ways import change_note, jump_from
from .view_models_why import why_always, why_own

ID = re.compile(IdConverter.regex)


Draw = Callable[[RemarkForm], str]


@bp.get(f"{AT}/sections/<section>")
@bp.get(f"{AT}/whole", endpoint="whole", defaults={"section": ""})
def section(id: str, section: str) -> str:
    """One section to read, and the form for a new remark."""
    return _page(ReaderContext.of(id), section, RemarkForm.about(new_id(), Remark()))


@bp.post(f"{AT}/sections/<section>")
@bp.post(f"{AT}/whole", endpoint="respond_whole", defaults={"section": ""})
@limited("comment")
def respond(id: str, section: str) -> ResponseReturnValue:
    """Save what was typed beside a section, and go where they want to."""
    desk = ReaderContext.of(id)
    desk.at(section)
    if not desk.may_write and not typed():
        return redirect(_onward(desk, section), 303)
    desk.must_write()
    found = _found(desk, section)
    desk.reviewer.read(section)
    return _take(desk, section, found, lambda form: _page(desk, section, form))


def _found(desk: ReaderContext, section: str) -> Comment | None:
    """The remark that the form names: theirs about this section, or none yet. Anything else is a 404."""
    key = said_by("comment")
    found = db.session.get(Comment, key, with_for_update=True) if ID.fullmatch(key) else abort(404)
    if found and (found.reviewer_id != desk.reviewer.id or found.section_id != section):
        abort(404)
    return found


def _page(desk: ReaderContext, section: str, form: RemarkForm) -> str:
    at, shown = desk.at(section), desk.section(section)
    around = {
        "markup": desk.drawn(shown),
        "why": desk.why(shown),
        "why_own": why_own(shown),
        "why_always": why_always(shown),
        "sources_of_it": known_sources(shown),
        "look": the_pack().review.look(section),
        "can_fetch": bool(_words_of(desk, section)),
        **neighbours(desk, section),
        **carried(form.stored.value),
    }
    mine = [remark_card(one, desk.reviewer.id, desk.may_write, url_for) for one in desk.own(section) if one.id != form.comment]
    around |= section_page(desk, section, at, bool(mine), url_for) | {"change": change_note(desk, section), "jump": jump_from(desk, section)}
    around["is_open"] = not section or bool(form.faults) or form.is_overtaken or not form.given.is_empty or bool(form.given.kind)
    return render_template("reading/section.html", desk=desk, id=desk.reviewer.id, section=section, at=at, form=form, mine=mine, **around)


# ── one remark of theirs ──


@bp.get(f"{AT}/comments/<policy:comment>")
def comment(id: str, comment: str) -> ResponseReturnValue:
    """The form for a remark of theirs. One that they can no longer change is shown with its answer instead."""
    desk = ReaderContext.of(id)
    found = desk.own_comment(comment)
    if found.outcome or not desk.may_write:
        return redirect(url_for("reading.answers", id=id) + f"#c-{comment}")
    return _edit(desk, found, RemarkForm.about(comment, _stored(found)))


@bp.post(f"{AT}/comments/<policy:comment>")
@limited("comment")
def rewrite(id: str, comment: str) -> ResponseReturnValue:
    """Save a remark that they have changed."""
    desk = ReaderContext.to_write(id)
    found = desk.own_comment(comment)
    return _take(desk, found.section_id, found, lambda form: _edit(desk, found, form))


def _edit(desk: ReaderContext, found: Comment, form: RemarkForm) -> str:
    page: dict[str, object] = {
        "id": desk.reviewer.id,
        "comment": found,
        "sent": sent_notice(found.sent_at),
        "section": found.section_id,
        "markup": desk.drawn(desk.section(found.section_id)),
        "can_fetch": bool(_words_of(desk, found.section_id)),
        **carried(form.stored.value),
    }
    return render_template("reading/comment.html", desk=desk, form=form, **page)


@bp.get(f"{AT}/comments/<policy:comment>/delete", endpoint="delete")
def ask_to_delete(id: str, comment: str) -> ResponseReturnValue:
    """Ask before a remark is deleted."""
    desk = ReaderContext.of(id)
    found = desk.own_comment(comment)
    if found.outcome or not (desk.may_write or found.sent_at is None):
        return redirect(url_for("reading.answers", id=id) + f"#c-{comment}")
    return render_template("reading/delete.html", desk=desk, id=id, comment=found)


@bp.post(f"{AT}/comments/<policy:comment>/delete", endpoint="deleted")
def delete(id: str, comment: str) -> ResponseReturnValue:
    """Delete a remark of theirs that HR has not answered; one that was never sent also when the review is over."""
    desk = ReaderContext.of(id)
    found = desk.own_comment(comment)
    if found.sent_at is not None:
        desk.must_write()
    if found.outcome:
        raise NotSavedError("answered", desk.reviewer.id)
    db.session.delete(found)
    db.session.commit()
    return redirect(section_address(id, found.section_id), 303)


# ── saving ──


def _stored(found: Comment | None) -> Remark:
    return Remark(found.kind, found.words, found.wording) if found else Remark()


def _take(desk: ReaderContext, section: str, found: Comment | None, draw: Draw) -> ResponseReturnValue:
    """Store what was typed: refused when HR has answered, when another device saved something else, or when something is wrong with it."""
    if found and found.outcome:
        raise NotSavedError("answered", desk.reviewer.id)
    form = RemarkForm.about(found.id if found else said_by("comment"), _stored(found))
    form.show(_meant(desk, section, form.given))
    if is_overtaken(form.stored.value, form.given.value):
        form.forgive()
        form.is_overtaken = True
        return overtaken(lambda: draw(form))
    has_room = not form.is_one_more or len(desk.comments) < MOST
    if not form.read(is_asked_for=said_by("to") == "save", has_room=has_room):
        return to_mend(form, lambda: draw(form))
    kept = _store(desk, section, form, found)
    if is_autosave():
        return saved(_said_of(kept), form.given.value, desk.unsent)
    remember(fingerprint(form.given.value))
    return _after(desk, section, form, kept, draw)


def _said_of(kept: Comment | None) -> str:
    """What the line about saving says: nothing to save, theirs alone, or seen by HR."""
    return "reading_saved_none" if kept is None else "reading_saved_sent" if kept.sent_at else "reading_saved"


def _after(desk: ReaderContext, section: str, form: RemarkForm, kept: Comment | None, draw: Draw) -> ResponseReturnValue:
    """What the reader sees once it is stored: the form again with the text to begin from or with a question about the kind; or where they want to."""
    form.stored = form.given
    if said_by("to") == "text":
        form.show(_from_text(desk, section, form.given))
        form.wording.has_focus = True
        return draw(form)
    if said_by("to") == "save" and not form.given.kind:
        form.kind.wrong("reading_fault_kind")
        return to_mend(form, lambda: draw(form))
    onward = _onward(desk, section, form.comment)
    note = _note(form, kept)
    return redirect(onward + (f"{'&' if '?' in onward else '?'}saved={note}" if note else ""), 303)


def _note(form: RemarkForm, kept: Comment | None) -> str:
    """What the next page is told, so that it says that their words were saved. Where the remark stands, they see it themselves."""
    if form.given.is_empty or said_by("to") not in ONWARD:
        return ""
    return "seen" if kept and kept.sent_at else "hers"


def _meant(desk: ReaderContext, section: str, given: Remark) -> Remark:
    """What is meant by what was typed. The text as it stands is no proposal; support needs no words, and has some that they may change."""
    if given.wording and given.wording == _words_of(desk, section):
        given = replace(given, wording="")
    is_bare = given.kind == "support" and given.is_empty and not is_autosave() and said_by("to") != "text"
    return replace(given, words=t("reading_support_words")) if is_bare else given


def _store(desk: ReaderContext, section: str, form: RemarkForm, found: Comment | None) -> Comment | None:
    given = form.given
    kind = cast("CommentKind", given.kind or form.stored.kind)
    if found and given != form.stored:
        found.rewrite(kind, given.words, given.wording)
    elif not found and not given.is_empty:
        found = Comment.write(desk.reviewer, section, kind, given.words, given.wording, id=form.comment)
        desk.comments.append(found)
    db.session.commit()
    return found


def _from_text(desk: ReaderContext, section: str, given: Remark) -> Remark:
    """The same remark as a proposal that begins with the text as it stands; what they have written already is left alone."""
    return replace(given, kind="proposal", wording=given.wording or _words_of(desk, section))


def _words_of(desk: ReaderContext, section: str) -> str:
    """The text to write anew; empty when it would not go into the field, for half of it would look as if the rest were struck out."""
    words = clean_text(desk.base(section)).strip() if desk.section(section) else ""
    return words if len(words) <= LONGEST else ""


# ── the way ──


ONWARD = ("next", "before", "jump")


def section_address(id: str, section: str, comment: str = "", way: str = "") -> str:
    """Where a section is read, on the way that the reader is on; with a remark, where that stands."""
    place = url_for("reading.section", id=id, section=section, way=way or None) if section else url_for("reading.whole", id=id, way=way or None)
    return place + (f"#c-{comment}" if comment else "")


def _onward(desk: ReaderContext, section: str, comment: str = "") -> str:
    """Where the reader goes after a save: to the section before or after, or back to where the remark stands."""
    to = said_by("to")
    if to == "jump" and (target := desk.next_to_read(section)):
        return section_address(desk.reviewer.id, target, way=desk.way)
    if to in ONWARD and section in desk.places:
        return neighbours(desk, section)["before" if to == "before" else "after"]
    return section_address(desk.reviewer.id, section, comment, desk.way)


def neighbours(desk: ReaderContext, section: str) -> dict[str, str]:
    """The addresses before and after a section on the reader's way. The first follows the first screen; after the whole comes the process."""
    id, places, at = desk.reviewer.id, desk.path(section), desk.at(section)
    before = section_address(id, places[at - 1], way=desk.way) if at else url_for("reading.overview", id=id)
    after = section_address(id, places[at + 1], way=desk.way) if at + 1 < len(places) else url_for("reading.process", id=id)
    return {"before": before, "after": after}
