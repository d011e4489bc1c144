"""Conditions on two variables, decided exactly by a cylindrical decomposition of the plane.

The x at which a curve has a vertical tangent, a singular point or an asymptote, or at which two
curves meet, are roots of discriminants, leading coefficients and resultants. Between two of them
the curves lie above one another without touching, so their order at one x is the order at all. At
every such root, and at one number between, what is left is a line that `line` or, if the root is
irrational, `exact.algebraic_coefficients` decides. It leaves open what hangs on roots over an
irrational x that are irrational over its field, or whose place there it does not recognise.

Sources: Collins (1975), "Quantifier elimination for real closed fields by cylindrical algebraic
decomposition"; McCallum (1988) for what has to be projected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import prod
from typing import Any

from balancegame.exact.algebraic import Algebraic
from balancegame.exact.algebraic_coefficients import signs_along_line
from balancegame.exact.polynomials import Polynomial, from_terms, primitive, trim
from balancegame.exact.roots import Root
from balancegame.solvers.proofs.conditions import AT_LEAST, MORE, Condition, whole_scale
from balancegame.solvers.proofs.deadlines import Deadline
from balancegame.solvers.proofs.factors import Frozen, irreducible_factors
from balancegame.solvers.proofs.fourier_motzkin import linear_point
from balancegame.solvers.proofs.line import along, has_sign, number_of

# Two curves may meet in as many points as the product of their degrees; beyond this the
# decomposition is not tried.
MOST_MEETINGS = 64

Terms = dict[tuple[int, ...], int]


class TooManyMeetingsError(Exception):
    """Curves of a degree beyond what is followed."""


@dataclass(frozen=True)
class PlaneCertificate:
    """Conditions on two variables that hold together nowhere in the plane."""

    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        listed = ", ".join(map(str, self.conditions))
        first, second = plane_variables(self.conditions)
        return f"nowhere in the plane of {first} and {second} do these hold together: {listed}"

    def holds(self) -> bool:
        """Return whether that is so, from a sample of every cell of the plane that could differ."""
        return next(_met(self.conditions, False, lambda: None), None) is None


def plane_variables(conditions: Sequence[Condition]) -> tuple[str, ...]:
    """Return the names that occur in conditions."""
    used = {name for h in conditions for name in h.polynomial.variables}
    return tuple(name for name in conditions[0].polynomial.names if name in used)


def decided_in_the_plane(
    conditions: Sequence[Condition], deadline: Deadline
) -> PlaneCertificate | dict[str, Any] | None:
    """Return why conditions on two variables contradict each other, or a point that meets them.

    None if the degrees are too high, or if they meet only where the two numbers are irrational and
    come from different fields, which no game is written with.
    """
    try:
        for turned in (False, True):
            nowhere = True
            for point in _met(conditions, turned, deadline.check):
                nowhere = False
                if point is not None:
                    return point
            if nowhere:
                return PlaneCertificate(tuple(conditions))
    except TooManyMeetingsError:
        pass
    return None


@dataclass(frozen=True)
class _Curves:
    """Irreducible polynomials, and each condition as a sign times powers of some of them.

    ``alone`` are those in x alone, ``curves`` the others, which come after them in the numbers of
    ``products``. ``critical`` are the polynomials in x between whose roots nothing changes.
    """

    axes: tuple[str, str]
    alone: tuple[Polynomial, ...]
    curves: tuple[Terms, ...]
    critical: tuple[Polynomial, ...]
    products: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]


def _met(
    conditions: Sequence[Condition], turned: bool, check: Callable[[], None]
) -> Iterator[dict[str, Any] | None]:
    """Yield a point of every cell in which conditions hold; None where it cannot be written."""
    found = _decomposed(tuple(conditions), turned, check)
    count = len(found.alone)
    flat = [all(j < count for j, _ in factors) for _, factors in found.products]

    def meet(signs: Sequence[int], rows: Sequence[bool]) -> bool:
        return all(
            has_sign(h.relation, sign * prod(signs[j] ** power for j, power in factors))
            for h, (sign, factors), asked in zip(conditions, found.products, rows, strict=True)
            if asked
        )

    only_wide = _has_only_wide_parts(conditions)
    x, y = found.axes
    # Numbers between the roots come first: they are rational.
    cells = sorted(along((*found.alone, *found.critical)), key=lambda cell: _is_root(cell[0]))
    for where, signs in cells:
        check()
        if not meet(signs, flat) or (only_wide and _is_root(where)):
            continue
        first = number_of(where)
        upright = [_at(curve, first) for curve in found.curves]
        on_line = _on_line(upright) if isinstance(first, Fraction) else None
        for second, beside in on_line or signs_along_line(upright, check):
            if only_wide and _is_root(second):
                continue
            if meet((*signs[:count], *beside), [not each for each in flat]):
                number = None if second is None else number_of(second)
                if number is None or _of_two_fields(first, number):
                    yield None
                else:
                    yield {x: first, y: number}


def _is_root(where: Any) -> bool:
    return isinstance(where, Root)


def _has_only_wide_parts(conditions: Sequence[Condition]) -> bool:
    """Return whether what meets conditions has a part with an area wherever it has a point.

    So it is if the curves among them are strict and the straight lines leave an area: each of its
    points is then a limit of points inside, and what is strict holds near it too.
    """
    lines = [h for h in conditions if h.polynomial.degree <= 1]
    if any(h.relation not in (MORE, AT_LEAST) for h in lines):
        return False
    if any(h.relation != MORE for h in conditions if h.polynomial.degree > 1):
        return False
    inside = [Condition(h.polynomial, MORE) for h in lines]
    return not inside or linear_point(inside, plane_variables(conditions)) is not None


def _on_line(polynomials: Sequence[Any]) -> list[tuple[Any, tuple[int, ...]]]:
    """Return the signs along a line of polynomials with whole coefficients, roots last."""
    whole = [from_terms({(k,): int(c) for k, c in enumerate(p) if c}) for p in polynomials]
    return sorted(along(whole), key=lambda each: _is_root(each[0]))


def _at(curve: Terms, x: Any) -> tuple[Any, ...]:
    """Return a curve at a number x as a polynomial in y; a positive multiple if x is rational."""
    wide, high = (max(powers[k] for powers in curve) for k in (0, 1))
    found: list[Any] = [Fraction(0)] * (high + 1)
    if isinstance(x, Fraction):
        a, b = x.as_integer_ratio()
        for (i, j), c in curve.items():
            found[j] += c * a**i * b ** (wide - i)
        return trim(found)
    powers = [Fraction(1), x]
    while len(powers) <= wide:
        powers.append(powers[-1] * x)
    for (i, j), c in curve.items():
        found[j] = found[j] + powers[i] * c
    return trim(found)


def _of_two_fields(first: Any, second: Any) -> bool:
    both = isinstance(first, Algebraic) and isinstance(second, Algebraic)
    return both and bool(first.root.compare(second.root))


def _decomposed(
    conditions: tuple[Condition, ...], turned: bool, check: Callable[[], None]
) -> _Curves:
    names = plane_variables(conditions)
    place = [conditions[0].polynomial.names.index(name) for name in names]
    listed: list[Terms] = []
    for h in conditions:
        scale = whole_scale(h.polynomial)
        terms = h.polynomial.terms.items()
        listed.append({tuple(p[k] for k in place): int(c * scale) for p, c in terms})
    # Curves are crossed along the axis in which they have the lower degree.
    high = [max(powers[k] for terms in listed for powers in terms) for k in (0, 1)]
    if (high[0] < high[1]) != turned:
        names = names[::-1]
        listed = [{powers[::-1]: c for powers, c in terms.items()} for terms in listed]
    factored = tuple(irreducible_factors(tuple(sorted(terms.items()))) for terms in listed)
    every = list(dict.fromkeys(f for _, factors in factored for f, _ in factors))
    alone = [f for f in every if not any(j for (_, j), _ in f)]
    curves = [f for f in every if any(j for (_, j), _ in f)]
    order = [*alone, *curves]
    products = tuple(
        (sign, tuple((order.index(f), power) for f, power in factors)) for sign, factors in factored
    )
    degrees = sorted((max(i + j for (i, j), _ in curve) for curve in curves), reverse=True)
    if prod((*degrees, *degrees)[:2]) > MOST_MEETINGS:
        raise TooManyMeetingsError
    critical: list[Polynomial] = []
    for curve in curves:
        check()
        critical += _vertical(curve)
    for pair in combinations(curves, 2):
        check()
        critical += _meeting(*pair)
    flat = [from_terms({(i,): c for (i, _), c in f}) for f in alone]
    kept = tuple(p for p in dict.fromkeys(critical) if p not in set(map(primitive, flat)))
    return _Curves((names[0], names[1]), tuple(flat), tuple(map(dict, curves)), kept, products)


@lru_cache(maxsize=256)
def _vertical(curve: Frozen) -> tuple[Polynomial, ...]:
    """Return what vanishes at the x where a curve is steep, crosses itself or has an asymptote."""
    top = max(j for (_, j), _ in curve)
    leading = from_terms({(i,): c for (i, j), c in curve if j == top})
    steep = _irreducible(_poly(curve).discriminant()) if top > 1 else ()
    return (*((primitive(leading),) if len(leading) > 1 else ()), *steep)


@lru_cache(maxsize=256)
def _meeting(first: Frozen, second: Frozen) -> tuple[Polynomial, ...]:
    """Return what vanishes at the x where two curves meet."""
    return _irreducible(_poly(first).resultant(_poly(second)))


def _irreducible(polynomial: Any) -> tuple[Polynomial, ...]:
    """Return the factors of a polynomial of SymPy in x."""
    _, factors = polynomial.factor_list()
    return tuple(tuple(int(c) for c in reversed(f.all_coeffs())) for f, _ in factors)


def _poly(terms: Frozen) -> Any:
    """Return a polynomial in x and y as one of SymPy in y whose coefficients are in x."""
    import sympy

    return sympy.Poly.from_dict({(j, i): c for (i, j), c in terms}, *sympy.symbols("y x"))
