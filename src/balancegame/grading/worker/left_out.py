"""Statements that need a module which is not open: they are left out, the rest of a cell runs.

What counts is what a notebook gives when it is run. There, ``import matplotlib.pyplot as plt``
above an answer leaves it as it is. What such a statement would have given a name, nobody can know
here: the name stands for nothing, and whatever uses it needs that module too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from math import inf
from types import TracebackType
from typing import Any, NoReturn

from balancegame.grading.worker.imports import NotOpenError


class Unknown:
    """The value of a name that a statement which was left out would have given one."""

    __slots__ = ("_needed",)

    def __init__(self, needed: NotOpenError) -> None:
        object.__setattr__(self, "_needed", needed)

    def __getattr__(self, name: str) -> NoReturn:
        _refuse(self)


def needed_by(unknown: Unknown) -> NotOpenError:
    """Return what was raised when a name could be given no value."""
    needed: NotOpenError = object.__getattribute__(unknown, "_needed")
    return needed


def _refuse(unknown: Unknown, *_: object, **__: object) -> NoReturn:
    needed = needed_by(unknown)
    raise NotOpenError(str(needed.name), needed.opened)


_ARITHMETIC = (
    "add",
    "sub",
    "mul",
    "matmul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "and",
    "or",
    "xor",
)
_SPECIAL = {
    *(f"__{side}{name}__" for name in _ARITHMETIC for side in ("", "r")),
    *(f"__{name}__" for name in ("eq", "ne", "lt", "le", "gt", "ge", "neg", "pos", "abs", "round")),
    *(f"__{name}__" for name in ("bool", "int", "float", "complex", "index", "hash")),
    *(f"__{name}__" for name in ("len", "iter", "next", "contains", "getitem", "setitem")),
    *(f"__{name}__" for name in ("call", "enter", "exit", "await", "aiter", "aenter")),
    *(f"__{name}__" for name in ("str", "repr", "format", "setattr", "delattr", "delitem")),
}
for _name in _SPECIAL:
    setattr(Unknown, _name, _refuse)


def rest_after(program: ast.Module, needed: NotOpenError, namespace: dict[str, Any]) -> ast.Module:
    """Return what is left of a cell behind the statement that needs a module which is not open.

    What that statement would have given a value is unknown from now on.
    """
    line, column = _place(needed.__traceback__)
    begun = [each for each in program.body if _start(each) <= (line, column)]
    left_out, rest = begun[-1], program.body[len(begun) :]
    if isinstance(left_out, ast.Import):
        top = str(needed.name).partition(".")[0]
        tops = [alias.name.partition(".")[0] for alias in left_out.names]
        # What is open may itself import what is not; then nothing of the statement is known.
        if top in tops:
            k = tops.index(top)
            after = [ast.Import([alias]) for alias in left_out.names[k + 1 :]]
            rest = [*(ast.copy_location(each, left_out) for each in after), *rest]
            left_out = ast.Import([left_out.names[k]])
    namespace |= dict.fromkeys(names_bound(left_out), Unknown(needed))
    # They hold for a whole cell.
    rules = [each for each in begun if isinstance(each, ast.ImportFrom) and is_rule(each)]
    return ast.Module([*rules, *rest], [])


def is_rule(statement: ast.ImportFrom) -> bool:
    """Return whether it changes how a whole cell is read, such as its annotations."""
    return statement.module == "__future__"


def names_bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a piece of a program gives a value, outside functions and classes."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                yield node.id
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif not isinstance(node, ast.Lambda | ast.comprehension):
            waiting += ast.iter_child_nodes(node)


def _start(statement: ast.stmt) -> tuple[float, float]:
    first = [statement, *getattr(statement, "decorator_list", [])]
    return min((each.lineno, each.col_offset) for each in first)


def _place(trace: TracebackType | None) -> tuple[float, float]:
    """Return the line and column in the cell of the statement that stopped."""
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_name == "<module>":
            _, _, column, _ = [*code.co_positions()][trace.tb_lasti // 2]
            return trace.tb_lineno, inf if column is None else column
        trace = trace.tb_next
    return inf, inf
