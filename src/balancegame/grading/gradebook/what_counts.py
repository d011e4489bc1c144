"""Which file of a student counts for an exercise, and a sentence for what does not.

What has the expected name and lies at the top counts, whatever else there is. Otherwise the one
file that can be meant is taken. Where several differ, nobody guesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from balancegame.grading.gradebook.student_folder import FoundFile
from balancegame.grading.submission.file_names import (
    EXPECTED,
    LESSON,
    NOTEBOOK,
    NUMBERED,
    SCRIPT,
    named,
)
from balancegame.wording import and_list

_EXERCISES, _LESSONS = "exercises", "notebooks"
_NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Choice:
    """The file that counts, if one does, and what to say of it and of the others."""

    file: FoundFile | None
    sentences: tuple[str, ...]


def choose(exercise: str, files: Sequence[FoundFile], others: Sequence[FoundFile] = ()) -> Choice:
    """Return which of the files that name an exercise counts.

    ``others`` are files that name no exercise, which are only mentioned where nothing counts.
    """
    files = _without_lessons(files)
    expected = [file for file in files if _is_expected(file)]
    at_the_top = [file for file in expected if file.flaw != LESSON]
    meant = [file for file in files if _can_be_graded(file)]
    best = min(at_the_top, key=_preference) if at_the_top else _only(meant)
    if best is not None:
        said = [] if at_the_top else [_taken(exercise, best, len(expected) > 0)]
        copies = [f for f in meant if f is not best and f.content != best.content]
        if copies:
            said.append(
                f"{_places(copies)} {_was(copies)} found too and {_does(copies)} not count, "
                f"because {best.place} does."
            )
        return Choice(best, tuple(said))
    if meant:
        return Choice(None, (_several(exercise, meant),))
    said = [_refused(exercise, file) for file in files if not _can_be_graded(file)]
    if unnamed := [file for file in others if not file.flaw and not file.is_hidden]:
        verb = "was" if len(unnamed) == 1 else "were"
        said.append(
            f"{_places(unnamed)} {verb} found, and no name there says that it is this exercise; if "
            f"it is, hand it in as {exercise}.ipynb."
        )
    said += [_refused(exercise, file) for file in others if file.flaw and not file.is_hidden]
    said = said or [_refused(exercise, file) for file in others if file.is_hidden]
    return Choice(None, tuple(said[:_NAMED_AT_MOST]))


def _without_lessons(files: Sequence[FoundFile]) -> list[FoundFile]:
    """Leave out the lessons of a course folder, each of which is called like its exercise."""
    places = {file.parts for file in files}
    return [
        file
        for file in files
        if file.parts[-2:-1] != (_LESSONS,)
        or (*file.parts[:-2], _EXERCISES, file.parts[-1]) not in places
    ]


def _is_expected(file: FoundFile) -> bool:
    return len(file.parts) == 1 and file.fit == EXPECTED and named(file.parts[0]).usual


def _can_be_graded(file: FoundFile) -> bool:
    # A number alone does not tell an answer from somebody's other programs.
    numbered_script = file.fit == NUMBERED and named(file.parts[-1]).kind != NOTEBOOK
    return not file.flaw and not file.is_hidden and not numbered_script


def _only(files: Sequence[FoundFile]) -> FoundFile | None:
    """Return the one file that can be meant, the best of each folder standing for the others."""
    folders: dict[tuple[str, ...], list[FoundFile]] = {}
    for file in files:
        folders.setdefault(file.parts[:-1], []).append(file)
    best: list[FoundFile] = []
    for listed in folders.values():
        first = min(map(_preference, listed))
        best += [file for file in listed if _preference(file) == first]
    same = len({file.content for file in best}) == 1
    return min(best, key=lambda file: (len(file.parts), file.parts)) if same else None


def _preference(file: FoundFile) -> tuple[int, bool, bool]:
    says = named(file.parts[-1])
    return file.fit, says.kind == SCRIPT, not says.usual


def _taken(exercise: str, file: FoundFile, instead_of_lesson: bool) -> str:
    if instead_of_lesson:
        return f"{exercise}.ipynb at the top is the lesson, so {file.place} was graded."
    return f"There is no {exercise}.ipynb at the top of the folder, so {file.place} was graded."


def _several(exercise: str, files: Sequence[FoundFile]) -> str:
    return (
        f"{_places(files)} could each be meant and differ, so none was graded; hand in one of them "
        f"as {exercise}.ipynb."
    )


def _refused(exercise: str, file: FoundFile) -> str:
    instead = "" if ";" in file.flaw else f"; hand in {exercise}.ipynb"
    if file.flaw:
        return f"{file.place} was found and does not count: it {file.flaw}{instead}."
    if file.is_hidden:
        return (
            f"{file.place} was found and does not count, because programs keep files of their own "
            f"under names that begin with a dot; hand in {exercise}.ipynb."
        )
    return (
        f"{file.place} was found and does not count, because a program needs the whole name; hand "
        f"it in as {exercise}.py."
    )


def _places(files: Iterable[FoundFile]) -> str:
    places = sorted({file.place for file in files})
    listed, more = places[:_NAMED_AT_MOST], len(places) - _NAMED_AT_MOST
    return and_list([*listed, f"{more} more"] if more > 0 else listed)


def _was(files: Sequence[FoundFile]) -> str:
    return "was" if len(files) == 1 else "were"


def _does(files: Sequence[FoundFile]) -> str:
    return "does" if len(files) == 1 else "do"
