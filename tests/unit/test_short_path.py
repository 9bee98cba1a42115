"""The short path: what it must hold, in which order, and how long it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.pack.answers import standing
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.pack.validate_short_path import short_path_faults
from app.steps import progress, time_needed
from app.steps.view_models import first_of
from tests.unit.edited import Edit, copied, faults_with
from tests.unit.test_sectors import BEGUN, confirmed

PACK = the_pack()
SECTORS = [option.id for option in PACK.questions["sector"].options]
PATH = "short_path.yaml"


def pages(data) -> list[list[str]]:
    return [page["questions"] for page in data["pages"]]


REFUSED: dict[str, tuple[Edit, str]] = {
    "a must-answer is missing": (lambda d: pages(d)[0].remove("size"), "size must be answered, and is not there"),
    "unknown": (lambda d: pages(d)[0].append("moon"), "there is no question moon"),
    "twice": (lambda d: pages(d)[1].append("size"), "size is there 2 times"),
    "before what it depends on": (lambda d: pages(d)[0].append("eight_hour"), "about.questions: eight_hour needs abstinence_groups"),
    "suggested before the kind is known": (lambda d: pages(d)[0].append("purpose_focus"), "about.questions: purpose_focus needs sector"),
    "before what reveals it": (lambda d: pages(d)[3].extend(["agreement_months", "agreement"]), "needs.questions: agreement_months needs agreement"),
    "a page too many": (lambda d: d["pages"].append({"id": "more", "title": {"nb": "a", "nn": "a", "en": "a"}, "questions": ["own_need"]}), "not 6"),
    "an empty page": (lambda d: d["pages"][3].update(questions=[]), "needs.questions: 1 to 8 questions, not 0"),
    "an id twice": (lambda d: d["pages"][1].update(id="about"), "about: this id is there 2 times"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_fault_is_refused_by_file_and_key(name: str, tmp_path: Path) -> None:
    edit, expected = REFUSED[name]
    faults = faults_with(copied(tmp_path), PATH, edit)
    assert any(fault.startswith(f"{PATH}: ") and expected in fault for fault in faults), faults


def test_a_page_may_ask_under_a_choice_on_it() -> None:
    path = PACK.short_path.model_copy(deep=True)
    path.pages[3].questions.extend(["agreement", "agreement_months"])
    assert list(short_path_faults(PACK.model_copy(update={"short_path": path, "short": path.as_step(PACK.questions)}))) == []
    path.pages[3].questions.remove("agreement")
    assert list(short_path_faults(PACK.model_copy(update={"short_path": path, "short": path.as_step(PACK.questions)})))


def test_a_step_may_not_take_its_address(tmp_path: Path) -> None:
    faults = faults_with(copied(tmp_path), "steps/6-references.yaml", lambda d: d.update(id="short"))
    assert any("a step has the id short" in fault for fault in faults), faults


def test_it_is_short() -> None:
    asked = [question for page in PACK.short.pages for question in page.questions]
    assert len(PACK.short.pages) <= 5
    assert sum(question.required for question in asked) <= 15


def test_a_page_leads_to_the_next_on_its_own_way() -> None:
    now, short = standing(PACK, {}), PACK.short
    first, second = short.pages[:2]
    assert progress.after(now, short, first) == (short, second)
    assert progress.before(now, short, second) == (short, first)
    assert progress.before(now, short, first) is None
    assert progress.after(now, short, short.pages[-1]) is None
    step = PACK.steps[0]
    assert progress.after(now, step, step.pages[0]) == (step, step.pages[1])


def address(endpoint: str, **values: object) -> str:
    return f"{endpoint} {values.get('step')} {values.get('page', '')}".strip()


def test_the_task_list_leads_through_it_and_then_to_the_suggestions() -> None:
    def leads_to(answers) -> str | None:
        found = first_of("p", standing(PACK, answers), address)
        return found and found.link.address

    assert leads_to({}) == "steps.page short about"
    assert leads_to(BEGUN | {"sector": "kindergarten"}) == "steps.page short work"
    assert leads_to(confirmed("kindergarten")) == "looks.look map"
    now = standing(PACK, confirmed("kindergarten"))
    assert leads_to(confirmed("kindergarten") | now.values) is None


# ── the truth about the time ──


@pytest.mark.parametrize("sector", SECTORS)
def test_it_takes_no_more_than_25_minutes(sector: str) -> None:
    assert all(5 < time_needed.minutes(sector, language) <= 25 for language in LANGUAGES)


@pytest.mark.parametrize(("needed", "told"), [(0.1, 5), (14.9, 15), (15.0, 15), (15.1, 20)])
def test_the_figure_is_rounded_up(needed: float, told: int) -> None:
    assert time_needed.rounded(needed) == told


def test_the_figure_that_is_told_holds_for_every_kind() -> None:
    assert all(time_needed.minutes(sector, language) <= time_needed.longest() for sector in SECTORS for language in LANGUAGES)


def test_what_is_folded_away_takes_no_time() -> None:
    read = {text.nb for text in time_needed._short(standing(PACK, {"sector": "kindergarten"})) if text}
    assert "Ansvar for barn og unge" in read
    assert "Våpen eller maktbruk" not in read
