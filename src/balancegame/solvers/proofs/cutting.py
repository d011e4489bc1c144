"""Deciding conditions where no short identity does: by cutting up the space of the parameters.

An equation that says what a parameter is takes that parameter away first. What is left of one or
two parameters is decided exactly, and of more parameters box by box if they have bounds. Before
that, the signs are found that factors in one or two parameters keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from balancegame.exact.multivariate import Multivariate
from balancegame.solvers.proofs.boxes import cut_into_boxes
from balancegame.solvers.proofs.certificates import AnyCertificate
from balancegame.solvers.proofs.conditions import AT_LEAST, MORE, Condition, negation, whole_scale
from balancegame.solvers.proofs.contradictions import linear_contradiction
from balancegame.solvers.proofs.deadlines import Deadline, OutOfTimeError
from balancegame.solvers.proofs.factors import Frozen, irreducible_factors
from balancegame.solvers.proofs.line import line_contradiction
from balancegame.solvers.proofs.plane import decided_in_the_plane
from balancegame.solvers.proofs.points import (
    Values,
    is_linear,
    point,
    replaced,
    solved,
    with_equations,
)


@dataclass(frozen=True)
class SubstitutedCertificate:
    """Conditions that contradict each other once an equation among them takes a variable away."""

    conditions: tuple[Condition, ...]
    equation: Condition
    then: AnyCertificate

    def __str__(self) -> str:
        return f"with {self.equation}, {self.then}"

    def holds(self) -> bool:
        """Return whether that is so."""
        equal = solved(self.equation)
        if equal is None or not set(_halves(self.equation)) <= set(self.conditions):
            return False
        known = set(replaced(self.conditions, *equal))
        return set(self.then.conditions) <= known and self.then.holds()


@dataclass(frozen=True)
class LemmaCertificate:
    """Conditions that contradict each other since they imply another one, and contradict that."""

    conditions: tuple[Condition, ...]
    lemma: Condition
    because: AnyCertificate
    then: AnyCertificate

    def __str__(self) -> str:
        return f"{self.lemma}, because {self.because}; and {self.then}"

    def holds(self) -> bool:
        """Return whether that is so."""
        against = {*self.conditions, negation(self.lemma)}
        known = {*self.conditions, self.lemma}
        return (
            set(self.because.conditions) <= against
            and set(self.then.conditions) <= known
            and self.because.holds()
            and self.then.holds()
        )


def cut_up(facts: Sequence[Condition], deadline: Deadline) -> AnyCertificate | Values | None:
    """Return why conditions contradict each other or a point that meets them, None if neither."""
    facts = list(dict.fromkeys(h for h in facts if h.constant is not True))
    certificate = linear_contradiction(facts)
    if certificate is not None or is_linear(facts):
        return certificate or point(facts, 1, deadline)
    for h in with_equations(facts):
        equal = solved(h)
        if equal is not None:
            name, value = equal
            found = cut_up(replaced(facts, name, value), deadline)
            if isinstance(found, dict):
                found |= {other: Fraction(0) for other in value.variables if other not in found}
                return {**found, name: value.at(found)}
            return found and SubstitutedCertificate(tuple(facts), h, found)
    together: Values = {}
    open_ = False
    for part in _connected(facts):
        found = _by_number(part, deadline)
        if found is not None and not isinstance(found, dict):
            return found
        open_ |= found is None
        together |= found or {}
    return None if open_ else together


def _connected(facts: Sequence[Condition]) -> list[list[Condition]]:
    """Divide conditions into parts that have no variables in common, the smallest first."""
    parts: list[list[Condition]] = []
    for h in facts:
        joined = [part for part in parts if _variables(part) & _variables([h])]
        parts = [part for part in parts if part not in joined]
        parts.append([*(each for part in joined for each in part), h])
    return sorted(parts, key=lambda part: len(_variables(part)))


def _by_number(facts: list[Condition], deadline: Deadline) -> AnyCertificate | Values | None:
    """Decide conditions by the number of their variables."""
    count = len(_variables(facts))
    if is_linear(facts):
        return linear_contradiction(facts) or point(facts, 1, deadline)
    if count == 1:
        return line_contradiction(facts) or point(facts, 1, deadline)
    if count == 2:
        decided = _in_time(decided_in_the_plane, facts, deadline)
        return decided or _in_time(cut_into_boxes, facts, deadline)
    lemmas = []
    for lemma in _lemmas(facts):
        about = [h for h in facts if _variables([h]) <= _variables([lemma])]
        against = Condition(-lemma.polynomial, MORE)
        because = _by_number([*about, against], deadline.sooner(deadline.left / 4))
        if because is not None and not isinstance(because, dict):
            lemmas.append((lemma, because))
    then = _in_time(cut_into_boxes, [*facts, *(lemma for lemma, _ in lemmas)], deadline)
    if then is None or isinstance(then, dict):
        return then
    for k, (lemma, because) in reversed(list(enumerate(lemmas))):
        if lemma in then.conditions:
            held = (*facts, *(other for other, _ in lemmas[:k]))
            then = LemmaCertificate(held, lemma, because, then)
    return then


def _variables(conditions: Sequence[Condition]) -> set[str]:
    return {name for h in conditions for name in h.polynomial.variables}


def _lemmas(facts: Sequence[Condition]) -> Iterator[Condition]:
    """Yield for each curved factor in one or two variables that it is nowhere less than 0, or more.

    That a factor has one sign only is too much to be seen from boxes where it is 0 inside them.
    """
    names = facts[0].polynomial.names
    known: set[Frozen] = set()
    for h in facts:
        scale = whole_scale(h.polynomial)
        terms = tuple(sorted((p, int(c * scale)) for p, c in h.polynomial.terms.items()))
        for factor, _ in irreducible_factors(terms)[1]:
            curve = Multivariate(names, {p: Fraction(c) for p, c in factor})
            if factor not in known and curve.degree > 1 and len(curve.variables) <= 2:
                known.add(factor)
                yield Condition(curve, AT_LEAST)
                yield Condition(-curve, AT_LEAST)


def _in_time(
    method: Callable[[Sequence[Condition], Deadline], AnyCertificate | Values | None],
    facts: Sequence[Condition],
    deadline: Deadline,
) -> AnyCertificate | Values | None:
    try:
        return method(facts, deadline.sooner(deadline.left / 2))
    except OutOfTimeError:
        deadline.check()
        return None


def _halves(equation: Condition) -> tuple[Condition, Condition]:
    """Return what two conditions an equation is among facts."""
    p = equation.polynomial
    return Condition(p, AT_LEAST), Condition(-p, AT_LEAST)
