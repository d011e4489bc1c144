"""What a class handed in: one folder for each student, one file for each exercise."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.submission.submitted_file import read_plain_file

_SUFFIXES = (".ipynb", ".py")
_LISTED = 10_000


@dataclass(frozen=True)
class HandedIn:
    """What one student handed in for one exercise: a file, whatever it may be, or nothing."""

    student: str
    exercise: str
    path: Path | None = None
    digest: str = ""  # a hash of the content, or of what is wrong with it


@dataclass(frozen=True)
class ClassFolder:
    """What each student handed in for each exercise, and a sentence for each file beside it."""

    handed_in: tuple[HandedIn, ...]
    strays: tuple[str, ...]


def read_class_folder(folder: Path, exercises: Iterable[str]) -> ClassFolder:
    """Return what the students of a class handed in, each in a folder that is named for them.

    Links are never followed, and nothing is opened that is not a regular file.
    """
    wanted = sorted(exercises)
    found: dict[str, list[HandedIn]] = {}
    strays: list[str] = []
    for entry in _entries(folder):
        student, path = readable(entry.name), Path(entry.path)
        if student in found:
            strays.append(
                f"There are two folders for {student}, spelled alike; only the first was graded."
            )
        elif entry.is_symlink() or entry.is_dir():
            found[student] = [_handed_in(student, path, name) for name in wanted]
            strays += [] if entry.is_symlink() else _strays(student, path, wanted)
        else:
            strays.append(
                f"{student} lies outside any student's folder, so it was not graded; move it into "
                "a folder that is named for the student."
            )
    if not found:
        raise GameError(
            f"the folder {folder} holds no submissions; it needs a folder for each student, such "
            f"as {folder / 'ann' / (wanted[0] + '.ipynb')}."
        )
    return ClassFolder(tuple(each for listed in found.values() for each in listed), tuple(strays))


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


def _handed_in(student: str, folder: Path, exercise: str) -> HandedIn:
    for suffix in _SUFFIXES:
        path = folder / f"{exercise}{suffix}"
        if folder.is_symlink() or os.path.lexists(path):
            try:
                content = suffix.encode() + b"\0" + read_plain_file(path)
            except GameError as problem:
                content = str(problem).encode()
            return HandedIn(student, exercise, path, sha256(content).hexdigest())
    return HandedIn(student, exercise)


def _strays(student: str, folder: Path, exercises: list[str]) -> Iterator[str]:
    expected = {f"{exercise}{suffix}" for exercise in exercises for suffix in _SUFFIXES}
    try:
        with os.scandir(folder) as listing:
            names = sorted(entry.name for _, entry in zip(range(_LISTED), listing, strict=False))
    except OSError as error:
        yield f"The folder of {student} cannot be read ({error.strerror}); see its permissions."
        return
    for name in names:
        if name.endswith(_SUFFIXES) and name not in expected and not _is_hidden(name):
            yield (
                f"{student} handed in {readable(name)}, which is the name of no exercise; if it "
                "is one, rename it and grade again."
            )
    for exercise in exercises:
        if {f"{exercise}{suffix}" for suffix in _SUFFIXES} <= {*names}:
            yield f"{student} handed in {exercise} twice; the notebook counts, not the .py file."
