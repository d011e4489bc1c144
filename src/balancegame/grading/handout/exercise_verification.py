"""An author's check of an exercise: all that can go wrong, before a class sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.exercise.report import FAULT, PASSED, Outcome
from balancegame.grading.handout.hidden_inputs import complaints_of_leaks
from balancegame.grading.handout.notebook_points import complaints_of_notebook
from balancegame.grading.handout.rehearsal import Rehearsal, names_of, open_rehearsal
from balancegame.grading.handout.rehearsed_answers import AnswersTried, complaints_of_answers
from balancegame.grading.handout.release import SOLUTIONS, files_for_students
from balancegame.grading.run.engine import Engine, open_engine
from balancegame.wording import and_list


@dataclass(frozen=True)
class ExerciseCheck:
    """What is wrong with an exercise, in sentences; nothing if it can be handed out."""

    exercise: str
    worth: int
    complaints: tuple[str, ...]
    facts: tuple[str, ...] = ()  # what was tried, and what a submission costs

    def __str__(self) -> str:
        if not self.complaints:
            said = f"{self.exercise}: 0 points unsolved, all {self.worth} solved."
            return "\n".join([said, *(f"  {words}" for words in self.facts)])
        return "\n".join([f"{self.exercise}:", *(f"  - {words}" for words in self.complaints)])


def verify_exercises(exercises: Path, solutions: Path | None = None) -> Iterator[ExerciseCheck]:
    """Check exercises one after another: as handed out, their solutions, and all known answers.

    Solutions are in the folder ``solutions`` of the exercises if no other is named: one that is
    called like the exercise, and others whose names begin so. See :mod:`.rehearsed_answers`,
    :mod:`.hidden_inputs` and :mod:`.notebook_points` for what else is tried.
    """
    folder = exercises / SOLUTIONS if solutions is None else solutions
    with open_engine(exercises) as engine:
        for name in sorted(engine.manifest):
            yield _check(engine, name, exercises, folder)


def _check(engine: Engine, name: str, exercises: Path, solutions: Path) -> ExerciseCheck:
    worth = sum(criterion.worth for criterion in engine.manifest[name])
    complaints, facts = [], list[str]()
    found_solutions = _solutions(solutions, name)
    unsolved = exercises / f"{name}.ipynb"
    if unsolved.is_file():
        found = _verdicts(engine, name, unsolved)
        if given := [criterion for criterion, verdict in found.items() if verdict == PASSED]:
            complaints.append(f"unsolved it passes {and_list(given)}; make it fail.")
        complaints += _broken(found, "unsolved")
        solved = names_of(found_solutions[0]) if found_solutions else {}
        complaints += complaints_of_rehearsal(exercises, name, solved, facts)
    else:
        complaints.append(f"there is no notebook {unsolved.name} to hand out.")
    for path in found_solutions:
        found = _verdicts(engine, name, path)
        called = "the solution" if path == found_solutions[0] else f"the solution {path.name}"
        if missing := [criterion for criterion, verdict in found.items() if verdict != PASSED]:
            complaints.append(f"{called} does not pass {and_list(missing)}; correct either.")
        complaints += _broken(found, "solved")
    if found_solutions:
        facts.append(_cost(engine, name, found_solutions[0]))
    else:
        complaints.append(
            f"there is no solution {name}.py or {name}.ipynb in {solutions}; write one."
        )
    return ExerciseCheck(name, worth, tuple(dict.fromkeys(complaints)), tuple(facts))


def _solutions(folder: Path, name: str) -> list[Path]:
    """Return the solutions of an exercise, the one that is called like it first."""
    exact = [folder / f"{name}{suffix}" for suffix in (".ipynb", ".py")]
    others = [path for suffix in ("ipynb", "py") for path in folder.glob(f"{name}[-_ ]*.{suffix}")]
    return [path for path in [*exact, *sorted(others)] if path.is_file()]


def complaints_of_rehearsal(
    exercises: Path, name: str, solved: Mapping[str, Any], facts: list[str]
) -> list[str]:
    """Return what goes wrong with the answers that an exercise knows."""
    tried = AnswersTried()
    with open_rehearsal(exercises, name) as rehearsal:
        complaints = list(complaints_of_answers(rehearsal, solved, tried))
        try:
            declared = rehearsal.right_answers("", solved)
            handed_out, _ = files_for_students(exercises, name)
        except Exception as error:
            # What the tests declare is complained of already.
            return [*complaints, *([str(error)] if isinstance(error, GameError) else [])]
        right = {**solved, **declared}
        complaints += complaints_of_leaks(rehearsal, right, handed_out, tried.heard)
        complaints += _passed_by_anything(rehearsal, right)
        names = [*(each for one in rehearsal.declared for each in one.names), *declared]
        notebook = exercises / f"{name}.ipynb"
        complaints += complaints_of_notebook(notebook, rehearsal.criteria, dict.fromkeys(names))
    facts.append(str(tried))
    return complaints


def _passed_by_anything(rehearsal: Rehearsal, right: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each test that passes whether every answer is None or a number."""

    def passed(answer: object) -> list[Outcome]:
        given = {
            name: (lambda *_: answer) if callable(each) else answer for name, each in right.items()
        }
        return [each for each in rehearsal.run(given).outcomes if each.verdict == PASSED]

    # One of the two may be right.
    if found := passed(None):
        also = {(each.task, each.criterion) for each in passed(987_654)}
        for outcome in found:
            if (outcome.task, outcome.criterion) in also:
                yield (
                    f"task {outcome.task}, {outcome.criterion}: the test passes whatever the "
                    "answer is; write assert before what has to hold, without brackets around it "
                    "and a message."
                )


def _cost(engine: Engine, name: str, solution: Path) -> str:
    """Return how long a submission takes once everything is warm, as a sentence."""
    begun = perf_counter()
    engine.grade("", name, solution)
    seconds = perf_counter() - begun
    return f"A submission takes {seconds:.2g} s, and 1,000 of them {_minutes(1000 * seconds)}."


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} minutes"


def _verdicts(engine: Engine, name: str, path: Path) -> dict[str, str]:
    # The published payoffs are those that the notebook shows and the solution solves.
    outcomes = engine.grade("", name, path).outcomes
    return {f"task {each.task}, {each.criterion}": each.verdict for each in outcomes}


def _broken(found: Mapping[str, str], when: str) -> list[str]:
    broken = [criterion for criterion, verdict in found.items() if verdict == FAULT]
    return [f"{when} the test itself breaks: {and_list(broken)}."] if broken else []
