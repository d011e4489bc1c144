"""What the name of a file says: which exercise it answers, and what kind of file it claims to be.

Browsers, mail programs, JupyterLab and learning platforms all rename what they copy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

NOTEBOOK, SCRIPT = "notebook", "script"

EXPECTED, RENAMED, NUMBERED = range(3)
"""How well a name fits: as expected, renamed by a program, or by the number alone."""

_ENDING = re.compile(r"(?<=.)\.[a-z][a-z0-9]{0,8}\Z", re.IGNORECASE | re.DOTALL)
_PUT_BEFORE = re.compile(r"(?:copy|kopie|copie|copia) (?:of|von|de|di) ", re.IGNORECASE)
# One at a time: how several are parted may be seen in very many ways, and all would be tried.
_PUT_BEHIND = re.compile(
    r"(?:[ _-]*\(\d{1,3}\)|[ _-]+(?:copy|kopie|copie|copia)[ _-]?\d{0,3}|[ -]\d{1,2}"
    r"|-checkpoint)\Z",
    re.IGNORECASE,
)
_LONGEST = 300
_NUMBER = re.compile(r"0*(\d{1,4})(?![\d.])")
_COMPANIONS = ("test_", "variant_", "conftest", "__init__")
_CODE_ENDINGS = {".ipynb", ".py", ".json", ".txt"}

DOCUMENTS = {
    ".html": "a web page",
    ".htm": "a web page",
    ".pdf": "a PDF",
    ".doc": "a Word document",
    ".docx": "a Word document",
    ".odt": "a text document",
    **dict.fromkeys((".rar", ".7z", ".gz", ".tgz", ".tar"), "an archive of another kind than zip"),
}
"""What people hand in instead, by its ending."""

NO_NOTEBOOKS = {
    **DOCUMENTS,
    ".md": "a text",
    **dict.fromkeys((".png", ".jpg", ".jpeg"), "a picture"),
}
"""The same, and what counts as such only if its name names an exercise."""

LESSON = "is the lesson, not the exercise; hand in the one from the folder exercises of your course"
"""What is wrong with a lesson, which is called like its exercise."""

HIDDEN_SUFFIX = "_hidden"
"""The end of the name of a test file whose tests are all hidden."""

START_PAGE = "00_start.ipynb"
"""The page from which a course begins, which belongs to no exercise."""

_KNOWN_ENDINGS = {".zip", *_CODE_ENDINGS, *NO_NOTEBOOKS}


def exercise_of(tests: Path) -> str:
    """Return the name of the exercise that a test file tests.

    Examples
    --------
    >>> exercise_of(Path("exercises/test_01_security_or_energy_hidden.py"))
    '01_security_or_energy'
    """
    return tests.stem.removeprefix("test_").removesuffix(HIDDEN_SUFFIX)


@dataclass(frozen=True)
class Named:
    """What a name says.

    ``kind`` is NOTEBOOK or SCRIPT where the content may be one, else ""; ``usual`` says whether
    the ending is the usual one of its kind.
    """

    stem: str
    ending: str  # in lower case
    kind: str
    usual: bool


# A class hands in the same few names again and again.
@lru_cache(maxsize=4096)
def named(name: str) -> Named:
    """Return what a file's name says by its ending.

    Examples
    --------
    >>> named("03_mixing.ipynb.txt")
    Named(stem='03_mixing', ending='.txt', kind='notebook', usual=False)
    """
    stem, endings = name, []
    while (found := _ENDING.search(stem)) and found[0].lower() in _KNOWN_ENDINGS:
        stem = stem[: found.start()]
        endings.append(found[0])
    other = _ENDING.search(name)
    ending = other[0].lower() if other else ""
    parts = {each.lower() for each in endings} or {ending} - {""}
    kind = "" if parts - _CODE_ENDINGS else SCRIPT if ".py" in parts else NOTEBOOK
    return Named(stem, ending, kind, usual=endings in ([".ipynb"], [".py"]))


def exercise_named(name: str, exercises: Iterable[str]) -> tuple[str, int] | None:
    """Return which exercise a file's name names, and how well it fits; None if it names none.

    Examples
    --------
    >>> exercise_named("03_mixing (1).ipynb", ["03_mixing", "04_sanctions"])
    ('03_mixing', 1)
    """
    return _exercise_named(name, tuple(exercises))


@lru_cache(maxsize=4096)
def _exercise_named(name: str, known: tuple[str, ...]) -> tuple[str, int] | None:
    stem = named(name).stem
    if stem in known:
        return stem, EXPECTED
    if is_companion(name):
        return None
    bare = _without_what_programs_add(stem)
    for spelled in (stem, bare):
        for exercise in known:
            # Platforms put the student's name and numbers in front.
            if f"_{_alike(spelled)}".endswith(f"_{_alike(exercise)}"):
                return exercise, RENAMED
    number = _NUMBER.match(stem)
    matching = [each for each in known if number and _number_of(each) == int(number[1])]
    return (matching[0], NUMBERED) if len(matching) == 1 else None


def _without_what_programs_add(stem: str) -> str:
    if len(stem) > _LONGEST:
        return stem
    bare, longer = _PUT_BEFORE.sub("", stem, count=1), ""
    while bare != longer:
        longer, bare = bare, _PUT_BEHIND.sub("", bare)
    return bare


def is_companion(name: str) -> bool:
    """Return whether a file is handed out beside an exercise, and not meant to be handed in."""
    return name.startswith(_COMPANIONS)


def shown(name: str) -> str:
    """Return a name that a sentence can hold."""
    if name.isprintable():
        return name[:100]
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:100]


def _number_of(exercise: str) -> int | None:
    match = _NUMBER.match(exercise)
    return int(match[1]) if match else None


def _alike(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFC", name).casefold()).strip("_")
