"""A walk by chance over answers, reviews, decisions and days: after each step no document, paper or page contradicts the state it is in.

The walk keeps its own account of what was done, and holds against it what a reader sees.
With TEST_THOROUGHLY, as in `make check`, 12 longer walks are made.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any, ClassVar

import time_machine
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.clock import OSLO, now
from app.models.db import db
from app.models.policy import Policy
from app.models.reviews import Review
from app.models.versions import Version
from app.pack.load import the_pack
from app.server.serve import tidy
from app.values.vocabulary import LOCKED_STATES
from tests import world
from tests.conftest import empty
from tests.deciding import ANSWERS, Scene, scene

WALKS, STEPS = (12, 12) if "TEST_THOROUGHLY" in os.environ else (5, 9)
BEGIN = datetime(2026, 12, 1, 12, tzinfo=OSLO)
MARK = f"[{the_pack().word('open_point', 'nb')}]"
PLANNED = "20. januar 2027"  # what the answers plan; never a date of the decision here
CHANGES: list[dict[str, Any]] = [
    {"lights": {"own_1": {"rule": "Bare en regel"}}}, {"lights": {"own_1": {"label": "Fisketur", "light": "green"}}}, {"decides": None},
    {"decides": "board"}, {"workplace_name": "Solbakken"}, {"workplace_name": ""}, {"decision_planned": "2027-01-20"}, {"document_note": "Til AMU"},
    {"covers": []}, {"covers": ["employees"]}, {"own_values": f"Vi mener {MARK}"}, {"own_values": "Alle skal trygt hjem"},
]  # fmt: skip
MONTHS = ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"]


def words(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def typed(day: date) -> str:
    return f"{day:%d.%m.%Y}"


@dataclass
class Told:
    """What this walk knows about one version: what was decided, and from when to when it applies."""

    result: str = ""
    decided_on: date | None = None
    body: str = ""
    case: str = ""
    begins: date | None = None
    fixed: date | None = None
    ends: date | None = None
    is_void: bool = False

    def stage(self, today: date) -> str:
        if self.is_void or self.result != "adopted":
            return "void" if self.is_void else "proposed"
        if self.begins is None or self.begins > today:
            return "decided"
        return "replaced" if self.ends and self.ends <= today else "in_force"


class Walk(RuleBasedStateMachine):
    """An owner who does whatever the pages allow, at any time."""

    app: ClassVar[Flask]
    reached: ClassVar[set[str]]

    def __init__(self) -> None:
        super().__init__()
        empty(self.app)
        self.at = BEGIN
        self.told: dict[int, Told] = {}
        self.decided = 0
        with self.time():
            self.scene: Scene = scene(self.app)

    def time(self) -> Any:
        return time_machine.travel(self.at, tick=False)

    @property
    def today(self) -> date:
        return self.at.date()

    def read(self, address: str) -> str:
        answer = self.scene.owner.get(self.scene.address(address))
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.text

    def read_state(self) -> tuple[str, int]:
        """The state of the policy, and the number of its last version."""
        return self.scene.policy().state, max((one.number for one in self.scene.versions()), default=0)

    # ── what people do ──

    @rule(change=st.sampled_from(CHANGES))
    def answer(self, change: dict[str, Any]) -> None:
        with self.time(), self.app.app_context():
            policy = db.session.get_one(Policy, self.scene.id)
            if policy.state not in LOCKED_STATES:
                grids = {id: {**(policy.answers.get(id) or {}), **value} for id, value in change.items() if isinstance(value, dict)}
                policy.answer({**change, **grids})
            db.session.commit()

    @rule(steps=st.sampled_from([1, 2, 3]))
    def go_on(self, steps: int) -> None:
        """The way that most go: mend what is open, and take the next steps. Without it, a walk by chance seldom gets anywhere."""
        for _ in range(steps):
            state, _ = self.read_state()
            if state in ("draft", "in_review"):
                self.mend()
                self.make_ready()
            elif state == "ready":
                self.decide("adopted", None)
            elif state == "decided":
                self.put_in_force(0)
            else:
                self.reopen()

    def mend(self) -> None:
        with self.time(), self.app.app_context():
            db.session.get_one(Policy, self.scene.id).answer(ANSWERS)
            db.session.commit()

    @rule()
    def review(self) -> None:
        """Somebody reads a version, and the review is closed."""
        with self.time(), self.app.app_context():
            policy = db.session.get_one(Policy, self.scene.id)
            if policy.state not in LOCKED_STATES and Review.open_of(policy.id) is None:
                self.told[Version.next_number(policy.id)] = Told()
                opened = world.review(policy)
                world.reviewer(opened).finished_at = now()
                opened.closed_at = now()
            db.session.commit()

    @rule()
    def make_ready(self) -> None:
        with self.time():
            before = self.read_state()
            self.scene.make_ready()
            after = self.read_state()
            if after[1] > before[1]:
                self.told[after[1]] = Told()

    @rule(result=st.sampled_from(["adopted", "adopted", "adopted", "adopted_with_changes", "sent_back"]), ahead=st.sampled_from([None, None, 0, 30]))
    def decide(self, result: str, ahead: int | None) -> None:
        with self.time():
            state, number = self.read_state()
            self.decided += 1
            body, case = f"Organ nr. {self.decided}", f"{self.decided}/26"
            day = None if ahead is None else self.today + timedelta(days=ahead)
            given = {"body_name": body, "case_number": case, "result": result, "changes": "Noe annet", "decided_on": typed(self.today)}
            answer = self.scene.decide(in_force_from=typed(day) if day else "", **given)
            if state == "ready" and answer.status_code == 303:
                self.told[number] = Told(result, self.today, body, case, fixed=day, is_void=result != "adopted")

    @rule(ahead=st.sampled_from([0, 0, 1, 40]))
    def put_in_force(self, ahead: int) -> None:
        with self.time():
            state, number = self.read_state()
            told = self.told.get(number)
            day = told.fixed if told and told.fixed else self.today + timedelta(days=ahead)
            answer = self.scene.put_in_force(typed(day))
            if state == "decided" and answer.status_code == 303 and told:
                told.begins = day
                for other in self.told.values():
                    if other is not told and other.stage(self.today) == "in_force" and (other.ends is None or other.ends > self.today):
                        other.ends = day

    @rule()
    def reopen(self) -> None:
        with self.time():
            state, number = self.read_state()
            self.scene.reopen()
            if state in ("ready", "decided"):
                told = self.told[number]
                told.is_void, told.begins = True, None
                for other in self.told.values():
                    if other.stage(self.today) == "in_force":
                        other.ends = None

    @rule(days=st.sampled_from([1, 35, 400]), tidied=st.booleans())
    def wait(self, days: int, tidied: bool) -> None:
        self.at += timedelta(days=days)
        with self.time():
            if tidied:
                tidy(self.app)
            self.scene = self.scene.again()

    # ── what a reader sees ──

    @invariant()
    def nothing_contradicts(self) -> None:
        with self.time():
            for number, told in self.told.items():
                self.version_says(number, told)
                self.reached.add(told.stage(self.today))
            self.live_says()
            self.status_says()

    def version_says(self, number: int, told: Told) -> None:
        stage = told.stage(self.today)
        for name in ("policy.html", "policy.docx"):
            answer = self.scene.owner.get(self.scene.address(f"versions/{number}/{name}"))
            text = _text(answer.data)
            facts = _facts(text)
            assert facts["Versjon"] == [str(number)], (number, facts)
            self.says_what_it_is(stage, told, text, facts, answer.headers["Content-Disposition"])
        self.papers_say(number, told, stage)

    def says_what_it_is(self, stage: str, told: Told, text: str, facts: dict[str, list[str]], name: str) -> None:
        is_decided = stage in ("decided", "in_force", "replaced")
        seals, day = _seals(text), told.begins or told.fixed
        assert is_decided != ("Skal vedtas av" in facts), (stage, facts)
        assert is_decided == ("Vedtaksdato" in facts) == ("Vedtatt av" in facts), (stage, facts)
        decided = f"✓ I KRAFT FRA {words(day)}" if day else f"✓ VEDTATT {words(told.decided_on)}" if is_decided else ""
        wanted = {"decided": [decided], "in_force": [decided], "replaced": [f"✕ ERSTATTET {words(told.ends)}" if told.ends else ""]}.get(stage)
        assert seals == wanted if wanted is not None else len(seals) == 1, (stage, seals)
        assert ("vedtatt" in name or "erstattet" in name) == is_decided, name
        if MARK in text:
            assert seals == ["UTKAST Ikke vedtatt"], seals
        if is_decided:
            assert (facts["Vedtaksdato"], facts["Vedtatt av"], facts["Saksnummer"]) == ([words(told.decided_on)], [told.body], [told.case])
            assert facts.get("Gjelder fra") == ([words(day)] if day else None)
            assert facts.get("Erstattet fra") == ([words(told.ends)] if stage == "replaced" else None)
            assert "Planlagt vedtatt" not in facts
            assert "Merknad" not in facts

    def papers_say(self, number: int, told: Told, stage: str) -> None:
        day = told.begins or told.fixed
        for name in ("record", "case-paper", "decision"):
            answer = self.scene.owner.get(self.scene.address(f"versions/{number}/{name}.docx"))
            if answer.status_code == 404:
                assert name != "decision" or not told.result
                continue
            text = _text(answer.data)
            if name == "decision" or stage in ("decided", "in_force", "replaced"):
                assert words(told.decided_on) in text, name
                assert told.body in text, name
            if stage in ("decided", "in_force", "replaced"):
                assert _facts(text).get("Gjelder fra") == ([words(day)] if day else None), (name, day)
            assert "ikke satt ennå" not in text

    def live_says(self) -> None:
        """The preview and the file that the answers give: of a locked policy, the version itself."""
        state, number = self.read_state()
        text = _text(self.scene.owner.get(self.scene.address("documents/policy.html")).data)
        facts, told = _facts(text), self.told.get(number)
        if state in LOCKED_STATES and told:
            assert facts["Versjon"] == [str(number)]
            assert ("Vedtaksdato" in facts) == (state in ("decided", "in_force"))
        else:
            assert "Versjon" not in facts
            assert "Skal vedtas av" in facts
            [seal] = _seals(text)
            assert seal in ("UTKAST Ikke vedtatt", "TIL VEDTAK Forslag, ikke vedtatt ennå")
            assert MARK not in text or seal.startswith("UTKAST")

    def status_says(self) -> None:
        """One version is in force, or none; and each stands there as what it is."""
        page = " ".join(unescape(re.sub("<[^>]*>", " ", self.read("status"))).split())
        stages = {number: told.stage(self.today) for number, told in self.told.items()}
        assert list(stages.values()).count("in_force") <= 1, stages
        for number, stage in stages.items():
            tag = {"in_force": "I kraft", "decided": "Vedtatt", "replaced": "Erstattet", "void": "Falt bort"}.get(stage)
            assert tag is None or re.search(rf"Versjon {number} {tag}", page), (number, stage)
        for number, told in self.told.items():
            if stages[number] == "decided" and told.begins:
                assert f"Versjon {number} skal gjelde fra {words(told.begins)}" in page


def _text(file: bytes) -> str:
    """What is seen of a file, a line for each paragraph or cell."""
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            names = ("word/firstHeader.xml", "word/document.xml", "word/footer.xml")
            whole = "\n".join(archive.read(name).decode() for name in names)
        whole = whole.replace("<w:tab/>", "\t").replace("<w:br/>", " ")
    else:
        whole = re.sub("(?s)<style>.*?</style>", "", file.decode()).replace("</dt>", "\t")
    broken = re.sub("</(w:p|p|h[1-6]|li|dd|div|td|tr)>", "\n", whole)
    lines = unescape(re.sub("<[^>]*>", "", broken)).replace("\u00a0", " ").split("\n")
    return "\n".join(line.strip() for line in lines)


def _seals(text: str) -> list[str]:
    """What the seals say; there should be one."""
    return re.findall(r"^(?:UTKAST|TIL VEDTAK|✓|✕).*", text, re.MULTILINE)


def _facts(text: str) -> dict[str, list[str]]:
    """The lines under the title, by label, each with all that stands there."""
    labels = ("Versjon", "Vedtatt av", "Vedtaksdato", "Saksnummer", "Gjelder fra", "Erstattet fra", "Skal vedtas av", "Planlagt vedtatt", "Merknad")
    found: dict[str, list[str]] = {}
    for label in labels:
        values = re.findall(rf"(?m)^{label}\t\s*(.*)$", text)
        if values:
            found[label] = [value.strip() for value in values]
    return found


def test_no_document_contradicts_its_state(app) -> None:
    machine = type("Walk", (Walk,), {"app": app, "reached": set()})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    quick = {
        "deadline": None,
        "database": None,
        "suppress_health_check": checks,
        "phases": [Phase.generate],
        "derandomize": True,
    }  # no shrinking: each step is a request
    run_state_machine_as_test(machine, settings=settings(max_examples=WALKS, stateful_step_count=STEPS, **quick))
    assert machine.reached >= {"proposed", "in_force"}, "the walk has seen what it is for"
