"""An author's check of an exercise: it gives nothing unsolved and everything solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from balancegame.grading.exercise.report import FAULT, PASSED
from balancegame.grading.handout.release import SOLUTIONS
from balancegame.grading.run.engine import Engine, open_engine
from balancegame.wording import and_list


@dataclass(frozen=True)
class ExerciseCheck:
    """What is wrong with an exercise, in sentences; nothing if it can be handed out."""

    exercise: str
    worth: int
    complaints: tuple[str, ...]

    def __str__(self) -> str:
        if not self.complaints:
            return f"{self.exercise}: 0 points unsolved, all {self.worth} solved."
        return "\n".join([f"{self.exercise}:", *(f"  - {words}" for words in self.complaints)])


def verify_exercises(exercises: Path, solutions: Path | None = None) -> tuple[ExerciseCheck, ...]:
    """Grade each exercise as it is handed out, and its solution, which is named like the exercise.

    Solutions are in the folder ``solutions`` of the exercises if no other is named.
    """
    folder = exercises / SOLUTIONS if solutions is None else solutions
    with open_engine(exercises) as engine:
        return tuple(_check(engine, name, exercises, folder) for name in sorted(engine.manifest))


def _check(engine: Engine, name: str, exercises: Path, solutions: Path) -> ExerciseCheck:
    worth = sum(criterion.worth for criterion in engine.manifest[name])
    complaints = []
    unsolved = exercises / f"{name}.ipynb"
    if unsolved.is_file():
        found = _verdicts(engine, name, unsolved)
        if given := [criterion for criterion, verdict in found.items() if verdict == PASSED]:
            complaints.append(f"unsolved it passes {and_list(given)}; make it fail.")
        complaints += _broken(found, "unsolved")
    else:
        complaints.append(f"there is no notebook {unsolved.name} to hand out.")
    solved = (solutions / f"{name}{suffix}" for suffix in (".ipynb", ".py"))
    solution = next(filter(Path.is_file, solved), None)
    if solution is not None:
        found = _verdicts(engine, name, solution)
        if missing := [criterion for criterion, verdict in found.items() if verdict != PASSED]:
            complaints.append(f"the solution does not pass {and_list(missing)}; correct either.")
        complaints += _broken(found, "solved")
    else:
        complaints.append(
            f"there is no solution {name}.py or {name}.ipynb in {solutions}; write one."
        )
    return ExerciseCheck(name, worth, tuple(complaints))


def _verdicts(engine: Engine, name: str, path: Path) -> dict[str, str]:
    # The published payoffs are those that the notebook shows and the solution solves.
    outcomes = engine.grade("", name, path).outcomes
    return {f"task {each.task}, {each.criterion}": each.verdict for each in outcomes}


def _broken(found: Mapping[str, str], when: str) -> list[str]:
    broken = [criterion for criterion, verdict in found.items() if verdict == FAULT]
    return [f"{when} the test itself breaks: {and_list(broken)}."] if broken else []
