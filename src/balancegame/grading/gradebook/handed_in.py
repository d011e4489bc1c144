"""handed-in.csv in a folder of submissions: when each file came, and earlier attempts.

``balancegame collect`` writes it, and a person may correct it in a spreadsheet: a file for which it
gives no time is never late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

from balancegame.errors import GameError
from balancegame.grading.gradebook.csv_tables import read_table, table_text
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.spreadsheet import safe_cell
from balancegame.grading.gradebook.whole_files import write_whole

HANDED_IN = "handed-in.csv"
"""The name of the table."""

NAMES = "names.csv"
"""The name of the table of students' names, as the roster spells them."""

ATTEMPTS = ".attempts"
"""The folder, among the students' own, that holds what they have replaced since."""

_HEADER = ("student", "file", "handed in", "marked late", "name in the download", "content")
_TRUE, _FALSE = {"yes", "true", "late", "1"}, {"", "no", "false", "0"}


@dataclass(frozen=True)
class HandedInFile:
    """When one file came, and what it was called then; the place is that in the folder."""

    student: str
    place: str
    at: datetime | None = None
    marked_late: bool = False
    source: str = ""
    content: str = ""  # a hash


def read_handed_in(folder: Path) -> dict[str, HandedInFile]:
    """Return what is known of each file, by its place; nothing if there is no table."""
    path = folder / HANDED_IN
    if not path.is_file():
        return {}
    table = read_table(path)
    at = {name.strip().casefold(): place for place, name in enumerate(table.header)}
    if missing := [name for name in _HEADER[:3] if name not in at]:
        raise GameError(f"{path} has no column {missing[0]!r}; collect the submissions again.")

    def cell(row: tuple[str, ...], name: str) -> str:
        return row[at[name]].strip() if name in at else ""

    found: dict[str, HandedInFile] = {}
    lines: dict[str, int] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        # Some systems write é in two parts when they copy a folder.
        place = normalize("NFC", cell(row, "file"))
        first = lines.setdefault(place, line)
        if first != line:
            raise GameError(
                f"{place} is in lines {first} and {line} of {path}; keep the one with the right "
                "time."
            )
        found[place] = HandedInFile(
            cell(row, "student"),
            place,
            _time(cell(row, "handed in"), line, path),
            _is_marked(cell(row, "marked late"), line, path),
            cell(row, "name in the download").removeprefix("'"),
            cell(row, "content"),
        )
    return found


def write_handed_in(folder: Path, files: Iterable[HandedInFile]) -> None:
    """Write the table, sorted by student and place."""
    rows = [
        (
            safe_cell(each.student),
            safe_cell(each.place),
            time_text(each.at),
            "yes" if each.marked_late else "",
            safe_cell(clean(each.source)),
            each.content,
        )
        for each in sorted(files, key=lambda each: (each.student, each.place))
    ]
    write_whole(folder / HANDED_IN, table_text([_HEADER, *rows], mark=True))


def read_names(folder: Path) -> dict[str, str]:
    """Return the name of each student, by the folder; nothing if there is no table."""
    path = folder / NAMES
    if path.is_symlink() or not path.is_file():
        return {}
    rows = read_table(path).rows
    return {row[0].strip(): row[1].removeprefix("'").strip() for row in rows if len(row) > 1}


def write_names(folder: Path, names: Mapping[str, str]) -> None:
    """Write how the students of a roster are called."""
    rows = [(safe_cell(student), safe_cell(name)) for student, name in names.items()]
    write_whole(folder / NAMES, table_text([("student", "name"), *rows], mark=True))


def is_of_our_time(at: datetime) -> bool:
    """Return whether somebody may have handed in then; other years may not exist in each zone."""
    return 1970 < at.year < 3000


def time_text(at: datetime | None) -> str:
    """Return a time with its zone, as the table holds it."""
    return "" if at is None else at.isoformat(timespec="seconds")


def time_of(known: Mapping[str, HandedInFile], folder: Path, path: Path) -> HandedInFile | None:
    """Return what is known of the file at a path."""
    try:
        return known.get(normalize("NFC", path.relative_to(folder).as_posix()))
    except ValueError:
        return None


def _is_marked(text: str, line: int, path: Path) -> bool:
    if (word := text.lower()) not in _TRUE | _FALSE:
        raise GameError(
            f"line {line} of {path} says {text!r} of whether the work is marked late; write yes, "
            "or leave it empty."
        )
    return word in _TRUE


def _time(text: str, line: int, path: Path) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not is_of_our_time(at):
        raise GameError(
            f"line {line} of {path} gives the time {text!r}; write it with its zone, such as "
            "2026-11-03T17:02:00+09:00."
        )
    return at
