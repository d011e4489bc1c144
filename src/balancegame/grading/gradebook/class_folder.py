"""What a class handed in: one folder for each student, one file for each exercise."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.gradebook.handed_in import ATTEMPTS, HANDED_IN, NAMES
from balancegame.grading.gradebook.student_folder import (
    Look,
    OpenArchive,
    StudentFolder,
    glance,
    read_student_folder,
)
from balancegame.grading.gradebook.what_counts import choose
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.submission.archive import Archive
from balancegame.grading.submission.file_names import START_PAGE, shown
from balancegame.wording import and_list

_SUFFIXES = (".ipynb", ".py")


@dataclass(frozen=True)
class HandedIn:
    """What one student handed in for one exercise: a file, whatever it may be, or nothing."""

    student: str
    exercise: str
    path: Path | None = None
    digest: str = ""  # a hash of the content, or of what is wrong with it
    member: str = ""  # the name of the file in a zip file, where ``path`` is one
    note: str = ""  # sentences on what was found, for the student too
    fault: str = ""  # why nobody knows what was handed in, through no fault of the student
    attempt: int = 0  # which of several; 0 is the one in the student's own folder
    at: datetime | None = None  # when it came, if anybody knows
    marked_late: bool = False  # by the platform


@dataclass(frozen=True)
class ClassFolder:
    """What each student handed in for each exercise, and a sentence for each file beside it."""

    handed_in: tuple[HandedIn, ...]
    strays: tuple[str, ...]


def read_class_folder(
    folder: Path, exercises: Iterable[str], open_archive: OpenArchive | None = None
) -> ClassFolder:
    """Return what the students of a class handed in, each in a folder that is named for them.

    Links are never followed, and nothing is opened that is not a regular file. Zip files are left
    to ``open_archive``.
    """
    wanted = sorted(exercises)
    found: dict[str, tuple[HandedIn, ...]] = {}
    strays: list[str] = []
    for entry in _entries(folder):
        student, path = readable(entry.name), Path(entry.path)
        if entry.name in (HANDED_IN, NAMES, ATTEMPTS):
            continue
        if _is_hidden(entry.name):
            strays += _hidden_work(entry, wanted)
        elif student in found:
            strays.append(
                f"There are two folders for {student}, spelled alike; only the first was graded."
            )
        elif entry.is_symlink():
            found[student] = tuple(_behind_a_link(student, path, name) for name in wanted)
        elif entry.is_dir():
            found[student], beside = _of_student(student, path, wanted, open_archive)
            strays += beside
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


def work_of(
    student: str, folder: Path, exercises: Iterable[str], open_archive: OpenArchive | None = None
) -> tuple[HandedIn, ...]:
    """Return what one folder holds for each exercise."""
    return _of_student(student, folder, sorted(exercises), open_archive)[0]


def readable(name: str) -> str:
    """Return a file's name as text that any file or database can hold."""
    # A name that is not UTF-8 comes as lone surrogates, which no database stores.
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return unicodedata.normalize("NFC", text)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        raise GameError(
            f"the submissions in {folder} cannot be read ({error.strerror}); name the folder that "
            "holds a folder for each student."
        ) from None


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _hidden_work(entry: os.DirEntry[str], exercises: list[str]) -> Iterator[str]:
    """Yield a sentence if somebody's work may lie in what begins with a dot."""
    if entry.name == "__MACOSX" or entry.is_symlink() or not entry.is_dir():
        return
    files = read_student_folder(Path(entry.path), exercises, None, glance).files
    if any(file.exercise and not file.flaw for file in files):
        yield (
            f"{readable(entry.name)} begins with a dot, so it is no student's folder, and "
            f"{files[0].place} in it was not graded; if it is one, rename it and grade again."
        )


def _behind_a_link(student: str, folder: Path, exercise: str) -> HandedIn:
    path = folder / f"{exercise}{_SUFFIXES[0]}"
    return HandedIn(student, exercise, path, glance(path).digest)


def _of_student(
    student: str, folder: Path, exercises: list[str], open_archive: OpenArchive | None
) -> tuple[tuple[HandedIn, ...], list[str]]:
    """Return what a student handed in, and a sentence for each file that is no exercise."""
    try:
        return _found_in(student, folder, exercises, open_archive)
    except Exception as error:
        # Whatever it is about this folder, the others are read.
        why = f"The folder cannot be read ({type(error).__name__}); look what is in it."
        return _nobody_knows(student, folder, exercises, why), []


