"""Which questions the program itself reads: each is named in one module, and a pack without one of them is refused."""

import ast
from pathlib import Path

from app.pack import engine
from app.pack.load import the_pack

ROOT = Path(__file__).parents[2]
HOME = "app/pack/engine.py"
# Words that are an id of a question and something else too: a fact of papers.yaml, a column of a table, an event, a kind of block, an origin.
OTHERWISE = {
    "app/services/plan/measures.py": {"risk"},
    "app/values/vocabulary.py": {"risk"},
    "app/documents/frozen.py": {"wheel"},
    "app/delegation/views_colleague.py": {"risk"},
    "app/steps/boards.py": {"risk"},
    "app/steps/page_context.py": {"risk"},
    "app/pack/papers.py": {"made_known", "review_date", "decides", "case_number", "testing"},
    "app/documents/papers/facts.py": {"made_known", "review_date", "decides"},
    "app/documents/papers/lists.py": {"made_known"},
}


def literals(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_the_pack_has_what_the_program_needs() -> None:
    assert list(engine.engine_faults(the_pack().questions)) == []


def test_a_pack_without_them_is_told_each() -> None:
    faults = list(engine.engine_faults({}))
    assert len(faults) == len(engine.NEEDED)
    assert all(any(f" {needed.id}: there is no such question" in fault for fault in faults) for needed in engine.NEEDED)


def test_no_other_module_names_a_question_that_the_program_needs() -> None:
    needed = {one.id for one in engine.NEEDED}
    found = {path.relative_to(ROOT).as_posix(): literals(path) & needed for path in (ROOT / "app").rglob("*.py")}
    assert {file: words - OTHERWISE.get(file, set()) for file, words in found.items() if file != HOME and words - OTHERWISE.get(file, set())} == {}
