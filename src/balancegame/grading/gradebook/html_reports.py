"""Feedback for a student and the class report as HTML: no script, nothing from elsewhere.

The pages are the templates beside this file. Whatever they show is cleaned and escaped here; the
files are written in :mod:`.reports`.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from balancegame.grading.exercise.report import CELL_STOPPED, PASSED, UNKNOWN, Outcome
from balancegame.grading.gradebook.compiled_templates import CompiledTemplates
from balancegame.grading.gradebook.database import ON_TIME
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.report_words import (
    NO_FAULT,
    VERDICT_WORDS,
    isolation_words,
    sentence_of,
)
from balancegame.grading.gradebook.statistics import ClassStatistics
from balancegame.grading.gradebook.student_record import (
    Exercise,
    GradedExercise,
    GradedTask,
    Override,
    StudentRecord,
    points_text,
)

# The same answers to the same tests stand on the pages of many students.
_PIECES_KEPT = 4096

_NUMBERED = re.compile(r"^(\w+ [0-9]+)[.:] .*")

StudentRow = tuple[str, str, Sequence[str]]
"""A student's name, the address of the feedback, and the cells of the table of grades."""


def feedback_page(record: StudentRecord) -> str:
    """Return what a student did, what is missing, and a ladder of hints."""
    return _page("feedback.html", record=record)


def class_page(
    statistics: ClassStatistics,
    exercises: Sequence[Exercise],
    students: Sequence[StudentRow],
    overrides: Iterable[Override],
    strays: Sequence[str],
    facts: Mapping[str, str],
    earlier: Sequence[str] = (),
) -> str:
    """Return what an instructor should look at and teach again."""
    # "Exercise 3. Mixing and guarding" by its number alone, so that many fit beside each other.
    titles = [(_NUMBERED.sub(r"\1", each.title), each.worth) for each in exercises]
    total = ("Total", sum(exercise.worth for exercise in exercises))
    heads = [(f"{title} ({worth})", "number") for title, worth in (*titles, total)]
    return _page(
        "class_report.html",
        statistics=statistics,
        heads=[("Student", ""), *heads],
        students=students,
        strays=strays,
        on_time=json.loads(facts.get(ON_TIME, "[]")),
        earlier=earlier,
        given=[
            f"{o.student}, {o.exercise}, task {o.task}: {points_text(o.points)} points, because: "
            f"{o.reason}"
            for o in overrides
        ],
        isolation=isolation_words(facts),
    )


def read_templates() -> None:
    """Read the templates of all pages, which takes as long as to write a hundred of them."""
    for each in ("feedback.html", "class_report.html"):
        templates().get_template(each)


def _page(template: str, **shown: object) -> str:
    return templates().get_template(template).render(shown)


@lru_cache(maxsize=4)
def templates(package: str = __package__, more_style: str = "") -> Environment:
    """Return the templates beside this file and those of another package, safe for any text.

    A page of another package may have some style more than that of the reports.
    """
    templates = Environment(
        loader=ChoiceLoader([PackageLoader(each, ".") for each in (package, __package__)]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # To look whether a template has changed takes as long as half a page.
        auto_reload=False,
        bytecode_cache=CompiledTemplates(Path(__file__)),
    )
    assert templates.loader is not None
    style = templates.loader.get_source(templates, "report.css")[0] + more_style
    # The hash lets this one style sheet in; whatever slipped into the page stays dead.
    digest = b64encode(sha256(style.encode()).digest()).decode()
    templates.globals.update(
        style=style,
        style_hash=digest,
        steps=("A question to ask yourself", "A pointer", "A worked step"),
        verdict_words=VERDICT_WORDS,
        no_fault=NO_FAULT,
        unknown=UNKNOWN,
    )
    verdict = templates.get_template("verdict.html")
    # Most pages show each of them many times.
    templates.globals["badges"] = {
        each: Markup(verdict.render(verdict=each)) for each in VERDICT_WORDS
    }
    templates.filters.update(points=points_text, explained_once=_explained_once)
    # What shows one outcome is a part of what shows a task.
    pieces = templates.globals["pieces"] = SimpleNamespace()
    tasks: Any = templates.get_template("tasks.html").module
    pieces.criterion = lru_cache(_PIECES_KEPT)(tasks.criterion)

    @lru_cache(_PIECES_KEPT)
    def shown(exercise: str, status: str, fault: str, task: GradedTask) -> tuple[str, str]:
        article = tasks.task_article(exercise, task) if task.outcomes else ""
        return tasks.task_row(exercise, status, fault, task), article

    def by_task(graded: GradedExercise) -> list[tuple[str, str]]:
        whose = graded.exercise.name, graded.status, graded.fault
        return [shown(*whose, task) for task in graded.tasks]

    templates.filters["by_task"] = by_task
    return templates


def _cleaned(value: Any) -> Any:
    # What a template itself has put together is clean already.
    return clean(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _explained_once(found: Iterable[Outcome]) -> Iterator[tuple[Outcome, str, tuple[str, ...]]]:
    """Yield each outcome with what to say: one mistake often fails several checks."""
    said: set[object] = set()
    for outcome in found:
        sentence, hints = sentence_of(outcome), outcome.hints
        if outcome.verdict == PASSED:
            yield outcome, "", ()
        else:
            again = (
                "Its cell stopped, as said above." if outcome.key == CELL_STOPPED else "As above."
            )
            yield outcome, again if sentence in said else sentence, () if hints in said else hints
            said |= {sentence, hints}
