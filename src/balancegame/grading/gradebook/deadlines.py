"""When work is due, and what it costs to be late: read from a TOML file that the instructor writes.

The file gives rules for all exercises, ``[exercises]`` changes them for some, and ``[extensions]``
moves the due time of single students. A penalty is counted as Canvas counts it: for each day or
hour that has begun since the work was due, a share of all points of the exercise, and never more
than the work has earned.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from balancegame.errors import GameError
from balancegame.grading.submission.file_names import exercise_named
from balancegame.wording import and_list, or_list

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

NEWEST, BEST = "newest", "best"

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
# Nobody means a number with more digits, and few computers take a date so far off.
_NUMBER = r"(\d{1,5}(?:\.\d{1,5})?)"
_SPAN = re.compile(r"(\d{1,5})\s*(minute|hour|day)s?")
_PENALTY = re.compile(rf"{_NUMBER}\s*(%|points?)\s+(?:per|an?|each)\s+(hour|day)")
_SHARE = re.compile(rf"{_NUMBER}\s*%")
_SHOWN = 80
_KEYS = ("due", "grace", "penalty", "at_most", "closes", "attempts")


@dataclass(frozen=True)
class Penalty:
    """What each day or hour that has begun costs: a percentage of all points, or points."""

    amount: Fraction
    is_share: bool
    unit: str
    at_most: Fraction = Fraction(100)  # percent of all points

    def of(self, late: timedelta, worth: int) -> Fraction:
        """Return the points that it costs to be late by so much.

        Examples
        --------
        >>> Penalty(Fraction(10), True, "day").of(timedelta(hours=25), 7)
        Fraction(7, 5)
        """
        begun = -(-late // _UNITS[self.unit])
        each = self.amount * worth / 100 if self.is_share else self.amount
        return min(begun * each, self.at_most * worth / 100)

    def __str__(self) -> str:
        amount = f"{float(self.amount):g}"
        plural = "" if self.amount == 1 else "s"
        each = f"{amount}% of all points" if self.is_share else f"{amount} point{plural}"
        limit = "" if self.at_most == 100 else f", at most {float(self.at_most):g}%"
        return f"{each} for each {self.unit} begun{limit}"


@dataclass(frozen=True)
class Rule:
    """What holds for one student and one exercise."""

    due: datetime | None = None
    grace: timedelta = timedelta()
    penalty: Penalty | None = None
    closes: datetime | None = None
    attempts: str = NEWEST
    is_extended: bool = False


@dataclass(frozen=True)
class Deadlines:
    """The rules of a class; with no rules at all nothing is ever late."""

    text: str = ""
    names: tuple[str, ...] = ()  # the exercises of the course
    general: Rule = Rule()
    exercises: Mapping[str, Rule] = field(default_factory=dict)
    extensions: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)

    @property
    def kept(self) -> str:
        """The same as one text, from which :func:`kept_deadlines` reads it again."""
        return json.dumps([self.text, self.names])

    def rule(self, student: str, exercise: str) -> Rule:
        """Return what holds for a student; an extension moves the due time, and what follows."""
        rule = self.exercises.get(exercise, self.general)
        own = self.extensions.get(student, {})
        until = own.get(exercise) or own.get("")
        if until is None:
            return rule
        closes = None if rule.closes is None else max(rule.closes, until)
        return replace(rule, due=until, closes=closes, is_extended=True)


def read_deadlines(path: Path, exercises: Sequence[str]) -> Deadlines:
    """Read the file of deadlines; a GameError says what in it cannot be understood."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "it is not in UTF-8"
        raise GameError(f"the deadlines {path} cannot be read ({said}).") from None
    return parse_deadlines(text, exercises, path.name)


def parse_deadlines(text: str, exercises: Sequence[str], source: str = "deadlines") -> Deadlines:
    """Return the deadlines in a text, for these exercises."""
    # Most classes are graded without, and then nothing that reads them need be loaded.
    if not text:
        return Deadlines(names=tuple(exercises))
    import tomllib

    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = str(error).rstrip(".")
        raise GameError(f"{source} cannot be read ({said}); see the guide's example.") from None
    reader = _Reader(source, found)
    unknown = found.keys() - {*_KEYS, "timezone", "exercises", "extensions"}
    if unknown:
        raise GameError(
            f"{source} says {sorted(unknown)[0]!r}, which has no meaning; it may say "
            f"{or_list([*_KEYS, 'timezone', 'exercises', 'extensions'])}."
        )
    general = reader.rule({key: found[key] for key in _KEYS if key in found}, Rule(), "")
    listed = reader.table(found.get("exercises", {}), "exercises")
    own = {
        name: reader.rule(reader.table(listed[spelled], spelled), general, spelled)
        for spelled, name in reader.each_once(
            listed, lambda name: reader.exercise(name, exercises), "exercises"
        )
    }
    students = reader.table(found.get("extensions", {}), "extensions")
    extensions = {}
    # A name may be spelled in two ways that look alike.
    for spelled, student in reader.each_once(students, _nfc, "extensions"):
        where, until = f"extensions of {student}", students[spelled]
        listed = until if isinstance(until, dict) else {"": until}
        extensions[student] = {
            name: reader.time(listed[each], where)
            for each, name in reader.each_once(
                listed, lambda name: name and reader.exercise(name, exercises), where
            )
        }
    return Deadlines(text, tuple(exercises), general, own, extensions)


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def kept_deadlines(kept: str) -> Deadlines:
    """Return the deadlines that a gradebook keeps."""
    return parse_deadlines(*json.loads(kept)) if kept else Deadlines()


