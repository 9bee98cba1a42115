"""The loader refuses, naming file and key, whatever would break a document."""

# ruff: noqa: E501 - a table is read by its rows

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from app.pack.load import CONTENT, PackError, load

Edit = Callable[[Any], None]


def question(data: Any, page: int = 0, at: int = 0) -> Any:
    return data["pages"][page]["questions"][at]


def put(target: Any, **keys: Any) -> None:
    target.update({name.rstrip("_"): value for name, value in keys.items()})


TEXT = {"nb": "a", "nn": "b", "en": "c"}
MAP, CLAUSE, CHECKS = "steps/1-map.yaml", "policy/0100-purpose.yaml", "checks.yaml"

REFUSALS: dict[str, tuple[str, Edit, str]] = {
    "unknown key": (MAP, lambda d: put(question(d), colour="red"), "workplace_name.colour"),
    "missing language": (MAP, lambda d: question(d)["label"].pop("nn"), "workplace_name.label.nn"),
    "empty text": (MAP, lambda d: put(question(d)["label"], nn=" "), "workplace_name.label.nn"),
    "duplicate question": (MAP, lambda d: put(question(d), id="org_number"), "org_number: this id is there 2 times"),
    "dangling source": (MAP, lambda d: put(question(d), sources=["nowhere"]), "there is no source nowhere"),
    "question without source": (MAP, lambda d: put(question(d), sources=[]), "no source; own advice says `own`"),
    "when names nothing": (MAP, lambda d: put(question(d, 1), when={"nothing": ["given"]}), "there is no question nothing"),
    "when names a later page": (MAP, lambda d: put(question(d), when={"substances": ["alcohol"]}), "substances is not on an earlier page"),
    "when names the same page": (MAP, lambda d: put(question(d, 0, 1), when={"size": ["n1_4"]}), "size is not on an earlier page"),
    "when names no option": (MAP, lambda d: put(question(d, 1), when={"size": ["n7"]}), "size has no answer n7"),
    "default is no option": ("steps/2-scope.yaml", lambda d: put(question(d, 1, 1), default="x"), "x is not an option"),
    "reserved option": (MAP, lambda d: put(question(d, 0, 3)["options"][0], id="given"), "given is a reserved word"),
    "too many pages": (MAP, lambda d: d["pages"].extend([{**p, "id": p["id"] + "_b"} for p in d["pages"]]), "2 to 4 pages"),
    "clause without source": (CLAUSE, lambda d: put(d, sources=[]), "no source; own advice says `own`"),
    "clause names no question": (CLAUSE, lambda d: put(d, when={"size": ["n7"]}), "size has no answer n7"),
    "hole that nothing fills": (CLAUSE, lambda d: put(d["heading"], nb="{no_such}"), "no question fills {no_such}"),
    "hole in one language only": (CLAUSE, lambda d: put(d["heading"], en="{no_such}"), "no question fills {no_such}"),
    "block says two things": (CLAUSE, lambda d: put(d["blocks"][0], note=TEXT, paragraph=TEXT), "a block says exactly one thing"),
    "block of unknown kind": (CLAUSE, lambda d: d["blocks"].append({"video": TEXT}), ".video"),
    "each of a text": (CLAUSE, lambda d: d["blocks"].append({"each": "workplace_name"}), "workplace_name is of kind text"),
    "table without the column": (CLAUSE, lambda d: d["blocks"].append({"table": "lights", "columns": ["row", "x"]}), "lights has no column x"),
    "check that mends nothing": (CHECKS, lambda d: put(d["checks"][0], mend="nothing"), "there is no question nothing"),
    "check without condition": (CHECKS, lambda d: d["checks"].append({k: v for k, v in d["checks"][0].items() if k in ("severity", "message", "why", "mend", "sources")} | {"id": "bare"}), "bare.when: a check has a condition"),
    "check of severity unknown": (CHECKS, lambda d: put(d["checks"][0], severity="shouts"), ".severity"),
    "source without address": ("references.yaml", lambda d: [d["references"][0].pop(k, None) for k in ("address", "act", "paragraph")], "has an address, an act or a paragraph"),
    "source with half an address": ("references.yaml", lambda d: put(d["references"][0], address="akan.no"), ".address"),
    "source of low confidence with §": ("references.yaml", lambda d: put(d["references"][0], confidence="L", paragraph="loven § 1"), "names the act"),
    "source that nobody opened, with a date": ("references.yaml", lambda d: put(d["references"][0], confidence="M"), "only a source that somebody opened"),
    "unused question": (MAP, lambda d: d["pages"][0]["questions"].append({"id": "spare", "kind": "text", "label": TEXT, "sources": ["own"]}), "spare: nothing uses it"),
    "yaml date as text": (MAP, lambda d: put(question(d)["label"], nb=2026), "workplace_name.label.nb"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "pack"))


@pytest.mark.parametrize("name", REFUSALS)
def test_refuses(name: str, folder: Path) -> None:
    file, edit, expected = REFUSALS[name]
    yaml = YAML(typ="safe", pure=True)
    data = yaml.load((folder / file).read_text("utf-8"))
    edit(data)
    with (folder / file).open("w", encoding="utf-8") as out:
        yaml.dump(data, out)
    with pytest.raises(PackError) as refused:
        load(folder)
    assert any(expected in fault for fault in refused.value.faults), refused.value.faults


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
    file.write_text(file.read_text("utf-8").replace("2026.2", "2027.9"), "utf-8")
    assert load(folder).manifest.edition == "2027.9"
