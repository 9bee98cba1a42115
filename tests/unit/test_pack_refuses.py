"""The loader refuses, naming file and key, whatever would break a document."""

# ruff: noqa: E501 - a table is read by its rows

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from app.pack import yaml_cache
from app.pack.load import PackError, load, the_pack
from tests.unit.edited import Edit, copied, faults_with


def question(data: Any, page: int = 0, at: int = 0) -> Any:
    return data["pages"][page]["questions"][at]


def named(data: Any, id: str) -> Any:
    """The question with this id."""
    return next(one for page in data["pages"] for one in page["questions"] if one["id"] == id)


def put(target: Any, **keys: Any) -> None:
    target.update({name.rstrip("_"): value for name, value in keys.items()})


TEXT = {"nb": "a", "nn": "b", "en": "c"}
MAP, CLAUSE, SHEET, CHECKS = "steps/1-map.yaml", "policy/0100-purpose.yaml", "rules.yaml", "checks.yaml"

REFUSALS: dict[str, tuple[str, Edit, str]] = {
    "unknown key": (MAP, lambda d: put(question(d), colour="red"), "workplace_name.colour"),
    "missing language": (MAP, lambda d: question(d)["label"].pop("nn"), "workplace_name.label.nn"),
    "empty text": (MAP, lambda d: put(question(d)["label"], nn=" "), "workplace_name.label.nn"),
    "duplicate question": (MAP, lambda d: put(question(d), id="org_number"), "org_number: this id is there 2 times"),
    "dangling source": (MAP, lambda d: put(question(d), sources=["nowhere"]), "there is no source nowhere"),
    "question without source": (MAP, lambda d: put(question(d), sources=[]), "no source; own advice says `own`"),
    "when names nothing": (MAP, lambda d: put(question(d, 1), when={"nothing": ["given"]}), "there is no question nothing"),
    "when names a later page": (MAP, lambda d: put(question(d), when={"substances": ["alcohol"]}), "substances is not on an earlier page"),
    "when names what stands below it": (MAP, lambda d: put(question(d, 0, 1), when={"size": ["n1_4"]}), "size is not on an earlier page"),
    "when names words of the same page": (MAP, lambda d: put(question(d, 0, 1), when={"workplace_name": ["given"]}), "workplace_name is not on an earlier page"),
    "when asks the same page for a blank": (MAP, lambda d: put(question(d, 0, 3), when={"sector": ["blank"]}), "sector is not on an earlier page"),
    "option by the same page": (MAP, lambda d: put(question(d, 0, 3)["options"][0], when={"sector": ["office"]}), "sector is not on an earlier page"),
    "own rows named where there are none": ("steps/5-partners.yaml", lambda d: put(named(d, "ohs_level"), own_name=TEXT), "ohs_level.own_name: there are no rows"),
    "when names no option": (MAP, lambda d: put(question(d, 1), when={"size": ["n7"]}), "size has no answer n7"),
    "default is no option": ("steps/2-scope.yaml", lambda d: put(named(d, "hangover"), default="x"), "x is not an option"),
    "suggestion is no option": ("steps/6-references.yaml", lambda d: put(named(d, "length")["suggested"][0], value="x"), "length.suggested: x is not an option"),
    "suggestion by a later page": ("steps/6-references.yaml", lambda d: put(named(d, "length")["suggested"][0], when={"appendices": ["sources"]}), "appendices is not on an earlier page"),
    "suggestion without default": ("steps/6-references.yaml", lambda d: named(d, "length").pop("default"), "stands beside a default"),
    "high_without is no risk": (CHECKS, lambda d: put(next(c for c in d["checks"] if "high_without" in c)["high_without"], question="lights"), "lights is not a grid with two columns of numbers"),
    "high_without is no column": (CHECKS, lambda d: put(next(c for c in d["checks"] if "high_without" in c)["high_without"], column="likelihood"), "risk has no column likelihood in which one writes"),
    "later is no answer": ("pack.yaml", lambda d: put(d["later"][0], before="x"), "length has no answer x"),
    "later is no question": ("pack.yaml", lambda d: put(d["later"][0], id="nowhere"), "later: there is no question nowhere"),
    "reserved option": (MAP, lambda d: put(question(d, 0, 3)["options"][0], id="given"), "given is a reserved word"),
    "too many pages": (MAP, lambda d: d["pages"].extend([{**p, "id": p["id"] + "_b"} for p in d["pages"]]), "2 to 7 pages, not 8"),
    "too many questions": (MAP, lambda d: d["pages"][0]["questions"].extend({**question(d), "id": f"q{n}"} for n in range(9)), "a page has 1 to 8 questions, not "),
    "clause without source": (CLAUSE, lambda d: put(d, sources=[]), "no source; own advice says `own`"),
    "clause names no question": (CLAUSE, lambda d: put(d, when={"size": ["n7"]}), "size has no answer n7"),
    "hole that nothing fills": (CLAUSE, lambda d: put(d["heading"], nb="{no_such}"), "no question fills {no_such}"),
    "hole in one language only": (CLAUSE, lambda d: put(d["heading"], en="{no_such}"), "no question fills {no_such}"),
    "block says two things": (CLAUSE, lambda d: put(d["blocks"][0], note=TEXT, paragraph=TEXT), "a block says exactly one thing"),
    "block of unknown kind": (CLAUSE, lambda d: d["blocks"].append({"video": TEXT}), ".video"),
    "each of a text": (CLAUSE, lambda d: d["blocks"].append({"each": "workplace_name"}), "workplace_name is of kind text"),
    "table without the column": (CLAUSE, lambda d: d["blocks"].append({"table": "lights", "columns": ["row", "x"]}), "lights has no column x"),
    "table without the row": (SHEET, lambda d: put(d["sections"][2]["blocks"][1], rows=["cook"]), "roles has no row cook"),
    "table by no choice": (SHEET, lambda d: put(d["sections"][1]["blocks"][0], by="rule"), ".by: names a column with options"),
    "rules named by nobody": (SHEET, lambda d: put(d["title"], nb="For {nobody}"), "rules.yaml: title: no question fills {nobody}"),
    "check that mends nothing": (CHECKS, lambda d: put(d["checks"][0], mend="nothing"), "there is no question nothing"),
    "check without condition": (CHECKS, lambda d: d["checks"].append({k: v for k, v in d["checks"][0].items() if k in ("severity", "message", "why", "mend", "sources")} | {"id": "bare"}), "bare.when: a check has a condition"),
    "check of severity unknown": (CHECKS, lambda d: put(d["checks"][0], severity="shouts"), ".severity"),
    "source without address": ("references.yaml", lambda d: [d["references"][0].pop(k, None) for k in ("address", "act", "paragraph")], "has an address, an act or a paragraph"),
    "source with half an address": ("references.yaml", lambda d: put(d["references"][0], address="akan.no"), ".address"),
    "source of low confidence with §": ("references.yaml", lambda d: put(d["references"][0], confidence="L", paragraph="loven § 1"), "names the act"),
    "source that nobody opened, with a date": ("references.yaml", lambda d: put(d["references"][0], confidence="M"), "only a source that somebody opened"),
    "unused question": (MAP, lambda d: d["pages"][0]["questions"].append({"id": "spare", "kind": "text", "label": TEXT, "sources": ["own"]}), "spare: nothing uses it"),
    "engine's question gone": ("steps/3-anchor.yaml", lambda d: put(named(d, "owner_function"), id="owner"), "owner_function: there is no such question, which the program needs"),
    "engine's question of another kind": ("steps/4-follow-up.yaml", lambda d: put(named(d, "review_date"), kind="text"), "review_date: the program needs a question of kind date, not text"),
    "engine's option gone": ("steps/3-anchor.yaml", lambda d: put(named(d, "decides")["options"][0], id="committee"), "decides.amu: is not there, and the program needs it"),
    "engine's column gone": ("steps/3-anchor.yaml", lambda d: put(named(d, "consulted")["columns"][0], id="whom"), "consulted.who: is not there, and the program needs it"),
    "season of no time": ("pack.yaml", lambda d: put(d, seasons={"jan": 1}), "seasons.jan: is no time of the year wheel without a month"),
    "yaml date as text": (MAP, lambda d: put(question(d)["label"], nb=2026), "workplace_name.label.nb"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.mark.parametrize("name", REFUSALS)
def test_refuses(name: str, folder: Path) -> None:
    file, edit, expected = REFUSALS[name]
    faults = faults_with(folder, file, edit)
    assert any(expected in fault for fault in faults), faults


def test_names_every_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        load(tmp_path)
    assert "references.yaml: the file is missing" in refused.value.faults


def test_refuses_a_key_that_stands_twice(folder: Path) -> None:
    file = folder / "dilemmas.yaml"
    file.write_text(file.read_text("utf-8") + "\ndilemmas: []\n", "utf-8")
    with pytest.raises(PackError, match=r"dilemmas\.yaml: .*duplicate key"):
        load(folder)


def test_norwegian_no_is_a_word_and_not_false(folder: Path) -> None:
    pack = load(folder)
    assert {"yes", "no", "unknown"} == {option.id for option in pack.questions["ohs"].options}


def test_a_changed_file_is_read_again(folder: Path) -> None:
    load(folder)
    file = folder / "pack.yaml"
    change(file, f'edition: "{the_pack().manifest.edition}"', 'edition: "2027.9"')
    assert load(folder).manifest.edition == "2027.9"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of each file that the YAML parser is given, in order."""
    texts: list[str] = []

    class Watched(YAML):
        def load(self, stream: str) -> Any:
            texts.append(stream)
            return super().load(stream)

    monkeypatch.setattr(yaml_cache, "YAML", Watched)
    return texts


def change(file: Path, old: str, new: str) -> str:
    text = file.read_text("utf-8").replace(old, new, 1)
    file.write_text(text, "utf-8")
    return text


def refused(folder: Path) -> list[str]:
    with pytest.raises(PackError) as error:
        load(folder)
    return error.value.faults


@pytest.mark.parametrize(("new", "fault"), [("mend: nobody", "there is no question nobody"), ("mends: bodies", "mends: Extra inputs")])
def test_a_fault_does_not_have_all_files_parsed_again(new: str, fault: str, folder: Path, parsed: list[str]) -> None:
    (folder / yaml_cache.NAME).unlink(missing_ok=True)
    first = change(folder / CHECKS, "mend: bodies", new)
    assert any(fault in line for line in refused(folder))
    assert first in parsed
    assert len(parsed) == len([*folder.rglob("*.yaml")]), "nothing was kept yet, so all are parsed"
    parsed.clear()
    assert any(fault in line for line in refused(folder))
    assert parsed == []
    second = change(folder / CHECKS, new, "mend: bodies")
    assert load(folder)
    assert parsed == [second]


def test_what_is_no_yaml_costs_nothing_but_itself(folder: Path, parsed: list[str]) -> None:
    load(folder)
    parsed.clear()
    broken = change(folder / CHECKS, "checks:", "checks: [")
    for _ in range(2):
        assert any(line.startswith(CHECKS) for line in refused(folder))
    assert parsed == [broken, broken]


@pytest.mark.parametrize("key", ["2026", "2026-11-02", "true", "~"])
def test_what_json_would_change_is_refused_the_second_time_too(key: str, folder: Path) -> None:
    """A key that is no text would come back from JSON as one, and pass."""
    change(folder / "pack.yaml", "words:\n", f"words:\n  {key}: {{nb: a, nn: b, en: c}}\n")
    first = refused(folder)
    assert any("valid string" in line for line in first)
    assert refused(folder) == first
