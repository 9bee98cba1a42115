"""What the reader's views share: the review, the frozen text, what the reader has said, and who may write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import Conflict, NotFound
from werkzeug.wrappers import Response

from app.clock import now
from app.documents.compare import SectionChange, body_of
from app.documents.model import Document, Section
from app.documents.render import html
from app.models.comments import Comment
from app.models.db import db
from app.models.people import Person
from app.models.policy import Policy
from app.models.reviews import Review, Reviewer
from app.models.versions import Version
from app.models.workplaces import Workplace
from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.text import Text
from app.services.reviews.changes import since_last_read
from app.services.reviews.outcomes import Stage, stage_of
from app.services.reviews.record import titles_of
from app.values.fingerprint import fingerprint
from app.values.vocabulary import SPEAK_FOR_EMPLOYEES
from app.web.access import is_saving, reviewer_for
from app.web.answer_text import said
from app.web.forms import Form, posted
from app.web.language import clock, current_language, t
from app.web.saving import form_id, is_autosave, is_stale, remember, told
from app.web.view_models import Message, counted

from .ways import next_of, short_way

WRITTEN = ("words", "wording", "statement", "reply")
Draw = Callable[[], str]
WHOLE = ""  # the section id of a comment on the policy as a whole


class NotSavedError(Conflict):
    """What a reader sent cannot be saved. `why` names the words that say so; without `reviewer_id` there is no way onward on the page."""

    def __init__(self, why: str, reviewer_id: str = "", status: int = 409) -> None:
        super().__init__()
        self.why, self.reviewer_id, self.code = why, reviewer_id, status


@dataclass
class ReaderContext:
    """One reader in one review, made once by each request. The frozen text is read from the database and thawed only when its words are asked for."""

    reviewer: Reviewer
    review: Review

    @classmethod
    def of(cls, id: str) -> ReaderContext:
        """The reader with `id`. A stranger gets a 404, on which whatever was typed still stands."""
        try:
            reviewer = reviewer_for(id)
        except NotFound:
            if is_saving() and typed():
                raise NotSavedError("gone", status=404) from None
            raise
        return cls.of_reviewer(reviewer)

    @classmethod
    def of_reviewer(cls, reviewer: Reviewer) -> ReaderContext:
        """A reader whose personal link, or whose sitting, is good."""
        return cls(reviewer, db.session.get_one(Review, reviewer.review_id))

    @classmethod
    def to_write(cls, id: str) -> ReaderContext:
        """The same, where something is about to be written; refused when the review is over, or the reader is done."""
        desk = cls.of(id)
        desk.must_write()
        return desk

    def must_write(self) -> None:
        """Refuse when the review is over, or the reader is done."""
        if not self.may_write:
            raise NotSavedError("done" if self.review.is_open else "closed", self.reviewer.id)

    @property
    def may_write(self) -> bool:
        """Whether the reader may still write."""
        return self.review.is_open and self.reviewer.finished_at is None

    @cached_property
    def version(self) -> Version:
        """The version that is read."""
        return db.session.get_one(Version, self.review.version_id)

    @cached_property
    def document(self) -> Document:
        """The text that the reader was asked to read."""
        return self.version.thawed

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each section of the text, by id, in order. Does not thaw the text."""
        return titles_of(self.version)

    @cached_property
    def sections(self) -> list[Section]:
        """The sections that the reader was asked to read, in order."""
        wanted = set(self.review.sections)
        return [section for section in self.document.sections if section.id in wanted]

    @property
    def places(self) -> list[str]:
        """The ids of all that is read, in order; the whole comes last. Does not ask for the text."""
        return [*self.review.sections, WHOLE]

    @cached_property
    def short(self) -> list[str]:
        """The ids of what matters most to the reader, in the order of the text; empty where all of it is short."""
        return short_way(self.reviewer.role, self.review.sections)

    @property
    def way(self) -> str:
        """The way that the reader is on: short, as the address says; or all, which no address needs to say."""
        return "short" if self.short and request.args.get("way") == "short" else ""

    def path(self, section: str) -> list[str]:
        """The places of the way on which the reader comes to a section."""
        return [*self.short, WHOLE] if self.way and section in (*self.short, WHOLE) else self.places

    @cached_property
    def changed(self) -> Mapping[str, SectionChange]:
        """The sections that have changed since the reader read the policy in an earlier review, by id."""
        return {id: one for id, one in since_last_read(self.reviewer, self.review).items() if id in self.review.sections}

    def next_to_read(self, here: str) -> str | None:
        """The next section that the reader should read: one that matters to them or has changed, and that they have not read."""
        wanted = {id for id in (*self.short, *self.changed) if id not in self.reviewer.seen}
        return next_of(wanted, self.review.sections, here)

    @property
    def unsent(self) -> Message | None:
        """How many comments HR has not been sent, while they can be."""
        count = sum(comment.sent_at is None for comment in self.comments) if self.may_write else 0
        return counted("reading_unsent", count) if count else None

    @cached_property
    def comments(self) -> list[Comment]:
        """What the reader has said."""
        return list(self.reviewer.comments())

    @cached_property
    def policy(self) -> Policy:
        """The policy that the text is a version of."""
        return db.session.get_one(Policy, self.review.policy_id)

    @cached_property
    def stage(self) -> Stage:
        """What has become of the text since the reader was asked to read it."""
        return stage_of(self.review, self.policy)

    @cached_property
    def workplace(self) -> str:
        """The name of the workplace."""
        place = db.session.get(Workplace, self.policy.workplace_id) if self.policy.workplace_id else None
        return place.name if place else str(self.version.document["workplace"])

    @cached_property
    def asked_by(self) -> str:
        """Who asked the reader; empty when that person has given no name, or is gone."""
        person = db.session.get(Person, self.review.opened_by) if self.review.opened_by else None
        return person.name if person else ""

    @property
    def checked(self) -> int:
        """How many questions about the process the reader has answered."""
        return sum(1 for question in the_pack().review.process if question.id in self.reviewer.checklist)

    @property
    def often_asked(self) -> list[Text]:
        """What those who speak for the employees often ask at this kind of workplace; for such a reader alone, and only where the content knows."""
        sector = standing(the_pack(), self.version.answers).sector if self.reviewer.role in SPEAK_FOR_EMPLOYEES else None
        return sector.safety_rep_asks if sector else []

    def section(self, id: str) -> Section | None:
        """The section with `id`, among those that the reader was asked to read."""
        return next((section for section in self.sections if section.id == id), None)

    def base(self, section: str) -> str:
        """The words of a section as they were read."""
        found = self.document.section(section)
        return "\n".join(body_of(found)) if found else ""

    def at(self, section: str) -> int:
        """The place of a section on the reader's way. 404 for any that they were not asked to read."""
        if section not in self.places:
            abort(404)
        return self.path(section).index(section)

    def own(self, section: str) -> list[Comment]:
        """What the reader has said about a section."""
        return [comment for comment in self.comments if comment.section_id == section]

    def own_comment(self, comment: str) -> Comment:
        """The comment with this id, which must be the reader's own. 404 for any other."""
        found = next((one for one in self.comments if one.id == comment), None)
        if found is None:
            abort(404)
        return found

    def title(self, section: str) -> str:
        """What a section is called in the text that was read."""
        return self.titles.get(section, t("reading_whole_title"))

    def others(self, section: str) -> list[tuple[Comment, Reviewer]]:
        """What others have sent about a section, when readers see each other."""
        if not self.review.sees_others:
            return []
        people = {one.id: one for one in self.review.reviewers() if one.id != self.reviewer.id}
        return [(one, people[one.reviewer_id]) for one in self.review.comments() if one.section_id == section and one.reviewer_id in people]

    def drawn(self, section: Section | None) -> Markup:
        """A section with its heading one level below the page's own, whichever level it has in the policy."""
        return html.sections(replace(self.document, sections=(section,)), 2 - section.level)[0] if section else Markup()

    def why(self, section: Section | None) -> list[tuple[str, list[str]]]:
        """The questions that a section came from, with the answers that were frozen. What the content no longer knows is passed over."""
        if section is None:
            return []
        pack, language = the_pack(), current_language()
        now_ = standing(pack, self.version.answers)
        asked = [pack.questions[id] for id in section.answers if id in pack.questions and id in now_.asked]
        return [(question.label.in_(language), said(now_, question, now_.values.get(question.id), language)) for question in asked]


