"""People, workplaces and reviews for tests, made by the models' own verbs; and browsers that are signed in without the pages for it.

Functions that make rows want an app context; those that take a browser make their own.
"""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

from app.clock import day_of, now
from app.documents import assemble, frozen
from app.models.audit_log import record_event
from app.models.calendar_feeds import CalendarFeed
from app.models.comments import Comment
from app.models.counters import Hit
from app.models.db import db
from app.models.delegations import Delegation
from app.models.keys import new_id
from app.models.measures import Measure
from app.models.outbox import Beat, Letter
from app.models.people import Passkey, Person, SignIn
from app.models.policy import Policy
from app.models.publications import Publication
from app.models.reminding import Reminding
from app.models.reviews import Review, Reviewer
from app.models.versions import Decision, Version
from app.models.workplaces import Expected, Workplace
from app.pack.load import the_pack
from app.pack.text import Language
from app.values.vocabulary import MemberRole, PolicyState, ReviewerRole, VersionState
from app.web.access import PERSON, READING
from tests.reading import Browser

SOON = timedelta(days=14)


def person(email: str = "hr@example.no", name: str = "Kari Nordmann", language: Language = "nb") -> Person:
    """An account."""
    somebody = Person.start(email, language, name)
    db.session.add(somebody)
    db.session.flush()
    return somebody


def passkey(whose: Person) -> Passkey:
    """A passkey that no authenticator holds."""
    made = Passkey(
        user_id=whose.id, name="k", credential_id=new_id().encode(), public_key=b"p", sign_count=0, transports=None, extensions=None,
        backup_state=False, device_type="single_device", usage="first", lastuse_datetime=now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def workplace(owner: Person, name: str = "Fjordheimen") -> Workplace:
    """A workplace with one owner."""
    made = Workplace.start(name, owner)
    db.session.flush()
    return made


def member(place: Workplace, role: MemberRole, email: str) -> Person:
    """One more member."""
    somebody = person(email, role)
    place.take_in(somebody, role)
    db.session.flush()
    return somebody


def kept(place: Workplace, answers: dict[str, Any] | None = None, language: Language = "nb", state: PolicyState = "draft") -> Policy:
    """A policy that a workplace keeps."""
    policy = Policy.start(language, answers or {}, the_pack().manifest.edition)
    policy.workplace_id, policy.state = place.id, state
    db.session.add(policy)
    db.session.flush()
    return policy


def version(policy: Policy, state: VersionState = "in_review") -> Version:
    """The policy as it reads now, frozen."""
    document = frozen.freeze(assemble.policy(policy.draft()))
    made = Version.freeze(policy, state, document, frozen.text_hash(document), the_pack().manifest.edition, None)
    db.session.flush()
    return made


def adopted(what: Version, by: Person) -> Decision:
    """What AMU decided about a version."""
    made = Decision(
        version_id=what.id, text_hash=what.text_hash, decided_on=date(2026, 11, 2), body="amu", body_name="AMU", case_number="1/26", present="",
        result="adopted", dissent="", in_force_from=None, recorded_at=now(), recorded_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    return made


def review(policy: Policy, sees_others: bool = False, sections: list[str] | None = None) -> Review:
    """An open review of the policy as it reads now."""
    frozen_one = version(policy)
    opened = Review(
        id=new_id(), policy_id=policy.id, version_id=frozen_one.id, round=policy.round, answer_by=day_of(now() + SOON), greeting="Hei!",
        sections=sections or [section["id"] for section in frozen_one.document["sections"]],
        sees_others=sees_others, opened_at=now(), opened_by=None, closed_at=None,
    )  # fmt: skip
    db.session.add(opened)
    policy.state = "in_review"
    db.session.flush()
    return opened


def reviewer(
    of: Review, role: ReviewerRole = "verneombud", name: str = "Vera", email: str = "vera@example.no", language: Language = "nb"
) -> Reviewer:
    """Somebody invited to read."""
    invited = Reviewer.invite(of, name, email, role, language)
    db.session.flush()
    return invited


def sign_in(client: Browser, who: Person) -> Browser:
    """From now on `client` is signed in."""
    with client.application.app_context():
        key = who.sit_down()
        db.session.commit()
    with client.session_transaction() as session:
        session[PERSON], session["_fresh"], session["fs_paa"] = key, True, now().timestamp()
        session.permanent = True
    return client


def read_as(client: Browser, who: Reviewer) -> Browser:
    """From now on `client` reads the review as `who`."""
    with client.application.app_context():
        mine = db.session.get(Reviewer, who.id)
        assert mine
        key = mine.sit_down()
        db.session.commit()
    with client.session_transaction() as session:
        session[READING] = {**session.get(READING, {}), who.id: key}
        session.permanent = True
    return client


def fill_every_table() -> None:
    """A row in every table, committed."""
    policy = Policy.start("nb", {"a": "æ"})
    db.session.add(policy)
    db.session.flush()
    policy.held_by("me")
    policy.link()
    db.session.add(Hit(bucket="b", hour=now(), count=1))
    db.session.add(Letter(id=new_id(), kind="sign_in", language="nb", sealed=b"x", created_at=now(), due_at=now(), tries=0))
    _fill_workplace()
    db.session.commit()
    Beat.mark(now())
    db.session.remove()


def _fill_workplace() -> None:
    owner = person()
    owner.sit_down()
    passkey(owner)
    SignIn.ask("x@example.no", "browser", "secret")
    place = workplace(owner)
    Expected.at(place, "ny@example.no", "editor")
    opened = review(kept(place))
    invited = reviewer(opened)
    invited.link(opened.answer_by)
    invited.sit_down()
    Comment.write(invited, "purpose", "question", "Hvorfor?")
    Delegation.ask(db.session.get_one(Policy, opened.policy_id), ["bodies"], "Kari", "Ola")
    Publication.open(opened.policy_id, "solbakken", [])
    CalendarFeed.open(opened.policy_id)
    Reminding.of(owner.id)
    Measure.add(opened.policy_id, "Øve på samtalen", "HR")
    found = db.session.get_one(Version, opened.version_id)
    adopted(found, owner)
    record_event("review_opened", place.id, opened.policy_id, owner.id, sections=3)


def together(*deeds) -> list[int]:
    """What each got who acted at the same moment."""
    start, got = threading.Barrier(len(deeds)), [0] * len(deeds)

    def run(at: int) -> None:
        start.wait()
        got[at] = deeds[at]().status_code

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got
