"""A new exercise to start from: small, but with all its parts, and it passes its own check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from balancegame.errors import GameError
from balancegame.wording import and_list

_PLACEHOLDER = "00_skeleton"
_NAME = re.compile(r"(?:(\d\d)_)?([a-z][a-z0-9_]*)")


def new_exercise(name: str, folder: Path) -> tuple[str, ...]:
    """Write a notebook, its tests, a hidden test, a variant file and a solution.

    Parameters
    ----------
    name : str
        Such as "05_deterrence"; without a number it gets the next one that is free.
    folder : Path
        The folder of the exercises. It is made if it is not there.

    Returns
    -------
    tuple of str
        The files, as paths within the folder.

    Raises
    ------
    GameError
        If that is not a name, or there is an exercise of this number already. Then nothing is
        written.
    """
    spelled = _NAME.fullmatch(name)
    if spelled is None:
        raise GameError(
            f"{name!r} is not the name of an exercise; write two digits and small letters, such as "
            "05_deterrence, or the letters alone."
        )
    number = spelled[1] or _next_number(folder)
    if taken := sorted(path.name for path in folder.glob(f"*{number}_*")):
        raise GameError(
            f"there is an exercise {number} in {folder} already ({and_list(taken)}); choose "
            "another number."
        )
    full = f"{number}_{spelled[2]}"
    written = {
        place.replace(_PLACEHOLDER, full).removesuffix(".txt"): _filled(text, number, full)
        for place, text in _skeleton(files(__package__) / "skeleton")
    }
    try:
        for place, text in written.items():
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise GameError(
            f"the exercise cannot be written to {folder}: {error.strerror or error}; choose "
            "another folder."
        ) from error
    return tuple(written)


def _skeleton(folder: Traversable, place: str = "") -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _skeleton(entry, f"{place}{entry.name}/")
        elif entry.name.endswith((".txt", ".ipynb")):
            yield f"{place}{entry.name}", entry.read_text(encoding="utf-8")


def _filled(text: str, number: str, full: str) -> str:
    title = full.partition("_")[2].replace("_", " ").capitalize()
    text = text.replace("Exercise 0. Skeleton", f"Exercise {int(number)}. {title}")
    text = text.replace('check(\\"00\\"', f'check(\\"{number}\\"')
    return text.replace("exercise 0", f"exercise {int(number)}").replace(_PLACEHOLDER, full)


def _next_number(folder: Path) -> str:
    known = (re.match(r"(\d\d)_", path.name) for path in folder.glob("*.ipynb"))
    highest = max((int(found[1]) for found in known if found), default=0)
    if highest == 99:
        raise GameError(f"there is an exercise 99 in {folder}; choose a number yourself.")
    return f"{highest + 1:02}"
