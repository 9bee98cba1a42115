"""There is room for more questions: a step that has its pages full takes two more, and the wizard and the documents serve them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.documents import preview
from app.pack import load
from app.steps import compiled_page
from tests.conftest import start_policy
from tests.web.test_wizard import address, send, stored

STEP, CLAUSES, LOOK = "steps/4-follow-up.yaml", "policy/0485-way-home.yaml", "review/look-for.yaml"
PAGE = """
  - id: {id}
    title: {{nb: "Veien hjem", nn: "Vegen heim", en: "The way home"}}
    questions:
      - id: {id}
        kind: choice
        label: {{nb: "Hvordan kommer alle hjem?", nn: "Korleis kjem alle heim?", en: "How does everyone get home?"}}
        sources: [own]
        options:
          - id: taxi
            label: {{nb: "Drosje", nn: "Drosje", en: "Taxi"}}
          - id: bus
            label: {{nb: "Buss", nn: "Buss", en: "Bus"}}
"""
CLAUSE = """
id: way-home
level: 2
heading: {nb: "Veien hjem", nn: "Vegen heim", en: "The way home"}
sources: [own]
blocks:
  - when: {way_home: [taxi]}
    paragraph: {nb: "Vi betaler drosje hjem.", nn: "Vi betaler drosje heim.", en: "We pay for a taxi home."}
  - when: {way_back: [taxi]}
    paragraph: {nb: "Vi betaler drosje tilbake.", nn: "Vi betaler drosje tilbake.", en: "We pay for a taxi back."}
"""


@pytest.fixture
def grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The content with two more pages in its fourth step, served in place of our own."""
    load.the_pack()  # so that what was parsed is copied as well
    folder = Path(shutil.copytree(load.CONTENT, tmp_path / "pack"))
    with (folder / STEP).open("a", encoding="utf-8") as steps:
        steps.write(PAGE.format(id="way_home") + PAGE.format(id="way_back"))
    (folder / CLAUSES).write_text(CLAUSE, "utf-8")
    look = (folder / LOOK).read_text("utf-8")
    (folder / LOOK).write_text(look.replace("nothing_to_look_for: [", "nothing_to_look_for: [way-home, "), "utf-8")
    monkeypatch.setattr(load, "CONTENT", folder)
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    load.the_pack.cache_clear()
    compiled_page._drawn.cache_clear()


@pytest.mark.usefixtures("grown")
def test_the_wizard_serves_six_pages_in_a_step(app, client) -> None:
    id = start_policy(client, {"workplace_name": "Vi"})
    assert send(client, id, "follow_up/records", {}).location == address(id, "follow_up/way_home")
    page = client.get(address(id, "follow_up/way_home")).text
    assert "Steg 4 av 6, side 5 av 6" in page
    assert "Hvordan kommer alle hjem?" in page
    assert send(client, id, "follow_up/way_home", {"way_home": "taxi"}).location == address(id, "follow_up/way_back")
    assert send(client, id, "follow_up/way_back", {"way_back": "bus"}).location == address(id, "partners/ohs_page")
    assert (stored(app, id)["way_home"], stored(app, id)["way_back"]) == ("taxi", "bus")
    assert "Hvordan kommer alle hjem?" in client.get(address(id, "check")).text
    policy = client.get(address(id, "preview")).text
    assert "Vi betaler drosje hjem." in policy
    assert "Vi betaler drosje tilbake." not in policy


@pytest.mark.usefixtures("grown")
def test_a_new_question_can_be_shown() -> None:
    shown = preview.show(load.the_pack(), "way_home", ["nb", "en"])
    assert "step 4 (follow_up), page 5 (way_home)" in shown
    assert "     We pay for a taxi home.\n" in shown.replace("  en ", "     ")


def test_an_eighth_page_is_one_too_many(grown: Path) -> None:
    with (grown / STEP).open("a", encoding="utf-8") as steps:
        steps.write(PAGE.format(id="way_out") + PAGE.format(id="way_in"))
    with pytest.raises(load.PackError, match=r"4-follow-up\.yaml: pages: a step has 2 to 7 pages, not 8"):
        load.load(grown)
