"""What one student handed in for one exercise: a notebook or a script, perhaps in a zip file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.isolation.channel import Worker
from balancegame.grading.submission.archive import read_member
from balancegame.grading.submission.archive_reader import is_lesson
from balancegame.grading.submission.cells import CodeCell, parse_notebook, parse_script
from balancegame.grading.submission.file_names import LESSON, SCRIPT, named, shown
from balancegame.grading.submission.plain_file import read_plain_file


@dataclass(frozen=True)
class Submission:
    """The code of one exercise as one student handed it in."""

    cells: tuple[CodeCell, ...] = ()
    student: str = ""  # whom the notebook says that it was made out to, not to be trusted
    problem: str = ""  # why there are no cells, in a sentence


def read_submission(path: Path | None) -> Submission:
    """Read a notebook or a script; what cannot be read is a submission with a problem."""
    if path is None:
        return Submission(problem="Nothing was handed in.")
    try:
        return _read(path.name, read_plain_file(path))
    except GameError as problem:
        return Submission(problem=str(problem))


def read_packed_submission(path: Path, member: str, start: Callable[[], Worker]) -> Submission:
    """Read a notebook or a script in a zip file, with a worker that ``start`` starts."""
    try:
        return _read(member, read_member(path, member, start))
    except GameError as problem:
        return Submission(problem=str(problem))


def _read(name: str, content: bytes) -> Submission:
    try:
        if is_lesson(content):
            raise GameError(f"it {LESSON}")
        if named(name).kind == SCRIPT:
            return Submission(parse_script(content))
        return Submission(*parse_notebook(content))
    except GameError as reason:
        return Submission(problem=f"{shown(name)} cannot be graded: {reason}.")
