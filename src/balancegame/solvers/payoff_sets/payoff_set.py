"""Every payoff of pure subgame-perfect equilibria of a repeated game of two players, certified.

Pure strategies, perfect monitoring and public randomisation: the set is convex. The operator of
Abreu and Sannikov (:mod:`.self_generation`) starts from the feasible payoffs with the pure minmax
payoffs as threats. Most often two exact steps end at a set that reproduces itself, which is the
answer. Where steps come ever closer without arriving, a search finds the limit
(:mod:`.limit_search`), the constraints that bind determine it exactly
(:mod:`.binding_constraints`), and it is the answer if everything larger is proved to shrink to it
(:mod:`.contraction`). Any other limit is enclosed (:mod:`.enclosure`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.repeated import RepeatedGame, require_repeated
from balancegame.solvers.payoff_sets.candidates import Candidate
from balancegame.solvers.payoff_sets.contraction import UP, shrinks
from balancegame.solvers.payoff_sets.enclosure import (
    closest_around,
    inside_by_shrinking,
    outer_step,
)
from balancegame.solvers.payoff_sets.limit_search import exact_limits, settled
from balancegame.solvers.payoff_sets.polygons import (
    Point,
    Polygon,
    common_part,
    contains,
    distance_bound,
    hull,
    ring,
)
from balancegame.solvers.payoff_sets.rescaling import Units, back, in_own_units
from balancegame.solvers.payoff_sets.self_generation import (
    Found,
    StagePayoffs,
    generated,
    lowest,
    payoffs_of_tables,
    playable_profiles,
    pure_minmax,
    stage_payoffs,
)
from balancegame.solvers.solutions import Explained
from balancegame.wording import number_word

EXACT_STEPS = 6
# How many rounded steps come before each attempt to see everything larger shrink to a limit.
ROUNDED_STEPS = (2, 2, 4, 8, 16, 32, 64)


@dataclass(frozen=True)
class Support:
    """How a payoff is supported: what is played first, and what follows on average."""

    profile: tuple[str, ...]
    # From the second period on; a point of the payoff set itself.
    continuation: Point


@dataclass(frozen=True, repr=False)
class PayoffSet(Explained):
    """The average payoffs of all subgame-perfect equilibria in pure strategies, a convex set.

    Attributes
    ----------
    vertices : tuple of (Fraction, Fraction)
        Counter-clockwise. Exact if ``error`` is 0; otherwise those of an enclosure.
    supports : tuple of Support
        How each vertex is supported.
    error : Fraction
        0, or how far at most the enclosure reaches beyond the truth.
    inside : tuple of (Fraction, Fraction)
        A set that is proved to hold equilibrium payoffs only: the vertices, if they are exact.
    """

    game: RepeatedGame
    vertices: Polygon
    supports: tuple[Support, ...]
    error: Fraction
    inside: Polygon

    @property
    def dimension(self) -> int:
        """-1 for nothing, 0 for a point, 1 for a segment, 2 for a polygon."""
        return min(len(self.vertices), 3) - 1

    def contains(self, point: Any) -> bool:
        """Return whether a pair of payoffs lies in the set, or in its enclosure.

        Examples
        --------
        >>> from balancegame.models import models
        >>> payoff_set(models["alliance"].game(delta="1/2")).contains((3, 3))
        True
        """
        return contains(self.vertices, pair_of_payoffs(point))

    def __contains__(self, point: Any) -> bool:
        return self.contains(point)

    def __repr__(self) -> str:
        shapes = ("no equilibrium in pure strategies", "a point", "a segment")
        size = len(self.vertices)
        shape = shapes[size] if size < 3 else f"a polygon of {number_word(size)} vertices"
        listed = ", ".join(f"({_short(x)}, {_short(y)})" for x, y in self.vertices)
        error = f"; an enclosure, error {float(self.error):.1e}" if self.error else ""
        return f"<PayoffSet: {shape}{': ' if listed else ''}{listed}{error}>"


def payoff_set(game: RepeatedGame) -> PayoffSet:
    """Return the subgame-perfect payoffs of a repeated game of two players.

    Parameters
    ----------
    game : RepeatedGame

    Returns
    -------
    PayoffSet
        Average payoffs of all equilibria in pure strategies with public randomisation.

    Raises
    ------
    GameError
        If the game does not have two players, or numbers are irrational and no exact set is
        found.

    Notes
    -----
    Abreu and Sannikov (2014), "An algorithm for two-player repeated games with perfect
    monitoring", Theoretical Economics 9.

    Terms of the glossary:

    coin
        a toss that all see before they choose, so that they can act on it together
    feasible
        of payoffs: an average of the table's cells
    payoff set
        all average payoffs that some equilibrium can give
    polygon
        an area with straight edges

    Examples
    --------
    >>> from balancegame.games.normal_form import NormalFormGame
    >>> stage = NormalFormGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
    >>> payoff_set(RepeatedGame(stage, "1/8"))
    <PayoffSet: a point: (3, 3)>
    >>> payoff_set(RepeatedGame(stage, "1/7"))
    <PayoffSet: a segment: (3, 3), (9, 9)>
    """
    game = require_repeated(game, "payoff_set")
    if len(game.players) != 2:
        raise GameError(
            f"payoff_set takes repeated games of two players; this one has {len(game.players)}."
        )
    tables, units = in_own_units(game.stage)
    payoffs = payoffs_of_tables(tables, game.patience)
    if not game.patience:
        found = payoffs.stage_equilibria
        return _in_units_of(game, units, _exact(hull(found), found))
    return _in_units_of(game, units, _from_outside(*playable_profiles(payoffs)))


def feasible_payoffs(game: RepeatedGame) -> Polygon:
    """Return the vertices of the averages that two players can reach together, in any way."""
    return hull(g for _, g, _ in stage_payoffs(game.stage, game.patience).profiles)


def individually_rational(game: RepeatedGame) -> Point:
    """Return each player's pure minmax payoff: no equilibrium in pure strategies yields less."""
    return pure_minmax(stage_payoffs(game.stage, game.patience))


