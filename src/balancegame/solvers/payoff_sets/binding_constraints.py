r"""The exact set that reproduces itself near one that a search has found.

A search shows how the vertices of the set support each other: of each vertex the profile, and
which constraints bind the continuation. Let d be the patience, g the stage payoffs of the profile,
h what each player could gain at once, b = g + h the best reply's payoff, and u the least payoffs of
the set, each a coordinate of one of its vertices. If player i's constraint binds,

.. math:: w_i = u_i + (1 - d) h_i / d, \qquad v_i = (1 - d) b_i + d u_i,

and the vertex that is least for i has :math:`v_i = b_i`. If only one constraint binds, the
continuation lies on an edge of the set, and its other coordinate is interpolated between two
vertices. So every coordinate is a formula in others. Where they do not lead back to themselves,
they are numbers. Where one of them, s, leads back to itself, it is a fixed point of M(s), a
quotient of two polynomials that a few of its values determine. Most often both are linear, so that
s is rational or the root of a quadratic. An exact check decides whether the set found so supports
itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from balancegame.errors import GameError
from balancegame.exact.algebraic import number_at_place
from balancegame.exact.polynomials import add, multiply, negative, primitive, squarefree
from balancegame.exact.roots import roots_between
from balancegame.solvers.payoff_sets.polygons import Point, Polygon, over
from balancegame.solvers.payoff_sets.self_generation import StagePayoffs

Node = tuple[int, int]
# None of coordinates that are being asked for.
Known = dict[Node, Any]

# A unit's parts, at which a formula is tried.
PARTS = 2**10
# Values of a formula that are taken before it counts as one of too high a degree.
MOST_PLACES = 12


class Vertex(NamedTuple):
    """How a vertex is supported: by itself, or where constraints of some players bind."""

    profile: int
    lasts: bool
    binds: tuple[bool, bool]
    # The vertices of the edge on which the continuation lies, if one constraint binds.
    edge: tuple[int, int] = (0, 0)


Structure = tuple[tuple[Vertex, ...], tuple[int, int]]


class _LeadsBackError(Exception):
    """A coordinate is a formula in itself."""


def solved(payoffs: StagePayoffs, structure: Structure, near: Polygon) -> list[Point]:
    """Return points that support each other in a certain way; none if none are found."""
    vertices, lowest = structure
    (later, whole), (stage, gains) = payoffs.ratio, (payoffs.columns[:2], payoffs.columns[2:])
    now = whole - later

    def coordinate(known: Known, k: int, axis: int) -> Any:
        node = k, axis
        if node not in known:
            known[node] = None
            try:
                known[node] = formula(known, k, axis)
            except _LeadsBackError as back:
                del known[node]
                if back.args != node:
                    raise
                known[node] = fixed(known, k, axis)
        if known[node] is None:
            raise _LeadsBackError(*node)
        return known[node]

    def fixed(known: Known, k: int, axis: int) -> Any:
        """Return a coordinate that is a formula in itself: where that formula gives it again."""
        close = near[k][axis]
        places = (Fraction(round(close * PARTS) + part, PARTS) for part in range(MOST_PLACES))
        top, bottom = quotient_through(
            (s, formula({**known, (k, axis): s}, k, axis)) for s in places
        )
        return root_near(add(top, negative((Fraction(0), *bottom))), close)

    def formula(known: Known, k: int, axis: int) -> Any:
        """Return what a coordinate's own formula makes of the others."""
        profile, _, binds, (i, j) = vertices[k]
        own, other = stage[axis][profile], 1 - axis
        if binds[axis]:
            best = own + gains[axis][profile]
            if lowest[axis] == k:
                return best
            return over(now * best + later * coordinate(known, lowest[axis], axis), whole)
        if i == j:
            return over(now * own + later * coordinate(known, i, axis), whole)
        start = coordinate(known, i, other)
        width = coordinate(known, j, other) - start
        least = coordinate(known, lowest[other], other)
        ahead = later * (least - start) + now * gains[other][profile]
        today, back = now * own * width, later * width - ahead
        # On an edge that ends here the formula is linear in what it says.
        if i == k:
            return over(today + ahead * coordinate(known, j, axis), now * width + ahead)
        today += back * coordinate(known, i, axis)
        if j == k:
            return over(today, now * width + back)
        return over(today + ahead * coordinate(known, j, axis), whole * width)

    lasting = [(k, vertex.profile) for k, vertex in enumerate(vertices) if vertex.lasts]
    known = {(k, axis): stage[axis][profile] for k, profile in lasting for axis in (0, 1)}
    try:
        return [(coordinate(known, k, 0), coordinate(known, k, 1)) for k in range(len(near))]
    except (GameError, ZeroDivisionError, ValueError):
        # Two irrational numbers of different kinds, an edge along a constraint, or no fixed point.
        return []


Coefficients = tuple[Any, ...]


def quotient_through(values: Iterable[tuple[Any, Any]]) -> tuple[Coefficients, Coefficients]:
    """Return the polynomials whose quotient takes certain values at certain places.

    As many values are taken as it needs to foretell the next one: Thiele's continued fraction
    a0 + (s - s0)/(a1 + (s - s1)/(a2 + ...)).

    Examples
    --------
    >>> top, bottom = quotient_through((Fraction(s), Fraction(2 * s + 3, s + 2)) for s in range(9))
    >>> [str(c / bottom[-1]) for c in top], [str(c / bottom[-1]) for c in bottom]
    (['3', '2'], ['2', '1'])
    """
    parts: list[tuple[Any, Any]] = []
    for place, value in values:
        for start, part in parts:
            if value == part:
                top, bottom = (parts.pop()[1],), (Fraction(1),)
                for s, a in reversed(parts):
                    top, bottom = add(multiply((a,), top), multiply((-s, Fraction(1)), bottom)), top
                return top, bottom
            value = (place - start) / (value - part)
        parts.append((place, value))
    raise ValueError("the quotient is of too high a degree")


def root_near(polynomial: Coefficients, near: float) -> Any:
    """Return the real root of a polynomial nearest to a number.

    Examples
    --------
    >>> str(root_near((-2, 0, 1), 1.4)), root_near((-2, 3), 1.0)
    ('sqrt(2)', Fraction(2, 3))
    """
    if len(polynomial) == 2:
        return over(-polynomial[0], polynomial[1])
    if not all(isinstance(c, (int, Fraction)) for c in polynomial):
        raise ValueError("the root of a polynomial with irrational coefficients")
    common = lcm(*(c.denominator for c in polynomial))
    whole = squarefree(primitive(tuple(int(c * common) for c in polynomial)))
    bound = 1 + max(abs(Fraction(c, whole[-1])) for c in whole)
    numbers = map(number_at_place, roots_between(whole, -bound, bound))
    return min(numbers, key=lambda root: abs(root - Fraction(near)))
