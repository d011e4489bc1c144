"""Answers in a running notebook that rest on modules which the grader does not open to a task.

There they cannot be worked out (see :mod:`balancegame.grading.worker.left_out`), so they must not
pass here. A notebook knows what was run, and that is read as the grader would run it.
"""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Container, Iterator, Sequence
from functools import cached_property, lru_cache

from balancegame.errors import GameError
from balancegame.grading.isolation.library import ALWAYS, PACKAGE, library, own_modules
from balancegame.grading.submission.jupyter_lines import without_idle_lines
from balancegame.grading.worker.imports import opened_in_words
from balancegame.grading.worker.left_out import is_rule, names_bound

_NAME = PACKAGE.name
# To read programs takes long, and longer than their length; nobody writes as much by hand.
_LONGEST = 20_000


def complaint_of_closed_module(
    name: str, sources: Sequence[str], allowed: frozenset[str]
) -> str | None:
    """Return what is wrong with a name that rests on a module which a task does not open.

    Examples
    --------
    >>> ran = ["import nashpy as nash", "x = nash.Game([[1]]); y = 2"]
    >>> complaint_of_closed_module("x", ran, frozenset())[43:75]
    'this task does not allow nashpy,'
    >>> complaint_of_closed_module("y", ran, frozenset())
    """
    opened = _Opened(allowed)
    module = _closed_module_under(name, sources, opened)
    if not module:
        return None
    return (
        f"{name} cannot be worked out where it is graded: this task does not allow {module}, which "
        f"it needs; it allows {opened_in_words(opened.packages, opened.modules)}."
    )


class _Opened:
    """What is open to a task, which takes long to find out and is seldom asked."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed

    @cached_property
    def packages(self) -> Container[str]:
        """The names by which packages are imported."""
        try:
            return library(self._allowed).roots
        except GameError:
            # In a browser, a package is there when it has been imported.
            return {*ALWAYS, *self._allowed}

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """Modules of this package."""
        return own_modules(self._allowed)

    def has(self, module: str) -> bool:
        """Return whether a module is open."""
        top = module.partition(".")[0]
        if top == _NAME:
            return module == _NAME or any(
                f"{module}.".startswith(f"{opened}.") for opened in self.modules
            )
        return top in sys.stdlib_module_names or top in ALWAYS or top in self.packages


def _closed_module_under(name: str, sources: Sequence[str], opened: _Opened) -> str:
    # The closed module that a name rests on, and the names that stand for this package.
    closed: dict[str, str] = {}
    packages: set[str] = set()
    for statement in _statements(sources):
        needed = next(_closed_in(statement, closed, packages, opened), "")
        for bound in names_bound(statement):
            packages.discard(bound)
            if needed:
                closed[bound] = needed
            else:
                closed.pop(bound, None)
        if isinstance(statement, ast.Import) and not needed:
            packages |= {
                each.asname or _NAME
                for each in statement.names
                if each.name == _NAME or (each.asname is None and each.name.startswith(f"{_NAME}."))
            }
    return closed.get(name, "")


def _statements(sources: Sequence[str]) -> Iterator[ast.stmt]:
    for source in without_idle_lines([each for each in sources if len(each) <= _LONGEST]):
        try:
            # What Python warns of in a student's code is not for whoever checks it.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                program = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        if any(isinstance(each, ast.ImportFrom) and is_rule(each) for each in program.body):
            _forget_annotations(program)
        for statement in program.body:
            if isinstance(statement, ast.Import):
                yield from (ast.Import([alias]) for alias in statement.names)
            else:
                yield statement


def _forget_annotations(program: ast.Module) -> None:
    """Take out what Python reads but never works out, by the rule that a cell begins with."""
    for node in ast.walk(program):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)


def _closed_in(
    statement: ast.stmt, closed: dict[str, str], packages: set[str], opened: _Opened
) -> Iterator[str]:
    """Yield the modules that a statement needs and that are not open."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Import):
            asked = {alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            asked = {str(node.module): str(node.module)}
            if node.module == _NAME:
                asked = {f"{_NAME}.{alias.name}": _home(alias.name) for alias in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            own = node.value.id in packages
            asked = {f"{_NAME}.{node.attr}": _home(node.attr)} if own else {}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            asked = {}
            if node.id in closed:
                yield closed[node.id]
        else:
            continue
        yield from (shown for shown, module in asked.items() if not opened.has(module))


def _home(name: str) -> str:
    """Return the module of this package that defines a public name."""
    return _NAME if name.startswith("__") else _homes().get(name, f"{_NAME}.{name}")


@lru_cache(maxsize=1)
def _homes() -> dict[str, str]:
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name: f"{_NAME}.{node.module}"
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
