"""Who is in a class: the table that Canvas, Moodle, Gradescope or a spreadsheet exports.

The headings that are looked for are those of

- Canvas's gradebook (``lib/gradebook_exporter.rb`` of instructure/canvas-lms): Student, or LastName
  and FirstName; ID, SIS User ID, SIS Login ID, Section; below them a row "    Points Possible" and
  perhaps one that says "Manual Posting";
- Moodle's grading worksheet of an assignment (``mod/assign/gradingtable.php`` of moodle/moodle):
  Identifier, Full name, Grade, Last modified (grade), and the identity that the site shows;
- Moodle's gradebook and list of participants: First name, Last name or Surname, ID number, Email
  address;
- Gradescope's roster: Name or First Name and Last Name, Email, SID;
- a spreadsheet: Name, and an ID of any kind if two students have the same name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.gradebook.csv_tables import Table, read_table
from balancegame.grading.gradebook.handed_in import HANDED_IN, NAMES
from balancegame.grading.gradebook.plain_text import clean
from balancegame.wording import and_list

CANVAS, WORKSHEET, OTHER = "canvas", "moodle worksheet", "other"
"""What wrote a roster, as far as that matters for what goes back."""

NAME, FIRST, LAST = "name", "first name", "last name"
CANVAS_ID, PARTICIPANT = "id", "identifier"

_HEADINGS = {
    NAME: ("student", "name", "full name", "fullname", "student name"),
    FIRST: ("first name", "firstname", "given name"),
    LAST: ("last name", "lastname", "surname", "family name"),
}
# The best to call a folder by comes first: short, the same all year, and the student's own.
_IDS = (
    *("sis login id", "login id", "login", "username", "user name", "user", "netid"),
    *("sis user id", "student id", "student number", "matriculation number", "sid"),
    *("id number", "idnumber", "number", "email address", "email", "e mail", "login email"),
    *(CANVAS_ID, "user id", "userid"),
)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|;]+')
_LONGEST_FOLDER = 100
_FORMULA_OR_HIDDEN = re.compile(r"\A[=+\-@.\s'~\uff1d\uff0b\uff0d\uff20]+")
_POSTING = re.compile(r"\s*(muted|manual posting.*)?\s*", re.IGNORECASE)
_QUOTED_FORMULA = re.compile(r'\A="(.*)"\Z', re.DOTALL)


@dataclass(frozen=True)
class Student:
    """One student: what the folder is called, the name, every ID, and the row as it stands."""

    folder: str
    name: str
    ids: Mapping[str, str]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Roster:
    """The students of a class, in the order of the table."""

    source: Path
    kind: str
    header: tuple[str, ...]
    students: tuple[Student, ...]
    above: tuple[tuple[str, ...], ...]  # rows that are no student, such as possible points
    table: Table

    def column(self, heading: str) -> int | None:
        """Return where a column stands, if it does."""
        known = [_plain(each) for each in self.header]
        return known.index(heading) if heading in known else None

    def with_id(self, value: str, heading: str = "") -> Student | None:
        """Return the one student with an ID; without a heading a folder's name comes first.

        One student's number may be another's in another column, and then nobody guesses.
        """
        value = _alike(value)
        if not heading and (found := self._by_folder.get(value)):
            return found
        students = self._by_id.get((heading, value), ())
        return students[0] if len(students) == 1 else None

    @cached_property
    def _by_folder(self) -> Mapping[str, Student]:
        times = Counter(_alike(student.folder) for student in self.students)
        alone = [each for each in self.students if times[_alike(each.folder)] == 1]
        return {_alike(student.folder): student for student in alone}

    @cached_property
    def _by_id(self) -> Mapping[tuple[str, str], list[Student]]:
        found: dict[tuple[str, str], list[Student]] = {}
        for student in self.students:
            for heading, value in student.ids.items():
                for place in ((heading, _alike(value)), ("", _alike(value))):
                    listed = found.setdefault(place, [])
                    if value and student not in listed:
                        listed.append(student)
        return found

    def named(self, name: str) -> list[Student]:
        """Return the students of a name, however it is spelled: first or last name first."""
        return list(self._by_name.get(letters(name), ()))

    @cached_property
    def _by_name(self) -> Mapping[str, list[Student]]:
        found: dict[str, list[Student]] = {}
        for student in self.students:
            for each in {letters(spelled) for spelled in spellings(student.name)}:
                found.setdefault(each, []).append(student)
        return found


def read_roster(path: Path, id_heading: str | None = None) -> Roster:
    """Read who is in a class, and decide by what each student's folder is called.

    ``id_heading`` names the column that holds it. Otherwise it is the first of the login, the
    student number, the email address and so on that a student has, and without any of these the
    name. A GameError says if there are no names, or if a student is there twice.
    """
    table = read_table(path)
    known = [_plain(each) for each in table.header]
    kind = _kind(known)
    above, rows = [], []
    for line, row in zip(table.lines, table.rows, strict=True):
        if kind == CANVAS and _is_no_student(row):
            above.append(row)
        else:
            rows.append((line, row))
    if not rows:
        raise GameError(f"{path} lists no student; export it again.")
    names = [_name(table, known, line, row) for line, row in rows]
    ids = {at: head for at, head in enumerate(known) if head in (*_IDS, PARTICIPANT) and head}
    labels = _labels(table, known, rows, names, id_heading)
    folders: dict[str, int] = {}
    students = []
    for (line, row), name, label in zip(rows, names, labels, strict=True):
        folder = folder_name(label)
        first = folders.setdefault(folder.casefold(), line)
        if first != line:
            raise GameError(
                f"{label} is in lines {first} and {line} of {path}; delete one, or name with --id "
                "the column that tells the two apart."
            )
        own = {head: _id(head, row[at]) for at, head in ids.items()}
        students.append(Student(folder, name, own, row))
    return Roster(path, kind, table.header, tuple(students), tuple(above), table)


def _alike(value: str) -> str:
    """Return an ID without what makes no difference, such as the full width of Japanese digits."""
    return unicodedata.normalize("NFKC", value).casefold()


def _unquoted(cell: str) -> str:
    """Return the text of a cell without what keeps a spreadsheet from taking it for a number."""
    return _QUOTED_FORMULA.sub(r"\1", cell.strip()).removeprefix("'").strip()


def _id(heading: str, cell: str) -> str:
    if heading != PARTICIPANT:
        return _unquoted(cell)
    # "Participant 12" in the language of the site; the number alone may be another's ID.
    number = re.search(r"\d+\s*\Z", cell)
    return f"participant {number[0].strip()}" if number else cell.strip()


def folder_name(label: str) -> str:
    """Return what a student's folder is called: safe on every system and in every spreadsheet.

    Examples
    --------
    >>> folder_name("ann@example.org"), folder_name("=1+1"), folder_name("../Kim, Lee")
    ('ann@example.org', '1+1', 'Kim, Lee')
    """
    text = clean(_FORBIDDEN.sub("-", unicodedata.normalize("NFC", label)))
    text = _FORMULA_OR_HIDDEN.sub("", text).encode()[: 2 * _LONGEST_FOLDER].decode(errors="ignore")
    text = text[:_LONGEST_FOLDER].rstrip(". ")
    # Beside the folders lie tables of these names.
    return f"student {text}".strip() if text.casefold() in ("", HANDED_IN, NAMES) else text


def spellings(name: str) -> Iterator[str]:
    """Yield a name as it stands, and "First Last" for "Last, First"."""
    yield name
    last, comma, first = name.partition(",")
    if comma:
        yield f"{first} {last}"
    else:
        *given, family = name.split() or [""]
        yield " ".join([family, *given])


def letters(name: str) -> str:
    """Return the letters and digits of a name, by which platforms' file names are compared.

    Examples
    --------
    >>> letters("O'Neil, Zoë-Ann") == letters("oneil zoë ann")
    True
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def _kind(known: Sequence[str]) -> str:
    if PARTICIPANT in known and "grade" in known and "last modified grade" in known:
        return WORKSHEET
    if CANVAS_ID in known and "section" in known and {"student", "lastname"} & set(known):
        return CANVAS
    return OTHER


