"""A kind of question that only this test knows, from the content to every place where answers are: a class, a field and a template suffice."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader
from ruamel.yaml import YAML

from app.documents import assemble, preview, savefile
from app.documents.draft import Draft
from app.documents.preview.sample_answers import answers_for
from app.documents.render import plain
from app.pack import load
from app.pack.answer_parsing import Fault, Reader
from app.pack.answers import standing
from app.pack.kinds import KINDS, AnswerWords, Asked, Kind
from app.pack.model import Option, Pack, Question
from app.steps.kind_fields import FIELDS, TYPED
from app.values.parsing import read_number
from app.web.answer_text import said
from tests.conftest import start_policy
from tests.every_field import hidden

PLACE = ("map", "work")
TEXT = {"nb": "Andelen er {quota}.", "nn": "Delen er {quota}.", "en": "The share is {quota}."}
LABEL = {"nb": "Hvor stor andel?", "nn": "Kor stor del?", "en": "How large a share?"}


class ShareKind(Kind):
    """A share in percent, stored as an integer. A condition may say `small` or `large`."""

    id = "share"
    in_columns = True
    is_short = True

    def default_faults(self, question: Question, row_ids: Collection[str]) -> Iterator[str]:
        if question.default not in range(101):
            yield "a share was expected"

    def conditions(self, question: Question) -> set[str]:
        return super().conditions(question) | {"small", "large"}

    def _named(self, value: Any) -> Collection[str]:
        return ["large" if value >= 50 else "small"]

    def is_stored(self, value: Any) -> bool:
        return value in range(101)

    def reader(self, asked: Asked) -> Reader:
        def read(words: str) -> int:
            share = read_number(words.strip().removesuffix("%"))
            if share not in range(101):
                raise ValueError(Fault("error_range", {"least": 0, "most": 100}))
            return share

        return read

    def sample(self, asked: Asked, options: Sequence[Option], lines: Sequence[str]) -> Any:
        return 60

    def named(self, token: str) -> Any:
        return {"small": 10, "large": 60}[token]

    def typed(self, value: Any) -> str:
        return f"{value} %"

    def said(self, asked: Asked, value: Any, words: AnswerWords) -> list[str]:
        return [words.own(f"{value} %")]


@pytest.fixture
def a_ninth_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, ShareKind.id, ShareKind())
    monkeypatch.setitem(FIELDS, ShareKind.id, TYPED)


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the content with one more question, and a clause that needs it."""
    folder = Path(shutil.copytree(load.CONTENT, tmp_path / "pack"))

    def written(when: str = "large", says: dict[str, str] = TEXT, **changes: Any) -> Path:
        edit(folder / "steps/1-map.yaml", lambda step: step["pages"][1]["questions"].append(question() | changes))
        edit(folder / "policy/0100-purpose.yaml", lambda clause: clause["blocks"].append({"when": {"quota": [when]}, "paragraph": says}))
        return folder

    return written


def question() -> dict[str, Any]:
    return {"id": "quota", "kind": "share", "label": LABEL, "sources": ["own"]}


def edit(file: Path, change: Callable[[Any], None]) -> None:
    yaml = YAML(typ="safe", pure=True)
    data = yaml.load(file.read_text("utf-8"))
    change(data)
    with file.open("w", encoding="utf-8") as out:
        yaml.dump(data, out)


@pytest.fixture
def pack(a_ninth_kind: None, write: Write) -> Pack:
    return load.load(write())


@pytest.fixture
def app(app, pack, monkeypatch):
    """The app on that content, with a template for the kind."""
    for module in [module for module in sys.modules.values() if getattr(module, "the_pack", None) is load.the_pack and module is not load]:
        monkeypatch.setattr(module, "the_pack", lambda: pack)
    template = '{% set hint, mode, class = "0–100 %", "numeric", "short" %}{% include "fields/text.html" %}'
    monkeypatch.setitem(app.jinja_env.globals, "pack", pack)
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([app.jinja_env.loader, DictLoader({"fields/share.html": template})]))
    app.jinja_env.cache.clear()  # a template keeps the globals that it was made with
    yield app
    app.jinja_env.cache.clear()


