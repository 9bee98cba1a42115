"""No sign-off can outlive a change: whatever people do, in whatever order, what is signed for reads as it did when it was signed."""

from __future__ import annotations

from io import BytesIO
from typing import ClassVar

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from werkzeug.datastructures import FileStorage

from app.documents.frozen import text_hash
from app.models.db import db
from app.models.policy import Policy
from app.models.versions import Decision, Version
from app.services.versions.situation import signed
from app.values.vocabulary import LOCKED_STATES, RESULTS
from tests.conftest import empty
from tests.deciding import Scene, decision, scene, today
from tests.unit.drawn import picture
from tests.web.test_locked import form_of, opened

NAMES = st.sampled_from(["Solbakken & Sønner", "Fjordheimen", ""])


class Play(RuleBasedStateMachine):
    """An owner and an editor, doing what the pages let them do, and what they do not."""

    app: ClassVar[Flask]

    def __init__(self) -> None:
        super().__init__()
        empty(self.app)
        self.scene: Scene = scene(self.app)
        self.seen: dict[int, str] = {}
        self.stale = ("", "")

    @rule(name=NAMES, confirms=st.booleans(), who=st.sampled_from(["owner", "editor"]))
    def edit(self, name: str, confirms: bool, who: str) -> None:
        browser = getattr(self.scene, who)
        typed = form_of(self.scene, who=browser, workplace_name=name)
        answer = browser.post(self.scene.address("map/workplace"), data=typed)
        if answer.status_code == 409 and confirms and "/reopen" in answer.text.partition("<form")[2]:
            onward, fields = opened(self.scene, answer, browser)
            if onward.status_code == 307:
                browser.post(onward.location, data=fields)

    @rule(language=st.sampled_from(["nb", "nn"]))
    def speak(self, language: str) -> None:
        self.scene.owner.post(self.scene.address("documents"), data={"document_language": language})

    @rule(remove=st.booleans())
    def logo(self, remove: bool) -> None:
        data = {"remove": "yes"} if remove else {"logo": FileStorage(BytesIO(picture()), filename="logo.png")}
        self.scene.owner.post(self.scene.address("logo"), data=data)

    @rule(who=st.sampled_from(["owner", "editor"]))
    def make_ready(self, who: str) -> None:
        self.scene.make_ready(getattr(self.scene, who))

    @rule(result=st.sampled_from(RESULTS))
    def decide(self, result: str) -> None:
        self.scene.decide(result=result, changes="Noe annet")

    @precondition(lambda self: self.stale[0])
    @rule()
    def decide_about_an_old_text(self) -> None:
        self.scene.owner.post(self.scene.address("decide"), data={**decision(), "text_hash": self.stale[0]})

    @rule()
    def put_in_force(self) -> None:
        self.scene.put_in_force(today())

    @rule(who=st.sampled_from(["owner", "editor"]))
    def reopen(self, who: str) -> None:
        self.scene.reopen(getattr(self.scene, who))

    @invariant()
    def what_is_signed_for_reads_as_it_did(self) -> None:
        with self.app.app_context():
            policy = db.session.get_one(Policy, self.scene.id)
            for version in Version.all_of(policy.id):
                assert self.seen.setdefault(version.number, version.text_hash) == version.text_hash == text_hash(version.document)
                made = db.session.get(Decision, version.id)
                assert made is None or made.text_hash == version.text_hash
                assert version.state not in ("decided", "in_force", "replaced") or (made is not None and made.result == "adopted")
                self.stale = (version.text_hash, version.id) if version.state == "void" else self.stale
            standing = [version for version in Version.all_of(policy.id) if version.state in ("ready", "decided")]
            rests = signed(policy)
            assert (rests is not None) == (policy.state in LOCKED_STATES)
            assert standing == ([rests] if policy.state in ("ready", "decided") else [])
            if rests:
                assert (rests.answers, rests.language, rests.logo) == (policy.answers, policy.language, policy.logo)
            db.session.rollback()


def test_no_sign_off_outlives_a_change(app) -> None:
    machine = type("Play", (Play,), {"app": app})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    quick = {"deadline": None, "database": None, "suppress_health_check": checks, "phases": [Phase.generate]}  # each step is a request: no shrinking
    run_state_machine_as_test(machine, settings=settings(max_examples=12, stateful_step_count=15, **quick))
