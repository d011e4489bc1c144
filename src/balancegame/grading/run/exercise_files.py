"""Which files of a folder are the tests of which exercise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.submission.file_names import (
    NO_NOTEBOOKS,
    exercise_named,
    exercise_of,
    named,
)
from balancegame.wording import and_list


def exercises_meant(only: Sequence[str], folder: Path) -> tuple[str, ...]:
    """Return the exercises of a folder that names or numbers mean, all if none are given."""
    there = sorted({exercise_of(path) for path in folder.glob("test_*.py")})
    if not there:
        raise GameError(f"there are no exercise tests, test_*.py, in {folder}.")
    meant = {text: exercise_named(text, there) for text in only}
    for text, found in meant.items():
        if found is None:
            raise GameError(
                f"there is no exercise {text!r} in {folder}; its exercises are {and_list(there)}."
            )
    return tuple(sorted({found[0] for found in meant.values() if found})) or tuple(there)


def tests_of(exercises: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Return the files with the tests of some exercises of a folder."""
    return tuple(
        path for path in sorted(folder.glob("test_*.py")) if exercise_of(path) in exercises
    )


def may_decide(path: Path, exercise: str) -> bool:
    """Return whether something in the folder of the tests may decide about an exercise.

    Besides its own tests that is what these may read or import: data, variants, other modules.
    """
    name = named(path.name)
    if path.name.startswith(".") or name.ending in {".ipynb", *NO_NOTEBOOKS} or not path.is_file():
        return False
    return not path.name.startswith("test_") or exercise_of(path) == exercise
