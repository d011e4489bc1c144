"""Quick checks inside a lesson: an answer typed in a cell, feedback at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.exercise.feedback import Wrong
from balancegame.grading.exercise.report import markdown_safe
from balancegame.grading.practice.questions import formerly, questions
from balancegame.wording import and_list, capital

RIGHT, WRONG, UNREADABLE, UNATTEMPTED = "right", "wrong", "unreadable", "unattempted"

_OPENINGS = {RIGHT: "Right.", WRONG: "Not yet.", UNREADABLE: "Almost:", UNATTEMPTED: "Your turn."}


@dataclass(frozen=True, repr=False)
class Feedback:
    """What a quick check says to an answer.

    Attributes
    ----------
    verdict : str
        "right", "wrong", "unreadable" or "unattempted".
    words : str
    """

    verdict: str
    words: str

    def __str__(self) -> str:
        return f"{_OPENINGS[self.verdict]} {self.words}"

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return f"> **{_OPENINGS[self.verdict]}** {markdown_safe(self.words)}"


def quick_check(name: str, answer: Any = ...) -> Feedback:
    """Say whether an answer to a question of a lesson is right, and if not, what went wrong.

    Parameters
    ----------
    name : str
        The question, such as "01-threshold".
    answer : object, optional
        The answer; three dots, or none, to see what is asked.

    Returns
    -------
    Feedback

    Raises
    ------
    GameError
        If there is no such question.

    Examples
    --------
    >>> quick_check("01-threshold", 8).verdict
    'right'
    >>> print(quick_check("01-threshold", ...))
    Your turn. Replace the three dots by a number, or by a fraction in quotes such as "1/2".
    """
    name = formerly.get(name, name)
    question = questions.get(name)
    if question is None:
        raise GameError(f"there is no question {name!r}; the questions are {and_list(questions)}.")
    if answer is ...:
        prompt = question.prompt
        recalled = "-recall-" in name
        return Feedback(UNATTEMPTED, f"From memory: r{prompt[1:]}" if recalled else prompt)
    try:
        given = question.read(answer)
    except (GameError, Wrong) as error:
        return Feedback(UNREADABLE, str(error))
    if given == question.answer():
        return Feedback(RIGHT, question.praise)
    return Feedback(WRONG, capital(question.says(given)))