@dataclass(frozen=True)
class _Enclosure:
    """A set around the truth, how its payoffs are supported, and a set within the truth."""

    outer: Polygon
    # Of each vertex the profile that is played first, and the continuation.
    supports: Sequence[tuple[Any, Point]]
    inner: Polygon


def _exact(vertices: Polygon, found: Found) -> _Enclosure:
    return _Enclosure(vertices, [found[vertex] for vertex in vertices], vertices)


def _in_units_of(game: RepeatedGame, units: Units, answer: _Enclosure) -> PayoffSet:
    """Return the answer for a game from one in other units."""
    points = back([*answer.outer, *[later for _, later in answer.supports]], units)
    outer, laters = points[: len(answer.outer)], points[len(answer.outer) :]
    supported = tuple(
        [
            Support(game.stage.outcome(cell), later)
            for (cell, _), later in zip(answer.supports, laters, strict=True)
        ]
    )
    if answer.inner == answer.outer:
        return PayoffSet(game, outer, supported, Fraction(0), outer)
    # In the first player's own unit, so that the bound on a root is the same in all.
    (_, x_unit), (_, y_unit) = units
    level = (
        tuple((x, y * (y_unit / x_unit)) for x, y in polygon)
        for polygon in (answer.inner, answer.outer)
    )
    error = x_unit * distance_bound(*level)
    return PayoffSet(game, outer, supported, error, back(answer.inner, units))


def _how(found: Found, vertex: Point) -> tuple[Any, Point]:
    """Return how a vertex is supported; a rounded one like the payoffs nearest to it."""
    x, y = vertex
    return found.get(vertex) or found[min(found, key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2)]


def _from_outside(payoffs: StagePayoffs, least: Point) -> _Enclosure:
    """Return the set that supports itself and to which all that is feasible shrinks."""
    outer = ring({g for _, g, _ in payoffs.profiles})
    limits: list[Candidate] = []
    for candidate in exact_limits(payoffs, outer, least) if outer else ():
        if shrinks(payoffs, candidate.outline, outer, least):
            return _proved(candidate)
        limits.append(candidate)
    for _ in range(EXACT_STEPS):
        if not outer:
            return _exact((), {})
        if limit := _to_which_shrinks(payoffs, limits, outer, least):
            return _proved(limit)
        threats = max(least[0], lowest(outer)[0]), max(least[1], lowest(outer)[1])
        before, (outer, found) = outer, generated(payoffs, outer, threats)
        if outer == before:
            return _exact(outer, found)
    if not payoffs.is_rational:
        raise GameError(
            "with an irrational number in the game no exact payoff set was found; choose a "
            "fraction near it."
        )
    return _from_rounded_steps(payoffs, outer, least, limits)


def _to_which_shrinks(
    payoffs: StagePayoffs, limits: Sequence[Candidate], outer: Polygon, least: Point
) -> Candidate | None:
    """Return the candidate to which all of an outer set is proved to shrink, if there is one."""
    proved = (limit for limit in limits if shrinks(payoffs, limit.outline, outer, least, UP))
    return next(proved, None)


def _proved(candidate: Candidate) -> _Enclosure:
    return _Enclosure(candidate.vertices, candidate.supports, candidate.vertices)


def _from_rounded_steps(
    payoffs: StagePayoffs, known: Polygon, least: Point, limits: list[Candidate]
) -> _Enclosure:
    """Return a limit that is proved, or a close enclosure."""
    outer = current = known
    for steps in ROUNDED_STEPS:
        for _ in range(steps):
            current = outer_step(payoffs, current, least) if current else ()
        # Sides of the truth that exact steps have reached stay exact.
        outer = common_part(current, known)
        if not outer:
            return _exact((), {})
        limits = limits or list(exact_limits(payoffs, outer, least))
        if limit := _to_which_shrinks(payoffs, limits, outer, least):
            return _proved(limit)
    near = limits[-1].vertices if limits else settled(payoffs, outer, least) or outer
    outer = closest_around(payoffs, near, outer) or outer
    _, found = generated(payoffs, outer, lowest(outer))
    if not found:
        return _exact((), {})
    rational = all(isinstance(c, (int, Fraction)) for point in near for c in point)
    inner = near if limits and rational else inside_by_shrinking(payoffs, near)
    supports = [_how(found, vertex) for vertex in outer]
    return _Enclosure(outer, supports, hull([*inner, *payoffs.stage_equilibria]))


def pair_of_payoffs(given: Any) -> Point:
    """Return a pair of payoffs as exact numbers."""
    entries = list(given) if hasattr(given, "__iter__") and not isinstance(given, str) else []
    if len(entries) != 2:
        raise GameError(f"{given!r} is not a pair of payoffs; give one for each player.")
    return exact(entries[0], "the first payoff"), exact(entries[1], "the second payoff")


def _short(value: Any) -> str:
    words = plain(value)
    return words if len(words) <= 12 else f"{float(value):.6g}..."
