"""The lessons of a course, found from their notebooks: nothing else lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balancegame.grading.exercise.variants import exercises_folder

START = "00_start.ipynb"

# A line of the recap, such as "- **Claim 3**, that ...: supported if ...".
_JUDGED = re.compile(r"^- \*\*Claim (\d+)\*\*, ", re.M)
_ASKED = re.compile(r'\bquick_check\("([\w-]+)"')


@dataclass(frozen=True)
class Lesson:
    """What a lesson's notebook says of itself.

    Attributes
    ----------
    number : str
        Such as "01".
    title : str
        In Markdown, as everything that the notebook says.
    episode : str
        Where and when it is set.
    minutes : int
        How long it takes.
    gives : tuple of str
        What one can do afterwards.
    file : str
    exercise : str
        The file of its exercise, or "" if it has none.
    claims : tuple of int
        The numbers of the article's claims that it judges.
    questions : mapping of str to (str, str)
        The heading below which each question is asked, and the cell in which it is.
    """

    number: str
    title: str
    episode: str
    minutes: int
    gives: tuple[str, ...]
    file: str
    exercise: str
    claims: tuple[int, ...]
    questions: Mapping[str, tuple[str, str]]

    def __str__(self) -> str:
        return f"{int(self.number)}. {self.title}"


def lessons(folder: Path | None = None) -> tuple[Lesson, ...]:
    """Return the lessons of a folder of notebooks, in the order of the course.

    Parameters
    ----------
    folder : Path, optional
        If not given, the one that we are in, or else that of the package.

    Examples
    --------
    >>> str(lessons()[0]), lessons()[0].minutes
    ('1. Security or energy?', 60)
    """
    places = (folder,) if folder else _places()
    return next(filter(None, (tuple(_read(place)) for place in places)), ())


def _places() -> Iterator[Path]:
    here = Path.cwd()
    yield from (here, here / "notebooks", here.parent / "notebooks")
    yield exercises_folder(None).parent / "notebooks"


def _read(folder: Path) -> Iterator[Lesson]:
    for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
        if path.name != START and (found := _lesson(path)):
            yield found


def _lesson(path: Path) -> Lesson | None:
    """Return what a notebook says of itself, or None if it is no lesson."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = [(str(cell.get("id", "")), "".join(cell["source"])) for cell in cells]
        is_code = [cell.get("cell_type") == "code" for cell in cells]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    opening = texts[0][1] if texts else ""
    title = re.search(r"^# Lesson \d+\. (.+)$", opening, re.M)
    if not title:
        return None
    episode = re.search(r"^\*(.+)\. About (\d+) minutes\.\*$", opening, re.M)
    exercise = path.parents[1] / "exercises" / path.name
    return Lesson(
        path.name[:2],
        title[1],
        episode[1] if episode else "",
        int(episode[2]) if episode else 0,
        tuple(line.rstrip(",.") for line in re.findall(r"^- (.+[,.])$", _aims(opening), re.M)),
        path.name,
        path.name if exercise.is_file() else "",
        tuple(int(number) for _, text in texts for number in _JUDGED.findall(text)),
        dict(_questions(texts, is_code)),
    )


def _aims(opening: str) -> str:
    return opening.partition("In this lesson you will\n\n")[2].partition("\n\n")[0]


def _questions(
    texts: list[tuple[str, Any]], is_code: list[bool]
) -> Iterator[tuple[str, tuple[str, str]]]:
    heading = ""
    for (cell, text), code in zip(texts, is_code, strict=True):
        # In code the same sign begins a comment.
        if not code and (headings := re.findall(r"^#+ (.+)$", text, re.M)):
            heading = headings[-1]
        for name in _ASKED.findall(text):
            yield name, (heading, cell)
