r"""The exact set that reproduces itself near one that a search has found.

A search shows how the vertices of the set support each other: of each vertex the profile, and
which constraints bind the continuation. Let d be the patience, g the stage payoffs of the profile,
h what each player could gain at once, b = g + h the best reply's payoff, and u the least payoffs of
the set, each a coordinate of one of its vertices. If player i's constraint binds,

.. math:: w_i = u_i + (1 - d) h_i / d, \qquad v_i = (1 - d) b_i + d u_i,

and the vertex that is least for i has :math:`v_i = b_i`. If only one constraint binds, the
continuation lies on an edge of the set, and its other coordinate is interpolated between two
vertices. So every coordinate is a formula in others. Where they do not lead back to themselves,
they are numbers. Where one of them, s, leads back to itself, it is a fixed point of M(s), which
is a quotient of two polynomials that a few of its values determine. Most often both are linear,
so that s is rational or the root of a quadratic. One exact step decides whether the set found so
reproduces itself.
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

    def __init__(self, node: Node) -> None:
        self.node = node


def solved(payoffs: StagePayoffs, structure: Structure, near: Polygon) -> list[Point]:
    """Return points that support each other in a certain way; none if none are found."""
    lasting = [(k, v.profile) for k, v in enumerate(structure[0]) if v.lasts]
    known = {(k, axis): payoffs.profiles[p][1][axis] for k, p in lasting for axis in (0, 1)}
    coordinates = _Coordinates(payoffs, structure, near, known, frozenset())
    try:
        return [(coordinates((k, 0)), coordinates((k, 1))) for k in range(len(near))]
    except (GameError, ZeroDivisionError, ValueError):
        # Two irrational numbers of different kinds, an edge along a constraint, or no fixed point.
        return []


class _Coordinates:
    """The coordinates of vertices that support each other, by the formulas above."""

    def __init__(
        self,
        payoffs: StagePayoffs,
        structure: Structure,
        near: Polygon,
        known: dict[Node, Any],
        asked: frozenset[Node],
    ) -> None:
        self._payoffs, self._structure, self._near = payoffs, structure, near
        self._vertices, self._lowest = structure
        self._later, self._whole = payoffs.ratio
        self._now = self._whole - self._later
        self._known, self._asked = known, asked

    def __call__(self, node: Node) -> Any:
        """Return the coordinate of a vertex along an axis."""
        if node not in self._known:
            if node in self._asked:
                raise _LeadsBackError(node)
            before, self._asked = self._asked, self._asked | {node}
            try:
                found = self.formula(node)
            except _LeadsBackError as back:
                if back.node != node:
                    raise
                found = self._fixed(node)
            finally:
                self._asked = before
            self._known[node] = found
        return self._known[node]

    def _fixed(self, node: Node) -> Any:
        """Return a coordinate that is a formula in itself: where that formula gives it again."""
        near = self._near[node[0]][node[1]]
        places = (Fraction(round(near * PARTS) + k, PARTS) for k in range(MOST_PLACES))
        top, bottom = quotient_through((s, self._with(node, s).formula(node)) for s in places)
        return nearest_root(add(top, negative((Fraction(0), *bottom))), Fraction(near))

    def _with(self, node: Node, value: Fraction) -> _Coordinates:
        known = {**self._known, node: value}
        return _Coordinates(self._payoffs, self._structure, self._near, known, self._asked)

    def formula(self, node: Node) -> Any:
        """Return what a coordinate's own formula makes of the others."""
        k, axis = node
        vertex = self._vertices[k]
        _, own, gains = self._payoffs.profiles[vertex.profile]
        if vertex.binds[axis]:
            best = own[axis] + gains[axis]
            return best if self._lowest[axis] == k else self._mean(best, self._least(axis))
        i, j = vertex.edge
        if i == j:
            return self._mean(own[axis], self((i, axis)))
        other = 1 - axis
        start = self((i, other))
        ahead = self._later * (self._least(other) - start) + self._now * gains[other]
        slope = over(ahead, self((j, other)) - start)
        # On an edge that ends here the formula is linear in what it says.
        if i == k:
            return over(self._now * own[axis] + slope * self((j, axis)), self._now + slope)
        later = self((i, axis))
        if j == k:
            rest = (self._later - slope) * later
            return over(self._now * own[axis] + rest, self._whole - slope)
        return self._mean(own[axis], later, slope * (self((j, axis)) - later))

    def _mean(self, now: Any, later: Any, more: Any = 0) -> Any:
        return over(self._now * now + self._later * later + more, self._whole)

    def _least(self, axis: int) -> Any:
        return self((self._lowest[axis], axis))


Coefficients = tuple[Fraction, ...]


def quotient_through(
    values: Iterable[tuple[Fraction, Fraction]],
) -> tuple[Coefficients, Coefficients]:
    """Return the polynomials whose quotient takes certain values at certain places.

    As many values are taken as it needs to foretell the next one: Thiele's continued fraction
    a0 + (s - s0)/(a1 + (s - s1)/(a2 + ...)).

    Examples
    --------
    >>> top, bottom = quotient_through((Fraction(s), Fraction(2 * s + 3, s + 2)) for s in range(9))
    >>> [str(c / bottom[-1]) for c in top], [str(c / bottom[-1]) for c in bottom]
    (['3', '2'], ['2', '1'])
    """
    parts: list[tuple[Fraction, Fraction]] = []
    for place, value in values:
        for start, part in parts:
            if value == part:
                return _quotient(parts)
            value = (place - start) / (value - part)
        parts.append((place, value))
    raise ValueError("the quotient is of too high a degree")


def _quotient(parts: list[tuple[Fraction, Fraction]]) -> tuple[Coefficients, Coefficients]:
    top, bottom = (parts[-1][1],), (Fraction(1),)
    for start, part in reversed(parts[:-1]):
        top, bottom = add(multiply((part,), top), multiply((-start, Fraction(1)), bottom)), top
    return top, bottom


def nearest_root(polynomial: Coefficients, near: Any) -> Any:
    """Return the real root of a polynomial nearest to a number."""
    if len(polynomial) == 2:
        return over(-polynomial[0], polynomial[1])
    if not all(isinstance(c, (int, Fraction)) for c in polynomial):
        raise ValueError("the root of a polynomial with irrational coefficients")
    common = lcm(*(c.denominator for c in polynomial))
    whole = primitive(tuple(int(c * common) for c in polynomial))
    bound = 1 + max(abs(Fraction(c, whole[-1])) for c in whole)
    roots = roots_between(squarefree(whole), -bound, bound)
    numbers = map(number_at_place, roots)
    return min(numbers, key=lambda root: abs(root - near))
