"""A workplace on its way to a decided policy, for tests: people signed in, a draft with nothing open, and the steps as a browser takes them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.clock import day_of, now
from app.models.db import db
from app.models.people import Person
from app.models.policy import Policy
from app.models.versions import Version
from app.models.workplaces import Workplace
from app.services.reviews.meetings import Held, listed, write
from tests import world
from tests.conftest import browser
from tests.reading import Browser

DONE: dict[str, Any] = json.loads((Path(__file__).resolve().parents[1] / "examples" / "building_firm.json").read_text("utf-8"))["answers"]
EMAILS = ("eier@example.no", "red@example.no", "les@example.no")
ANSWERS = {**DONE, "workplace_name": "Solbakken & Sønner"}


@dataclass
class Scene:
    """One policy, and the browsers of an owner, an editor and a reader."""

    app: Flask
    id: str
    owner: Browser
    editor: Browser
    reader: Browser
    workplace_id: str = ""

    def policy(self) -> Policy:
        """The policy as it is stored now."""
        with self.app.app_context():
            db.session.remove()
            policy = db.session.get_one(Policy, self.id)
            assert policy.logo is None or policy.logo
            db.session.expunge(policy)
            return policy

    def versions(self) -> list[Version]:
        """Every version, the newest first, with all that is frozen in it."""
        with self.app.app_context():
            found = list(Version.all_of(self.id))
            for version in found:
                _ = version.answers, version.document, version.papers, version.logo
                db.session.expunge(version)
            return found

    def address(self, rest: str, language: str = "nb") -> str:
        """An address of the policy."""
        return f"/{language}/policies/{self.id}/{rest}"

    def fields(self, page: str) -> dict[str, str]:
        """The hidden fields of the form on a page of this policy."""
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))

    def make_ready(self, who: Browser | None = None, **typed: str) -> Any:
        """Declare the text ready."""
        return (who or self.owner).post(self.address("ready"), data={"reason": "Arbeidsgruppen skrev det sammen", **typed})

    def decide(self, who: Browser | None = None, language: str = "nb", **typed: str) -> Any:
        """Record a decision, as the form has it."""
        page = (who or self.owner).get(self.address("decide", language)).text
        given = {**self.fields(page), **decision(), **typed}
        return (who or self.owner).post(self.address("decide", language), data=given)

    def put_in_force(self, on: str = "", who: Browser | None = None) -> Any:
        """Put the decided version in force, from today or another day."""
        page = (who or self.owner).get(self.address("in-force")).text
        return (who or self.owner).post(self.address("in-force"), data={**self.fields(page), "in_force_on": on or today()})

    def reopen(self, who: Browser | None = None, **typed: str) -> Any:
        """Open the text for changes, from its page."""
        page = (who or self.owner).get(self.address("reopen")).text
        return (who or self.owner).post(self.address("reopen"), data={**self.fields(page), **typed})

    def again(self) -> Scene:
        """The same policy when time has passed, with everybody signed in anew."""
        with self.app.app_context():
            people = [db.session.scalars(select(Person).where(Person.email == email)).one() for email in EMAILS]
            db.session.commit()
            browsers = [world.sign_in(browser(self.app), who) for who in people]
            db.session.remove()
        return replace(self, **dict(zip(("owner", "editor", "reader"), browsers, strict=True)))

    def until(self, state: str) -> Scene:
        """Take the steps to this state."""
        steps = {"draft": self.make_ready, "in_review": self.make_ready, "ready": self.decide, "decided": self.put_in_force}
        while (here := self.policy().state) != state:
            answer = steps[here]()
            assert answer.status_code == 303, (here, answer.status_code)
        assert self.policy().state == state
        return self


def today() -> str:
    """Today, as it is typed."""
    return f"{day_of(now()):%d.%m.%Y}"


def decision() -> dict[str, str]:
    """What is typed about a decision without dissent."""
    return {
        "decided_on": today(), "body": "amu", "body_name": "AMU ved Solbakken", "case_number": "4/26", "present": "Verneombud\nDaglig leder",
        "result": "adopted", "changes": "", "dissent": "", "in_force_from": "",
    }  # fmt: skip


def meet(policy: Policy) -> None:
    """A meeting about the policy, so that nobody can say that the others had no part."""
    write(policy, [*listed(policy), Held(day_of(now()), "amu", "Alle", "Gjennomgått")])


def scene(app: Flask, answers: dict[str, Any] | None = None, language: Any = "nb", met: bool = True) -> Scene:
    """A kept policy with nothing open, talked over in a meeting."""
    with app.app_context():
        owner: Person = world.person(EMAILS[0], "Eva Eier")
        place: Workplace = world.workplace(owner, "Solbakken")
        editor, reader = world.member(place, "editor", EMAILS[1]), world.member(place, "reader", EMAILS[2])
        policy = world.kept(place, {**(ANSWERS if answers is None else answers), "consulted": []}, language)
        if met:
            meet(policy)
        db.session.commit()
        people, ids = (owner, editor, reader), (policy.id, place.id)
        browsers = [world.sign_in(browser(app), who) for who in people]
        db.session.remove()
    return Scene(app, ids[0], *browsers, workplace_id=ids[1])
