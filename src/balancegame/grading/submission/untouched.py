"""Answers that nobody wrote: a name that is given the three dots, and nothing else, has none.

A copy of a cell that still holds the dots must not undo what another cell answered, wherever it
stands. Three dots in a comment, in text or within a computation mean nothing.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from balancegame.grading.worker.left_out import names_bound

# To read programs takes long, and longer than their length; nobody writes as much by hand.
_LONGEST, _MOST_READ = 20_000, 200_000
_NAME = r"[^\W\d]\w*"
# Blanks belong to one part of it only: two that could share them would take the square of a line.
_GIVES = re.compile(
    rf"^(?:(?:def|class)[ \t]+({_NAME})"
    rf"|({_NAME}(?:[ \t]*,[ \t]*{_NAME})*)[ \t]*(?:,[ \t]*)?[=:](?!=))",
    re.MULTILINE,
)
_DOTS = "..."


def names_given(source: str) -> frozenset[str]:
    """Return the names at the beginning of a line that a source gives a value, at a glance."""
    found = (defined or named for defined, named in _GIVES.findall(source))
    return frozenset(name.strip() for names in found for name in names.split(","))


def last_that_gives(name: str, sources: Sequence[str]) -> str:
    """Return the last source that gives a name a value, as :func:`names_given` has it, or ""."""
    return next((source for source in reversed(sources) if name in names_given(source)), "")


def without_undone_answers(cells: Sequence[tuple[int | None, str]]) -> list[str]:
    """Return the source of each cell without the dots for what another cell answers.

    Each cell comes with its task. A cell without one may belong to any.
    """
    left = _MOST_READ
    blanks: list[list[_Blank]] = []
    for _, source in cells:
        left -= len(source) if _DOTS in source else 0
        blanks.append(_blanks(source) if left >= 0 else [])
    if not any(blanks):
        return [source for _, source in cells]
    answered: dict[str, set[int | None]] = {}
    for (task, source), found in zip(cells, blanks, strict=True):
        left -= len(source)
        given = names_given(source) | (_names_stored(source) if left >= 0 else set())
        for name in given - {name for blank in found for name in blank.names}:
            answered.setdefault(name, set()).add(task)

    def is_answered(name: str, task: int | None) -> bool:
        tasks = answered.get(name, set())
        return bool(tasks) if task is None else not tasks.isdisjoint((task, None))

    return [
        _erased(
            source, [blank for blank in found if all(is_answered(n, task) for n in blank.names)]
        )
        for (task, source), found in zip(cells, blanks, strict=True)
    ]


@dataclass(frozen=True)
class _Blank:
    """A statement that gives names the three dots, and where it begins and ends."""

    names: tuple[str, ...]
    start: tuple[int, int]
    end: tuple[int, int]


def _blanks(source: str) -> list[_Blank]:
    program = _program(source) if _DOTS in source else None
    return [] if program is None else [*_blanks_of(program)]


def _program(source: str) -> ast.Module | None:
    """Return what a source says, None if it says nothing that runs, or too much to read."""
    if len(source) > _LONGEST:
        return None
    try:
        # What Python warns of in a student's code is not for whoever grades it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _names_stored(source: str) -> set[str]:
    """Return the names that a source gives a value anywhere outside functions and classes."""
    program = _program(source)
    return set() if program is None else {*names_bound(program)}


def _blanks_of(program: ast.Module) -> Iterator[_Blank]:
    for statement in program.body:
        names = _given_dots(statement)
        if names and statement.end_lineno is not None and statement.end_col_offset is not None:
            yield _Blank(
                names,
                (statement.lineno, statement.col_offset),
                (statement.end_lineno, statement.end_col_offset),
            )


def _given_dots(statement: ast.stmt) -> tuple[str, ...]:
    """Return the names that a statement gives nothing but dots."""
    if isinstance(statement, ast.FunctionDef) and not statement.decorator_list:
        first, *others = statement.body
        described = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        body = others if described and others else statement.body
        alone = body[0] if len(body) == 1 else None
        empty = isinstance(alone, (ast.Return, ast.Expr)) and _is_dots(alone.value)
        return (statement.name,) if empty else ()
    if isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets, value = [statement.target], statement.value
    else:
        return ()
    named = [part for target in targets for part in _parts(target)]
    if not _is_dots(value) or not all(isinstance(part, ast.Name) for part in named):
        return ()
    return tuple(part.id for part in named if isinstance(part, ast.Name))


def _parts(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, (ast.Tuple, ast.List)):
        return [part for each in node.elts for part in _parts(each)]
    return [node]


def _is_dots(value: ast.expr | None) -> bool:
    """Return whether a value is the dots, or a table or tuple of dots and nothing else."""
    if value is None:
        return False
    parts = _parts(value)
    return bool(parts) and all(isinstance(p, ast.Constant) and p.value is ... for p in parts)


def _erased(source: str, blanks: Sequence[_Blank]) -> str:
    """Return a source in which statements do nothing; every line keeps its number."""
    if not blanks:
        return source
    # Offsets of the parser count bytes, and it ends a line only where Python does.
    lines = [line.encode() for line in source.split("\n")]
    for blank in sorted(blanks, key=lambda blank: blank.start, reverse=True):
        (first, begin), (last, end) = blank.start, blank.end
        head, tail = lines[first - 1][:begin], lines[last - 1][end:]
        between = [b""] * (last - first - 1)
        one_line = [head + b"pass" + tail]
        lines[first - 1 : last] = (
            [head + b"pass", *between, b"pass" + tail] if last > first else one_line
        )
    return b"\n".join(lines).decode()
