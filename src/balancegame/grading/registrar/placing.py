"""Whose work a hand-in is: found in the roster by an ID, or by a name that only one student has."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from balancegame.errors import GameError
from balancegame.grading.gradebook.handed_in import is_of_our_time
from balancegame.grading.registrar.downloads import MOODLE, HandIn
from balancegame.grading.registrar.roster import (
    WORKSHEET,
    Roster,
    Student,
    letters,
    spellings,
)
from balancegame.grading.submission.file_names import shown
from balancegame.wording import and_list

_FORMS = (
    "%A, %d %B %Y, %I:%M %p",
    "%A, %d %B %Y, %H:%M",
    "%d %B %Y, %I:%M %p",
    "%d/%m/%Y, %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
)


def shared_names(hand_ins: Iterable[HandIn]) -> frozenset[str]:
    """Return the letters of the names that several people bear, who can be told apart by IDs."""
    bearers: dict[str, set[object]] = {}
    for each in hand_ins:
        bearers.setdefault(letters(each.name), set()).add(each.ids)
    return frozenset(name for name, ids in bearers.items() if len(ids) > 1)


def place_hand_in(
    each: HandIn, roster: Roster, system: str, shared: Container[str]
) -> tuple[Student | None, str]:
    """Return the student whose work it is, or a sentence on why nobody knows.

    Moodle's numbers are other ones in every assignment, so the name must fit the number too. A name
    that is ``shared`` tells nobody: on many platforms people may take the name of somebody else.
    """
    found_ids = (roster.with_id(value, heading) for heading, value in each.ids)
    student = next(filter(None, found_ids), None)
    label = shown(each.label)
    if student is not None:
        if each.checked and not _fits(each.name, student, roster):
            return None, (
                f"{label} was not placed: in {roster.source.name} its number is that of "
                f"{student.name}, so use the worksheet of the same assignment."
            )
        return student, ""
    found = roster.named(each.name) if each.name else []
    if len(found) == 1 and letters(each.name) in shared:
        better = "the grading worksheet" if system == MOODLE else "a roster with their IDs"
        return None, (
            f"{label} was not placed: several people of this name handed in, so nobody knows which "
            f"of them is {found[0].folder}; collect with {better}."
        )
    if len(found) == 1 and not (each.checked and roster.kind == WORKSHEET):
        return found[0], ""
    if len(found) > 1:
        folders = and_list(student.folder for student in found)
        better = "the grading worksheet" if system == MOODLE else "a roster with their IDs"
        return None, (
            f"{label} was not placed: {len(found)} students have this name ({folders}); collect "
            f"with {better}."
        )
    return None, f"{label} was not placed: nobody in {roster.source.name} has this ID or name."


def submission_times(roster: Roster, zone: str | None) -> tuple[dict[str, datetime], list[str]]:
    """Return when each student handed in, where the roster is Moodle's worksheet, which says so.

    Also returned is a sentence if there are times that cannot be read.
    """
    column = roster.column("last modified submission") if roster.kind == WORKSHEET else None
    if column is None:
        return {}, []
    place = _zone(zone)
    times, unread = {}, []
    for student in roster.students:
        text = " ".join(student.cells[column].split())
        if not text or text == "-":
            continue
        at = _read(text)
        if at is None:
            unread.append(text)
        else:
            # Without a zone, the machine's own is the best guess; the guide says so.
            times[student.folder] = at.replace(tzinfo=place) if place else at.astimezone()
    if not unread:
        return times, []
    return times, [_unread(unread, roster)]


def _unread(texts: list[str], roster: Roster) -> str:
    return (
        f"{len(texts)} times in {roster.source.name}, such as {texts[0]!r}, cannot be read; set "
        "Moodle to English for the export, or write the times into handed-in.csv."
    )


def _zone(name: str | None) -> tzinfo | None:
    try:
        return None if name is None else ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise GameError(
            f"there is no time zone {name!r}; write it like Asia/Tokyo or Europe/Berlin."
        ) from None


def _read(text: str) -> datetime | None:
    for form in _FORMS:
        try:
            at = datetime.strptime(text, form)
        except ValueError:
            continue
        return at if is_of_our_time(at) else None
    return None


def _fits(name: str, student: Student, roster: Roster) -> bool:
    # Moodle may write the login in front, and calls everybody the same where names are hidden.
    given = letters(name)
    alike = {letters(spelled) for spelled in spellings(student.name)}
    hidden = letters(student.name).startswith(given) and any(c.isdigit() for c in student.name)
    return any(given.endswith(each) for each in alike if each) or hidden
