"""Answers in a running notebook that rest on what is not there where they are graded.

There they cannot be worked out (see :mod:`balancegame.grading.worker.left_out`), so they must not
pass here. A notebook knows what was run, and that is read as the grader would run it. Where only
running it could tell, as behind ``except ImportError``, an answer is taken to rest on what stands
in its statement: whoever is told so for nothing loses nothing.
"""

from __future__ import annotations

import ast
import builtins
import sys
import warnings
from collections.abc import Container, Sequence
from functools import cached_property, lru_cache
from symtable import symtable

from balancegame.errors import GameError
from balancegame.grading.isolation.library import ALWAYS, PACKAGE, library, own_modules
from balancegame.grading.submission.jupyter_lines import without_idle_lines
from balancegame.grading.submission.untouched import names_given
from balancegame.grading.worker.imports import not_open
from balancegame.grading.worker.jupyter import RUNNING_MAGICS
from balancegame.grading.worker.left_out import (
    ANY_NAME,
    imports_in,
    is_rule,
    names_bound,
    names_changed,
    one_by_one,
)
from balancegame.grading.worker.namespace import jupyter_only_line
from balancegame.grading.worker.unknown import Lack, only_in_jupyter

_NAME = PACKAGE.name
# To read programs takes long, and longer than their length; nobody writes as much by hand.
_LONGEST = 20_000
_BUILT_IN = {*dir(builtins), "display", "get_ipython", "In", "Out", "exit", "quit"}


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
    lack = _lacking(tuple(sources), allowed).get(name)
    if lack is None:
        return None
    return (
        f"{name} cannot be worked out where it is graded: {lack.what}, which it needs; "
        f"{lack.instead}."
    )


@lru_cache(maxsize=4)
def _lacking(sources: tuple[str, ...], allowed: frozenset[str]) -> dict[str, Lack]:
    """Return the names that rest on what is not there, each with what that is."""
    reading = _Reading(_Opened(allowed))
    for source in without_idle_lines([each for each in sources if len(each) <= _LONGEST]):
        reading.run(source)
    reading.look_again_at_functions()
    return reading.lacking


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


class _Reading:
    """What is known of names when some cells have run."""

    def __init__(self, opened: _Opened) -> None:
        self._opened = opened
        self.lacking: dict[str, Lack] = {}
        self._bound: set[str] = set()
        # The names that stand for this package.
        self._packages: set[str] = set()
        self._functions: dict[str, ast.stmt] = {}

    def run(self, source: str) -> None:
        """Go on with a cell."""
        program = _program(source)
        if program is not None:
            for statement in program.body:
                for each in one_by_one(statement):
                    self._go_on(each)
        elif (written := jupyter_only_line(source)) and not written.startswith("%%"):
            # Where it is graded the cell stops there, and such a line may give any name a value.
            lack = only_in_jupyter(written)
            self.lacking |= dict.fromkeys({*names_given(source), ANY_NAME}, lack)

    def look_again_at_functions(self) -> None:
        """Find those that rest on what was given a name only below them."""
        for _ in self._functions:
            found = {
                name: lack
                for name, function in self._functions.items()
                if name not in self.lacking and (lack := self._lack(function))
            }
            if not found:
                return
            self.lacking |= found

    def _go_on(self, statement: ast.stmt) -> None:
        bound = {*names_bound(statement)} - {ANY_NAME}
        self._bound |= bound
        self._packages -= bound
        self._packages |= self._packages_in(statement)
        lack = self._lack(statement)
        for name in bound:
            self._functions.pop(name, None)
            self.lacking.pop(name, None)
        if lack is not None:
            changed = {*names_changed(statement)}
            for each in imports_in(statement):
                if self._lack(each) is None:
                    changed -= {*names_bound(each)}
            self.lacking |= dict.fromkeys(changed, lack)
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            self._functions[statement.name] = statement
        elif isinstance(statement, ast.ImportFrom) and statement.names[0].name == ANY_NAME:
            self._bound |= {*dir(sys.modules.get(str(statement.module)))}

    def _lack(self, statement: ast.stmt) -> Lack | None:
        """Return what a statement needs that is not there."""
        for name in _names_read(statement) if self.lacking else ():
            if name in self.lacking:
                return self.lacking[name]
            if ANY_NAME in self.lacking and name not in self._bound and name not in _BUILT_IN:
                return self.lacking[ANY_NAME]
        for node in ast.walk(statement):
            for shown, module in self._asked(node).items():
                if not self._opened.has(module):
                    return not_open(shown, self._opened.packages, self._opened.modules)
            if (written := _jupyter_value(node)) and not isinstance(statement, ast.Expr):
                return only_in_jupyter(written)
        return None

    def _packages_in(self, statement: ast.stmt) -> set[str]:
        """Return the names to which a statement gives this package."""
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name):
            return {*names_bound(statement)} if statement.value.id in self._packages else set()
        return {
            alias.asname or _NAME
            for node in ast.walk(statement)
            if isinstance(node, ast.Import)
            for alias in node.names
            if alias.name == _NAME or (not alias.asname and alias.name.startswith(f"{_NAME}."))
        }

    def _asked(self, node: ast.AST) -> dict[str, str]:
        """Return the modules that a piece of a program asks for, by what it calls them."""
        if isinstance(node, ast.Import):
            return {alias.name: alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and not node.level:
            if node.module == _NAME:
                return {f"{_NAME}.{alias.name}": _home(alias.name) for alias in node.names}
            return {str(node.module): str(node.module)}
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            own = node.value.id in self._packages
            return {f"{_NAME}.{node.attr}": _home(node.attr)} if own else {}
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            name = str(node.args[0].value)
            return {name: name} if called in {"import_module", "__import__"} else {}
        return {}


def _names_read(statement: ast.stmt) -> list[str]:
    """Return the names whose values a statement needs, other than those of functions in it."""
    try:
        tables = [symtable(ast.unparse(statement), "", "exec")]
    except (SyntaxError, RecursionError):
        # It is too deep to be written again, or could not run.
        return sorted(node.id for node in ast.walk(statement) if isinstance(node, ast.Name))
    # To add to a value is to read it, too.
    read = {
        node.target.id
        for node in ast.walk(statement)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    for table in tables:
        tables += table.get_children()
        read |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (table is tables[0] or symbol.is_global())
        }
    return sorted(read)


def _jupyter_value(node: ast.AST) -> str:
    """Return what gives a value that only Jupyter can, as a person writes it, or ""."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return ""
    asked, first = ast.unparse(node.func), node.args[0]
    written = str(first.value) if isinstance(first, ast.Constant) else ""
    if asked == "get_ipython().getoutput":
        return f"!{written}"
    is_magic = asked == "get_ipython().run_line_magic" and written not in RUNNING_MAGICS
    return f"%{written}" if is_magic else ""


def _program(source: str) -> ast.Module | None:
    """Return what a cell says, None if Python cannot read it."""
    try:
        # What Python warns of in a student's code is not for whoever checks it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            program = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if any(isinstance(each, ast.ImportFrom) and is_rule(each) for each in program.body):
        _forget_annotations(program)
    return program


def _forget_annotations(program: ast.Module) -> None:
    """Take out what Python reads but never works out, by the rule that a cell begins with."""
    for node in ast.walk(program):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)


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
