"""Formulas: conditions on the signs of polynomials, joined by and, or and if.

A condition says that a polynomial in the parameters is more than 0, at least 0, equal to 0 or not
equal to 0. Whatever is said of a model comes down to such formulas: a profile is an equilibrium
exactly where every difference of payoffs that stands for a deviation is at least 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from balancegame.exact.multivariate import Multivariate

MORE, AT_LEAST, EQUAL, UNEQUAL = ">", ">=", "=", "!="
_TESTS: dict[str, Callable[[Any], bool]] = {
    MORE: lambda value: bool(value > 0),
    AT_LEAST: lambda value: bool(value >= 0),
    EQUAL: lambda value: not value,
    UNEQUAL: bool,
}


@dataclass(frozen=True)
class Condition:
    """A polynomial compared with 0; ``words`` say what that means in the game."""

    polynomial: Multivariate
    relation: str
    words: str = field(default="", compare=False)

    def __hash__(self) -> int:
        return hash((frozenset(self.polynomial.terms.items()), self.relation))

    @property
    def constant(self) -> bool | None:
        """Whether the condition holds everywhere or nowhere, None if that depends."""
        if self.polynomial.degree:
            return None
        # Without a variable there is one term at most.
        return _TESTS[self.relation](sum(self.polynomial.terms.values()))

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Return whether the condition holds at exact values of the parameters."""
        return _TESTS[self.relation](self.polynomial.at(values))

    def __str__(self) -> str:
        """Return the comparison with nothing taken away on either side.

        Examples
        --------
        >>> from balancegame.exact.multivariate import variables
        >>> s, E = variables(("s", "E"))
        >>> print(Condition(s / 2 - E, AT_LEAST), "and", Condition(1 - E, MORE))
        s >= 2*E and 1 > E
        """
        terms = self.polynomial.terms
        scale = whole_scale(self.polynomial)
        names = self.polynomial.names
        left = Multivariate(names, {p: c * scale for p, c in terms.items() if c > 0})
        right = Multivariate(names, {p: -c * scale for p, c in terms.items() if c < 0})
        if self.relation in (EQUAL, UNEQUAL) and not left.terms:
            left, right = right, left
        return f"{left} {self.relation} {right}"


@dataclass(frozen=True)
class All:
    """All parts hold; with no parts it is true."""

    parts: tuple[Formula, ...]
    words: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.words or " and ".join(map(str, self.parts)) or "true"


@dataclass(frozen=True)
class Some:
    """One part at least holds; with no parts it is false."""

    parts: tuple[Formula, ...]
    words: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.words or " or ".join(map(str, self.parts)) or "false"


@dataclass(frozen=True)
class Implies:
    """Where the first holds, so does the second."""

    given: Formula
    then: Formula
    words: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.words or f"{self.then} if {self.given}"


Formula = Condition | All | Some | Implies


def whole_scale(polynomial: Multivariate) -> Fraction:
    """Return the positive number that makes the coefficients whole and coprime."""
    coefficients = polynomial.terms.values()
    if not coefficients:
        return Fraction(1)
    multiple = lcm(*(c.denominator for c in coefficients))
    return Fraction(multiple, gcd(*(int(c * multiple) for c in coefficients)))


def negation(formula: Formula) -> Formula:
    """Return the formula that holds exactly where this one does not."""
    match formula:
        case Condition(polynomial, relation):
            if relation in (EQUAL, UNEQUAL):
                return Condition(polynomial, UNEQUAL if relation == EQUAL else EQUAL)
            return Condition(-polynomial, AT_LEAST if relation == MORE else MORE)
        case All(parts):
            return Some(tuple(map(negation, parts)))
        case Some(parts):
            return All(tuple(map(negation, parts)))
        case Implies(given, then):
            return All((given, negation(then)))


def joined(parts: Iterable[Formula]) -> Formula:
    """Return that all parts hold, without those that are true anyway.

    It looks at the parts alone, not into them: they are pruned already.
    """
    kept = tuple(part for part in parts if part != All(()))
    if Some(()) in kept:
        return Some(())
    return kept[0] if len(kept) == 1 else All(kept)


def pruned(formula: Formula) -> Formula:
    """Return a formula without what is true or false whatever the parameters are."""
    match formula:
        case Condition() if formula.constant is not None:
            return All((), formula.words) if formula.constant else Some((), formula.words)
        case All(parts):
            kept = tuple(p for p in map(pruned, parts) if p != All(()))
            return Some((), formula.words) if Some(()) in kept else replace(formula, parts=kept)
        case Some(parts):
            kept = tuple(p for p in map(pruned, parts) if p != Some(()))
            return All((), formula.words) if All(()) in kept else replace(formula, parts=kept)
    return formula


def holds(formula: Formula, values: Mapping[str, Any]) -> bool:
    """Return whether a formula holds at exact values of the parameters."""
    match formula:
        case Condition():
            return formula.holds(values)
        case All(parts):
            return all(holds(part, values) for part in parts)
        case Some(parts):
            return any(holds(part, values) for part in parts)
        case Implies(given, then):
            return not holds(given, values) or holds(then, values)


def conditions_of(formula: Formula) -> Iterator[Condition]:
    """Yield every condition that occurs in a formula."""
    match formula:
        case Condition():
            yield formula
        case All(parts) | Some(parts):
            for part in parts:
                yield from conditions_of(part)
        case Implies(given, then):
            yield from conditions_of(given)
            yield from conditions_of(then)


def named(formula: Formula, words: str) -> Formula:
    """Return a formula with words that say what it means."""
    return replace(formula, words=words)


def first_failure(formula: Formula, values: Mapping[str, Any], words: str = "") -> str:
    """Return what the smallest part says that has words and fails where a formula does."""
    words = formula.words or words
    match formula:
        case All(parts):
            failing = next((part for part in parts if not holds(part, values)), None)
            return words if failing is None else first_failure(failing, values, words)
        case Implies(then=then):
            return first_failure(then, values, words)
        case Condition():
            return words or str(formula)
    return words
