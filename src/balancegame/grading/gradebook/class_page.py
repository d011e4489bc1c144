"""class-report.html: for the instructor, what to look at and what to teach again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from balancegame.grading.gradebook.html_page import html_page, share_bar, words
from balancegame.grading.gradebook.isolation_words import isolation_words
from balancegame.grading.gradebook.records import Exercise, Override, points_text
from balancegame.grading.gradebook.statistics import ClassStatistics

_SHOWN = 12
_NUMBERED = re.compile(r"^(\w+ [0-9]+)[.:] .*")


def class_page(
    statistics: ClassStatistics,
    exercises: Sequence[Exercise],
    rows: Iterable[str],
    overrides: Sequence[Override],
    strays: Sequence[str],
    facts: Mapping[str, str],
) -> str:
    """Return the report on a class as a page; ``rows`` come from :func:`student_row`."""
    body = [
        "<header><h1>Class report</h1>",
        f'<p class="isolation">{words(isolation_words(facts))}</p></header>',
        "<main>",
        _facts(statistics),
        _distribution(statistics),
        _attention(statistics, overrides, strays),
        _hardest(statistics),
        _misconceptions(statistics),
        _students(exercises, rows),
        "</main>",
        "<footer><p>This page is for the instructor: it names students.</p></footer>",
    ]
    return html_page("Class report", "\n".join(filter(None, body)))


def student_row(name: str, page: str, cells: Sequence[str]) -> str:
    """Return one student's row of the table of grades."""
    numbers = "".join(f'<td class="number">{words(cell)}</td>' for cell in cells)
    return (
        f'<tr><th scope="row"><a href="{words(page)}"><bdi>{words(name)}</bdi></a></th>'
        f"{numbers}</tr>"
    )


def _facts(statistics: ClassStatistics) -> str:
    shown = {
        "Students": str(statistics.students),
        "Mean": f"{statistics.mean:.1f} of {statistics.worth}",
        "Median": f"{statistics.median:.1f} of {statistics.worth}",
        "Graded": str(statistics.statuses["graded"]),
        "Not handed in": str(statistics.statuses["not handed in"]),
        "Not graded": str(statistics.statuses["not graded"]),
    }
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in shown.items())
    return f'<dl class="facts">{items}</dl>'


def _distribution(statistics: ClassStatistics) -> str:
    counts = statistics.tenths
    top = max(counts)
    if not top:
        return ""
    marks = []
    for place, count in enumerate(counts):
        height = 90 * count / top
        x = 8 + 48 * place
        if count:
            marks.append(f'<rect x="{x}" y="{110 - height:.4g}" width="40" height="{height:.4g}"/>')
            marks.append(
                f'<text x="{x + 20}" y="{105 - height:.4g}" text-anchor="middle">{count}</text>'
            )
        marks.append(
            f'<text x="{x + 20}" y="126" text-anchor="middle">{10 * place}–{10 * place + 10}</text>'
        )
    spoken = "; ".join(
        f"{10 * place} to {10 * place + 10} percent: {count}"
        for place, count in enumerate(counts)
        if count
    )
    return (
        '<figure><svg class="histogram" viewBox="0 0 490 132" width="490" height="132" role="img" '
        f'aria-label="Students by percent of all points. {spoken}.">'
        '<line x1="4" y1="110.5" x2="486" y2="110.5"/>' + "".join(marks) + "</svg>"
        "<figcaption>Students by percent of all points; work that is not handed in counts as "
        "0.</figcaption></figure>"
    )


def _attention(
    statistics: ClassStatistics, overrides: Sequence[Override], strays: Sequence[str]
) -> str:
    parts = [
        _list(
            "Not graded, through no fault of the student: grade again",
            [f"{student}, {title}: {why}" for student, title, why in statistics.faults],
        ),
        _list(
            "Checks that broke or were skipped: see to the tests",
            [f"{title}, task {task}: {name}" for title, task, name in sorted(statistics.broken)],
        ),
        _list(
            "Submissions that could not be graded as they are",
            [f"{student}, {title}: {why}" for student, title, why in statistics.problems],
        ),
        _list("Files that are nobody's submission", strays),
        _list(
            "Points given by hand",
            [
                f"{o.student}, {o.exercise}, task {o.task}: {points_text(o.points)} points, "
                f"because: {o.reason}"
                for o in overrides
            ],
        ),
    ]
    found = "".join(filter(None, parts))
    return f"<section><h2>For your attention</h2>{found}</section>" if found else ""


def _list(title: str, sentences: Sequence[str]) -> str:
    if not sentences:
        return ""
    items = "".join(f"<li>{words(sentence)}</li>" for sentence in sentences)
    is_open = " open" if len(sentences) <= _SHOWN else ""
    return (
        f"<details{is_open}><summary>{title} ({len(sentences)})</summary><ul>{items}</ul></details>"
    )


def _hardest(statistics: ClassStatistics) -> str:
    rows = [
        f'<tr><th scope="row">{words(task.title)}, task {task.task}</th>'
        f'<td class="number">{share_bar(task.mean)}{100 * task.mean:.0f} %</td>'
        f'<td class="number">{task.full} of {task.students}</td>'
        f'<td class="number">{task.unattempted}</td></tr>'
        for task in statistics.hardest
    ]
    heads = (("Task", ""), ("Mean points", "number"), ("All points", "number"))
    caption = "Over those whose work could be graded, the hardest first."
    return _table("Hardest tasks", caption, (*heads, ("Not attempted", "number")), rows)


def _misconceptions(statistics: ClassStatistics) -> str:
    rows = [
        f'<tr><th scope="row">{words(mistake.title)}, task {mistake.task}: '
        f"{words(mistake.key.replace('-', ' ').replace('_', ' '))}</th>"
        f'<td class="number">{mistake.students}</td><td>{words(mistake.message)}</td></tr>'
        for mistake in statistics.commonest[:_SHOWN]
    ]
    heads = (("Misconception", ""), ("Students", "number"), ("Feedback", ""))
    caption = "How many students met each, and what one of them was told."
    return _table("Commonest misconceptions", caption, heads, rows)


def _students(exercises: Sequence[Exercise], rows: Iterable[str]) -> str:
    worth = sum(exercise.worth for exercise in exercises)
    # "Exercise 3. Mixing and guarding" by its number alone, so that many fit beside each other.
    shown = [(_NUMBERED.sub(r"\1", exercise.title), exercise.worth) for exercise in exercises]
    points = [(f"{words(title)} ({most})", "number") for title, most in shown]
    heads = (("Student", ""), *points, (f"Total ({worth})", "number"))
    return _table("Students", "Each name leads to the student's feedback.", heads, list(rows))


def _table(title: str, caption: str, heads: Sequence[tuple[str, str]], rows: Sequence[str]) -> str:
    if not rows:
        return ""
    cells = "".join(f'<th scope="col" class="{kind}">{head}</th>' for head, kind in heads)
    # A wide table is scrolled, and whoever has no mouse must reach it to scroll.
    scroll = f'<div class="scroll" tabindex="0" role="region" aria-label="{title}">'
    return (
        f"<section><h2>{title}</h2>{scroll}<table><caption>{caption}</caption>"
        f"<thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></section>"
    )
