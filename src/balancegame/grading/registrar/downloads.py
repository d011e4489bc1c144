"""What learning platforms hand out: who handed in which files, and when, as far as they say.

A download is a folder or a zip file, as the platform made it:

- Moodle, "Download all submissions" (``mod/assign/classes/downloader.php`` of moodle/moodle): a
  folder ``Full name_NUMBER_assignsubmission_file``, or files that begin so, where NUMBER is that of
  "Participant NUMBER" in the grading worksheet of the same assignment;
- Canvas, "Download Submissions" (``lib/content_zipper.rb`` of instructure/canvas-lms): files
  ``lastfirst_[LATE_]USER_FILE_name``, where USER is the column ID of Canvas's gradebook;
- Gradescope, "Export Submissions": a folder ``submission_NUMBER`` for each submission, and
  ``submission_metadata.yml``, which tells whose they are and when they came;
- nbgrader (``nbgrader/docs/source/user_guide/philosophy.rst``): ``submitted/STUDENT/ASSIGNMENT/``
  with the notebooks and ``timestamp.txt``;
- a folder for each student, called by an ID or a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from balancegame.errors import GameError
from balancegame.grading.gradebook.handed_in import is_of_our_time
from balancegame.grading.registrar.download_files import (
    METADATA,
    TIMESTAMP,
    DownloadedFile,
    read_download,
)
from balancegame.grading.registrar.roster import CANVAS_ID, PARTICIPANT
from balancegame.wording import or_list

MOODLE, CANVAS, GRADESCOPE, NBGRADER, FOLDERS = (
    *("moodle", "canvas", "gradescope", "nbgrader", "folders"),
)
SYSTEMS = (MOODLE, CANVAS, GRADESCOPE, NBGRADER, FOLDERS)

# What follows is the student's to choose, and may look like all of this once more. Moodle writes no
# underscore into a name.
_MOODLE = re.compile(
    r"(?P<name>[^_]*)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<rest>.*))?"
)
_CANVAS = re.compile(
    r"(?P<name>[^_]*(?:_[^_]+)*?)_(?P<late>LATE_)?(?P<id>\d+)_(?P<file>\d+)_(?P<rest>.+)"
)
_SUBMISSION = re.compile(r"submission_\d+")
_CANVAS_TEXT = re.compile(r"(?P<name>.*?)_(?P<late>LATE_)?(?P<id>\d+)_(?P<rest>text|link)\.html")


@dataclass
class HandIn:
    """What one student handed in at one time, as a platform tells it.

    ``ids`` are the IDs by which the student may be found, each under the heading of the roster that
    it belongs to, or "" if that may be any; ``name`` is the person's name as the platform spells
    it, and ``checked`` says whether it must fit the ID.
    """

    label: str  # what the download calls it
    ids: tuple[tuple[str, str], ...]
    name: str = ""
    at: datetime | None = None
    late: bool = False  # marked so by the platform
    files: list[DownloadedFile] = field(default_factory=list)
    checked: bool = False


@dataclass(frozen=True)
class Download:
    """What a platform handed out, and a sentence for each file that is nobody's."""

    system: str
    hand_ins: tuple[HandIn, ...]
    unplaced: tuple[str, ...]


def read_hand_ins(path: Path, system: str | None = None) -> Download:
    """Read a download; without ``system`` its files tell which platform it comes from.

    A GameError says if it cannot be read or if nothing in it belongs to anybody.
    """
    files = read_download(path)
    system = system or _system(files)
    readers: dict[str, Callable[[list[DownloadedFile], list[str]], Iterator[HandIn]]] = {
        MOODLE: _moodle,
        CANVAS: _canvas,
        GRADESCOPE: _gradescope,
        NBGRADER: _nbgrader,
        FOLDERS: _folders,
    }
    if system not in readers:
        raise GameError(f"there are no downloads from {system!r}; choose {or_list(SYSTEMS)}.")
    unplaced: list[str] = []
    merged: dict[tuple[object, ...], HandIn] = {}
    for each in readers[system](files, unplaced):
        place = (each.ids, each.at, each.name)
        if place in merged:
            merged[place].files += each.files
            merged[place].late |= each.late
        else:
            merged[place] = each
    if not merged:
        raise GameError(
            f"nothing in {path} is a student's work as {_TITLES[system]} hands it out; name the "
            "download itself, or say with --from what it comes from."
        )
    return Download(system, tuple(merged.values()), tuple(unplaced))


_TITLES = {
    MOODLE: "Moodle",
    CANVAS: "Canvas",
    GRADESCOPE: "Gradescope",
    NBGRADER: "nbgrader",
    FOLDERS: "a folder for each student",
}


def _system(files: Sequence[DownloadedFile]) -> str:
    """Return which platform the names of the files show, whatever a few students call theirs."""
    if any(_is_metadata(file, files) for file in files):
        return GRADESCOPE
    if any(_MOODLE.fullmatch(file.parts[0]) for file in files):
        return MOODLE
    flat = [file.parts[0] for file in files if len(file.parts) == 1]
    if flat and 2 * sum(map(_is_canvas, flat)) > len(files):
        return CANVAS
    stamped = {file.parts[0] for file in files if file.parts[2:] == (TIMESTAMP,)}
    if 2 * len(stamped) > len({file.parts[0] for file in files}):
        return NBGRADER
    if files and all(len(file.parts) >= 3 for file in files):
        return NBGRADER
    return FOLDERS


