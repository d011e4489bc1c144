"""The glossary: what each term means, from the docstring that explains it, and its lesson.

A docstring explains the terms of what it documents below the line "Terms of the glossary:", in a
list in which each term, with other forms of it in parentheses, stands above its meaning. The lesson
of a term is the one that links to it.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from balancegame.course import course_sources
from balancegame.errors import GameError

HEADING = "Terms of the glossary:"
_PAGE = """# Glossary

Each term, and the lesson that introduces it.

| term | what it means | lesson |
|---|---|---|
"""


@dataclass(frozen=True)
class Term:
    """A term, its meaning, and where each is found.

    Attributes
    ----------
    name : str
        Such as "automaton".
    forms : tuple of str
        Other forms in which it occurs, such as "automata".
    meaning : str
    place : str
        Its anchor on the page.
    lesson : str
        The file of the lesson that introduces it.
    """

    name: str
    forms: tuple[str, ...]
    meaning: str
    place: str
    lesson: str

    @property
    def number(self) -> int:
        """The number of the lesson."""
        return int(self.lesson[:2])

    def __str__(self) -> str:
        others = f" ({', '.join(self.forms)})" if self.forms else ""
        return f"{self.name}{others}: {self.meaning} (lesson {self.number})"


def terms(package: Path | None = None, notebooks: Path | None = None) -> tuple[Term, ...]:
    """Return all terms in alphabetical order.

    Parameters
    ----------
    package : Path, optional
        The folder whose docstrings explain the terms; by default that of this package.
    notebooks : Path, optional
        The folder of the lessons; by default those of this package.

    Raises
    ------
    GameError
        If a term is explained twice, or not just one lesson links to it.

    Examples
    --------
    >>> print(next(term for term in terms() if term.name == "core"))
    core: the splits to which no coalition objects (lesson 8)
    """
    lessons = sorted((notebooks or course_sources() / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in lessons}
    found: dict[str, Term] = {}
    for where, name, forms, meaning in _explained(package or Path(__file__).parent):
        place = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")
        if place in found:
            raise GameError(f"{name} is explained twice, in {where} too; explain it in one place.")
        target = f"](../docs/glossary.md#{place})"
        linked = [file for file, text in texts.items() if target in text]
        if len(linked) != 1:
            told = "no lesson links" if not linked else f"{len(linked)} lessons link"
            raise GameError(
                f"{told} to {name}, which {where} explains; let the lesson that introduces it, and "
                f"no other, link to ../docs/glossary.md#{place}."
            )
        found[place] = Term(name, forms, meaning, place, linked[0])
    return tuple(sorted(found.values(), key=lambda term: term.name.casefold()))


def write_page(folder: Path) -> Path:
    """Write the page of all terms into a folder beside that of the lessons."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "glossary.md"
    page.write_text(_PAGE + "".join(f"{_row(term)}\n" for term in terms()), encoding="utf-8")
    return page


def _row(term: Term) -> str:
    others = f" ({', '.join(term.forms)})" if term.forms else ""
    lesson = f"[{term.number}](../notebooks/{term.lesson})"
    return f'| {term.name}{others} | <a id="{term.place}"></a>{term.meaning} | {lesson} |'


def _explained(package: Path) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Yield each term that a docstring explains: where, its name, other forms and its meaning."""
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        # Only few modules need to be parsed.
        if HEADING not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                where = getattr(node, "name", path.stem)
                for name, forms, meaning in _listed(ast.get_docstring(node) or ""):
                    yield where, name, forms, meaning


def _listed(docstring: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    r"""Yield the terms of a docstring.

    Examples
    --------
    >>> list(_listed("Terms of the glossary:\n\nnode (nodes)\n    where somebody\n    chooses"))
    [('node', ('nodes',), 'where somebody chooses')]
    """
    _, heading, after = inspect.cleandoc(docstring).partition(f"{HEADING}\n")
    block = after.strip("\n").split("\n\n")[0] if heading else ""
    for entry in re.findall(r"^(\S.*)\n((?: +.*\n?)+)", block, re.MULTILINE):
        name, _, more = entry[0].partition(" (")
        forms = tuple(filter(None, more.rstrip(")").split(", ")))
        yield name, forms, " ".join(entry[1].split())
