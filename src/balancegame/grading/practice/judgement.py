"""What is said to an answer to a question of a lesson."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from balancegame.errors import GameError
from balancegame.explain.numbers import GREEK, formulas_on_a_page
from balancegame.grading.exercise.report import markdown_safe
from balancegame.grading.exercise.verdicts import Wrong
from balancegame.grading.practice.questions import questions
from balancegame.grading.practice.questions.question import Question, how_read, shown
from balancegame.wording import and_list, capital

RIGHT, WRONG, UNREADABLE = "right", "wrong", "unreadable"

# A formula may come first, and its letters stay as they are.
_FORMULA = re.compile(rf"(?:[^\W\d_aA]|{'|'.join(GREEK)}|max)\b")

OPENINGS = {RIGHT: "Right.", WRONG: "Not yet.", UNREADABLE: "Almost:"}


@dataclass(frozen=True, repr=False)
class Feedback:
    """What a quick check says to an answer.

    Attributes
    ----------
    verdict : str
        "right", "wrong" or "unreadable".
    words : str
    answered : str
        The answer as it was read, such as "5/8"; as it was given if it could not be read.
    how_read : str
        What to say of how it was read, such as "62.5% is read as 5/8."; "" if nothing.
    """

    verdict: str
    words: str
    answered: str = ""
    how_read: str = ""

    @property
    def sentences(self) -> str:
        """What to say after the opening."""
        return f"{self.how_read} {self.words}".strip()

    @property
    def printed(self) -> str:
        """The same as a lesson prints it: δ for delta, and a minus sign that is none to type."""
        if self.verdict == UNREADABLE:
            return self.sentences
        return f"{self.how_read} {formulas_on_a_page(self.words)}".strip()

    def __str__(self) -> str:
        return f"{OPENINGS[self.verdict]} {self.sentences}"

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return (
            f"> Your answer: {markdown_safe(self.answered)}. **{OPENINGS[self.verdict]}** "
            f"{markdown_safe(self.printed)}"
        )


def opened(sentence: str) -> str:
    """Start a sentence with a capital letter, unless it starts with a formula.

    Examples
    --------
    >>> opened("a delta is none"), opened("h stands beside delta"), opened("delta (1 - h) is less")
    ('A delta is none', 'h stands beside delta', 'delta (1 - h) is less')
    """
    return sentence if _FORMULA.match(sentence) else capital(sentence)


def question_named(name: str) -> Question:
    """Return a question of a lesson.

    Raises
    ------
    GameError
        If there is none of that name.
    """
    question = questions.get(name)
    if question is None:
        raise GameError(f"there is no question {name!r}; the questions are {and_list(questions)}.")
    return question


def judged(name: str, given: Any) -> Feedback:
    """Say whether an answer is right, and if not, what went wrong.

    Examples
    --------
    >>> judged("01-threshold", "800%").verdict
    'right'
    """
    question = question_named(name)
    try:
        answer = question.read(given)
    except (GameError, Wrong) as error:
        return Feedback(UNREADABLE, str(error), _shortened(given))
    said = shown(answer), how_read(given, answer)
    if answer == question.right:
        return Feedback(RIGHT, question.praise, *said)
    return Feedback(WRONG, opened(question.says(answer)), *said)


def _shortened(given: Any) -> str:
    text = " ".join(str(given).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
