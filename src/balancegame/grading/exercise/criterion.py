"""What one exercise test asks: the manifest of an exercise holds one of these for each."""

from __future__ import annotations

from dataclasses import dataclass

from balancegame.grading.exercise.report import Outcome


@dataclass(frozen=True)
class Criterion:
    """One test of an exercise.

    Attributes
    ----------
    exercise : str
    task : int
    worth : int
        Points for passing.
    name : str
        What it asks, unique within the exercise.
    hidden : bool
        Whether students are not meant to see what is asked.
    hints : tuple of str
        A ladder of hints: a question, a pointer, a worked step.
    opens : frozenset of str
        The packages and modules that it opens to the student's code.
    """

    exercise: str
    task: int
    worth: int
    name: str
    hidden: bool = False
    hints: tuple[str, ...] = ()
    opens: frozenset[str] = frozenset()

    def outcome(
        self, verdict: str, message: str = "", key: str = "", answered: str = ""
    ) -> Outcome:
        """Return what the test found."""
        return Outcome(
            self.exercise,
            self.task,
            self.worth,
            verdict,
            message,
            key,
            self.name,
            self.hints,
            self.hidden,
            answered,
        )
