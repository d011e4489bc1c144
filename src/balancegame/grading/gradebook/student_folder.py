"""Everything that lies in one student's folder, in folders and zip files within it too.

Links are never followed, and only regular files are opened.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.submission.archive import SKIPPED, Archive
from balancegame.grading.submission.archive_reader import is_lesson, is_notebook
from balancegame.grading.submission.file_names import (
    DOCUMENTS,
    EXPECTED,
    LESSON,
    NO_NOTEBOOKS,
    SCRIPT,
    exercise_named,
    is_companion,
    named,
    shown,
)
from balancegame.grading.submission.plain_file import read_plain_file

LISTED = 10_000
_DEEPEST = 12
_MOST, _MOST_ARCHIVES, _OTHERS = 200, 10, 5

OpenArchive = Callable[[Path], Archive]


@dataclass(frozen=True)
class Glance:
    """What is known of a file that lies where it is expected, whatever it may be.

    Attributes
    ----------
    is_lesson : bool
        Whether it is a lesson, which cannot be meant as an exercise.
    digest : str
        A hash of the content, or of what is wrong with it, and of what the name says it is.
    content : str
        A hash of the content, or of what is wrong with it.
    """

    is_lesson: bool
    digest: str
    content: str


Look = Callable[[Path], Glance]


@dataclass(frozen=True)
class FoundFile:
    """One file, wherever it lies.

    Attributes
    ----------
    parts : tuple of str
        The folders on the way to it, from the student's own, then its name; a zip file counts as
        a folder.
    path : Path
        The file on the disk: that of the zip file if it lies in one.
    member : str
        Its name within the zip file.
    exercise : str
        Which exercise its name names, "" for none.
    fit : int
        How well the name fits, from EXPECTED to NUMBERED.
    flaw : str
        Why it cannot be graded, as a clause that follows "it"; "" if it can.
    digest : str
        A hash of all that it depends on: of the zip file if it lies in one.
    content : str
        A hash of its content, by which copies are known.
    """

    parts: tuple[str, ...]
    path: Path
    member: str = ""
    exercise: str = ""
    fit: int = 0
    flaw: str = ""
    digest: str = ""
    content: str = ""

    @property
    def place(self) -> str:
        """Where it lies, as a sentence says it."""
        packed = next((i for i, part in enumerate(self.parts) if self._is_packed(i)), None)
        if packed is None:
            return "/".join(map(shown, self.parts))
        inside = "/".join(map(shown, self.parts[packed + 1 :]))
        return f"{inside} in {'/'.join(map(shown, self.parts[: packed + 1]))}"

    @property
    def is_hidden(self) -> bool:
        """Whether it lies in a folder, or has a name, that begins with a dot."""
        return any(part.startswith(".") for part in self.parts)

    def _is_packed(self, place: int) -> bool:
        return bool(self.member) and self.parts[place] == self.path.name


@dataclass(frozen=True)
class StudentFolder:
    """What lies in a student's folder."""

    files: tuple[FoundFile, ...] = ()  # those that may be meant as an exercise
    others: tuple[str, ...] = ()  # the first few of all others
    unopened: tuple[str, ...] = ()  # sentences, each about a zip file or a folder
    unread: tuple[str, ...] = ()  # the same about folders that may not be read


def read_student_folder(
    folder: Path, exercises: list[str], open_archive: OpenArchive | None, look: Look
) -> StudentFolder:
    """Return what lies in a student's folder; zip files are left shut if nothing opens them.

    Files that lie where they are expected are left to ``look``, such as :func:`glance`.
    """
    files: list[FoundFile] = []
    others: list[str] = []
    unopened: list[str] = []
    unread: list[str] = []
    zipped = 0
    for parts, entry in _walk(folder, unopened, unread):
        where = "/".join(map(shown, parts))
        if len(files) > _MOST:
            unopened.append(f"More than {_MOST} files could be meant; hand in one an exercise.")
            break
        if named(parts[-1]).ending != ".zip" or not entry.is_file(follow_symlinks=False):
            described = list(_described(parts, entry, exercises, look))
            files += described
            if not described and len(others) < _OTHERS and not parts[-1].startswith("."):
                others.append(where)
        elif any(part.startswith(".") for part in parts):
            files.append(FoundFile(parts, Path(entry.path)))
        elif open_archive is None:
            unopened.append(
                f"{where} was not opened, because every exercise is there as a file of its own."
            )
        elif zipped >= _MOST_ARCHIVES:
            unopened.append(f"{where} was not opened, because there are too many zip files.")
        else:
            zipped += 1
            archive = open_archive(Path(entry.path))
            members = list(_members(parts, Path(entry.path), archive, exercises))
            files += members
            if archive.problem or not members:
                unopened.append(archive.problem or f"{where} holds no notebook.")
            if archive.left_out:
                unopened.append(
                    f"{where} holds {archive.left_out:,} files more than are looked at; hand in "
                    "the notebooks alone."
                )
    return StudentFolder(tuple(files), tuple(others), tuple(unopened), tuple(unread))


