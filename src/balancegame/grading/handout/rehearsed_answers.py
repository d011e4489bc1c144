"""Every answer that an exercise knows, given to its own tests: the right ones and each mistake.

With the published payoffs and with drawn ones, a right answer must pass, a hidden test included,
and each known mistake must be found and told by its own sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.exercise.report import FAULT, WRONG, Outcome
from balancegame.grading.handout.rehearsal import Rehearsal, Rehearsed
from balancegame.wording import and_list, counted

STUDENTS = tuple(f"student-{number:02d}" for number in range(1, 21))
"""For whom payoffs are drawn, in place of students."""

_WITH_ALL_MISTAKES = 3


@dataclass
class AnswersTried:
    """How many payoffs were drawn, and how many known mistakes were made.

    ``heard`` holds what was said to those that were made with the published payoffs.
    """

    drawn: int = 0
    mistakes: int = 0
    heard: list[Rehearsed] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.mistakes and not self.drawn:
            return "The tests declare no answers with known mistakes."
        said = f"{counted(self.mistakes, 'known mistake', 'known mistakes')} recognised"
        return f"{self.drawn} drawn payoffs solved, {said}." if self.drawn else f"{said}."


def complaints_of_answers(
    rehearsal: Rehearsal, solution: Mapping[str, Any], tried: AnswersTried
) -> Iterator[str]:
    """Yield what goes wrong with any answer that the exercise knows.

    ``solution`` holds what the author's solution gives, for what the tests do not declare.
    """
    yield from _with_payoffs(rehearsal, "", solution, tried, with_mistakes=True)
    if not rehearsal.has_variants:
        return
    for number, student in enumerate(STUDENTS):
        complaints = list(
            _with_payoffs(
                rehearsal, student, solution, tried, with_mistakes=number < _WITH_ALL_MISTAKES
            )
        )
        if complaints:
            # The payoffs of others would say the same again.
            yield from complaints
            return
        tried.drawn += 1


def _with_payoffs(
    rehearsal: Rehearsal,
    student: str,
    solution: Mapping[str, Any],
    tried: AnswersTried,
    *,
    with_mistakes: bool,
) -> Iterator[str]:
    whose = f"with the payoffs of {student} " if student else ""
    try:
        # A solution answers with the published payoffs, and its functions with any.
        own = {} if student else solution
        right = {**own, **rehearsal.right_answers(student, solution)}
        asked = rehearsal.asked(student)
    except GameError as error:
        yield str(error)
        return
    except Exception as error:
        # An author's function may raise anything; a class would get no points.
        yield (
            f"{whose}what the tests declare as right cannot be worked out "
            f"({type(error).__name__}: {error}); correct the test."
        )
        return
    if not right:
        return
    best = rehearsal.run(right, student)
    for outcome in best.outcomes:
        if outcome.verdict in (WRONG, FAULT):
            kind = "hidden test" if outcome.hidden else "test"
            does = "breaks at" if outcome.verdict == FAULT else "fails"
            lost = counted(outcome.worth, "point", "points")
            yield (
                f"{whose}the {kind} of {_place(outcome)} {does} the right answer that the tests "
                f"declare, so {lost} cannot be reached; correct either."
            )
    if not with_mistakes:
        return
    for name, each in asked.items():
        if clash := each.clash():
            yield f"{whose}{name}: {clash}; choose other payoffs or mistakes."
        for mistake in each.mistakes:
            for value in mistake.values:
                tried.mistakes += 1
                found = rehearsal.run({**right, name: value}, student)
                if not student:
                    tried.heard.append(found)
                yield from _unlike(best, found, mistake.key, f"{whose}{name} = {_shown(value)}")
    if student:
        return
    for function in rehearsal.functions:
        for (key, *mistaken), _ in function.mistakes.items():
            for each_mistaken in mistaken:
                tried.mistakes += 1
                found = rehearsal.run({**right, function.name: each_mistaken})
                tried.heard.append(found)
                yield from _unlike(best, found, key, f"the mistaken {function.name}")
    for key, source, names in rehearsal.mistaken_designs(right):
        tried.mistakes += 1
        found = rehearsal.run(names)
        yield from _unlike(best, found, key, source)
        words = source.partition("  # ")[2]
        if not any(words in outcome.message for outcome in found.outcomes if outcome.key == key):
            yield f'{source}, the mistake "{key}": the sentence does not say {words!r}.'


def _unlike(best: Rehearsed, found: Rehearsed, key: str, what: str) -> Iterator[str]:
    """Yield what is wrong with how a mistake was met."""
    changed = [
        after
        for before, after in zip(best.outcomes, found.outcomes, strict=True)
        if after.verdict != before.verdict
    ]
    broken = [each for each in changed if each.verdict == FAULT]
    if broken:
        yield f'{what}, the mistake "{key}", breaks the test of {_places(broken)}.'
    elif not changed:
        yield f'{what}, the mistake "{key}", passes every test; let one refuse it.'
    elif key not in (keys := {each.key for each in changed}):
        got = and_list(f'"{each}"' for each in sorted(keys))
        yield f'{what}, the mistake "{key}", is taken for {got}; tell the two apart.'


def _place(outcome: Outcome) -> str:
    return f"task {outcome.task}, {outcome.criterion}"


def _places(outcomes: list[Outcome]) -> str:
    return and_list(map(_place, outcomes))


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
