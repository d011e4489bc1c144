"""An exercise rehearsed in this process: its author's own answers, and what the tests ask of them.

Nothing that a student wrote runs here: answers are those that the tests declare and the author's
solution.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from balancegame.grading.exercise.criterion import Criterion
from balancegame.grading.exercise.designs import AskedDesign, designs_in
from balancegame.grading.exercise.mistaken_functions import AskedFunction, functions_in
from balancegame.grading.exercise.mistakes import Asked, Declared
from balancegame.grading.exercise.report import Outcome
from balancegame.grading.exercise.variants import defined_in, exercises_with_variants, variant
from balancegame.grading.run.pytest_session import Session
from balancegame.grading.submission.answers import Answers, Source, live_source
from balancegame.grading.submission.cells import CHECKING
from balancegame.grading.submission.submitted_file import read_submission
from balancegame.grading.worker.wire import decode, unpack

_SECONDS = 60.0


@dataclass
class Segment:
    """What one test asked of functions, what it printed, and whether it is hidden."""

    inputs: list[str] = field(default_factory=list)
    printed: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Rehearsed:
    """One run of all tests of an exercise."""

    outcomes: tuple[Outcome, ...]
    segments: tuple[Segment, ...]

    def __getitem__(self, criterion: str) -> Outcome:
        return next(each for each in self.outcomes if each.criterion == criterion)


@dataclass
class Rehearsal:
    """An exercise that is open for rehearsal; see :func:`open_rehearsal`."""

    exercise: str
    folder: Path
    session: Session
    declared: tuple[Declared, ...]
    functions: tuple[AskedFunction, ...]
    designs: tuple[AskedDesign, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """What the tests ask."""
        return self.session.manifest[self.exercise]

    @property
    def has_variants(self) -> bool:
        """Whether each student may have other payoffs."""
        return self.exercise in exercises_with_variants(self.folder)

    def asked(self, student: str) -> dict[str, Asked]:
        """Return what is asked under each declared name, with a student's payoffs."""
        found: dict[str, Asked] = {}
        for each in self.declared:
            for name in each.names:
                # A hidden test may ask again for what a visible one asks first.
                if name not in found:
                    found[name] = each.asked_of(
                        name, lambda: variant(student, self.exercise, self.folder)
                    )
        return found

    def right_answers(self, student: str, solution: Mapping[str, Any]) -> dict[str, Any]:
        """Return the right answers that the tests declare, and the functions of a solution.

        The right version that a test declares need not answer more than that test asks, so it
        stands in only where the solution has no function of the name.
        """
        found: dict[str, Any] = {name: each.right for name, each in self.asked(student).items()}
        for each in self.functions:
            own = solution.get(each.name)
            found[each.name] = own if callable(own) else each.right
        return found

    def mistaken_designs(
        self, solution: Mapping[str, Any]
    ) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield the key of each mistake in a design, an example, and what the names mean with it.

        A solution that leaves a design out has none of its mistakes.
        """
        for design in self.designs:
            if {*design.names} <= {*solution}:
                own = partial(variant, "", self.exercise, self.folder)
                for key, source in design.examples(solution, own):
                    names = dict(solution)
                    exec(compile(source, "example", "exec"), names)
                    del names["__builtins__"]
                    yield key, source, names

    def run(self, names: Mapping[str, Any], student: str = "") -> Rehearsed:
        """Run all tests on these answers, as in a notebook in which the names mean them."""
        source = live_source(dict(names), student)
        told: list[Segment] = []

        def answers(opened: frozenset[str], fresh: bool) -> Answers:
            if fresh:
                # So ends a hidden test.
                told[-1].is_hidden = True
            else:
                told.append(Segment())
            return _Listening(source.answers(opened, fresh), lambda: told[-1])

        with _printed_into(lambda: told[-1] if told else Segment()):
            outcomes = self.session.run(
                self.exercise, Source(answers, source.close, student), _SECONDS
            )
        return Rehearsed(outcomes, tuple(told))


@contextmanager
def open_rehearsal(exercises: Path, exercise: str) -> Iterator[Rehearsal]:
    """Open the tests of an exercise, hidden ones too; a GameError says if they cannot run."""
    folder = exercises.resolve()
    files = [folder / f"test_{exercise}{suffix}.py" for suffix in ("", "_hidden")]
    files = [path for path in files if path.is_file()]
    session = Session(files)
    try:
        found = [each for path in files for each in defined_in(path, path.read_bytes()).values()]
        declared = tuple(each.declared for each in found if hasattr(each, "declared"))
        functions, designs = functions_in(found), designs_in(found)
        yield Rehearsal(exercise, folder, session, declared, tuple(functions), tuple(designs))
    finally:
        session.close()


def names_of(solution: Path) -> dict[str, Any]:
    """Return what the names mean at the end of a solution, which runs here."""
    names: dict[str, Any] = {}
    with _checking(), _printed_into(Segment):
        for cell in read_submission(solution).cells:
            # What stops is found out by the grader.
            with suppress(Exception):
                exec(compile(cell.source, f"{solution.name}, cell {cell.number}", "exec"), names)
    return {name: value for name, value in names.items() if not name.startswith("__")}


@contextmanager
def _checking() -> Iterator[None]:
    """Let the checks in a notebook know that they are checked themselves."""
    before = os.environ.get(CHECKING)
    os.environ[CHECKING] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[CHECKING]
        else:
            os.environ[CHECKING] = before


class _Listening:
    """Answers, and a note of what was asked for them."""

    def __init__(self, answers: Answers, segment: Callable[[], Segment]) -> None:
        self._answers = answers
        self._segment = segment

    def fetch(self, name: str) -> Any:
        return self._answers.fetch(name)

    def call(self, name: str, arguments: Any) -> Any:
        self._segment().inputs += map(repr, decode(arguments))
        return self._answers.call(name, arguments)

    def call_each(self, name: str, packed: str) -> Iterable[Any]:
        for question in unpack(packed):
            self._segment().inputs += map(repr, question)
        return self._answers.call_each(name, packed)

    def why_missing(self, name: str, task: int | None) -> str | None:
        return self._answers.why_missing(name, task)


@contextmanager
def _printed_into(segment: Callable[[], Segment]) -> Iterator[None]:
    """Let what tests print go to the segment of the test that prints it."""

    class Note(StringIO):
        def write(self, text: str) -> int:
            segment().printed += text
            return len(text)

    before = sys.stdout
    sys.stdout = Note()
    try:
        yield
    finally:
        sys.stdout = before