def _is_metadata(file: DownloadedFile, files: Sequence[DownloadedFile]) -> bool:
    """Return whether a file is Gradescope's: in a student's folder anybody may put one.

    It lies above all folders, or beside those of submissions in the one that holds everything.
    """
    *above, name = file.parts
    if name != METADATA or not above:
        return name == METADATA
    deep = len(above)
    return (
        all(each.parts[:deep] == tuple(above) for each in files)
        and not _MOODLE.fullmatch(above[0])
        and any(_SUBMISSION.fullmatch(each.parts[deep]) for each in files)
    )


def _is_canvas(name: str) -> bool:
    return bool(_CANVAS.fullmatch(name) or _CANVAS_TEXT.fullmatch(name))


def _moodle(files: list[DownloadedFile], unplaced: list[str]) -> Iterator[HandIn]:
    for file in files:
        found = _MOODLE.fullmatch(file.parts[0])
        is_folder = len(file.parts) > 1
        if found is None:
            unplaced.append(f"{file.place} is not named as Moodle names what is handed in.")
            continue
        rest = file.parts[1:] if is_folder else (found["rest"] or "",)
        if found["kind"] != "file":
            kind = "a text typed into Moodle" if found["kind"] == "onlinetext" else found["kind"]
            unplaced.append(f"{file.place} is {kind}, not a file that can be graded.")
            continue
        yield HandIn(
            file.parts[0],
            ((PARTICIPANT, f"participant {found['id']}"),),
            found["name"],
            files=[file.called(rest)],
            checked=True,
        )


def _canvas(files: list[DownloadedFile], unplaced: list[str]) -> Iterator[HandIn]:
    for file in files:
        found = _CANVAS.fullmatch(file.parts[0]) if len(file.parts) == 1 else None
        if found is None:
            typed = _CANVAS_TEXT.fullmatch(file.parts[0])
            said = (
                "was typed into Canvas, and is not a file that can be graded"
                if typed
                else "is not named as Canvas names what is handed in"
            )
            unplaced.append(f"{file.place} {said}.")
            continue
        late = found["late"] is not None
        called = file.called((found["rest"],))
        yield HandIn(
            file.parts[0], ((CANVAS_ID, found["id"]),), found["name"], late=late, files=[called]
        )


def _gradescope(files: list[DownloadedFile], unplaced: list[str]) -> Iterator[HandIn]:
    from balancegame.grading.registrar.gradescope_export import submitters

    named_so = [file for file in files if file.parts[-1] == METADATA]
    if not named_so:
        raise GameError(
            f"the download holds no {METADATA}, which says whose each submission is; export the "
            "submissions from Gradescope again."
        )
    metadata = min(named_so, key=lambda file: len(file.parts))
    root = metadata.parts[:-1]
    by_folder: dict[str, list[DownloadedFile]] = {}
    for file in files:
        inside = file.parts[len(root) :]
        if file is metadata:
            continue
        if file.parts[: len(root)] != root or len(inside) < 2:
            unplaced.append(f"{file.place} lies in no folder of a submission.")
        else:
            by_folder.setdefault(inside[0], []).append(file.called(inside[1:]))
    for folder, at, people in submitters(metadata):
        for ids, name in people:
            # Each of a group handed in the same.
            yield HandIn(
                folder,
                tuple(("", each) for each in ids),
                name,
                at,
                files=list(by_folder.get(folder, ())),
            )
        if people:
            by_folder.pop(folder, None)
    for folder in sorted(by_folder):
        unplaced.append(f"{folder} is in no line of {METADATA}, so nobody knows whose it is.")


def _nbgrader(files: list[DownloadedFile], unplaced: list[str]) -> Iterator[HandIn]:
    times = {
        file.parts[:2]: _nbgrader_time(file) for file in files if file.parts[2:] == (TIMESTAMP,)
    }
    for file in files:
        if len(file.parts) < 3:
            unplaced.append(f"{file.place} lies in no student's folder of an assignment.")
        elif file.parts[2:] != (TIMESTAMP,):
            student, assignment = file.parts[:2]
            called = file.called(file.parts[2:], assignment)
            at = times.get(file.parts[:2])
            yield HandIn(student, (("", student),), student, at, files=[called])


def _folders(files: list[DownloadedFile], unplaced: list[str]) -> Iterator[HandIn]:
    for file in files:
        student, *rest = file.parts
        if rest:
            yield HandIn(student, (("", student),), student, files=[file.called(tuple(rest))])
        else:
            unplaced.append(f"{file.place} lies outside any student's folder.")


def _nbgrader_time(file: DownloadedFile) -> datetime | None:
    """Return the time in a timestamp.txt, such as "2026-11-03 17:02:11.48 UTC".

    The student's own account writes it, so it may be anything.
    """
    try:
        words = file.read().decode("utf-8", "replace").split()
        at = datetime.fromisoformat(" ".join(words[:2]))
        if at.tzinfo is None:
            at = at.replace(tzinfo=_zone(words[2] if len(words) > 2 else "UTC"))
    except (GameError, ValueError, KeyError, IndexError, OSError):
        return None
    return at.astimezone(UTC) if is_of_our_time(at) else None


def _zone(name: str) -> timezone | ZoneInfo:
    offset = re.fullmatch(r"([+-])(\d\d):?(\d\d)", name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3])
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    return ZoneInfo(name)
