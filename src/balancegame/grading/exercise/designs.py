"""A design of the student's own: many are right, and conditions find what is wrong with others.

:func:`asks_design` makes the test of a declaration, and the checks of the exercise itself follow
from the examples in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from inspect import signature
from typing import Any

from balancegame.grading.exercise.verdicts import refuse

Found = Mapping[tuple[Any, ...], str | Callable[[], str]]
"""From ``(key, made, *examples)`` to a sentence: whether a mistake was made, and answers with it.

A sentence that is no function is put together whether the mistake was made or not.

Such an answer is written as in a notebook, ``"low = 5"``; the rest of the design is right. In a
comment it may repeat words of the sentence, ``"low = 5  # below 3"``.
"""

# Many students design the same.
_DESIGNS_KEPT = 256


@dataclass(frozen=True, eq=False)
class AskedDesign:
    """A design for which an exercise asks; see :func:`asks_design`."""

    names: tuple[str, ...]
    read: Callable[[Any, str], Any]
    mistakes: Callable[..., Found]

    @cached_property
    def _needs_own(self) -> bool:
        return "own" in signature(self.mistakes).parameters

    @cached_property
    def _found_in_numbers(self) -> Callable[..., Found]:
        return lru_cache(_DESIGNS_KEPT)(
            lambda *numbers: self.mistakes(**dict(zip(self.names, numbers, strict=True)))
        )

    def found(self, answers: Iterable[Any], own: Callable[[], Any]) -> Found:
        """Return which mistakes a design has; ``own`` is called for a student's own payoffs."""
        values = {
            name: self.read(given, name) for name, given in zip(self.names, answers, strict=True)
        }
        if self._needs_own:
            values["own"] = own()
        elif {*map(type, values.values())} == {Fraction}:
            # Fractions that are equal are alike in all ways, as 1 and True are not.
            return self._found_in_numbers(*values.values())
        return self.mistakes(**values)

    def examples(
        self, right: Mapping[str, Any], own: Callable[[], Any]
    ) -> Iterator[tuple[str, str]]:
        """Yield the key of each mistake with each answer that makes it, given a right design."""
        found = self.found([right[name] for name in self.names], own)
        for key, _, *sources in found:
            for source in sources:
                yield key, source


def _as_it_is(given: Any, name: str) -> Any:
    return given


def asks_design(
    *names: str, read: Callable[[Any, str], Any] = _as_it_is
) -> Callable[[Callable[..., Found]], Callable[..., None]]:
    """Make a pytest test of a function that says which mistakes a design has.

    Parameters
    ----------
    *names : str
        What the answers are called in the notebook that make up the design.
    read : callable, optional
        Reads each of them, such as :func:`.read_number`.

    Returns
    -------
    callable
        Turns a function into a test. The function takes the answers by their names, and ``own``, a
        student's own payoffs, if it needs them. It returns each mistake with its sentence; the
        first that was made is told.

    Examples
    --------
    >>> @asks_design("low", "high")
    ... def test_room(low, high):
    ...     return {("no-room", low >= high, "low = 5"): f"{low} is not below {high}."}
    >>> [*test_room.asked_design.examples({"low": 2, "high": 3}, dict)]
    [('no-room', 'low = 5')]
    """

    def decorate(mistakes: Callable[..., Found]) -> Callable[..., None]:
        design = AskedDesign(names, read, mistakes)

        def test(student: Any) -> None:
            refuse(design.found(student.answers(*names), lambda: student.variant))

        # functools.wraps would lend it the signature too, which pytest reads.
        test.__name__, test.__doc__ = mistakes.__name__, mistakes.__doc__
        vars(test)["asked_design"] = design
        return test

    return decorate


def designs_in(namespace: Iterable[Any]) -> list[AskedDesign]:
    """Return the designs for which tests ask."""
    return [test.asked_design for test in namespace if hasattr(test, "asked_design")]