def known_sources(section: Section | None) -> list[str]:
    """The sources of a section that the content still has."""
    return [id for id in section.sources if id == "own" or id in the_pack().sources] if section else []


# ── saving ──


def typed() -> list[str]:
    """All that somebody wrote in the form that was sent."""
    found = [words.strip() for name, words in posted().items(multi=True) if name in WRITTEN or name.startswith("note-")]
    return [words for words in found if words]


def carried(stored: object) -> dict[str, str]:
    """What a form carries along unseen: an id of its own, and a mark of what is `stored`."""
    return {"form_id": form_id(), "fingerprint": fingerprint(stored)}


def is_overtaken(stored: object, given: object) -> bool:
    """Whether something else was saved since the form was opened: by the same reader on another device."""
    return stored != given and is_stale(fingerprint(stored))


def saved(key: str, stored: object, unsent: Message | None = None) -> Response:
    """What the script is told after it has saved, with how much is `unsent`."""
    return jsonify(message=t(key, time=time_now()), fingerprint=remember(fingerprint(stored)), unsent=str(unsent or ""))


def overtaken(draw: Draw) -> ResponseReturnValue:
    """The page on which both texts stand; a word of it for the script."""
    return (told("reading_overtaken_short") if is_autosave() else draw()), 409


def to_mend(form: Form, draw: Draw) -> ResponseReturnValue:
    """The page with what is wrong in the `form`; the same in words for the script."""
    why = " ".join(line.fault for line in form.summary)
    return (told("reading_not_saved", why=why) if is_autosave() else draw()), 422


def time_now() -> str:
    """The time as it is written in running text."""
    return clock(now())
