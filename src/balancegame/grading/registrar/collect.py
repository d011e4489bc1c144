"""Lay out a download as a folder for each student of the roster, which is what is graded.

What a student handed in before, and has replaced since, is kept as an earlier attempt. Everything
is read and written beside the folder first and then moved, so that a download that cannot be read
or a full disk changes nothing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from tqdm import tqdm

from balancegame.errors import GameError
from balancegame.grading.gradebook.class_folder import readable
from balancegame.grading.gradebook.folder_lock import alone_in
from balancegame.grading.gradebook.handed_in import (
    ATTEMPTS,
    HANDED_IN,
    HandedInFile,
    read_handed_in,
    write_handed_in,
    write_names,
)
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.registrar.downloads import FOLDERS, HandIn, read_hand_ins
from balancegame.grading.registrar.placing import place_hand_in, shared_names, submission_times
from balancegame.grading.registrar.roster import Roster
from balancegame.grading.submission.file_names import (
    NOTEBOOK,
    SCRIPT,
    exercise_named,
    named,
)

LOCK = ".collect.lock"
"""The file by which only one download at a time is laid out in a folder."""

_STAGING = ".collecting-"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|;]')
_LONGEST_NAME, _LONGEST_PLACE = 200, 1_000
_MOST_FILES = 500


@dataclass
class Collected:
    """What became of a download."""

    system: str
    folder: Path
    students: int = 0  # in the roster
    new: int = 0  # who handed in something that was not there yet
    replaced: int = 0  # whose earlier work became an earlier attempt
    missing: list[str] = field(default_factory=list)  # who has nothing there at all
    unplaced: list[str] = field(default_factory=list)
    strangers: bool = False  # whether somebody's work could not be placed

    def __str__(self) -> str:
        work = "student handed" if self.new == 1 else "students handed"
        said = f"{self.new} {work} in something new, now in {self.folder}."
        if self.replaced:
            said += f" {self.replaced} replaced work, which is kept as an earlier attempt."
        if self.missing:
            have = "has" if len(self.missing) == 1 else "have"
            said += f" {len(self.missing)} of {self.students} {have} handed in nothing."
        return "\n".join([*map(clean, self.unplaced), said])


@dataclass(frozen=True)
class _File:
    """A file on its way to a student's folder."""

    place: str
    content: str  # a hash
    staged: Path
    source: str


def collect(
    download: Path,
    roster: Roster,
    exercises: Sequence[str],
    out: Path,
    *,
    only: str | None = None,
    system: str | None = None,
    zone: str | None = None,
) -> Collected:
    """Lay out a download in a folder; what it could not place is said and left alone.

    ``only`` is the exercise that was asked for, where it was one: then a student's only notebook is
    taken for it whatever its name is. ``system`` names the platform, and ``zone`` the time zone of
    the times in Moodle's worksheet. A GameError says what is wrong, and then nothing has changed.
    """
    found = read_hand_ins(download, system)
    done = Collected(found.system, out, len(roster.students))
    done.unplaced += found.unplaced
    times, untold = submission_times(roster, zone)
    done.unplaced += untold
    try:
        out.mkdir(parents=True, exist_ok=True)
        with alone_in(out, LOCK):
            _collect(found.hand_ins, roster, exercises, only, times, done)
    except OSError as error:
        raise GameError(
            f"the submissions cannot be laid out in {out} ({error.strerror}); see that the disk "
            "has room and the folder can be written, and collect again."
        ) from None
    done.missing = [
        student.folder
        for student in roster.students
        if not any(path.is_file() for path in (out / student.folder).rglob("*"))
    ]
    return done


