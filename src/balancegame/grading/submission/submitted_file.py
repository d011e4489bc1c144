"""A file that somebody handed in, read with suspicion: a link, a folder, a huge file, no text."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.submission.cells import CodeCell, parse_notebook, parse_script

MAX_BYTES = 20 * 2**20
"""A notebook larger than this holds pasted data, or is meant to fill the memory."""


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
        content = read_plain_file(path)
    except GameError as problem:
        return Submission(problem=str(problem))
    try:
        if path.suffix == ".py":
            return Submission(parse_script(content))
        return Submission(*parse_notebook(content))
    except GameError as reason:
        return Submission(problem=f"{_printable(path.name)} cannot be graded: {reason}.")


def read_plain_file(path: Path) -> bytes:
    """Return the content of a regular file; nothing else is opened and no link is followed.

    The message of a GameError is a sentence for the student.
    """
    name = _printable(path.name)
    # Neither a link made a moment ago nor a pipe that nobody writes to is waited for.
    flags = ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
    try:
        if path.parent.is_symlink():
            raise GameError(
                "The student's folder is a link, which is not followed; hand in the files."
            )
        if path.is_symlink():
            raise GameError(f"{name} is a link, which is not followed; hand in the file itself.")
        if path.is_dir():
            raise GameError(f"{name} is a folder, not a notebook; hand in the file itself.")
        descriptor = os.open(path, sum(getattr(os, flag, 0) for flag in flags))
        with os.fdopen(descriptor, "rb") as file:
            regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
            content = file.read(MAX_BYTES + 1) if regular else b""
    except OSError as error:
        raise GameError(f"{name} cannot be read ({error.strerror}); hand it in again.") from None
    if not regular:
        raise GameError(f"{name} is not a regular file; hand in the notebook itself.")
    if len(content) > MAX_BYTES:
        raise GameError(
            f"{name} is larger than {MAX_BYTES // 2**20} MB; clear its outputs and hand it in "
            "again."
        )
    return content


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:100]
