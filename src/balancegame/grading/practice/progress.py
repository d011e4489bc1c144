"""Where a student is in the course: what each lesson gives, what is done and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import starmap

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
            *(f"Next: [Lesson {other}]({other.file})" for other in self.lessons[place + 1 :][:1]),
            *(f"Before: [Lesson {other}]({other.file})" for other in self.lessons[:place][-1:]),
            f"[The whole course]({START})",
        ]
        if lesson.exercise:
            ways.insert(0, f"Now do: {self._exercise(lesson)}")
        return f"> **Lesson {lesson}** · {self._linked(lesson)}\n>\n> {' · '.join(ways)}"

    def _said(self, lesson: Lesson, place: Callable[[str, str], str] = lambda name, _: name) -> str:
        """Say how many questions are right, which are not, and which were wrong at first."""
        first, *parts = self._parts(lesson)
        told = (f"{words}: {and_list(starmap(place, _headings(at)))}" for words, at in parts)
        return "; ".join([first[0], *told])

    def _linked(self, lesson: Lesson) -> str:
        """Return the same, with a link to where something went wrong first below a heading."""
        return self._said(lesson, partial(_link, lesson))

    def _listed(self, lesson: Lesson) -> list[str]:
        """Return the same in short lines, which leave the other columns of a table their room."""
        lines = []
        for words, at in self._parts(lesson):
            links = [_link(lesson, *place) for place in _headings(at)]
            lines += [f"{words}:" if at else words, *(f"• {link}" for link in links)]
        return lines

    def _parts(self, lesson: Lesson) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return each thing to say, with the headings and cells that it is about."""
        answers = self.work.answers
        given = [name for name in lesson.questions if name in answers]
        if not given:
            return [("not begun", [])]
        right = [name for name in given if answers[name].right]
        missed = [name for name in given if name not in right]
        mended = [name for name in right if answers[name].mistakes]
        asked = counted(len(lesson.questions), "question", "questions")
        about = (("not right yet", missed), ("wrong at first", mended))
        places = [(words, [lesson.questions[n] for n in names]) for words, names in about if names]
        return [(f"{len(right)} of {asked} right", []), *places]

    def _exercise(self, lesson: Lesson) -> str:
        """Return a link to the exercise and the points that its last check found; "" if none."""
        if not lesson.exercise:
            return ""
        link = f"[Exercise {int(lesson.number)}](../exercises/{lesson.exercise})"
        found = self.work.checks.get(lesson.exercise.removesuffix(".ipynb"))
        return (
            f"{link}: {found.points} of {counted(found.worth, 'point', 'points')}"
            if found
            else link
        )


def _headings(places: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return each heading once, with the first of its cells."""
    return list({heading: (heading, cell) for heading, cell in reversed(places)}.values())[::-1]


def _link(lesson: Lesson, heading: str, cell: str) -> str:
    return f"[{heading}]({lesson.file}#cell-id={cell})"


def _where(lesson: Lesson) -> str:
    minutes = f"{lesson.minutes} minutes" if lesson.minutes else ""
    noun = "judges claim" if len(lesson.claims) == 1 else "judges claims"
    judged = f"{noun} {and_list(map(str, lesson.claims))}" if lesson.claims else ""
    return "<br>".join(filter(None, (lesson.episode, minutes, judged)))


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
