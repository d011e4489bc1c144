"""The glossary: each term is explained where a reader of the course first meets it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest

from balancegame.glossary import terms as explained_terms
from balancegame.glossary import write_page
from balancegame.grading.practice.questions import questions
from tests.lesson_outputs import outputs
from tests.one_sentence import one_sentence

REPOSITORY = Path(__file__).parents[1]
ROW = re.compile(
    r"^\| ([^|]+) \| <a id=\"([a-z0-9-]+)\"></a>([^|]+) \| "
    r"\[(\d+)\]\(\.\./(notebooks/(\d\d)_\w+\.ipynb)\) \|$"
)


class Term(NamedTuple):
    """A term, in each form in which it occurs, and the lesson that explains it."""

    forms: tuple[str, ...]
    place: str
    meaning: str
    lesson: str


def terms():
    rows = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    for line in rows[6:]:
        name, place, meaning, number, path, prefix = ROW.fullmatch(line).groups()
        assert (REPOSITORY / path).is_file()
        assert int(prefix) == int(number)
        first, _, more = name.partition(" (")
        forms = (first, *filter(None, more.rstrip(")").split(", ")))
        yield Term(forms, place, meaning, prefix)


TERMS = list(terms())


@cache
def course():
    """Return each text of the course in the order in which it is read."""
    return list(_texts())


def _texts():
    """Yield each text in the order in which it is read: where it stands, its kind and itself.

    A lesson is followed by its exercise. What a quick check says stands where it is asked, and what
    a cell of a lesson leaves below it follows the cell.
    """
    for lesson in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        for path in (lesson, REPOSITORY / "exercises" / lesson.name):
            if not path.is_file():
                continue
            cells = nbformat.read(path, as_version=4).cells
            code = [cell for cell in cells if cell.cell_type == "code"]
            # The start page lists what is still to come.
            runs = path == lesson and lesson.name != "00_start.ipynb"
            left = outputs([cell.source for cell in code]) if runs else []
            below = {cell.id: text for cell, text in zip(code, left, strict=False)}
            for cell in cells:
                place = f"{path.parent.name}/{path.stem}, {cell.id}"
                if cell.cell_type == "markdown":
                    yield path, place, "markdown", cell.source
                if cell.id in below:
                    yield path, place, "output", below[cell.id]
                for name in re.findall(r'quick_check\("([\w-]+)"', cell.source):
                    question = questions[name]
                    words = [
                        question.input.prompt,
                        *getattr(question.input, "texts", ()),
                        question.praise,
                        *question.misconceptions.values(),
                    ]
                    yield path, place, "answers", " ".join(words)


def pattern(forms, around=r"\b"):
    longest = sorted(forms, key=len, reverse=True)
    return re.compile(f"{around}(?:{'|'.join(map(re.escape, longest))}){around}", re.IGNORECASE)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.forms[0])
def test_a_term_is_explained_where_it_first_occurs(term):
    words, bold = pattern(term.forms), pattern(term.forms, r"\*\*")
    path, place, kind, text = next(row for row in course() if words.search(row[3]))
    assert kind == "markdown", f"{term.forms[0]} is first met in the {kind} of {place}"
    assert bold.search(text), f"{term.forms[0]} is first met in {place}, where it is not explained"
    assert path.parent.name == "notebooks", place
    assert path.name[:2] == term.lesson, f"{term.forms[0]} is explained in {place}"


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.forms[0])
def test_a_term_is_linked_where_it_is_explained(term):
    target = f"](../docs/glossary.md#{term.place})"
    linked = [(path.name, text) for path, _, _, text in course() if target in text]
    assert [name[:2] for name, _ in linked] == [term.lesson]
    assert pattern(term.forms, r"\*\*").search(linked[0][1].partition(target)[0])


@pytest.mark.parametrize(
    ("word", "plainer"),
    [
        ("vertex", "corner"),
        ("vertices", "corners"),
        ("segment", "line"),
        ("deviating", "departing"),
        ("minmax", "the least that a best response gives"),
        ("preset", "values"),
        ("regimes of their own", "equilibria of their own"),
        ("hold it to", "what a best response gives"),
        ("fait accompli", "plain English"),
    ],
)
def test_a_word_that_nobody_explains_is_not_used(word, plainer):
    using = [place for _, place, _, text in course() if re.search(rf"\b{word}", text, re.I)]
    assert using == [], f"say {plainer}"


def test_terms_are_in_order_and_none_is_listed_twice():
    names = [term.forms[0].casefold() for term in TERMS]
    assert names == sorted(set(names))
    assert (
        len({term.meaning for term in TERMS}) == len({term.place for term in TERMS}) == len(TERMS)
    )


def test_the_page_is_what_the_command_makes_from_the_docstrings(tmp_path):
    made = write_page(tmp_path).read_text(encoding="utf-8")
    page = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert page == made, "balancegame glossary --page docs"
    assert len(TERMS) == len(explained_terms()) > 80


def explained_in(folder, *docstrings):
    """Write a package with these docstrings and a lesson that links to the term "core"."""
    for k, docstring in enumerate(docstrings):
        function = f'def f():\n    """Do.\n\n{docstring}    """\n'
        (folder / f"module_{k}.py").write_text(function, encoding="utf-8")
    lesson = folder / "08_votes.ipynb"
    lesson.write_text("[core](../docs/glossary.md#core)", encoding="utf-8")
    return explained_terms(folder, folder)


CORE = """    Terms of the glossary:

    core (cores)
        what nobody
        objects to
"""


def test_a_term_is_read_with_its_forms_and_all_lines_of_its_meaning(tmp_path):
    (core,) = explained_in(tmp_path, CORE, "    Nothing of the kind.\n")
    assert core.forms == ("cores",)
    assert str(core) == "core (cores): what nobody objects to (lesson 8)"


def test_a_term_is_explained_once_and_introduced_by_one_lesson(tmp_path):
    with one_sentence("core is explained twice"):
        explained_in(tmp_path, CORE, CORE)
    with one_sentence("no lesson links to cone, which f explains"):
        explained_in(tmp_path, CORE.replace("core (", "cone ("))
    (tmp_path / "09_more.ipynb").write_text("](../docs/glossary.md#core)", encoding="utf-8")
    with one_sentence("2 lessons link to core"):
        explained_in(tmp_path, CORE, "    Nothing.\n")
