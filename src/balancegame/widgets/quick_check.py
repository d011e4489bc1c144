"""bg.quick_check: a question of a lesson with its own input, judged at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.practice.judgement import (
    OPENINGS,
    UNREADABLE,
    WRONG,
    Feedback,
    judged,
    opened,
    question_named,
)
from balancegame.grading.practice.memory import ANSWERS, keep, kept
from balancegame.grading.practice.questions import formerly
from balancegame.grading.practice.questions.inputs import NumberField, OneOf
from balancegame.grading.practice.questions.question import Question
from balancegame.widgets.bare_words import watch_for_bare_words
from balancegame.widgets.explorer import PAUSE, Explorer, Kind, Still, scripts, styles
from balancegame.wording import capital

UNATTEMPTED = "unattempted"
_TURN = "Your turn."


@dataclass(frozen=True)
class Asked:
    """A question, and what was answered to it and said to that answer last."""

    name: str
    question: Question
    given: Any = None
    feedback: Feedback | None = None

    @property
    def prompt(self) -> str:
        """What to do; shown while there is no answer yet."""
        prompt = self.question.input.prompt
        recalled = "-recall-" in self.name
        return f"From memory: {prompt[:1].lower()}{prompt[1:]}" if recalled else prompt


def _layout(asked: Asked) -> dict[str, Any]:
    return {
        "label": f"Question {asked.name}",
        "prompt": asked.prompt,
        "input": asked.question.input.plan(),
    }


def _after(asked: Asked, request: Mapping[str, Any]) -> Asked:
    """Return the question after what the page hands over: text, or a list of texts."""
    given = request.get("answer")
    given = given.strip() if isinstance(given, str) else given
    if not given:
        typed = isinstance(asked.question.input, NumberField)
        raise GameError(f"{'type a number' if typed else 'choose an answer'} first.")
    return replace(asked, given=given, feedback=judged(asked.name, given))


def _view(asked: Asked) -> dict[str, Any]:
    feedback = asked.feedback
    if feedback is None:
        return {"verdict": "", "opening": "", "words": "", "chosen": None}
    return {
        "verdict": feedback.verdict,
        "opening": OPENINGS[feedback.verdict],
        "words": opened(feedback.printed),
        "chosen": _chosen(asked),
    }


def _chosen(asked: Asked) -> Any:
    """Return what the page shows as chosen: text, or a list of texts."""
    question, given = asked.question, asked.given
    if isinstance(question.input, NumberField):
        return given if isinstance(given, str) else str(given)
    try:
        answer = question.read(given)
    except Exception:  # what could not be read is shown nowhere
        return None
    return answer if isinstance(answer, str) else sorted_names(answer)


def sorted_names(answer: Any) -> list[str]:
    """Return the names of a cell in their order, those of a set sorted."""
    return list(answer) if isinstance(answer, tuple) else sorted(answer)


def _on_paper(asked: Asked) -> Still:
    choices = _choices(asked)
    lines = asked.question.input.choices
    text = "\n".join((f"{_TURN} {asked.prompt}", *lines))
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    html = (
        f'<div class="balancegame-covered"><p><strong>{_TURN}</strong> {escape(asked.prompt)}</p>'
        f"{f'<ul>{listed}</ul>' if listed else ''}</div>"
        '<p class="balancegame-cover">Run this cell, with Shift+Enter, to answer.</p>'
    )
    if (feedback := asked.feedback) is not None:
        answered = feedback.answered
        if answered in choices:
            answered = f"{answered}, {choices[answered].rstrip('.')}"
        text = f"Your answer: {answered}. {feedback}"
        html = (
            f"<p>Your answer: {escape(answered)}. "
            f"<strong>{OPENINGS[feedback.verdict]}</strong> {escape(feedback.printed)}</p>"
        )
    return Still([], html, text)


def _choices(asked: Asked) -> dict[str, str]:
    """Return the texts behind letters to choose from, without italics; none without letters."""
    given = asked.question.input
    if not isinstance(given, OneOf) or not given.texts:
        return {}
    return {a: words.replace("*", "") for a, words in zip(given.options, given.texts, strict=True)}


class QuickCheck(Explorer):
    """A question in the page; Python judges what is answered, and the course folder keeps it."""

    _esm = scripts("tree_shapes", "quick_check")
    # It looks like an explorer, but is none.
    _css = styles("tree_shapes", "quick_check").replace(".bg-explorer", ".bg-quick-check")
    _kind = Kind(_layout, _after, _view, _on_paper)

    def __init__(self, asked: Asked) -> None:
        asked, complaint = _recalled(asked)
        super().__init__(asked)
        if complaint:
            self.shown = {**self.shown, "message": complaint}
        # Whoever clicks should not wait for the solver, so it works while the question is read.
        with suppress(RuntimeError):
            asyncio.get_running_loop().call_later(PAUSE, lambda: asked.question.right)

    @property
    def verdict(self) -> str:
        """What the last answer was; "unattempted" if there is none."""
        feedback = self.setting.feedback
        return UNATTEMPTED if feedback is None else str(feedback.verdict)

    def answer(self, request: Mapping[str, Any]) -> None:
        """Judge and keep what the page hands over."""
        before = self.setting
        # What the page shows is kept: whoever sees it may close the tab at once.
        with self.hold_sync():
            super().answer(request)
            if self.setting is before:
                return
            try:
                _keep(self.setting)
            except GameError as error:
                self.shown = {**self.shown, "message": capital(str(error))}
        self.renew_page()

    def __str__(self) -> str:
        return _on_paper(self.setting).text

    __repr__ = __str__


def quick_check(name: str, answer: Any = ...) -> QuickCheck | Feedback:
    """Ask a question of a lesson, or judge an answer to it.

    Without an answer it shows the question's own input: buttons, a field or a table. What is
    answered there is judged at once and kept in the course folder, so it is there again when the
    notebook is.

    Parameters
    ----------
    name : str
        The question, such as "01-threshold".
    answer : object, optional
        An answer that was computed. Three dots stand for none.

    Returns
    -------
    QuickCheck or Feedback
        The question, or what is said to the answer.

    Raises
    ------
    GameError
        If there is no such question.

    Examples
    --------
    >>> quick_check("01-threshold", 8).verdict
    'right'
    >>> print(quick_check("01-threshold"))
    Your turn. Type a whole number, a fraction such as 2/7, a decimal or a percentage.
    """
    name = formerly.get(name, name)
    asked = Asked(name, question_named(name))
    watch_for_bare_words(_bare)
    if answer is ...:
        return QuickCheck(asked)
    feedback = judged(name, answer)
    try:
        _keep(replace(asked, given=_plainly(answer), feedback=feedback))
    except GameError as error:
        return replace(feedback, words=f"{feedback.words} {capital(str(error))}")
    return feedback


def _bare(name: str, text: str) -> Feedback | None:
    """Return what is said to an answer without quotation marks; None if it makes no sense."""
    try:
        found = quick_check(name, text)
    except GameError:
        return None
    if not isinstance(found, Feedback) or found.verdict == UNREADABLE:
        return None
    return replace(found, how_read=f'{text} is read as "{text}".')


def _recalled(asked: Asked) -> tuple[Asked, str]:
    """Return a question with the answer that was kept, and what to say if it cannot be read."""
    try:
        record = kept(ANSWERS, asked.name)
    except GameError as error:
        return asked, capital(str(error))
    if record is None or not isinstance(given := record.get("given"), str | list):
        return asked, ""
    feedback = judged(asked.name, given)
    if feedback.verdict == UNREADABLE:
        return asked, ""
    return replace(asked, given=given, feedback=feedback), ""


def _keep(asked: Asked) -> None:
    """Keep an answer that could be read."""
    feedback = asked.feedback
    if feedback is None or feedback.verdict == UNREADABLE:
        return
    before: dict[str, Any] = {}
    with suppress(GameError):
        before = kept(ANSWERS, asked.name) or {}
    mistakes = before.get("mistakes")
    mistakes = mistakes if isinstance(mistakes, int) else 0
    # To run a cell once more is not to make its mistake once more.
    if feedback.verdict == WRONG and before.get("answered") != feedback.answered:
        mistakes += 1
    record = {
        "given": asked.given,
        "answered": feedback.answered,
        "verdict": feedback.verdict,
        "mistakes": mistakes,
    }
    if any(before.get(key) != value for key, value in record.items()):
        keep(ANSWERS, asked.name, record)


def _plainly(answer: Any) -> Any:
    """Return an answer as text, or as a list of texts."""
    if isinstance(answer, (set, frozenset)):
        return sorted(map(str, answer))
    return [str(each) for each in answer] if isinstance(answer, (list, tuple)) else str(answer)
