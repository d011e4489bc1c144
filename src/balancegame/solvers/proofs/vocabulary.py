"""What can be said of a form of game in a proposition; each form registers its own phrases.

A phrase is a pattern of words and what it comes to: a formula in the parameters, with a judge that
asks the solver for the same thing at exact values; or a value that stands in comparisons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatch
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.exact.multivariate import Multivariate
from balancegame.exact.quotients import Factor, Quotient, quotient_variables
from balancegame.games.base_model import BaseModel
from balancegame.solvers.proofs.conditions import AT_LEAST, MORE, All, Condition, Formula
from balancegame.solvers.proofs.deadlines import Deadline
from balancegame.solvers.proofs.decision import Step, contradict

# What stands between parentheses, which may hold others.
INSIDE = r"\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"

Judge = Callable[[Mapping[str, Fraction]], tuple[bool, Any]]
"""Asks the solver at exact values: whether a statement holds there, and its verdict."""

Pieces = Sequence[tuple[Formula | None, Quotient]]
"""A value case by case: where each formula holds; None for everywhere."""


@dataclass(frozen=True)
class Said:
    """What a statement comes to."""

    formula: Formula
    judge: Judge | None = None


@dataclass(frozen=True)
class Worth:
    """What a value in a comparison comes to, and how the solver is asked for it."""

    pieces: Pieces
    ask: Callable[[Mapping[str, Fraction]], Any]


@dataclass(frozen=True)
class Phrase:
    """A pattern of words, how it is written in a list of what can be said, and how it is read."""

    example: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Reading], Any]


@dataclass(frozen=True)
class Vocabulary:
    """The statements and values of a form of game."""

    statements: tuple[Phrase, ...] = ()
    values: tuple[Phrase, ...] = ()


@singledispatch
def vocabulary(model: BaseModel) -> Vocabulary:
    """Return what can be said of a model beside comparisons of its parameters."""
    return Vocabulary()


@singledispatch
def existence(model: BaseModel, reading: Reading) -> Sequence[Formula]:
    """Return what must hold of the parameters for there to be a game: always assumed."""
    return ()


@singledispatch
def game_at(model: BaseModel, values: Mapping[str, Fraction]) -> Any:
    """Return the game at exact values, inside the declared ranges or not."""
    made: Any = model
    return made.game_at(values) if hasattr(made, "game_at") else made.game(**values)


def value_at(quotient: Quotient, values: Mapping[str, Fraction]) -> Fraction:
    """Return the value of a quotient at exact values of the parameters."""
    found: Fraction = quotient.top.at(values)
    for factor, power in quotient.bottom.items():
        polynomial = Multivariate(quotient.top.names, {p: Fraction(c) for p, c in factor})
        found = found / polynomial.at(values) ** power
    return found


def phrase(example: str, pattern: str, read: Callable[[re.Match[str], Reading], Any]) -> Phrase:
    """Return a phrase; a space in the pattern stands for any white space."""
    return Phrase(example, re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+")), read)


def either(names: Iterable[str]) -> str:
    """Return the pattern of any of some names, longer ones first."""
    patterns = [r"\s+".join(map(re.escape, name.split())) for name in names]
    return "|".join(sorted(patterns, key=len, reverse=True))


@dataclass
class Reading:
    """A proposition as it is read: its model, its symbols, and what is known of denominators."""

    model: Any
    deadline: Deadline
    hypotheses: list[Formula] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    signs: dict[Factor, int] = field(default_factory=dict)
    # What several phrases of one proposition need, so that it is worked out once.
    known: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = tuple(self.model.parameters) or ("one",)
        self.symbols = dict(zip(self.names, quotient_variables(self.names), strict=True))
        self.zero = next(iter(self.symbols.values())) * 0

    def know(self, formula: Formula) -> None:
        """Take a condition of the domain for granted; what is equal to a number becomes that."""
        self.hypotheses.append(formula)
        for part in formula.parts if isinstance(formula, All) else (formula,):
            match part:
                case Condition(polynomial, "=") if len(polynomial.variables) == 1:
                    (name,) = polynomial.variables
                    if polynomial.degree == 1:
                        start = polynomial.at({name: Fraction(0)})
                        slope = polynomial.at({name: Fraction(1)}) - start
                        self.symbols[name] = self.zero - start / slope

    def compared(self, left: Any, relation: str, right: Any = 0, words: str = "") -> Condition:
        """Return a comparison of two values as a condition on a polynomial."""
        difference: Any = left - right
        if not isinstance(difference, Quotient):
            difference = difference + self.zero
        polynomial = difference.top
        for factor, power in difference.bottom.items():
            if power % 2 and self.sign(factor) < 0:
                polynomial = -polynomial
            elif not power % 2:
                self.sign(factor)
        return Condition(polynomial, relation, words)

    def at(self, quotient: Any, values: Mapping[str, Fraction]) -> Fraction:
        """Return the value of a quotient, or of a number, at exact values of the parameters."""
        return value_at(quotient, values) if isinstance(quotient, Quotient) else exact(quotient)

    def sign(self, factor: Factor) -> int:
        """Return the sign that what is divided by keeps under the hypotheses."""
        if factor not in self.signs:
            polynomial = Multivariate(self.names, {p: Fraction(c) for p, c in factor})
            self.signs[factor] = self._sign(polynomial)
        return self.signs[factor]

    def _sign(self, polynomial: Multivariate) -> int:
        said = f"the proposition or the model divides by {polynomial}, which"
        for side, word in ((1, "more"), (-1, "less")):
            against = Condition(-side * polynomial, AT_LEAST)
            found = contradict([*self.hypotheses, against], self.deadline)
            if isinstance(found, list):
                shown = Condition(side * polynomial, MORE)
                words = f"What is divided by is {word} than 0"
                given = tuple(self.hypotheses)
                self.steps.append(Step(words, shown, (), tuple(found), given))
                return side
        raise GameError(
            f"{said} is not known to be more than 0, nor less, for all these values; add a "
            "condition to the domain that says so."
        )