def _found_in(
    student: str, folder: Path, exercises: list[str], open_archive: OpenArchive | None
) -> tuple[tuple[HandedIn, ...], list[str]]:
    # Each file is read once, and no more of it is kept than what decides here.
    look = cache(glance)
    expected = {name: _at_the_top(folder, name, look) for name in exercises}
    faults: list[str] = []

    def opened(path: Path) -> Archive:
        assert open_archive is not None
        try:
            return open_archive(path)
        except InfrastructureFault as fault:
            faults.append(f"{shown(path.name)} could not be opened: {fault}")
            return Archive()

    # Whoever handed in everything as asked is not kept waiting for zip files.
    is_complete = all(path is not None for path in expected.values())
    can_open = None if is_complete or open_archive is None else opened
    seen = read_student_folder(folder, exercises, can_open, look)
    fault = " ".join([*faults, *seen.unread])
    listed = tuple(
        _handed_in(student, name, folder, expected[name], seen, fault, look) for name in exercises
    )
    if seen.others and all(each.path is None for each in listed):
        said = f"The folder holds {and_list(seen.others)}, and nothing there is a notebook."
        listed = tuple(replace(each, note=each.note or said) for each in listed)
    if not os.access(folder, os.X_OK):
        # Its files are listed, and nobody may open one.
        why = "The files in the folder cannot be read; see its permissions."
        listed = _nobody_knows(student, folder, exercises, why)
    return listed, list(_strays(student, seen, listed))


def _nobody_knows(
    student: str, folder: Path, exercises: Iterable[str], why: str
) -> tuple[HandedIn, ...]:
    return tuple(HandedIn(student, name, folder, why, fault=why) for name in exercises)


def _at_the_top(folder: Path, exercise: str, look: Look) -> Path | None:
    """Return the file, or whatever it may be, that has the expected name and place."""
    for suffix in _SUFFIXES:
        path = folder / f"{exercise}{suffix}"
        is_file = os.path.lexists(path) and (path.is_symlink() or not path.is_dir())
        if is_file and not look(path).is_lesson:
            return path
    return None


def _handed_in(
    student: str,
    exercise: str,
    folder: Path,
    expected: Path | None,
    seen: StudentFolder,
    fault: str,
    look: Look,
) -> HandedIn:
    files = [file for file in seen.files if file.exercise == exercise]
    if expected is not None:
        known = look(expected)
        note = ""
        if len(files) > 1:
            # What is wrong with it, if anything is, its own problem will say.
            files = [
                replace(file, flaw="", content=known.content) if file.path == expected else file
                for file in files
            ]
            note = " ".join(choose(exercise, files).sentences)
        return HandedIn(student, exercise, expected, known.digest, note=note)
    choice = choose(exercise, files, [file for file in seen.files if not file.exercise])
    if choice.file is not None:
        note = " ".join(choice.sentences)
        chosen = choice.file
        return HandedIn(student, exercise, chosen.path, chosen.digest, chosen.member, note)
    if fault:
        return _nobody_knows(student, folder, [exercise], fault)[0]
    said = " ".join([*choice.sentences, *seen.unopened])
    for suffix in _SUFFIXES:
        path = folder / f"{exercise}{suffix}"
        if os.path.isdir(path):  # noqa: PTH112 - where it may not be looked, it is none
            return HandedIn(student, exercise, path, look(path).digest, note=said)
    return HandedIn(student, exercise, note=said)


def _strays(student: str, seen: StudentFolder, handed_in: Iterable[HandedIn]) -> Iterator[str]:
    listed = list(handed_in)
    said = " ".join(each.note for each in listed)
    for file in seen.files:
        is_told = re.search(rf"(?<!\S){re.escape(file.place)}(?![^\s,])", said)
        is_start = file.parts[-1] == START_PAGE
        if not (file.exercise or file.is_hidden or file.flaw or is_start or is_told):
            yield (
                f"{student} handed in {file.place}, which is the name of no exercise; if it is "
                "one, rename it and grade again."
            )
    if all(each.path is not None for each in listed):
        yield from (f"{student}: {sentence}" for sentence in seen.unopened)
