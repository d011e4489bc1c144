"""What somebody handed in, read with suspicion: a link, a folder, a huge file, no text."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.submission.cells import CodeCell, parse_notebook, parse_script

MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class Submission:
    """The code of one exercise as one student handed it in.

    Attributes
    ----------
    cells : tuple of CodeCell
    student : str
        Whom the notebook was made out to, as it says itself; not to be trusted.
    problem : str or None
        Why there are no cells, in a sentence.
    """

    cells: tuple[CodeCell, ...] = ()
    student: str = ""
    problem: str | None = None


def read_submission(path: Path | None) -> Submission:
    """Read a notebook or a script; what cannot be read is a submission with a problem.

    Parameters
    ----------
    path : Path or None
        The file; None if nothing was handed in.
    """
    if path is None:
        return Submission(problem="Nothing was handed in.")
    try:
        content = _content(path)
        if path.suffix == ".py":
            return Submission(parse_script(content))
        cells, student = parse_notebook(content)
        return Submission(cells, student)
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror or 'no such file'})"
    except GameError as error:
        reason = str(error)
    return Submission(problem=f"{_printable(path.name)} cannot be graded: {reason}.")


def _content(path: Path) -> bytes:
    if path.is_symlink() or path.parent.is_symlink():
        raise GameError("it is a link, and only plain files are read")
    # Neither a link made a moment ago nor a pipe nobody writes to is waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if not stat.S_ISREG(path.lstat().st_mode):
        raise GameError("it is no file")
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise GameError("it is no file")
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise GameError(f"it is larger than {MAX_BYTES // 1_000_000} MB; clear its outputs")
    return content


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:100]
