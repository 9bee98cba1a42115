"""The mutation run itself: its tables name what is there, and its faults are those that they are meant to be."""

import ast
from pathlib import Path

import pytest

from tests.mutation.__main__ import chosen, read, sample
from tests.mutation.mutants import mutants

ROOT = Path(__file__).parents[2]
MODULES = chosen([])


@pytest.mark.parametrize("path", MODULES)
def test_every_module_and_its_tests_are_where_the_table_says(path) -> None:
    assert (ROOT / path).is_file()
    for test in MODULES[path][1]:
        assert (ROOT / test.partition("::")[0]).is_file(), test


def test_every_mutant_called_equivalent_can_still_be_made_and_is_told_why() -> None:
    made = {mutant.name for path in MODULES for mutant in mutants(path, (ROOT / path).read_text("utf-8"))}
    for one in read("equivalent.yaml"):
        assert (one["module"], one["line"], one["was"], one["now"]) in made, one
        assert one["why"].strip()


@pytest.mark.parametrize("path", MODULES)
def test_every_mutant_can_be_read_and_is_another_program(path) -> None:
    source = (ROOT / path).read_text("utf-8")
    found = sample(path, 40, 1)
    assert found == sample(path, 40, 1), "the same ones each time"
    assert all(ast.dump(ast.parse(mutant.source)) != ast.dump(ast.parse(source)) for mutant in found[:8])


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("a < b <= c", ["(a <= b <= c)", "(a < b < c)"]),
        ("x = a and not b", ["(a or not b)", "(b)"]),
        ("x = n + 5", ["(n - 5)", "4", "6"]),
        ("x = 'ø' + f'{1 < 2}'", []),
        ("x = words[:most]", [":"]),
        ("x = {'owner', 'editor'}", ["{'editor'}", "{'owner'}"]),
        ("x = owner | editor", ["owner"]),
        ("x = any(y for y in z)", ["all"]),
        ("x = [y for y in z if y.old]", ["not"]),
        ("find(id, lock=is_saving())", ["(not is_saving())", "pass"]),
        ("g.role = role", ["pass"]),
        ("raise ValueError", ["pass"]),
        ("def f() -> bool:\n    '''Doc 1.'''\n    return g(2)", ["1", "3", "return not (g(2))"]),
        ("@limited('start')\ndef f(a: Literal['a', 'b']) -> int:\n    return a", ["(lambda same: same)", "return None"]),
        ("size: Mapped[int] = mapped_column(String(20))", []),
        ("class A:\n    @property\n    def b(self) -> None: ...", []),
    ],
)  # fmt: skip
def test_what_faults_are_put_in(source, faults) -> None:
    found = [mutant.now for mutant in mutants("x.py", source)]
    assert len(found) == len(faults)
    assert all(any(fault in now for now in found) for fault in faults), found