def _collect(
    handed_in: Sequence[HandIn],
    roster: Roster,
    exercises: Sequence[str],
    only: str | None,
    times: Mapping[str, datetime],
    done: Collected,
) -> None:
    """Lay out what was handed in, where nobody else does."""
    out, shared = done.folder, shared_names(handed_in)
    for leftover in out.glob(f"{_STAGING}*"):
        shutil.rmtree(leftover)
    staging = Path(mkdtemp(prefix=_STAGING, dir=out))
    try:
        known = _found_again(read_handed_in(out), out)
        hand_ins: list[tuple[str, HandIn, list[_File]]] = []
        waiting = tqdm(_oldest_first(handed_in), unit="student", disable=None)
        for number, each in enumerate(waiting):
            student, why = place_hand_in(each, roster, done.system, shared)
            if student is None:
                done.unplaced.append(why)
                done.strangers |= done.system != FOLDERS or bool(each.files)
                continue
            each.at = each.at or times.get(student.folder)
            files = list(_staged(each, exercises, only, staging / str(number), done))
            hand_ins.append((student.folder, each, files))
        _lay_out(out, hand_ins, known, exercises, done)
        for student in roster.students:
            (out / student.folder).mkdir(exist_ok=True)
        write_handed_in(out, known.values())
        write_names(out, {each.folder: each.name for each in roster.students})
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _found_again(known: dict[str, HandedInFile], out: Path) -> dict[str, HandedInFile]:
    """Return the table with what a run that was killed had moved and not yet written down."""
    by_content = {(each.student, each.content): each for each in known.values() if each.content}
    for place, content in _there(out / ATTEMPTS).items():
        row = by_content.get((place.partition("/")[0], content))
        if row is not None and (moved := f"{ATTEMPTS}/{place}") not in known:
            known[moved] = replace(row, place=moved)
    return known


def _oldest_first(hand_ins: Sequence[HandIn]) -> list[HandIn]:
    first = datetime.min.replace(tzinfo=UTC)
    return sorted(hand_ins, key=lambda each: (each.at or first, each.label))


def _staged(
    each: HandIn, exercises: Sequence[str], only: str | None, folder: Path, done: Collected
) -> Iterator[_File]:
    """Write the files of a hand-in beside the folder, under the names that they will have."""
    if (more := len(each.files) - _MOST_FILES) > 0:
        done.unplaced.append(
            f"{each.label} holds {_MOST_FILES + more:,} files, and {more:,} of them were left out."
        )
        each.files.sort(key=lambda file: not exercise_named(file.name[-1], exercises))
        del each.files[_MOST_FILES:]
    places = _places(each, exercises, only)
    for number, (file, place) in enumerate(zip(each.files, places, strict=True)):
        try:
            content = file.read()
        except GameError as problem:
            done.unplaced.append(f"{file.place} was left out: {problem}")
            continue
        folder.mkdir(exist_ok=True)
        staged = folder / str(number)
        staged.write_bytes(content)
        yield _File(place, sha256(content).hexdigest(), staged, file.place)


def _places(each: HandIn, exercises: Sequence[str], only: str | None) -> list[str]:
    """Return where each file goes in the student's folder; an exercise gets its usual name."""
    kinds = [named(file.name[-1]).kind for file in each.files]
    exercise_of = []
    for file, kind in zip(each.files, kinds, strict=True):
        found = exercise_named(file.name[-1], exercises) if kind else None
        exercise_of.append(found[0] if found else None)
    alone = [at for at, kind in enumerate(kinds) if kind == NOTEBOOK]
    if len(alone) == 1 and exercise_of[alone[0]] is None:
        inside = exercise_named(each.files[alone[0]].assignment, exercises)
        exercise_of[alone[0]] = only or (inside[0] if inside else None)
    places: list[str] = []
    for file, kind, exercise in zip(each.files, kinds, exercise_of, strict=True):
        usual = named(file.name[-1])
        if exercise and exercise_of.count(exercise) == 1 and kind in (NOTEBOOK, SCRIPT):
            place = f"{exercise}{usual.ending}" if usual.usual else _safe_name(file.name[-1])
        else:
            place = "/".join(map(_safe_name, file.name))
            if len(place.encode()) > _LONGEST_PLACE:
                place = _safe_name(file.name[-1])
        free, again = place, 1
        while any(_in_each_others_way(free, other) for other in places):
            free, again = f"again-{again}-{place}", again + 1
        places.append(free)
    return places


