"""What a class handed in: one folder a student, one file an exercise, nothing trusted."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from balancegame.errors import GameError

MAX_BYTES = 20 * 2**20
"""A notebook larger than this holds pasted data, or is meant to fill the memory."""

SUFFIXES = (".ipynb", ".py")
_LISTED = 10_000


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one exercise.

    Attributes
    ----------
    student : str
    exercise : str
    path : Path or None
        None where there is nothing that may be opened.
    digest : str
        A hash of the content; "" if nothing was handed in.
    problem : str
        Why it cannot be opened, in a sentence; "" if it can.
    """

    student: str
    exercise: str
    path: Path | None = None
    digest: str = ""
    problem: str = ""


@dataclass(frozen=True)
class ClassFolder:
    """All that a class handed in.

    Attributes
    ----------
    submissions : tuple of Submission
        One for each student and exercise, sorted.
    strays : tuple of str
        A sentence for each file that is nobody's submission.
    """

    submissions: tuple[Submission, ...]
    strays: tuple[str, ...]


def read_class_folder(folder: Path, exercises: Iterable[str]) -> ClassFolder:
    """Return what the students of a class handed in.

    Links are never followed, and nothing is opened that is not a plain file.

    Parameters
    ----------
    folder : Path
        One folder a student, named for the student.
    exercises : iterable of str
        The names of the exercises.

    Raises
    ------
    GameError
        If the folder cannot be read or holds no student's folder.
    """
    wanted = sorted(exercises)
    submissions: list[Submission] = []
    strays: list[str] = []
    seen: set[str] = set()
    for entry in _entries(folder):
        student = readable(entry.name)
        if student in seen:
            strays.append(
                f"There are two folders for {student}, spelt alike; only the first was graded."
            )
            continue
        seen.add(student)
        if entry.is_symlink():
            problem = "The student's folder is a link, which is not followed; hand in the files."
            submissions += [Submission(student, name, None, "link", problem) for name in wanted]
        elif entry.is_dir(follow_symlinks=False):
            submissions += [_submission(student, Path(entry.path), name) for name in wanted]
            strays += _strays(student, Path(entry.path), wanted)
        else:
            strays.append(
                f"{student} lies outside any student's folder, so it was not graded; move it into "
                "a folder that is named for the student."
            )
    if not submissions:
        raise GameError(
            f"the folder {folder} holds no submissions; it needs a folder for each student, such "
            f"as {folder / 'ann' / (wanted[0] + '.ipynb')}."
        )
    return ClassFolder(tuple(submissions), tuple(strays))


def readable(name: str) -> str:
    """Return a file's name as text that any file or database can hold."""
    # A name that is not UTF-8 comes as lone surrogates, which no database stores.
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return unicodedata.normalize("NFC", text)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        raise GameError(
            f"the submissions in {folder} cannot be read ({error.strerror}); name the folder that "
            "holds a folder for each student."
        ) from None
    return (entry for entry in entries if not _is_hidden(entry.name))


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _submission(student: str, folder: Path, exercise: str) -> Submission:
    for suffix in SUFFIXES:
        path = folder / f"{exercise}{suffix}"
        if os.path.lexists(path):
            content = _content(path)
            if isinstance(content, str):
                digest = sha256(content.encode()).hexdigest()
                return Submission(student, exercise, None, digest, content)
            digest = sha256(suffix.encode() + b"\0" + content).hexdigest()
            return Submission(student, exercise, path, digest)
    return Submission(student, exercise)


def _content(path: Path) -> bytes | str:
    """Return the bytes of a plain file, or a sentence that says why there are none."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    # Opening a pipe that nobody writes to would wait for ever.
    flags |= getattr(os, "O_NONBLOCK", 0)
    if path.is_symlink():
        return f"{path.name} is a link, which is not followed; hand in the file itself."
    if path.is_dir():
        return f"{path.name} is a folder, not a notebook; hand in the file itself."
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        return f"{path.name} cannot be read ({error.strerror}); hand it in again."
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            return f"{path.name} is no plain file; hand in the notebook itself."
        try:
            content = file.read(MAX_BYTES + 1)
        except OSError as error:
            return f"{path.name} cannot be read ({error.strerror}); hand it in again."
    if len(content) > MAX_BYTES:
        return (
            f"{path.name} is larger than {MAX_BYTES // 2**20} MB; clear its outputs and hand it in "
            "again."
        )
    return content


def _strays(student: str, folder: Path, exercises: list[str]) -> Iterator[str]:
    expected = {f"{exercise}{suffix}" for exercise in exercises for suffix in SUFFIXES}
    try:
        with os.scandir(folder) as listing:
            names = sorted(entry.name for _, entry in zip(range(_LISTED), listing, strict=False))
    except OSError as error:
        yield f"The folder of {student} cannot be read ({error.strerror}); see its permissions."
        return
    for name in names:
        if name.endswith(SUFFIXES) and name not in expected and not _is_hidden(name):
            yield (
                f"{student} handed in {readable(name)}, which is the name of no exercise; if it "
                "is one, rename it and grade again."
            )
    for exercise in exercises:
        if {f"{exercise}{suffix}" for suffix in SUFFIXES} <= {*names}:
            yield f"{student} handed in {exercise} twice; the notebook counts, not the .py file."
