"""The words that all reports use: for each verdict, and for the isolation of student code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from balancegame.grading.exercise.report import (
    FAULT,
    PASSED,
    SKIPPED,
    UNATTEMPTED,
    WRONG,
    Outcome,
)
from balancegame.wording import and_list

VERDICT_WORDS = {
    PASSED: "Right",
    WRONG: "Not yet",
    UNATTEMPTED: "Not attempted",
    SKIPPED: "Not checked",
    FAULT: "The check broke",
}

NO_FAULT = "This is not your fault and costs you no points; your instructor will grade it again."

_SENTENCES = {
    PASSED: "Right.",
    WRONG: "Not right yet.",
    UNATTEMPTED: "There is no answer yet.",
    SKIPPED: "This was not checked, so your points are not known yet.",
    FAULT: "The check itself broke, which is not your fault; your instructor will look at it.",
}


def sentence_of(outcome: Outcome) -> str:
    """Return what to tell the student about one criterion."""
    if outcome.message:
        return outcome.message
    if outcome.verdict == WRONG and outcome.hidden:
        return "Not right on inputs that are not shown; try cases of your own."
    return _SENTENCES[outcome.verdict]


def isolation_words(facts: Mapping[str, str]) -> str:
    """Return in a few sentences how student code was kept apart, from what a gradebook keeps."""
    return (
        f"Isolation tier: {facts.get('tier', 'unknown')}. It holds: "
        f"{facts.get('holds', 'unknown')}. It does not prevent: "
        f"{facts.get('does not hold', 'unknown')}. Graded by balancegame "
        f"{facts.get('version', 'of an unknown version')}."
    )


def told_together(notes: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield one student's notes, each an exercise, its title and a note; those alike in one.

    Otherwise a whole course in one zip file would take a sentence for each of its exercises.

    Examples
    --------
    >>> print(*told_together([("01_a", "A", "01_a.py counts."), ("02_b", "B", "02_b.py counts.")]))
    A, and likewise B: 01_a.py counts.
    """
    alike: dict[str, list[tuple[str, str]]] = {}
    for exercise, title, note in notes:
        if note:
            alike.setdefault(note.replace(exercise, "\0"), []).append((title, note))
    for (first, note), *others in alike.values():
        titles = f", and likewise {and_list(title for title, _ in others)}" if others else ""
        yield f"{first}{titles}: {note}"