def _safe_name(name: str) -> str:
    """Return a student's name of a file as one that leads nowhere and that every system takes."""
    # A name of bytes that are no text comes as lone surrogates.
    text = clean(_FORBIDDEN.sub("_", readable(name))).lstrip(". ").rstrip(". ") or "file"
    if len(text.encode()) <= _LONGEST_NAME:
        return text
    ending = text[-12:][text[-12:].rfind(".") :] if "." in text[-12:] else ""
    return text.encode()[: _LONGEST_NAME - 20].decode("utf-8", "ignore") + ending


def _lay_out(
    out: Path,
    hand_ins: Sequence[tuple[str, HandIn, list[_File]]],
    known: dict[str, HandedInFile],
    exercises: Sequence[str],
    done: Collected,
) -> None:
    """Move what was written beside the folder into it, the oldest first."""
    new, replaced = set(), set()
    for student, each, files in hand_ins:
        folder = out / student
        there = _there(folder)
        earlier = {content for _, content in _there(out / ATTEMPTS / student).items()}
        changed = [f for f in files if there.get(f.place) != f.content]
        if not changed:
            for file in files:
                _note(known, out, student, folder / file.place, each, file)
            continue
        if all(file.content in earlier for file in changed):
            continue
        new.add(student)
        meant = {exercise_named(file.place, exercises) for file in changed} - {None}
        named_alike = {exercise for exercise, _ in filter(None, meant)}
        gone = [
            place
            for place in there
            if any(_in_each_others_way(place, file.place) for file in changed)
            or (_exercise(place, exercises) in named_alike)
        ]
        own = [known.get(f"{student}/{place}") for place in gone]
        is_older = each.at is not None and any(
            noted is not None and noted.at is not None and noted.at > each.at for noted in own
        )
        target = _next_attempt(out, student) if gone else folder
        if gone and not is_older:
            replaced.add(student)
            for place in gone:
                _move(folder / place, target / place)
                noted = known.pop(f"{student}/{place}", None) or HandedInFile(student, "")
                moved = (target / place).relative_to(out).as_posix()
                known[moved] = HandedInFile(
                    student, moved, noted.at, noted.marked_late, noted.source, there[place]
                )
            target = folder
        for file in files:
            _move(file.staged, target / file.place)
            _note(known, out, student, target / file.place, each, file)
    done.new, done.replaced = len(new), len(replaced)


def _in_each_others_way(one: str, other: str) -> bool:
    """Return whether two files cannot both be there: a name may be a folder's only once."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _exercise(place: str, exercises: Sequence[str]) -> str | None:
    name = place.rsplit("/", 1)[-1]
    found = exercise_named(name, exercises) if named(name).kind else None
    return found[0] if found else None


def _there(folder: Path) -> dict[str, str]:
    """Return the hash of each file in a folder, by its place there."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _next_attempt(out: Path, student: str) -> Path:
    folder = out / ATTEMPTS / student
    # A folder without files is one that nobody got to fill.
    taken = [
        int(path.name) for path in folder.glob("*") if path.name.isdecimal() and any(path.iterdir())
    ]
    return folder / str(1 + max(taken, default=0))


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
    with suppress(OSError):
        # Only what is empty can be removed; the student's own folder is made again.
        path.parent.rmdir()


def _note(
    known: dict[str, HandedInFile],
    out: Path,
    student: str,
    path: Path,
    each: HandIn,
    file: _File,
) -> None:
    place = path.relative_to(out).as_posix()
    before = known.get(place)
    same = before is not None and before.content == file.content
    # What a person has written into the table stays, and so does the first time that is known.
    at = before.at if before is not None and same and before.at else each.at
    known[place] = HandedInFile(student, place, at, each.late, file.source, file.content)


__all__ = ["HANDED_IN", "Collected", "collect"]
