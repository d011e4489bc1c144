"""Statements that need what is not there: they are left out, and the rest of a cell runs.

What counts is what a notebook gives when it is run. There, ``import matplotlib.pyplot as plt``
above an answer leaves it as it is. What such a statement would have given a name, nobody can know
here, and whatever uses that name needs the same.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf
from types import MappingProxyType, TracebackType
from typing import Any

from balancegame.grading.worker.imports import NotOpenError
from balancegame.grading.worker.unknown import Lack, Unknown, UnknownUsed

ANY_NAME = "*"
"""What stands for the names that ``from x import *`` gives a value."""

_CHANGING = {*dir(list), *dir(dict), *dir(set)} - {
    *dir(tuple),
    *dir(MappingProxyType),
    *dir(frozenset),
}


def lack_behind(error: BaseException, cells: Sequence[str]) -> Lack | None:
    """Return what was not there, if that is why student code stopped, where some cells have run."""
    if isinstance(error, NotOpenError | UnknownUsed):
        return error.lack
    if type(error) is NameError and error.name:
        return _lack_of_import(error.name, tuple(cells))
    return None


# A function that stops at a name stops there each time that it is asked.
@lru_cache(maxsize=8)
def _lack_of_import(name: str, cells: tuple[str, ...]) -> Lack | None:
    """Return what an import needs that would have given a name a value, if it could not.

    Somebody may have gone on without it, or have asked for whatever names a module has.
    """
    likely = [cell for cell in cells if "import" in cell and (name in cell or ANY_NAME in cell)]
    lacks = (
        _lack_of(statement)
        for cell in likely
        for statement in imports_in(ast.parse(cell))
        if {name, ANY_NAME} & {*names_bound(statement)}
    )
    return next(filter(None, lacks), None)


def _lack_of(statement: ast.stmt) -> Lack | None:
    """Return what an import needs that is not there, if it does."""
    try:
        exec(compile(ast.Module([statement], []), "<import>", "exec"), {})
    except NotOpenError as error:
        return error.lack
    except Exception:
        return None
    return None


def rest_after(
    program: ast.Module, trace: TracebackType | None, unknown: Unknown, namespace: dict[str, Any]
) -> ast.Module:
    """Return what is left of a cell behind the statement that stopped.

    The names that it would have given a value, or another content, are unknown from now on.
    """
    place = _place(trace)
    begun = [each for each in program.body if _start(each) <= place]
    left_out, rest = begun[-1], program.body[len(begun) :]
    if isinstance(left_out, ast.Import) and len(left_out.names) > 1:
        # The others may be open.
        rest = [*one_by_one(left_out), *rest]
    else:
        changed = {*names_changed(left_out)}
        for statement in imports_in(left_out):
            if _lack_of(statement) is None:
                changed -= {*names_bound(statement)}
        namespace |= dict.fromkeys(changed, unknown)
    # They hold for a whole cell.
    rules = [each for each in begun if isinstance(each, ast.ImportFrom) and is_rule(each)]
    return ast.Module([*rules, *rest], [])


def one_by_one(statement: ast.stmt) -> list[ast.stmt]:
    """Return a statement, or one for each module if it imports several."""
    if not isinstance(statement, ast.Import):
        return [statement]
    return [ast.copy_location(ast.Import([alias]), alias) for alias in statement.names]


def imports_in(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the imports in a piece of a program, each of one module."""
    for each in ast.walk(node):
        if isinstance(each, ast.Import | ast.ImportFrom):
            yield from one_by_one(each)


def is_rule(statement: ast.ImportFrom) -> bool:
    """Return whether it changes how a whole cell is read, such as its annotations."""
    return statement.module == "__future__"


def names_changed(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement gives a value, or whose value it gives another content."""
    yield from names_bound(statement)
    for node in ast.walk(statement):
        if isinstance(node, ast.Global):
            yield from node.names
        elif isinstance(node, ast.Subscript | ast.Attribute):
            if not isinstance(node.ctx, ast.Load):
                yield from _owner(node)
        # Whoever calls a method and asks for nothing back means what it does.
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            method = node.value.func
            if isinstance(method, ast.Attribute) and method.attr in _CHANGING:
                yield from _owner(method)


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
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
            waiting += ast.iter_child_nodes(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif not isinstance(node, ast.Lambda | ast.comprehension):
            waiting += ast.iter_child_nodes(node)


def _owner(part: ast.expr) -> Iterator[str]:
    """Yield the name of which an attribute or an item is a part, if it is a part of a name."""
    while isinstance(part, ast.Subscript | ast.Attribute):
        part = part.value
    if isinstance(part, ast.Name):
        yield part.id


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
