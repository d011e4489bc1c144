"""feedback/<student>.html: what a student did, what is missing, and a ladder of hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from balancegame.grading.exercise.report import PASSED
from balancegame.grading.gradebook.html_page import badge, html_page, words
from balancegame.grading.gradebook.isolation_words import isolation_words
from balancegame.grading.gradebook.records import (
    GradedCriterion,
    GradedExercise,
    GradedTask,
    StudentRecord,
    points_text,
)
from balancegame.grading.gradebook.verdict_words import sentence_of

_STEPS = ("A question to ask yourself", "A pointer", "A worked step")


def feedback_page(record: StudentRecord, facts: Mapping[str, str]) -> str:
    """Return the feedback to one student as a page."""
    body = [
        "<header>",
        f"<h1>Feedback for <bdi>{words(record.student)}</bdi></h1>",
        f'<p class="total">{_total(record)}</p>',
        "</header>",
        "<main>",
    ]
    body.extend(map(_exercise, record.exercises))
    body += ["</main>", f"<footer><p>{words(isolation_words(facts))}</p></footer>"]
    return html_page(f"Feedback for {record.student}", "\n".join(body))


def _total(record: StudentRecord) -> str:
    if record.points is None:
        return "Not everything is graded yet, so there is no total."
    return f"<strong>{points_text(record.points)}</strong> of {record.worth} points"


def _exercise(graded: GradedExercise) -> str:
    name = words(graded.exercise.name)
    parts = [
        f'<section aria-labelledby="{name}">',
        f'<h2 id="{name}">{words(graded.exercise.title)}</h2>',
    ]
    if graded.fault and graded.points is None:
        parts.append(
            '<p class="note warning">Not graded yet, which is not your fault and costs you no '
            "points. Your instructor will grade it again.</p>"
        )
    if not graded.handed_in:
        parts.append('<p class="note">Not handed in.</p>')
    if graded.problem:
        parts.append(f'<p class="note warning">{words(graded.problem)}</p>')
    parts.append(_table(graded))
    parts += [_task(graded, task) for task in graded.tasks if task.criteria]
    parts.append("</section>")
    return "\n".join(parts)


def _table(graded: GradedExercise) -> str:
    rows = "".join(_row(graded, task) for task in graded.tasks)
    total = points_text(graded.points)
    return (
        f'<table><thead><tr><th scope="col">Task</th><th scope="col">Verdict</th>'
        f'<th scope="col" class="number">Points</th></tr></thead><tbody>{rows}</tbody>'
        f'<tfoot><tr><th scope="row" colspan="2">Together</th><td class="number">{total} of '
        f"{graded.exercise.worth}</td></tr></tfoot></table>"
    )


def _row(graded: GradedExercise, task: GradedTask) -> str:
    link = f"Task {task.number}"
    if task.criteria:
        link = f'<a href="#{_anchor(graded, task)}">{link}</a>'
    known = task.override is not None or graded.points is not None
    points = f"{points_text(task.points)} of {task.worth}" if known else "not graded"
    return (
        f'<tr><th scope="row">{link}</th><td>{_verdict(graded, task)}{_override(task)}</td>'
        f'<td class="number">{points}</td></tr>'
    )


def _verdict(graded: GradedExercise, task: GradedTask) -> str:
    verdicts = {criterion.verdict for criterion in task.criteria}
    if not verdicts:
        return "" if task.override is not None else graded.status.capitalize()
    if len(verdicts) == 1:
        return badge(*verdicts)
    right = sum(criterion.verdict == PASSED for criterion in task.criteria)
    return f"{badge('wrong')} ({right} of {len(task.criteria)} checks are right)"


def _override(task: GradedTask) -> str:
    if task.override is None:
        return ""
    tested = f" instead of {task.tested}" if task.criteria else ""
    return (
        f'<p class="note">Your instructor gave {points_text(task.points)} points{tested}: '
        f"{words(task.override.reason)}</p>"
    )


def _task(graded: GradedExercise, task: GradedTask) -> str:
    items = []
    # One mistake often fails several checks; it is explained once, with its hints.
    said: set[str] = set()
    hinted: set[tuple[str, ...]] = set()
    for criterion in task.criteria:
        sentence = sentence_of(criterion)
        again = criterion.verdict == PASSED or sentence in said
        said.add(sentence)
        hints = () if criterion.verdict == PASSED or criterion.hints in hinted else criterion.hints
        hinted.add(hints)
        items.append(_criterion(criterion, "" if again else sentence, hints))
    points = f"{points_text(task.points)} of {task.worth} points"
    return (
        f'<article class="task" id="{_anchor(graded, task)}">'
        f"<header><h3>Task {task.number}</h3><p>{points}</p></header>"
        f'<ul class="criteria">{"".join(items)}</ul></article>'
    )


def _criterion(criterion: GradedCriterion, sentence: str, hints: Sequence[str]) -> str:
    hidden = " (on inputs that are not shown)" if criterion.hidden else ""
    message = f"<p>{words(sentence)}</p>" if sentence else ""
    return (
        f'<li><div class="criterion">{badge(criterion.verdict)} '
        f"<span>{words(criterion.name)}{hidden}</span> "
        f'<span class="points">{criterion.points} of {criterion.worth}</span></div>'
        f"{message}{_ladder(list(hints))}</li>"
    )


def _ladder(hints: list[str], step: int = 0) -> str:
    """Return hints one inside the other, so that each is opened on purpose."""
    if not hints:
        return ""
    title = _STEPS[step] if step < len(_STEPS) else "One step more"
    return (
        f"<details><summary>{title}</summary><p>{words(hints[0])}</p>"
        f"{_ladder(hints[1:], step + 1)}</details>"
    )


def _anchor(graded: GradedExercise, task: GradedTask) -> str:
    return f"{words(graded.exercise.name)}-task-{task.number}"
