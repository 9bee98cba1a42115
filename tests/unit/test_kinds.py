"""What differs by the kind of question is said by its class: nothing else asks which kind it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from app.documents import savefile
from app.documents.generated_lists import PAPER
from app.pack.answers import standing
from app.pack.kinds import KINDS
from app.pack.load import the_pack
from app.steps.kind_fields import FIELDS

APP = Path(app.__file__).parent
TEMPLATES = APP / "templates"
KEYED = {"steps/kind_fields.py"}  # the tables that have a line for every kind
MODULES = sorted(path for path in APP.rglob("*.py") if "pack/kinds" not in path.as_posix())


def literals(node: ast.expr) -> set[str]:
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def compared(tree: ast.AST) -> Iterator[int]:
    """The lines that compare a kind with the ids of kinds: `q.kind == "rows"`, `kind in ("grid", "rows")`, `match q.kind`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            names = {getattr(side, "attr", getattr(side, "id", "")) for side in sides} | {word for side in sides for word in literals(side)}
            if "kind" in names and any(literals(side) & KINDS.keys() for side in sides):
                yield node.lineno
        if isinstance(node, ast.Match) and getattr(node.subject, "attr", "") == "kind":
            yield node.lineno


def keyed(tree: ast.AST) -> Iterator[int]:
    """The lines at which a table begins that is keyed by kinds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if len(keys & KINDS.keys()) > 1 and keys <= KINDS.keys():
                yield node.lineno


def test_no_code_asks_which_kind_a_question_is() -> None:
    found = {path.relative_to(APP).as_posix() for path in MODULES if any(compared(ast.parse(path.read_text("utf-8"))))}
    assert found == set()


def test_only_known_tables_are_keyed_by_kind() -> None:
    found = {path.relative_to(APP).as_posix() for path in MODULES if list(keyed(ast.parse(path.read_text("utf-8"))))}
    assert found == KEYED


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_asks_which_kind_a_question_is(template) -> None:
    asked = re.findall(r"\b(?:q|question|column|asked\.question)\.kind\s*(?:==|!=|in\b|not in\b)", template.read_text("utf-8"))
    assert asked == []


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('q.kind == "rows"', True), ('"rows" != q.kind', True), ('column.kind in ("choice", "date")', True), ('kind not in {"grid"}', True),
        ('getattr(q, "kind", "") == "date"', True), ('part.kind == "hole"', False), ('q.kind == other.kind', False), ('name == "rows"', False),
    ],
)  # fmt: skip
def test_a_comparison_is_found_however_it_is_written(code, is_found) -> None:
    assert bool(list(compared(ast.parse(code)))) is is_found


def test_every_kind_has_its_fields_its_template_and_its_look_on_paper() -> None:
    assert set(FIELDS) == set(KINDS), "app/steps/kind_fields.py: FIELDS"
    looks = {"board", "risk", "boards_head"}  # a grid of lights or of risks, and the files that their pages load
    assert {path.stem for path in (TEMPLATES / "fields").glob("*.html")} == set(KINDS) | looks, "app/templates/fields/"
    assert {kind.on_paper for kind in KINDS.values()} == set(PAPER), "app/documents/generated_lists.py: PAPER"
    assert {id: kind.id for id, kind in KINDS.items()} == {id: id for id in KINDS}


@pytest.mark.parametrize("words", ["blank", "undecided", "complete", " "])
def test_own_words_are_never_taken_for_what_a_condition_says(words) -> None:
    """A workplace called "Blank" has a name."""
    tokens = standing(the_pack(), {"workplace_name": words}).tokens("workplace_name")
    assert tokens == ({"given"} if words.strip() else {"blank"})


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_every_kind_can_be_told_that_nothing_is_answered(kind) -> None:
    question = next(q for q in the_pack().questions.values() if q.kind == kind.id)
    for nothing in (None, "", [] if kind.takes_several or kind.is_list else ""):
        assert kind.tokens(question, nothing) == {"blank"}
        assert kind.records(nothing) == kind.paired(nothing, ()) == []
        assert list(kind.by_line(nothing)) == []


@pytest.mark.parametrize("question", the_pack().questions.values(), ids=lambda q: q.id)
def test_what_is_made_up_for_a_question_counts_and_comes_back_from_a_file(question) -> None:
    kind = KINDS[question.kind]
    source = the_pack().questions.get(question.rows_from or "")
    lines = ["0"] if kind.is_list else [row.id for row in [*question.rows, *(source.options if source else ())]]
    sample = kind.sample(question, [option for option in question.options if not option.when], lines)
    read = savefile.read(the_pack(), savefile.write(the_pack(), {question.id: sample}, "nb"))
    assert (read.answers, read.changes) == ({question.id: sample}, ())
    assert "given" in kind.tokens(question, sample)
    assert kind.tokens(question, kind.nothing) == {"blank"}