def _is_no_student(row: tuple[str, ...]) -> bool:
    # As lib/gradebook_importer.rb of Canvas tells these rows from a student's.
    return "Points Possible" in row[0] or all(_POSTING.fullmatch(cell) for cell in row)


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


def _name(table: Table, known: Sequence[str], line: int, row: tuple[str, ...]) -> str:
    def cell(kind: str) -> str | None:
        at = next((known.index(each) for each in _HEADINGS[kind] if each in known), None)
        if at is None:
            return None
        # Canvas writes a name that begins like a formula as ="name".
        text = _QUOTED_FORMULA.sub(r"\1", row[at].strip())
        return " ".join(text.split())

    whole, first, last = cell(NAME), cell(FIRST), cell(LAST)
    if whole is None and (first is None or last is None):
        # Where names are hidden from those who grade, Moodle leaves numbers alone.
        if PARTICIPANT in known:
            return row[known.index(PARTICIPANT)].strip()
        shown = ", ".join(each.strip() for each in table.header[:6])
        raise GameError(
            f"{table.source} has no column of names; its first line is {shown!r}, and a roster "
            "needs a column Name, or First name and Last name, so export it in English or rename "
            "the headings."
        )
    name = whole or f"{first or ''} {last or ''}".strip()
    if not name:
        raise GameError(
            f"line {line} of {table.source} has no name; fill it in or delete the line."
        )
    return name


def _labels(
    table: Table,
    known: Sequence[str],
    rows: Sequence[tuple[int, tuple[str, ...]]],
    names: Sequence[str],
    id_heading: str | None,
) -> list[str]:
    """Return by what each student's folder is called."""
    if id_heading is not None:
        if (wanted := _plain(id_heading)) not in known:
            raise GameError(
                f"{table.source} has no column {id_heading!r}; it has "
                f"{and_list(each.strip() for each in table.header[:5])}."
            )
        labels = [_unquoted(row[known.index(wanted)]) for _, row in rows]
        if "" in labels:
            line, _ = rows[labels.index("")]
            raise GameError(f"line {line} of {table.source} has no {id_heading}; fill it in.")
        return labels
    # Each row by itself, so that one more student without a login moves nobody else's folder.
    preferred = [known.index(heading) for heading in _IDS if heading in known]
    labels = []
    for (_, row), name in zip(rows, names, strict=True):
        own = next(filter(None, (_unquoted(row[at]) for at in preferred)), "")
        if not own and PARTICIPANT in known and names.count(name) > 1:
            # The number is another one in each assignment, so it is used only where it must be.
            own = f"{name} ({row[known.index(PARTICIPANT)].strip()})"
        labels.append(own or name)
    return labels
