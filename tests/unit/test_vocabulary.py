"""Each closed list of words stands once, in app/values/vocabulary.py or where it alone is used."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from app.documents.record import Remark
from app.pack.review import CommentKindWords, OutcomeWords
from app.values import vocabulary

ROOT = Path(__file__).parents[2]
HOME = "app/values/vocabulary.py"
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "app").rglob("*.py"))
SHARED = {name: frozenset(value) for name, value in vars(vocabulary).items() if name.isupper() and isinstance(value, tuple | frozenset)}


def lists_in(file: str) -> Iterator[tuple[int, frozenset[str]]]:
    """Every list of three words or more that is written out: the line, and the words."""
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.Tuple | ast.Set | ast.List):
            words = frozenset(one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str))
            if len(words) == len(node.elts) and len(words) > 2:
                yield node.lineno, words


def test_a_shared_list_is_written_out_in_one_place() -> None:
    found = {f"{file}:{line}" for file in FILES if file != HOME for line, words in lists_in(file) if words in SHARED.values()}
    assert found == set()


def test_no_list_of_allowed_words_stands_twice() -> None:
    seen: dict[frozenset[str], set[str]] = {}
    for file in FILES:
        for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
            if (
                isinstance(node, ast.Subscript)
                and isinstance(node.value, ast.Name)
                and node.value.id == "Literal"
                and isinstance(node.slice, ast.Tuple)
            ):
                words = frozenset(str(one.value) for one in node.slice.elts if isinstance(one, ast.Constant))
                seen.setdefault(words, set()).add(file)
    assert {tuple(sorted(words)): files for words, files in seen.items() if len(files) > 1 and len(words) > 2} == {}


@pytest.mark.parametrize(("shape", "field", "words"), [(CommentKindWords, "id", vocabulary.CommentKind), (OutcomeWords, "id", vocabulary.Outcome)])
def test_the_content_speaks_of_the_same_words(shape, field, words) -> None:
    assert get_args(shape.model_fields[field].annotation) == get_args(words)


def test_an_outcome_may_be_missing_where_it_is_stored_and_in_the_record() -> None:
    assert set(vocabulary.STORED_OUTCOMES) - set(vocabulary.OUTCOMES) == {""}
    assert Remark.__annotations__["outcome"] == "StoredOutcome"
