"""The search for a point that meets conditions: exact, made of simple numbers.

Where all conditions are linear, elimination finds a point if there is one. Otherwise simple
numbers are put in for the variables that stand in products, one after the other, until what remains
is linear or has one variable left. Nothing follows from a search that finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from balancegame.exact.multivariate import Multivariate
from balancegame.solvers.proofs.conditions import AT_LEAST, EQUAL, MORE, Condition
from balancegame.solvers.proofs.deadlines import Deadline
from balancegame.solvers.proofs.fourier_motzkin import TooManyRowsError, linear_point
from balancegame.solvers.proofs.line import line_values
from balancegame.solvers.proofs.simple_numbers import Span, complexity, simple_in

Values = dict[str, Fraction]


def is_linear(conditions: Sequence[Condition]) -> bool:
    """Return whether every condition is."""
    return all(h.polynomial.degree <= 1 for h in conditions)


def point(conditions: Sequence[Condition], tries: int, deadline: Deadline) -> Values | None:
    """Return values of the variables that occur that meet all conditions, if the search finds some.

    ``tries`` is how many numbers are put in for each variable that stands in a product.
    """
    deadline.check()
    constant = [h.constant for h in conditions]
    if False in constant:
        return None
    conditions = [h for h, holds in zip(conditions, constant, strict=True) if not holds]
    used = _variables(conditions)
    if not used:
        return {}
    for h in conditions:
        equal = solved(h)
        if equal is not None:
            name, value = equal
            found = point(replaced(conditions, name, value), tries, deadline)
            if found is None:
                return None
            rest = {other: Fraction(0) for other in value.variables if other not in found}
            return {**found, **rest, name: value.at({**found, **rest})}
    if is_linear(conditions):
        try:
            return linear_point(conditions, used)
        except TooManyRowsError:
            return None
    if len(used) == 1:
        (name,) = used
        return next(({name: x} for x in line_values(conditions)), None)
    name = _most_entangled(conditions, used)
    for number in simple_in(_span(conditions, name), tries):
        value = Multivariate(conditions[0].polynomial.names, {}) + number
        found = point(replaced(conditions, name, value), tries, deadline)
        if found is not None:
            return {**found, name: number}
    return None


def simplified(
    values: Mapping[str, Fraction], meets: Callable[[Values], bool], deadline: Deadline
) -> Values:
    """Return a point at which no number can be replaced by a simpler one of a long list."""
    best = dict(values)
    changed = True
    while changed:
        changed = False
        for name, held in best.items():
            if not isinstance(held, Fraction):
                continue
            bound = complexity(held)
            for number in simple_in(Span(), 120):
                deadline.check()
                if complexity(number) >= bound:
                    break
                if meets({**best, name: number}):
                    best[name] = number
                    changed = True
                    break
    return best


def _variables(conditions: Sequence[Condition]) -> list[str]:
    names = conditions[0].polynomial.names if conditions else ()
    occur = {name for h in conditions for name in h.polynomial.variables}
    return [name for name in names if name in occur]


def replaced(conditions: Sequence[Condition], name: str, value: Multivariate) -> list[Condition]:
    """Return conditions with a polynomial in place of a variable."""
    return [
        Condition(h.polynomial.replacing(name, value), h.relation)
        if name in h.polynomial.variables
        else h
        for h in conditions
    ]


def solved(h: Condition) -> tuple[str, Multivariate] | None:
    """Return a variable and what it is equal to, if an equation says so without dividing."""
    if h.relation != EQUAL:
        return None
    names, terms = h.polynomial.names, h.polynomial.terms
    for k, name in enumerate(names):
        unit = tuple(int(i == k) for i in range(len(names)))
        if unit in terms and sum(bool(powers[k]) for powers in terms) == 1:
            share = Fraction(-1) / terms[unit]
            rest = {powers: share * c for powers, c in terms.items() if powers != unit}
            return name, Multivariate(names, rest)
    return None


def _most_entangled(conditions: Sequence[Condition], used: Sequence[str]) -> str:
    """Return the variable that stands in most products."""

    def products(name: str) -> int:
        k = conditions[0].polynomial.names.index(name)
        return sum(
            (sum(powers) > 1) * (powers[k] > 0) for h in conditions for powers in h.polynomial.terms
        )

    return max(used, key=products)


def _span(conditions: Sequence[Condition], name: str) -> Span:
    """Return where conditions on one variable alone, linear ones, put it."""
    span = Span()
    for h in conditions:
        if h.polynomial.variables != (name,) or h.polynomial.degree > 1:
            continue
        slope = next(c for powers, c in h.polynomial.terms.items() if sum(powers))
        bound = -h.polynomial.at({name: Fraction(0)}) / slope
        belongs = h.relation != MORE
        if slope > 0 or h.relation == EQUAL:
            span = span.above(bound, belongs)
        if slope < 0 or h.relation == EQUAL:
            span = span.below(bound, belongs)
    return span


def with_equations(facts: Sequence[Condition]) -> list[Condition]:
    """Write two conditions that say together that something is 0 as one equation."""
    listed = set(facts)
    found: list[Condition] = []
    for h in facts:
        opposite = Condition(-h.polynomial, AT_LEAST)
        if h.relation == AT_LEAST and opposite in listed:
            equation = Condition(h.polynomial, EQUAL)
            if Condition(-h.polynomial, EQUAL) not in found:
                found.append(equation)
        else:
            found.append(h)
    return found
