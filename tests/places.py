"""A workplace with somebody signed in for each role, for tests of what each may do there."""

from __future__ import annotations

from typing import Any

from app.models.audit_log import Event
from app.models.db import db
from app.models.policy import Policy
from tests import world
from tests.conftest import browser

HOSTILE = ["<script>alert(1)</script>", "\N{PILE OF POO}" * 10, '"><b>&amp;', "=1+1", "x" * 120]
ELSEWHERE = "a" * 26


class Place:
    """A workplace with a policy and somebody signed in for each role."""

    def __init__(self, app: Any, name: str = "Fjordheimen", email: str = "") -> None:
        self.app = app
        with app.app_context():
            people = {"owner": world.person(f"owner{email}@example.no", "Olga")}
            made = world.workplace(people["owner"], name)
            for role in ("editor", "reader"):
                people[role] = world.member(made, role, f"{role}{email}@example.no")
            policy = world.kept(made, {"workplace_name": "Fjordheimen", "purpose": "x"})
            db.session.commit()
        self.id, self.policy, self.people = made.id, policy.id, people
        self.owner, self.editor, self.reader = (world.sign_in(browser(app), people[role]) for role in ("owner", "editor", "reader"))

    def address(self, rest: str = "") -> str:
        return f"/nb/workplaces/{self.id}{rest}"

    def of_policy(self, rest: str = "/") -> str:
        return f"/nb/policies/{self.policy}{rest}"

    def events(self) -> list[str]:
        with self.app.app_context():
            return [event.what for event in reversed(Event.of(self.id))]

    def stored(self) -> Policy | None:
        with self.app.app_context():
            return db.session.get(Policy, self.policy)
