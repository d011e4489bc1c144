"""What an exercise test says of an answer: that it is wrong and why, or not attempted yet.

The sentences themselves stand in exercises/test_*.py, and :mod:`.mistakes` chooses among them;
those of a lesson's questions stand in grading/practice/questions. pytest shows the message alone;
see :mod:`balancegame.grading.run.pytest_plugin`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

_LONGEST = 1000
_MANY_DIGITS = re.compile(r"[0-9]{41,}")


class Wrong(Exception):  # noqa: N818 - a verdict on an answer, not an error of the program
    """An answer that is not right, with feedback for the student.

    Parameters
    ----------
    misconception : str
        A short key for what probably went wrong, for counting over a class.
    message : str
        What is wrong and why, in the lesson's words.
    """

    def __init__(self, misconception: str, message: str) -> None:
        super().__init__(message)
        self.misconception = misconception
        self.message = message


class Unattempted(Exception):  # noqa: N818 - a verdict as well
    """An answer that nobody has written yet.

    Parameters
    ----------
    name : str
        What the answer is called in the notebook; several are parted by spaces.
    message : str
    """

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.message = message


def wrong(misconception: str, message: str) -> NoReturn:
    """Fail a test with feedback for the student; see :class:`Wrong`."""
    raise Wrong(misconception, message)


def refuse(mistakes: Mapping[tuple[Any, ...], str | Callable[[], str]]) -> None:
    """Find an answer wrong for the first mistake that was made, if any was.

    Parameters
    ----------
    mistakes : mapping
        From the key of a mistake and whether it was made, to a sentence; see :class:`Wrong`. What
        else stands beside the key are examples for :func:`.asks_design`. A sentence that takes long
        to put together may be a function that returns it.

    Examples
    --------
    >>> refuse({("negative", 3 < 0): "It is below zero.", ("odd", 3 % 2 == 1): "It is odd."})
    Traceback (most recent call last):
    balancegame.grading.exercise.verdicts.Wrong: It is odd.
    """
    for (misconception, made, *_), sentence in mistakes.items():
        if made:
            wrong(misconception, sentence if isinstance(sentence, str) else sentence())


def one_line(text: str) -> str:
    r"""Return text in one line of printable characters: students write parts of many messages.

    Of a number with more than 40 digits the first and the last are shown.

    Examples
    --------
    >>> one_line("a\x1b[31m\nb")
    'a [31m b'
    >>> one_line(f"{10**400} is not 7.")
    '1000...0 (401 digits) is not 7.'
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(text.split())
    line = _MANY_DIGITS.sub(_shortened, line)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _shortened(found: re.Match[str]) -> str:
    digits = found[0]
    return f"{digits[:4]}...{digits[-1]} ({len(digits)} digits)"