@pytest.mark.parametrize(
    ("when", "changes", "fault"),
    [
        ("middling", {}, "quota has no answer middling"),
        ("large", {"default": 101}, "quota.default: a share was expected"),
        ("large", {"columns": [{"id": "a", "label": LABEL, "kind": "text"}]}, "quota.columns: a question of kind share has no columns"),
        ("large", {"kind": "shares"}, "kind: shares is none of text, long_text, number, date, choice, choices, grid, rows, share"),
        ("large", {"columns": [{"id": "a", "label": LABEL, "kind": "rows"}]}, "a.kind: rows is none of text, long_text, date, choice, share"),
    ],
)  # fmt: skip
def test_the_content_is_held_to_what_the_kind_takes(a_ninth_kind, write, when, changes, fault) -> None:
    with pytest.raises(load.PackError) as refused:
        load.load(write(when, **changes))
    assert any(line.endswith(fault) and "quota" in line for line in refused.value.faults), refused.value.faults


def test_a_page_reads_stores_and_shows_it(app, client) -> None:
    id = start_policy(client)
    address = "/nb/policies/{}/{}/{}".format(id, *PLACE)
    page = client.get(address).text
    assert "0–100 %" in page
    refused = client.post(address, data={"quota": ["101"], "asked": ["quota"], **hidden(page)})
    assert (refused.status_code, 'id="error-quota"' in refused.text) == (422, True)
    assert client.post(address, data={"quota": [" 60 % "], "asked": ["quota"], **hidden(page)}).status_code == 303
    assert 'name="quota" value="60 %"' in client.get(address).text
    assert "60 %" in re.sub("<[^>]+>", "", unescape(client.get(f"/nb/policies/{id}/check").text))
    assert "Andelen er 60 %." in client.get(f"/nb/policies/{id}/preview").text


def text_of(document: Any) -> str:
    return " ".join(plain.draw(document).split())


@pytest.mark.parametrize(("share", "is_large"), [(0, False), (49, False), (50, True), (100, True)])
def test_a_condition_holds_and_the_sentence_says_it(pack, share, is_large) -> None:
    now = standing(pack, {"quota": share})
    assert now.holds({"quota": ["large"]}) is is_large
    assert now.holds({"quota": ["small"]}) is not is_large
    assert (f"Andelen er {share} %." in text_of(assemble.policy(Draft(pack, {"quota": share}, "nb")))) is is_large
    assert said(now, pack.questions["quota"], share, "nb") == ([f"{share} %"])


@pytest.mark.parametrize("value", [101, -1, "60", [60], {"a": 60}])
def test_what_is_no_such_answer_is_passed_over(pack, value) -> None:
    assert standing(pack, {"quota": value}).tokens("quota") == {"blank"}


def test_an_undecided_one_is_open(pack) -> None:
    now = standing(pack, {"quota": None})
    assert now.tokens("quota") == {"undecided"}


def test_an_author_is_shown_what_it_brings_about(pack) -> None:
    shown = preview.show(pack, "quota", ["nb"])
    assert "── given ──" in shown
    assert "Andelen er 60 %." in shown
    assert answers_for(pack, {"quota": ["small"]}) == {"quota": 10}


def test_it_is_asked_on_paper(pack) -> None:
    text = text_of(assemble.questions(Draft(pack, {}, "nb")))
    after = text[text.index(LABEL["nb"]) :]
    assert after.removeprefix(LABEL["nb"]).strip().startswith(pack.word("write_here", "nb"))


@pytest.mark.parametrize(("given", "stored", "lost"), [(60, 60, None), ("60 %", 60, None), (None, None, None), (101, "", "101"), ("mye", "", "mye")])
def test_a_file_of_answers_keeps_it_or_says_why_not(pack, given, stored, lost) -> None:
    file = json.loads(savefile.write(pack, {}, "nb")) | {"answers": {"quota": given}}
    found = savefile.read(pack, json.dumps(file))
    assert found.answers.get("quota", "") == stored
    assert [change.words for change in found.changes] == ([lost] if lost else [])
    assert savefile.read(pack, savefile.write(pack, found.answers, "nb")).answers == found.answers


def test_a_column_may_be_of_it(a_ninth_kind, write) -> None:
    column = {"id": "of", "label": LABEL, "kind": "share", "required": True}
    pack = load.load(write("complete", dict.fromkeys(TEXT, "Flere."), kind="rows", columns=[column]))
    now = standing(pack, {"quota": [{"of": 0}, {"of": "x"}]})
    assert now.values["quota"] == [{"of": 0}, {"of": ""}]
    assert now.tokens("quota") == {"given", "complete"}
    assert said(now, pack.questions["quota"], now.values["quota"], "nb") == ["0 %"]
