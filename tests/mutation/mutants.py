"""Makes mutants of a module: the same source with one small fault in it, such as somebody could make while changing it.

A mutant is a replacement of one stretch of the source, so that everything else, line numbers too, stays as it is.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
PREDICATES = ("is_", "has_", "can_", "may")
TYPES = {"Literal", "Callable", "Mapped", "Mapping", "TypeAdapter"}
STRUCTURE = {
    "property", "classmethod", "staticmethod", "dataclass", "contextmanager", "cache", "lru_cache", "hybrid_property", "expression", "setter",
    "get", "post", "route",
}  # fmt: skip
TEXT = (ast.JoinedStr, ast.List, ast.ListComp, ast.Tuple)
Change = tuple[Any, str]  # what is replaced, and the source that takes its place


class Mutant(NamedTuple):
    """One fault: where it is, what stood there and what stands there now, and the whole faulty source."""

    path: str
    line: int
    context: str
    was: str
    now: str
    source: str

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What names it wherever the line moves to."""
        return self.path, self.context, self.was, self.now


class _Source:
    """The text of a module, in which a node of its tree can be replaced."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.raw = text.encode()
        self.lines = text.split("\n")
        self.begins = [0, *accumulate(len(line.encode()) + 1 for line in self.lines)]

    def mutant(self, old: ast.expr, new: str) -> Mutant:
        start, end = self.begins[old.lineno - 1] + old.col_offset, self.begins[(old.end_lineno or 0) - 1] + (old.end_col_offset or 0)
        faulty = (self.raw[:start] + new.encode() + self.raw[end:]).decode()
        was = " ".join(self.raw[start:end].decode().split())
        return Mutant(self.path, old.lineno, self.lines[old.lineno - 1].strip(), was, new, faulty)


def mutants(path: str, text: str) -> list[Mutant]:
    """Every mutant of a source, from its first line to its last."""
    source = _Source(path, text)
    changes = [change for node in _nodes(ast.parse(text)) if type(node) in CHANGES for change in CHANGES[type(node)](node)]
    found = sorted((source.mutant(*change) for change in changes), key=lambda one: (one.line, one.was, one.now))
    return list({mutant.source: mutant for mutant in found}.values())


# ── which nodes may be changed: not types, names of columns, docstrings, nor what stands in f-strings (Python 3.11 does not know where) ──


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    if _is_declaration(node):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params") or isinstance(node, ast.JoinedStr):
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST) and not (name == "decorator_list" and _last_name(one) in STRUCTURE):
                yield from _nodes(one)


def _is_declaration(node: ast.AST) -> bool:
    """Whether it only says what something is, to the type checker or to the database."""
    if isinstance(node, ast.AnnAssign):
        return "Mapped" in ast.unparse(node.annotation)
    if isinstance(node, ast.Subscript):
        return _last_name(node.value) in TYPES
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("__all__", "__table_args__", "__slots__")


def _last_name(node: ast.AST) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


# ── the kinds of fault ──


def _grouped(node: ast.AST) -> str:
    return f"({ast.unparse(node)})"


def _compare(node: ast.Compare) -> Iterator[Change]:
    """The limit itself on the other side; the opposite of what was asked."""
    for at, op in enumerate(node.ops):
        if other := OTHER.get(type(op)):
            ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
            yield node, _grouped(ast.Compare(node.left, ops, node.comparators))  # type: ignore[arg-type]


def _bool_op(node: ast.BoolOp) -> Iterator[Change]:
    yield node, _grouped(ast.BoolOp(OTHER[type(node.op)](), node.values))  # type: ignore[arg-type]


def _not(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield node, _grouped(node.operand)


def _bin_op(node: ast.BinOp) -> Iterator[Change]:
    """Plus for minus; one of two parts alone. Not where words are joined."""
    if isinstance(node.op, ast.BitOr):
        yield node, _grouped(node.left)
    elif type(node.op) in OTHER and not any(_is_text(side) for side in (node.left, node.right)):
        yield node, _grouped(ast.BinOp(node.left, OTHER[type(node.op)](), node.right))  # type: ignore[arg-type]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, TEXT) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield node, str(not node.value)
    elif isinstance(node.value, int):
        yield from ((node, str(node.value + by)) for by in (1, -1))


def _elements(node: ast.Set | ast.Tuple | ast.List) -> Iterator[Change]:
    """One of several known values is left out."""
    if len(node.elts) > 1 and all(isinstance(one, ast.Constant) for one in node.elts):
        for at in range(len(node.elts)):
            yield node, ast.unparse(type(node)(elts=[*node.elts[:at], *node.elts[at + 1 :]], ctx=ast.Load()))


def _slice(node: ast.Slice) -> Iterator[Change]:
    """The limit is gone."""
    if node.lower:
        yield node, ast.unparse(ast.Slice(None, node.upper, node.step))
    if node.upper:
        yield node, ast.unparse(ast.Slice(node.lower, None, node.step))


def _name(node: ast.Name) -> Iterator[Change]:
    if node.id in NAMES:
        yield node, NAMES[node.id]


def _condition(node: ast.If | ast.IfExp | ast.While) -> Iterator[Change]:
    yield from _opposite(node.test)


def _filter(node: ast.comprehension) -> Iterator[Change]:
    for test in node.ifs:
        yield from _opposite(test)


def _given(node: ast.keyword | ast.Assign) -> Iterator[Change]:
    """The answer of a predicate that is handed on."""
    if isinstance(node.value, ast.Call) and _last_name(node.value).startswith(PREDICATES):
        yield node.value, f"(not {ast.unparse(node.value)})"
    if isinstance(node, ast.Assign) and all(isinstance(one, ast.Attribute | ast.Subscript) for one in node.targets):
        yield node, "pass"


def _opposite(test: ast.expr) -> Iterator[Change]:
    """The opposite of a condition that has no operator of its own."""
    if not isinstance(test, ast.Compare | ast.BoolOp) and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
        yield test, f"(not {_grouped(test)})"


def _left_out(node: ast.stmt) -> Iterator[Change]:
    if not (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call)):
        yield node, "pass"


def _function(node: ast.FunctionDef) -> Iterator[Change]:
    """What it returns, and what is laid around it."""
    for decorator in node.decorator_list:
        if _last_name(decorator) not in STRUCTURE:
            yield decorator, "(lambda same: same)"
    is_bool = node.returns is not None and ast.unparse(node.returns) == "bool"
    for one in _returns(node):
        yield from _returned(one, is_bool)


def _returned(node: ast.Return, is_bool: bool) -> Iterator[Change]:
    """Nothing; or the opposite, where no operator gives it."""
    if node.value is None or ast.unparse(node.value) == "None":
        return
    if not is_bool:
        yield node, "return None"
    elif isinstance(node.value, ast.Call):
        yield node, f"return not {_grouped(node.value)}"


def _returns(node: ast.AST) -> Iterator[ast.Return]:
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.Return):
            yield one
        elif not isinstance(one, ast.FunctionDef | ast.ClassDef):
            yield from _returns(one)


CHANGES: dict[type[ast.AST], Callable[..., Iterator[Change]]] = {
    ast.Compare: _compare, ast.BoolOp: _bool_op, ast.UnaryOp: _not, ast.BinOp: _bin_op, ast.Constant: _constant, ast.Set: _elements,
    ast.Tuple: _elements, ast.List: _elements, ast.Slice: _slice, ast.Name: _name, ast.If: _condition, ast.IfExp: _condition,
    ast.While: _condition, ast.comprehension: _filter, ast.keyword: _given, ast.Assign: _given, ast.FunctionDef: _function, ast.Expr: _left_out,
    ast.Raise: _left_out, ast.AugAssign: _left_out, ast.Delete: _left_out, ast.Continue: _left_out,
}  # fmt: skip
