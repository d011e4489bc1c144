"""What is asked of a grading process. It loads pytest; whoever asks does without."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from balancegame.grading.submission.patience import PATIENCE, Patience

if TYPE_CHECKING:
    from balancegame.grading.exercise.criterion import Criterion
    from balancegame.grading.exercise.report import Report
    from balancegame.grading.submission.archive import Archive


TEST_SECONDS = 60.0
"""How long the tests of one submission may think, besides waiting for the student's code."""


@dataclass(frozen=True)
class Setting:
    """What submissions are graded with."""

    tests: tuple[Path, ...]
    tier: str
    variants: bool = False
    patience: Patience = PATIENCE


class GraderFault(Exception):  # noqa: N818 - the name that callers know it by
    """The grader itself stopped at one submission: that scores nothing, and others go on.

    ``args`` are a sentence and the traceback, as text that can travel between processes.
    """


def manifest(setting: Setting) -> dict[str, tuple[Criterion, ...]]:
    """Return the criteria of each exercise."""
    from balancegame.grading.run import grading_process

    return grading_process.manifest(setting)


def open_archive(setting: Setting, path: Path) -> Archive:
    """Return what lies in a zip file."""
    from balancegame.grading.run import grading_process

    return grading_process.opened_archive(setting, path)


def grade(setting: Setting, student: str, exercise: str, path: Path | None, member: str) -> Report:
    """Grade one submission."""
    from balancegame.grading.run import grading_process

    return grading_process.grade(setting, student, exercise, path, member)
