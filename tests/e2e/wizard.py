"""The wizard as somebody uses it: fields found by their question, buttons by their words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, Page

from app.pack.load import the_pack
from app.pack.model import Column, Question
from app.pack.question import OWN_ROW
from app.pack.text import Language
from app.ui_texts import say

DRAFT = re.compile(r"/policies/([a-z2-7]{26})/")
QUESTIONS = the_pack().questions
EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass
class Wizard:
    """One tab, in one language."""

    page: Page
    site: str
    language: Language = "nb"

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def go(self, path: str = "") -> Wizard:
        """Open an address below the language."""
        self.page.goto(f"{self.site}/{self.language}/{path}")
        return self

    def begin(self) -> Wizard:
        """A new draft, at the first page of the whole wizard."""
        return self.begin_short().at("map/workplace")

    def begin_short(self) -> Wizard:
        """A new draft, at the first page of the short path."""
        self.go().press("start_begin")
        self.page.wait_for_url(DRAFT)
        return self

    def example(self, name: str = "building_firm") -> Wizard:
        """A draft with the answers of an example."""
        self.go().page.locator(f'button[name=example][value="{name}"]').click()
        self.page.wait_for_url(DRAFT)
        return self

    @property
    def draft(self) -> str:
        """The id of the draft that the tab shows."""
        found = DRAFT.search(self.page.url)
        assert found, f"{self.page.url} shows no draft"
        return found[1]

    def at(self, place: str) -> Wizard:
        """Open a page of the draft: map/workplace, check, …; or the one on which a question is asked."""
        if place in QUESTIONS:
            step, page = the_pack().place[place]
            place = f"{step.id}/{page.id}"
        return self.go(f"policies/{self.draft}/{place}")

    def press(self, key: str, **values: object) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=self.say(key, **values)).first.click()

    def next(self) -> None:
        """Save and go on."""
        self.page.locator("main button[name=to][value=next]:not([tabindex])").click()

    def asked(self) -> list[str]:
        """The questions on the page."""
        return list(self.page.locator("input[name=asked]").evaluate_all("fields => fields.map(f => f.value)"))

    def field(self, name: str) -> Locator:
        """The field one types in, or the first of a group."""
        return self.page.locator(f'[id="f-{name}"]')

    def option(self, name: str, value: str) -> Locator:
        return self.page.locator(f'input[name="{name}"][value="{value}"]')

    def undecided(self, id: str) -> Locator:
        """The box or the button "not decided yet"."""
        return self.page.locator(f'[id="f-{id}-undecided"]')

    def answer(self, id: str, value: Any) -> None:
        """Give an answer, in the shape in which it is stored; None for "not decided yet"."""
        question = QUESTIONS[id]
        if value is None:
            self.undecided(id).check()
        elif question.kind == "choice":
            self.option(id, value).check()
        elif question.kind == "choices":
            self._choose(id, value)
        elif question.kind in ("grid", "rows"):
            self._fill_table(question, value)
        else:
            self.field(id).fill(str(value))

    def _choose(self, id: str, wanted: list[str]) -> None:
        boxes = self.page.locator(f'input[name="{id}"]')
        for value, is_ticked in boxes.evaluate_all("boxes => boxes.map(b => [b.value, b.checked])"):
            if is_ticked != (value in wanted):
                self.option(id, value).set_checked(not is_ticked)

    def _fill_table(self, question: Question, value: Any) -> None:
        records = value if isinstance(value, dict) else {str(n): record for n, record in enumerate(value)}
        for line, record in records.items():
            if line.startswith(OWN_ROW):
                self.page.locator(f'[id="q-{question.id}"] .own-rows:not([open]) > summary').evaluate_all("found => found.map(one => one.click())")
            self._open_row(f"{question.id}-{line}")
            if question.kind == "rows" and not self.page.locator(f'[id="q-{question.id}-{line}"]').count():
                self.add(question.id)
            for column, words in record.items():
                self._fill_cell(question.column(column) if column != "label" else None, f"{question.id}-{line}-{column}", words)

    def _open_row(self, name: str) -> None:
        """Show a row of one's own that is not there yet, and what is folded in it."""
        row = self.page.locator(f'[id="q-{name}"]')
        while row.count() and row.get_attribute("hidden") is not None:
            self.add(name.partition("-")[0] + "-")
        row.locator(".edit:not([open]) > summary").evaluate_all("found => found.map(one => one.click())")

    def _fill_cell(self, column: Column | None, name: str, words: str) -> None:
        if column is None or column.kind != "choice":
            self.field(name).fill(words)
        elif self.page.locator(f'select[name="{name}"]').count():
            self.field(name).select_option(words)
        else:
            self.option(name, words).check()

    def add(self, id: str) -> None:
        """One more record, or row of one's own."""
        self.page.locator(f'button[name=add][value^="{id}"]').click()

    def remove(self, id: str, line: int) -> None:
        self.page.locator(f'button[name=remove][value="{id}-{line}"]').click()

    def download(self, ending: str) -> Download:
        """Press the link whose address ends so, and take the file."""
        with self.page.expect_download() as coming:
            self.page.locator(f'main a[href$="/{ending}"]').first.click()
        return coming.value

    def upload(self, answers: dict[str, Any] | str, name: str = "svar.json") -> None:
        """Start from a file with these answers, or with these words in it."""
        words = answers if isinstance(answers, str) else json.dumps(answers)
        self.go().page.locator("#f-answers").set_input_files({"name": name, "mimeType": "application/json", "buffer": words.encode()})
        self.press("start_upload_button")

    def status(self) -> Locator:
        """Where saving is announced."""
        return self.page.locator("#save-state")


def example(name: str) -> dict[str, Any]:
    """The file of an example, read."""
    return dict(json.loads((EXAMPLES / f"{name}.json").read_text("utf-8")))
