"""What a student answered and bet, kept in the course folder; it is never sent anywhere.

Each answer has a small file of its own below ``.balancegame/kept``, replaced in one step. So
notebooks that are open at the same time need no lock, an interruption leaves the old file or the
new one, and a file that cannot be read takes only its own answer with it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from balancegame.errors import GameError

COURSE_MARK = Path(".balancegame", "handed-out.json")
"""The file by which a course folder is known."""

ANSWERS, BETS, EXERCISES = "answers", "bets", "exercises"
"""The kinds of what is kept."""

# In a browser's tab the files of the course are a drive, on which nothing is handed out.
_DRIVE = Path("/drive") if sys.platform == "emscripten" else None

_NAME = re.compile(r"[\w-][\w.-]*", re.ASCII)


def course_around(place: Path | None = None) -> Path | None:
    """Return the course folder that a place lies in, if there is one; by default where we are."""
    here = (Path.cwd() if place is None else place).absolute()
    for folder in (here, *here.parents):
        if folder == _DRIVE or (folder / COURSE_MARK).is_file():
            return folder
    return None


def keep(kind: str, name: str, record: Mapping[str, Any], folder: Path | None = None) -> None:
    """Keep what was answered, in place of what was kept before.

    Parameters
    ----------
    kind : str
        :data:`ANSWERS`, :data:`BETS` or :data:`EXERCISES`.
    name : str
        What was answered, such as "01-threshold"; a file is called like it.
    record : mapping
        Plain data. When it was kept is added to it.
    folder : Path, optional
        The course folder; the one around us if not given. Outside of any, nothing is kept.

    Raises
    ------
    GameError
        If it cannot be written.
    """
    path = _path(kind, name, folder)
    if path is None:
        return
    kept = {**record, "kept": datetime.now(UTC).isoformat(timespec="seconds")}
    # Two notebooks may write at once, so neither may use the other's unfinished file.
    unfinished = path.with_name(f".{path.stem}.{uuid4().hex}.unfinished")
    text = json.dumps(kept, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _DRIVE is None:
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(path)
        else:
            # The page keeps a file in one step.
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise GameError(
            f"this could not be kept in {path.parent} ({error.strerror or error}), so it will be "
            "gone when you open the notebook again; make room or make the folder writable."
        ) from error


def kept(kind: str, name: str, folder: Path | None = None) -> dict[str, Any] | None:
    """Return what was kept under a name, if anything was.

    Raises
    ------
    GameError
        If the file cannot be read. It is set aside, so the next call finds nothing.
    """
    path = _path(kind, name, folder)
    return None if path is None else _record(path)


def all_kept(kind: str, folder: Path | None = None) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Return all of a kind that was kept, by name, and a sentence for each unreadable file."""
    course = course_around() if folder is None else folder
    found, complaints = {}, []
    for path in sorted(
        (course / ".balancegame" / "kept" / kind).glob(f"*{_ending()}") if course else ()
    ):
        try:
            if (record := _record(path)) is not None:
                found[path.stem] = record
        except GameError as error:
            complaints.append(str(error))
    return found, complaints


def _path(kind: str, name: str, folder: Path | None) -> Path | None:
    if not _NAME.fullmatch(name):
        raise GameError(f"{name!r} cannot be the name of what is kept.")
    course = course_around() if folder is None else folder
    return (
        None if course is None else course / ".balancegame" / "kept" / kind / f"{name}{_ending()}"
    )


def _ending() -> str:
    # JupyterLite 0.6 never answers a request to write a file once more that ends in .json.
    return ".json" if _DRIVE is None else ".txt"


def _record(path: Path) -> dict[str, Any] | None:
    try:
        record = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        record = None
    if isinstance(record, dict):
        return record
    aside = next(
        place
        for number in count(1)
        if not (place := path.with_name(f"{path.stem}.unreadable-{number}")).exists()
    )
    try:
        path.replace(aside)
        fate = f"it was set aside as {aside.name}"
    except OSError:
        fate = "delete it"
    raise GameError(f"what was kept in {path} cannot be read; {fate}, so answer once more.")