class _Reader:
    """Reads the values of a file, and says where one is wrong."""

    def __init__(self, source: str, found: Mapping[str, Any]) -> None:
        self._source = source
        self._zone: ZoneInfo | None = None
        if "timezone" in found:
            from zoneinfo import ZoneInfo

            try:
                self._zone = ZoneInfo(found["timezone"])
            except (OSError, ValueError, KeyError, TypeError):
                raise self._wrong("timezone", found["timezone"], "Asia/Tokyo") from None

    def _wrong(self, key: str, value: object, example: str) -> GameError:
        text = repr(value)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        return GameError(
            f"{self._source} gives {key} as {shown}, which cannot be read; write it like {example}."
        )

    def table(self, value: object, name: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(name, value, f"[{name}] with lines of its own")
        return value

    def each_once(
        self, names: Iterable[str], meant: Callable[[str], str], where: str
    ) -> Iterator[tuple[str, str]]:
        """Yield each name with what it means, unless two mean the same."""
        found: dict[str, str] = {}
        for name in names:
            first = found.setdefault(meant(name), name)
            if first != name:
                raise GameError(
                    f"{self._source} says {first!r} and {name!r} in {where}, which are the same; "
                    "leave one of them out."
                )
        for meaning, name in found.items():
            yield name, meaning

    def exercise(self, name: str, exercises: Sequence[str]) -> str:
        found = exercise_named(name, exercises)
        if found is None:
            raise GameError(
                f"{self._source} names an exercise {name!r}, which is not there; the exercises are "
                f"{and_list(exercises)}."
            )
        return found[0]

    def time(self, value: object, key: str) -> datetime:
        if not isinstance(value, datetime):
            raise self._wrong(key, value, "2026-11-03T23:59:00+09:00, without quotes")
        if value.tzinfo is not None:
            return value
        if self._zone is None:
            raise GameError(
                f"{self._source} gives {key} without a time zone; add one, as in "
                '2026-11-03T23:59:00+09:00, or a line such as timezone = "Asia/Tokyo".'
            )
        # An hour that clocks go through twice, or not at all: nobody is late who may be in time.
        read = [value.replace(tzinfo=self._zone, fold=fold) for fold in (0, 1)]
        return max(read, key=lambda at: at.replace(tzinfo=None) - (at.utcoffset() or timedelta()))

    def rule(self, table: Mapping[str, Any], general: Rule, name: str) -> Rule:
        where = f" of {name}" if name else ""
        if unknown := table.keys() - set(_KEYS):
            raise GameError(
                f"{self._source} says {sorted(unknown)[0]!r}{where}, which has no meaning; it may "
                f"say {or_list(_KEYS)}."
            )
        changes: dict[str, Any] = {
            key: self.time(table[key], key + where) for key in ("due", "closes") if key in table
        }
        if "grace" in table:
            span = _SPAN.fullmatch(str(table["grace"]).strip())
            if span is None:
                raise self._wrong("grace" + where, table["grace"], '"15 minutes"')
            changes["grace"] = int(span[1]) * _UNITS[span[2]]
        if "penalty" in table:
            changes["penalty"] = self._penalty(table["penalty"], where)
        penalty = changes.get("penalty", general.penalty)
        if "at_most" in table and penalty is not None:
            share = _SHARE.fullmatch(str(table["at_most"]).strip())
            if share is None or Fraction(share[1]) > 100:
                raise self._wrong("at_most" + where, table["at_most"], '"50%"')
            changes["penalty"] = replace(penalty, at_most=Fraction(share[1]))
        elif "penalty" in changes and general.penalty is not None:
            changes["penalty"] = replace(changes["penalty"], at_most=general.penalty.at_most)
        if "attempts" in table:
            if table["attempts"] not in (NEWEST, BEST):
                raise self._wrong("attempts" + where, table["attempts"], '"newest" or "best"')
            changes["attempts"] = table["attempts"]
        rule = replace(general, **changes)
        if rule.due is not None and rule.closes is not None and rule.closes < rule.due:
            raise GameError(
                f"{self._source} closes before the work is due{where}; give a later time as closes."
            )
        return rule

    def _penalty(self, value: object, where: str) -> Penalty:
        found = _PENALTY.fullmatch(str(value).strip())
        if found is None:
            raise self._wrong("penalty" + where, value, '"10% per day" or "1 point per hour"')
        return Penalty(Fraction(found[1]), found[2] == "%", found[3])
