"""Where a student is in the course: what each lesson gives, what is done and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass

from balancegame.errors import GameError
from balancegame.grading.practice.kept_work import KeptWork, kept_work
from balancegame.grading.practice.lessons import START, Lesson, lessons
from balancegame.wording import and_list, counted


@dataclass(frozen=True, repr=False)
class Progress:
    """Where a student is, in the course or in one lesson.

    Attributes
    ----------
    lessons : tuple of Lesson
    work : KeptWork
        What was answered and checked.
    lesson : Lesson or None
        The one that was asked about.
    """

    lessons: tuple[Lesson, ...]
    work: KeptWork
    lesson: Lesson | None = None

    def __str__(self) -> str:
        shown = self.lessons if self.lesson is None else (self.lesson,)
        return "\n".join(f"{lesson}: {self._said(lesson)}" for lesson in shown)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return self._table() if self.lesson is None else self._end_of(self.lesson)

    def _table(self) -> str:
        rows = [
            f"| [{lesson}]({lesson.file})<br>{_where(lesson)} "
            f"| {'<br>'.join(f'• {aim}' for aim in lesson.gives)} "
            f"| {'<br>'.join(filter(None, (*self._listed(lesson), self._exercise(lesson))))} |"
            for lesson in self.lessons
        ]
        complaints = [f"\n{sentence}" for sentence in self.work.complaints]
        head = "| lesson | what you can do afterwards | your answers |"
        return "\n".join([head, "|:--|:--|:--|", *rows, *complaints])

    def _end_of(self, lesson: Lesson) -> str:
        place = self.lessons.index(lesson)
        ways = [
            *(f"next: [Lesson {other}]({other.file})" for other in self.lessons[place + 1 :][:1]),
            *(f"before: [Lesson {other}]({other.file})" for other in self.lessons[:place][-1:]),
            f"[start]({START})",
        ]
        if lesson.exercise:
            ways.insert(0, f"now: {self._exercise(lesson)}")
        return f"> **Lesson {lesson}** · {self._linked(lesson)}\n>\n> {' · '.join(ways)}"

    def _said(self, lesson: Lesson) -> str:
        right, wrong = self._right(lesson), self._wrong(lesson)
        if not any(name in self.work.answers for name in lesson.questions):
            return "not begun"
        said = f"{right} of {counted(len(lesson.questions), 'question', 'questions')} right"
        again = and_list(dict.fromkeys(lesson.questions[name][0] for name in wrong))
        return f"{said}; look again at {again}" if wrong else said

    def _linked(self, lesson: Lesson) -> str:
        """Return the same, with a link to each cell in which something went wrong."""
        said, links = self._said(lesson), self._links(lesson)
        return f"{said.partition(';')[0]}; look again at {and_list(links)}" if links else said

    def _listed(self, lesson: Lesson) -> list[str]:
        """Return the same in short lines, which leave the other columns of a table their room."""
        said, links = self._said(lesson), self._links(lesson)
        if not links:
            return [said]
        return [said.partition(";")[0], "look again at", *(f"• {link}" for link in links)]

    def _links(self, lesson: Lesson) -> list[str]:
        return [
            f"[{heading}]({lesson.file}#cell-id={cell})"
            for heading, cell in (lesson.questions[name] for name in self._wrong(lesson))
        ]

    def _exercise(self, lesson: Lesson) -> str:
        """Return a link to the exercise and the points that its last check found; "" if none."""
        if not lesson.exercise:
            return ""
        link = f"[Exercise {int(lesson.number)}](../exercises/{lesson.exercise})"
        found = self.work.checks.get(lesson.exercise.removesuffix(".ipynb"))
        return f"{link}: {found.points} of {found.worth} points" if found else link

    def _right(self, lesson: Lesson) -> int:
        answers = self.work.answers
        return sum(name in answers and answers[name].right for name in lesson.questions)

    def _wrong(self, lesson: Lesson) -> list[str]:
        answers = self.work.answers
        return [name for name in lesson.questions if name in answers and answers[name].mistakes]


def _where(lesson: Lesson) -> str:
    minutes = f"{lesson.minutes} minutes" if lesson.minutes else ""
    return "<br>".join(filter(None, (lesson.episode, minutes)))


def progress(lesson: str | None = None) -> Progress:
    """Return what is done and what went wrong, in the whole course or in one lesson.

    It is read from the course folder, and it is sent nowhere.

    Parameters
    ----------
    lesson : str, optional
        The number of a lesson, such as "01", to see that lesson and the ways on from it.

    Returns
    -------
    Progress

    Raises
    ------
    GameError
        If there is no such lesson.

    Examples
    --------
    >>> print(progress("01"))
    1. Security or energy?: not begun
    """
    found = lessons()
    if lesson is None:
        return Progress(found, kept_work())
    named = {one.number: one for one in found}
    if (number := str(lesson).zfill(2)) not in named:
        raise GameError(f"there is no lesson {lesson!r}; the lessons are {and_list(named)}.")
    return Progress(found, kept_work(), named[number])