def glance(path: Path) -> Glance:
    """Return what is known of a file that lies where it is expected."""
    try:
        content, can_be_lesson = read_plain_file(path), True
    except GameError as problem:
        # It counts, and whoever grades it says what is wrong with it.
        content, can_be_lesson = str(problem).encode(), False
    return Glance(
        can_be_lesson and is_lesson(content),
        sha256(path.suffix.encode() + b"\0" + content).hexdigest(),
        sha256(content).hexdigest(),
    )


def _walk(
    folder: Path, unopened: list[str], unread: list[str]
) -> Iterator[tuple[tuple[str, ...], os.DirEntry[str]]]:
    """Yield each thing that is no folder, those at the top first, and what is hidden last."""
    waiting: deque[tuple[tuple[str, ...], str]] = deque([((), str(folder))])
    hidden: deque[tuple[tuple[str, ...], str]] = deque()
    seen = 0
    while waiting or hidden:
        above, place = waiting.popleft() if waiting else hidden.popleft()
        try:
            with os.scandir(place) as listing:
                entries = [entry for _, entry in zip(range(LISTED), listing, strict=False)]
        except OSError as error:
            where = "/".join(map(shown, above)) or "The folder"
            unread.append(f"{where} cannot be read ({error.strerror}); see its permissions.")
            continue
        for entry in sorted(entries, key=lambda entry: entry.name):
            seen += 1
            parts = (*above, entry.name)
            is_hidden = any(part.startswith(".") for part in parts)
            if seen > LISTED:
                if not is_hidden:
                    unopened.append(
                        f"The folder holds more than {LISTED:,} files, which is more than are "
                        "looked at; hand in the notebooks alone."
                    )
                return
            if not entry.is_dir(follow_symlinks=False):
                yield parts, entry
            elif entry.name not in SKIPPED and len(parts) <= _DEEPEST:
                # Programs fill folders that begin with a dot with thousands of files.
                (hidden if is_hidden else waiting).append((parts, entry.path))


def _described(
    parts: tuple[str, ...], entry: os.DirEntry[str], exercises: list[str], look: Look
) -> Iterator[FoundFile]:
    """Yield a file if it may be meant as an exercise."""
    name, path = parts[-1], Path(entry.path)
    says = named(name)
    if name.startswith("._") or not _may_be_meant(parts, exercises):
        return
    found = exercise_named(name, exercises)
    exercise, fit = found or ("", 0)
    flaw = digest = content_digest = ""
    if entry.is_symlink():
        flaw = "is a link, which is not followed"
    elif len(parts) == 1 and found is not None and fit == EXPECTED and says.usual:
        # Any other counts, whatever it holds; whoever grades it reads it.
        flaw = LESSON if look(path).is_lesson else ""
    else:
        try:
            content = read_plain_file(path)
        except GameError as problem:
            flaw = str(problem).removeprefix(f"{shown(name)} ").rstrip(".")
        else:
            digest = sha256(says.kind.encode() + b"\0" + content).hexdigest()
            content_digest = sha256(content).hexdigest()
            if not (says.kind == SCRIPT or says.usual or is_notebook(content)):
                flaw = _what_it_is(name)
            if is_lesson(content):
                flaw = LESSON
    yield FoundFile(parts, path, "", exercise, fit, flaw, digest, content_digest)


def _members(
    above: tuple[str, ...], path: Path, archive: Archive, exercises: Iterable[str]
) -> Iterator[FoundFile]:
    exercises = list(exercises)
    digest = ""
    for member in archive.members:
        parts = tuple(part for part in member.name.replace("\\", "/").split("/") if part)
        if not parts or parts[-1].startswith("._") or not _may_be_meant(parts, exercises):
            continue
        # What a zip file holds does not change unless the file does.
        digest = digest or sha256(read_plain_file(path)).hexdigest()
        says = named(parts[-1])
        flaw = member.problem
        if not (flaw or says.kind == SCRIPT or says.usual or member.is_notebook):
            flaw = _what_it_is(parts[-1])
        exercise, fit = exercise_named(parts[-1], exercises) or ("", 0)
        own = sha256(f"{digest}\0{member.name}".encode()).hexdigest()
        place = (*above, *parts)
        yield FoundFile(place, path, member.name, exercise, fit, flaw, own, member.content)


def _may_be_meant(parts: tuple[str, ...], exercises: list[str]) -> bool:
    name = parts[-1]
    says = named(name)
    if exercise_named(name, exercises) is not None:
        return bool(says.kind) or says.ending in NO_NOTEBOOKS or says.ending == ".zip"
    if says.kind == SCRIPT:
        # Whole libraries of scripts may lie deeper.
        return says.usual and len(parts) <= 2 and not is_companion(name)
    return ".ipynb" in name.lower() or says.ending in {".zip", *DOCUMENTS}


def _what_it_is(name: str) -> str:
    if named(name).ending == ".zip":
        return "is a zip file in a zip file, which is not opened"
    kind = NO_NOTEBOOKS.get(named(name).ending)
    return f"is {kind}, and only a notebook can be graded" if kind else "holds no notebook"
