"""What an exercise test asks, read from its name and marks."""

from __future__ import annotations

from dataclasses import replace
from inspect import isfunction
from typing import Any

import pytest

from balancegame.errors import GameError
from balancegame.grading.exercise.criterion import Criterion
from balancegame.grading.submission.file_names import HIDDEN_SUFFIX, exercise_of

# The kind of what each mark holds, whether it may be several, and one that is right.
_MARKS = {
    "task": (int, False, "task(1)"),
    "points": (int, False, "points(2)"),
    "criterion": (str, False, 'criterion("the smallest sanction that deters")'),
    "hint": (str, True, 'hint("question", "pointer", "worked step")'),
    "allows": (str, True, 'allows("nashpy")'),
}

_CRITERION = pytest.StashKey["Criterion"]()


def criterion(item: pytest.Item) -> Criterion:
    """Return what a test asks; its marks are read once.

    Raises
    ------
    GameError
        If a mark does not hold what it should, or there is none for the task.
    """
    known = item.stash.get(_CRITERION, None)
    if known is None:
        known = item.stash[_CRITERION] = _criterion(item)
    return known


def is_exercise_test(item: pytest.Item) -> bool:
    """Return whether a test asks a student something."""
    return "student" in getattr(item, "fixturenames", ())


def rename(item: pytest.Item, name: str) -> None:
    """Let a test ask for what it asks by another name."""
    item.stash[_CRITERION] = replace(criterion(item), name=name)


def _criterion(item: pytest.Item) -> Criterion:
    marked = item.get_closest_marker("hidden") is not None
    hidden = marked or item.path.stem.endswith(HIDDEN_SUFFIX)
    (points,) = _closest(item, "points", 1)
    if not (tasks := _closest(item, "task")):
        raise GameError(
            f"the test {item.name} in {item.path.name} belongs to no task, so its points would "
            "count nowhere; mark it, such as with task(1)."
        )
    (task,) = tasks
    return Criterion(
        exercise_of(item.path),
        task,
        points,
        _name(item, hidden),
        hidden,
        _closest(item, "hint") or _hints_before(item, task),
        frozenset(name for mark in item.iter_markers("allows") for name in _arguments(item, mark)),
    )


def _hints_before(item: pytest.Item, task: int) -> tuple[str, ...]:
    """Return the hints of the last test of the same task and file before a test that has any."""
    found: tuple[str, ...] = ()
    for test in filter(isfunction, vars(getattr(item, "module", item)).values()):
        if test is getattr(item, "function", None):
            return found
        marks = {mark.name: mark.args for mark in getattr(test, "pytestmark", ())}
        # Where a test names no task, its file does.
        if marks.get("task", (task,)) == (task,):
            found = marks.get("hint", found)
    return ()


def _closest(item: pytest.Item, name: str, *default: int) -> tuple[Any, ...]:
    mark = item.get_closest_marker(name)
    return default if mark is None else _arguments(item, mark)


def _arguments(item: pytest.Item, mark: pytest.Mark) -> tuple[Any, ...]:
    """Return what a mark holds: one whole number, one text or several."""
    kind, many, example = _MARKS[mark.name]
    right = {*map(type, mark.args)} == {kind} and (many or len(mark.args) == 1)
    # An empty text comes before a blank one.
    least = 0 if kind is int else " "
    if mark.kwargs or not right or min(mark.args) < least:
        given = [*map(repr, mark.args), *(f"{key}={value!r}" for key, value in mark.kwargs.items())]
        raise GameError(
            f"the test {item.name} in {item.path.name} has a wrong mark, "
            f"{mark.name}({', '.join(given)}); write one such as {example}."
        )
    return mark.args


def _name(item: pytest.Item, hidden: bool) -> str:
    for given in _closest(item, "criterion"):
        return str(given)
    function, _, parameters = item.name.partition("[")
    words = function.removeprefix("test_").replace("_", " ")
    # Parameters are inputs, and students read the names of hidden tests too.
    parameters = "" if hidden else parameters.removesuffix("]")
    return f"{words} ({parameters})" if parameters else words
