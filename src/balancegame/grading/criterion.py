"""What one exercise test asks, read from its name and marks: the manifest of an exercise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from balancegame.grading.report import Outcome

__all__ = ["HIDDEN_SUFFIX", "Criterion", "criterion", "exercise_of", "rename"]

HIDDEN_SUFFIX = "_hidden"
"""The end of the name of a test file whose tests are all hidden."""

_CRITERION = pytest.StashKey["Criterion"]()


@dataclass(frozen=True)
class Criterion:
    """One test of an exercise.

    Attributes
    ----------
    exercise : str
    task : int
    worth : int
        Points for passing.
    name : str
        What it asks, unique within the exercise.
    hidden : bool
        Whether students are not meant to see what is asked.
    hints : tuple of str
        A ladder of hints: a question, a pointer, a worked step.
    opens : frozenset of str
        The packages and modules that it opens to the student's code.
    """

    exercise: str
    task: int
    worth: int
    name: str
    hidden: bool = False
    hints: tuple[str, ...] = ()
    opens: frozenset[str] = frozenset()

    def outcome(self, verdict: str, message: str = "", key: str = "") -> Outcome:
        """Return what the test found."""
        return Outcome(
            self.exercise,
            self.task,
            self.worth,
            verdict,
            message,
            key,
            self.name,
            self.hints,
            self.hidden,
        )


def criterion(item: pytest.Item) -> Criterion:
    """Return what a test asks; its marks are read once."""
    known = item.stash.get(_CRITERION, None)
    if known is None:
        known = item.stash[_CRITERION] = _criterion(item)
    return known


def rename(item: pytest.Item, name: str) -> None:
    """Let a test ask for what it asks by another name."""
    item.stash[_CRITERION] = replace(criterion(item), name=name)


def _criterion(item: pytest.Item) -> Criterion:
    task, points, hint = map(item.get_closest_marker, ("task", "points", "hint"))
    marked = item.get_closest_marker("hidden") is not None
    hidden = marked or item.path.stem.endswith(HIDDEN_SUFFIX)
    return Criterion(
        exercise_of(item.path),
        int(task.args[0]) if task else 0,
        int(points.args[0]) if points else 1,
        _name(item, hidden),
        hidden,
        tuple(map(str, hint.args)) if hint else (),
        frozenset(name for mark in item.iter_markers("allows") for name in mark.args),
    )


def exercise_of(tests: Path) -> str:
    """Return the name of the exercise that a test file tests.

    Examples
    --------
    >>> exercise_of(Path("exercises/test_01_security_or_energy_hidden.py"))
    '01_security_or_energy'
    """
    return tests.stem.removeprefix("test_").removesuffix(HIDDEN_SUFFIX)


def _name(item: pytest.Item, hidden: bool) -> str:
    given = item.get_closest_marker("criterion")
    if given:
        return str(given.args[0])
    function, _, parameters = item.name.partition("[")
    words = function.removeprefix("test_").replace("_", " ")
    # Parameters are inputs, and students read the names of hidden tests too.
    parameters = "" if hidden else parameters.removesuffix("]")
    return f"{words} ({parameters})" if parameters else words
