"""submission_metadata.yml of Gradescope's export: whose each submission is, and when it came.

The file is written by Ruby: its keys begin with a colon. For each folder it holds ``:submitters``,
each with ``:name``, ``:sid`` and ``:email``, and ``:created_at``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import yaml

from balancegame.errors import GameError
from balancegame.grading.gradebook.handed_in import is_of_our_time
from balancegame.grading.registrar.download_files import DownloadedFile

Person = tuple[tuple[str, ...], str]
"""The IDs of a student, and the name."""

# How YAML writes nothing.
_NOTHING = ("", "~", "null")


def submitters(metadata: DownloadedFile) -> Iterator[tuple[str, datetime | None, list[Person]]]:
    """Yield each folder, when it was handed in, and the students whose it is."""
    try:
        # All of it is text: an ID such as 0123 or 1_000 would be another one as a number. Tags of
        # Ruby's are left out, and nothing is made but plain values.
        found = yaml.load(metadata.read(), Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise GameError(
            f"{metadata.place} is not what Gradescope writes; export the submissions again."
        )
    for folder, about in found.items():
        about = about if isinstance(about, dict) else {}
        listed = about.get(":submitters")
        people = [
            (_texts(each, ":sid", ":email"), "".join(_texts(each, ":name")))
            for each in (listed if isinstance(listed, list) else [])
            if isinstance(each, dict)
        ]
        yield str(folder), _time(about.get(":created_at")), people


def _texts(person: dict[str, Any], *keys: str) -> tuple[str, ...]:
    found = (person.get(key) for key in keys)
    return tuple(each.strip() for each in found if isinstance(each, str) and each not in _NOTHING)


def _time(text: object) -> datetime | None:
    """Return a time such as "2026-11-03 08:02:00.123456789 Z"."""
    day, _, rest = str(text).strip().replace("UTC", "Z").partition(" ")
    try:
        at = datetime.fromisoformat(f"{day} {rest.replace(' ', '')}".strip())
    except ValueError:
        return None
    if not is_of_our_time(at):
        return None
    # YAML's times without a zone are in UTC, and Gradescope's are too.
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
